#include "campaigns/quota/scripted.h"

#include <utility>

#include "campaigns/quota/decide.h"

namespace bellwether::campaigns::quota {

Result<form::ScriptResult> run_script(const form::Form& form, const Plan& plan, Tally& tally,
                                      InterviewId interview, const form::Script& script,
                                      std::vector<form::StoredAnswer> earlier,
                                      const std::vector<Mark>& marks) {
    resume(plan, tally, interview, marks);
    auto result = form::run_script(form, script, std::move(earlier), [&](const auto& answers) {
        return decide(form, plan, tally, interview, answers);
    });
    if (result && counts(form, result->end.outcome)) {
        complete(tally, interview);
    } else if (result && result->end.cause != form::EndCause::Quota) {
        release(tally, interview);
    }
    return result;
}

}  // namespace bellwether::campaigns::quota
