#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "campaigns/questionnaire_csv.h"
#include "campaigns/sheet.h"

namespace bellwether::campaigns {

/// The lists of choices.csv, by name.
class ChoiceLists {
public:
    /// Reads the sheet; adds what is wrong with it to `problems`.
    /// @param opt_out_key  which no choice may use.
    ChoiceLists(std::string_view text, std::optional<char> opt_out_key,
                std::vector<SheetProblem>& problems);

    /// The choices of a list, in the order of the sheet; null if there is no such list.
    [[nodiscard]] const std::vector<Choice>* find(std::string_view list_name) const;

private:
    struct List {
        std::vector<Choice> choices;      // at most as many as a keypad has keys
        std::vector<std::uint64_t> rows;  // of each
    };

    void read(const Sheet::Row& row, std::vector<SheetProblem>& problems);
    [[nodiscard]] std::optional<char> key_of(const Sheet::Row& row, std::size_t position,
                                             std::vector<SheetProblem>& problems) const;
    void check(const Sheet::Row& row, const Choice& choice, const List& list,
               std::vector<SheetProblem>& problems) const;

    std::optional<char> opt_out_key_;
    Sheet sheet_;
    std::map<std::string, List, std::less<>> lists_;
};

}  // namespace bellwether::campaigns
