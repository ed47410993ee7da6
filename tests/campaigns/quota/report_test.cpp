#include "campaigns/quota/report.h"

#include "tests/campaigns/quota/support.h"

namespace bellwether::campaigns::quota {
namespace {

using form::Outcome;

PastInterview past(const Plan& plan, std::uint64_t id, std::optional<Outcome> outcome,
                   std::vector<Mark> marks, int minute, std::uint64_t contact = 0) {
    return {.id = InterviewId{id},
            .contact = ContactId{contact == 0 ? id : contact},
            .outcome = outcome,
            .ended = UtcTime{std::chrono::minutes{minute}},
            .fingerprint = plan.fingerprint,
            .marks = std::move(marks),
            .answers = {},
            .columns = {}};
}

// Q4: every contact is in exactly one row.
TEST(QuotaReport, PutsEachContactIntoOnePlace) {
    const Poll poll{
        "name,group,expression,target,start,on_full,label\n"
        "men,sex,${sex} = 'm',3,1,,Men\nwomen,sex,${sex} = 'f',9,,,\n"
        "owners,,${tenure} = 'owner',0,,skip:details,\n"};
    const Plan& plan = poll.plan;
    const std::vector<Mark> man{{"sex", "men", Standing::Counted}};
    const std::vector interviews{
        past(plan, 1, Outcome::Complete, man, 1),
        past(plan, 2, Outcome::Complete, man, 2),
        past(plan, 3, Outcome::QuotaFull, {{"sex", "men", Standing::Rejected}}, 3),
        past(plan, 4, Outcome::Complete, {{"sex", "", Standing::Outside}}, 4),
        past(plan, 5, Outcome::Complete,
             {{"sex", "", Standing::Outside}, {"owners", "owners", Standing::Skipped}}, 5),
        past(plan, 6, Outcome::Refused, {}, 6),
        past(plan, 7, Outcome::Refused, {}, 7, 8),  // the same contact as the next
        past(plan, 8, Outcome::QuotaFull, {{"sex", "men", Standing::Rejected}}, 8),
        past(plan, 9, std::nullopt, {{"sex", "women", Standing::Held}}, 0)};
    const Report report =
        quota::report(poll.form, plan, interviews, {.closed = 20, .callable = 30, .over = 4});
    EXPECT_EQ(report.places.at(Place::Counted), 2);
    EXPECT_EQ(report.places.at(Place::Rejected), 2);
    EXPECT_EQ(report.places.at(Place::Outside), 1);
    EXPECT_EQ(report.places.at(Place::Skipped), 1);
    EXPECT_EQ(report.places.at(Place::Ended), 1);
    EXPECT_EQ(report.places.at(Place::InFlight), 1);
    EXPECT_EQ(report.places.at(Place::Closed), 20);
    EXPECT_EQ(report.places.at(Place::Open), 30);
    EXPECT_EQ(report.places.at(Place::Over), 4);
    EXPECT_EQ(report.contacts, 62);
    EXPECT_EQ(report.outside.at("sex"), 2);
    EXPECT_EQ(report.outside.at("owners"), 0);

    const CellRow& men = report.cells.at(0);
    EXPECT_EQ(men.label, "Men");
    EXPECT_EQ(men.completed, 2);
    EXPECT_EQ(men.start, 1);
    EXPECT_EQ(men.rejected, 2);
    EXPECT_TRUE(men.is_full);
    EXPECT_EQ(men.full_since, UtcTime{std::chrono::minutes{2}});
    EXPECT_EQ(report.cells.at(1).in_flight, 1);
    EXPECT_FALSE(report.cells.at(1).is_full);
    EXPECT_EQ(report.cells.at(2).skipped, 1);
    EXPECT_TRUE(report.cells.at(2).is_full);  // from the start: nothing filled it
    EXPECT_EQ(report.cells.at(2).full_since, std::nullopt);
}

}  // namespace
}  // namespace bellwether::campaigns::quota
