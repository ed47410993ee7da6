#include "simulator/carrier/call_script.h"

#include <algorithm>
#include <cstddef>
#include <span>

#include "base/check.h"
#include "base/rng.h"

namespace bellwether::carrier {
namespace {

// Small times nobody needs to tune: a switch takes 20 to 200 ms to ring, a hand about 0.3 s to lift
// the phone to the ear, a talker 0.4 to 1 s to reply.
constexpr double kAlertLow = 0.02;
constexpr double kAlertHigh = 0.2;
constexpr double kGreetLow = 0.2;
constexpr double kGreetHigh = 0.5;
constexpr double kReplyLow = 0.4;
constexpr double kReplyHigh = 1.0;
// A machine has its greeting to fetch, an assistant and a fax their wits to gather: a little longer
// than a hand.
constexpr double kPickUpLow = 0.3;
constexpr double kPickUpHigh = 1.2;
// Special information tones take 1 s, the announcement after them a few.
constexpr double kAnnouncement = 4.0;
// An assistant is patient once it has asked, which takes so long.
constexpr double kScreening = 6.0;
// T.30 has a fax try for 35 s (T1); nobody here answers it, so less does.
constexpr double kFaxTries = 8.0;
// A question takes 3 to 8 s to read out; who has heard half of it hears the rest.
constexpr double kCourtesy = 10.0;

double in_seconds(Duration time) { return std::chrono::duration<double>(time).count(); }

Duration seconds(double value) {
    return std::chrono::round<Duration>(std::chrono::duration<double>(value));
}

/// The random streams of one call, and its time scale.
class Draw {
public:
    Draw(const CallKey& key, double speed)
        : seed_{key.seed},
          prefix_{std::string{key.number} + "/" + std::to_string(key.ordinal) + "/"},
          speed_{speed} {}

    [[nodiscard]] Rng stream(std::string_view purpose) const {
        return Rng{seed_, prefix_ + std::string{purpose}};
    }
    [[nodiscard]] Duration time(Rng& rng, const DrawnTime& of) const {
        const double drawn = rng.lognormal(in_seconds(of.mean), in_seconds(of.sd));
        return scaled(std::clamp(drawn, in_seconds(of.low), in_seconds(of.high)));
    }
    [[nodiscard]] Duration time(std::string_view purpose, const DrawnTime& of) const {
        Rng rng = stream(purpose);
        return time(rng, of);
    }
    [[nodiscard]] Duration between(std::string_view purpose, double low, double high) const {
        Rng rng = stream(purpose);
        return scaled(rng.uniform(low, high));
    }
    [[nodiscard]] Duration scaled(double value) const { return seconds(value / speed_); }

private:
    std::uint64_t seed_;
    std::string prefix_;
    double speed_;
};

/// Index of the weight that `point` in [0, 1) falls on.
std::size_t pick(std::span<const double> weights, double point) {
    double sum = 0;
    for (const double weight : weights) sum += weight;
    BW_CHECK(sum > 0);
    double left = point * sum;
    for (std::size_t i = 0; i < weights.size(); ++i) {
        if (left < weights[i]) return i;
        left -= weights[i];
    }
    // Rounding only: the last weight that is not zero.
    std::size_t last = weights.size() - 1;
    while (weights[last] <= 0) --last;
    return last;
}

CallFate draw_fate(const Distributions& of, const Draw& draw) {
    const std::array weights{of.answer, of.busy, of.no_answer, of.fail};
    return static_cast<CallFate>(pick(weights, draw.stream("fate").uniform()));
}

int refusal_of(const Distributions& of, CallFate fate, const Draw& draw) {
    switch (fate) {
        case CallFate::Answer:
            return 0;
        case CallFate::Busy:
            return 486;  // RFC 3261 21.4.24
        case CallFate::NoAnswer:
            return 480;  // RFC 3261 21.4.18
        case CallFate::Fail:
            break;
    }
    return kFailStatuses[pick(of.fail_weights, draw.stream("status").uniform())];
}

Party draw_party(const Distributions& of, const Draw& draw) {
    const double people = std::max(0.0, 1 - of.machine - of.fax - of.screener);
    const std::array weights{people, of.machine, of.fax, of.screener};
    return static_cast<Party>(pick(weights, draw.stream("party").uniform()));
}

std::string keys_for(const AnswerRange& range, Rng& rng) {
    BW_CHECK(range.low >= 0 && range.low <= range.high);
    const auto choices = static_cast<std::uint64_t>(range.high - range.low) + 1;
    std::string keys = std::to_string(static_cast<std::uint64_t>(range.low) + rng.below(choices));
    if (range.pound) keys += '#';
    return keys;
}

/// Where in the questionnaire a person who hangs up or opts out does so; past the end: not at all.
std::size_t turning_point(const Draw& draw, std::string_view purpose, Probability chance,
                          std::size_t questions) {
    Rng rng = draw.stream(purpose);
    const auto at = static_cast<std::size_t>(rng.below(questions));
    return rng.happens(chance) ? at : questions;
}

std::vector<Reply> draw_replies(const Distributions& of, const Draw& draw) {
    const std::size_t questions = of.answers.size();
    if (questions == 0) return {};
    const std::size_t leaves = turning_point(draw, "leaves", of.keys_hang_up, questions);
    const std::size_t opts_out = turning_point(draw, "opts out", of.keys_opt_out, questions);

    Rng keys = draw.stream("keys");
    Rng slips = draw.stream("slips");
    Rng delays = draw.stream("delays");
    std::vector<Reply> replies;
    const auto add = [&](ReplyKind kind, std::string text) {
        replies.push_back({kind, std::move(text), draw.time(delays, of.key_delay)});
    };
    for (std::size_t i = 0; i < questions; ++i) {
        const bool silent = slips.happens(of.keys_silent);
        const bool invalid = slips.happens(of.keys_invalid);
        const std::string answer = keys_for(of.answers[i], keys);
        if (i == leaves) {
            add(ReplyKind::HangUp, {});
            break;
        }
        if (i == opts_out) {
            add(ReplyKind::Press, std::string(1, of.opt_out_key));
            break;
        }
        if (silent) add(ReplyKind::StaySilent, {});
        if (invalid)
            add(ReplyKind::Press, of.invalid_key + std::string{of.answers[i].pound ? "#" : ""});
        add(ReplyKind::Press, answer);
    }
    return replies;
}

}  // namespace

CallScript draw_script(const Distributions& of, const CallKey& key) {
    BW_CHECK(of.speed > 0);
    const Draw draw{key, of.speed};
    const CallFate fate = draw_fate(of, draw);
    const bool keypad = wants_keys(of, key.caller_id, key.number);

    CallScript script{};
    script.fate = fate;
    script.status = refusal_of(of, fate, draw);
    script.alert = draw.between("alert", kAlertLow, kAlertHigh);
    script.announces = fate == CallFate::Fail && draw.stream("sit").happens(of.sit);
    script.early_media =
        script.rings() && !script.announces && draw.stream("early").happens(of.early_media);
    if (fate == CallFate::Answer) script.decide = draw.time("ring", of.ring);
    if (fate == CallFate::NoAnswer) script.decide = of.ring_limit;
    if (!script.rings()) script.decide = draw.time("refuse", of.refuse);
    if (script.announces) script.decide = draw.scaled(kAnnouncement);

    script.party = draw_party(of, draw);
    script.records =
        script.party == Party::Fax ? draw.scaled(kFaxTries) : draw.time("record", of.record);
    script.screener_accepts = draw.stream("screener").happens(of.screener_accepts);
    script.greet = script.party == Party::Person ? draw.between("greet", kGreetLow, kGreetHigh)
                                                 : draw.between("pick up", kPickUpLow, kPickUpHigh);
    script.voice = draw.stream("voice").below(UINT64_MAX);
    script.patience = draw.time("patience", of.patience);
    if (script.party == Party::Screener) script.patience += draw.scaled(kScreening);
    script.reply_delay = draw.between("reply", kReplyLow, kReplyHigh);
    if (keypad) script.replies = draw_replies(of, draw);
    const bool stays = !script.replies.empty() && !of.keypad_for.empty();
    if (!stays) script.talk = draw.time("talk", of.talk);
    script.courtesy = draw.scaled(kCourtesy);
    script.stay_max = draw.scaled(in_seconds(of.stay_max));
    return script;
}

}  // namespace bellwether::carrier
