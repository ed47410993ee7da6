#include "campaigns/export/triple_s.h"

#include <gtest/gtest.h>

#include "tests/campaigns/export/example.h"

// Structure and every value: scripts/reference/survey_files.py.

namespace bellwether::campaigns::exports {
namespace {

Dataset one_list(const std::vector<std::int64_t>& codes) {
    Variable variable{.name = "q", .kind = Kind::Single, .labels = {"Q"}};
    for (const auto code : codes)
        variable.categories.push_back({code, {"x"}, "c" + std::to_string(code), code < 0});
    Dataset data{.name = "d", .title = "D", .version = {}, .languages = {"en"}};
    data.variables = {variable};
    for (const auto code : codes) {
        const auto state = code < 0 ? Cell::State::Missing : Cell::State::Value;
        data.rows.push_back({Cell{.state = state, .code = code}});
    }
    return data;
}

std::string fields_of(const Dataset& data) { return triple_s_files(data, {}).at(1).text; }

// research/surveys.md 5.4: the next free 8 and 9, 98 and 99, 998 and 999 above the highest code.
TEST(TripleS, NonresponseHasTheNextFreeCodes) {
    EXPECT_EQ(fields_of(one_list({1, 6, -7, -8, -9})), "q\n1\n6\n7\n8\n9\n");
    EXPECT_EQ(fields_of(one_list({1, 7, -7, -8, -9})), "q\n1\n7\n97\n98\n99\n");
    EXPECT_EQ(fields_of(one_list({1, 97, -7, -8, -9})), "q\n1\n97\n997\n998\n999\n");
}

TEST(TripleS, CodesThatItCannotBearAreNumbered) {
    EXPECT_EQ(fields_of(one_list({0, 5})), "q\n1\n2\n");
    EXPECT_EQ(fields_of(one_list({1000, 5})), "q\n1\n2\n");
    EXPECT_EQ(
        triple_s_files(one_list({0, 5}), {}).at(2).text,
        "variable,code,meaning,choice_name,export_code\nq,1,\"x\",\"c0\",0\nq,2,\"x\",\"c5\",5\n");
}

TEST(TripleS, WritesItsHeadAndEscapes) {
    auto data = one_list({1});
    data.title = "Shops & <streets>";
    const auto text = triple_s_files(data, {"22 November 2026", "10:15"}).at(0).text;
    EXPECT_NE(text.find("<date>22 November 2026</date>\n  <time>10:15</time>"), std::string::npos);
    EXPECT_NE(text.find("Shops &amp; &lt;streets&gt;"), std::string::npos);
    EXPECT_EQ(text.find("use=\"weight\""), std::string::npos);
}

}  // namespace
}  // namespace bellwether::campaigns::exports
