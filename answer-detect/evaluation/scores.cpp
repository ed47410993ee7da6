#include "answer-detect/evaluation/scores.h"

#include <algorithm>

#include "base/check.h"

namespace bellwether::answer_detect::evaluation {
namespace {

constexpr double kBeepToleranceS = 0.1;  // how far a beep may lie beside its label
constexpr double kLegalLimitS = 2.0;     // from a greeting's end to an agent: 16 CFR 310.4(b)(4)

/// The posterior as it was known at that time.
float posterior_at(const Heard& heard, double at_s) {
    constexpr double rounding_s = 1e-6;
    float p = heard.posterior.empty() ? heard.p_machine : heard.posterior.front().p_machine;
    for (const Moment& moment : heard.posterior) {
        if (moment.at_s > at_s + rounding_s) break;
        p = moment.p_machine;
    }
    return p;
}

bool is_labelled(double at_s, double length_s) { return at_s >= 0 && at_s <= length_s; }

}  // namespace

Verdict expected(const training::LabelledClip& clip) {
    using training::ClipClass;
    if (training::is_screener(clip)) return Verdict::Screener;
    switch (clip.cls) {
        case ClipClass::Human:
            return Verdict::Human;
        case ClipClass::Machine:
            return Verdict::Machine;
        case ClipClass::Fax:
            return Verdict::Fax;
        case ClipClass::Sit:
            return Verdict::Sit;
        case ClipClass::Silence:
            return Verdict::NoSpeech;
        case ClipClass::Ringback:
            return Verdict::Ringback;
        case ClipClass::Music:
            return Verdict::Music;
        case ClipClass::Busy:
            break;
    }
    BW_CHECK(clip.cls == ClipClass::Busy);
    const bool is_reorder = clip.sub.find("reorder") != std::string::npos ||
                            clip.sub.find("congestion") != std::string::npos;
    return is_reorder ? Verdict::Congestion : Verdict::Busy;
}

std::optional<double> Scores::false_beeps_per_min() const {
    if (machine_minutes <= 0) return {};
    return static_cast<double>(false_beeps) / machine_minutes;
}

void Scorer::add(const training::LabelledClip& clip, double length_s, const Heard& heard) {
    const Verdict right = expected(clip);
    ++scores_.by_class[right][heard.verdict];
    if (right != Verdict::Human && right != Verdict::Machine) return;
    add_speech(clip, length_s, heard);
    if (right == Verdict::Machine) add_beeps(clip, length_s, heard);
}

void Scorer::add_speech(const training::LabelledClip& clip, double length_s, const Heard& heard) {
    const bool is_human = expected(clip) == Verdict::Human;
    ++(is_human ? scores_.humans : scores_.machines);
    Share& called_machine = is_human ? scores_.human_to_machine : scores_.machine_recall;
    called_machine.add(heard.verdict == Verdict::Machine);
    scores_.accuracy.add(heard.verdict == expected(clip));
    if (is_labelled(clip.speech_start, length_s)) {
        for (std::size_t i = 0; i < kAucTimesS.size(); ++i) {
            const double p{posterior_at(heard, clip.speech_start + kAucTimesS[i])};
            (is_human ? human_p_ : machine_p_)[i].push_back(p);
        }
    }
    if (is_human && heard.verdict == Verdict::Human && is_labelled(clip.greet_end, length_s)) {
        const double after_s = *heard.at_s - clip.greet_end;
        after_greeting_s_.push_back(after_s);
        scores_.over_2s.add(after_s > kLegalLimitS);
    }
}

void Scorer::add_beeps(const training::LabelledClip& clip, double length_s, const Heard& heard) {
    const bool has_beep = is_labelled(clip.beep_start, length_s) && clip.beep_end > clip.beep_start;
    const auto is_it = [&](const Beep& beep) {
        return has_beep && beep.start_s <= clip.beep_end + kBeepToleranceS &&
               beep.end_s >= clip.beep_start - kBeepToleranceS;
    };
    const auto right = std::ranges::count_if(heard.beeps, is_it);
    if (has_beep) scores_.beep_recall.add(right > 0);
    scores_.false_beeps += static_cast<std::int64_t>(heard.beeps.size()) - right;
    constexpr double seconds_per_minute = 60;
    scores_.machine_minutes += length_s / seconds_per_minute;
}

Scores Scorer::scores() const {
    Scores all = scores_;
    for (std::size_t i = 0; i < kAucTimesS.size(); ++i)
        all.auc[i] = auc(machine_p_[i], human_p_[i]);
    constexpr double median = 0.5;
    constexpr double most = 0.9;
    all.after_greeting_p50_s = percentile(after_greeting_s_, median);
    all.after_greeting_p90_s = percentile(after_greeting_s_, most);
    return all;
}

}  // namespace bellwether::answer_detect::evaluation
