#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "answer-detect/training/clip.h"

namespace bellwether::answer_detect::training {

/// What a split needs to know of a clip.
struct ClipIdentity {
    std::string id;
    std::string speaker;  ///< "-" or empty: nobody
    std::string text;     ///< empty: not known
};

[[nodiscard]] ClipIdentity identity_of(const LabelledClip& clip);

/// Which fold each clip is tested in: 0 .. folds-1. Clips that share a speaker or a text, directly
/// or through others, are in one fold, so no speaker and no text is in two. Balanced by clips as
/// far as that allows, and the same for the same clips in any order.
[[nodiscard]] std::vector<std::size_t> split(std::span<const ClipIdentity> clips,
                                             std::size_t folds);

/// One line a clip, "fold id", sorted: what docs and studies cite.
[[nodiscard]] std::string fold_list(std::span<const ClipIdentity> clips,
                                    std::span<const std::size_t> fold);

/// Speakers and texts that must not be trained on.
class Shared {
public:
    void add(const ClipIdentity& clip);
    [[nodiscard]] bool touches(const ClipIdentity& clip) const;

private:
    std::vector<std::string> speakers_;  // sorted
    std::vector<std::string> texts_;     // sorted
};

}  // namespace bellwether::answer_detect::training
