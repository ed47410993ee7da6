#include "compliance/suppression/list_rows.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/compliance/suppression/set_support.h"

namespace bellwether::compliance::suppression {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

/// Reads the text in pieces of so many bytes.
Result<Found> read(ListFormat format, std::string_view text, std::size_t piece = 1 << 20) {
    Found found;
    const auto parser = make_row_parser(format, {}, found);
    for (; !text.empty(); text.remove_prefix(std::min(piece, text.size()))) {
        if (auto pushed = parser->push(text.substr(0, piece)); !pushed) {
            return tl::unexpected<Error>{pushed.error()};
        }
    }
    if (auto ended = parser->finish(); !ended) return tl::unexpected<Error>{ended.error()};
    return found;
}

std::string fault_of(ListFormat format, std::string_view text) {
    const auto found = read(format, text);
    return found ? "" : found.error().detail;
}

TEST(ListRows, NamesTheLineOfWhatIsWrong) {
    const auto found = read(ListFormat::Ftc, "212,5550123\n\n212,555\r\n 213,5550124 \r\nx,y\n");
    EXPECT_THAT(found->words, ElementsAre("+12125550123", "+12135550124"));
    EXPECT_THAT(found->faults, ElementsAre("line 3: WIDTH", "line 5: WIDTH"));
}

TEST(ListRows, AreTheSameHoweverTheFileIsCut) {
    const std::string_view text =
        "212,5550123\r\n212,5550124\n\n21,5550124\n213,5550125\n214,5550126";
    const auto whole = read(ListFormat::Ftc, text);
    for (std::size_t piece = 1; piece <= text.size(); ++piece) {
        const auto cut = read(ListFormat::Ftc, text, piece);
        EXPECT_EQ(cut->words, whole->words) << piece;
        EXPECT_EQ(cut->faults, whole->faults) << piece;
    }
    EXPECT_EQ(whole->words.size(), 4U);
}

TEST(ListRows, PassOverAHeadingAndAMark) {
    const auto found = read(ListFormat::Tps, "\xEF\xBB\xBFTelephone number\n02079460123\n");
    EXPECT_THAT(found->words, ElementsAre("+442079460123"));
    EXPECT_THAT(found->faults, IsEmpty());
}

TEST(ListRows, ComeInTheOrderOfTheFile) {
    const auto found = read(ListFormat::TpsDaily, "A,02079460123\nD,02079460123\nA,02079460124\n");
    EXPECT_THAT(found->words, ElementsAre("+442079460123", "-442079460123", "+442079460124"));
}

TEST(ListRows, ReadMoreThanOneBatch) {
    std::string text;
    for (int i = 0; i < 5000; ++i) text += "212,555" + std::to_string(1000 + i) + "\n";
    EXPECT_EQ(read(ListFormat::Ftc, text)->words.size(), 5000U);
}

TEST(ListRows, RefuseWhatIsNoText) {
    EXPECT_THAT(fault_of(ListFormat::Ftc, "PK\x03\x04 and so on"), HasSubstr("unpack"));
    EXPECT_THAT(fault_of(ListFormat::Tps, "\x1F\x8B\x08"), HasSubstr("gzip"));
    EXPECT_THAT(fault_of(ListFormat::Tps, "\xFF\xFE\x30"), HasSubstr("UTF-16"));
    EXPECT_THAT(fault_of(ListFormat::Ftc, std::string(5000, '1')), HasSubstr("line 1 has more"));
    EXPECT_THAT(fault_of(ListFormat::Ftc, "<list type='full'/>"), HasSubstr("ftc-xml"));
    EXPECT_THAT(fault_of(ListFormat::FtcXml, "212,5550123\n"), HasSubstr("as ftc"));
}

TEST(ListRows, ReadCanadaInEitherForm) {
    EXPECT_THAT(read(ListFormat::Ca, "416,5550123\n")->words, ElementsAre("+14165550123"));
    EXPECT_THAT(read(ListFormat::Ca, "<ac val='416'><ph val='5550123'/></ac>")->words,
                ElementsAre("+14165550123"));
}

TEST(ListRows, ReadAnEmptyFile) {
    for (const auto format : {ListFormat::Ftc, ListFormat::FtcXml, ListFormat::E164}) {
        EXPECT_THAT(read(format, "")->words, IsEmpty());
    }
}

TEST(ChangeColumns, AreReadFromWords) {
    using Column = ChangeColumns::Column;
    EXPECT_THAT(ChangeColumns::parse("area, number,action,-")->columns,
                ElementsAre(Column::Area, Column::Number, Column::Action, Column::Other));
    EXPECT_THAT(ChangeColumns::parse("area,numbr,action").error().detail, HasSubstr("numbr"));
    EXPECT_FALSE(ChangeColumns::parse("area,number"));
    EXPECT_FALSE(ChangeColumns::parse("number,number,action"));
    EXPECT_FALSE(ChangeColumns::parse(""));
}

TEST(RowFault, IsExplained) {
    for (const auto fault :
         {RowFault::Width, RowFault::Digits, RowFault::Plan, RowFault::Action, RowFault::Tag}) {
        EXPECT_FALSE(explain(fault).empty());
    }
}

}  // namespace
}  // namespace bellwether::compliance::suppression
