#include "campaigns/form/keys.h"

#include <algorithm>
#include <map>

#include "campaigns/form/sheets.h"

namespace bellwether::campaigns::form {
namespace {

constexpr std::size_t kOneDigitMax = 9;
constexpr std::size_t kTwoDigitsMax = 99;

std::string key_by_place(std::size_t place, std::size_t count) {
    if (count <= kOneDigitMax) return std::to_string(place);
    if (place > kTwoDigitsMax) return "";
    return (place < 10 ? "0" : "") + std::to_string(place);
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

class KeyCheck {
public:
    KeyCheck(const Tables& tables, const Form& form) : tables_{tables}, form_{form} {}

    void check() {
        for (const ChoiceList& list : form_.lists) check_list(list);
        for (const Row& row : form_.rows) {
            if (row.list < form_.lists.size()) check_select(row);
            if (is_question(row)) check_opt_out(row);
        }
    }

private:
    void report(const Row& row, std::string_view column, std::string what, std::string mend) {
        tables_.survey.problem(place_of(row), column, std::move(what), std::move(mend));
    }

    void check_list(const ChoiceList& list) {
        const auto has_key = [](const Choice& choice) { return !choice.key.empty(); };
        if (std::ranges::none_of(list.choices, has_key)) return;
        for (const Choice& choice : list.choices) {
            if (has_key(choice)) continue;
            tables_.choices.problem({.number = choice.sheet_row, .cells = {}}, "tel::key",
                                    "other choices of the list have a key, and this one has none",
                                    "give every choice of the list a key, or none");
        }
    }

    void check_select(const Row& row) {
        const ChoiceList& list = form_.lists[row.list];
        for (const auto& [name, key] : row.line.keys) {
            if (find_choice(form_, row, name) != nullptr) continue;
            report(row, "tel::keys", "the list has no choice '" + name.substr(0, 64) + "'",
                   "correct the name");
        }
        if (!row.line.ivr || row.read_only) return;
        if (has_automatic_keys(form_, row)) {
            if (list.choices.size() <= kTwoDigitsMax || !row.choice_filter.empty()) return;
            return report(row, "type",
                          "the list '" + list.name + "' has " +
                              std::to_string(list.choices.size()) +
                              " choices, and only 99 get a key by their place",
                          "give keys in tel::key, filter the choices, or set tel::ivr to no");
        }
        check_twice(row, list);
    }

    void check_twice(const Row& row, const ChoiceList& list) {
        std::vector<std::uint32_t> all(list.choices.size());
        for (std::uint32_t i = 0; i < all.size(); ++i) all[i] = i;
        std::map<std::string, std::uint32_t> owner;
        const auto keys = keys_of(form_, row, all);
        for (const std::uint32_t i : all) {
            if (keys[i].empty()) continue;
            const auto [first, is_new] = owner.try_emplace(keys[i], i);
            if (is_new) continue;
            report(row, "tel::keys",
                   "key " + keys[i] + " stands for '" + list.choices[first->second].name +
                       "' and for '" + list.choices[i].name + "'",
                   "give each choice its own key");
        }
    }

    /// An opt-out of one key must stay reachable at every question.
    void check_opt_out(const Row& row) {
        const auto keys = keys_of(form_, Command::OptOut);
        if (!keys || form_.confirm_opt_out || !row.line.ivr) return;
        const char key = keys->front();
        if (is_select(row.type)) {
            if (owns_key(form_, row, key)) {
                report(row, "type", std::string{"a choice uses the opt-out key "} + key,
                       "give the choice or the opt-out another key");
            }
            return;
        }
        if (key == row.line.terminator) {
            report(row, "tel::terminator", "the key that ends the entry is the opt-out key",
                   "give one of them another key");
        } else if (is_digit(key) && row.type != RowType::Text && row.type != RowType::Audio) {
            report(row, "type", "a number is typed here, and the opt-out key is a digit",
                   "make * or # the opt-out key");
        }
    }

    const Tables& tables_;
    const Form& form_;
};

}  // namespace

bool has_automatic_keys(const Form& form, const Row& row) {
    if (!row.line.keys.empty() || row.list >= form.lists.size()) return false;
    const auto& choices = form.lists[row.list].choices;
    return std::ranges::all_of(choices, [](const Choice& choice) { return choice.key.empty(); });
}

std::vector<std::string> keys_of(const Form& form, const Row& row,
                                 std::span<const std::uint32_t> presented) {
    const auto& choices = form.lists[row.list].choices;
    const bool automatic = has_automatic_keys(form, row);
    std::map<std::string_view, std::string_view> named;
    for (const auto& [name, key] : row.line.keys) named[name] = key;
    std::vector<std::string> keys;
    keys.reserve(presented.size());
    for (std::size_t i = 0; i < presented.size(); ++i) {
        const Choice& choice = choices[presented[i]];
        const auto own = named.find(choice.name);
        if (automatic) {
            keys.push_back(key_by_place(i + 1, presented.size()));
        } else {
            keys.emplace_back(own == named.end() ? std::string_view{choice.key} : own->second);
        }
    }
    return keys;
}

std::optional<std::string> keys_of(const Form& form, Command command) {
    const auto at = std::ranges::find(form.commands, command, &CommandKeys::command);
    return at == form.commands.end() ? std::nullopt : std::optional{at->keys};
}

bool owns_key(const Form& form, const Row& row, char key) {
    if (!is_select(row.type) || row.list >= form.lists.size()) return false;
    const auto begins = [key](const std::string& keys) { return keys.starts_with(key); };
    if (!row.line.keys.empty()) {
        for (const auto& [name, keys] : row.line.keys) {
            if (begins(keys)) return true;
        }
        return false;
    }
    if (is_digit(key) && has_automatic_keys(form, row)) {
        const std::size_t count = form.lists[row.list].choices.size();
        const bool two = count > kOneDigitMax;
        const auto digit = static_cast<std::size_t>(key - '0');
        return two ? digit <= count / 10 : digit >= 1 && digit <= count;
    }
    return std::ranges::any_of(form.lists[row.list].choices, begins, &Choice::key);
}

void check_keys(const Tables& tables, const Form& form) { KeyCheck{tables, form}.check(); }

}  // namespace bellwether::campaigns::form
