#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "compliance/abandonment_account.h"
#include "dialer/app/files/json_text.h"
#include "pacing/forecast.h"
#include "pacing/lines.h"

// Pacing decisions and abandonment accounts as the commands print them and the campaign's file
// writes them.

namespace bellwether::app {

[[nodiscard]] Json pacing_json(const pacing::LineDecision& decision);
[[nodiscard]] Json forecast_json(const pacing::Forecast& forecast);
[[nodiscard]] Json account_json(const compliance::AbandonmentAccount& account,
                                const compliance::AbandonmentRule& rule);

/// "day", "30d", "month", or hours as "8h".
[[nodiscard]] std::string window_words(const compliance::AccountWindow& window);
/// The inverse; also "thirty_days". InvalidInput says what may stand there.
[[nodiscard]] Result<compliance::AccountWindow> parse_window(std::string_view text);

}  // namespace bellwether::app
