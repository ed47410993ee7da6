#include <gtest/gtest.h>

#include "tests/dialer/engine/story.h"

// dialer/engine/agent_choice.cpp: who takes a call, and for which campaign an agent works.

namespace bellwether::engine::story {
namespace {

using namespace std::chrono_literals;

campaigns::CampaignSpec by_language() {
    auto spec = progressive();
    spec.agents.match_language = true;
    return spec;
}

ContactsOffered speaker_of(const std::string& language) {
    return {.campaign = CampaignId{1},
            .offers = {{.contact = ContactId{1},
                        .number = NumberId{1},
                        .destination_allowed = true,
                        .language = language}},
            .next_due = {}};
}

AgentSignedIn agent(std::uint64_t id, std::vector<campaigns::Skill> skills,
                    std::vector<CampaignId> further = {}) {
    return {.agent = AgentId{id},
            .campaign = CampaignId{1},
            .ready = true,
            .further = std::move(further),
            .skills = std::move(skills)};
}

CampaignApplied second_campaign(campaigns::CampaignSpec spec, CampaignRunState run_state) {
    spec.id = CampaignId{2};
    spec.caller_ids = {"+15550200"};
    return {.spec = std::move(spec), .run_state = run_state};
}

TEST(AgentChoice, GoesByLanguageThenLevelThenPatience) {
    play({Given{"agent 1 speaks nothing in particular", by_language(), 1},
          Tell{"2 a little Spanish", agent(2, {{"es", 3}})},
          Expect{"rung", {"RING_AGENT call=$l2"}}, Tell{"in", "CALL_ANSWERED call=$l2"},
          Wait{"a while", 5s}, Tell{"3 good Spanish", agent(3, {{"es", 8}})},
          Expect{"rung", {"RING_AGENT call=$l3"}}, Tell{"in", "CALL_ANSWERED call=$l3"},
          Tell{"a Spanish speaker", speaker_of("es")},
          Expect{"dialed", {"STORE_ATTEMPT contact=1 attempt=$c"}},
          Tell{"durable", "ATTEMPT_STORED attempt=$c"}, Tell{"answers", "CALL_ANSWERED call=$c"},
          Expect{"the best of them", {"BRIDGE contact_call=$c agent_call=$l3"}}});
}

TEST(AgentChoice, NobodyIsCalledWhomNoAgentCouldTalkTo) {
    play({Given{"one agent without languages", by_language(), 1},
          Tell{"a Hungarian", speaker_of("hu")},
          Expect{"waits, with the reason",
                 {"RELEASE_CONTACT contact=1 decision.verdict=DEFER decision.rule=AGENT_SKILL"}}});
    play({Given{"a campaign that does not ask for it", progressive(), 1},
          Tell{"a Hungarian", speaker_of("hu")}, Expect{"dialed", {"STORE_ATTEMPT contact=1"}}});
}

TEST(AgentChoice, AnAgentWorksForTheDearestOfHisCampaignsThatNeedsAnybody) {
    play({Given{"campaign 1 without contacts yet", progressive(), 0},
          Tell{"campaign 2 is applied", second_campaign(progressive(), CampaignRunState::Running)},
          Tell{"he serves both, 1 first", agent(4, {}, {CampaignId{2}})},
          Expect{"rung", {"RING_AGENT call=$l"}}, Tell{"in", "CALL_ANSWERED call=$l"},
          Expect{"in 1", {"STORE_AGENT_STATE agent=4 state=READY campaign=1"}},
          Tell{"1 has nobody left", ContactsOffered{.campaign = CampaignId{1}}},
          Expect{"he is moved", {"STORE_AGENT_STATE agent=4 state=READY reason=MOVED campaign=2"}},
          Tell{"1 has contacts again", "CONTACTS_ADDED campaign=1"},
          Expect{"and moved back", {"STORE_AGENT_STATE agent=4 reason=MOVED campaign=1"}}});
}

TEST(AgentChoice, NobodyLeavesALineThatRingsForHim) {
    play({Given{"campaign 1 without contacts yet", progressive(), 0},
          Tell{"campaign 2", second_campaign(progressive(), CampaignRunState::Running)},
          Tell{"he serves both", agent(4, {}, {CampaignId{2}})},
          Expect{"rung", {"RING_AGENT call=$l"}}, Tell{"in", "CALL_ANSWERED call=$l"},
          Offer{"one contact in 1", 1}, Expect{"dialed", {"STORE_ATTEMPT attempt=$c"}},
          Tell{"durable", "ATTEMPT_STORED attempt=$c"},
          Tell{"no more contacts", ContactsOffered{.campaign = CampaignId{1}}},
          Never{"he stays while it rings", {"STORE_AGENT_STATE agent=4 reason=MOVED"}},
          Tell{"answered", "CALL_ANSWERED call=$c"}, Expect{"his", {"BRIDGE contact_call=$c"}}});
}

TEST(AgentChoice, BlendedAgentsTakeCallsThatComeIn) {
    play({Given{"campaign 1 dials", progressive(), 0},
          Tell{"campaign 2 has a menu", second_campaign(office(), CampaignRunState::Paused)},
          Tell{"he serves both", agent(4, {}, {CampaignId{2}})},
          Expect{"rung", {"RING_AGENT call=$l"}}, Tell{"in", "CALL_ANSWERED call=$l"},
          Tell{"somebody calls 2", "CALL_ARRIVED call=900 called=+15550200"},
          Tell{"on the line", "CALL_ANSWERED call=900"}, Key{"an agent", "900", '1'},
          Expect{
              "he takes it for 2",
              {"STORE_AGENT_STATE agent=4 state=ON_CALL campaign=2", "BRIDGE contact_call=900"}}});
}

}  // namespace
}  // namespace bellwether::engine::story
