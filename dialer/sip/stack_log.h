#pragma once

#include <string>

namespace bellwether::sip {

/// Turns the library's log off: it would print whole messages, numbers and all, to stderr. One
/// thing is kept, because the library says it nowhere else: why a certificate was refused.
void silence_stack_log();

/// Why the last certificate was refused on this thread ("certificate has expired"), once; empty:
/// none was since the last call.
[[nodiscard]] std::string take_tls_fault();

}  // namespace bellwether::sip
