#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace bellwether::sip {

/// Makes the stack answer SHA-256 challenges, alone or offered beside MD5, which its built-in
/// client cannot.
///
/// Runs a self-test without network; only if that fails, installs our client in place of the
/// built-in one and tests again. Must be called before the first nua of the process exists; calls
/// after the first only return its outcome. Fails if the second self-test fails: then no challenge
/// could be trusted.
[[nodiscard]] Result<void> install_digest_client();

/// The text for NUTAG_AUTH. User and password travel as hex, because the stack splits at ':'.
/// @param quoted_realm  as it stands in the challenge, with its quotes.
[[nodiscard]] std::string digest_credentials(std::string_view quoted_realm, std::string_view user,
                                             std::string_view password);

}  // namespace bellwether::sip
