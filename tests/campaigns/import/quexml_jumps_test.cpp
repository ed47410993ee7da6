#include "campaigns/import/quexml_jumps.h"

#include "tests/campaigns/import/support.h"

namespace bellwether::campaigns::import {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

TEST(Jumps, BecomeConditionsOfWhatIsJumpedOver) {
    std::vector<SheetRows::Row> rows{{{"type", "text"}},
                                     {{"type", "text"}, {"relevant", "x"}},
                                     {{"type", "end_group"}},
                                     {{"type", "text"}},
                                     {{"type", "text"}}};
    Jumps jumps;
    jumps.mark("a", 0);
    jumps.mark("e", 4);
    jumps.add(0, "${a} = '1'", "e", 10);
    jumps.add(3, "${d} = '1'", "a", 20);
    jumps.add(3, "${d} = '1'", "nowhere", 30);
    std::vector<ImportNote> lost;
    jumps.apply(rows, lost);
    EXPECT_EQ(rows[1]["relevant"], "(x) and (not(${a} = '1'))");
    EXPECT_EQ(rows[2].count("relevant"), 0U);
    EXPECT_EQ(rows[3]["relevant"], "not(${a} = '1')");
    EXPECT_EQ(rows[4].count("relevant"), 0U);
    EXPECT_THAT(brief(lost), ElementsAre(HasSubstr("20: the jump back to 'a'"),
                                         HasSubstr("30: the jump to 'nowhere'")));
}

TEST(Jumps, AreLimited) {
    std::vector<SheetRows::Row> rows(10, {{"type", "text"}});
    Jumps jumps;
    jumps.mark("end", 10);
    for (int i = 0; i < 2000; ++i) jumps.add(0, "c" + std::to_string(i), "end", 1);
    std::vector<ImportNote> lost;
    jumps.apply(rows, lost);
    EXPECT_THAT(brief(lost), ElementsAre(HasSubstr("too many")));
}

}  // namespace
}  // namespace bellwether::campaigns::import
