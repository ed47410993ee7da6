#include "campaigns/form/entry.h"

#include "tests/campaigns/form/support.h"

namespace bellwether::campaigns::form {
namespace {

struct Row1 {
    Form form;
    Answers answers;

    explicit Row1(const std::string& cells)
        : form{form_of(
              {.survey =
                   "type,name,label,parameters,constraint,tel::keys,tel::digits,tel::terminator,"
                   "tel::date_format,tel::decimals\n" +
                   cells + "\n",
               .choices = "list_name,name,tel::exclusive\nl,a,\nl,b,\nl,c,yes\n",
               .settings = {}})} {}

    std::string text(const Entry& entry) const {
        if (entry.kind == Entry::Kind::Given) return entry.value;
        if (entry.kind == Entry::Kind::Empty) return "empty";
        return entry.kind == Entry::Kind::Refused ? "refused" : "no match";
    }
    std::string keys(std::string_view keys) const {
        return text(read_keys(form, Picture{form, answers}, {0, {}}, keys));
    }
    std::string typed(std::string_view typed) const {
        return text(read_typed(form, Picture{form, answers}, {0, {}}, typed));
    }
    bool closed(std::string_view keys) const {
        return closes(form, Picture{form, answers}, {0, {}}, keys);
    }
};

TEST(Entry, ReadsChoices) {
    const Row1 one{"select_one l,q,Q,,,,,,,"};
    EXPECT_EQ(one.keys("2"), "b");
    EXPECT_EQ(one.keys("2#"), "b");
    EXPECT_EQ(one.keys("4"), "no match");
    EXPECT_EQ(one.keys("12"), "no match");
    EXPECT_EQ(one.keys("#"), "empty");
    EXPECT_TRUE(one.closed("1"));
    const Row1 many{"select_multiple l,q,Q,,,,,,,"};
    EXPECT_EQ(many.keys("211"), "a b");
    EXPECT_EQ(many.keys("13"), "no match");  // c excludes the others
    EXPECT_EQ(many.keys("3#"), "c");
    EXPECT_FALSE(many.closed("12"));
    EXPECT_TRUE(many.closed("12#"));
    EXPECT_EQ(many.typed("b a"), "a b");
    EXPECT_EQ(many.typed("12"), "a b");
    EXPECT_EQ(many.typed("a zzz"), "no match");
    const Row1 hash{"select_one l,q,Q,,,a=# b=* c=12,,,,"};
    EXPECT_EQ(hash.keys("#"), "a");
    EXPECT_EQ(hash.keys("*"), "b");
    EXPECT_FALSE(hash.closed("1"));
    EXPECT_EQ(hash.keys("12"), "c");
}

TEST(Entry, ReadsNumbers) {
    const Row1 integer{"integer,q,Q,,. < 500,,,,,"};
    EXPECT_EQ(integer.keys("007#"), "7");
    EXPECT_EQ(integer.keys("0"), "0");
    EXPECT_EQ(integer.keys("500"), "refused");
    EXPECT_EQ(integer.keys("1*5"), "no match");
    EXPECT_EQ(integer.typed("-3"), "-3");
    EXPECT_EQ(integer.typed("1.5"), "no match");
    EXPECT_EQ(integer.keys(std::string(65, '1')), "no match");
    const Row1 decimal{"decimal,q,Q,,,,,,,2"};
    EXPECT_EQ(decimal.keys("12*50"), "12.5");
    EXPECT_EQ(decimal.keys("*5"), "no match");
    EXPECT_EQ(decimal.keys("1*234"), "no match");
    EXPECT_EQ(decimal.typed("-0.50"), "-0.5");
    // The shortest decimal that reads back to the same double (research/surveys.md 1.3).
    const Row1 plain{"decimal,q,Q,,,,,,,"};
    EXPECT_EQ(plain.keys("99999999999999999999999*5"), "100000000000000000000000");
    EXPECT_EQ(plain.keys("0*10000000000000000055511151231257827"), "0.1");
    EXPECT_EQ(plain.typed("-0.0"), "0");
    EXPECT_EQ(plain.typed(std::string(400, '9')), "no match") << "no double is so large";
    const Row1 digits{"integer,q,Q,,,,2-3,none,,"};
    EXPECT_EQ(digits.keys("1"), "no match");
    EXPECT_TRUE(digits.closed("123"));
    EXPECT_FALSE(digits.closed("1#"));  // no terminator: a key like any other
}

TEST(Entry, ReadsRanges) {
    const Row1 five{"range,q,Q,start=1 end=5,,,,,,"};
    EXPECT_EQ(five.keys("5"), "5");
    EXPECT_EQ(five.keys("6"), "no match");
    EXPECT_TRUE(five.closed("3"));
    const Row1 tenths{"range,q,Q,\"start=0, end=1, step=0.1\",,,,,,"};
    EXPECT_EQ(tenths.keys("0*3"), "0.3");
    EXPECT_EQ(tenths.keys("0*35"), "no match");
    const Row1 ten{"range,q,Q,,,,,,,"};
    EXPECT_FALSE(ten.closed("1"));
}

TEST(Entry, ReadsDatesAndTimes) {
    const Row1 date{"date,q,Q,,,,,,,"};
    EXPECT_EQ(date.keys("29022024"), "2024-02-29");
    EXPECT_EQ(date.keys("29022023"), "no match");
    EXPECT_TRUE(date.closed("29022024"));
    EXPECT_EQ(date.typed("2024-02-29"), "2024-02-29");
    const Row1 hungarian{"date,q,Q,,,,,,yyyymmdd,"};
    EXPECT_EQ(hungarian.keys("20240229"), "2024-02-29");
    const Row1 time{"time,q,Q,,,,,,,"};
    EXPECT_EQ(time.keys("2359"), "23:59");
    EXPECT_EQ(time.keys("2400"), "no match");
}

TEST(Entry, ReadsText) {
    const Row1 text{"text,q,Q,,\"regex(., '[a-z]+')\",,,,,"};
    EXPECT_EQ(text.typed("  hello "), "hello");
    EXPECT_EQ(text.typed("Hello"), "refused");
    EXPECT_EQ(text.typed(""), "empty");
    const Row1 any{"text,q,Q,,,,,,,"};
    EXPECT_EQ(any.typed(std::string_view{"a\0b", 3}), "no match");
    EXPECT_EQ(text.typed("\xFF"), "no match");
    EXPECT_EQ(text.keys("12"), "no match");
}

}  // namespace
}  // namespace bellwether::campaigns::form
