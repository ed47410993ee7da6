#include "dialer/app/files/campaign_words.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "dialer/app/files/toml_reader.h"

namespace bellwether::app {

namespace {

using campaigns::Outcome;
using pacing::DialMode;

/// VICIdial's auto-dial methods that adapt how many to call: our predictive mode.
constexpr std::array<std::string_view, 3> kPredictiveMethods{"ADAPT_HARD_LIMIT", "ADAPT_TAPERED",
                                                             "ADAPT_AVERAGE"};

/// VICIdial's system statuses (docs/SYSTEM_STATUSES in its manual) that mean one of our outcomes.
constexpr std::array<std::pair<std::string_view, Outcome>, 12> kStatuses{
    {{"B", Outcome::Busy},
     {"AB", Outcome::Busy},
     {"NA", Outcome::NoAnswer},
     {"N", Outcome::NoAnswer},
     {"DROP", Outcome::Abandoned},
     {"PDROP", Outcome::HungUp},
     {"AA", Outcome::Machine},
     {"AM", Outcome::Machine},
     {"AL", Outcome::Machine},
     {"A", Outcome::Machine},
     {"DC", Outcome::InvalidNumber},
     {"ADC", Outcome::InvalidNumber}}};

constexpr std::array<std::string_view, 7> kDays{"MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN"};

template <class E>
std::vector<std::string> names_of() {
    return {kEnumNames<E>.begin(), kEnumNames<E>.end()};
}

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
    while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
    return text;
}

std::optional<std::size_t> day_index(std::string_view text) {
    const std::string word = TomlReader::enum_spelling(trimmed(text));
    for (std::size_t i = 0; i < kDays.size(); ++i) {
        if (word == kDays[i]) return i;
    }
    return std::nullopt;
}

/// "Mon" or "Mon-Fri"; a range may pass Sunday ("Fri-Mon").
std::optional<std::uint8_t> days_of_part(std::string_view part) {
    const auto dash = part.find('-');
    const auto first = day_index(part.substr(0, dash));
    const auto last = dash == std::string_view::npos ? first : day_index(part.substr(dash + 1));
    if (!first || !last) return std::nullopt;
    unsigned days = 0;
    for (std::size_t day = *first;; day = (day + 1) % kDays.size()) {
        days |= 1U << day;
        if (day == *last) break;
    }
    return static_cast<std::uint8_t>(days);
}

}  // namespace

Result<DialMode> parse_dial_mode(std::string_view word) {
    const std::string name = TomlReader::enum_spelling(word);
    if (const auto mode = enum_from_name<DialMode>(name)) return *mode;
    if (std::find(kPredictiveMethods.begin(), kPredictiveMethods.end(), name) !=
        kPredictiveMethods.end()) {
        return DialMode::Predictive;
    }
    return fail(Errc::InvalidInput, TomlReader::not_one_of(word, names_of<DialMode>()));
}

Result<Outcome> parse_outcome(std::string_view word) {
    const std::string name = TomlReader::enum_spelling(word);
    if (const auto outcome = enum_from_name<Outcome>(name)) return *outcome;
    for (const auto& [status, outcome] : kStatuses) {
        if (status == name) return outcome;
    }
    return fail(Errc::InvalidInput, TomlReader::not_one_of(word, names_of<Outcome>()));
}

Result<std::uint8_t> parse_days(std::string_view text) {
    if (TomlReader::enum_spelling(trimmed(text)) == "DAILY") return std::uint8_t{127};
    unsigned days = 0;
    std::string_view rest = text;
    while (true) {
        const auto comma = rest.find(',');
        const auto part = days_of_part(rest.substr(0, comma));
        if (!part) {
            return fail(
                Errc::InvalidInput,
                fmt::format("\"{}\" names no days: write \"Mon-Fri\", \"Sat,Sun\" or \"daily\"",
                            text));
        }
        days |= *part;
        if (comma == std::string_view::npos) break;
        rest.remove_prefix(comma + 1);
    }
    return static_cast<std::uint8_t>(days);
}

Result<char> parse_key(std::string_view text) {
    const bool key = text.size() == 1 &&
                     std::string_view{"0123456789*#"}.find(text[0]) != std::string_view::npos;
    if (key) return text[0];
    return fail(Errc::InvalidInput,
                fmt::format("\"{}\" is not a key: write one of 0-9, * and #", text));
}

Result<void> check_name(std::string_view name) {
    const auto letter = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0; };
    const bool plain = std::all_of(name.begin(), name.end(), [&](char c) {
        return letter(c) || c == '_' || c == '-' || c == '.';
    });
    if (!name.empty() && name.size() <= 64 && plain && letter(name.front())) return {};
    return fail(
        Errc::InvalidInput,
        fmt::format("\"{}\" is not a name: write 1 to 64 letters, digits, '_', '-' and '.', "
                    "a letter or digit first",
                    name.substr(0, 80)));
}

}  // namespace bellwether::app
