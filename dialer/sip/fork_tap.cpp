#include "dialer/sip/fork_tap.h"

#include <sofia-sip/sip.h>
#include <sofia-sip/sip_parser.h>

#include "base/check.h"
#include "dialer/sip/fork_watch.h"
#include "dialer/sip/sofia_text.h"

namespace bellwether::sip {
namespace {

thread_local ForkWatch* watch_of_this_thread = nullptr;

void show(const sip_t& sip) {
    const bool answer = sip.sip_status != nullptr && sip.sip_status->st_status / 100 == 2 &&
                        sip.sip_cseq != nullptr && sip.sip_cseq->cs_method == sip_method_invite;
    if (!answer || sip.sip_call_id == nullptr || sip.sip_to == nullptr) return;
    watch_of_this_thread->answered(text_of(sip.sip_call_id->i_id), text_of(sip.sip_to->a_tag));
}

// Runs for every message once its headers are parsed, and again per part of the body.
issize_t extract_body(msg_t* message, msg_pub_t* parsed, char* bytes, isize_t size,
                      int end) noexcept {
    const auto result = sip_default_mclass()->mc_extract_body(message, parsed, bytes, size, end);
    const auto* sip = reinterpret_cast<const sip_t*>(parsed);
    if (watch_of_this_thread != nullptr && (sip->sip_flags & MSG_FLG_COMPLETE) != 0) show(*sip);
    return result;
}

const msg_mclass_t* make_class() {
    msg_mclass_t* tapped = msg_mclass_clone(sip_default_mclass(), 0, 0);
    BW_CHECK(tapped != nullptr);
    tapped->mc_extract_body = extract_body;
    return tapped;
}

}  // namespace

const msg_mclass_t* tapped_message_class() {
    static const msg_mclass_t* const tapped = make_class();
    return tapped;
}

void set_fork_watch(ForkWatch* watch) { watch_of_this_thread = watch; }

}  // namespace bellwether::sip
