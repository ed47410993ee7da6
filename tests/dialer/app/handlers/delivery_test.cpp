#include "dialer/app/handlers/delivery.h"

#include <gtest/gtest.h>

#include "tests/dialer/app/handlers/ask.h"
#include "tests/dialer/app/handlers/two_clients.h"

namespace bellwether::app {
namespace {

using campaigns::Outcome;

// Five contacts of a notice: one heard it at the second call, one has a machine, one is busy, one
// is on the line, one was never dialed.
class Delivered : public testing::Test {
protected:
    Delivered() {
        ask(backend, "POST", "/campaigns", notice_campaign(backend.folder()));
        std::string csv = "phone,external_id\n";
        for (int i = 1; i <= 5; ++i)
            csv += "+1202555010" + std::to_string(i) + ",inv-" + std::to_string(i) + "\n";
        write_file(backend.folder() / "people.csv", csv);
        ask(backend, "POST", "/lists/people/imports",
            {{"path", (backend.folder() / "people.csv").string()}});
        campaign = (*backend.store().find_campaign("spring"))->id;
        ended(call(1), Outcome::NoAnswer, UtcTime{});
        heard = call(1);
        ended(heard, Outcome::NoticePlayed, {});
        ended(call(2), Outcome::MessageLeft, {});
        ended(call(3), Outcome::Busy, {});
        call(4);
    }

    void write(std::vector<engine::Action> actions) {
        store::JournalEntry entry{++seq, {Instant{}, backend.now}, "{}", "", {}};
        ASSERT_TRUE(backend.store().submit({.journal = entry, .actions = std::move(actions)}));
        ASSERT_TRUE(backend.store().flush().has_value());
    }

    engine::StoreAttempt call(int person) {
        const auto found =
            backend.store().find_contacts("inv-" + std::to_string(person)).value().at(0);
        write({engine::AskForContacts{campaign, 1}});
        engine::StoreAttempt attempt;
        attempt.attempt = AttemptId{(value_of(backend.store().epoch()) << 32U) + ++attempts};
        attempt.call = CallId{value_of(attempt.attempt)};
        attempt.campaign = campaign;
        attempt.client = found.client;
        attempt.contact = found.id;
        attempt.number = found.number_id;
        attempt.epoch = backend.store().epoch();
        attempt.attempts_made = 1;
        attempt.at = backend.now;
        attempt.decision = {compliance::Verdict::Allow, compliance::Rule::None, {}};
        write({attempt});
        write(
            {engine::StoreMilestone{attempt.attempt, engine::Milestone::Invited, backend.now, {}}});
        return attempt;
    }

    void ended(const engine::StoreAttempt& attempt, Outcome outcome, std::optional<UtcTime> due) {
        const UtcTime at = backend.now + std::chrono::seconds{30};
        if (outcome == Outcome::NoticePlayed)
            write({engine::StoreMilestone{attempt.attempt,
                                          engine::Milestone::Spoken,
                                          backend.now + std::chrono::seconds{6},
                                          {}}});
        engine::StoreOutcome end;
        end.attempt = attempt.attempt;
        end.campaign = campaign;
        end.contact = attempt.contact;
        end.outcome = outcome;
        end.decision = attempt.decision;
        end.attempts_made = 1;
        end.trunk = "north";
        end.due = due;
        end.at = at;
        write({end});
    }

    FakeBackend backend{true};
    CampaignId campaign{};
    engine::StoreAttempt heard;
    std::uint64_t seq = 0;
    unsigned attempts = 0;
};

TEST_F(Delivered, IsShownForEachContactAndAddsUp) {
    const Json report = ask(backend, "GET", "/reports/delivery?campaign=spring");
    const Json& rows = report["contacts"];
    ASSERT_EQ(rows.size(), 5U);
    const std::vector<std::pair<std::string, Json>> expected{{"TO_PERSON", nullptr},
                                                             {"TO_MACHINE", nullptr},
                                                             {"NOT_DELIVERED", "BUSY"},
                                                             {"NOT_DELIVERED", "IN_CALL"},
                                                             {"NOT_DELIVERED", "NOT_DIALED"}};
    for (std::size_t i = 0; i < expected.size(); ++i) {
        EXPECT_EQ(rows[i]["external_id"], "inv-" + std::to_string(i + 1));
        EXPECT_EQ(rows[i]["delivery"], expected[i].first);
        EXPECT_EQ(rows[i]["reason"], expected[i].second);
    }
    EXPECT_EQ(rows[0]["attempt"], std::to_string(value_of(heard.attempt)));
    EXPECT_EQ(rows[0]["attempts"], 2);
    EXPECT_EQ(rows[0]["trunk"], "north");
    EXPECT_EQ(rows[0]["message_began"], iso_time(backend.now + std::chrono::seconds{6}));
    EXPECT_EQ(rows[0]["ended"], iso_time(backend.now + std::chrono::seconds{30}));
    EXPECT_EQ(rows[4]["attempt"], nullptr);
    const Json sums = Json::parse(
        R"([{"delivery":"TO_PERSON","reason":null,"contacts":1},
            {"delivery":"TO_MACHINE","reason":null,"contacts":1},
            {"delivery":"NOT_DELIVERED","reason":"BUSY","contacts":1},
            {"delivery":"NOT_DELIVERED","reason":"IN_CALL","contacts":1},
            {"delivery":"NOT_DELIVERED","reason":"NOT_DIALED","contacts":1},
            {"delivery":"ALL","reason":null,"contacts":5}])");
    EXPECT_EQ(report["sums"], sums);
}

TEST_F(Delivered, AddsAttemptsUpByOutcome) {
    const Json report = ask(backend, "GET", "/reports/delivery?campaign=spring&sums=true");
    EXPECT_FALSE(report.contains("contacts"));
    EXPECT_EQ(report["sums"].back()["contacts"], 5);
    const std::string csv =
        ask_text(backend, "/reports/delivery?campaign=spring&sums=true&format=csv");
    EXPECT_EQ(csv,
              "campaign,outcome,attempts,acknowledged,reached_agent\r\n"
              "spring,BUSY,1,0,0\r\n"
              "spring,IN_CALL,1,0,0\r\n"
              "spring,MESSAGE_LEFT,1,0,0\r\n"
              "spring,NOTICE_PLAYED,1,0,0\r\n"
              "spring,NO_ANSWER,1,0,0\r\n"
              "spring,ALL,5,0,0\r\n");
    EXPECT_EQ(report["attempt_sums"].size(), 6U);
}

TEST_F(Delivered, IsToWhoHeardItAllAndPressedNoKey) {
    const engine::StoreAttempt attempt = call(5);
    engine::StoreInterview interview{.interview = InterviewId{7},
                                     .attempt = attempt.attempt,
                                     .campaign = campaign,
                                     .contact = attempt.contact,
                                     .at = backend.now};
    write({interview});
    interview.end = campaigns::form::InterviewEnd{campaigns::form::Outcome::Refused, "2.12",
                                                  campaigns::form::EndCause::HungUp};
    interview.item = "heard";
    interview.heard = true;
    write({interview});
    ended(attempt, Outcome::InterviewPartial, {});
    const Json row = ask(backend, "GET", "/reports/delivery?campaign=spring")["contacts"][4];
    EXPECT_EQ(row["external_id"], "inv-5");
    EXPECT_EQ(row["delivery"], "TO_PERSON");
    EXPECT_EQ(row["attempt"], std::to_string(value_of(attempt.attempt)));
}

TEST_F(Delivered, NamesTheRecordThatProvesTheCall) {
    const Json row = ask(backend, "GET", "/reports/delivery?campaign=spring")["contacts"][0];
    ASSERT_TRUE(row["evidence"].is_number()) << row;
    const Json proof = ask(backend, "GET", "/audit/records/" + row["evidence"].dump());
    const Json record = Json::parse(proof["record"].get<std::string>());
    EXPECT_EQ(record["kind"], "CALL");
    EXPECT_EQ(record["attempt"], row["attempt"]);
    EXPECT_EQ(record["outcome"], "NOTICE_PLAYED");
}

TEST_F(Delivered, IsACsvToo) {
    const std::string csv = ask_text(backend, "/reports/delivery?campaign=spring&format=csv");
    EXPECT_EQ(csv.find("contact,external_id,number,delivery,reason,open,answer,"), 0U);
    EXPECT_EQ(std::count(csv.begin(), csv.end(), '\n'), 6);
    EXPECT_NE(csv.find(",inv-3,+12025550103,NOT_DELIVERED,BUSY,false,"), std::string::npos) << csv;
}

TEST_F(Delivered, IsOfOneCampaignThatMustBeNamed) {
    ask(backend, "GET", "/reports/delivery", Json::object(), 422);
    ask(backend, "GET", "/reports/delivery?campaign=none", Json::object(), 404);
}

class Acknowledged : public TwoClients {};

TEST_F(Acknowledged, ByTheKeyThatWasPressedInTheInterview) {
    const Json row =
        ask(backend, "GET", "/reports/delivery?campaign=spring&client=acme")["contacts"][0];
    EXPECT_EQ(row["delivery"], "ACKNOWLEDGED");
    EXPECT_EQ(row["answer"], "spring_q=yes");
    const Json sums =
        ask(backend, "GET", "/reports/delivery?campaign=spring&client=acme")["attempt_sums"];
    EXPECT_EQ(sums.back()["outcome"], "ALL");
    EXPECT_EQ(sums.back()["acknowledged"], 1);
    EXPECT_EQ(row["answered_by_key"], iso_time(dialed() + std::chrono::seconds{20}));
    ask(backend, "GET", "/reports/delivery?campaign=spring&client=bolt", Json::object(), 404);
}

}  // namespace
}  // namespace bellwether::app
