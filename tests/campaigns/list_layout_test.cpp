#include "campaigns/list_layout.h"

#include <gtest/gtest.h>

namespace bellwether::campaigns {
namespace {

using Row = std::vector<std::string_view>;

TEST(ListLayout, ReadsAHeading) {
    const auto read = read_first_row(Row{"phone", "alt_phone", "City"}, {});
    ASSERT_TRUE(read.has_value());
    EXPECT_FALSE(read->first_is_contact);
    EXPECT_EQ(read->columns.phone, 0U);
    ASSERT_EQ(read->columns.other_phones.size(), 1U);
    EXPECT_EQ(read->columns.other_phones[0].column, 1U);
    EXPECT_EQ(read->names[2], "City");
}

TEST(ListLayout, ReadsAFileWithoutHeadingByNumber) {
    const auto read =
        read_first_row(Row{"2025550101", "Ann", "Bonn"},
                       {.has_heading = false, .columns = {{"phone", "1"}, {"first_name", "2"}}});
    ASSERT_TRUE(read.has_value()) << read.error().detail;
    EXPECT_TRUE(read->first_is_contact);
    EXPECT_EQ(read->columns.phone, 0U);
    EXPECT_EQ(read->columns.first_name, 1U);
    ASSERT_EQ(read->columns.extra.size(), 1U);
    EXPECT_EQ(read->columns.extra[0].name, "column_3");
}

TEST(ListLayout, SaysWhatAFileWithoutHeadingNeeds) {
    const auto problem = [](std::vector<ColumnChoice> columns) {
        const auto read = read_first_row(Row{"2025550101", "Ann"},
                                         {.has_heading = false, .columns = std::move(columns)});
        return read ? std::string{"accepted"} : read.error().detail;
    };
    EXPECT_NE(problem({}).find("phone=1"), std::string::npos);
    EXPECT_NE(problem({{"phone", "Mobile"}}).find("from 1 to 2"), std::string::npos);
    EXPECT_NE(problem({{"phone", "3"}}).find("column_3"), std::string::npos);
}

// The order of VICIDIAL_IN_new_leads_file.pl, --help: the n-th cell says its own place.
Row vicidial_row(std::size_t count) {
    static const std::vector<std::string> places = [] {
        std::vector<std::string> all;
        for (int i = 1; i <= 30; ++i) all.push_back(std::to_string(i));
        return all;
    }();
    return Row(places.begin(), places.begin() + static_cast<std::ptrdiff_t>(count));
}

TEST(ListLayout, ReadsVicidialsOrder) {
    const auto read = read_first_row(vicidial_row(28), {.is_vicidial = true});
    ASSERT_TRUE(read.has_value()) << read.error().detail;
    EXPECT_TRUE(read->first_is_contact);
    const auto& columns = read->columns;
    EXPECT_EQ(columns.external_id, 0U);
    EXPECT_EQ(columns.phone_code, 3U);
    EXPECT_EQ(columns.phone, 4U);
    EXPECT_EQ(columns.first_name, 6U);
    EXPECT_EQ(columns.last_name, 8U);
    ASSERT_EQ(columns.other_phones.size(), 1U);
    EXPECT_EQ(columns.other_phones[0].column, 19U);
    EXPECT_EQ(columns.priority, 26U) << "rank";
    EXPECT_FALSE(columns.more_phones);
    EXPECT_EQ(read->names[12], "city");
    EXPECT_EQ(read->names[15], "postal_code");
    EXPECT_EQ(read->names[22], "comments");
}

TEST(ListLayout, KnowsVicidialsShorterAndLongerForms) {
    const auto shortest = read_first_row(vicidial_row(5), {.is_vicidial = true});
    ASSERT_TRUE(shortest.has_value());
    EXPECT_EQ(shortest->columns.phone, 4U);
    const auto packed = read_first_row(vicidial_row(27), {.is_vicidial = true});
    ASSERT_TRUE(packed.has_value());
    EXPECT_EQ(packed->columns.more_phones, 26U);
    EXPECT_FALSE(packed->columns.priority);
    const auto all = read_first_row(vicidial_row(29), {.is_vicidial = true});
    ASSERT_TRUE(all.has_value());
    EXPECT_EQ(all->columns.priority, 26U);
    EXPECT_EQ(all->columns.more_phones, 28U);
    EXPECT_FALSE(read_first_row(vicidial_row(4), {.is_vicidial = true}));
    EXPECT_FALSE(read_first_row(vicidial_row(30), {.is_vicidial = true}));
}

TEST(ListLayout, TakesAHeadingInAVicidialFileForWhatItIs) {
    const auto read =
        read_first_row(Row{"vendor_lead_code", "phone_number", "rank"}, {.is_vicidial = true});
    ASSERT_TRUE(read.has_value());
    EXPECT_FALSE(read->first_is_contact);
    EXPECT_EQ(read->columns.phone, 1U);
    EXPECT_EQ(read->columns.priority, 2U);
}

}  // namespace
}  // namespace bellwether::campaigns
