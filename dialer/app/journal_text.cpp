#include "dialer/app/journal_text.h"

#include <fmt/format.h>

#include "dialer/app/json_text.h"

namespace bellwether::app {

namespace {

std::string or_null(const std::string& json) { return json.empty() ? "null" : json; }

std::string time_members(Now now) {
    return fmt::format(R"("elapsed_us":{},"utc_ms":{},"utc":"{}")",
                       now.elapsed.time_since_epoch().count(), now.utc.time_since_epoch().count(),
                       iso_time(now.utc));
}

/// A member's JSON as text again: empty for null, so that "nothing personal" survives.
std::string text_of(const Json& object, const char* key) {
    const auto found = object.find(key);
    return found == object.end() || found->is_null() ? std::string{} : found->dump();
}

template <class Number>
Number number_of(const Json& object, const char* key) {
    const auto found = object.find(key);
    return found != object.end() && found->is_number_integer() ? found->get<Number>() : Number{};
}

simulator::Segment read_segment(const Json& json) {
    return {number_of<std::uint64_t>(json, "first_seq"),
            text_of(json, "snapshot"),
            text_of(json, "snapshot_personal"),
            {}};
}

simulator::Entry read_entry(const Json& json) {
    simulator::Entry entry;
    entry.seq = number_of<std::uint64_t>(json, "seq");
    entry.now.elapsed = Instant{Duration{number_of<std::int64_t>(json, "elapsed_us")}};
    entry.now.utc = UtcTime{std::chrono::milliseconds{number_of<std::int64_t>(json, "utc_ms")}};
    entry.event = text_of(json, "event");
    entry.event_personal = text_of(json, "event_personal");
    const auto actions = json.find("actions");
    if (actions == json.end() || !actions->is_array()) return entry;
    for (const Json& action : *actions) {
        entry.actions.push_back({text_of(action, "action"), text_of(action, "personal")});
    }
    return entry;
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
    const auto json = Json::parse(line, nullptr, false);
    if (!json.is_object())
        return fail(Errc::InvalidInput, "a line of the journal is not a JSON object");
    const std::string kind = text_member(json, "kind");
    if (kind == "SEGMENT") return read_segment(json);
    if (kind == "ENTRY") return read_entry(json);
    if (kind == "ERROR") return fail(Errc::Corrupt, text_member(json, "detail"));
    return fail(Errc::InvalidInput, "a line of the journal is neither SEGMENT nor ENTRY");
}

}  // namespace bellwether::app
