#include "answer-detect/greeting_model.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <optional>
#include <string_view>
#include <utility>

#include "answer-detect/calibration.h"
#include "answer-detect/crc32.h"
#include "answer-detect/network.h"
#include "base/check.h"

namespace bellwether::answer_detect {
namespace {

// The file, little endian throughout: magic, format, feature version, sizes, SHA-256 of the
// training set, CRC-32 of the body; then the body: mean, scale, parameters, calibration.
constexpr std::string_view kMagic = "BWGREET1";
constexpr std::uint32_t kFormat = 1;
constexpr std::size_t kHashDigits = 64;
constexpr std::size_t kHeaderBytes = kMagic.size() + std::size_t{4} * 7 + kHashDigits;
constexpr std::size_t kBodyFloats =
    std::size_t{2} * kFeatureCount + Layout::kCount + std::size_t{2} * Calibration::kCount;
constexpr std::array<std::uint32_t, 4> kSizes = {kFeatureCount, kDenseUnits, kStateUnits,
                                                 kHeadCount};
constexpr float kLargestValue = 1e4F;  // of any number in a sound file

class Writer {
public:
    void text(std::string_view text) {
        for (const char c : text) bytes_.push_back(static_cast<std::byte>(c));
    }
    void number(std::uint32_t value) {
        for (unsigned shift = 0; shift < 32; shift += 8) {
            bytes_.push_back(static_cast<std::byte>((value >> shift) & 0xFFU));
        }
    }
    void numbers(std::span<const float> values) {
        for (const float value : values) number(std::bit_cast<std::uint32_t>(value));
    }
    [[nodiscard]] std::vector<std::byte> take() { return std::move(bytes_); }

private:
    std::vector<std::byte> bytes_;
};

// The caller has checked that there are enough bytes.
class Reader {
public:
    explicit Reader(std::span<const std::byte> bytes) : left_(bytes) {}

    std::string text(std::size_t count) {
        std::string text;
        for (const std::byte byte : take(count)) text.push_back(static_cast<char>(byte));
        return text;
    }
    std::uint32_t number() {
        std::uint32_t value = 0;
        unsigned shift = 0;
        for (const std::byte byte : take(4)) {
            value |= std::to_integer<std::uint32_t>(byte) << shift;
            shift += 8;
        }
        return value;
    }
    void numbers(std::span<float> values) {
        for (float& value : values) value = std::bit_cast<float>(number());
    }
    [[nodiscard]] std::span<const std::byte> left() const { return left_; }

private:
    std::span<const std::byte> take(std::size_t count) {
        BW_CHECK(count <= left_.size());
        const auto taken = left_.first(count);
        left_ = left_.subspan(count);
        return taken;
    }

    std::span<const std::byte> left_;
};

std::span<const float> values_of(const Eigen::VectorXf& vector) {
    return {vector.data(), static_cast<std::size_t>(vector.size())};
}

std::span<float> values_of(Eigen::VectorXf& vector) {
    return {vector.data(), static_cast<std::size_t>(vector.size())};
}

bool all_sound(std::span<const float> values) {
    return std::all_of(values.begin(), values.end(),
                       [](float v) { return std::abs(v) <= kLargestValue; });  // false for NaN
}

std::vector<std::byte> body_of(const Network& network, const Calibration& calibration) {
    Writer out;
    out.numbers(values_of(network.mean));
    out.numbers(values_of(network.scale));
    out.numbers(values_of(network.parameters));
    out.numbers(calibration.slope);
    out.numbers(calibration.offset);
    return out.take();
}

std::optional<Error> versions_problem(Reader& header) {
    const auto corrupt = [](std::string why) {
        return Error{Errc::Corrupt, "weights file: " + std::move(why)};
    };
    if (header.text(kMagic.size()) != kMagic) return corrupt("not a weights file");
    if (const auto format = header.number(); format != kFormat) {
        return corrupt("format " + std::to_string(format) + ", and this program reads format " +
                       std::to_string(kFormat));
    }
    if (const auto features = header.number(); features != kFeatureVersion) {
        return corrupt("trained on features of version " + std::to_string(features) +
                       ", and this program's are of version " + std::to_string(kFeatureVersion));
    }
    for (const auto expected : kSizes) {
        if (header.number() != expected) return corrupt("a network of another shape");
    }
    return std::nullopt;
}

}  // namespace

struct GreetingModel::Parts {
    Network network;
    Calibration calibration;
    std::string training_set;
    std::uint32_t version = 0;
};

GreetingModel::GreetingModel(std::shared_ptr<const Parts> parts) : parts_(std::move(parts)) {}

GreetingModel::GreetingModel(const Network& network, const Calibration& calibration,
                             std::string training_set) {
    BW_CHECK(training_set.size() == kHashDigits);
    const auto version = crc32(body_of(network, calibration));
    parts_ = std::make_shared<const Parts>(
        Parts{network, calibration, std::move(training_set), version});
}

Result<GreetingModel> GreetingModel::parse(std::span<const std::byte> bytes) {
    if (bytes.size() < kHeaderBytes) {
        return fail(Errc::Corrupt, "weights file: not a weights file, or cut off");
    }
    Reader in(bytes);
    if (auto problem = versions_problem(in)) return tl::unexpected<Error>(std::move(*problem));
    auto training_set = in.text(kHashDigits);
    const auto checksum = in.number();
    if (in.left().size() != kBodyFloats * sizeof(float)) {
        return fail(Errc::Corrupt, "weights file: cut off, or with something after its end");
    }
    if (crc32(in.left()) != checksum) {
        return fail(Errc::Corrupt, "weights file: damaged (its checksum does not match)");
    }

    Parts parts;
    in.numbers(values_of(parts.network.mean));
    in.numbers(values_of(parts.network.scale));
    in.numbers(values_of(parts.network.parameters));
    in.numbers(parts.calibration.slope);
    in.numbers(parts.calibration.offset);
    const Network& network = parts.network;
    if (!all_sound(values_of(network.mean)) || !all_sound(values_of(network.scale)) ||
        !all_sound(values_of(network.parameters)) || !all_sound(parts.calibration.slope) ||
        !all_sound(parts.calibration.offset)) {
        return fail(Errc::Corrupt, "weights file: holds numbers that no training gives");
    }
    parts.training_set = std::move(training_set);
    parts.version = checksum;
    return GreetingModel(std::make_shared<const Parts>(std::move(parts)));
}

std::vector<std::byte> GreetingModel::serialize() const {
    const auto body = body_of(parts_->network, parts_->calibration);
    Writer out;
    out.text(kMagic);
    out.number(kFormat);
    out.number(kFeatureVersion);
    for (const auto size : kSizes) out.number(size);
    out.text(parts_->training_set);
    out.number(parts_->version);
    auto bytes = out.take();
    bytes.insert(bytes.end(), body.begin(), body.end());
    return bytes;
}

float GreetingModel::calibrated(float machine_logit, double since_onset_s) const {
    return parts_->calibration.apply(machine_logit, since_onset_s);
}

std::uint32_t GreetingModel::version() const { return parts_->version; }

const std::string& GreetingModel::training_set() const { return parts_->training_set; }

const Network& GreetingModel::network() const { return parts_->network; }

const Calibration& GreetingModel::calibration() const { return parts_->calibration; }

}  // namespace bellwether::answer_detect
