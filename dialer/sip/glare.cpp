#include "dialer/sip/glare.h"

namespace bellwether::sip {
namespace {

constexpr std::chrono::milliseconds kStep{10};
constexpr std::chrono::milliseconds kOwnerFrom{2'100};
constexpr std::chrono::milliseconds kOwnerTo{4'000};
constexpr std::chrono::milliseconds kOtherFrom{0};
constexpr std::chrono::milliseconds kOtherTo{2'000};

}  // namespace

std::chrono::milliseconds glare_wait(bool owns_call_id, std::uint32_t draw) {
    const auto from = owns_call_id ? kOwnerFrom : kOtherFrom;
    const auto to = owns_call_id ? kOwnerTo : kOtherTo;
    const auto values = (to - from) / kStep + 1;
    return from + (draw % values) * kStep;
}

}  // namespace bellwether::sip
