#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/enum_names.h"
#include "base/ids.h"
#include "campaigns/refusal.h"

// What an interviewer does in the interview of the call that he has. Each is answered by a Reply.

namespace bellwether::engine {

/// The answer to the item at hand; nothing at a note: it was read out. Refused, with the message
/// for the person as its detail: the answer does not fit the question.
struct InterviewerAnswered {
    static constexpr std::string_view kName = "INTERVIEWER_ANSWERED";
    RequestId request{};
    AgentId agent{};
    std::string item;  ///< on his page; another than the one at hand: Conflict
    std::string text;  ///< as he typed it, in NFC; personal data
    /// Why an unusual answer is to be taken all the same; empty: it is not. Personal data.
    std::string overrule{};

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("request", self.request);
        visit("agent", self.agent);
        visit("item", self.item);
        visit.personal("text", self.text);
        visit.personal("overrule", self.overrule);
    }
};

enum class InterviewerOrder : std::uint8_t {
    Back,
    Repeat,
    DontKnow,
    Refuse,    ///< this question
    Language,  ///< the next one
    Keypad,    ///< the person answers by keys from here on, and the interviewer hears none of it
    Return,    ///< the interviewer takes him back
};

struct InterviewerOrdered {
    static constexpr std::string_view kName = "INTERVIEWER_ORDERED";
    RequestId request{};
    AgentId agent{};
    InterviewerOrder order = InterviewerOrder::Repeat;

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("request", self.request);
        visit("agent", self.agent);
        visit("order", self.order);
    }
};

/// Something beside the answers that is kept with the interview.
struct InterviewerNoted {
    static constexpr std::string_view kName = "INTERVIEWER_NOTED";
    RequestId request{};
    AgentId agent{};
    std::string item;    ///< it belongs to; empty: the one at hand
    std::string note;    ///< personal data
    bool probe = false;  ///< the question was asked again, in these other words if there are any

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("request", self.request);
        visit("agent", self.agent);
        visit("item", self.item);
        visit.personal("note", self.note);
        visit("probe", self.probe);
    }
};

/// The interview was refused, at any point of it. The call stays up for the goodbye.
struct InterviewBrokenOff {
    static constexpr std::string_view kName = "INTERVIEW_BROKEN_OFF";
    RequestId request{};
    AgentId agent{};
    campaigns::RefusedBy who = campaigns::RefusedBy::Unknown;
    campaigns::RefusedWhen when = campaigns::RefusedWhen::Introduction;
    campaigns::RefusalStrength strength = campaigns::RefusalStrength::Soft;
    std::string reason;        ///< of the house's short list; may be empty
    std::string note;          ///< may be empty; personal data
    bool do_not_call = false;  ///< he asked for it

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("request", self.request);
        visit("agent", self.agent);
        visit("who", self.who);
        visit("when", self.when);
        visit("strength", self.strength);
        visit("reason", self.reason);
        visit.personal("note", self.note);
        visit("do_not_call", self.do_not_call);
    }
};

}  // namespace bellwether::engine

namespace bellwether {
template <>
inline constexpr auto kEnumNames<engine::InterviewerOrder> = names("BACK", "REPEAT", "DONT_KNOW",
                                                                   "REFUSE", "LANGUAGE", "KEYPAD",
                                                                   "RETURN");
}  // namespace bellwether
