#include "campaigns/form/script.h"

#include <algorithm>

namespace bellwether::campaigns::form {
namespace {

class ScriptRun {
public:
    ScriptRun(const Form& form, const Script& script, const AskQuotas& quotas)
        : form_{form}, script_{script}, quotas_{quotas} {}

    Result<ScriptResult> run(const std::vector<StoredAnswer>& earlier) {
        InterviewFacts facts{.seed = form_.seed.value_or(script_.seed),
                             .now = script_.now,
                             .language = script_.language,
                             .quotas = static_cast<bool>(quotas_),
                             .contact = script_.contact,
                             .tel = {}};
        result_.stored = earlier;
        follow(begin(form_, state_, std::move(facts), earlier));
        while (state_.phase != Phase::Ended) {
            if (state_.presentations > kPresentationsMax) {
                return fail(Errc::Exhausted,
                            "more than 1,000 items were presented: the keys go round in a circle");
            }
            follow(act());
        }
        const bool counts =
            state_.end->outcome == Outcome::Complete ||
            (state_.end->outcome == Outcome::Partial && form_.quota_counts_partials);
        if (quotas_ && counts && state_.end->cause == EndCause::HungUp)
            follow(quotas_decided(form_, state_, quotas_(state_.answers)));
        result_.path = path_of(form_, state_);
        result_.answers = answers_of(form_, state_);
        result_.end = *state_.end;
        return std::move(result_);
    }

private:
    /// What follows at once from the last step: nothing here takes time.
    void follow(const InterviewStep& step) {
        if (!step.store.empty() && state_.phase == Phase::Ended) {
            apply_changes(result_.stored, step.store);
        } else if (!step.store.empty()) {
            apply_changes(result_.stored, step.store);
            const bool cut = ++result_.stores == script_.cut_after;
            follow(cut ? hung_up(form_, state_) : stored());
        }
        if (step.ask_quotas) follow(quotas_decided(form_, state_, quotas_(state_.answers)));
        if (step.opt_out) follow(opt_out_stored(form_, state_));
        if (step.agent) follow(agent_unavailable(form_, state_));
    }

    InterviewStep stored() {
        if (!quotas_) return answer_stored(form_, state_);
        return quotas_decided(form_, state_, quotas_(state_.answers));
    }

    InterviewStep act() {
        if (state_.phase == Phase::Closing) return prompt_ended(form_, state_);
        if (state_.asking == Asking::Confirm) return entry_made(form_, state_, "1");
        if (state_.asking == Asking::OptOut) return key_pressed(form_, state_, '9');
        const std::string key = key_of(form_, state_.item);
        if (script_.hang_up_at == key) return hang_up();
        result_.presented.push_back(key);
        const auto entry = next_entry(key);
        if (!entry && is_note()) return prompt_ended(form_, state_);
        return entry_made(form_, state_, entry.value_or(""));
    }

    bool is_note() const {
        const Row& row = form_.rows[state_.item.row];
        return row.type == RowType::Note || row.read_only;
    }

    /// Before the item is presented: a note is not heard.
    InterviewStep hang_up() {
        state_.phase = Phase::Listening;
        return hung_up(form_, state_);
    }

    std::optional<std::string> next_entry(const std::string& key) {
        const auto keys = script_.keys.find(key);
        if (keys == script_.keys.end()) return std::nullopt;
        const auto& entries = keys->second.entries;
        const std::size_t turn = keys->second.each_time ? 0 : presented_[key]++;
        return turn < entries.size() ? std::optional{entries[turn]} : std::nullopt;
    }

    const Form& form_;
    const Script& script_;
    const AskQuotas& quotas_;
    InterviewState state_;
    ScriptResult result_;
    std::map<std::string, std::size_t> presented_;
};

}  // namespace

Result<ScriptResult> run_script(const Form& form, const Script& script,
                                std::vector<StoredAnswer> earlier, const AskQuotas& quotas) {
    return ScriptRun{form, script, quotas}.run(earlier);
}

void apply_changes(std::vector<StoredAnswer>& stored, const std::vector<AnswerChange>& changes) {
    for (const AnswerChange& change : changes) {
        const bool keep = change.kind == ChangeKind::Keep;
        std::erase_if(stored, [&](const StoredAnswer& old) {
            return old.key == change.key && old.kept == keep;
        });
        if (change.kind == ChangeKind::Clear) continue;
        stored.push_back({change.key, change.value, change.how, keep});
    }
}

}  // namespace bellwether::campaigns::form
