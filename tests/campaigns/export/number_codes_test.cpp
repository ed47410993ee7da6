#include "campaigns/export/number_codes.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "campaigns/export/choice_codes.h"

namespace bellwether::campaigns::exports {
namespace {

/// A number that was answered so; the last person refused.
Dataset data_of(const std::vector<std::string>& answers) {
    Dataset data;
    data.variables.push_back(
        {.name = "degrees", .kind = Kind::Number, .categories = nonresponse(1)});
    for (const auto& text : answers) data.rows.push_back({{Cell::State::Value, 0, {}, text}});
    data.rows.push_back({{Cell::State::Missing, kRefused, {}, {}}});
    return data;
}

std::int64_t refused_in(Dataset data) {
    free_codes_of_answers(data, 0);
    EXPECT_EQ(data.variables[0].categories[2].code, data.rows.back()[0].code);
    return data.rows.back()[0].code;
}

TEST(NumberCodes, StayUnlessAnAnswerIsTakenForOne) {
    EXPECT_EQ(refused_in(data_of({"-10", "-6.5", "0", "7"})), -9);
    EXPECT_EQ(refused_in(data_of({})), -9);
}

TEST(NumberCodes, GiveWayToAnswers) {
    EXPECT_EQ(refused_in(data_of({"-8"})), -99);
    EXPECT_EQ(refused_in(data_of({"-7.25"})), -99) << "SPSS is told a range";
    EXPECT_EQ(refused_in(data_of({"-9", "-98"})), -999);
}

TEST(NumberCodes, OfChoicesAreLeftAlone) {
    auto data = data_of({"-8"});
    data.variables[0].kind = Kind::Single;
    EXPECT_EQ(refused_in(data), -9);
}

}  // namespace
}  // namespace bellwether::campaigns::exports
