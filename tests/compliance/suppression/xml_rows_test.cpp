#include "compliance/suppression/xml_rows.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/compliance/suppression/set_support.h"

namespace bellwether::compliance::suppression {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

struct Read {
    Found found;
    std::string fault;
};

Read read(std::string_view text, std::size_t piece = 1 << 20) {
    Read result;
    const auto parser = make_xml_parser(result.found);
    for (; !text.empty(); text.remove_prefix(std::min(piece, text.size()))) {
        if (auto pushed = parser->push(text.substr(0, piece)); !pushed) {
            result.fault = pushed.error().detail;
            return result;
        }
    }
    if (auto ended = parser->finish(); !ended) result.fault = ended.error().detail;
    return result;
}

constexpr std::string_view kFile =
    "<?xml version='1.0'?>\n"
    "<!-- made > by hand -->\n"
    "<list type='full' level='ac' val='416'/><ac val='416'>\n"
    "<ph val='1234567'/><ph val=\"7654321\"/>\n"
    "<ph val='123'/>\n"
    "</ac><ac\n val = '905'><ph val='5550123'/></ac>\n"
    "<ph val='5550123'/>\n"
    "<ph val='6475550123'/>\n";

// The grammar of research/compliance.md §2.1.
TEST(XmlRows, ReadAreaCodesAndNumbers) {
    const Read one = read(kFile);
    EXPECT_EQ(one.fault, "");
    EXPECT_THAT(one.found.words,
                ElementsAre("+14161234567", "+14167654321", "+19055550123", "+16475550123"));
    // Without an area code the third of them is no number.
    EXPECT_THAT(one.found.faults, ElementsAre("line 5: WIDTH", "line 8: WIDTH"));
}

TEST(XmlRows, AreTheSameHoweverTheFileIsCut) {
    const Read whole = read(kFile);
    for (std::size_t piece = 1; piece < kFile.size(); ++piece) {
        const Read cut = read(kFile, piece);
        EXPECT_EQ(cut.found.words, whole.found.words) << piece;
        EXPECT_EQ(cut.found.faults, whole.found.faults) << piece;
    }
}

TEST(XmlRows, RejectWhatTheGrammarDoesNotKnow) {
    const Read one = read("<ac val='416'>\n<tel val='5550123'/>\n416,5550123\n<note/></ac>");
    EXPECT_THAT(one.found.words, IsEmpty());
    EXPECT_THAT(one.found.faults, ElementsAre("line 2: TAG", "line 3: TAG"));
}

TEST(XmlRows, RefuseAListThatIsNotFull) {
    EXPECT_THAT(read("<list type='change' level='ac' val='416'/>").fault, HasSubstr("not full"));
}

TEST(XmlRows, RefuseAFileThatEndsInsideATag) {
    EXPECT_THAT(read("<ac val='416'><ph val='5550").fault, HasSubstr("inside a tag"));
}

TEST(XmlRows, RefuseATagWithoutEnd) {
    EXPECT_THAT(read("<ph " + std::string(5000, 'x')).fault, HasSubstr("more than 4096"));
}

TEST(XmlRows, PassOverBlanksHoweverMany) {
    const Read one =
        read("<ac val='416'>" + std::string(100'000, '\n') + "<ph val='1'/></ac>", 999);
    EXPECT_EQ(one.fault, "");
    EXPECT_THAT(one.found.faults, ElementsAre("line 100001: WIDTH"));
}

}  // namespace
}  // namespace bellwether::compliance::suppression
