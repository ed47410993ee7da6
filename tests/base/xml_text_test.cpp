#include "base/xml_text.h"

#include <gtest/gtest.h>

namespace bellwether {
namespace {

TEST(XmlEscaped, LeavesNothingThatXmlWouldRead) {
    EXPECT_EQ(xml_escaped("a < b & \"c\" > d"), "a &lt; b &amp; &quot;c&quot; &gt; d");
    EXPECT_EQ(xml_escaped("line\nbreak\x01"), "line break ");
    EXPECT_EQ(xml_escaped("Überweisung…"), "Überweisung…") << "other text is as it was";
    EXPECT_EQ(xml_escaped(""), "");
}

}  // namespace
}  // namespace bellwether
