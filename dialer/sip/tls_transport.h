#pragma once

#include <sofia-sip/nua.h>

#include "base/result.h"
#include "dialer/sip/stack.h"
#include "dialer/sip/trunk_config.h"

namespace bellwether::sip {

/// A transport of its own for one TLS trunk: the library knows one set of certificates and one
/// policy per transport, and phones must not be held to the trunk's (sip2.md §3.3).
///
/// The carrier's certificate is checked: chain, dates and name. Errors: Unavailable, no port or no
/// temporary folder. The caller destroys it.
[[nodiscard]] Result<nua_t*> open_tls_transport(const Stack& stack, const TrunkConfig& trunk,
                                                nua_callback_f on_event, nua_magic_t* magic);

}  // namespace bellwether::sip
