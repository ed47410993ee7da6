// The product's side of scripts/reference/form.py: a case per line on stdin, its result per line on
// stdout. Each interview is taken once more with a cut after every answer made durable; what the
// attempt after the cut ends with must be what the uncut one did. And once more key by key,
// hearing nothing that is not in the list of prompts.

#include <algorithm>
#include <iostream>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <string>

#include "campaigns/form/prompt_list.h"
#include "campaigns/form/read_form.h"
#include "campaigns/form/script.h"

namespace {

using namespace bellwether;
using namespace bellwether::campaigns::form;
using Json = nlohmann::json;

int compared_by_keys = 0;

Script script_of(const Json& json) {
    Script script;
    script.language = json.value("language", "");
    script.now = json.value("now", script.now);
    script.seed = json.value("seed", 1U);
    for (const auto& [name, value] : json["contact"].items()) {
        script.contact.push_back({name, value.get<std::string>()});
    }
    for (const auto& [key, value] : json["keys"].items()) {
        if (value.is_string()) {
            script.keys[key] = {{value.get<std::string>()}, true};
        } else {
            script.keys[key] = {value.get<std::vector<std::string>>(), false};
        }
    }
    if (json["hang_up_at"].is_string()) script.hang_up_at = json["hang_up_at"].get<std::string>();
    return script;
}

Json json_of(const ScriptResult& result) {
    Json answers = Json::object();
    for (const auto& [name, value] : result.answers) answers[name] = value;
    return {{"path", result.path},
            {"answers", answers},
            {"outcome", name_of(result.end.outcome)},
            {"aapor", result.end.aapor}};
}

/// Are all keys the same at every presentation, and none a command?
bool is_steady(const Script& script) {
    return std::all_of(script.keys.begin(), script.keys.end(), [](const auto& entry) {
        const auto& [key, keys] = entry;
        return keys.each_time && !keys.entries.front().starts_with('*');
    });
}

/// Cuts the interview after each store and goes on from what was stored: the same path, answers and
/// end, and nothing that was settled is asked again.
std::string check_cuts(const Form& form, Script script, const ScriptResult& whole) {
    for (std::size_t stores = 1; stores < whole.stores; ++stores) {
        script.cut_after = stores;
        const auto cut = run_script(form, script);
        if (!cut) return "the cut attempt does not end";
        script.cut_after.reset();
        const auto rest = run_script(form, script, cut->stored);
        if (!rest) return "the further attempt does not end";
        if (json_of(*rest) != json_of(whole))
            return "cut after " + std::to_string(stores) + ": " + json_of(*rest).dump();
        for (const StoredAnswer& answer : cut->stored) {
            if (answer.kept || answer.how == Settled::Played) continue;
            if (std::ranges::count(rest->presented, answer.key) > 0 &&
                std::ranges::count(rest->path, answer.key) > 0 &&
                std::ranges::count(whole.presented, answer.key) <
                    std::ranges::count(cut->presented, answer.key) +
                        std::ranges::count(rest->presented, answer.key)) {
                return answer.key + " was asked again";
            }
        }
    }
    return "";
}

/// The same person key by key, as on the line: prompts heard out, each key on its own, a pause at
/// the end. None where that is not the same: a key closes the entry before the last one, an answer
/// is spoken, or the call is cut.
class ByKeys {
public:
    ByKeys(const Form& form, const Script& script) : form_{form}, script_{script} {}

    std::optional<Json> run() {
        if (script_.hang_up_at) return std::nullopt;
        (void)begin(form_, state_,
                    {.seed = script_.seed,
                     .now = script_.now,
                     .language = script_.language,
                     .contact = script_.contact,
                     .tel = {}});
        while (state_.phase != Phase::Ended) {
            if (state_.presentations > kPresentationsMax || !move()) return std::nullopt;
        }
        return json_of({.path = path_of(form_, state_),
                        .answers = answers_of(form_, state_),
                        .end = *state_.end,
                        .presented = {},
                        .stored = {}});
    }

    /// Something that was said and is not in the list of prompts; empty: nothing.
    std::string unlisted() const {
        std::set<std::string> listed;
        for (const ListedPrompt& prompt : list_prompts(form_).prompts)
            listed.insert(prompt.reference);
        for (const std::string& said : said_) {
            if (!listed.contains(said)) return said;
        }
        return "";
    }

private:
    bool move() {
        if (state_.phase == Phase::Storing) return done(answer_stored(form_, state_));
        if (state_.phase == Phase::OptingOut) return done(opt_out_stored(form_, state_));
        if (state_.asking == Asking::OptOut) {
            done(prompt_ended(form_, state_));
            return done(timed_out(form_, state_));
        }
        if (state_.phase == Phase::Closing) return done(prompt_ended(form_, state_));
        const Row& row = form_.rows[state_.item.row];
        const auto keys = next_keys(key_of(form_, state_.item));
        if (row.type == RowType::Note && !keys) return done(prompt_ended(form_, state_));
        if (row.type == RowType::Text) return false;
        return press(keys.value_or(""), row.type == RowType::Note);
    }

    bool done(const InterviewStep& step) {
        said_.insert(step.play.begin(), step.play.end());
        return true;
    }

    bool press(const std::string& keys, bool note) {
        const int presentation = state_.presentations;
        if (!note) done(prompt_ended(form_, state_));
        const auto waits = [&] {
            const bool asked = state_.phase == Phase::Listening || state_.phase == Phase::Prompting;
            return asked && state_.presentations == presentation && state_.asking == Asking::Item;
        };
        for (const char key : keys) {
            if (!waits()) return false;
            done(key_pressed(form_, state_, key));
        }
        if (waits()) done(timed_out(form_, state_));
        return true;
    }

    std::optional<std::string> next_keys(const std::string& key) {
        const auto keys = script_.keys.find(key);
        if (keys == script_.keys.end()) return std::nullopt;
        const std::size_t turn = keys->second.each_time ? 0 : presented_[key]++;
        const auto& entries = keys->second.entries;
        return turn < entries.size() ? std::optional{entries[turn]} : std::nullopt;
    }

    const Form& form_;
    const Script& script_;
    InterviewState state_;
    std::map<std::string, std::size_t> presented_;
    std::set<std::string> said_;
};

Json run(const Json& json) {
    const auto form = read_form(
        {.survey = json["survey"], .choices = json["choices"], .settings = json["settings"]});
    if (!form) {
        Json problems = Json::array();
        for (const auto& problem : form.error()) problems.push_back(describe(problem));
        return {{"problems", problems}};
    }
    const Script script = script_of(json);
    const auto result = run_script(*form, script);
    if (!result) return {{"error", "endless"}};
    const bool reached_end =
        result->end.cause == EndCause::LastItem || result->end.cause == EndCause::Note;
    if (is_steady(script) && reached_end) {
        const std::string fault = check_cuts(*form, script, *result);
        if (!fault.empty()) return {{"resume", fault}};
    }
    ByKeys person{*form, script};
    const auto by_keys = person.run();
    const std::string unlisted = person.unlisted();
    if (!unlisted.empty()) return {{"not listed", unlisted}};
    compared_by_keys += by_keys ? 1 : 0;
    if (by_keys && *by_keys != json_of(*result)) return {{"by_keys", *by_keys}};
    return json_of(*result);
}

}  // namespace

int main() {
    std::ios::sync_with_stdio(false);
    for (std::string line; std::getline(std::cin, line);)
        std::cout << run(Json::parse(line)) << '\n';
    std::cerr << compared_by_keys << " of them key by key too\n";
    return 0;
}
