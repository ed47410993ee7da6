#pragma once

#include <sofia-sip/msg_mclass.h>

namespace bellwether::sip {

class ForkWatch;

/// The library's SIP message class with one addition: each complete 2xx to an INVITE is shown to
/// the ForkWatch of this thread. For NTATAG_MCLASS; lives as long as the process.
[[nodiscard]] const msg_mclass_t* tapped_message_class();

/// Whom this thread's tap reports to; null: nobody.
void set_fork_watch(ForkWatch* watch);

}  // namespace bellwether::sip
