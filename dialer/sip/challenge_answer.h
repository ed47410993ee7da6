#pragma once

#include <sofia-sip/sip.h>

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace bellwether::sip {

/// The credentials to give the stack (one NUTAG_AUTH each) for the challenges of a 401 or 407.
/// @param realms  realms we answer; empty: any.
/// @return empty: there is no challenge that we can and may answer.
[[nodiscard]] std::vector<std::string> answers_to_challenge(const sip_t& reply,
                                                            std::span<const std::string> realms,
                                                            std::string_view user,
                                                            std::string_view password);

}  // namespace bellwether::sip
