// Foreign text that dialer/sip reads itself. The first octet of an input says which: 'u' a header
// value with a URI, 'r' the headers part of a Refer-To URI, 'h' a list of hosts, one a line, 'o' an
// SDP offer to a running call. Anything else is refused.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/check.h"
#include "dialer/sip/host_list.h"
#include "dialer/sip/sdp_answer.h"
#include "dialer/sip/transfer_request.h"

namespace bellwether::sip {
namespace {

constexpr const char* kLocal =
    "v=0\r\no=bw 7 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n"
    "m=audio 40000 RTP/AVP 0 8 101\r\na=rtpmap:0 PCMU/8000\r\na=sendrecv\r\n";

void try_hosts(std::string_view text) {
    std::vector<std::string> entries;
    while (!text.empty()) {
        const auto end = text.find('\n');
        entries.emplace_back(text.substr(0, end));
        text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
    }
    const auto hosts = HostList::parse(entries);
    if (!hosts) return;
    for (const auto& entry : entries)
        if (entry.find('/') == std::string::npos) BW_CHECK(hosts->contains(entry));
}

// An answer is one to every offer that it can be an answer to.
void try_offer(std::string_view offer) {
    const auto answer = answer_reoffer(kLocal, offer, 2);
    if (!answer) return;
    BW_CHECK(answer_reoffer(*answer, *answer, 3).has_value());
    if (is_hold(offer)) BW_CHECK(answer->find("a=sendrecv") == std::string::npos);
}

}  // namespace
}  // namespace bellwether::sip

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace bellwether::sip;
    if (size == 0) return 0;
    const std::string_view text{reinterpret_cast<const char*>(data) + 1, size - 1};
    switch (data[0]) {
        case 'u':
            (void)uri_user(text);
            break;
        case 'r':
            (void)replaced_call_id(text);
            break;
        case 'h':
            try_hosts(text);
            break;
        case 'o':
            try_offer(text);
            break;
        default:
            break;
    }
    return 0;
}
