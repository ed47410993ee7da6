#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/enum_names.h"
#include "campaigns/refusal.h"

// What agents say of their calls, and of their pauses.

namespace bellwether::campaigns {

/// What becomes of the contact.
enum class DispositionEffect {
    Done,       ///< not called again by this campaign
    Retry,      ///< called again after `delay`, while the campaign's attempts last
    CallBack,   ///< a callback is promised; its time is asked for
    DoNotCall,  ///< the number goes on do-not-call, and consents are taken back
    Refusal,    ///< he will not be interviewed: called once more if the campaign converts, and if
                ///< `strength` is Soft
};

/// What VICIdial's reports ask of a status (field study 2.1): each is a yes or no.
enum class DispositionFlag {
    HumanAnswered,
    Sale,
    CustomerContact,
    NotInterested,
    Unworkable,
    ScheduledCallback,
    Completed,
};

/// One outcome that an agent may give a call.
struct Disposition {
    std::string code;   ///< 1 to 16 of A-Z 0-9 _; unique in its campaign
    std::string label;  ///< what the agent reads
    char key = '0';     ///< 0-9 on the screen and on the phone; unique in its campaign
    DispositionEffect effect = DispositionEffect::Done;
    std::chrono::seconds delay{0};  ///< of Retry; >= 0
    std::vector<DispositionFlag> flags;
    RefusalStrength strength = RefusalStrength::Hard;  ///< of Refusal

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("code", self.code);
        visit("label", self.label);
        visit("key", self.key);
        visit("effect", self.effect);
        visit("delay_s", self.delay);
        visit("flags", self.flags);
        visit("strength", self.strength);
    }
};

/// Those of a campaign that names none: VICIdial's agent statuses, so that its users find theirs.
[[nodiscard]] std::vector<Disposition> usual_dispositions();

/// The one of that code, or of that key; nullptr if there is none.
[[nodiscard]] const Disposition* find_disposition(const std::vector<Disposition>& all,
                                                  std::string_view code_or_key);

/// Why an agent takes no calls, in the house's words.
struct PauseCode {
    std::string code;  ///< 1 to 16 of A-Z 0-9 _; unique in its campaign
    std::string label;
    char key = '0';        ///< 0-9 on the phone; unique in its campaign
    bool billable = true;  ///< paid time, for the report of agents' hours

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("code", self.code);
        visit("label", self.label);
        visit("key", self.key);
        visit("billable", self.billable);
    }
};

[[nodiscard]] std::vector<PauseCode> usual_pause_codes();
[[nodiscard]] const PauseCode* find_pause_code(const std::vector<PauseCode>& all,
                                               std::string_view code_or_key);

/// Something an agent can do, and how well: a language first of all.
struct Skill {
    std::string name;  ///< "es"; compared as written
    int level = 1;     ///< 1..9, 9 is best

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("name", self.name);
        visit("level", self.level);
    }
};

/// 0: he cannot do it.
[[nodiscard]] int level_of(const std::vector<Skill>& skills, std::string_view name);

/// Where a call may be handed on to. Only these: nobody can be talked into dialing elsewhere.
struct TransferTarget {
    enum class Kind { Phone, Number };

    std::string name;  ///< what the agent asks for; unique in its campaign
    Kind kind = Kind::Phone;
    std::string address;  ///< Phone: the user of a registered phone; Number: E.164, out by a trunk

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("name", self.name);
        visit("kind", self.kind);
        visit("address", self.address);
    }
};

}  // namespace bellwether::campaigns

namespace bellwether {
template <>
inline constexpr auto kEnumNames<campaigns::DispositionEffect> = names("DONE", "RETRY", "CALL_BACK",
                                                                       "DO_NOT_CALL", "REFUSAL");
template <>
inline constexpr auto kEnumNames<campaigns::DispositionFlag> = names("HUMAN_ANSWERED", "SALE",
                                                                     "CUSTOMER_CONTACT",
                                                                     "NOT_INTERESTED", "UNWORKABLE",
                                                                     "SCHEDULED_CALLBACK",
                                                                     "COMPLETED");
template <>
inline constexpr auto kEnumNames<campaigns::TransferTarget::Kind> = names("PHONE", "NUMBER");
}  // namespace bellwether
