#include "campaigns/import/xml_tree.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace bellwether::campaigns::import {
namespace {

using testing::HasSubstr;

std::string fault(std::string_view document) {
    const auto read = read_xml(document);
    return read ? "" : read.error().detail;
}

TEST(XmlTree, KeepsElementsAttributesTextAndLines) {
    const auto root = read_xml(
        "<?xml version=\"1.0\"?>\n<!DOCTYPE q SYSTEM \"http://127.0.0.1:9/q.dtd\">\n"
        "<x:q id=\"1\" xmlns:x=\"u\">\n a<b>1 &amp; 2</b>c<b/>\n</x:q>");
    ASSERT_TRUE(root) << root.error().detail;
    EXPECT_EQ(root->name, "q");
    EXPECT_EQ(root->attribute("id"), "1");
    EXPECT_EQ(root->text, "\n ac\n");
    ASSERT_EQ(root->children.size(), 2U);
    EXPECT_EQ(root->child_text("b"), "1 & 2");
    EXPECT_EQ(root->children[1].line, 4U);
    EXPECT_EQ(root->child("z"), nullptr);
    EXPECT_EQ(root->attribute("z"), "");
}

TEST(XmlTree, RefusesEntities) {
    EXPECT_THAT(fault("<!DOCTYPE q [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><q>&b;</q>"),
                HasSubstr("declares entities"));
    EXPECT_THAT(fault("<!DOCTYPE q [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><q>&a;</q>"),
                HasSubstr("declares entities"));
    EXPECT_THAT(fault("<!DOCTYPE q SYSTEM \"q.dtd\"><q>&a;</q>"), HasSubstr("entity"));
    EXPECT_THAT(fault("<q>&a;</q>"), HasSubstr("line 1, column 4"));
}

TEST(XmlTree, RefusesWhatIsTooDeepOrNotWellFormed) {
    std::string deep;
    for (int i = 0; i < 100'000; ++i) deep += "<a>";
    EXPECT_THAT(fault(deep), HasSubstr("nested deeper"));
    std::string deep_ends;
    for (int i = 0; i < 64; ++i) deep_ends += "<a>";
    EXPECT_THAT(fault(deep_ends + "<a/><a/>"), HasSubstr("nested deeper"));
    std::string many = "<a>";
    for (int i = 0; i < 200'001; ++i) many += "<b/>";
    EXPECT_THAT(fault(many + "</a>"), HasSubstr("200,000"));
    EXPECT_THAT(fault("<a>\n<b></a>"), HasSubstr("line 2"));
    EXPECT_THAT(fault(""), HasSubstr("no well-formed XML"));
}

}  // namespace
}  // namespace bellwether::campaigns::import
