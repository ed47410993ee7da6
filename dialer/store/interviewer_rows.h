#pragma once

#include <functional>
#include <string>
#include <vector>

#include "base/enum_names.h"
#include "base/ids.h"
#include "base/result.h"
#include "base/time.h"
#include "campaigns/refusal.h"

// What interviewers wrote beside the answers, and who would not be interviewed.

namespace bellwether::store {

class Store;

enum class NoteKind : std::uint8_t {
    Note,
    Probe,     ///< the question was asked again, in these other words if there are any
    Overrule,  ///< why an unusual answer was taken
};

struct InterviewNoteRecord {
    InterviewId interview{};
    AttemptId attempt{};
    AgentId agent{};
    std::string item;  ///< key of the item that was at hand
    NoteKind kind = NoteKind::Note;
    std::string note;  ///< personal
    UtcTime at;
};

struct RefusalRecord {
    InterviewId interview{};  ///< 0: none had begun
    AttemptId attempt{};
    CampaignId campaign{};
    ContactId contact{};
    AgentId agent{};
    campaigns::RefusedBy who = campaigns::RefusedBy::Unknown;
    campaigns::RefusedWhen when = campaigns::RefusedWhen::Introduction;
    campaigns::RefusalStrength strength = campaigns::RefusalStrength::Soft;
    std::string reason;
    std::string note;  ///< personal
    bool do_not_call = false;
    UtcTime at;
};

// Readers: any thread. In the order in which they were written. Errors: Unavailable, Corrupt.

[[nodiscard]] Result<std::vector<InterviewNoteRecord>> interview_notes_of(const Store& store,
                                                                          ContactId contact);
[[nodiscard]] Result<std::vector<RefusalRecord>> refusals_of(const Store& store, ContactId contact);
/// Calls `take` for each. `take` must not call the store.
[[nodiscard]] Result<void> for_each_interview_note(
    const Store& store, CampaignId campaign,
    const std::function<void(const InterviewNoteRecord&)>& take);
[[nodiscard]] Result<void> for_each_refusal(const Store& store, CampaignId campaign,
                                            const std::function<void(const RefusalRecord&)>& take);

}  // namespace bellwether::store

namespace bellwether {
template <>
inline constexpr auto kEnumNames<store::NoteKind> = names("NOTE", "PROBE", "OVERRULE");
}  // namespace bellwether
