#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "dialer/app/files/problem.h"
#include "dialer/sip/transfer_policy.h"
#include "dialer/sip/trunk_config.h"

namespace bellwether::app {

/// [sip]: where the trunk's answers come back to and the agents' phones register.
struct SipSettings {
    std::string bind = "127.0.0.1";  ///< IPv4 literal
    std::uint16_t port = 5060;       ///< 0: any free port
    std::string realm =
        "bellwether";  ///< of the agents' digest; a change makes every password invalid
    /// Hosts of phones that do not register here: addresses, networks, names. None by default.
    std::vector<std::string> phone_hosts;
    sip::TransferPolicy transfers = sip::TransferPolicy::Refuse;  ///< asked for by agents' phones
    int incoming_calls = 30;  ///< calls to owned numbers at once, per trunk; 0..10000
};

/// [media]: RTP.
struct MediaSettings {
    std::string bind = "127.0.0.1";  ///< IPv4 literal
    std::string advertise;           ///< IPv4 literal written into SDP; empty: `bind`
    std::uint16_t port_min = 16000;  ///< 1024..65534
    std::uint16_t port_max = 32000;  ///< > port_min; two ports per leg
    std::chrono::milliseconds silence_timeout{
        20'000};                 ///< no valid audio for so long ends a call, 1 s .. 10 min
    int threads = 1;             ///< 1..64
    bool comfort_noise = false;  ///< offer it (RFC 3389): silence then costs no packets
};

/// [answer_detect]
struct DetectionSettings {
    std::filesystem::path weights;  ///< of the greeting model; empty: those the program ships
};

/// [compliance]
struct ComplianceSettings {
    std::filesystem::path packs;  ///< folder of house packs; empty: none
    std::vector<std::string>
        accept_drafts;  ///< packs that may be used although nobody reviewed them
    /// Numbers that belong to nobody, as "+120255501": calls to them are bound by no pack.
    std::vector<std::string> practice_prefixes;
    std::vector<std::string> owned_numbers;  ///< E.164: what callers may show
    std::string caller_country;  ///< ISO 3166, where the calls come from; empty: not told
};

/// [evidence]: the log that `audit` is about; its files stand in `evidence` beside the store
struct EvidenceSettings {
    std::string origin;  ///< the log's name, should there be none yet; empty: "<node>/evidence"
    std::vector<std::filesystem::path> copies;  ///< files that get every checkpoint as a line
    std::string webhook;  ///< "http://host:port/path" that gets every checkpoint; empty: none
};

enum class LogLevel { Error, Warn, Info, Debug };

/// [log]
struct LogSettings {
    LogLevel level = LogLevel::Info;
    std::filesystem::path file;  ///< empty: stderr alone
};

/// The whole of bellwether.toml, every value effective and checked. Relative paths in the file
/// count from the file's folder; those that are left out from `data_dir`.
struct Config {
    std::string node = "bellwether";                     ///< this process, in claims and logs
    std::filesystem::path data_dir = "bellwether-data";  ///< beside the file; without one, here
    std::filesystem::path store;                         ///< <data_dir>/bellwether.db
    std::filesystem::path socket;                        ///< <data_dir>/run/bellwether.sock
    std::filesystem::path recordings;                    ///< <data_dir>/recordings
    std::chrono::milliseconds recordings_keep{0};        ///< older ones are deleted; 0: never
    SipSettings sip;
    std::vector<sip::TrunkConfig> trunks;  ///< [trunk] or [[trunks]]; none: nothing is dialed
    MediaSettings media;
    DetectionSettings detection;
    ComplianceSettings compliance;
    EvidenceSettings evidence;
    LogSettings log;

    /// What any trunk may dial; a number starts with one of them.
    [[nodiscard]] std::vector<std::string> allowed_prefixes() const;
    [[nodiscard]] int lines() const;                ///< of all trunks together
    [[nodiscard]] double calls_per_second() const;  ///< of all trunks together
};

/// The configuration of a text. Every problem is reported, not only the first.
/// @param file  named in problems; relative paths count from its folder.
[[nodiscard]] Checked<Config> parse_config(std::string_view text,
                                           const std::filesystem::path& file);

/// The configuration of a file, or the defaults if `file` is empty.
[[nodiscard]] Checked<Config> load_config(const std::filesystem::path& file);

/// The effective configuration as TOML with units; a password shows as "***". parse_config()
/// accepts it (but for the password).
[[nodiscard]] std::string print_config(const Config& config);

}  // namespace bellwether::app

namespace bellwether {
template <>
inline constexpr auto kEnumNames<app::LogLevel> = names("ERROR", "WARN", "INFO", "DEBUG");
}  // namespace bellwether
