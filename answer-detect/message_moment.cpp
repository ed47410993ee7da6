#include "answer-detect/message_moment.h"

namespace bellwether::answer_detect {
namespace {

constexpr int kFramesAfterBeep = 3;  // of 20 ms
constexpr double kSilenceS = 1.6;
constexpr double kGreetingS = 4;

}  // namespace

bool MessageMoment::push(std::span<const Event> events, const Evidence& evidence, bool is_machine) {
    if (frames_since_beep_ >= 0) ++frames_since_beep_;
    for (const Event& event : events) {
        if (event.kind == EventKind::BeepStart) frames_since_beep_ = -1;
        if (event.kind == EventKind::BeepEnd) frames_since_beep_ = 0;
    }
    if (!is_machine || told_) return false;
    const bool after_beep = frames_since_beep_ >= kFramesAfterBeep;
    const bool fell_silent = evidence.pause_s >= kSilenceS && evidence.speech_s >= kGreetingS;
    told_ = after_beep || fell_silent;
    return told_;
}

}  // namespace bellwether::answer_detect
