#include "dialer/app/commands/wallboard.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

namespace bellwether::app {

namespace {

// Seconds in a state after which somebody should look: a wrap-up that outlasts its minute, a pause
// longer than a coffee, a phone that does not answer its sign-in.
constexpr double kLongWrapUp = 60;
constexpr double kLongPause = 600;
constexpr double kLongSignIn = 20;

constexpr const char* kReset = "\x1b[0m";
constexpr const char* kBold = "\x1b[1m";
constexpr const char* kRed = "\x1b[31m";
constexpr const char* kGreen = "\x1b[32m";
constexpr const char* kYellow = "\x1b[33m";
constexpr const char* kCyan = "\x1b[36m";

std::string text_of(const Json& json, const char* key) { return text_member(json, key); }

double number_of(const Json& json, const char* key) {
    const auto found = json.find(key);
    return found != json.end() && found->is_number() ? found->get<double>() : 0.0;
}

const Json& part(const Json& json, const char* key) {
    static const Json none = Json::array();
    const auto found = json.find(key);
    return found == json.end() || found->is_null() ? none : *found;
}

/// "0:07", "12:34", "3:02:01"
std::string clock_text(double seconds) {
    const auto all = static_cast<long>(std::max(0.0, seconds));
    if (all < 3600) return fmt::format("{}:{:02}", all / 60, all % 60);
    return fmt::format("{}:{:02}:{:02}", all / 3600, all / 60 % 60, all % 60);
}

/// Places on the screen: continuation bytes of UTF-8 take none.
bool takes_place(char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }

std::string painted(const std::string& text, const char* colour, const WallboardView& view) {
    return view.colour && *colour != '\0' ? colour + text + kReset : text;
}

std::string line(const std::string& text, const char* colour, const WallboardView& view) {
    return painted(clipped(text, view.columns), colour, view);
}

constexpr std::size_t kWrappedMax = 3;  // lines: a reason needs no more, and others want room

/// A sentence under a campaign, indented, at blanks over lines that fit.
std::vector<std::string> wrapped(const std::string& text, const char* colour,
                                 const WallboardView& view) {
    constexpr int kIndent = 2;
    std::vector<std::string> lines;
    std::string rest = text;
    while (!rest.empty()) {
        std::string part = clipped(rest, view.columns - kIndent);
        if (part.size() < rest.size()) {
            const bool is_last = lines.size() + 1 == kWrappedMax;
            if (is_last) part = clipped(rest, view.columns - kIndent - 1);
            const auto blank = part.find_last_of(' ');
            const bool ends_here = rest[part.size()] == ' ';
            if (!ends_here && blank != std::string::npos && blank > 0) part.resize(blank);
            rest = rest.substr(part.size());
            rest.erase(0, rest.find_first_not_of(' '));
            if (is_last) part += "…";
            if (is_last) rest.clear();
        } else {
            rest.clear();
        }
        lines.push_back(line("  " + part, colour, view));
    }
    return lines;
}

/// "carrier 7/30 lines"; of several: how many there are.
std::string trunks_text(const Json& trunk) {
    const double count = number_of(trunk, "trunks");
    return fmt::format("{} {:.0f}/{:.0f} lines",
                       count > 1 ? fmt::format("{:.0f} trunks", count) : text_of(trunk, "name"),
                       number_of(trunk, "lines_used"), number_of(trunk, "lines"));
}

/// Those that calls do not use as they should, with the reason.
std::vector<std::string> trunk_faults(const Json& status, const WallboardView& view) {
    std::vector<std::string> lines;
    for (const auto& trunk : part(part(status, "telephony"), "trunks")) {
        const std::string state = text_of(trunk, "state");
        if (state.empty() || state == "UP") continue;
        const std::string text = fmt::format("trunk {} is {}: {}", text_of(trunk, "name"), state,
                                             text_of(trunk, "reason"));
        lines.push_back(line(text, kRed, view));
    }
    return lines;
}

std::string header(const Json& status, const WallboardView& view) {
    const std::string time = text_of(status, "time");
    std::string text = fmt::format("bellwether {}   {}", text_of(status, "node"),
                                   time.size() >= 19 ? time.substr(11, 8) + " UTC" : time);
    text += fmt::format("   up {}", clock_text(number_of(status, "uptime_s")));
    const Json& trunk = part(status, "trunk");
    if (trunk.is_object()) text += "   " + trunks_text(trunk);
    return line(text, kBold, view);
}

/// "dropped 1.20% of 3% a day, room for 4"; the account with the least room decides.
std::string dropped_text(const Json& campaign, bool& is_over) {
    // Nobody waits for an agent there: nothing can be dropped.
    if (text_of(campaign, "mode_configured") == "UNATTENDED") return {};
    const Json* tightest = nullptr;
    for (const auto& account : part(campaign, "accounts")) {
        if (tightest == nullptr || number_of(account, "slack") < number_of(*tightest, "slack"))
            tightest = &account;
    }
    if (tightest == nullptr) return {};
    const double slack = number_of(*tightest, "slack");
    is_over = slack < 0;
    std::string room = fmt::format("room for {:.0f}", std::floor(slack));
    if (slack < 1) room = is_over ? "OVER THE CAP" : "the next one would be over the cap";
    return fmt::format("dropped {:.2f}% of {:.4g}% a {}, {}", number_of(*tightest, "share") * 100,
                       number_of(*tightest, "cap") * 100, text_of(*tightest, "window"), room);
}

/// "open until 21:00" on the campaign's clocks.
std::string hours_text(const Json& campaign) {
    const Json& hours = part(campaign, "hours");
    if (!hours.is_object()) return {};
    const bool open = hours.value("open", false);
    const std::string until = text_of(hours, "until");
    if (until.size() < 16) return open ? "open" : "closed";
    return fmt::format("{} {} {}", open ? "open until" : "closed, opens", until.substr(0, 10),
                       until.substr(11, 5));
}

void add_campaign(const Json& campaign, const WallboardView& view,
                  std::vector<std::string>& lines) {
    const std::string state = text_of(campaign, "state");
    bool is_over = false;
    const std::string dropped = dropped_text(campaign, is_over);
    std::string text =
        fmt::format("{:<16} {:<9} {:<11} lines {:.0f} ringing, {:.0f} up",
                    text_of(campaign, "name"), state, text_of(campaign, "mode"),
                    number_of(campaign, "lines_in_flight"), number_of(campaign, "lines_up"));
    if (number_of(campaign, "calls_waiting") > 0)
        text += fmt::format(", {:.0f} WAITING", number_of(campaign, "calls_waiting"));
    const bool running = state == "RUNNING";
    lines.push_back(line(text, is_over ? kRed : running ? kGreen : kYellow, view));
    const auto add = [&](const std::string& words, const char* colour) {
        for (std::string& each : wrapped(words, colour, view)) lines.push_back(std::move(each));
    };
    add(dropped, is_over ? kRed : "");
    const std::string hours = hours_text(campaign);
    const bool blocked = text_of(campaign, "block") != "NONE";
    add(hours + (hours.empty() ? "" : "; ") + text_of(campaign, "reason"),
        running && blocked ? kYellow : "");
}

/// How urgently an agent needs a look, and in which colour he stands.
struct Look {
    int rank;  ///< the lower, the further up
    const char* colour;
};

Look look_at(const std::string& state, double seconds) {
    if (state == "WRAP_UP") return seconds > kLongWrapUp ? Look{0, kRed} : Look{3, kYellow};
    if (state == "PAUSED") return seconds > kLongPause ? Look{1, kRed} : Look{5, kYellow};
    if (state == "CALLING_PHONE") return seconds > kLongSignIn ? Look{0, kRed} : Look{2, kYellow};
    if (state == "ON_CALL") return {4, kCyan};
    if (state == "READY") return {2, kGreen};
    return {9, ""};
}

std::vector<std::string> agent_lines(const Json& status, const WallboardView& view) {
    struct Row {
        Look look;
        double seconds;
        std::string text;
    };
    std::vector<Row> rows;
    int signed_out = 0;
    for (const auto& agent : part(status, "agents")) {
        const std::string state = text_of(agent, "state");
        if (state == "SIGNED_OUT") {
            ++signed_out;
            continue;
        }
        const double seconds = number_of(agent, "seconds");
        const Look look = look_at(state, seconds);
        const bool late = look.colour == kRed;
        rows.push_back({look, seconds,
                        fmt::format("{:<16} {:<13} {:>8}{} {:<14} {}", text_of(agent, "name"),
                                    state, clock_text(seconds), late ? "!" : " ",
                                    text_of(agent, "campaign"), text_of(agent, "reason"))});
    }
    std::stable_sort(rows.begin(), rows.end(), [](const Row& a, const Row& b) {
        return a.look.rank != b.look.rank ? a.look.rank < b.look.rank : a.seconds > b.seconds;
    });
    std::vector<std::string> lines;
    for (const Row& row : rows) lines.push_back(line(row.text, row.look.colour, view));
    if (signed_out > 0) lines.push_back(line(fmt::format("{} signed out", signed_out), "", view));
    return lines;
}

/// "6 agents: 3 READY, 2 ON_CALL, 1 PAUSED"
std::string agents_heading(const Json& status, const WallboardView& view) {
    std::map<std::string, int> counts;
    int all = 0;
    for (const auto& agent : part(status, "agents")) {
        if (text_of(agent, "state") == "SIGNED_OUT") continue;
        ++counts[text_of(agent, "state")];
        ++all;
    }
    std::string text = fmt::format("{} agents", all);
    const char* separator = ": ";
    for (const auto& [state, count] : counts) {
        text += fmt::format("{}{} {}", separator, count, state);
        separator = ", ";
    }
    return line(text, kBold, view);
}

std::string callbacks_line(const Json& status, const WallboardView& view) {
    const Json& callbacks = part(status, "callbacks");
    if (!callbacks.is_object()) return {};
    const double late = number_of(callbacks, "late");
    return line(
        fmt::format("callbacks: {:.0f} due, {:.0f} late", number_of(callbacks, "due"), late),
        late > 0 ? kRed : "", view);
}

std::string footer(const WallboardView& view) {
    std::string text = "q quit  p " + std::string{view.frozen ? "go on" : "freeze"};
    if (view.frozen) text += "  FROZEN";
    if (!view.fault.empty()) text += "  NO NEWS: " + view.fault;
    return line(text, view.frozen || !view.fault.empty() ? kRed : "", view);
}

/// Cuts the middle part so that all of it has `room` lines, and says how many are missing.
void fit(std::vector<std::string>& lines, std::size_t room, const WallboardView& view) {
    if (lines.size() <= room) return;
    const std::size_t kept = room == 0 ? 0 : room - 1;
    const std::size_t missing = lines.size() - kept;
    lines.resize(kept);
    if (room > 0)
        lines.push_back(
            line(fmt::format("… {} more lines: enlarge the window", missing), "", view));
}

}  // namespace

std::string clipped(const std::string& text, int columns) {
    std::string cut;
    int places = 0;
    for (const char c : text) {
        if (takes_place(c) && ++places > columns) break;
        // A control character in a name must not move the cursor.
        cut += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
    }
    return cut;
}

std::vector<std::string> draw_wallboard(const Json& status, const WallboardView& view) {
    std::vector<std::string> lines{header(status, view)};
    std::vector<std::string> body = trunk_faults(status, view);
    for (const auto& campaign : part(status, "campaigns")) add_campaign(campaign, view, body);
    if (part(status, "campaigns").empty()) body.push_back(line("no campaigns", "", view));
    if (auto callbacks = callbacks_line(status, view); !callbacks.empty())
        body.push_back(std::move(callbacks));
    auto agents = agent_lines(status, view);
    if (view.rows > 0) {
        // Header, heading of the agents and footer are always there; half of the rest is each's
        // own.
        const auto room = static_cast<std::size_t>(std::max(view.rows - 3, 2));
        const std::size_t half = room / 2;
        const std::size_t for_body =
            agents.size() <= half ? room - agents.size() : std::max(half, room - agents.size());
        fit(body, std::min(for_body, room), view);
        fit(agents, room - std::min(body.size(), room), view);
    }
    lines.insert(lines.end(), body.begin(), body.end());
    lines.push_back(agents_heading(status, view));
    lines.insert(lines.end(), agents.begin(), agents.end());
    if (view.rows > 0) {
        const auto last = static_cast<std::size_t>(view.rows) - 1;
        if (lines.size() < last) lines.resize(last);
        lines.push_back(footer(view));
    }
    return lines;
}

}  // namespace bellwether::app
