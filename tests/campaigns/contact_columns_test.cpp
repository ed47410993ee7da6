#include "campaigns/contact_columns.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace bellwether::campaigns {
namespace {

using Header = std::vector<std::string_view>;
using Choices = std::vector<ColumnChoice>;

std::string problem(const Header& header, const Choices& choices = {}) {
    const auto columns = read_contact_header(header, choices);
    return columns ? std::string{"accepted"} : columns.error().detail;
}

TEST(ContactHeader, FindsEveryFieldAndKeepsTheRest) {
    const auto columns = read_contact_header(
        Header{"external_id", "City", "phone", "first_name", "last_name", "language", " Party "});
    ASSERT_TRUE(columns.has_value());
    EXPECT_EQ(columns->external_id, 0U);
    EXPECT_EQ(columns->phone, 2U);
    EXPECT_EQ(columns->first_name, 3U);
    EXPECT_EQ(columns->last_name, 4U);
    EXPECT_EQ(columns->language, 5U);
    EXPECT_EQ(columns->count, 7U);
    ASSERT_EQ(columns->extra.size(), 2U);
    EXPECT_EQ(columns->extra[0].name, "City");
    EXPECT_EQ(columns->extra[0].column, 1U);
    EXPECT_EQ(columns->extra[1].name, "Party");
    EXPECT_EQ(columns->extra[1].column, 6U);
}

TEST(ContactHeader, KnowsThePhoneUnderItsNames) {
    for (const char* name : {"phone", "phone_number", "number", "telephone", "msisdn",
                             "Phone Number", "PHONE-NUMBER", " Phone "}) {
        const auto columns = read_contact_header(Header{"x", name});
        ASSERT_TRUE(columns.has_value()) << name;
        EXPECT_EQ(columns->phone, 1U) << name;
    }
}

TEST(ContactHeader, KnowsVicidialsNames) {
    const auto columns =
        read_contact_header(Header{"vendor_lead_code", "phone_number", "first_name", "last_name"});
    ASSERT_TRUE(columns.has_value());
    EXPECT_EQ(columns->external_id, 0U);
}

TEST(ContactHeader, NeedsAPhone) {
    EXPECT_EQ(problem({"name", "city"}), "no column holds the phone number; name it 'phone'");
    EXPECT_EQ(problem({}), "no column holds the phone number; name it 'phone'");
    EXPECT_EQ(problem({"", ""}), "no column holds the phone number; name it 'phone'");
    EXPECT_EQ(problem({"name", "Phnoe"}),
              "no column holds the phone number; name it 'phone' (is column 2, 'phnoe', meant as "
              "'phone'?)");
}

TEST(ContactHeader, RefusesTwoColumnsForOneThing) {
    EXPECT_EQ(problem({"phone", "city", "City"}),
              "columns 2 and 3 are both named 'city'; rename one");
    EXPECT_EQ(problem({"phone", "telephone"}),
              "columns 1 and 2 both stand for phone; rename one, or choose with a mapping");
}

TEST(ContactHeader, RefusesAColumnWithoutAName) {
    EXPECT_EQ(problem({"phone", "", "city"}), "column 2 has no name; name it or remove it");
}

TEST(ContactHeader, ListsEveryProblem) {
    EXPECT_EQ(problem({"", "city", "city"}),
              "column 1 has no name; name it or remove it; columns 2 and 3 are both named 'city'; "
              "rename one; no column holds the phone number; name it 'phone'");
}

TEST(ContactHeader, DoesNotRepeatAContact) {
    const std::string text = problem({"+12025550123", "Jane", "Doe"});
    EXPECT_NE(text.find("the first row looks like a contact"), std::string::npos);
    EXPECT_EQ(text.find("2025550123"), std::string::npos);
    EXPECT_EQ(text.find("Jane"), std::string::npos);
}

TEST(ContactMapping, WinsOverTheNames) {
    const auto columns = read_contact_header(
        Header{"phone", "Mobile", "ref"},
        Choices{{.field = "phone", .header = "mobile"}, {.field = "external_id", .header = "ref"}});
    ASSERT_TRUE(columns.has_value());
    EXPECT_EQ(columns->phone, 1U);
    EXPECT_EQ(columns->external_id, 2U);
    ASSERT_EQ(columns->extra.size(), 1U);
    EXPECT_EQ(columns->extra[0].name, "phone");
}

TEST(ContactMapping, ThatFitsNothingIsNamed) {
    EXPECT_EQ(
        problem({"phone", "mobile"}, {{.field = "phone", .header = "moble"}}),
        "the mapping names a column 'moble' that the file does not have; did you mean 'mobile'?");
    EXPECT_EQ(problem({"phone"}, {{.field = "phne", .header = "phone"}}),
              "the mapping names a field 'phne' that does not exist; did you mean 'phone'?");
}

}  // namespace
}  // namespace bellwether::campaigns
