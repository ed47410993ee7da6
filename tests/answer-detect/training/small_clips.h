#pragma once

#include "answer-detect/training/clip.h"

namespace bellwether::answer_detect::training {

/// A clip that anybody can tell: a buzz of half a second (a person) or of three seconds (a
/// machine) at `hz`, after 0.4 s of quiet.
[[nodiscard]] LabelledClip buzz(const std::string& id, ClipClass cls, double hz);

/// People and machines in equal number, each with a voice of its own.
[[nodiscard]] std::vector<LabelledClip> buzzing_callees(int count);

}  // namespace bellwether::answer_detect::training
