#include "dialer/app/reports/journal_text.h"

#include <fmt/format.h>

#include <charconv>
#include <string_view>
#include <utility>
#include <vector>

#include "dialer/app/files/json_text.h"
#include "simulator/world/raw_json.h"

namespace bellwether::app {

namespace {

std::string or_null(const std::string& json) { return json.empty() ? "null" : json; }

std::string time_members(Now now) {
    return fmt::format(R"("elapsed_us":{},"utc_ms":{},"utc":"{}")",
                       now.elapsed.time_since_epoch().count(), now.utc.time_since_epoch().count(),
                       iso_time(now.utc));
}

using Members = std::vector<std::pair<std::string_view, std::string_view>>;

std::string_view member(const Members& members, std::string_view key) {
    for (const auto& [name, value] : members) {
        if (name == key) return value;
    }
    return {};
}

/// A personal member as text again: empty for null, so that "nothing personal" survives.
std::string personal_text(const Members& members, std::string_view key) {
    const std::string_view text = member(members, key);
    return text == "null" ? std::string{} : std::string{text};
}

/// Reads the members of a line; the first that is not as it should be is kept.
class LineReader {
public:
    explicit LineReader(const Members& members) : members_{members} {}

    template <class Number>
    Number number(std::string_view key) {
        const std::string_view text = member(members_, key);
        Number value{};
        const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), value);
        if (text.empty() || error != std::errc{} || stop != text.data() + text.size())
            note(key, "is missing or not a whole number");
        return value;
    }
    std::string object(std::string_view key) {
        const std::string_view text = member(members_, key);
        if (!text.starts_with('{')) note(key, "is missing or not an object");
        return std::string{text};
    }
    void note(std::string_view key, std::string_view fault) {
        if (!fault_) fault_ = Error{Errc::InvalidInput, fmt::format("{} {}", key, fault)};
    }
    template <class T>
    Result<std::variant<simulator::Segment, simulator::Entry>> finish(T value) {
        if (fault_) return tl::unexpected(*fault_);
        return value;
    }

private:
    const Members& members_;
    std::optional<Error> fault_;
};

Result<std::variant<simulator::Segment, simulator::Entry>> read_segment(const Members& members) {
    LineReader reader{members};
    simulator::Segment segment;
    segment.first_seq = reader.number<std::uint64_t>("first_seq");
    segment.snapshot = reader.object("snapshot");
    segment.snapshot_personal = personal_text(members, "snapshot_personal");
    return reader.finish(std::move(segment));
}

Result<std::variant<simulator::Segment, simulator::Entry>> read_entry(const Members& members) {
    LineReader reader{members};
    simulator::Entry entry;
    entry.seq = reader.number<std::uint64_t>("seq");
    entry.now.elapsed = Instant{Duration{reader.number<std::int64_t>("elapsed_us")}};
    entry.now.utc = UtcTime{std::chrono::milliseconds{reader.number<std::int64_t>("utc_ms")}};
    entry.event = reader.object("event");
    entry.event_personal = personal_text(members, "event_personal");
    const auto actions = simulator::raw_items(member(members, "actions"));
    if (!actions) reader.note("actions", "is missing or not a list");
    for (const std::string_view item : actions.value_or(std::vector<std::string_view>{})) {
        const auto action = simulator::raw_members(item);
        if (!action) {
            reader.note("actions", "holds something that is not an object");
            break;
        }
        entry.actions.push_back(
            {std::string{member(*action, "action")}, personal_text(*action, "personal")});
    }
    return reader.finish(std::move(entry));
}

}  // namespace

std::string journal_line(const store::JournalSegment& segment, bool personal) {
    return fmt::format(
        R"({{"kind":"SEGMENT","first_seq":{},"epoch":{},{},"snapshot":{},"snapshot_personal":{}}})"
        "\n",
        segment.first_seq, value_of(segment.epoch), time_members(segment.at), segment.snapshot.text,
        personal ? or_null(segment.snapshot.personal) : "null");
}

std::string journal_line(const store::JournalEntry& entry, bool personal) {
    std::string actions;
    for (const auto& action : entry.actions) {
        actions += fmt::format(R"({}{{"action":{},"personal":{}}})", actions.empty() ? "" : ",",
                               action.text, personal ? or_null(action.personal) : "null");
    }
    return fmt::format(
        R"({{"kind":"ENTRY","seq":{},{},"event":{},"event_personal":{},"actions":[{}]}})"
        "\n",
        entry.seq, time_members(entry.now), entry.event,
        personal ? or_null(entry.event_personal) : "null", actions);
}

Result<std::variant<simulator::Segment, simulator::Entry>> read_journal_line(
    const std::string& line) {
    // Cut, not parsed and written anew: a replay compares byte for byte.
    const auto members = simulator::raw_members(line);
    if (!members) return fail(Errc::InvalidInput, "is not a JSON object: no journal of Bellwether");
    const std::string_view kind = member(*members, "kind");
    if (kind == "\"SEGMENT\"") return read_segment(*members);
    if (kind == "\"ENTRY\"") return read_entry(*members);
    if (kind == "\"ERROR\"") {
        return fail(Errc::Corrupt, text_member(Json::parse(line, nullptr, false), "detail"));
    }
    return fail(Errc::InvalidInput,
                "kind is neither \"SEGMENT\" nor \"ENTRY\": no journal of Bellwether");
}

}  // namespace bellwether::app
