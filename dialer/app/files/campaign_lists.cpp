#include "dialer/app/files/campaign_lists.h"

#include <algorithm>

#include "dialer/app/files/campaign_words.h"

namespace bellwether::app {

namespace {

void read_list_name(TomlReader& table, std::string& out) {
    table.parsed("list", [&](const std::string& text) -> Result<void> {
        out = text;
        return check_name(text);
    });
}

}  // namespace

std::vector<ListUse> read_lists(TomlReader& top) {
    std::vector<ListUse> lists;
    if (!top.has("lists")) {
        top.require("list", "the list it dials, as list = \"spring\"");
        ListUse only;
        read_list_name(top, only.list);
        if (!only.list.empty()) lists.push_back(only);
        return lists;
    }
    if (top.has("list")) {
        std::string beside;
        read_list_name(top, beside);
        top.problem("list", "stands beside lists: put it in there");
    }
    top.sections("lists", [&](TomlReader& table) {
        ListUse use;
        table.require("list", "list = \"spring\"");
        read_list_name(table, use.list);
        table.integer("priority", 1, 99, use.priority);
        table.integer("weight", 0, 1000, use.weight);
        if (std::ranges::find(lists, use.list, &ListUse::list) != lists.end())
            table.problem("list", "stands among lists already: keep one of them");
        lists.push_back(use);
    });
    if (lists.empty()) top.problem("lists", "is empty: nothing would ever be dialed");
    std::ranges::stable_sort(lists, {}, &ListUse::priority);
    return lists;
}

void read_number_rule(TomlReader& table, campaigns::NumberRule& rule) {
    table.texts("order", rule.order);
    std::vector<std::string> words;
    if (table.texts("next_after", words)) {
        rule.next_after.clear();
        for (const std::string& word : words) {
            const auto outcome = parse_outcome(word);
            if (outcome) {
                rule.next_after.push_back(*outcome);
            } else {
                table.problem("next_after", outcome.error().detail);
            }
        }
    }
    table.integer("attempts", 0, 50, rule.attempts_max);
    table.integer("per_day", 0, 50, rule.per_day_max);
}

}  // namespace bellwether::app
