#pragma once

#include <cstdint>
#include <filesystem>
#include <initializer_list>
#include <string_view>
#include <variant>

#include "base/result.h"

namespace bellwether::carrier {

/// One member of a line besides event, seq and time.
struct LogField {
    std::string_view name;
    std::variant<std::string_view, std::int64_t, std::uint64_t, bool> value;
};

/// The evidence of the practice world: one JSON object per line, each written by one write(2) to a
/// file opened for appending, so that it is in the kernel's hands before the next SIP message is.
///
/// A line: {"seq":17,"time":"2026-05-04T10:15:00.123456Z","event":"ANSWER",...}. `seq` counts from
/// 1 and goes on where the file's last line stopped. Numbers reserved for fiction stand in full.
///
/// One thread at a time.
class EventLog {
public:
    /// Fails: Unavailable if the file cannot be opened, Corrupt if its last line is not ours.
    [[nodiscard]] static Result<EventLog> open(const std::filesystem::path& file);

    EventLog(EventLog&& other) noexcept;
    EventLog& operator=(EventLog&&) = delete;
    EventLog(const EventLog&) = delete;
    ~EventLog();

    void write(std::string_view event, std::initializer_list<LogField> fields = {});

    /// False once a line could not be written whole (a full disk); nothing is written afterwards.
    [[nodiscard]] bool ok() const { return ok_; }

private:
    EventLog(int fd, std::uint64_t last_seq) : fd_{fd}, seq_{last_seq} {}

    int fd_;
    std::uint64_t seq_;
    bool ok_ = true;
};

}  // namespace bellwether::carrier
