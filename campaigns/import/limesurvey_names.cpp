#include "campaigns/import/limesurvey_names.h"

#include <algorithm>

#include "base/check.h"
#include "campaigns/cell_text.h"

namespace bellwether::campaigns::import {
namespace {

constexpr std::string_view kTypesWithPartRows = "FHABCEKQ1";

bool is_multiple(char type) { return type == 'M' || type == 'P'; }

bool is_column_name(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
    });
}

}  // namespace

bool has_part_rows(char type) { return kTypesWithPartRows.find(type) != std::string_view::npos; }

char type_of(const LimeQuestion& question) {
    return question.scale.empty() ? '?' : question.scale.front();
}

LimeNames::LimeNames(const LimeSurvey& survey) {
    for (const LimeGroup& group : survey.groups) {
        for (const LimeQuestion& question : group.questions) {
            const char type = type_of(question);
            add(question, "");
            if (!question.cell("id").empty()) by_id_[question.cell("id")] = of(question);
            add(question, "other");
            if (type == 'O') add(question, "comment");
            for (const LimeItem& part : question.parts) {
                const std::string variable = question.name + "_" + part.name;
                if (is_multiple(type)) {
                    variables_[variable] = {
                        ScriptVariable::Kind::Chosen,
                        "selected(${" + of(question) + "}, " + literal_of(part.name) + ")"};
                } else if (type == '1') {
                    add(question, part.name + "_0");
                    add(question, part.name + "_1");
                } else if (has_part_rows(type)) {
                    add(question, part.name);
                }
            }
        }
    }
}

void LimeNames::add(const LimeQuestion& question, const std::string& suffix) {
    const std::string variable = suffix.empty() ? question.name : question.name + "_" + suffix;
    if (rows_.contains(variable)) return;  // a code twice: the later one is made anew each time
    const std::string name = names_.make(variable);
    rows_[variable] = name;
    variables_[variable] = {ScriptVariable::Kind::Value, "${" + name + "}"};
}

const std::string& LimeNames::of(const LimeQuestion& question) const { return of(question, ""); }

const std::string& LimeNames::of(const LimeQuestion& question, const std::string& suffix) const {
    const auto found = rows_.find(suffix.empty() ? question.name : question.name + "_" + suffix);
    BW_CHECK(found != rows_.end());
    return found->second;
}

std::optional<ScriptVariable> LimeNames::find(std::string_view variable) const {
    if (variable.starts_with("TOKEN:")) {
        const std::string column = lower_case(variable.substr(6));
        if (!is_column_name(column)) return std::nullopt;
        return ScriptVariable{ScriptVariable::Kind::Value, "${contact." + column + "}"};
    }
    const auto found = variables_.find(variable);
    return found == variables_.end() ? std::nullopt : std::optional{found->second};
}

std::optional<std::string> LimeNames::field(std::string_view field) const {
    const auto last = field.rfind('X');
    if (last != std::string_view::npos && std::ranges::count(field, 'X') == 2) {
        const auto found = by_id_.find(field.substr(last + 1));
        if (found != by_id_.end()) return "${" + found->second + "}";
    }
    const auto variable = find(field);
    if (!variable || variable->kind == ScriptVariable::Kind::Chosen) return std::nullopt;
    return variable->expression;
}

std::string LimeNames::text(std::string_view written, std::vector<std::string>& left) const {
    std::string out;
    while (!written.empty()) {
        const auto open = std::min(written.find('{'), written.size());
        out += written.substr(0, open);
        written.remove_prefix(open);
        if (written.empty()) break;
        const auto close = written.find_first_of("{}", 1);
        if (close == std::string_view::npos) {
            out += written;
            break;
        }
        if (written[close] == '{') {  // braces within braces are no name
            left.emplace_back("{");
            out += written.substr(0, close);
            written.remove_prefix(close);
            continue;
        }
        std::string_view name = trimmed(written.substr(1, close - 1));
        if (name.ends_with(".NAOK")) name.remove_suffix(5);
        const auto variable = find(name);
        if (variable && variable->kind == ScriptVariable::Kind::Value) {
            out += variable->expression;
            written.remove_prefix(close + 1);
            continue;
        }
        left.emplace_back(written.substr(0, close + 1));
        out += written.substr(0, close + 1);
        written.remove_prefix(close + 1);
    }
    return out;
}

}  // namespace bellwether::campaigns::import
