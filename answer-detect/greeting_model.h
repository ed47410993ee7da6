#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"

namespace bellwether::answer_detect {

struct Calibration;
struct Network;

/// Trained weights with their calibration: immutable, shared by all legs.
class GreetingModel {
public:
    /// A model of its parts. `training_set`: SHA-256 of what it learned from, 64 hex digits.
    GreetingModel(const Network& network, const Calibration& calibration, std::string training_set);

    /// Reads a weights file's bytes. Fails with what is wrong: not such a file, another format or
    /// feature version, cut off, checksum.
    [[nodiscard]] static Result<GreetingModel> parse(std::span<const std::byte> bytes);
    [[nodiscard]] std::vector<std::byte> serialize() const;

    /// Log-odds of a machine as frequencies bear them out, `since_onset_s` after the first speech.
    [[nodiscard]] float calibrated(float machine_logit, double since_onset_s) const;

    [[nodiscard]] std::uint32_t version() const;  ///< of these weights: CRC-32 of the file's body
    [[nodiscard]] const std::string& training_set() const;
    [[nodiscard]] const Network& network() const;
    [[nodiscard]] const Calibration& calibration() const;

private:
    struct Parts;
    explicit GreetingModel(std::shared_ptr<const Parts> parts);

    std::shared_ptr<const Parts> parts_;
};

}  // namespace bellwether::answer_detect
