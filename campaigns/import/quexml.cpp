#include "campaigns/import/quexml.h"

#include <algorithm>
#include <array>
#include <set>

#include "campaigns/cell_text.h"
#include "campaigns/import/quexml_jumps.h"
#include "campaigns/import/xml_tree.h"

namespace bellwether::campaigns::import {
namespace {

// Each sub-question gets the choices and the words of its question: a small file can ask for more
// than any machine holds.
constexpr std::size_t kRowsMax = 100'000;  // of all sheets, and of what is said about them
constexpr std::size_t kTextBytesMax = std::size_t{64} << 20;

bool is_number(std::string_view text) {
    return !text.empty() && text.find_first_not_of("-.0123456789") == std::string_view::npos;
}

bool is_yes(std::string_view text) {
    const std::string word = lower_case(text);
    return word == "true" || word == "1" || word == "yes";
}

class QueXmlImport {
public:
    /// Errors: InvalidInput: it grows beyond bounds.
    Result<Imported> make(const XmlElement& root) {
        language_ = lower_case(root.attribute("lang"));
        if (language_.empty()) language_ = "en";
        std::string title;
        for (const XmlElement& element : root.children) {
            if (element.name == "title") {
                title = words(element);
            } else if (element.name == "section") {
                add_section(element);
            } else if (element.name == "questionnaireInfo") {
                add_info(element, "info");
            } else if (element.name == "subtitle" || element.name == "investigator" ||
                       element.name == "dataCollector" || element.name == "id") {
                note(element, element.name + " is passed over");
            } else {
                lose(element, "the element " + element.name, "see to it by hand");
            }
        }
        if (is_too_much())
            return fail(Errc::InvalidInput,
                        "makes more than 100,000 rows or 64 MB of text: this is no questionnaire");
        jumps_.apply(survey_.rows(), made_.lost);
        made_.survey = survey_.csv();
        made_.choices = choices_.csv();
        SheetRows settings{{"form_title", "form_id", "default_language"}};
        auto& row = settings.add();
        row = {{"form_title", title},
               {"form_id", root.attribute("id")},
               {"default_language", language_}};
        made_.settings = settings.csv();
        std::ranges::stable_sort(made_.lost, {}, &ImportNote::line);
        std::ranges::stable_sort(made_.notes, {}, &ImportNote::line);
        return std::move(made_);
    }

private:
    using Row = SheetRows::Row;

    bool is_too_much() {
        const std::size_t rows =
            survey_.rows().size() + choices_.rows().size() + made_.lost.size() + made_.notes.size();
        return rows > kRowsMax || text_bytes_ > kTextBytesMax;
    }

    void lose(const XmlElement& element, std::string what, std::string mend) {
        made_.lost.push_back({element.line, std::move(what), std::move(mend)});
    }
    void note(const XmlElement& element, std::string what) {
        made_.notes.push_back({element.line, std::move(what), "nothing"});
    }

    std::string words(const XmlElement& element) {
        const PlainText plain = plain_text(element.text);
        if (plain.had_html) note(element, "HTML was taken out of the text");
        return plain.text;
    }

    std::string all_words(const XmlElement& element, std::string_view name) {
        std::string all;
        for (const XmlElement& child : element.children) {
            if (child.name != name) continue;
            const std::string one = words(child);
            if (!one.empty()) all += (all.empty() ? "" : " ") + one;
        }
        return all;
    }

    std::size_t next_row() const { return survey_.rows().size(); }

    /// Names the children that are neither known here nor read elsewhere.
    void check_children(const XmlElement& element, std::initializer_list<std::string_view> known) {
        for (const XmlElement& child : element.children) {
            if (std::ranges::find(known, child.name) == known.end())
                lose(child, "the element " + child.name + " in " + element.name,
                     "see to it by hand");
        }
    }

    Row& begin_group(const std::string& wanted) {
        Row& group = survey_.add();
        group["type"] = "begin_group";
        group["name"] = names_.make(wanted);
        return group;
    }

    // --- words between questions ---

    void add_info(const XmlElement& info, const std::string& name) {
        check_children(info, {"position", "text", "administration"});
        const std::string text = all_words(info, "text");
        if (text.empty()) return;
        const std::string position{trimmed(info.child_text("position"))};
        if (position == "title") return;  // of a section: its group's label; else the form's
        if (position == "appendix") return note(info, "an appendix is passed over");
        Row& row = survey_.add();
        row["type"] = "note";
        row["name"] = names_.make(name);
        if (trimmed(info.child_text("administration")) == "interviewer") {
            row["hint"] = text;
            row["label"] = text;
            row["tel::ivr"] = "no";
            note(info, "words for the interviewer are a note that is not said on the line");
        } else {
            row["label"] = text;
        }
    }

    void add_section(const XmlElement& section) {
        check_children(section, {"sectionInfo", "question", "title"});
        jumps_.mark(section.attribute("id"), next_row());
        if (is_yes(section.attribute("respondentselection")))
            note(section, "the section selects the respondent: see that the right person answers");
        std::string title = section.child_text("title");
        for (const XmlElement& child : section.children) {
            const bool heading =
                child.name == "sectionInfo" && trimmed(child.child_text("position")) == "title";
            if (heading) title = all_words(child, "text");
        }
        Row& group = begin_group("section_" + std::to_string(++sections_));
        const std::string name = group["name"];
        group["label"] = plain_text(title).text;
        const auto add_infos = [&](bool behind) {
            for (const XmlElement& child : section.children) {
                const bool after = trimmed(child.child_text("position")) == "after";
                if (child.name == "sectionInfo" && after == behind) add_info(child, name + "_info");
            }
        };
        add_infos(false);
        for (const XmlElement& child : section.children) {
            if (child.name == "question") add_question(child);
        }
        add_infos(true);
        survey_.add()["type"] = "end_group";
    }

    // --- questions ---

    /// What all rows of a question say.
    struct Question {
        const XmlElement& element;
        std::string text;
        std::string hint;
        std::vector<const XmlElement*> responses;
        std::vector<const XmlElement*> parts;  // subQuestion
    };

    Question read_question(const XmlElement& element) {
        check_children(element, {"text", "qualifier", "specifier", "directive", "subQuestion",
                                 "response", "title"});
        Question question{element, all_words(element, "text"), {}, {}, {}};
        for (const std::string_view more : {"qualifier", "specifier"}) {
            const std::string text = all_words(element, more);
            if (!text.empty()) question.text += " " + text;
        }
        for (const XmlElement& child : element.children) {
            if (child.name == "directive") {
                const std::string text = all_words(child, "text");
                question.hint += (question.hint.empty() ? "" : " ") + text;
                if (trimmed(child.child_text("administration")) != "interviewer")
                    note(child, "a directive for who reads by himself is a hint here");
            }
            if (child.name == "response") question.responses.push_back(&child);
            if (child.name == "subQuestion") question.parts.push_back(&child);
        }
        return question;
    }

    void add_question(const XmlElement& element) {
        const Question question = read_question(element);
        jumps_.mark(element.attribute("id"), next_row());
        if (question.responses.empty()) {
            lose(element, "a question without a response", "give it an answer, or make it a note");
            return;
        }
        const bool shuffled = is_yes(element.attribute("randomise"));
        if (shuffled) {
            begin_group(question.responses.front()->attribute("varName") + "_block")["parameters"] =
                "randomize=true";
        }
        if (!question.parts.empty()) {
            for (const XmlElement* part : question.parts) {
                // Shuffled with what hangs on its answer, not apart from it.
                if (shuffled) begin_group(part->attribute("varName") + "_part");
                add_part(question, *part);
                if (shuffled) survey_.add()["type"] = "end_group";
            }
        } else if (is_tick_list(question)) {
            add_tick_list(question);
        } else {
            for (const XmlElement* response : question.responses)
                add_response(question, *response, response->attribute("varName"), question.text);
        }
        if (shuffled) survey_.add()["type"] = "end_group";
    }

    void add_part(const Question& question, const XmlElement& part) {
        check_children(part, {"text", "contingentQuestion", "skip", "skipTo"});
        const std::string text = question.text + " " + all_words(part, "text");
        for (const XmlElement* response : question.responses) {
            if (is_too_much()) return;
            std::string name = part.attribute("varName");
            if (question.responses.size() > 1) name += "_" + response->attribute("varName");
            const std::size_t row = add_response(question, *response, name, text);
            const XmlElement* more = part.child("contingentQuestion");
            if (more != nullptr && response == question.responses.back())
                add_contingent(*more, "${" + name_at(row) + "} != ''", name);
        }
        const XmlElement* skip = part.child("skipTo");
        if (skip == nullptr) skip = part.child("skip");
        if (skip != nullptr)
            lose(*skip, "a jump from a sub-question, whichever its answer",
                 "write the condition into the column relevant");
    }

    std::string name_at(std::size_t row) { return survey_.rows()[row]["name"]; }

    static bool is_tick(const XmlElement* response) {
        const XmlElement* fixed = response->child("fixed");
        if (fixed == nullptr) return false;
        const auto categories = std::ranges::count(fixed->children, "category", &XmlElement::name);
        const XmlElement* category = fixed->child("category");
        return categories == 1 && trimmed(category->child_text("value")) == "1" &&
               category->child("skipTo") == nullptr &&
               category->child("contingentQuestion") == nullptr;
    }

    /// Several responses of one box each: "tick all that apply".
    static bool is_tick_list(const Question& question) {
        return question.responses.size() > 1 && std::ranges::all_of(question.responses, is_tick);
    }

    void add_tick_list(const Question& question) {
        const std::string first = question.responses.front()->attribute("varName");
        const std::string name = names_.make(first + "_all");
        for (const XmlElement* response : question.responses) {
            jumps_.mark(response->attribute("varName"), next_row());
            Row& choice = choices_.add();
            choice["list_name"] = name;
            choice["name"] = names_.make(response->attribute("varName"));
            choice["label"] = all_words(*response->child("fixed")->child("category"), "label");
        }
        add_row(question, "select_multiple " + name, name, question.text);
        note(question.element, "boxes to be ticked became one question with several answers");
    }

    Row& add_row(const Question& question, const std::string& type, const std::string& name,
                 const std::string& text) {
        Row& row = survey_.add();
        text_bytes_ += text.size() + question.hint.size();
        row["type"] = type;
        row["name"] = name;
        row["label"] = text;
        row["hint"] = question.hint;
        return row;
    }

    /// @return the index of its row
    std::size_t add_response(const Question& question, const XmlElement& response,
                             const std::string& variable, const std::string& text) {
        check_children(response, {"free", "fixed", "vas", "dvas", "label"});
        jumps_.mark(variable, next_row());
        if (variable.empty())
            lose(response, "a response without varName has a name of its own here", "rename it");
        const std::size_t at = next_row();
        const std::string name = names_.make(variable.empty() ? "response" : variable);
        Row& row = add_row(question, "text", name, text);
        const std::string label = all_words(response, "label");
        if (!label.empty()) row["label"] += " " + label;
        if (const XmlElement* fixed = response.child("fixed")) {
            add_fixed(at, *fixed);
        } else if (const XmlElement* free = response.child("free")) {
            put_free(at, *free);
        } else {
            row["type"] = "range";
            row["parameters"] = "start=0 end=100";
            lose(response, "a line to be marked (vas) is asked as a number from 0 to 100",
                 "see that the words ask for it so");
        }
        return at;
    }

    void put_free(std::size_t at, const XmlElement& free) {
        check_children(free, {"format", "length", "label", "min", "max", "skipTo"});
        Row& row = survey_.rows()[at];
        const std::string format = lower_case(trimmed(free.child_text("format")));
        if (format == "integer") {
            row["type"] = "integer";
        } else if (format == "currency") {
            row["type"] = "decimal";
        } else if (format == "date") {
            row["type"] = "date";
        } else if (format != "text" && format != "longtext") {
            lose(free, "the format '" + format.substr(0, 40) + "'; it is asked as text here",
                 "give the row its type");
        }
        const std::string label = all_words(free, "label");
        if (!label.empty()) row["hint"] += (row["hint"].empty() ? "" : " ") + label;
        std::vector<std::string> limits;
        for (const auto& [element, op] : {std::pair{"min", ". >= "}, std::pair{"max", ". <= "}}) {
            const std::string limit{trimmed(free.child_text(element))};
            if (limit.empty()) continue;
            if (is_number(limit)) {
                limits.push_back(op + limit);
            } else {
                lose(free, std::string{element} + " is no number", "write it as a constraint");
            }
        }
        row["constraint"] = all_of(limits);
        const XmlElement* skip = free.child("skipTo");
        if (skip != nullptr)
            jumps_.add(at, "${" + name_at(at) + "} != ''", std::string{trimmed(skip->text)},
                       skip->line);
    }

    void add_fixed(std::size_t at, const XmlElement& fixed) {
        check_children(fixed, {"category"});
        const std::string name = name_at(at);
        const std::string list = lists_.make(name);
        std::set<std::string> values;
        std::vector<std::pair<const XmlElement*, std::string>> contingent;
        for (const XmlElement& category : fixed.children) {
            if (category.name != "category") continue;
            if (is_too_much()) return;
            check_children(category, {"label", "value", "contingentQuestion", "skipTo"});
            const std::string value{trimmed(category.child_text("value"))};
            if (words_of(value).size() != 1 || !values.insert(value).second) {
                lose(category, "a category without a value of its own", "give it one");
                continue;
            }
            Row& choice = choices_.add();
            choice["list_name"] = list;
            choice["name"] = value;
            choice["label"] = all_words(category, "label");
            text_bytes_ += value.size() + choice["label"].size();
            const std::string chosen = "${" + name + "} = " + literal_of(value);
            if (const XmlElement* skip = category.child("skipTo"))
                jumps_.add(at, chosen, std::string{trimmed(skip->text)}, skip->line);
            if (const XmlElement* more = category.child("contingentQuestion"))
                contingent.emplace_back(more, chosen);
        }
        if (values.empty()) lose(fixed, "a response without categories", "add some");
        Row& row = survey_.rows()[at];
        row["type"] = "select_one " + list;
        if (is_yes(fixed.attribute("rotate"))) row["parameters"] = "randomize=true";
        for (const auto& [more, chosen] : contingent) add_contingent(*more, chosen, name);
    }

    void add_contingent(const XmlElement& more, const std::string& condition,
                        const std::string& of) {
        check_children(more, {"text", "length", "format"});
        std::string variable = more.attribute("varName");
        jumps_.mark(variable, next_row());
        if (variable.empty()) variable = of + "_text";
        Row& row = survey_.add();
        row["type"] = trimmed(more.child_text("format")) == "integer" ? "integer" : "text";
        row["name"] = names_.make(variable);
        row["label"] = all_words(more, "text");
        row["relevant"] = condition;
    }

    Imported made_;
    std::string language_;
    SheetRows survey_{
        {"type", "name", "label", "hint", "relevant", "constraint", "parameters", "tel::ivr"}};
    SheetRows choices_{{"list_name", "name", "label"}};
    Names names_;
    Names lists_;
    Jumps jumps_;
    std::size_t text_bytes_ = 0;
    int sections_ = 0;
};

}  // namespace

Result<Imported> import_quexml(std::string_view document) {
    const auto root = read_xml(document);
    if (!root) return tl::unexpected{root.error()};
    if (root->name != "questionnaire") {
        return fail(Errc::InvalidInput, "line " + std::to_string(root->line) +
                                            ": the document's root is not 'questionnaire': this is "
                                            "no queXML");
    }
    return QueXmlImport{}.make(*root);
}

}  // namespace bellwether::campaigns::import
