#pragma once

#include <deque>
#include <set>
#include <tuple>

#include "base/time.h"
#include "campaigns/interview.h"
#include "campaigns/outcome.h"
#include "dialer/engine/actions.h"
#include "dialer/engine/engine.h"
#include "dialer/engine/events.h"
#include "dialer/engine/state.h"
#include "pacing/rule.h"

// The inside of the engine: one class over EngineState, its methods grouped in files by what they
// are about. Nothing outside dialer/engine includes this.

namespace bellwether::engine {

class Engine::Core {
public:
    Core(EngineState state, MakeRule make_rule);

    void handle(const Event& event, Now now);

    EngineState state;
    std::deque<Action> actions;

    // deadlines.cpp
    [[nodiscard]] std::optional<Deadline> next_deadline() const;

private:
    // core.cpp: the house
    void pump_touched();
    void on(const EngineStarted& event);
    void on(const ClockStepped& event);
    void on(const ShutdownOrdered& event);
    void on(const StoreFailed& event);
    void end_everything();
    void withdraw_what_is_being_stored();
    void stop_lines_in_flight(HangUpReason reason);
    void tell_when_shutdown_is_ready();

    // campaigns.cpp: their orders, contacts and accounts
    void on(const CampaignApplied& event);
    void on(const CampaignOrdered& event);
    void on(const ContactsOffered& event);
    void on(const ContactsAdded& event);
    void on(const AttemptFoundAlive& event);
    void on(const NumberCooling& event);
    void cool(NumberId number, UtcTime until);
    void on(const SuppressionAdded& event);
    void adopt_accounts(Campaign& campaign, const CampaignApplied& event);
    [[nodiscard]] bool interviews_would_break(const campaigns::CampaignSpec& spec) const;
    void set_run_state(Campaign& campaign, CampaignRunState run_state);
    void release_offers(Campaign& campaign);
    void cancel_lines(Campaign& campaign, HangUpReason reason);
    void roll_accounts(Campaign& campaign);
    void count_live_answer(Campaign& campaign);
    void uncount_live_answer(const Call& call);
    void count_abandoned(Campaign& campaign);
    void store_accounts(const Campaign& campaign);
    void expect_contact_at(Campaign& campaign, UtcTime due);

    // dialing.cpp: how many lines, and which contacts
    void pump(Campaign& campaign);
    void dial(Campaign& campaign);
    [[nodiscard]] DialBlock block_of(const Campaign& campaign) const;
    [[nodiscard]] pacing::LineFacts facts_of(Campaign& campaign);
    void explain(Campaign& campaign, DialBlock block, const pacing::LineDecision& decision);
    bool start_line(Campaign& campaign, const pacing::LineDecision& pacing);
    [[nodiscard]] Agent* agent_who_asked(CampaignId campaign);
    [[nodiscard]] bool has_contact(const Campaign& campaign);
    [[nodiscard]] static campaigns::ContactOffer take_contact(Campaign& campaign, Agent* agent);
    void give_back(Campaign& campaign, const campaigns::ContactOffer& offer,
                   const compliance::Decision& decision);
    void refill(Campaign& campaign, const pacing::LineDecision& decision);
    void wake_for_dialing(Campaign& campaign, DialBlock block,
                          const pacing::LineDecision& decision);
    void finish_if_done(Campaign& campaign);
    [[nodiscard]] compliance::Decision decide_now(const Campaign& campaign,
                                                  const campaigns::ContactOffer& offer);
    [[nodiscard]] UtcTime number_free_at(NumberId number) const;
    [[nodiscard]] bool number_is_busy(NumberId number);

    // reserve.cpp: lines that hold an agent
    [[nodiscard]] bool can_reserve(const Campaign& campaign) const;
    [[nodiscard]] compliance::Decision with_agent_in_reserve(
        const Campaign& campaign, const compliance::Decision& decision) const;
    void reserve_agent(Call& call);
    void release_agent(Call& call);
    [[nodiscard]] Agent* agent_for(const Call& call);

    // preview.cpp: contacts on agents' screens before they are dialed
    void show_previews(Campaign& campaign);
    [[nodiscard]] Reply skip_preview(Agent& agent);
    void drop_preview(Agent& agent);
    [[nodiscard]] bool is_previewed(CampaignId campaign) const;
    [[nodiscard]] bool has_line(const Agent& agent) const;

    // pacing.cpp: what the rule is told and asked
    [[nodiscard]] static bool has_rule(const Campaign& campaign);
    [[nodiscard]] pacing::Rule& rule_of(Campaign& campaign);
    void learn(Campaign& campaign, const pacing::Happening& happening);
    void ring_is_over(const Call& call, pacing::RingEnd end);
    void verdict_is_given(const Call& call, bool human);
    [[nodiscard]] pacing::AnswerKey key_of(const Campaign& campaign, int attempts_made) const;
    [[nodiscard]] static pacing::Settings settings_of(const Campaign& campaign);
    void show_agents(const Campaign& campaign);
    void show_calls(const Campaign& campaign);
    void show_accounts(const Campaign& campaign);
    [[nodiscard]] const pacing::Picture& picture_of(const Campaign& campaign);
    void ask_rule(Campaign& campaign);
    [[nodiscard]] std::optional<Instant> next_decision(const Campaign& campaign) const;

    // calls.cpp: the life of a leg
    void on(const AttemptStored& event);
    void on(const CallRinging& event);
    void on(const CallEarlyMedia& event);
    void on(const CallAnswered& event);
    void on(const CallFailed& event);
    void on(const CallAnsweredAfterCancel& event);
    void on(const CallEnded& event);
    void on(const CallSilent& event);
    void invite(Call& call);
    void withdraw(Call& call, const compliance::Decision& decision, HangUpReason reason);
    void call_is_ringing(Call& call);
    void hang_up(Call& call, HangUpReason reason);
    void end_contact(Call& call, HangUpReason reason);
    void contact_failed(Call& call, const campaigns::CallFailure& failure);
    void contact_gone(Call& call);
    [[nodiscard]] campaigns::Outcome outcome_now(Call& call);
    void finish_contact(Call& call, campaigns::Outcome outcome, StoreOutcome details);
    void forget_contact(Call& call);
    void milestone(const Call& call, Milestone milestone);

    // detection.cpp: who answered, and what follows from it
    void on(const AnswerDetected& event);
    void on(const GreetingEnded& event);
    void on(const MessageMayBegin& event);
    void on(const AnswerLabelled& event);
    void begin_detection(Call& call);
    void detection_is_overdue(Call& call);
    [[nodiscard]] Review review_of(const Call& call, const AnswerDetected& event);
    void person_heard(Call& call);
    [[nodiscard]] bool acts_on_machine(const Call& call);
    void machine_heard(Call& call);
    void screener_heard(Call& call);
    void nothing_heard(Call& call);
    void network_heard(Call& call, campaigns::Outcome outcome);
    void leave_to_no_person(Call& call);
    void silence(Call& call);

    // answers.cpp: what happens to a person who answered
    void on(const PlaybackEnded& event);
    void on(const KeyPressed& event);
    void on(const AnswerStored& event);
    void contact_answered(Call& call);
    void person_answered(Call& call);
    void wait_for_agent(Call& call);
    [[nodiscard]] Instant connect_by(const Call& call) const;
    void serve_waiting(Campaign& campaign);
    void bridge(Call& call, Agent& agent);
    void unbridge(Call& call);
    void nobody_came(Call& call);
    void start_interview(Call& call);
    void follow(Call& call, const campaigns::InterviewStep& step);
    void opt_out(Call& call);
    void opt_out_is_stored(Call& call);
    void play(Call& call, std::vector<std::string> prompts);

    // agents.cpp
    void on(const AgentSignedIn& event);
    void on(const AgentOrdered& event);
    void on(const AgentPhoneLost& event);
    [[nodiscard]] Reply obey(Agent& agent, AgentOrder order);
    [[nodiscard]] Reply dial_next(Agent& agent);
    void ring_phone(Agent& agent);
    void leg_is_up(Call& leg);
    void leg_is_gone(Call& leg);
    void leg_is_silent(Call& leg);
    void lose_leg(Agent& agent);
    void contact_is_over(Agent& agent);
    void wrap_up_learnt(const Agent& agent, AgentState next);
    void wrap_up_is_over(Agent& agent, AgentReason reason);
    void machine_is_gone(Agent& agent);
    void leave(Agent& agent);
    void take_off_call(Agent& agent, CallId leg);
    void sign_out(Agent& agent, AgentReason reason);
    void set_agent(Agent& agent, AgentState agent_state, AgentReason reason);
    [[nodiscard]] Agent* longest_ready(CampaignId campaign);
    [[nodiscard]] int agents_at_work(CampaignId campaign) const;
    void stop_dialing_without_agents(CampaignId campaign);
    [[nodiscard]] static bool nobody_needs_agents(const Campaign& campaign);
    [[nodiscard]] bool nobody_for(const Call& call) const;

    // deadlines.cpp
    void on(const TimePassed& event);
    void call_deadline(Call& call, WakeReason reason);
    enum class Owner { Call, Agent, Campaign };
    using DeadlineKey = std::tuple<Instant, Owner, std::uint64_t>;  // equal times: by kind, then id
    void index_deadlines();
    template <class Thing>
    void set_deadline(Thing& thing, Instant at, WakeReason reason);
    template <class Thing>
    void clear_deadline(Thing& thing);

    // common
    template <class A>
    void emit(A action) {
        actions.emplace_back(std::move(action));
    }
    [[nodiscard]] std::uint64_t next_id();
    [[nodiscard]] Call* find_call(CallId id);
    [[nodiscard]] Campaign& campaign_of(const Call& call);
    void touch(CampaignId campaign) { touched_.insert(campaign); }
    void touch_all();

    Now now_{};
    MakeRule make_rule_;
    std::map<CampaignId, std::unique_ptr<pacing::Rule>> rules_;  ///< made when first needed
    pacing::Picture picture_;                                    ///< scratch of picture_of()
    std::set<DeadlineKey> deadlines_;
    std::set<CampaignId> touched_;  ///< campaigns whose dialing must be looked at after this event
};

}  // namespace bellwether::engine
