#include "dialer/app/policy/pack_rule.h"

#include <fmt/format.h>

#include <charconv>
#include <chrono>

#include "compliance/policy/text_forms.h"

namespace bellwether::app {

namespace {

using namespace compliance::policy;
using std::chrono::milliseconds;

constexpr milliseconds kShortest{1};
constexpr milliseconds kLongest{std::chrono::hours{24 * 366}};
constexpr std::int64_t kPpmOfPercent = 10'000;

/// "2.5%" exactly, in parts of a million: up to four digits behind the point.
Result<std::int64_t> parse_ppm(const std::string& text) {
    const auto wrong = [&] {
        return fail(Errc::InvalidInput, fmt::format("\"{}\" is no share: write \"3%\"", text));
    };
    if (text.size() < 2 || text.back() != '%') return wrong();
    std::int64_t ppm = 0;
    const char* const end = text.data() + text.size() - 1;
    const auto [stop, error] = std::from_chars(text.data(), end, ppm);
    if (error != std::errc{} || ppm < 0 || ppm > 100) return wrong();
    ppm *= kPpmOfPercent;
    if (stop == end) return ppm;
    std::int64_t unit = kPpmOfPercent / 10;
    const char* digit = stop + 1;
    if (*stop != '.' || digit == end) return wrong();
    for (; digit != end; ++digit, unit /= 10) {
        if (*digit < '0' || *digit > '9' || unit == 0) return wrong();
        ppm += (*digit - '0') * unit;
    }
    return ppm;
}

void read_span(TomlReader& reader, std::string_view key, milliseconds& out) {
    reader.require(key, fmt::format("{} = \"24h\"", key));
    reader.duration(key, kShortest, kLongest, out);
}

void read_weekly(TomlReader& reader, std::vector<compliance::HoursWindow>& out) {
    reader.require("weekly", "weekly = {mon=\"08:00-21:00\"}");
    reader.section("weekly", [&](TomlReader& days) {
        days.remaining([&](const std::string& day, const std::string& hours, int line) {
            const auto weekday = parse_weekday(day);
            if (!weekday) {
                days.problem_at(line, fmt::format("{} is no day: write mon to sun", day));
            } else if (!add_hours(out, *weekday, hours)) {
                days.problem_at(line, fmt::format("\"{}\" must be hours, as 08:00-21:00", hours));
            }
        });
    });
}

// The parameters of each kind.

Parameters read_window(TomlReader& reader) {
    Window window;
    read_weekly(reader, window.weekly);
    std::string zones = "intersection";
    reader.text("zones", zones);
    if (zones != "intersection") reader.problem("zones", "must be \"intersection\"");
    std::string holidays = "open";
    reader.text("holidays", holidays);
    window.is_closed_on_holidays = holidays == "closed";
    if (holidays != "open" && holidays != "closed") {
        reader.problem("holidays", "must be \"open\" or \"closed\"");
    }
    reader.texts("also_zones", window.also_zones);
    return window;
}

Parameters read_frequency(TomlReader& reader) {
    Frequency frequency;
    reader.require("max", "max = 3");
    reader.integer("max", 1, 32, frequency.max);
    read_span(reader, "per", frequency.per);
    reader.require("key", "key = [\"number\"]");
    std::vector<std::string> key;
    reader.texts("key", key);
    for (const std::string& word : key) {
        if (word == "person") {
            frequency.is_by_person = true;
        } else if (word == "subject") {
            frequency.is_by_subject = true;
        } else if (word != "number") {
            reader.problem("key", TomlReader::not_one_of(word, {"person", "number", "subject"}));
        }
    }
    CallKind kind{};
    if (read_word(reader, "of", kind)) frequency.of = kind;
    return frequency;
}

Parameters read_spacing(TomlReader& reader) {
    Spacing spacing;
    read_span(reader, "gap", spacing.gap);
    return spacing;
}

Parameters read_suppression(TomlReader& reader) {
    Suppression suppression;
    reader.require("list", "list = \"national\"");
    read_word(reader, "list", suppression.list);
    reader.integer("days_listed", 0, 3660, suppression.days_listed);
    reader.boolean("offer", suppression.is_offered);
    return suppression;
}

Parameters read_freshness(TomlReader& reader) {
    ListFreshness freshness;
    reader.require("list", "list = \"national\"");
    read_word(reader, "list", freshness.list);
    reader.require("days", "days = 31");
    reader.integer("days", 0, 3660, freshness.days_max);
    return freshness;
}

Parameters read_consent(TomlReader& reader) {
    Consent consent;
    read_words(reader, "written_for", consent.written_for);
    const auto either = [&](std::string_view key, std::string_view usual, std::string_view other) {
        std::string word{usual};
        reader.text(key, word);
        if (word != usual && word != other) {
            reader.problem(key, fmt::format("must be \"{}\" or \"{}\"", usual, other));
        }
        return word == other;
    };
    consent.is_own_channel = either("channel", "voice", "own");
    consent.is_proof = either("needs", "consent", "artefact");
    consent.is_human_free = either("manual", "consent", "human_initiated");
    return consent;
}

Parameters read_mode_ban(TomlReader& reader) {
    ModeBan ban;
    reader.require("ban", "ban = [\"predictive\"]");
    read_words(reader, "ban", ban.modes);
    return ban;
}

Parameters read_recall_guard(TomlReader& reader) {
    RecallGuard guard;
    reader.require("after", "after = [\"ABANDONED\"]");
    read_words(reader, "after", guard.after);
    read_span(reader, "within", guard.within);
    return guard;
}

Parameters read_min_ring(TomlReader& reader) {
    MinRing ring;
    read_span(reader, "ring", ring.ring);
    return ring;
}

Parameters read_connect_limit(TomlReader& reader) {
    ConnectLimit limit;
    read_span(reader, "within", limit.within);
    reader.require("from", "from = \"answer\"");
    read_word(reader, "from", limit.from);
    return limit;
}

Parameters read_abandonment(TomlReader& reader) {
    Abandonment cap;
    reader.require("cap", "cap = \"3%\"");
    reader.parsed("cap", [&](const std::string& text) -> Result<void> {
        const auto ppm = parse_ppm(text);
        if (!ppm) return tl::unexpected{ppm.error()};
        cap.cap_ppm = *ppm;
        return {};
    });
    reader.require("window", "window = \"day\"");
    read_word(reader, "window", cap.window);
    reader.integer("days", 1, 366, cap.days);
    return cap;
}

Parameters read_message(TomlReader& reader) {
    Message message;
    reader.require("parts", "parts = [\"safe_harbour\"]");
    read_words(reader, "parts", message.parts);
    return message;
}

Parameters read_caller_id(TomlReader& reader) {
    CallerId id;
    reader.boolean("owned", id.is_owned);
    reader.boolean("contract", id.has_contract);
    reader.boolean("label", id.is_labelled);
    reader.integer("label_max", 1, 255, id.label_max);
    reader.boolean("transmitted", id.is_transmitted);
    return id;
}

Parameters read_retention(TomlReader& reader) {
    Retention retention;
    reader.require("record", "record = \"call\"");
    reader.text("record", retention.record);
    reader.integer("years", 1, 100, retention.years);
    reader.integer("days", 1, 3660, retention.days);
    return retention;
}

Parameters read_record_fields(TomlReader& reader) {
    RecordFields record;
    reader.require("record", "record = \"consent\"");
    reader.text("record", record.record);
    reader.require("fields", "fields = [\"date\"]");
    reader.texts("fields", record.fields);
    return record;
}

Parameters read_number_type(TomlReader& reader) {
    NumberType type;
    reader.require("refused", "refused = [\"premium\"]");
    read_words(reader, "refused", type.refused);
    return type;
}

Parameters read_holiday(TomlReader&) { return Holiday{}; }

Parameters read_parameters(TomlReader& reader, RuleKind kind) {
    using Read = Parameters (*)(TomlReader&);
    static constexpr Read kReaders[] = {
        read_window,        read_holiday,     read_frequency, read_spacing,      read_suppression,
        read_freshness,     read_consent,     read_mode_ban,  read_recall_guard, read_min_ring,
        read_connect_limit, read_abandonment, read_message,   read_caller_id,    read_retention,
        read_record_fields, read_number_type};
    static_assert(std::size(kReaders) == std::variant_size_v<Parameters>);
    return kReaders[static_cast<std::size_t>(kind)](reader);
}

void read_applies(TomlReader& reader, Applies& applies) {
    read_words(reader, "purpose", applies.purposes);
    read_words(reader, "sector", applies.sectors);
    read_words(reader, "contact", applies.contacts);
    read_words(reader, "line", applies.lines);
    read_words(reader, "mode", applies.modes);
    if (applies.lines.has(LineType::Unknown) && applies.lines != EnumSet<LineType>::all()) {
        reader.problem("line", "must be of landline and wireless: unknown counts as wireless");
    }
}

Exception read_exception(TomlReader& reader) {
    Exception exception;
    reader.require("kind", "kind = \"purchase\"");
    read_word(reader, "kind", exception.kind);
    reader.integer("months", 1, 120, exception.months);
    reader.boolean("written", exception.is_written);
    read_words(reader, "sector", exception.sectors);
    reader.require("cite", "cite = \"47 CFR …\"");
    reader.text("cite", exception.cite);
    return exception;
}

void read_kind(TomlReader& reader, Rule& rule) {
    reader.require("kind", "kind = \"window\"");
    RuleKind kind = RuleKind::RecordFields;
    std::string word;
    reader.text("kind", word);
    const auto known = enum_from_name<RuleKind>(word);
    if (!known) {
        if (!word.empty()) {
            reader.problem("kind", TomlReader::not_one_of(word, {kEnumNames<RuleKind>.begin(),
                                                                 kEnumNames<RuleKind>.end()}));
        }
        // Without its kind nothing can be said of a rule's other keys.
        reader.ignore_rest();
        return;
    }
    kind = *known;
    Effect effect = effect_of(kind);
    read_word(reader, "effect", effect);
    if (effect != effect_of(kind)) {
        reader.problem("effect", fmt::format("must be \"{}\" with kind {}",
                                             name_of(effect_of(kind)), name_of(kind)));
    }
    rule.parameters = read_parameters(reader, kind);
}

}  // namespace

Rule read_rule(TomlReader& reader) {
    Rule rule;
    reader.require("id", "id = \"us.fl.hours\"");
    reader.text("id", rule.id);
    reader.require("class", "class = \"hard\"");
    read_word(reader, "class", rule.strength);
    reader.require("cite", "cite = \"47 CFR 64.1200(c)(1)\"");
    reader.text("cite", rule.cite);
    reader.require("source", "source = \"where the statement was seen\"");
    reader.text("source", rule.source);
    reader.require("seen", "seen = 2026-11-22");
    std::optional<Date> seen;
    reader.date("seen", seen);
    rule.seen = seen.value_or(Date{});
    reader.date("effective_from", rule.in_force.from);
    reader.date("effective_to", rule.in_force.to);
    reader.text("note", rule.note);
    read_applies(reader, rule.applies);
    reader.sections("exceptions",
                    [&](TomlReader& inner) { rule.exceptions.push_back(read_exception(inner)); });
    read_kind(reader, rule);
    return rule;
}

}  // namespace bellwether::app
