#include "answer-detect/evaluation/listen.h"

namespace bellwether::answer_detect::evaluation {
namespace {

constexpr std::size_t kFramesPerMoment = 5;  // 0.1 s

void note(const Event& event, Heard& heard) {
    switch (event.kind) {
        case EventKind::SpeechStart:
            if (!heard.speech_start_s) heard.speech_start_s = event.since_s;
            break;
        case EventKind::GreetingEnd:
            if (!heard.greeting_end_s) heard.greeting_end_s = event.since_s;
            break;
        case EventKind::Verdict:
            if (heard.at_s) break;
            heard.verdict = event.verdict;
            heard.at_s = event.at_s;
            heard.p_machine = event.p_machine;
            heard.evidence = event.evidence;
            break;
        case EventKind::BeepStart:
            if (event.beep) heard.beeps.push_back(*event.beep);
            break;
        case EventKind::BeepEnd:
            if (event.beep && !heard.beeps.empty()) heard.beeps.back() = *event.beep;
            break;
        case EventKind::Revised:
            break;
    }
    if (event.tone && !heard.tone) heard.tone = event.tone;
}

}  // namespace

Heard listen(std::span<const std::int16_t> pcm, const GreetingModel* model, const Policy& policy,
             Until until) {
    CallAnalyzer analyzer{model, policy};
    analyzer.answered(Prior{});
    Heard heard;
    while ((heard.frames + 1) * kFrameSamples <= pcm.size()) {
        const auto frame = pcm.subspan(heard.frames * kFrameSamples).first<kFrameSamples>();
        for (const Event& event : analyzer.push(frame, state_of(frame))) note(event, heard);
        ++heard.frames;
        if (heard.frames % kFramesPerMoment == 0) {
            heard.posterior.push_back(
                {static_cast<double>(heard.frames) * kFrameS, analyzer.p_machine()});
        }
        if (until == Until::Verdict && heard.at_s) break;
    }
    if (!heard.at_s) {
        heard.p_machine = analyzer.p_machine();
        heard.evidence = analyzer.evidence();
    }
    if (!heard.beeps.empty() && heard.beeps.back().end_s <= 0) {
        heard.beeps.back().end_s = static_cast<double>(heard.frames) * kFrameS;
    }
    return heard;
}

}  // namespace bellwether::answer_detect::evaluation
