#pragma once

#include <array>
#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include "base/probability.h"
#include "base/result.h"
#include "base/time.h"

namespace bellwether::carrier {

/// A lognormal time, clamped into [low, high]. Clamping moves the mean; with the defaults below by
/// less than 1 % (scripts/reference/carrier_moments.py).
struct DrawnTime {
    Duration mean;
    Duration sd;
    Duration low;
    Duration high;

    friend bool operator==(const DrawnTime&, const DrawnTime&) = default;
};

/// One question as the person on the line sees it: any whole number from low to high, typed in
/// full, then '#' if the question wants an end key.
struct AnswerRange {
    int low = 1;   ///< >= 0
    int high = 3;  ///< >= low
    bool pound = false;

    friend bool operator==(const AnswerRange&, const AnswerRange&) = default;
};

/// How the people behind the practice carrier behave. None of these numbers is a measurement: they
/// make a lively minute, and every one is an option of `bellwether sim carrier`.
struct Distributions {
    // What becomes of an INVITE. The four weights are divided by their sum.
    double answer = 0.35;
    double busy = 0.12;       ///< 486
    double no_answer = 0.38;  ///< rings until CANCEL, or 480 after ring_limit
    double fail = 0.15;       ///< one of kFailStatuses

    /// Weights of kFailStatuses, divided by their sum.
    std::array<double, 4> fail_weights{0.4, 0.3, 0.2, 0.1};

    // Who or what answers, of the calls that are answered; the rest are people. The three are
    // divided by their sum if it is over 1.
    double machine = 0;   ///< a voicemail: greeting, beep, and it records
    double fax = 0;       ///< answers with its tone
    double screener = 0;  ///< an assistant that asks who is calling, and why

    Probability screener_accepts{0.5};  ///< the person comes on after the assistant
    Probability sit{0};                 ///< of calls that fail: 183 with special information tones

    Probability early_media{0.2};  ///< of calls that ring: 183 with sound instead of 180

    DrawnTime ring{std::chrono::seconds{3}, std::chrono::milliseconds{1500},
                   std::chrono::milliseconds{300}, std::chrono::seconds{20}};
    DrawnTime refuse{std::chrono::milliseconds{400}, std::chrono::milliseconds{200},
                     std::chrono::milliseconds{50}, std::chrono::seconds{3}};
    DrawnTime talk{std::chrono::seconds{6}, std::chrono::seconds{3}, std::chrono::seconds{1},
                   std::chrono::seconds{60}};
    /// How long a voicemail records, from the answer.
    DrawnTime record{std::chrono::seconds{20}, std::chrono::seconds{5}, std::chrono::seconds{12},
                     std::chrono::seconds{60}};
    /// Hears nothing for so long: hangs up.
    DrawnTime patience{std::chrono::seconds{8}, std::chrono::seconds{2}, std::chrono::seconds{4},
                       std::chrono::seconds{30}};
    /// From the end of what the far side says to the first key.
    DrawnTime key_delay{std::chrono::milliseconds{1000}, std::chrono::milliseconds{250},
                        std::chrono::milliseconds{600}, std::chrono::milliseconds{1500}};
    /// Not divided by the speed: the dialer's own no-answer time must be able to stay below it.
    Duration ring_limit = std::chrono::seconds{60};
    /// Whoever has begun to press keys stays at most so long.
    Duration stay_max = std::chrono::seconds{120};

    // Key presses: one reply each time the far side has finished speaking.
    /// Caller ids or called numbers (prefixes, "+1202") whose calls are answered with keys; empty:
    /// all calls. A person who is not to press keys talks instead.
    std::vector<std::string> keypad_for;
    std::vector<AnswerRange> answers = std::vector<AnswerRange>(8);
    Probability keys_invalid{0.08};  ///< per question: a key outside the range first
    Probability keys_silent{0.05};   ///< per question: lets the question pass once
    Probability keys_hang_up{0.10};  ///< per call: hangs up instead of one of the answers
    Probability keys_opt_out{
        0.04};  ///< per call: presses opt_out_key instead of one of the answers
    char opt_out_key = '9';
    char invalid_key = '0';

    /// Divides every time except ring_limit. > 0.
    double speed = 1.0;
};

/// The statuses of a call that fails, in the order of Distributions::fail_weights.
inline constexpr std::array<int, 4> kFailStatuses{404, 480, 503, 500};

/// Sets one option from "key=value", as the command line passes them. Probabilities and weights are
/// plain numbers, times are seconds ("6.5"), lists are comma-separated:
///
///   answer busy no_answer fail status_404 status_480 status_503 status_500 early_media
///   machine fax screener screener_accepts sit
///   record record_sd ring ring_sd refuse refuse_sd talk talk_sd patience patience_sd key_delay
///   key_delay_sd ring_limit stay_max speed keys_invalid keys_silent keys_hang_up keys_opt_out
///   opt_out_key invalid_key     one key of 0-9*#
///   keypad_for=+12025550199,+1303555
///   answers=1-3,1-5,18-90#      the questions in order; '#': the answer ends with the pound key
///
/// Fails with InvalidInput, naming the key and what is wrong; `to` is then unchanged.
[[nodiscard]] Result<void> set_option(Distributions& to, std::string_view key_value);

/// Whether a call with this caller id to this number is one to press keys in (keypad_for).
[[nodiscard]] bool wants_keys(const Distributions& distributions, std::string_view caller_id,
                              std::string_view number);

}  // namespace bellwether::carrier
