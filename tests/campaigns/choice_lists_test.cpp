#include "campaigns/choice_lists.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace bellwether::campaigns {
namespace {

using Texts = std::vector<std::string>;

std::string keys_of(std::string_view text, std::string_view list) {
    std::vector<SheetProblem> problems;
    const ChoiceLists lists{text, std::nullopt, problems};
    EXPECT_TRUE(problems.empty());
    std::string keys;
    const auto* choices = lists.find(list);
    if (choices == nullptr) return "no such list";
    for (const Choice& choice : *choices) keys.push_back(choice.key);
    return keys;
}

Texts problems_of(std::string_view text, std::optional<char> opt_out_key = std::nullopt) {
    std::vector<SheetProblem> problems;
    const ChoiceLists lists{text, opt_out_key, problems};
    Texts described;
    for (const SheetProblem& problem : problems) described.push_back(describe(problem));
    return described;
}

TEST(ChoiceLists, GiveKeysByColumnNameOrPlace) {
    constexpr std::string_view kText =
        "list_name,name,label,tel::keys\n"
        "yn,yes,Yes,\nyn,no,No,\n"
        "score,0,None,\nscore,5,Some,\nscore,other,Other,*\n"
        "mixed,a,,\nmixed,2,,\nmixed,c,,\n";
    EXPECT_EQ(keys_of(kText, "yn"), "12");
    EXPECT_EQ(keys_of(kText, "score"), "05*");
    EXPECT_EQ(keys_of(kText, "mixed"), "123");
    EXPECT_EQ(keys_of(kText, "none"), "no such list");
}

TEST(ChoiceLists, ReadTheAliasesOfXlsForm) {
    EXPECT_EQ(keys_of("list name,value,tel::key\nyn,yes,7\n", "yn"), "7");
}

TEST(ChoiceLists, RefuseClashes) {
    EXPECT_EQ(
        problems_of("list_name,name,tel::keys\nyn,yes,1\nyn,no,1\nyn,yes,3\n"),
        (Texts{
            "choices.csv, row 3, column tel::keys: key 1 is taken by the choice in row 2; give "
            "each choice its own key in tel::keys",
            "choices.csv, row 4, column name: the list has this name already in row 2; give each "
            "choice its own name"}));
    EXPECT_EQ(problems_of("list_name,name\nyn,yes\nyn,no\n", '2'),
              Texts{"choices.csv, row 3, column tel::keys: key 2 is the opt-out key; give the "
                    "choice or the "
                    "opt-out another key"});
}

TEST(ChoiceLists, RefuseWhatIsNoChoice) {
    EXPECT_EQ(
        problems_of("list_name,name,tel::keys\n,yes,1\nyn,,2\nyn,two words,3\nyn,no,12\n"),
        (Texts{"choices.csv, row 2, column list_name: the choice belongs to no list; name its list",
               "choices.csv, row 3, column name: the name is empty, too long or has white space in "
               "it; give a short code: it is what the data will hold",
               "choices.csv, row 4, column name: the name is empty, too long or has white space in "
               "it; give a short code: it is what the data will hold",
               "choices.csv, row 5, column tel::keys: '12' is not a key; give one of 0 to 9, * or "
               "#"}));
}

TEST(ChoiceLists, HaveNoMoreChoicesThanKeys) {
    std::string text = "list_name,name,tel::keys\n";
    for (int i = 1; i <= 10; ++i) text += "l,c" + std::to_string(i) + ",\n";
    EXPECT_EQ(
        problems_of(text),
        Texts{"choices.csv, row 11, column tel::keys: only the first nine choices of a list get a "
              "key by place; give the keys of this list in tel::keys"});
    std::string many = "list_name,name,tel::keys\n";
    for (const char key : std::string{"0123456789*#"})
        many += std::string{"l,c"} + key + "," + key + "\n";
    many += "l,c13,\n";
    EXPECT_EQ(
        problems_of(many),
        Texts{"choices.csv, row 14, column list_name: the list has more choices than a keypad has "
              "keys; ask in two questions"});
}

}  // namespace
}  // namespace bellwether::campaigns
