#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/enum_names.h"
#include "base/time.h"
#include "simulator/carrier/distributions.h"

namespace bellwether::carrier {

/// What becomes of an INVITE if nobody cancels it.
enum class CallFate { Answer, Busy, NoAnswer, Fail };

/// Who or what takes a call that is answered.
enum class Party { Person, Machine, Fax, Screener };

enum class ReplyKind { Press, StaySilent, HangUp };

/// What a person does the next time the far side has finished speaking.
struct Reply {
    ReplyKind kind;
    std::string keys;  ///< 0-9 * #, for Press; empty otherwise
    Duration delay;    ///< from the end of the far side's speech

    friend bool operator==(const Reply&, const Reply&) = default;
};

/// Everything one call will do, drawn before it rings.
struct CallScript {
    CallFate fate;
    int status;           ///< of the refusal; 0 for Answer
    Duration alert;       ///< from INVITE to 180 or 183; of no meaning if `rings()` is false
    Duration decide;      ///< from then (from INVITE, if it does not ring) to the answer or refusal
    bool early_media;     ///< 183 with sound instead of 180
    bool announces;       ///< a failure: 183 with special information tones before the refusal
    std::uint64_t voice;  ///< picks the sound files

    // The rest is of no meaning unless answered.
    Party party;
    Duration records;            ///< a machine or a fax hangs up so long after the answer
    bool screener_accepts;       ///< the person comes on once the caller has said who it is
    Duration greet;              ///< from the answer to the first word
    Duration patience;           ///< hangs up after hearing nothing for so long
    Duration reply_delay;        ///< pause before a word, for who talks
    std::vector<Reply> replies;  ///< in order; empty: talks instead of pressing keys
    std::optional<Duration>
        talk;           ///< hangs up so long after the answer; none: stays for the questions
    Duration courtesy;  ///< added to `talk`, once, if the far side is just asking for keys
    Duration stay_max;  ///< the end in any case, for who presses keys

    [[nodiscard]] bool rings() const {
        return fate == CallFate::Answer || fate == CallFate::NoAnswer || announces;
    }
    friend bool operator==(const CallScript&, const CallScript&) = default;
};

/// Which call a script is for.
struct CallKey {
    std::uint64_t seed;
    std::string_view number;     ///< as dialed
    std::uint32_t ordinal;       ///< of this number's calls, from 1
    std::string_view caller_id;  ///< decides only whether keys are pressed (keypad_for)
};

/// The script of one call. The same key gives the same script, whatever was drawn before or in
/// which order. Cannot fail. Checked: the weights' sum and speed > 0.
[[nodiscard]] CallScript draw_script(const Distributions& distributions, const CallKey& key);

}  // namespace bellwether::carrier

namespace bellwether {

template <>
inline constexpr auto kEnumNames<carrier::CallFate> = names("ANSWER", "BUSY", "NO_ANSWER", "FAIL");
template <>
inline constexpr auto kEnumNames<carrier::Party> = names("PERSON", "MACHINE", "FAX", "SCREENER");
template <>
inline constexpr auto kEnumNames<carrier::ReplyKind> = names("PRESS", "STAY_SILENT", "HANG_UP");

}  // namespace bellwether
