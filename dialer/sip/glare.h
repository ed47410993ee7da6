#pragma once

#include <chrono>
#include <cstdint>

namespace bellwether::sip {

/// How long to wait before a re-INVITE or UPDATE that was answered with 491 is sent again, so that
/// two sides that asked at once do not meet again.
///
/// @param owns_call_id  whether we made the dialog's Call-ID, that is, called the peer.
/// @param draw          a random number; every value is fine.
/// @return 2.1 to 4 s for the owner, else 0 to 2 s, in steps of 10 ms.
///
/// Pure. Source: RFC 3261 §14.1.
[[nodiscard]] std::chrono::milliseconds glare_wait(bool owns_call_id, std::uint32_t draw);

/// A peer that refuses so often does not ask at the same time: it never wants to. Ours; the RFC
/// names no limit. To a peer that we called the last try goes after 10.5 to 20 s.
inline constexpr int kGlareRetriesMax = 5;

}  // namespace bellwether::sip
