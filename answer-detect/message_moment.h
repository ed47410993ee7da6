#pragma once

#include <span>

#include "answer-detect/verdict.h"

namespace bellwether::answer_detect {

/// When a message may be left on a machine: 60 ms after its beep has ended, or, where none comes,
/// after 1.6 s of silence that follow 4 s of greeting. Source: research: answer-detect 5.4. Asked
/// after every frame from the answer on; says yes once.
class MessageMoment {
public:
    [[nodiscard]] bool push(std::span<const Event> events, const Evidence& evidence,
                            bool is_machine);

private:
    int frames_since_beep_ = -1;  ///< -1: no beep has ended
    bool told_ = false;
};

}  // namespace bellwether::answer_detect
