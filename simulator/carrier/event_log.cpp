#include "simulator/carrier/event_log.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstring>
#include <ctime>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <utility>

namespace bellwether::carrier {
namespace {

constexpr off_t kTailLength = 65'536;  // longer than any line: a Call-ID is at most one datagram

/// "2026-05-04T10:15:00.123456Z".
std::string iso_now() {
    using Clock = std::chrono::system_clock;
    const auto now = std::chrono::time_point_cast<std::chrono::microseconds>(Clock::now());
    const auto whole = std::chrono::floor<std::chrono::seconds>(now);
    const std::time_t seconds_now = Clock::to_time_t(whole);
    std::tm utc{};
    gmtime_r(&seconds_now, &utc);
    char date[32];
    std::strftime(date, sizeof date, "%Y-%m-%dT%H:%M:%S", &utc);
    std::string micros = std::to_string((now - whole).count());
    return std::string{date} + "." + std::string(6 - micros.size(), '0') + micros + "Z";
}

/// The last `kTailLength` bytes; empty for an empty file. nullopt if it cannot be read.
std::optional<std::string> tail_of(int fd) {
    const off_t size = lseek(fd, 0, SEEK_END);
    if (size < 0) return {};
    const off_t from = std::max<off_t>(0, size - kTailLength);
    std::string tail(static_cast<std::size_t>(size - from), '\0');
    const ssize_t got = pread(fd, tail.data(), tail.size(), from);
    if (got != static_cast<ssize_t>(tail.size())) return {};
    return tail;
}

/// The sequence number of the last whole line; 0 for an empty file, nullopt if it has none.
std::optional<std::uint64_t> last_seq(std::string_view tail) {
    if (tail.empty()) return 0;
    if (!tail.ends_with('\n')) return {};
    tail.remove_suffix(1);
    const std::size_t start = tail.rfind('\n');
    const auto line = nlohmann::json::parse(
        tail.substr(start == std::string_view::npos ? 0 : start + 1), nullptr, false);
    if (!line.is_object() || !line.contains("seq") || !line["seq"].is_number_unsigned()) return {};
    return line["seq"].get<std::uint64_t>();
}

}  // namespace

Result<EventLog> EventLog::open(const std::filesystem::path& file) {
    const int fd = ::open(file.c_str(), O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC, 0644);
    if (fd < 0) {
        return fail(Errc::Unavailable,
                    "cannot open " + file.string() + ": " + std::strerror(errno));
    }
    const auto tail = tail_of(fd);
    const auto seq = tail ? last_seq(*tail) : std::nullopt;
    if (!seq) {
        ::close(fd);
        return fail(Errc::Corrupt, file.string() + " does not end with a line of a practice log");
    }
    return EventLog{fd, *seq};
}

EventLog::EventLog(EventLog&& other) noexcept
    : fd_{std::exchange(other.fd_, -1)}, seq_{other.seq_}, ok_{other.ok_} {}

EventLog::~EventLog() {
    if (fd_ >= 0) ::close(fd_);
}

void EventLog::write(std::string_view event, std::initializer_list<LogField> fields) {
    if (!ok_) return;
    nlohmann::ordered_json line{{"seq", ++seq_}, {"time", iso_now()}, {"event", event}};
    for (const LogField& field : fields) {
        std::visit([&](const auto& value) { line[std::string{field.name}] = value; }, field.value);
    }
    // A peer's header may hold any bytes; what is not UTF-8 is replaced.
    std::string text = line.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
    text += '\n';
    ssize_t written = -1;
    do {
        written = ::write(fd_, text.data(), text.size());
    } while (written < 0 && errno == EINTR);
    ok_ = written == static_cast<ssize_t>(text.size());
}

}  // namespace bellwether::carrier
