#include "simulator/world/journal_text.h"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <optional>
#include <utility>

#include "simulator/world/raw_json.h"

namespace bellwether::simulator {
namespace {

using Members = std::vector<std::pair<std::string_view, std::string_view>>;

void add(std::string& line, std::string_view key, std::string_view value) {
    if (line.size() > 1) line += ',';
    line += '"';
    line += key;
    line += "\":";
    line += value;
}

template <class T>
void add_number(std::string& line, std::string_view key, T value) {
    add(line, key, std::to_string(value));
}

std::string joined(const std::vector<engine::Encoded>& actions, std::string engine::Encoded::*part,
                   std::string_view if_empty) {
    std::string list = "[";
    for (const engine::Encoded& action : actions) {
        if (list.size() > 1) list += ',';
        const std::string& text = action.*part;
        list += text.empty() ? if_empty : std::string_view{text};
    }
    return list + "]";
}

std::string_view find(const Members& members, std::string_view key) {
    const auto found = std::ranges::find(members, key, &Members::value_type::first);
    return found == members.end() ? std::string_view{} : found->second;
}

template <class T>
std::optional<T> number(std::string_view text) {
    T value{};
    const char* end = text.data() + text.size();
    const auto parsed = std::from_chars(text.data(), end, value);
    if (text.empty() || parsed.ec != std::errc{} || parsed.ptr != end) return std::nullopt;
    return value;
}

/// An empty list stands for nothing personal.
std::string personal_text(std::string_view text) {
    return text == "[]" ? std::string{} : std::string{text};
}

class Reader {
public:
    [[nodiscard]] Result<void> take_line(std::string_view line) {
        ++line_;
        if (line.find_first_not_of(" \t\r") == std::string_view::npos) return {};
        const auto members = raw_members(line);
        if (!members) return wrong("is not a JSON object");
        if (!find(*members, "segment").empty()) return take_segment(*members);
        if (!find(*members, "seq").empty()) return take_entry(*members);
        return wrong("has neither 'segment' nor 'seq': not a journal of Bellwether");
    }

    [[nodiscard]] Result<std::vector<Segment>> finish() {
        if (segments_.empty()) return fail(Errc::InvalidInput, "the journal holds no segment");
        return std::move(segments_);
    }

private:
    [[nodiscard]] tl::unexpected<Error> wrong(std::string_view what) const {
        return fail(Errc::Corrupt, "line " + std::to_string(line_) + ": " + std::string{what});
    }

    [[nodiscard]] Result<void> take_segment(const Members& members) {
        const auto first = number<std::uint64_t>(find(members, "segment"));
        if (!first) return wrong("'segment' is not a number");
        Segment segment{.first_seq = *first,
                        .snapshot = std::string{find(members, "snapshot")},
                        .snapshot_personal = personal_text(find(members, "personal")),
                        .entries = {}};
        const auto state = engine::decode_state(segment.snapshot, segment.snapshot_personal);
        if (!state) return wrong("'snapshot': " + state.error().detail);
        if (*first <= last_seq_) return wrong("'segment' goes back");
        segments_.push_back(std::move(segment));
        last_elapsed_us_ = INT64_MIN;  // a new process has a new clock
        return {};
    }

    [[nodiscard]] Result<void> take_entry(const Members& members) {
        if (segments_.empty()) return wrong("an event before the first segment");
        const auto seq = number<std::uint64_t>(find(members, "seq"));
        const auto elapsed = number<std::int64_t>(find(members, "elapsed_us"));
        const auto utc = number<std::int64_t>(find(members, "utc_ms"));
        if (!seq) return wrong("'seq' is not a number");
        if (!elapsed) return wrong("'elapsed_us' is not a number");
        if (!utc) return wrong("'utc_ms' is not a number");
        if (*seq <= last_seq_) return wrong("'seq' goes back");
        if (*elapsed < last_elapsed_us_) return wrong("'elapsed_us' goes back");
        last_seq_ = *seq;
        last_elapsed_us_ = *elapsed;

        Entry entry{.seq = *seq,
                    .now = {Instant{Duration{*elapsed}}, UtcTime{std::chrono::milliseconds{*utc}}},
                    .event = std::string{find(members, "event")},
                    .event_personal = personal_text(find(members, "personal")),
                    .actions = {}};
        const auto event = engine::decode_event(entry.event, entry.event_personal);
        if (!event) return wrong("'event': " + event.error().detail);
        if (auto taken = take_actions(members, entry); !taken) return taken;
        segments_.back().entries.push_back(std::move(entry));
        return {};
    }

    [[nodiscard]] Result<void> take_actions(const Members& members, Entry& entry) const {
        const auto actions = raw_items(find(members, "actions"));
        if (!actions) return wrong("'actions' is not a list");
        for (const std::string_view action : *actions) {
            entry.actions.push_back({std::string{action}, {}});
        }
        const std::string_view personal = find(members, "actions_personal");
        if (personal.empty()) return {};
        const auto sides = raw_items(personal);
        if (!sides || sides->size() != entry.actions.size()) {
            return wrong("'actions_personal' does not match 'actions'");
        }
        for (std::size_t i = 0; i < sides->size(); ++i) {
            entry.actions[i].personal = personal_text((*sides)[i]);
        }
        return {};
    }

    std::size_t line_ = 0;
    std::uint64_t last_seq_ = 0;
    std::int64_t last_elapsed_us_ = INT64_MIN;
    std::vector<Segment> segments_;
};

}  // namespace

std::string segment_line(const Segment& segment) {
    std::string line = "{";
    add_number(line, "segment", segment.first_seq);
    add(line, "snapshot", segment.snapshot);
    if (!segment.snapshot_personal.empty()) add(line, "personal", segment.snapshot_personal);
    return line + "}\n";
}

std::string entry_line(const Entry& entry) {
    std::string line = "{";
    add_number(line, "seq", entry.seq);
    add_number(line, "elapsed_us", entry.now.elapsed.time_since_epoch().count());
    add_number(line, "utc_ms", entry.now.utc.time_since_epoch().count());
    add(line, "event", entry.event);
    if (!entry.event_personal.empty()) add(line, "personal", entry.event_personal);
    add(line, "actions", joined(entry.actions, &engine::Encoded::text, "{}"));
    const bool personal = std::ranges::any_of(
        entry.actions, [](const engine::Encoded& action) { return !action.personal.empty(); });
    if (personal) {
        add(line, "actions_personal", joined(entry.actions, &engine::Encoded::personal, "[]"));
    }
    return line + "}\n";
}

std::string to_text(const std::vector<Segment>& segments) {
    std::string text;
    for (const Segment& segment : segments) {
        text += segment_line(segment);
        for (const Entry& entry : segment.entries) text += entry_line(entry);
    }
    return text;
}

Result<std::vector<Segment>> read_journal(std::string_view text) {
    Reader reader;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        if (auto taken = reader.take_line(text.substr(0, end)); !taken) {
            return tl::unexpected{std::move(taken.error())};
        }
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return reader.finish();
}

}  // namespace bellwether::simulator
