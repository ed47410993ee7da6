#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace bellwether::sip {

/// Answers an offer that changes a running call (hold, resume, refresh) with the description we
/// gave before.
///
/// Direction mirrors the offer's (RFC 3264 §6.1, §8.4; the old hold by c=0.0.0.0 counts as
/// sendonly) as far as `local` allows: a call that we hold stays held. Formats are those of ours
/// that the offer names, media lines beyond the first audio are refused with port 0.
///
/// @param local    our last full description; one audio line.
/// @param offer    the peer's; empty: it wants our offer, which is `local` as it stands.
/// @param version  session version of the answer, greater than any before it in this call.
/// @return nullopt if the offer shares no codec with `local` or has no audio: 488.
[[nodiscard]] std::optional<std::string> answer_reoffer(std::string_view local,
                                                        std::string_view offer, unsigned version);

/// Whether an offer holds the call: its sender wants to hear nothing (sendonly, inactive, the old
/// c=0.0.0.0). False for text without audio.
[[nodiscard]] bool is_hold(std::string_view offer);

/// `local` as an offer with another direction and version.
/// @param direction  "sendonly", "recvonly", "sendrecv" or "inactive"; empty: as it stands.
[[nodiscard]] std::string with_direction(std::string_view local, std::string_view direction,
                                         unsigned version);

}  // namespace bellwether::sip
