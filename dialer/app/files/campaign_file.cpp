#include "dialer/app/files/campaign_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/phone_number.h"
#include "dialer/app/files/campaign_words.h"
#include "dialer/app/files/campaign_work.h"
#include "dialer/app/files/conversion_table.h"
#include "dialer/app/files/toml_reader.h"
#include "dialer/app/files/units.h"
#include "dialer/app/policy/zones.h"
#include "dialer/app/reports/pacing_json.h"
#include "dialer/app/survey/questionnaire_folder.h"

namespace bellwether::app {

namespace {

namespace fs = std::filesystem;
using campaigns::CampaignSpec;
using pacing::DialMode;
using std::chrono::hours;
using std::chrono::seconds;

/// Waits after a crash before a number that may have rung is tried again (promise R4), unless the
/// file says otherwise: an hour is past the moment when two calls in a row would look like one
/// fault.
constexpr seconds kUnknownCooloff{3600};

/// A retry further away than the longest campaigns run is a slip of the unit.
constexpr hours kRetryDelayMax{24 * 365};

void read_name(TomlReader& table, std::string_view key, std::string& out) {
    table.parsed(key, [&](const std::string& text) -> Result<void> {
        out = text;
        return check_name(text);
    });
}

Result<void> check_caller_id(const std::string& text) {
    if (PhoneNumber::parse(text)) return {};
    return fail(Errc::InvalidInput,
                "is not a number in E.164: write + and country code, as \"+12025550100\"");
}

/// One, or several that contacts are spread over.
void read_caller_ids(TomlReader& top, CampaignSpec& spec) {
    if (top.has("caller_ids")) {
        top.texts("caller_ids", spec.caller_ids);
        for (const std::string& shown : spec.caller_ids) {
            if (const auto sound = check_caller_id(shown); !sound)
                top.problem("caller_ids", fmt::format("\"{}\" {}", shown, sound.error().detail));
        }
        if (spec.caller_ids.empty())
            top.problem("caller_ids", "is empty: people must see a number");
        if (top.has("caller_id")) top.problem("caller_id", "stands beside caller_ids: keep one");
        return;
    }
    top.require("caller_id", "the number that people see, as caller_id = \"+12025550100\"");
    spec.caller_ids.resize(1);
    top.parsed("caller_id", [&](const std::string& text) {
        spec.caller_ids.front() = text;
        return check_caller_id(text);
    });
}

void read_rule(TomlReader& table, std::string_view cap_key, std::string_view window_key,
               compliance::AbandonmentRule& rule) {
    table.percent(cap_key, rule.cap);
    if (table.has(cap_key) && rule.cap.value() == 0) {
        table.problem(cap_key,
                      "is 0%: nobody could ever be answered; write dial_mode = \"progressive\" to "
                      "keep abandonment at nothing");
    }
    table.parsed(window_key, [&](const std::string& text) -> Result<void> {
        const auto window = parse_window(text);
        if (!window) return tl::unexpected(window.error());
        rule.window = *window;
        return {};
    });
}

/// One rule by two keys, or several as [[abandonment]]: all of them hold at once.
void read_abandonment(TomlReader& top, CampaignSpec& spec) {
    spec.abandonment = {compliance::AbandonmentRule{}};
    read_rule(top, "abandonment_max", "account_window", spec.abandonment.front());
    if (!top.has("abandonment")) return;
    for (const char* key : {"abandonment_max", "account_window"}) {
        if (top.has(key)) top.problem(key, "stands beside [[abandonment]]: put it in there");
    }
    spec.abandonment.clear();
    top.sections("abandonment", [&](TomlReader& table) {
        table.require("max", "max = \"3%\"");
        table.require("window", "window = \"day\", \"30d\", \"month\" or hours as \"8h\"");
        compliance::AbandonmentRule rule;
        read_rule(table, "max", "window", rule);
        const auto same = [&](const auto& other) { return other.window == rule.window; };
        if (std::ranges::any_of(spec.abandonment, same)) {
            table.problem("window", "has a rule already: keep the stricter one");
        }
        spec.abandonment.push_back(rule);
    });
    if (spec.abandonment.empty()) {
        top.problem("abandonment", "is empty: leave it out to mean 3% a day");
        spec.abandonment = {compliance::AbandonmentRule{}};
    }
}

void read_dialing(TomlReader& top, CampaignSpec& spec) {
    // `mode` is how the key was spelled before there was predictive pacing.
    const std::string_view key = top.has("mode") ? "mode" : "dial_mode";
    top.require(key,
                "dial_mode = \"predictive\", \"progressive\", \"ratio\", \"preview\", \"manual\" "
                "or \"unattended\"");
    top.parsed(key, [&](const std::string& text) -> Result<void> {
        const auto mode = parse_dial_mode(text);
        if (!mode) return tl::unexpected(mode.error());
        spec.mode = *mode;
        return {};
    });
    top.number("ratio", 1, 10, spec.ratio);
    top.integer("lines", 1, 10'000, spec.lines_max);
    top.integer("lines_reserved", 0, 10'000, spec.lines_reserved);
    if (spec.lines_reserved > spec.lines_max)
        top.problem("lines_reserved", "is more than lines: the campaign could never use them");
    top.integer("line_weight", 1, 100, spec.line_weight);
    // A thousandth of a call per second is a call in a quarter of an hour: slower is a mistake.
    top.number("calls_per_second", 0.001, 1000, spec.calls_per_second);
    top.duration("ring_limit", seconds{5}, seconds{120}, spec.ring_limit);
    // No law allows an answered person to wait a minute; 100 ms is two frames of audio and a
    // bridge.
    top.duration("connect_within", std::chrono::milliseconds{100}, seconds{60},
                 spec.connect_within);
    top.duration("wrap_up", seconds{0}, hours{1}, spec.wrap_up);
    top.duration("min_ring", seconds{0}, seconds{120}, spec.min_ring);
    top.boolean("ring_release", spec.ring_release);
    top.integer("agent_floor", 1, 1000, spec.agent_floor);
    read_abandonment(top, spec);
    top.boolean("record", spec.record);
}

void read_questionnaire(TomlReader& top, const fs::path& folder, CampaignSpec& spec,
                        Problems& problems) {
    std::string name;
    if (!top.text("questionnaire", name) || name.empty()) return;
    auto questionnaire = read_questionnaire_folder((folder / name).lexically_normal());
    if (questionnaire) {
        spec.questionnaire = std::move(questionnaire->files);
    } else {
        problems.insert(problems.end(), questionnaire.error().begin(), questionnaire.error().end());
    }
}

/// What plays to people: depends on whether there are agents.
void read_content(TomlReader& top, const fs::path& folder, CampaignSpec& spec, Problems& problems) {
    if (char key = '0'; read_key(top, "opt_out_key", key)) spec.opt_out_key = key;
    const auto safe_harbour = read_audio(top, "safe_harbour", folder);
    spec.safe_harbour_prompt = safe_harbour.value_or("");
    spec.notice_prompt = read_audio(top, "notice", folder);
    read_questionnaire(top, folder, spec, problems);

    const bool interview = top.has("questionnaire");
    const bool notice = top.has("notice");
    if (spec.mode != DialMode::Unattended) {
        top.require("safe_harbour",
                    "the WAV an abandoned caller hears, as safe_harbour = \"sorry.wav\"");
        if (notice) top.problem("notice", "needs dial_mode = \"unattended\"");
    } else if (interview && notice) {
        top.problem("notice", "stands beside questionnaire: keep one of them");
    } else if (!interview && !notice) {
        top.problem(top.has("mode") ? "mode" : "dial_mode",
                    "is unattended, which needs a questionnaire or a notice to play");
    }
}

/// Who listens to who answers, and what follows. With agents it is the mode that never hangs up on
/// a person, unless the campaign says otherwise: a wrong verdict counts as an abandoned call.
void read_detection(TomlReader& top, const fs::path& folder, CampaignSpec& spec) {
    campaigns::AnswerDetection& detection = spec.detection;
    const bool agents = spec.mode != DialMode::Unattended;
    detection.mode = agents ? answer_detect::Mode::Background : answer_detect::Mode::Off;
    top.section("answer_detect", [&](TomlReader& table) {
        table.require("mode",
                      "mode = \"background\", \"balanced\", \"careful\", \"tones\" or \"off\"");
        table.choice("mode", detection.mode);
        table.choice("on_machine", detection.on_machine);
        table.choice("on_no_speech", detection.on_no_speech);
        table.percent("audit_share", detection.audit_share);
        detection.count_errors = agents && detection.awaits_verdict();
        table.boolean("count_errors", detection.count_errors);
        detection.message_prompt = read_audio(table, "message", folder).value_or("");
        detection.screener_prompt = read_audio(table, "announcement", folder).value_or("");
        const bool leaves = detection.on_machine == campaigns::OnMachine::LeaveMessage;
        if (leaves)
            table.require("message", "the WAV a machine hears, as message = \"message.wav\"");
        if (!leaves && table.has("message")) {
            table.problem("message", "needs on_machine = \"leave_message\"");
        }
    });
}

/// How calls are recorded, where they are: nothing of it has a meaning otherwise.
void read_recording(TomlReader& top, const fs::path& folder, CampaignSpec& spec) {
    top.section("recording", [&](TomlReader& table) {
        table.choice("format", spec.recording.format);
        spec.recording.announcement = read_audio(table, "announcement", folder).value_or("");
        const bool reviews = spec.mode == DialMode::Unattended && spec.detection.awaits_verdict() &&
                             spec.detection.audit_share.value() > 0 && table.has("announcement");
        if (reviews) {
            table.problem("announcement",
                          "leaves nothing to review of machines, which do not hear it: set "
                          "answer_detect.audit_share = \"0%\"");
        }
    });
    const bool has_answers = top.has("questionnaire");  // spoken ones are recorded all the same
    if (top.has("recording") && !spec.record && !has_answers)
        top.problem("recording", "needs record = true");
}

bool read_time_of_day(TomlReader& table, std::string_view key, std::chrono::minutes& out) {
    return table.parsed(key, [&](const std::string& text) -> Result<void> {
        const auto minutes = parse_time_of_day(text);
        if (!minutes)
            return fail(Errc::InvalidInput, fmt::format("\"{}\" {}", text, minutes.error().detail));
        out = *minutes;
        return {};
    });
}

void read_window(TomlReader& table, std::vector<compliance::HoursWindow>& windows) {
    compliance::HoursWindow window;
    table.require("days", "days = \"Mon-Fri\"");
    table.require("from", "from = \"09:00\"");
    table.require("to", "to = \"21:00\"");
    table.parsed("days", [&](const std::string& text) -> Result<void> {
        const auto days = parse_days(text);
        if (!days) return tl::unexpected(days.error());
        window.days = *days;
        return {};
    });
    const bool from = read_time_of_day(table, "from", window.from);
    const bool to = read_time_of_day(table, "to", window.to);
    if (from && to && window.from >= window.to) {
        table.problem(
            "to", "must be later than from: a window never crosses midnight, write two of them");
    }
    const auto overlaps = [&](const compliance::HoursWindow& other) {
        return (other.days & window.days) != 0 && other.from < window.to && window.from < other.to;
    };
    if (from && to && std::ranges::any_of(windows, overlaps)) {
        table.problem("from", "overlaps a window above: join the two");
    }
    windows.push_back(window);
}

void read_hours(TomlReader& table, UtcTime now, compliance::CallingHours& calling) {
    table.require("zone", "zone = \"America/New_York\"");
    table.require("windows", "windows = [{days = \"Mon-Fri\", from = \"09:00\", to = \"21:00\"}]");
    table.parsed("zone", [&](const std::string& name) -> Result<void> {
        auto zone = zone_offsets(name, now);
        if (!zone) return tl::unexpected(zone.error());
        calling.zone = *std::move(zone);
        return {};
    });
    table.sections("windows", [&](TomlReader& window) { read_window(window, calling.windows); });
    if (table.has("windows") && calling.windows.empty())
        table.problem("windows", "is empty: nothing would ever be dialed");
}

/// Read before the delays that they belong to, and understood after them.
struct Cap {
    std::string key;
    int value = 0;
    int line = 0;
};
using Caps = std::vector<Cap>;

bool has_delay(const campaigns::RetryRule& rule, campaigns::Outcome outcome) {
    for (const auto& delay : rule.delays) {
        if (delay.outcome == outcome) return true;
    }
    return false;
}

void read_delay(TomlReader& table, const std::string& key, const std::string& value, int line,
                campaigns::RetryRule& rule) {
    const auto outcome = parse_outcome(key);
    if (!outcome) return table.problem_at(line, "retry: " + outcome.error().detail);
    const auto delay = parse_duration(value);
    if (!delay) return table.problem(key, fmt::format("\"{}\" {}", value, delay.error().detail));
    if (*delay > kRetryDelayMax) return table.problem(key, "is longer than a year");
    if (has_delay(rule, *outcome)) {
        return table.problem(key,
                             fmt::format("means {}, which has a delay already", name_of(*outcome)));
    }
    // The rule itself knows what is final: ask it, so that the list stands in one place.
    const campaigns::RetryRule probe{.attempts_max = 2, .delays = {{*outcome, seconds{1}}}};
    if (!campaigns::next_attempt_at(probe, {}, {*outcome, 1, UtcTime{}, {}})) {
        return table.problem(key, "is final and never tried again: remove it");
    }
    rule.delays.push_back({*outcome, std::chrono::duration_cast<seconds>(*delay)});
}

/// [retry.at_most]: how many attempts may end in one outcome before the contact is done.
void read_cap(TomlReader& table, const std::string& key, int most, int line,
              campaigns::RetryRule& rule) {
    const auto outcome = parse_outcome(key);
    if (!outcome) return table.problem_at(line, "retry.at_most: " + outcome.error().detail);
    const auto delay =
        std::ranges::find(rule.delays, *outcome, &campaigns::RetryRule::Delay::outcome);
    if (delay == rule.delays.end())
        return table.problem_at(line, fmt::format("retry.at_most.{} has no delay in [retry]: it is "
                                                  "never tried again anyway",
                                                  key));
    delay->attempts_max = most;
}

void read_day_part(TomlReader& table, campaigns::RetryRule& rule) {
    campaigns::DayPart part;
    table.require("name", "name = \"evening\"");
    table.require("from", "from = \"18:00\"");
    table.require("to", "to = \"21:00\"");
    read_name(table, "name", part.name);
    const bool both =
        read_time_of_day(table, "from", part.from) && read_time_of_day(table, "to", part.to);
    if (both && part.from >= part.to)
        table.problem("to", "must be later than from: a part of the day never crosses midnight");
    if (both && !rule.day_parts.empty() && part.from < rule.day_parts.back().to)
        table.problem("from", "begins before the part above ends: write them in their order");
    rule.day_parts.push_back(part);
}

void read_retry(TomlReader& table, campaigns::RetryRule& rule) {
    // More tries than this at one number is harassment in every jurisdiction read (compliance.md).
    table.integer("attempts", 1, 50, rule.attempts_max);
    table.integer("attempts_per_day", 0, 50, rule.attempts_per_day);
    table.duration("unknown_cooloff", seconds{0}, kRetryDelayMax, rule.unknown_cooloff);
    table.sections("day_parts", [&](TomlReader& part) { read_day_part(part, rule); });
    Caps caps;
    table.section("at_most", [&](TomlReader& most) {
        most.remaining_integers(1, 50, [&](const std::string& key, int value, int line) {
            caps.push_back({key, value, line});
        });
    });
    table.remaining([&](const std::string& key, const std::string& value, int line) {
        read_delay(table, key, value, line, rule);
    });
    for (const auto& [key, value, line] : caps) read_cap(table, key, value, line, rule);
}

void read_terms(TomlReader& table, CampaignTerms& terms) {
    table.choice("sector", terms.sector);
    table.text("subject", terms.subject);
    table.boolean("transfers_to_sales", terms.transfers_to_sales);
    table.boolean("operator_contract", terms.operator_contract);
    table.text("call_label", terms.call_label);
    // It stands in a SIP header: one line of text.
    const auto is_control = [](char c) {
        return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
    };
    if (std::ranges::any_of(terms.call_label, is_control))
        table.problem("call_label", "must be one line without control characters");
    table.boolean("message_identity", terms.message_identity);
    table.boolean("message_number", terms.message_number);
    table.texts("packs", terms.packs);
    table.duration("end_guard", seconds{0}, hours{1}, terms.end_guard);
}

void read_top(TomlReader& top, const CampaignSource& source, CampaignFile& file,
              Problems& problems) {
    CampaignSpec& spec = file.spec;
    std::string folder = source.folder.string();
    if (top.text("folder", folder) && !fs::path{folder}.is_absolute()) {
        top.problem("folder",
                    "must be an absolute path; leave it out to mean the folder of this file");
        folder = source.folder.string();
    }
    file.folder = fs::path{folder}.lexically_normal();
    top.require("name", "name = \"spring-survey\"");
    read_name(top, "name", spec.name);
    read_name(top, "client", file.client);
    file.lists = read_lists(top);
    // No default: the rules that apply hang on it, and a wrong guess would be the lenient one.
    top.require("purpose", "purpose = \"survey\", \"telemarketing\" or \"notice\"");
    top.choice("purpose", spec.purpose);
    read_caller_ids(top, spec);
    read_dialing(top, spec);
    read_content(top, file.folder, spec, problems);
    read_detection(top, file.folder, spec);
    read_recording(top, file.folder, spec);
    top.require("hours", "[hours] with zone and windows");
    top.section("hours", [&](TomlReader& table) { read_hours(table, source.now, spec.hours); });
    top.section("compliance", [&](TomlReader& table) { read_terms(table, file.terms); });
    spec.retry.unknown_cooloff = kUnknownCooloff;
    top.section("retry", [&](TomlReader& table) { read_retry(table, spec.retry); });
    top.section("numbers", [&](TomlReader& table) { read_number_rule(table, file.numbers); });
    file.numbers.contact_attempts_max = spec.retry.attempts_max;
    read_work(top, source.now, file.folder, spec);
    read_conversion(top, spec);
}

/// The text with its folder in front, so that it reads the same from the store.
std::string with_folder(std::string_view text, const fs::path& folder) {
    constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
    if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
    return fmt::format("folder = {}\n{}", toml_quoted(folder.string()), text);
}

}  // namespace

Checked<CampaignFile> parse_campaign(const CampaignSource& source) {
    auto tree = parse_toml(source.text, source.name);
    if (!tree) return tl::unexpected(tree.error());
    Problems problems;
    CampaignFile file;
    file.client = "default";
    TomlReader top(*tree, "", source.name, problems);
    read_top(top, source, file, problems);
    top.finish();
    if (!problems.empty()) return tl::unexpected(std::move(problems));
    file.stored_text =
        top.has("folder") ? std::string{source.text} : with_folder(source.text, file.folder);
    return file;
}

}  // namespace bellwether::app
