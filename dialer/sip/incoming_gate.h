#pragma once

#include <cstdint>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "dialer/sip/host_list.h"
#include "dialer/sip/nonce_book.h"
#include "dialer/sip/trunk_router.h"

namespace bellwether::sip {

/// Who may call us: a trunk, on one of our numbers, and not more at once or more often than we
/// take. Everybody else is a stranger.
///
/// Pure: no clock, no I/O. Cannot fail.
class IncomingGate {
public:
    struct Limits {
        int calls_max;            ///< at once, per trunk
        double calls_per_second;  ///< per trunk, with a second's worth at once
    };
    /// @param trunks  their `host`, if it is an address, and `incoming_from` are where they call
    ///                from; entries must be valid, checked.
    IncomingGate(std::span<const TrunkConfig> trunks, Limits limits);

    void set_numbers(std::span<const std::string> e164);  ///< ours; none: nobody may call

    enum class Verdict {
        Welcome,   ///< a place is taken: give it back with ended()
        Stranger,  ///< comes from no trunk
        NotOurs,   ///< to a number that is not ours
        TooMany,   ///< the trunk has calls_max up
        TooOften,
    };
    struct Decision {
        Verdict verdict;
        TrunkIndex trunk = 0;
    };
    /// @param to_user  of the request URI: "+12025550100", or without + or with 00 before it.
    [[nodiscard]] Decision admit(std::string_view source_ip, std::string_view to_user, Elapsed now);
    void ended(TrunkIndex trunk);

private:
    struct Source {
        HostList hosts;
        int calls = 0;
        double tokens;
        Elapsed tokens_at{0};
    };

    Limits limits_;
    std::vector<Source> sources_;  // one per trunk, in their order
    std::set<std::string, std::less<>> digits_;
};

/// A number as a carrier writes it, with + and digits: "+12025550100" of all three spellings.
[[nodiscard]] std::string as_e164(std::string_view to_user);

}  // namespace bellwether::sip
