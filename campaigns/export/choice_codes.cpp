#include "campaigns/export/choice_codes.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

namespace bellwether::campaigns::exports {
namespace {

constexpr std::int64_t kCodeMax = 999'999'999;  // nine digits: what every format's columns bear

std::optional<std::int64_t> whole_number(std::string_view text) {
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool is_number = error == std::errc{} && end == text.data() + text.size();
    if (!is_number || number < 0 || number > kCodeMax) return std::nullopt;
    if (text.size() > 1 && text.front() == '0') return std::nullopt;  // 01 is not 1
    return number;
}

bool all_have(const std::vector<const form::Choice*>& choices, std::string form::Choice::*text) {
    return std::ranges::all_of(choices, [&](const form::Choice* choice) {
        return whole_number(choice->*text).has_value();
    });
}

std::int64_t nonresponse_code(const form::Choice& choice) {
    return choice.missing == "refused" ? kRefused : kDontKnow;
}

class Coder {
public:
    explicit Coder(const form::ChoiceList& list) : list_{list} {
        for (const auto& choice : list.choices) {
            if (choice.missing.empty()) answers_.push_back(&choice);
        }
    }

    std::vector<Category> code() {
        const auto given = std::ranges::count_if(
            answers_, [](const form::Choice* choice) { return !choice->code.empty(); });
        const bool by_column = given > 0;
        if (by_column) check_column();
        const bool by_name = !by_column && all_have(answers_, &form::Choice::name);
        std::vector<Category> categories;
        std::int64_t next = 1;
        for (const auto* choice : answers_) {
            const std::string& text = by_column ? choice->code : choice->name;
            const auto code = by_column || by_name ? whole_number(text).value_or(0) : next;
            ++next;
            const bool is_taken = std::ranges::count(categories, code, &Category::code) != 0;
            if (is_taken && faults_.empty()) {
                fault("the code " + std::to_string(code) + " is there twice");
            }
            categories.push_back({code, choice->label, choice->name, false});
        }
        return categories;
    }

    [[nodiscard]] std::vector<std::string>& faults() { return faults_; }

private:
    void check_column() {
        for (const auto* choice : answers_) {
            if (whole_number(choice->code)) continue;
            fault("choice \"" + choice->name +
                  "\" has no code from 0 to 999999999 in tel::code; give one to all, or to none");
        }
    }

    void fault(const std::string& text) {
        faults_.push_back("choices.csv, list " + list_.name + ": " + text);
    }

    const form::ChoiceList& list_;
    std::vector<const form::Choice*> answers_;  // those that are not item nonresponse
    std::vector<std::string> faults_;
};

}  // namespace

std::vector<Category> nonresponse(std::size_t languages) {
    const auto labels = [&](const char* text) { return form::ByLanguage(languages, text); };
    return {{kNoAnswer, labels("No answer"), "", true},
            {kDontKnow, labels("Don't know"), "", true},
            {kRefused, labels("Refused"), "", true}};
}

tl::expected<std::vector<Category>, std::vector<std::string>> categories_of(
    const form::ChoiceList& list, std::size_t languages) {
    Coder coder{list};
    auto categories = coder.code();
    if (!coder.faults().empty()) return tl::unexpected(std::move(coder.faults()));
    auto missing = nonresponse(languages);
    for (const auto& choice : list.choices) {
        if (choice.missing.empty()) continue;
        auto& category = *std::ranges::find(missing, nonresponse_code(choice), &Category::code);
        if (!category.choice_name.empty()) continue;  // the first of several stands for all
        category.choice_name = choice.name;
        category.labels = choice.label;
    }
    for (auto& category : missing) categories.push_back(std::move(category));
    return categories;
}

}  // namespace bellwether::campaigns::exports
