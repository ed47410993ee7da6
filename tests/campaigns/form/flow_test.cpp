#include "campaigns/form/flow.h"

#include "tests/campaigns/form/example.h"
#include "tests/campaigns/form/support.h"

namespace bellwether::campaigns::form {
namespace {

std::vector<std::string> edges(const Flow& flow) {
    std::vector<std::string> texts;
    const auto name = [&](std::size_t i) {
        return i < flow.nodes.size() ? flow.nodes[i].name : "end";
    };
    for (const auto& edge : flow.edges)
        texts.push_back(name(edge.from) + ">" + name(edge.to) +
                        (edge.condition.empty() ? "" : " " + edge.condition));
    return texts;
}

TEST(Flow, LeadsThroughPastAndBack) {
    const Flow flow = flow_of(form_of(worked_example()));
    EXPECT_THAT(edges(flow),
                testing::ElementsAre("hello>shop", "shop>out", "out>end ${shop} = 'no'",
                                     "out>times otherwise", "times>visit", "visit>spent",
                                     "spent>visit repeat ${times}", "spent>dept", "dept>dear",
                                     "dear>end ${total} != 0"));
}

TEST(Flow, BecomesAPicture) {
    const Flow flow = flow_of(
        form_asking("type,name,label,relevant\ninteger,a,\"A <&> B\",\ninteger,b,B,${a} < 5\n"));
    const std::string svg = svg_of(flow, "A & B");
    EXPECT_TRUE(svg.starts_with("<svg xmlns="));
    EXPECT_TRUE(svg.ends_with("</svg>\n"));
    EXPECT_THAT(svg, testing::HasSubstr("A &lt;&amp;&gt; B"));
    EXPECT_THAT(svg, testing::HasSubstr("if ${a} &lt; 5"));
}

TEST(Flow, WordsThatAreTooLongForTheirBoxAreCutBetweenLetters) {
    std::string wide;
    for (int i = 0; i < 100; ++i) wide += "ё";
    const std::string name(60, 'n');
    const std::string svg =
        svg_of(flow_of(form_asking("type,name,label\ninteger," + name + "," + wide + "\n")), "A");
    EXPECT_THAT(svg, testing::Not(testing::HasSubstr(wide)));
    EXPECT_THAT(svg, testing::Not(testing::HasSubstr(name)));
    EXPECT_THAT(svg, testing::HasSubstr("n…<"));
    EXPECT_THAT(svg, testing::HasSubstr("ё…<"));
}

// The condition of a note that ends the interview stands in its box, like any other.
TEST(Flow, EveryConditionAndEveryRepeatIsWrittenDown) {
    const std::string svg = svg_of(flow_of(form_of(worked_example())), "A");
    for (const char* words : {"if ${shop} = 'no'", "repeat ${times}", "if ${total} != 0"})
        EXPECT_THAT(svg, testing::HasSubstr(words));
}

}  // namespace
}  // namespace bellwether::campaigns::form
