#pragma once

#include <bitset>
#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/enum_names.h"
#include "dialer/sip/nonce_book.h"
#include "dialer/sip/trunk_config.h"

namespace bellwether::sip {

using TrunkIndex = std::size_t;  ///< place in EndpointConfig::trunks
using TrunkSet = std::bitset<kTrunksMax>;

/// Why a trunk could not carry a call: its fault, not the called person's, who heard nothing yet.
enum class TrunkFailure {
    Status,       ///< 500, 502, 503 or 504
    NoAnswer,     ///< nothing at all, not even 100, in time
    Unreachable,  ///< connection refused, no route, no such name, a certificate refused
    AuthRefused,  ///< our password is not taken
};

/// Whether calls may use a trunk, as far as earlier ones tell.
enum class Circuit {
    Closed,    ///< they may
    Open,      ///< none may until the pause is over
    HalfOpen,  ///< one at a time may try
};

/// What keeps a trunk from being used.
enum class TrunkCondition {
    Up,
    CircuitOpen,        ///< too many failures in a row, or its trial failed
    OptionsUnanswered,  ///< the last OPTIONS was not answered
    RetryAfter,         ///< it asked for rest with a 503
};

/// Which trunk carries a call, and where a call goes that its trunk could not carry.
///
/// A call may use a trunk whose prefixes allow the number, that is up, and has a line free. Among
/// those the lowest priority number wins, and within it calls are spread by weight (smooth weighted
/// round-robin: the same calls in the same order choose the same trunks). A trunk at its calls per
/// second is passed over for the next; a call that only such trunks could carry waits.
///
/// A trunk's circuit opens after kFailuresToOpen failures in a row, half-opens after a pause and
/// closes at the first sign of life on a call; a failure while half-open opens it again, with twice
/// the pause. An unanswered OPTIONS takes the trunk out at once, an answered one takes it back.
///
/// Pure: no clock, no I/O. Cannot fail.
class TrunkRouter {
public:
    explicit TrunkRouter(std::span<const TrunkConfig> trunks);  ///< at most kTrunksMax, checked

    enum class Verdict {
        Chosen,      ///< `trunk` carries it; a line and a call of its second are taken
        Wait,        ///< every trunk that could is at its calls per second; ask again at `until`
        NotAllowed,  ///< no trunk's prefixes allow the number
        NoneLeft,    ///< those that could carry it are down, full or tried
    };
    struct Choice {
        Verdict verdict;
        TrunkIndex trunk = 0;
        Elapsed until{0};
    };
    /// @param tried  trunks that failed this call already.
    [[nodiscard]] Choice choose(std::string_view e164, const TrunkSet& tried, Elapsed now);

    void release(TrunkIndex trunk);  ///< a chosen call is over or has moved on
    void worked(TrunkIndex trunk);   ///< a sign of life beyond the trunk: 18x, 2xx, 486…
    /// @param retry_after  of a 503; the trunk rests so long, kRestMax at most.
    void failed(TrunkIndex trunk, TrunkFailure how, std::optional<std::chrono::seconds> retry_after,
                Elapsed now);
    void options_answered(TrunkIndex trunk);
    void options_missed(TrunkIndex trunk);

    /// As `now` has it: pauses end by themselves.
    [[nodiscard]] TrunkCondition condition(TrunkIndex trunk, Elapsed now) const;
    [[nodiscard]] Circuit circuit(TrunkIndex trunk, Elapsed now) const;
    [[nodiscard]] int calls(TrunkIndex trunk) const { return trunks_[trunk].calls; }
    [[nodiscard]] std::size_t size() const { return trunks_.size(); }

    /// Single failures happen on healthy trunks; five in a row in a mix of numbers do not.
    static constexpr int kFailuresToOpen = 5;
    static constexpr std::chrono::seconds kPauseMin{5};
    static constexpr std::chrono::seconds kPauseMax{300};
    /// A trial that came to no end (the caller gave up) does not block the next for ever.
    static constexpr std::chrono::seconds kTrialMax{10};
    /// A mistaken Retry-After must not cost a day.
    static constexpr std::chrono::seconds kRestMax{600};

private:
    struct Trunk {
        std::vector<std::string> prefixes;
        int priority;
        int weight;
        int lines;
        double calls_per_second;

        int calls = 0;
        double tokens;  ///< calls that may start now; one second's worth at most, at least one
        Elapsed tokens_at{0};
        std::int64_t credit = 0;  ///< of the round-robin

        bool options_missed = false;
        int failures_in_a_row = 0;
        bool opened = false;
        Elapsed pause = kPauseMin;
        Elapsed open_until{0};
        Elapsed trial_until{0};
        Elapsed rest_until{0};

        [[nodiscard]] double bucket() const { return calls_per_second < 1 ? 1 : calls_per_second; }
    };

    [[nodiscard]] bool could_carry(TrunkIndex index, std::string_view e164, const TrunkSet& tried,
                                   Elapsed now) const;
    static void refill(Trunk& trunk, Elapsed now);
    static void open(Trunk& trunk, Elapsed now);
    TrunkIndex next_by_weight(const TrunkSet& candidates);
    void take(TrunkIndex index, Elapsed now);

    std::vector<Trunk> trunks_;
};

}  // namespace bellwether::sip

namespace bellwether {
template <>
inline constexpr auto kEnumNames<sip::TrunkFailure> = names("STATUS", "NO_ANSWER", "UNREACHABLE",
                                                            "AUTH_REFUSED");
template <>
inline constexpr auto kEnumNames<sip::Circuit> = names("CLOSED", "OPEN", "HALF_OPEN");
template <>
inline constexpr auto kEnumNames<sip::TrunkCondition> = names("UP", "CIRCUIT_OPEN",
                                                              "OPTIONS_UNANSWERED", "RETRY_AFTER");
}  // namespace bellwether
