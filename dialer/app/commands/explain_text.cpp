#include "dialer/app/commands/explain_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "dialer/app/commands/explain_words.h"
#include "dialer/app/commands/render.h"

namespace bellwether::app {

namespace {

using Lines = std::vector<std::pair<std::string, std::string>>;

/// The longest name of a line, and a gap.
constexpr std::size_t kNameWidth = 24;

std::string text_of(const Lines& lines) {
    std::string text;
    for (const auto& [name, value] : lines)
        text += fmt::format("{:<{}}{}\n", name, kNameWidth, value);
    return text;
}

bool has(const Json& json, const char* key) { return json.contains(key) && !json[key].is_null(); }

double number(const Json& json, const char* key) {
    const auto found = json.find(key);
    return found != json.end() && found->is_number() ? found->get<double>() : 0.0;
}

std::string count(const Json& json, const char* key) {
    return fmt::format("{:.0f}", number(json, key));
}

std::string percent(double share) { return fmt::format("{:.2f} %", share * 100); }

std::string mode_line(const Json& decision) {
    std::string line = text_member(decision, "mode");
    const auto reason = enum_from_name<pacing::ModeReason>(text_member(decision, "mode_reason"));
    if (!reason || *reason == pacing::ModeReason::AsConfigured) return line + ", as configured";
    return line + ": " + explain(*reason) + " (" + text_member(decision, "mode_reason") + ")";
}

std::string allowed_line(const Json& decision) {
    const std::string limit = text_member(decision, "limit");
    const std::string allowed = count(decision, "allowed");
    return limit.empty() || limit == "NONE" ? allowed + ", nothing bounds them"
                                            : allowed + ", bounded by " + limit;
}

void add_forecast(const Json& decision, Lines& lines) {
    const double chance = number(decision, "abandonment_chance");
    lines.emplace_back("agents", fmt::format("{} at work, {} idle", count(decision, "agents"),
                                             count(decision, "idle")));
    lines.emplace_back("calls in flight",
                       fmt::format("{} ringing or being listened to, {} people waiting",
                                   count(decision, "in_flight"), count(decision, "waiting")));
    lines.emplace_back(
        "in the next 30 s",
        fmt::format("{:.1f} busy agents expected free, {:.1f} answers by people "
                    "expected of the calls in flight",
                    number(decision, "expected_free"), number(decision, "expected_answers")));
    const double budget = number(decision, "budget");
    const std::string edge = chance > budget ? "one line more; over the budget of "
                                             : "the last line; the budget allows ";
    lines.emplace_back("chance of abandonment",
                       percent(chance) + " for an answer to " + edge + percent(budget));
    lines.emplace_back(
        "headroom",
        fmt::format("{:.1f} abandoned calls until the cap's guard; chance to end the "
                    "window over the cap {}",
                    number(decision, "headroom"), percent(number(decision, "chance_over_cap"))));
    lines.emplace_back(
        "learnt so far",
        fmt::format("a person answers {} of new calls, talks {:.0f} s, wrap-up takes "
                    "{:.0f} s (means)",
                    percent(number(decision, "answer_rate")), number(decision, "talk_s"),
                    number(decision, "wrap_up_s")));
}

/// One decision with everything behind it.
void add_decision(const Json& decision, Lines& lines) {
    if (has(decision, "mode")) lines.emplace_back("mode", mode_line(decision));
    lines.emplace_back("why", text_member(decision, "reason"));
    if (text_member(decision, "block") != "NONE") return;
    lines.emplace_back("lines wanted", count(decision, "wanted"));
    lines.emplace_back("lines allowed", allowed_line(decision));
    if (has(decision, "agents")) add_forecast(decision, lines);
}

std::string agents_line(const Json& agents) {
    return fmt::format("{} ready, {} on a call, {} in wrap-up, {} paused, {} being rung",
                       count(agents, "ready"), count(agents, "on_call"), count(agents, "wrap_up"),
                       count(agents, "paused"), count(agents, "calling_phone"));
}

std::string accounts_text(const Json& accounts) {
    Lines lines;
    for (const Json& account : accounts) {
        lines.emplace_back("abandoned per " + text_member(account, "window"),
                           fmt::format("{} of {} live answers, {}; cap {}, slack {:.1f} calls",
                                       count(account, "abandoned"), count(account, "live_answers"),
                                       percent(number(account, "share")),
                                       percent(number(account, "cap")), number(account, "slack")));
    }
    return text_of(lines);
}

/// The changes of reason in columns that fit a screen.
std::string history_text(const Json& history) {
    Json rows = Json::array();
    for (const Json& change : history) {
        rows.push_back({{"at", change.value("at", "")},
                        {"mode", change.contains("mode") ? change["mode"] : Json(nullptr)},
                        {"wanted", change.value("wanted", 0)},
                        {"allowed", change.value("allowed", 0)},
                        {"why", change.value("reason", "")}});
    }
    return rows.empty() ? "" : "\nCHANGES OF REASON\n" + render({{"changes", rows}});
}

}  // namespace

std::string show_past_decision(const Json& body) {
    Lines lines{{"campaign", text_member(body, "campaign")},
                {"asked for", text_member(body, "asked_at") + " " + text_member(body, "zone")},
                {"decided at", text_member(body, "at")}};
    if (flag_member(body, "restarted_since")) {
        lines.emplace_back("",
                           "the service was started again since, and decided nothing until then");
    }
    add_decision(body, lines);
    return text_of(lines);
}

std::string show_explanation(const Json& body) {
    Lines lines{{"campaign", text_member(body, "campaign")}, {"state", text_member(body, "state")}};
    if (has(body, "now")) {
        if (has(body, "mode_configured") && !has(body["now"], "mode"))
            lines.emplace_back("mode", text_member(body, "mode_configured"));
        add_decision(body["now"], lines);
        lines.emplace_back("agents by state", agents_line(body["agents"]));
        lines.emplace_back("lines", fmt::format("{} dialing, {} up", count(body, "lines_in_flight"),
                                                count(body, "lines_up")));
    } else {
        lines.emplace_back("why", "no service is running: nothing is dialed until one is started");
    }
    lines.emplace_back("contacts left", count(body, "left"));
    lines.emplace_back("next retry due",
                       has(body, "next_due") ? text_member(body, "next_due") : "-");
    if (body.value("conversions_due", 0) > 0) {
        lines.emplace_back("conversions due",
                           count(body, "conversions_due") +
                               ", for an interviewer who may ([conversion]) and was not refused");
    }
    std::string text = text_of(lines);
    if (has(body, "accounts")) text += accounts_text(body["accounts"]);
    if (has(body, "history")) text += history_text(body["history"]);
    return text;
}

std::string show_why(const Json& body) {
    Lines lines{{"lead", text_member(body, "id")}};
    lines.emplace_back("do-not-call", has(body, "do_not_call")
                                          ? "since " + text_member(body["do_not_call"], "at")
                                          : "no");
    std::string text = text_of(lines);
    for (const Json& standing : body["standing"]) {
        Lines one{{"campaign", text_member(standing, "campaign")},
                  {"  why", text_member(standing, "verdict")},
                  {"  next call", has(standing, "next_at")
                                      ? "not before " + text_member(standing, "next_at")
                                      : "none to be seen"},
                  {"  state",
                   text_member(standing, "state") + ", " + count(standing, "attempts") + " of " +
                       (has(standing, "attempts_max") ? count(standing, "attempts_max") : "?") +
                       " attempts made"},
                  {"  stands before it",
                   has(standing, "ahead") ? count(standing, "ahead") + " contacts" : "-"}};
        const std::string mend = text_member(standing, "mend");
        if (!mend.empty()) one.insert(one.begin() + 2, {"  what to do", mend});
        text += "\n" + text_of(one);
    }
    Json attempts = Json::array();
    for (const Json& attempt : body["attempts"]) {
        attempts.push_back({{"at", attempt["at"]},
                            {"campaign", attempt["campaign"]},
                            {"attempt", attempt["number_of_attempt"]},
                            {"dialed in mode", attempt["pacing"]["mode"]},
                            {"compliance", attempt["compliance"]["verdict"]},
                            {"outcome", attempt["outcome"]}});
    }
    if (!attempts.empty()) text += "\nATTEMPTS\n" + render({{"attempts", attempts}});
    const auto refusals = body.find("refusals");
    if (refusals != body.end() && !refusals->empty())
        text += "\nREFUSALS\n" + render({{"refusals", *refusals}});
    return text;
}

std::string show_stats(const Json& body) {
    Json plain = body;
    for (const char* key : {"now", "pacing", "forecast", "accounts", "reason", "block", "mode",
                            "mode_configured", "mode_reason", "mode_words", "agents"}) {
        plain.erase(key);
    }
    std::string text = render(plain);
    if (!has(body, "now")) return text;
    Lines lines;
    if (has(body, "mode_configured") && !has(body["now"], "mode"))
        lines.emplace_back("mode", text_member(body, "mode_configured"));
    add_decision(body["now"], lines);
    lines.emplace_back("agents by state", agents_line(body["agents"]));
    return text + "\n" + text_of(lines) + accounts_text(body.value("accounts", Json::array()));
}

}  // namespace bellwether::app
