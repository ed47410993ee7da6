#include "campaigns/form/shuffle.h"

#include <cmath>

#include "campaigns/cell_text.h"
#include "campaigns/form/values.h"
#include "compliance/evidence/hash.h"

namespace bellwether::campaigns::form {
namespace {

// Source: Park and Miller, CACM 31 (1988) 1192: modulus 2^31 - 1, multiplier 7^5.
constexpr std::uint64_t kModulus = 2'147'483'647;
constexpr std::uint64_t kMultiplier = 16'807;

class ParkMiller {
public:
    explicit ParkMiller(double seed) {
        double start = std::isfinite(seed) ? std::fmod(seed, static_cast<double>(kModulus)) : 0;
        if (start <= 0) start += static_cast<double>(kModulus - 1);
        state_ = static_cast<std::uint64_t>(start);
    }

    double draw() {
        state_ = state_ * kMultiplier % kModulus;
        return static_cast<double>(state_ - 1) / static_cast<double>(kModulus - 1);
    }

private:
    std::uint64_t state_ = 1;
};

std::uint32_t fnv1a_32(std::string_view text) {  // source: base/fnv1a.h, with the 32-bit parameters
    std::uint32_t hash = 0x811c9dc5U;
    for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x01000193U;
    return hash;
}

}  // namespace

std::vector<std::size_t> shuffled(std::size_t count, double seed) {
    ParkMiller numbers{seed};
    std::vector<std::size_t> out(count);
    for (std::size_t i = 0; i < count; ++i) {
        const auto j = static_cast<std::size_t>(numbers.draw() * static_cast<double>(i + 1));
        if (j != i) out[i] = out[j];
        out[j] = i;
    }
    return out;
}

double first_draw(double seed) { return ParkMiller{seed}.draw(); }

double seed_of_text(std::string_view text) {
    if (trimmed(text).empty()) return 0;
    const double number = text_number(text);
    if (!std::isnan(number)) return std::trunc(number);
    const auto hash = compliance::evidence::sha256(text);
    std::uint64_t bits = 0;
    for (std::size_t i = 0; i < sizeof bits; ++i) bits = bits << 8 | hash[i];
    return static_cast<double>(static_cast<std::int64_t>(bits));
}

double seed_of_row(std::uint32_t interview_seed, std::string_view name) {
    return static_cast<double>((interview_seed ^ fnv1a_32(name)) % (kModulus - 1) + 1);
}

}  // namespace bellwether::campaigns::form
