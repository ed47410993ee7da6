#include "campaigns/quota/recount.h"

#include "tests/campaigns/quota/support.h"

namespace bellwether::campaigns::quota {
namespace {

using form::Outcome;
using testing::ElementsAre;
using testing::IsEmpty;

constexpr const char* kSexes =
    "name,group,expression,target,on_full\n"
    "men,sex,${sex} = 'm',2,\nwomen,sex,${sex} = 'f',2,\n"
    "north,,${contact.region} = 'n',1,skip:details\n";

PastInterview past(std::uint64_t id, std::optional<Outcome> outcome, std::string fingerprint,
                   std::vector<Mark> marks, const char* sex = "m", const char* region = "n") {
    return {.id = InterviewId{id},
            .contact = ContactId{id},
            .outcome = outcome,
            .fingerprint = std::move(fingerprint),
            .marks = std::move(marks),
            .answers = {{.key = "sex", .value = sex}},
            .columns = {{"language", ""}, {"region", region}}};
}

std::vector<std::string> counted(const Poll& poll, const std::vector<PastInterview>& interviews) {
    const Recount recounted = recount(poll.form, poll.plan, interviews);
    return counts_of(poll.plan, make_tally(poll.plan, recounted));
}

TEST(QuotaRecount, GoesByTheRecordWhileTheCellsMeanTheSame) {
    const Poll poll{kSexes};
    const std::string& same = poll.plan.fingerprint;
    // The answer says a man, the record a woman: it was decided when it was asked.
    EXPECT_THAT(counted(poll, {past(1, Outcome::Complete, same,
                                    {{"sex", "women", Standing::Counted},
                                     {"north", "north", Standing::Skipped}})}),
                ElementsAre("men:0+0", "women:1+0", "north:0+0"));
}

TEST(QuotaRecount, GoesByTheAnswersWhereTheCellsHaveChanged) {
    const Poll poll{kSexes};
    EXPECT_THAT(counted(poll, {past(1, Outcome::Complete, "", {}),
                               past(2, Outcome::Complete, "0123", {}, "f", "s"),
                               past(3, Outcome::Complete, "0123",
                                    {{"north", "gone", Standing::Skipped}}, "f", "n")}),
                ElementsAre("men:1+0", "women:2+0", "north:1+0"));
}

TEST(QuotaRecount, CountsWhatCountsAlone) {
    const Poll poll{kSexes};
    const std::string& same = poll.plan.fingerprint;
    const std::vector<Mark> held{{"sex", "men", Standing::Held}};
    const std::vector<Mark> refused{{"sex", "men", Standing::Rejected}};
    const auto recounted = recount(
        poll.form, poll.plan,
        std::vector{past(1, std::nullopt, same, held), past(2, Outcome::QuotaFull, same, refused),
                    past(3, Outcome::Partial, same, held), past(4, Outcome::Partial, "", {})});
    EXPECT_EQ(recounted.counted, 0);
    EXPECT_THAT(counts_of(poll.plan, make_tally(poll.plan, recounted)),
                ElementsAre("men:0+0", "women:0+0", "north:0+0"));
}

TEST(QuotaRecount, SpreadsOverTheLeastFullAsItGoes) {
    const Poll poll{"name,group,expression,target,pick\na,g,true(),2,least_full\nb,g,true(),2,\n"};
    EXPECT_THAT(
        counted(poll, {past(1, Outcome::Complete, "", {}), past(2, Outcome::Complete, "", {}),
                       past(3, Outcome::Complete, "", {}), past(4, Outcome::Complete, "", {}),
                       past(5, Outcome::Complete, "", {})}),
        ElementsAre("a:3+0", "b:2+0"));  // the fifth has nowhere else to go
}

TEST(QuotaRecount, GivesTheMarksUnderTheNewCells) {
    const Poll poll{kSexes};
    const auto marks = marks_under(
        poll.form, poll.plan,
        past(1, Outcome::Complete, "",
             {{"sex", "men", Standing::Counted}, {"north", "north", Standing::Skipped}}),
        make_tally(poll.plan));
    EXPECT_THAT(brief_marks(marks), ElementsAre("north/north=SKIPPED", "sex/men=COUNTED"));
    EXPECT_THAT(
        marks_under(poll.form, poll.plan, past(2, std::nullopt, "", {}), make_tally(poll.plan)),
        IsEmpty());
}

}  // namespace
}  // namespace bellwether::campaigns::quota
