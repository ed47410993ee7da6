#pragma once

#include <deque>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/ids.h"
#include "dialer/sip/nonce_book.h"

namespace bellwether::sip {

/// Counts further answers of forked calls. The stack acknowledges and ends them by itself, but
/// tells nobody; so every 200 to an INVITE is shown to this book before the stack sees it
/// (fork_tap.h).
class ForkWatch {
public:
    /// @param on_extra  called once per further branch that answered.
    explicit ForkWatch(std::function<void(CallId)> on_extra) : on_extra_{std::move(on_extra)} {}

    void watch(const std::string& sip_call_id, CallId call);
    /// The call is over; late branches are still noticed for kForkMemory.
    void release(const std::string& sip_call_id, Elapsed now);
    /// A 2xx to an INVITE has come in. The first tag is the answer, other tags are extra, repeats
    /// are not.
    void answered(std::string_view sip_call_id, std::string_view to_tag);
    void expire(Elapsed now);

    [[nodiscard]] std::size_t size() const { return calls_.size(); }

private:
    struct Watched {
        CallId call;
        std::vector<std::string> tags;
    };

    std::function<void(CallId)> on_extra_;
    std::map<std::string, Watched, std::less<>> calls_;
    std::deque<std::pair<Elapsed, std::string>> released_;  // oldest first
};

/// A branch may answer as long as its server retransmits: 64*T1 (RFC 3261 §13.3.1.4).
inline constexpr std::chrono::seconds kForkMemory{32};

}  // namespace bellwether::sip
