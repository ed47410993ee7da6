// Any bytes as journal text (0xFF parts the text from its side table): no crash, and whatever is
// accepted is written again as text that reads back the same.

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/check.h"
#include "dialer/engine/codec.h"

namespace {

using namespace bellwether::engine;

template <class Decode>
void check_read(std::string_view text, std::string_view personal, Decode decode) {
    const auto read = decode(text, personal);
    if (!read) {
        BW_CHECK(read.error().code == bellwether::Errc::Corrupt);
        BW_CHECK(!read.error().detail.empty());
        return;
    }
    const Encoded written = encode(*read);
    const auto again = decode(written.text, written.personal);
    BW_CHECK(again.has_value());
    BW_CHECK(encode(*again) == written);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view input{reinterpret_cast<const char*>(data), size};
    const auto end = input.find('\xFF');
    const std::string_view text = input.substr(0, end);
    const std::string_view personal =
        end == std::string_view::npos ? std::string_view{} : input.substr(end + 1);
    check_read(text, personal, [](auto t, auto p) { return decode_event(t, p); });
    check_read(text, personal, [](auto t, auto p) { return decode_state(t, p); });
    return 0;
}
