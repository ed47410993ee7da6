// Laws of quotas, over random plans, requests and people.

#include <rapidcheck/gtest.h>

#include "campaigns/quota/report.h"
#include "campaigns/quota/scripted.h"
#include "tests/campaigns/quota/support.h"

namespace bellwether::campaigns::quota {
namespace {

using form::Outcome;

/// Cells over sex and region with targets of a few, by chance with every way to be full.
Poll some_poll() {
    const auto word = [](std::vector<std::string> words) {
        return *rc::gen::elementOf(std::move(words));
    };
    const auto target = [] { return std::to_string(*rc::gen::inRange(0, 4)); };
    std::string rows = "name,group,expression,target,start,pick,on_full,mode\n";
    for (const char* sex : {"m", "f"}) {
        for (const char* region : {"n", "s"}) {
            rows += std::string{sex} + region + ",nested,${sex} = '" + sex +
                    "' and ${contact.region} = '" + region + "'," + target() + "," +
                    std::to_string(*rc::gen::inRange(0, 2)) + ",," + word({"end", "screen"}) + "," +
                    word({"hard", "hard", "soft"}) + "\n";
        }
    }
    rows += "young,age," + word({"${age} < 30", "${age} < 60"}) + "," + target() + ",," +
            word({"all", "least_full", "first"}) + "," + word({"end", "skip:details"}) + ",hard\n";
    rows += "any,age,true()," + std::to_string(*rc::gen::inRange(2, 9)) + ",,,end,hard\n";
    return Poll{rows};
}

form::Script some_script() {
    const auto keys = [](const char* key, std::string pressed) {
        return std::pair<const std::string, form::Script::Keys>{key, {{std::move(pressed)}, true}};
    };
    form::Script script{
        .contact = {{"region", *rc::gen::elementOf(std::vector<std::string>{"n", "s", "x"})}},
        .keys = {keys("sex", std::to_string(*rc::gen::inRange(1, 3))),
                 keys("age", std::to_string(*rc::gen::elementOf(std::vector{20, 45, 70}))),
                 keys("tenure", std::to_string(*rc::gen::inRange(1, 3))), keys("rooms", "3"),
                 keys("rent", "500"), keys("weight", "1")}};
    if (*rc::gen::inRange(0, 4) == 0) {
        script.hang_up_at =
            *rc::gen::elementOf(std::vector<std::string>{"age", "tenure", "rooms", "weight"});
    }
    return script;
}

RC_GTEST_PROP(QuotaLaws, NoCellIsEverOverItsTargetAndNobodyIsLostFromTheReport, ()) {
    const Poll poll = some_poll();
    Tally tally = make_tally(poll.plan);
    std::vector<PastInterview> interviews;
    const int people = *rc::gen::inRange(1, 25);
    for (int i = 1; i <= people; ++i) {
        const InterviewId id{static_cast<std::uint64_t>(i)};
        const auto result = run_script(poll.form, poll.plan, tally, id, some_script());
        RC_ASSERT(result.has_value());
        RC_ASSERT(!broken_cell(poll.plan, tally).has_value());
        for (const CellCount& cell : tally.cells) RC_ASSERT(cell.in_flight == 0);
        const auto marks = marks_of(poll.plan, tally, id);
        // Who was refused met a full cell, and who counts was not refused.
        const bool refused = std::ranges::any_of(
            marks, [](const Mark& mark) { return mark.standing == Standing::Rejected; });
        RC_ASSERT(refused == (result->end.cause == form::EndCause::Quota));
        interviews.push_back({.id = id,
                              .contact = ContactId{static_cast<std::uint64_t>(i)},
                              .outcome = result->end.outcome,
                              .ended = UtcTime{std::chrono::minutes{i}},
                              .fingerprint = poll.plan.fingerprint,
                              .marks = marks,
                              .answers = {},
                              .columns = {}});
    }
    const Report made = report(poll.form, poll.plan, interviews, {});
    RC_ASSERT(made.contacts == people);
    for (std::size_t i = 0; i < made.cells.size(); ++i)
        RC_ASSERT(made.cells[i].completed == tally.cells[i].completed);
    // A restart changes nothing.
    const Recount counted = recount(poll.form, poll.plan, interviews);
    RC_ASSERT(counts_of(poll.plan, make_tally(poll.plan, counted)) == counts_of(poll.plan, tally));
}

RC_GTEST_PROP(QuotaLaws, AnswersAloneGiveTheCountsOfGroupsThatTakeAllTheirCells, ()) {
    const Poll poll{
        "name,group,expression,target\n"
        "mn,g,${sex} = 'm' and ${contact.region} = 'n',3\n"
        "f,g,${sex} = 'f',3\n"
        "old,,${age} > 50,4\n"};
    Tally tally = make_tally(poll.plan);
    std::vector<PastInterview> interviews;
    for (int i = 1; i <= 12; ++i) {
        const InterviewId id{static_cast<std::uint64_t>(i)};
        const form::Script script = some_script();
        const auto result = run_script(poll.form, poll.plan, tally, id, script);
        RC_ASSERT(result.has_value());
        interviews.push_back({.id = id,
                              .contact = ContactId{static_cast<std::uint64_t>(i)},
                              .outcome = result->end.outcome,
                              .fingerprint = {},
                              .marks = {},
                              .answers = result->stored,
                              .columns = script.contact});
    }
    const Recount counted = recount(poll.form, poll.plan, interviews);
    RC_ASSERT(counts_of(poll.plan, make_tally(poll.plan, counted)) == counts_of(poll.plan, tally));
}

}  // namespace
}  // namespace bellwether::campaigns::quota
