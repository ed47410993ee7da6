#include "dialer/app/reports/pacing_json.h"

#include <fmt/format.h>

#include <charconv>

#include "dialer/app/files/toml_reader.h"

namespace bellwether::app {

using compliance::AccountWindow;
using compliance::WindowKind;

namespace {

constexpr int kHoursMax = 8760;  // a year

}  // namespace

Json pacing_json(const pacing::LineDecision& decision) {
    return {{"start", decision.start},
            {"wanted", decision.wanted},
            {"limit", name_of(decision.limit)},
            {"mode", name_of(decision.mode)},
            {"mode_reason", name_of(decision.reason)}};
}

Json forecast_json(const pacing::Forecast& forecast) {
    return {{"mode", name_of(forecast.mode)},
            {"mode_reason", name_of(forecast.reason)},
            {"agents", forecast.agents},
            {"idle", forecast.idle},
            {"in_flight", forecast.in_flight},
            {"waiting", forecast.waiting},
            {"expected_free", forecast.expected_free},
            {"expected_answers", forecast.expected_answers},
            {"abandonment_chance", forecast.abandonment_chance},
            {"budget", forecast.budget},
            {"headroom", forecast.headroom},
            {"answer_rate", forecast.answer_rate},
            {"talk_s", forecast.talk_s},
            {"wrap_up_s", forecast.wrap_up_s},
            {"chance_over_cap", forecast.chance_over_cap}};
}

Json account_json(const compliance::AbandonmentAccount& account,
                  const compliance::AbandonmentRule& rule) {
    const double share = account.live_answers == 0 ? 0.0
                                                   : static_cast<double>(account.abandoned) /
                                                         static_cast<double>(account.live_answers);
    return {{"window", window_words(account.window)},
            {"window_start", iso_time(account.window_start)},
            {"live_answers", account.live_answers},
            {"abandoned", account.abandoned},
            {"share", share},
            {"cap", rule.cap.value()},
            {"slack", compliance::slack(account, rule.cap)}};
}

std::string window_words(const AccountWindow& window) {
    switch (window.kind) {
        case WindowKind::Day:
            return "day";
        case WindowKind::ThirtyDays:
            return "30d";
        case WindowKind::Month:
            return "month";
        case WindowKind::Hours:
            return fmt::format("{}h", window.hours);
    }
    return {};
}

Result<AccountWindow> parse_window(std::string_view text) {
    const std::string word = TomlReader::enum_spelling(text);
    if (word == "DAY") return AccountWindow{WindowKind::Day, 0};
    if (word == "30D" || word == "THIRTY_DAYS") return AccountWindow{WindowKind::ThirtyDays, 0};
    if (word == "MONTH") return AccountWindow{WindowKind::Month, 0};
    int hours = 0;
    const char* end = word.data() + word.size();
    const auto [stop, error] = std::from_chars(word.data(), end, hours);
    const bool is_hours = error == std::errc{} && stop + 1 == end && *stop == 'H';
    if (is_hours && hours >= 1 && hours <= kHoursMax)
        return AccountWindow{WindowKind::Hours, hours};
    return fail(Errc::InvalidInput,
                fmt::format("\"{}\" is not a window: write \"day\", \"30d\", \"month\" or hours as "
                            "\"8h\" (1h to {}h)",
                            text, kHoursMax));
}

}  // namespace bellwether::app
