#include "support/world.h"

#include "base/check.h"

namespace bellwether::sip_test {

std::string audio_sdp(std::uint16_t rtp_port) {
    return "v=0\r\n"
           "o=bellwether 1 1 IN IP4 127.0.0.1\r\n"
           "s=-\r\n"
           "c=IN IP4 127.0.0.1\r\n"
           "t=0 0\r\n"
           "m=audio " +
           std::to_string(rtp_port) +
           " RTP/AVP 0 8 101\r\n"
           "a=rtpmap:0 PCMU/8000\r\n"
           "a=rtpmap:8 PCMA/8000\r\n"
           "a=rtpmap:101 telephone-event/8000\r\n"
           "a=fmtp:101 0-15\r\n"
           "a=sendrecv\r\n";
}

World::World(sip::EndpointConfig config) {
    auto started = sip::SipEndpoint::start(
        std::move(config), [this](sip::Event event) { events.add(std::move(event)); });
    if (!started) ADD_FAILURE() << started.error().detail;
    BW_CHECK(started.has_value());
    endpoint = std::move(*started);
}

World::~World() { endpoint->stop(); }

void World::dial(CallId call) {
    endpoint->invite(sip::TrunkInvite{.call = call,
                                      .number = *PhoneNumber::parse(kNumber),
                                      .caller_id = "+12025550100",
                                      .sdp = audio_sdp(),
                                      .headers = {}});
}

std::vector<std::string> World::story(CallId call) {
    endpoint->stop();
    return events.story(call);
}

sip::TrunkConfig trunk_at(std::uint16_t port, const std::string& name) {
    sip::TrunkConfig trunk;
    trunk.name = name;
    trunk.host = "127.0.0.1";
    trunk.port = port;
    trunk.username = "dialer";
    trunk.password = "se:cret";
    trunk.allowed_prefixes = {"+1202555"};
    trunk.lines = 1000;
    trunk.calls_per_second = 1000;
    return trunk;
}

sip::EndpointConfig with_trunk(std::uint16_t port) {
    sip::EndpointConfig config;
    config.trunks = {trunk_at(port)};
    return config;
}

}  // namespace bellwether::sip_test
