#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "base/probability.h"
#include "base/result.h"
#include "simulator/carrier/distributions.h"

namespace bellwether::carrier {

/// `bellwether sim carrier`.
struct CarrierOptions {
    std::string listen_host = "127.0.0.1";  ///< IPv4 literal, for SIP and RTP
    std::uint16_t port = 0;                 ///< SIP over UDP; 0: any free port, see port_file
    std::uint16_t media_port_min = 12000;   ///< below the dialer's own default range
    std::uint16_t media_port_max = 15999;
    int media_threads = 1;

    std::string username;  ///< empty: nobody is challenged; otherwise INVITEs get 407 (MD5, auth)
    std::string password;
    std::string realm = "practice";

    std::uint64_t seed = 1;
    Distributions distributions;
    std::filesystem::path audio_folder;  ///< *.wav: "hello*" are greetings, the rest replies;
                                         ///< empty: a built-in tone burst
    std::filesystem::path log;  ///< NDJSON, appended; see README.md for the events. Required
    std::filesystem::path
        port_file;  ///< gets the port in decimal once calls are taken; may be empty

    int max_calls = 1000;              ///< at once; more are answered 503
    std::chrono::seconds duration{0};  ///< ends by itself after so long; 0: never
};

struct CarrierCounts {
    std::uint64_t invites = 0;  ///< one per SIP Call-ID
    std::uint64_t answered = 0;
    std::uint64_t rejected = 0;
    std::uint64_t cancelled = 0;
    std::uint64_t digits = 0;  ///< keys pressed by people here
};

/// Takes calls until SIGTERM, SIGINT or `duration`; then ends the live ones with BYE and returns.
/// A second signal ends the process at once with status 130. Changes the signal mask of the calling
/// thread, so call it before other threads start.
/// Fails: a port in use, a bad address, an unreadable sound, a log that cannot be opened or
/// written.
[[nodiscard]] Result<CarrierCounts> run_carrier(const CarrierOptions& options);

struct AgentCredential {
    std::string user;
    std::string password;
};

/// `bellwether sim agents`.
struct AgentsOptions {
    /// NDJSON, one {"user": "...", "password": "..."} per line; further members are ignored.
    std::filesystem::path credentials_file;
    std::vector<AgentCredential> credentials;  ///< used in addition to the file
    int n = 0;                                 ///< only the first n phones; 0: all

    std::string registrar_host = "127.0.0.1";
    std::uint16_t registrar_port = 5060;
    std::string listen_host = "127.0.0.1";  ///< each phone takes a free port there
    std::uint16_t media_port_min = 10000;
    std::uint16_t media_port_max = 11999;

    std::uint64_t seed = 1;
    std::filesystem::path audio_folder;  ///< *.wav; empty: a built-in tone burst
    std::filesystem::path log;           ///< NDJSON, appended. Required
    std::filesystem::path ready_file;    ///< written once every phone has registered; may be empty

    /// Pause before an agent speaks, when the other side has finished.
    DrawnTime reply_delay{std::chrono::milliseconds{500}, std::chrono::milliseconds{200},
                          std::chrono::milliseconds{200}, std::chrono::seconds{2}};
    /// Chance, per call heard, that the agent hangs up the nailed-up leg in the middle of it.
    Probability drops{0.0};
    std::chrono::seconds expires{60};  ///< of a registration; refreshed at half of it
    /// How long an unreachable registrar is tried before the first registration succeeds.
    std::chrono::seconds register_timeout{30};
    std::chrono::seconds duration{0};  ///< ends by itself after so long; 0: never
};

struct AgentsCounts {
    std::uint64_t registered = 0;  ///< phones that registered at least once
    std::uint64_t legs = 0;        ///< nailed-up legs answered
    std::uint64_t heard = 0;       ///< times a call was heard on a leg
    std::uint64_t dropped = 0;     ///< legs hung up by a phone
};

/// Runs the phones until SIGTERM, SIGINT or `duration`; then hangs up, unregisters and returns.
/// Signals as run_carrier. Fails as run_carrier, and: no credentials, a phone refused by the
/// registrar (which one is named), or no answer from it within register_timeout.
[[nodiscard]] Result<AgentsCounts> run_agents(const AgentsOptions& options);

}  // namespace bellwether::carrier
