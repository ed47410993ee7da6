#include "compliance/suppression/text_row.h"

#include <gtest/gtest.h>

#include <ostream>
#include <string>

namespace bellwether::compliance::suppression {
namespace {

using Read = FoundFault (*)(std::string_view text, ListRow& row);

FoundFault read_mapped_row(std::string_view text, ListRow& row) {
    static const auto columns = ChangeColumns::parse("-,action,time,area,number").value();
    return read_change_row(columns, text, row);
}

FoundFault read_whole_number_row(std::string_view text, ListRow& row) {
    static const auto columns = ChangeColumns::parse("number,action").value();
    return read_change_row(columns, text, row);
}

struct Case {
    const char* name;
    Read read;
    const char* text;
    const char* expected;  ///< "+12125550123", "-…", or the fault

    friend void PrintTo(const Case& value, std::ostream* out) { *out << value.text; }
};

std::string read(const Case& value) {
    ListRow row{};
    const auto fault = value.read(value.text, row);
    if (fault) return std::string{name_of(*fault)};
    return (row.is_listed ? "+" : "-") + std::to_string(row.digits);
}

class TextRows : public testing::TestWithParam<Case> {};

TEST_P(TextRows, AreReadAsTheyAreMeant) { EXPECT_EQ(read(GetParam()), GetParam().expected); }

std::string case_name(const testing::TestParamInfo<Case>& value) { return value.param.name; }

INSTANTIATE_TEST_SUITE_P(
    Flat, TextRows,
    testing::Values(Case{"Plain", read_flat_row, "212,5550123", "+12125550123"},
                    Case{"TooShort", read_flat_row, "212,555012", "WIDTH"},
                    Case{"TooLong", read_flat_row, "212,55501234", "WIDTH"},
                    Case{"NoComma", read_flat_row, "21255501234", "DIGITS"},
                    Case{"Letter", read_flat_row, "212,555O123", "DIGITS"},
                    Case{"AreaCodeOfOne", read_flat_row, "112,5550123", "PLAN"}),
    case_name);

INSTANTIATE_TEST_SUITE_P(
    E164, TextRows,
    testing::Values(Case{"Plain", read_e164_row, "+442079460123", "+442079460123"},
                    Case{"NoPlus", read_e164_row, "442079460123", "PLAN"},
                    Case{"Zero", read_e164_row, "+0442079460123", "PLAN"},
                    Case{"TooLong", read_e164_row, "+1234567890123456", "WIDTH"},
                    Case{"Blank", read_e164_row, "+44 2079460123", "DIGITS"},
                    Case{"Quoted", read_e164_row, "\"+61255501234\"", "+61255501234"}),
    case_name);

INSTANTIATE_TEST_SUITE_P(
    Us10, TextRows,
    testing::Values(Case{"Ten", read_us10_row, "2125550123", "+12125550123"},
                    Case{"Eleven", read_us10_row, "12125550123", "+12125550123"},
                    Case{"Plus", read_us10_row, "+12125550123", "+12125550123"},
                    Case{"Nine", read_us10_row, "212555012", "WIDTH"},
                    Case{"Marks", read_us10_row, "212-555-01", "DIGITS"},
                    Case{"OtherCountry", read_us10_row, "44212555012", "WIDTH"}),
    case_name);

INSTANTIATE_TEST_SUITE_P(
    Tps, TextRows,
    testing::Values(Case{"National", read_tps_row, "02079460123", "+442079460123"},
                    Case{"Written", read_tps_row, "(020) 7946 0123", "+442079460123"},
                    Case{"Country", read_tps_row, "442079460123", "+442079460123"},
                    Case{"Plus", read_tps_row, "+442079460123", "+442079460123"},
                    Case{"International", read_tps_row, "00442079460123", "+442079460123"},
                    Case{"ZeroLost", read_tps_row, "2079460123", "+442079460123"},
                    Case{"NineDigits", read_tps_row, "0169772345", "+44169772345"},
                    Case{"Quoted", read_tps_row, "\"02079460123\"", "+442079460123"},
                    Case{"Unused", read_tps_row, "06012345678", "PLAN"},
                    Case{"Short", read_tps_row, "0207946", "WIDTH"},
                    Case{"TooLongForAll", read_tps_row, "0044207946012345678", "DIGITS"},
                    Case{"Letter", read_tps_row, "0207946O123", "DIGITS"}),
    case_name);

INSTANTIATE_TEST_SUITE_P(
    TpsDaily, TextRows,
    testing::Values(Case{"Add", read_tps_daily_row, "A,02079460123", "+442079460123"},
                    Case{"Delete", read_tps_daily_row, "D,02079460123", "-442079460123"},
                    Case{"Behind", read_tps_daily_row, "02079460123,delete", "-442079460123"},
                    Case{"Dated", read_tps_daily_row, "ADD,02079460123,2026-11-20",
                         "+442079460123"},
                    Case{"Nothing", read_tps_daily_row, "02079460123", "ACTION"},
                    Case{"Other", read_tps_daily_row, "X,02079460123", "ACTION"},
                    Case{"NoNumber", read_tps_daily_row, "A,", "WIDTH"}),
    case_name);

INSTANTIATE_TEST_SUITE_P(
    Reassigned, TextRows,
    testing::Values(Case{"Yes", read_reassigned_row, "2125550123,2026-01-05,yes", "+12125550123"},
                    Case{"No", read_reassigned_row, "2125550123,2026-01-05,NO", "-12125550123"},
                    Case{"NoData", read_reassigned_row, "2125550123,2026-01-05,no data",
                         "-12125550123"},
                    Case{"Neither", read_reassigned_row, "2125550123,2026-01-05", "ACTION"},
                    Case{"Short", read_reassigned_row, "212555,2026-01-05,yes", "WIDTH"}),
    case_name);

INSTANTIATE_TEST_SUITE_P(
    Changes, TextRows,
    testing::Values(
        Case{"Mapped", read_mapped_row, "7,A,2026-11-20T00:00:00,212,5550123", "+12125550123"},
        Case{"MappedDelete", read_mapped_row, "7,d,2026-11-20T00:00:00,212,5550123",
             "-12125550123"},
        Case{"TooFew", read_mapped_row, "7", "WIDTH"},
        Case{"NoNumber", read_mapped_row, "7,A,2026-11-20T00:00:00,212", "WIDTH"},
        Case{"Unknown", read_mapped_row, "7,U,2026-11-20T00:00:00,212,5550123", "ACTION"},
        Case{"Whole", read_whole_number_row, "2125550123,D", "-12125550123"}),
    case_name);

}  // namespace
}  // namespace bellwether::compliance::suppression
