#include "campaigns/choice_lists.h"

#include <array>

#include "campaigns/cell_text.h"

namespace bellwether::campaigns {
namespace {

constexpr std::size_t kNameMax = 64;      // bytes; longer codes break statistics programs
constexpr std::size_t kPositionKeys = 9;  // keys 1 to 9
constexpr std::size_t kChoicesMax = 12;   // keys of a keypad
constexpr char kNoKey = '\0';

enum Column : std::size_t { kListName, kName, kLabel, kKeys };
constexpr std::array<SheetColumn, 4> kColumns{{{"list_name", "list name", true},
                                               {"name", "value", true},
                                               {"label", "caption"},
                                               {"tel::keys", "tel::key"}}};

}  // namespace

ChoiceLists::ChoiceLists(std::string_view text, std::optional<char> opt_out_key,
                         std::vector<SheetProblem>& problems)
    : opt_out_key_{opt_out_key}, sheet_{read_sheet("choices.csv", text, kColumns, problems)} {
    for (const Sheet::Row& row : sheet_.rows) read(row, problems);
}

const std::vector<Choice>* ChoiceLists::find(std::string_view list_name) const {
    const auto list = lists_.find(list_name);
    return list == lists_.end() ? nullptr : &list->second.choices;
}

void ChoiceLists::read(const Sheet::Row& row, std::vector<SheetProblem>& problems) {
    const std::string& list_name = row.cells[kListName];
    const std::string& name = row.cells[kName];
    if (list_name.empty()) {
        problems.push_back(
            sheet_.problem(row, kListName, "the choice belongs to no list", "name its list"));
        return;
    }
    List& list = lists_[list_name];
    if (list.choices.size() == kChoicesMax) {
        problems.push_back(sheet_.problem(row, kListName,
                                          "the list has more choices than a keypad has keys",
                                          "ask in two questions"));
        return;
    }
    if (name.size() > kNameMax || words_of(name).size() != 1) {
        problems.push_back(sheet_.problem(row, kName,
                                          "the name is empty, too long or has white space in it",
                                          "give a short code: it is what the data will hold"));
    }
    const auto key = key_of(row, list.choices.size() + 1, problems);
    const Choice choice{.key = key.value_or(kNoKey), .value = name, .label = row.cells[kLabel]};
    check(row, choice, list, problems);
    list.choices.push_back(choice);
    list.rows.push_back(row.number);
}

std::optional<char> ChoiceLists::key_of(const Sheet::Row& row, std::size_t position,
                                        std::vector<SheetProblem>& problems) const {
    const std::string& key = row.cells[kKeys];
    if (is_keypad_key(key)) return key.front();
    if (!key.empty()) {
        problems.push_back(
            sheet_.problem(row, kKeys, "'" + key + "' is not a key", "give one of 0 to 9, * or #"));
        return std::nullopt;
    }
    const std::string& name = row.cells[kName];
    if (is_keypad_key(name)) return name.front();
    if (position <= kPositionKeys) return static_cast<char>('0' + position);
    problems.push_back(sheet_.problem(row, kKeys,
                                      "only the first nine choices of a list get a key by place",
                                      "give the keys of this list in tel::keys"));
    return std::nullopt;
}

void ChoiceLists::check(const Sheet::Row& row, const Choice& choice, const List& list,
                        std::vector<SheetProblem>& problems) const {
    const std::string key_text = std::string{"key "} + choice.key;
    for (std::size_t i = 0; i < list.choices.size(); ++i) {
        const std::string there = " in row " + std::to_string(list.rows[i]);
        if (list.choices[i].value == choice.value && !choice.value.empty()) {
            problems.push_back(sheet_.problem(row, kName, "the list has this name already" + there,
                                              "give each choice its own name"));
        }
        if (list.choices[i].key == choice.key && choice.key != kNoKey) {
            problems.push_back(sheet_.problem(row, kKeys,
                                              key_text + " is taken by the choice" + there,
                                              "give each choice its own key in tel::keys"));
        }
    }
    if (opt_out_key_ == choice.key) {
        problems.push_back(sheet_.problem(row, kKeys, key_text + " is the opt-out key",
                                          "give the choice or the opt-out another key"));
    }
}

}  // namespace bellwether::campaigns
