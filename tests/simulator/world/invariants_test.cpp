#include "simulator/world/invariants.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

// A watchman who never barks is worth nothing: each promise, broken by hand.

namespace bellwether::simulator {
namespace {

using namespace std::chrono_literals;
using engine::Action;
using engine::CallState;
using engine::Event;

constexpr Now kNow{Instant{1h},
                   UtcTime{std::chrono::sys_days{std::chrono::year{2026} / 1 / 5} + 10h}};
constexpr CampaignId kCampaign{1};

class Nobody : public Outside {
public:
    void carry_out(const Step&) override {}
};

class InvariantsTest : public testing::Test {
protected:
    InvariantsTest() {
        engine::Campaign& campaign = state.campaigns[kCampaign];
        campaign.spec.id = kCampaign;
        campaign.spec.client = ClientId{1};
        campaign.spec.lines_max = 10;
        campaign.spec.retry.attempts_max = 3;
        campaign.spec.mode = pacing::DialMode::Unattended;
        campaign.spec.hours.zone = {.name = "Etc/UTC", .offsets = {{UtcTime{}, 0s}}};
        campaign.spec.hours.windows = {{.days = 0x7f, .from = 9h, .to = 18h}};
        campaign.run_state = engine::CampaignRunState::Running;
        state.trunk_lines = 10;
        store.add_campaign(kCampaign, ClientId{1});
    }

    void check(const Event& event, const std::vector<Action>& actions, Now now = kNow) {
        invariants.check({++seq, now, event, actions}, state, std::nullopt);
    }

    /// Contacts 1 and 2 are claimed, with numbers of the same name.
    void offer() {
        engine::ContactsOffered offered{.campaign = kCampaign, .offers = {}, .next_due = {}};
        for (const std::uint64_t id : {1U, 2U}) {
            offered.offers.push_back({.contact = ContactId{id}, .number = NumberId{id}});
        }
        check(offered, {});
    }

    static engine::StoreAttempt attempt(std::uint64_t id, std::uint64_t contact,
                                        std::uint64_t number) {
        return {.attempt = AttemptId{id},
                .call = CallId{id},
                .campaign = kCampaign,
                .client = ClientId{1},
                .contact = ContactId{contact},
                .number = NumberId{number},
                .attempts_made = 1};
    }

    /// As the engine would believe it.
    engine::Call& call(std::uint64_t id, CallState call_state) {
        engine::Call& made = state.calls[CallId{id}];
        made = {.id = CallId{id},
                .state = call_state,
                .campaign = kCampaign,
                .attempt = AttemptId{id},
                .contact = ContactId{id},
                .number = NumberId{id}};
        state.live_numbers.insert(made.number);
        ++state.trunk_lines_used;
        ++state.campaigns.at(kCampaign).lines_in_flight;
        return made;
    }

    std::string complaint() const {
        return complaints.first() ? complaints.first()->promise + ": " + complaints.first()->detail
                                  : "none";
    }

    Nobody nobody;
    VirtualDriver driver{kNow, nobody};
    Complaints complaints;
    SimStore store{driver, complaints, 1};
    Invariants invariants{store, complaints};
    engine::EngineState state;
    std::uint64_t seq = 0;
};

TEST_F(InvariantsTest, AreContentWithAnAttemptThatIsInOrder) {
    offer();
    call(1, CallState::Storing);
    check(engine::TimePassed{}, {attempt(1, 1, 1)});
    EXPECT_EQ(complaint(), "none");
}

TEST_F(InvariantsTest, SeeTwoAttemptsAtOneNumber) {
    offer();
    check(engine::TimePassed{}, {attempt(1, 1, 1), attempt(2, 2, 1)});
    EXPECT_EQ(complaint(), "R1: a second live attempt at number 1");
}

TEST_F(InvariantsTest, SeeAnAttemptWithoutAClaim) {
    check(engine::TimePassed{}, {attempt(1, 1, 1)});
    EXPECT_EQ(complaint(), "R1: contact 1 is not where it should be");
}

TEST_F(InvariantsTest, SeeAnInviteWithoutAnAttempt) {
    check(engine::TimePassed{}, {engine::PlaceCall{.attempt = AttemptId{1}}});
    EXPECT_EQ(complaint(), "R2: an INVITE without an attempt");
}

TEST_F(InvariantsTest, SeeAnInviteBeforeTheAttemptIsDurable) {
    offer();
    check(engine::TimePassed{},
          {attempt(1, 1, 1),
           engine::PlaceCall{.call = CallId{1}, .attempt = AttemptId{1}, .campaign = kCampaign}});
    EXPECT_EQ(complaint(), "R2: an INVITE before its attempt is durable");
}

TEST_F(InvariantsTest, SeeAnAttemptOutsideHours) {
    offer();
    call(1, CallState::Storing);
    check(engine::TimePassed{}, {attempt(1, 1, 1)}, {kNow.elapsed, kNow.utc + 9h});
    EXPECT_EQ(complaint(), "R2: an attempt outside calling hours");
}

TEST_F(InvariantsTest, SeeAnAttemptOfACampaignThatIsPaused) {
    offer();
    state.campaigns.at(kCampaign).run_state = engine::CampaignRunState::Paused;
    check(engine::TimePassed{}, {attempt(1, 1, 1)});
    EXPECT_EQ(complaint(), "R2: an attempt of a campaign that does not run");
}

TEST_F(InvariantsTest, SeeAnAttemptAtASuppressedNumber) {
    offer();
    check(engine::SuppressionAdded{NumberId{1}, ClientId{}}, {});
    check(engine::TimePassed{}, {attempt(1, 1, 1)});
    EXPECT_EQ(complaint(), "R7: an attempt at a number on do-not-call");
}

TEST_F(InvariantsTest, SeeALineThatRingsOnAfterDoNotCall) {
    offer();
    call(1, CallState::Ringing).deadline =
        engine::Deadline{kNow.elapsed + 1s, engine::WakeReason::RingLimit};
    check(engine::TimePassed{}, {attempt(1, 1, 1)});
    EXPECT_EQ(complaint(), "none");
    check(engine::SuppressionAdded{NumberId{1}, ClientId{1}}, {});
    EXPECT_EQ(complaint(), "R7: call 1 rings though its number is on do-not-call");
}

TEST_F(InvariantsTest, SeeSomebodyWhoMayWaitForEver) {
    offer();
    call(1, CallState::Waiting);
    check(engine::TimePassed{}, {attempt(1, 1, 1)});
    EXPECT_EQ(complaint(), "R8: call 1 may wait for ever");
}

TEST_F(InvariantsTest, SeeALostOutcomeAndOneTooMany) {
    offer();
    call(1, CallState::Storing);
    check(engine::TimePassed{}, {attempt(1, 1, 1)});
    engine::StoreOutcome outcome{.attempt = AttemptId{1},
                                 .campaign = kCampaign,
                                 .contact = ContactId{1},
                                 .outcome = campaigns::Outcome::Withdrawn};
    check(engine::TimePassed{}, {outcome, outcome});
    EXPECT_EQ(complaint(), "R3: an outcome of no live attempt");
}

TEST_F(InvariantsTest, SeeAnAbandonedCallThatIsNotInTheAccount) {
    offer();
    call(1, CallState::Ending).outcome = campaigns::Outcome::Abandoned;
    state.calls.at(CallId{1}).deadline =
        engine::Deadline{kNow.elapsed + 1s, engine::WakeReason::EndUnconfirmed};
    check(engine::TimePassed{}, {attempt(1, 1, 1)});
    EXPECT_EQ(complaint(), "R8: the account of campaign 1 counts 0 abandoned calls of 1");
}

TEST_F(InvariantsTest, SeeACounterThatDoesNotAddUp) {
    offer();
    call(1, CallState::Storing);
    ++state.campaigns.at(kCampaign).lines_up;
    check(engine::TimePassed{}, {attempt(1, 1, 1)});
    EXPECT_EQ(complaint(), "count: lines of a campaign do not add up");
}

TEST_F(InvariantsTest, SeeMoreLinesThanAgentsInProgressiveMode) {
    state.campaigns.at(kCampaign).spec.mode = pacing::DialMode::Ratio;
    engine::Agent& agent = state.agents[AgentId{1}];
    agent = {.id = AgentId{1}, .state = engine::AgentState::WrapUp, .campaign = kCampaign};
    agent.leg = CallId{50};
    state.calls[CallId{50}] = {.id = CallId{50},
                               .kind = engine::CallKind::AgentLeg,
                               .state = CallState::Up,
                               .campaign = kCampaign,
                               .agent = AgentId{1}};
    offer();
    call(1, CallState::Storing);
    check(engine::TimePassed{}, {attempt(1, 1, 1)});
    EXPECT_EQ(complaint(), "R5: more lines than agents in progressive mode");
}

TEST_F(InvariantsTest, SeeAQuestionBeforeTheAnswerIsDurable) {
    offer();
    engine::Call& interviewed = call(1, CallState::Interviewing);
    interviewed.interview.emplace();
    check(engine::TimePassed{},
          {attempt(1, 1, 1),
           engine::StoreAnswers{
               .call = CallId{1}, .interview = InterviewId{9}, .changes = {{.key = "q1"}}}});
    EXPECT_EQ(complaint(), "none");
    check(engine::TimePassed{}, {engine::Play{CallId{1}, 5, {"q2.wav"}}});
    EXPECT_EQ(complaint(), "R3: the next question comes before the answer is durable");
}

TEST_F(InvariantsTest, SeeADeadlineThatDidNotMove) {
    invariants.check({1, kNow, engine::TimePassed{}, {}}, state,
                     engine::Deadline{kNow.elapsed, engine::WakeReason::CallRate});
    EXPECT_EQ(complaint(), "deadline: the next deadline is in the past");
}

}  // namespace
}  // namespace bellwether::simulator
