#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "base/result.h"

namespace bellwether::store {

/// POSTs a text to "http://host[:port]/path" and waits for the answer, at most kWebhookWithin.
/// Plain HTTP, for a receiver on this host or its own network: what is sent is public and signed.
/// Errors: InvalidInput: no such URL. Unavailable: nobody answers in time, or not with 2xx.
[[nodiscard]] Result<void> post_to_webhook(const std::string& url, std::string_view text);

inline constexpr std::chrono::milliseconds kWebhookWithin{3'000};

}  // namespace bellwether::store
