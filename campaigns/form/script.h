#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "campaigns/form/interview.h"

namespace bellwether::campaigns::form {

/// What a person does in a scripted interview: research/surveys.md 1.11, without its JSON.
struct Script {
    std::string language;  ///< empty: the form's default
    std::vector<NamedText> contact;
    struct Keys {
        std::vector<std::string> entries;  ///< one per presentation, then silence
        bool each_time = false;            ///< the first entry at every presentation
    };
    std::map<std::string, Keys> keys;       ///< by key of the item
    std::optional<std::string> hang_up_at;  ///< key of the item that is not presented any more
    std::string now = "1970-01-01T00:00:00+00:00";
    std::uint32_t seed = 1;  ///< unless the form sets one
    /// The line goes dead once so many answers have been made durable.
    std::optional<std::size_t> cut_after;
};

struct ScriptResult {
    std::vector<std::string> path;
    std::vector<NamedText> answers;
    InterviewEnd end;
    std::vector<std::string> presented;  ///< keys of all presentations, in order
    std::vector<StoredAnswer> stored;    ///< what a further attempt begins with
    std::size_t stores = 0;              ///< times that answers were made durable
};

/// Items presented, repeats and reprompts included, before a script is given up as endless.
inline constexpr int kPresentationsMax = 1000;

/// What quotas say of an interview with these answers (interview.h).
using AskQuotas = std::function<QuotaVerdict(const Answers&)>;

/// Takes the interview as the script says. Fails with Exhausted beyond kPresentationsMax.
/// @param earlier  as in begin().
/// @param quotas  asked before each item; empty: there are none. See campaigns/quota/scripted.h.
[[nodiscard]] Result<ScriptResult> run_script(const Form& form, const Script& script,
                                              std::vector<StoredAnswer> earlier = {},
                                              const AskQuotas& quotas = {});

/// Applies changes to what is stored, as a store does: what resume() would get.
void apply_changes(std::vector<StoredAnswer>& stored, const std::vector<AnswerChange>& changes);

}  // namespace bellwether::campaigns::form
