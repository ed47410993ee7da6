#include "dialer/app/service/call_ear.h"

#include <utility>

namespace bellwether::app {
namespace {

using answer_detect::EventKind;
using answer_detect::Verdict;

answer_detect::FrameState state_of(media::FrameState state) {
    switch (state) {
        case media::FrameState::Audio:
            return answer_detect::FrameState::Audio;
        case media::FrameState::Lost:
            return answer_detect::FrameState::Lost;
        case media::FrameState::ComfortNoise:
            return answer_detect::FrameState::ComfortNoise;
        case media::FrameState::Silence:
            return answer_detect::FrameState::Silence;
    }
    return answer_detect::FrameState::Lost;
}

engine::AnswerDetected detected(CallId call, const answer_detect::Event& event) {
    return {.call = call,
            .verdict = event.verdict,
            .code = event.tone ? event.tone->code.data() : "",
            .p_machine = event.p_machine,
            .evidence = event.evidence};
}

}  // namespace

CallEar::CallEar(CallId call, const answer_detect::GreetingModel* model,
                 const answer_detect::Policy& policy, Tell tell)
    : call_{call}, tell_{std::move(tell)}, analyzer_{model, policy} {}

void CallEar::answered(const answer_detect::Prior& prior) {
    prior_ = prior;
    answered_.store(true, std::memory_order_release);
}

void CallEar::on_frame(const media::TapFrame& frame) noexcept {
    if (!follows_answer_ && answered_.load(std::memory_order_acquire)) {
        follows_answer_ = true;
        analyzer_.answered(prior_);
    }
    const auto events = analyzer_.push(frame.samples, state_of(frame.state));
    for (const answer_detect::Event& event : events) hear(event);
    const bool is_machine = follows_answer_ && analyzer_.verdict() == Verdict::Machine;
    if (message_moment_.push(events, analyzer_.evidence(), is_machine)) {
        tell_(engine::MessageMayBegin{call_});
    }
}

void CallEar::hear(const answer_detect::Event& event) {
    switch (event.kind) {
        case EventKind::Verdict:
        case EventKind::Revised:
            return tell_(detected(call_, event));
        case EventKind::GreetingEnd:
            return tell_(engine::GreetingEnded{call_});
        case EventKind::SpeechStart:
        case EventKind::BeepStart:
        case EventKind::BeepEnd:
            return;
    }
}

}  // namespace bellwether::app
