#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "base/enum_names.h"

namespace bellwether::sip {

enum class Transport { Udp, Tcp, Tls };

/// Whom a TLS trunk's certificate must come from, and what we show of ourselves. All files are PEM.
struct TlsSettings {
    std::string ca_file;           ///< the authorities we trust; empty: those of the system
    std::string certificate_file;  ///< our certificate and its key in one file; empty: none
    /// The name that the carrier's certificate must hold (exactly: the stack knows no wildcards).
    /// Empty: `host`, which then must be a name.
    std::string name;
};

/// One carrier that calls go out through.
struct TrunkConfig {
    std::string name = "trunk";  ///< one word; events and reports use it
    std::string host;            ///< IPv4 address or host name of the carrier
    std::uint16_t port = 5060;   ///< without meaning if `srv`
    bool srv = false;            ///< find address, port and transport by NAPTR and SRV of `host`
    Transport transport = Transport::Udp;
    TlsSettings tls{};  ///< of Transport::Tls only

    std::string username{};  ///< empty: the trunk knows us by address
    std::string password{};  ///< any characters, ':' included; never printed, never logged
    std::vector<std::string>
        realms{};  ///< challenges we answer; empty: any realm of this trunk's host

    std::vector<std::string> allowed_prefixes{};  ///< "+1202555"; empty: nothing may be dialed
    int priority = 1;                ///< 1..100; a trunk is used before all with a higher number
    int weight = 1;                  ///< 1..100; share of the calls among trunks of one priority
    int lines = 30;                  ///< calls at once, 1..10000
    double calls_per_second = 10.0;  ///< > 0, at most 1000

    std::chrono::seconds options_every{0};        ///< OPTIONS as a keep-alive; 0: none
    std::chrono::seconds session_expires{1'800};  ///< RFC 4028 §4.2's interval; 0: no timer
    /// A trunk that said nothing at all for so long, not even 100, is given up for the next one;
    /// without a next one the call has failed. 0: never before timer B (silence_max).
    /// 4 s: UDP has sent the INVITE four times by then (RFC 3261 §17.1.1.2).
    std::chrono::milliseconds no_answer_failover{4'000};

    bool asserted_identity = false;  ///< send P-Asserted-Identity with the caller id (RFC 3325)
    std::vector<std::pair<std::string, std::string>> headers{};  ///< on every INVITE
    /// Further addresses that its calls to us come from: IPv4, as "192.0.2.7" or "192.0.2.0/24".
    std::vector<std::string> incoming_from{};
};

/// More trunks than any one dialer was seen with; a set of them is one machine word.
inline constexpr std::size_t kTrunksMax = 32;

}  // namespace bellwether::sip

namespace bellwether {
template <>
inline constexpr auto kEnumNames<sip::Transport> = names("UDP", "TCP", "TLS");
}  // namespace bellwether
