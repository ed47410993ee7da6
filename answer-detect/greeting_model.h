#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "base/result.h"

namespace bellwether::answer_detect {

/// Trained weights with their calibration: immutable, shared by all legs.
class GreetingModel {
public:
    /// Reads a weights file's bytes. Fails with what is wrong: not such a file, another format or
    /// feature version, cut off, checksum.
    [[nodiscard]] static Result<GreetingModel> parse(std::span<const std::byte> bytes);
    [[nodiscard]] std::vector<std::byte> serialize() const;

    /// Log-odds of a machine as frequencies bear them out, `since_onset_s` after the first speech.
    [[nodiscard]] float calibrated(float machine_logit, double since_onset_s) const;

    [[nodiscard]] std::uint32_t version() const;  ///< of these weights: CRC-32 of the file's body
};

}  // namespace bellwether::answer_detect
