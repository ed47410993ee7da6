#include "campaigns/import/limesurvey_quotas.h"

#include <algorithm>

#include "campaigns/cell_text.h"

namespace bellwether::campaigns::import {
namespace {

// LimeSurvey's actions, in the column `other`: Survey quotas, "Quota action".
constexpr std::string_view kTerminate = "1";
constexpr std::string_view kTerminateWithBack = "2";

bool is_count(std::string_view text) {
    return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

class QuotaMaker {
public:
    QuotaMaker(const LimeSurvey& survey, LimeNames& names, SheetRows& rows, Imported& made)
        : survey_{survey}, names_{names}, rows_{rows}, made_{made} {}

    std::string make() {
        for (const LimeItem& quota : survey_.quotas) add(quota);
        return sheet_.csv();
    }

private:
    void lose(const LimeItem& quota, const std::string& what, std::string mend) {
        made_.lost.push_back(
            {quota.line, "the quota '" + quota.name + "' " + what, std::move(mend)});
    }

    void add(const LimeItem& quota) {
        const std::string expression = expression_of(quota);
        if (expression.empty() || !is_count(quota.cell("mandatory")))
            return lose(quota, "has no limit or no answers", "write it into quotas.csv");
        if (quota.cell("default") == "0")
            return lose(quota, "is switched off", "write it into quotas.csv if it is to count");
        SheetRows::Row& row = sheet_.add();
        row["name"] = quota_names_.make(quota.name);
        row["label"] = quota.name;
        row["expression"] = expression;
        row["target"] = quota.cell("mandatory");
        row["on_full"] = "end";
        row["message"] = add_message(quota);
        note_action(quota);
    }

    void note_action(const LimeItem& quota) {
        const std::string& action = quota.cell("other");
        if (action == kTerminateWithBack) {
            made_.notes.push_back({quota.line,
                                   "the full quota '" + quota.name + "' leads nobody back here",
                                   "nothing"});
        } else if (!action.empty() && action != kTerminate) {
            lose(quota, "has the action " + action.substr(0, 20) + "; here it ends the interview",
                 "see the column on_full");
        }
    }

    /// @return the name of a note with the quota's message; empty: it has none.
    std::string add_message(const LimeItem& quota) {
        const bool has_message = std::ranges::any_of(quota.text, [](const auto& message) {
            return !plain_text(message.second).text.empty();
        });
        if (!has_message) return {};
        SheetRows::Row& note = rows_.add();
        note["type"] = "note";
        note["name"] = names_.extra("quota_" + quota.name);
        note["relevant"] = "false()";
        for (const auto& [language, message] : quota.text) {
            const PlainText plain = plain_text(message);
            note["label::" + language] = plain.text;
            if (plain.had_html)
                made_.notes.push_back({quota.line, "HTML was taken out of the message", "nothing"});
        }
        return note["name"];
    }

    std::string expression_of(const LimeItem& quota) const {
        std::vector<std::string> questions;
        for (const LimeGroup& group : survey_.groups) {
            for (const LimeQuestion& question : group.questions) {
                std::string any;
                for (const LimeItem& member : question.quota_members) {
                    if (member.cell("related_id") != quota.cell("id")) continue;
                    any += (any.empty() ? "" : " or ") + member_of(question, member);
                }
                questions.push_back(std::move(any));
            }
        }
        return all_of(questions);
    }

    std::string member_of(const LimeQuestion& question, const LimeItem& member) const {
        const auto part = names_.find(question.name + "_" + member.name);
        if (part && part->kind == ScriptVariable::Kind::Chosen) return part->expression;
        return "${" + names_.of(question) + "} = " + literal_of(member.name);
    }

    const LimeSurvey& survey_;
    LimeNames& names_;
    SheetRows& rows_;
    Imported& made_;
    Names quota_names_;
    SheetRows sheet_{{"name", "expression", "target", "on_full", "message", "label"}};
};

}  // namespace

std::string lime_quotas(const LimeSurvey& survey, LimeNames& names, SheetRows& rows,
                        Imported& made) {
    return QuotaMaker{survey, names, rows, made}.make();
}

}  // namespace bellwether::campaigns::import
