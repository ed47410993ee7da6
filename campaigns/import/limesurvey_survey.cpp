#include "campaigns/import/limesurvey_survey.h"

#include <algorithm>
#include <array>
#include <optional>
#include <set>

#include "campaigns/cell_text.h"
#include "campaigns/import/tab_separated.h"

namespace bellwether::campaigns::import {
namespace {

using Cells = std::map<std::string, std::string, std::less<>>;

constexpr std::size_t kRowsMax = 20'000;   // the longest surveys seen have some 3,000
constexpr std::size_t kLanguagesMax = 50;  // each is two columns of the sheet

class SurveyReader {
public:
    SurveyReader(std::vector<TabRow> rows, Imported& made) : rows_{std::move(rows)}, made_{made} {}

    Result<LimeSurvey> read() {
        if (!read_header())
            return fail(Errc::InvalidInput,
                        "the first row has no column 'class': this is no tab-separated structure "
                        "of LimeSurvey; export it as 'Tab-separated-values format (*.txt)'");
        if (rows_.size() > kRowsMax)
            return fail(Errc::InvalidInput, "more than 20,000 rows: this is no questionnaire");
        find_languages();
        for (std::size_t i = 1; i < rows_.size(); ++i) take(rows_[i]);
        note_settings();
        return std::move(survey_);
    }

private:
    bool read_header() {
        if (rows_.empty()) return false;
        for (const std::string& field : rows_[0].fields)
            columns_.push_back(lower_case(trimmed(field)));
        // Debris of a byte order mark that was written twice.
        if (columns_[0].ends_with("class")) columns_[0] = "class";
        return std::ranges::find(columns_, "class") != columns_.end();
    }

    Cells cells_of(const TabRow& row) const {
        Cells cells;
        for (std::size_t i = 0; i < row.fields.size() && i < columns_.size(); ++i)
            cells[columns_[i]] = trimmed(row.fields[i]);
        return cells;
    }

    static const std::string& cell(const Cells& cells, std::string_view column) {
        static const std::string kNone;
        const auto found = cells.find(column);
        return found == cells.end() ? kNone : found->second;
    }

    void find_languages() {
        for (std::size_t i = 1; i < rows_.size(); ++i) {
            const Cells cells = cells_of(rows_[i]);
            if (cell(cells, "class") != "S" || cell(cells, "name") != "language") continue;
            if (!cell(cells, "text").empty()) survey_.language = lower_case(cell(cells, "text"));
        }
        survey_.languages.push_back(survey_.language);
    }

    void take(const TabRow& row) {
        Cells cells = cells_of(row);
        const std::string kind = cell(cells, "class");
        std::string language = lower_case(cell(cells, "language"));
        if (language.empty()) language = survey_.language;
        if (kind == "S") return take_setting(cells);
        if (std::ranges::find(survey_.languages, language) == survey_.languages.end()) {
            if (survey_.languages.size() >= kLanguagesMax)
                return lose(row, "a row in one language more than a questionnaire can have");
            survey_.languages.push_back(language);
        }
        if (kind == "SL") return take_language_setting(cells, language);
        if (kind == "QTA") {
            survey_.quotas.push_back(item_of(row, cells, language));
        } else if (kind == "QTALS") {
            take_message(row, cells, language);
        } else if (language == survey_.language) {
            take_base(row, kind, std::move(cells));
        } else {
            take_translation(row, kind, cells, language);
        }
    }

    LimeItem item_of(const TabRow& row, Cells cells, const std::string& language) const {
        LimeItem item{.line = row.line,
                      .name = cell(cells, "name"),
                      .scale = cell(cells, "type/scale"),
                      .cells = {},
                      .text = {{language, cell(cells, "text")}},
                      .help = {{language, cell(cells, "help")}}};
        item.cells = std::move(cells);
        return item;
    }

    void take_setting(const Cells& cells) {
        const std::string& name = cell(cells, "name");
        if (name == "sid") {
            survey_.id = cell(cells, "text");
        } else if (name != "language" && name != "additional_languages" &&
                   !cell(cells, "text").empty()) {
            pass_over(name);
        }
    }

    void pass_over(const std::string& setting) {
        if (!passed_over_.insert(setting).second) return;
        passed_over_names_ += (passed_over_names_.empty() ? "" : ", ") + setting;
    }

    void note_settings() {
        if (passed_over_.empty()) return;
        made_.notes.push_back({0,
                               "settings of LimeSurvey's own pages and letters are passed over: " +
                                   passed_over_names_,
                               "nothing"});
    }

    void take_language_setting(const Cells& cells, const std::string& language) {
        const std::string& name = cell(cells, "name");
        const std::string& text = cell(cells, "text");
        if (text.empty()) return;
        if (name == "surveyls_title") {
            survey_.title[language] = text;
        } else if (name == "surveyls_welcometext") {
            survey_.welcome[language] = text;
        } else if (name == "surveyls_endtext") {
            survey_.thanks[language] = text;
        } else {
            pass_over(name);  // letters to participants, formats of dates
        }
    }

    void take_message(const TabRow& row, const Cells& cells, const std::string& language) {
        for (LimeItem& quota : survey_.quotas) {
            if (quota.cell("id") != cell(cells, "related_id")) continue;
            quota.text[language] = cell(cells, "relevance");
            return;
        }
        lose(row, "the message of a quota that is not there");
    }

    void lose(const TabRow& row, std::string what) {
        made_.lost.push_back({row.line, std::move(what), "see to it by hand"});
    }

    void take_base(const TabRow& row, const std::string& kind, Cells cells) {
        LimeItem item = item_of(row, std::move(cells), survey_.language);
        if (kind == "G") {
            survey_.groups.push_back({});
            static_cast<LimeItem&>(survey_.groups.back()) = std::move(item);
        } else if (kind == "Q") {
            if (survey_.groups.empty()) return lose(row, "a question before the first group");
            if (item.name.empty()) {
                item.name = "q" + std::to_string(row.line);
                made_.notes.push_back({row.line,
                                       "a question without a code gets the name " + item.name,
                                       "give it one"});
            }
            survey_.groups.back().questions.push_back({});
            static_cast<LimeItem&>(survey_.groups.back().questions.back()) = std::move(item);
        } else if (kind == "AS") {
            made_.notes.push_back({row.line, "an assessment is passed over", "nothing"});
        } else if (auto* list = list_of(kind); list != nullptr) {
            list->push_back(std::move(item));
        } else {
            lose(row, "a row of the class '" + kind.substr(0, 20) + "'");
        }
    }

    /// Where the rows below a question go; null: no such class, or no question yet.
    std::vector<LimeItem>* list_of(std::string_view kind) {
        if (survey_.groups.empty() || survey_.groups.back().questions.empty()) return nullptr;
        LimeQuestion& question = survey_.groups.back().questions.back();
        if (kind == "SQ") return &question.parts;
        if (kind == "A") return &question.answers;
        if (kind == "C") return &question.conditions;
        return kind == "QTAM" ? &question.quota_members : nullptr;
    }

    /// A row that says in another language what a row before said in the base language.
    void take_translation(const TabRow& row, const std::string& kind, const Cells& cells,
                          const std::string& language) {
        const std::string& name = cell(cells, "name");
        if (kind == "C" || kind == "QTAM" || kind == "AS") return;  // they have no words
        LimeItem* base = nullptr;
        if (kind == "G") {
            base = find_group(cells, language);
        } else if (kind == "Q") {
            translated_ = find_question(name);
            if (translated_) base = &question_at(*translated_);
        } else if (translated_) {
            LimeQuestion& question = question_at(*translated_);
            auto& list = kind == "SQ" ? question.parts : question.answers;
            const auto same = [&](const LimeItem& item) {
                return item.name == name && item.scale == cell(cells, "type/scale");
            };
            const auto found = std::ranges::find_if(list, same);
            if (found != list.end()) base = &*found;
        }
        if (base == nullptr)
            return lose(row, "a translation of what is not there in the base language");
        base->text[language] = cell(cells, "text");
        base->help[language] = cell(cells, "help");
    }

    /// By its id, else by its number, else by its place among the groups of the language.
    LimeItem* find_group(const Cells& cells, const std::string& language) {
        const std::size_t place = groups_seen_[language]++;
        for (const std::string_view column : {"id", "type/scale"}) {
            const std::string& wanted = cell(cells, column);
            for (LimeGroup& group : survey_.groups) {
                if (!wanted.empty() && group.cell(column) == wanted) return &group;
            }
        }
        return place < survey_.groups.size() ? &survey_.groups[place] : nullptr;
    }

    /// Where a question stands. Not a pointer: rows of the base language may follow, and move it.
    struct Place {
        std::size_t group = 0;
        std::size_t question = 0;
    };

    std::optional<Place> find_question(std::string_view name) const {
        for (std::size_t group = 0; group < survey_.groups.size(); ++group) {
            const auto& questions = survey_.groups[group].questions;
            const auto found = std::ranges::find(questions, name, &LimeItem::name);
            if (found != questions.end())
                return Place{group, static_cast<std::size_t>(found - questions.begin())};
        }
        return std::nullopt;
    }

    LimeQuestion& question_at(const Place& place) {
        return survey_.groups[place.group].questions[place.question];
    }

    std::vector<TabRow> rows_;
    Imported& made_;
    std::vector<std::string> columns_;
    LimeSurvey survey_;
    std::set<std::string> passed_over_;
    std::string passed_over_names_;    // in the order of the file
    std::optional<Place> translated_;  // whose translation is being read
    std::map<std::string, std::size_t> groups_seen_;
};

}  // namespace

const std::string& LimeItem::cell(std::string_view column) const {
    static const std::string kNone;
    const auto found = cells.find(column);
    return found == cells.end() ? kNone : found->second;
}

Result<LimeSurvey> read_lime_survey(std::string_view bytes, Imported& made) {
    auto rows = read_tab_separated(bytes);
    if (!rows) return tl::unexpected{rows.error()};
    return SurveyReader{*std::move(rows), made}.read();
}

}  // namespace bellwether::campaigns::import
