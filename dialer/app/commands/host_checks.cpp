#include "dialer/app/commands/host_checks.h"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <sys/socket.h>
#include <sys/timex.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

#include "dialer/app/policy/zones.h"

namespace bellwether::app {

namespace {

namespace fs = std::filesystem;

/// Below this a busy day's journal and recordings may not fit: about 3 hours of 30 lines recorded
/// in stereo 16-bit PCM at 8 kHz (32 kB/s each).
constexpr std::uintmax_t kFreeBytesWanted = std::uintmax_t{10} << 30;
/// Below this the store itself is in danger.
constexpr std::uintmax_t kFreeBytesNeeded = std::uintmax_t{256} << 20;

/// Why a UDP port cannot be bound; empty if it can.
std::string bind_fault(const std::string& host, std::uint16_t port) {
    const int fd = ::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (fd < 0) return std::generic_category().message(errno);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    ::inet_pton(AF_INET, host.c_str(), &address.sin_addr);
    const int bound = ::bind(fd, reinterpret_cast<const sockaddr*>(&address), sizeof(address));
    const int error = errno;
    ::close(fd);
    return bound == 0 ? std::string{} : std::generic_category().message(error);
}

/// The nearest folder that is there: what is to be made will be on its disk.
fs::path existing(fs::path folder) {
    std::error_code ignored;
    folder = fs::absolute(folder, ignored);
    while (!fs::exists(folder, ignored) && folder.has_relative_path())
        folder = folder.parent_path();
    return folder;
}

}  // namespace

Check check_trunk(const Config& config) {
    if (config.trunks.empty())
        return {"trunk", CheckResult::Warning, "no [trunk] is configured: nothing can be dialed"};
    const std::size_t prefixes = config.allowed_prefixes().size();
    if (prefixes == 0) {
        return {"trunk", CheckResult::Warning,
                "allowed_prefixes of every trunk is empty: nothing may be dialed"};
    }
    std::vector<std::string> places;
    for (const auto& trunk : config.trunks)
        places.push_back(fmt::format("{} at {}:{}", trunk.name, trunk.host, trunk.port));
    return {"trunk", CheckResult::Ok,
            fmt::format("{}, {} lines, {} allowed prefixes", fmt::join(places, "; "),
                        config.lines(), prefixes)};
}

Check check_disk(const Config& config) {
    const fs::path folder = existing(config.data_dir);
    std::error_code error;
    const auto space = fs::space(folder, error);
    if (error)
        return {"disk", CheckResult::Failed,
                fmt::format("{}: {}", folder.string(), error.message())};
    if (::access(folder.c_str(), W_OK | X_OK) != 0) {
        return {"disk", CheckResult::Failed,
                fmt::format("{} cannot be written to", folder.string())};
    }
    const std::string detail =
        fmt::format("{} MB free for {}", space.available >> 20U, config.data_dir.string());
    if (space.available < kFreeBytesNeeded)
        return {"disk", CheckResult::Failed, detail + ": make room"};
    if (space.available < kFreeBytesWanted)
        return {"disk", CheckResult::Warning, detail + ": less than a day of recordings"};
    return {"disk", CheckResult::Ok, detail};
}

Check check_clock() {
    timex state{};
    const int clock = ::adjtimex(&state);  // asks only: modes is 0
    if (clock < 0 || clock == TIME_ERROR) {
        return {
            "clock", CheckResult::Warning,
            "the kernel says that nothing keeps the clock right (NTP): calling hours hang on it"};
    }
    return {"clock", CheckResult::Ok, "kept right"};
}

Check check_zones(UtcTime now) {
    const auto zone = zone_offsets("America/New_York", now);
    if (!zone) return {"zones", CheckResult::Failed, zone.error().detail + ": install tzdata"};
    const auto version = tzdata_version();
    if (!version) return {"zones", CheckResult::Warning, version.error().detail};
    return {"zones", CheckResult::Ok,
            fmt::format("the host's time zones can be read: tzdata {}; laws change them, so keep "
                        "the package up to date",
                        *version)};
}

Check check_sip_port(const Config& config) {
    const std::string where = fmt::format("udp {}:{}", config.sip.bind, config.sip.port);
    const std::string fault = bind_fault(config.sip.bind, config.sip.port);
    if (fault.empty()) return {"sip port", CheckResult::Ok, where + " is free"};
    return {"sip port", CheckResult::Failed, fmt::format("{}: {}", where, fault)};
}

Check check_media_ports(const Config& config) {
    const MediaSettings& media = config.media;
    const int legs = (media.port_max - media.port_min + 1) / 2;
    for (const std::uint16_t port : {media.port_min, media.port_max}) {
        const std::string fault = bind_fault(media.bind, port);
        if (!fault.empty()) {
            return {"media ports", CheckResult::Failed,
                    fmt::format("udp {}:{}: {}", media.bind, port, fault)};
        }
    }
    const std::string detail =
        fmt::format("{}-{}: room for {} legs", media.port_min, media.port_max, legs);
    if (legs < config.lines()) {
        return {"media ports", CheckResult::Failed,
                fmt::format("{}, but the trunks have {} lines: widen media.port_min and port_max",
                            detail, config.lines())};
    }
    return {"media ports", CheckResult::Ok, detail};
}

}  // namespace bellwether::app
