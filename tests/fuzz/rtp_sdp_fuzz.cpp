// Foreign bytes of dialer/media: SDP bodies, RTP and RTCP datagrams, and a receiver fed with them.
// The first octet of an input says which: 's' an SDP body, 'c' one RTCP datagram, 'r' RTP
// datagrams, each behind its length in one octet. Anything else is refused.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "base/check.h"
#include "dialer/media/rtcp_packet.h"
#include "dialer/media/rtp_receiver.h"
#include "dialer/media/sdp.h"

namespace bellwether::media {
namespace {

const LocalEnd kLocal{.host = "192.0.2.1", .rtp_port = 16'000, .session_id = 1, .version = 1};

// What can be answered is answered in SDP that we read ourselves.
void try_sdp(std::string_view text) {
    const auto remote = parse_sdp(text);
    if (!remote) return;
    const auto agreement = agree(*remote);
    if (!agreement) return;
    const auto answer = parse_sdp(format_answer(kLocal, *remote, *agreement));
    BW_CHECK(answer.has_value());
    BW_CHECK(answer->media.size() == remote->media.size());
    BW_CHECK(agree(*answer).has_value());
}

void try_rtcp(std::span<const std::uint8_t> datagram) {
    const auto summary = parse_rtcp(datagram, 0);
    if (summary && summary->about_us) (void)round_trip(*summary->about_us, 0x8000'0000);
}

// A tick after every datagram; the counters must account for each.
void try_rtp(std::span<const std::uint8_t> input) {
    constexpr Endpoint kPeer{0xC0000207, 4000};
    RtpReceiver receiver;
    Agreement agreement;
    agreement.rtp = kPeer;
    agreement.event_payload_type = 101;
    receiver.configure(agreement);
    std::uint64_t datagrams = 0;
    std::chrono::microseconds now{0};
    while (!input.empty()) {
        const std::size_t size = std::min<std::size_t>(input[0], input.size() - 1);
        receiver.on_datagram(kPeer, input.subspan(1, size), now);
        input = input.subspan(1 + size);
        ++datagrams;
        now += std::chrono::milliseconds{20};
        Frame frame;
        (void)receiver.next_frame(frame);
    }
    const auto& counted = receiver.counters();
    BW_CHECK(counted.packets + counted.duplicates + counted.strangers + counted.malformed ==
             datagrams);
}

}  // namespace
}  // namespace bellwether::media

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace bellwether::media;
    if (size == 0) return 0;
    const auto rest = std::span{data, size}.subspan(1);
    switch (data[0]) {
        case 's':
            try_sdp({reinterpret_cast<const char*>(rest.data()), rest.size()});
            break;
        case 'c':
            try_rtcp(rest);
            break;
        case 'r':
            try_rtp(rest);
            break;
        default:
            break;
    }
    return 0;
}
