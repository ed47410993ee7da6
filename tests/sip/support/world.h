#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "dialer/sip/sip_endpoint.h"
#include "support/event_log.h"
#include "support/sipp.h"

namespace bellwether::sip_test {

using namespace std::chrono_literals;
using testing::ElementsAre;

inline constexpr CallId kCall{7};
inline constexpr std::string_view kNumber = "+12025550123";

/// One G.711 audio line, as dialer/media writes it.
[[nodiscard]] std::string audio_sdp(std::uint16_t rtp_port = 40000);

/// An endpoint with its log; stopped with the test.
class World {
public:
    explicit World(sip::EndpointConfig config = {});
    ~World();
    World(const World&) = delete;
    World& operator=(const World&) = delete;

    /// Calls kNumber through the trunk.
    void dial(CallId call = kCall);
    /// Stops the endpoint, after which the log is complete, and tells the story of a call.
    std::vector<std::string> story(CallId call = kCall);

    std::unique_ptr<sip::SipEndpoint> endpoint;
    EventLog events;
};

/// A trunk on 127.0.0.1:port that may dial kNumber.
[[nodiscard]] sip::TrunkConfig trunk_at(std::uint16_t port, const std::string& name = "carrier");

/// An endpoint with that trunk alone.
[[nodiscard]] sip::EndpointConfig with_trunk(std::uint16_t port);

}  // namespace bellwether::sip_test
