#pragma once

#include <deque>
#include <set>
#include <tuple>

#include "base/time.h"
#include "campaigns/form/interview.h"
#include "campaigns/outcome.h"
#include "campaigns/quota/feasibility.h"
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
    void on(const TrunksChanged& event);
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
    [[nodiscard]] static std::optional<campaigns::ContactOffer> take_promised(Campaign& campaign,
                                                                              AgentId agent);
    [[nodiscard]] static std::optional<campaigns::ContactOffer> take_own(Campaign& campaign,
                                                                         const Agent& agent);
    static void line_up(Campaign& campaign, const campaigns::ContactOffer& offer);
    void give_back(Campaign& campaign, const campaigns::ContactOffer& offer,
                   const compliance::Decision& decision);
    void refill(Campaign& campaign, const pacing::LineDecision& decision);
    [[nodiscard]] static bool wants_urgent(const Campaign& campaign, int target);
    [[nodiscard]] std::vector<std::string> interview_columns(const Campaign& campaign) const;
    void wake_for_dialing(Campaign& campaign, DialBlock block,
                          const pacing::LineDecision& decision);
    void finish_if_done(Campaign& campaign);
    [[nodiscard]] static int attempts_max_of(
        const Campaign& campaign, const std::optional<campaigns::PromisedCall>& promised);
    [[nodiscard]] compliance::Decision decide_now(const Campaign& campaign,
                                                  const campaigns::ContactOffer& offer);
    [[nodiscard]] UtcTime number_free_at(NumberId number) const;
    [[nodiscard]] bool number_is_busy(NumberId number);

    [[nodiscard]] Call make_line(const Campaign& campaign, const campaigns::ContactOffer& offer);
    void begin_line(Campaign& campaign, Call call, const pacing::LineDecision& pacing,
                    const compliance::Decision& decision);

    // sharing.cpp: the trunks' lines among campaigns
    [[nodiscard]] int trunk_lines_for(const Campaign& campaign) const;
    [[nodiscard]] double trunk_rate_for(const Campaign& campaign) const;
    void end_by_schedule(Campaign& campaign);

    // promises.cpp: callbacks
    void keep_promises(Campaign& campaign);
    bool keep_promise(Campaign& campaign, const campaigns::ContactOffer& offer);
    void promise_of_agent(Campaign& campaign, campaigns::ContactOffer offer);
    [[nodiscard]] std::optional<UtcTime> promise_passes_on_at(
        const Campaign& campaign, const campaigns::ContactOffer& offer) const;
    [[nodiscard]] std::optional<UtcTime> next_promise(const Campaign& campaign) const;
    void store_callback(const Campaign& campaign, const Call& call, AgentId agent, UtcTime due);

    [[nodiscard]] bool call_for(Campaign& campaign, const campaigns::ContactOffer& offer,
                                Agent& agent);

    // conversions.cpp: cases that have refused
    [[nodiscard]] static bool has_own(const Campaign& campaign, const Agent& agent);
    [[nodiscard]] bool wants_him(CampaignId id, const Agent& agent) const;
    [[nodiscard]] static bool may_convert(const Campaign& campaign, const Agent& agent,
                                          const campaigns::ContactOffer& offer);
    [[nodiscard]] Agent* converter_for(const Campaign& campaign,
                                       const campaigns::ContactOffer& offer);
    [[nodiscard]] compliance::Decision against_converting(
        const Campaign& campaign, const campaigns::ContactOffer& offer) const;
    void await_converter(Campaign& campaign, const campaigns::ContactOffer& offer);
    void start_conversions(Campaign& campaign);
    [[nodiscard]] static std::optional<campaigns::ContactOffer> take_conversion(Campaign& campaign,
                                                                                const Agent& agent);
    void settle_refusal(Agent& agent, RefusalTold told, campaigns::RefusalStrength strength,
                        bool do_not_call);
    void take_refusal_back(Agent& agent);

    // reserve.cpp: lines that hold an agent
    [[nodiscard]] bool can_reserve(const Campaign& campaign, const std::string& skill) const;
    [[nodiscard]] compliance::Decision with_agent_in_reserve(const Campaign& campaign,
                                                             const compliance::Decision& decision,
                                                             const std::string& skill) const;
    void reserve_agent(Call& call);
    void release_agent(Call& call);

    // agent_choice.cpp: who takes a call, and which campaign an agent works for
    [[nodiscard]] Agent* agent_for(const Call& call);
    [[nodiscard]] Agent* longest_ready(const Call& call);
    [[nodiscard]] Agent* borrowed_for(const Call& call);
    [[nodiscard]] bool can_spare_an_agent(CampaignId campaign) const;
    [[nodiscard]] bool wants_agents(CampaignId campaign) const;
    void place_agents();
    void move_agent(Agent& agent, CampaignId campaign);
    [[nodiscard]] static std::string skill_for(const Campaign& campaign,
                                               const std::string& language);
    enum class SkillHolders { Nobody, Some, All };
    [[nodiscard]] SkillHolders holders_of(CampaignId campaign, const std::string& skill) const;
    [[nodiscard]] bool somebody_serves(CampaignId campaign, const std::string& skill) const;

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
    void contact_gone(Call& call, std::optional<int> q850_cause);
    [[nodiscard]] campaigns::Outcome outcome_now(Call& call);
    [[nodiscard]] campaigns::Outcome leave_state(Call& call);
    void finish_contact(Call& call, campaigns::Outcome outcome, StoreOutcome details);
    void forget_contact(Call& call);
    [[nodiscard]] bool other_leg_is_gone(Call& call, bool was_answered);
    void leave_talk(Call& call);

    // talk.cpp: what an agent does with the call he has
    [[nodiscard]] Reply hang_up_talk(Agent& agent);
    [[nodiscard]] Reply hold_talk(Agent& agent);
    [[nodiscard]] Reply resume_talk(Agent& agent);
    [[nodiscard]] Reply pause_recording(Agent& agent, bool paused);
    [[nodiscard]] Call* talk_of(const Agent& agent);
    void hold_is_too_long(Call& call);
    void drop_offers_of(Campaign& campaign, ContactId contact);
    void on(const AgentDisposed& event);
    [[nodiscard]] Reply dispose(Agent& agent, const AgentDisposed& event);

    // transfers.cpp: somebody else takes a call over
    void on(const TransferOrdered& event);
    [[nodiscard]] Reply begin_transfer(Agent& agent, const TransferOrdered& event);
    [[nodiscard]] Reply hand_over_ordered(Agent& agent);
    [[nodiscard]] Reply take_back(Agent& agent);
    [[nodiscard]] Reply conference(Agent& agent);
    void target_answered(Call& leg);
    void target_did_not_answer(Call& leg);
    void target_is_gone(Call& leg);
    void hand_over(Call& call, Call& leg);
    void give_back_to_agent(Call& call, AgentNews news);
    void drop_partner(Call& call, HangUpReason reason);
    void transfer_is_settled(const Call& call, const Call& leg, TransferResult result);
    void agent_leaves_transfer(Call& call);

    // inbound.cpp: people who call us
    void on(const CallArrived& event);
    [[nodiscard]] Campaign* campaign_called(const CallArrived& event);
    void refuse_inbound(Call& call);
    void say_menu(Call& call);
    void opt_out_caller(Call& call);
    void menu_prompt_ended(Call& call);
    void menu_key(Call& call, char key);
    void choose(Call& call, const campaigns::MenuChoice& choice);
    void follow_choice(Call& call, campaigns::MenuDoes does);
    void queue_inbound(Call& call);
    void menu_wait_is_over(Call& call);
    void queue_is_too_long(Call& call);
    void inbound_opt_out_is_stored(Call& call);
    void end_inbound(Call& call, HangUpReason reason);
    void inbound_is_gone(Call& call);
    void inbound_step(const Call& call, InboundStep step);
    void say_and_end(Call& call, const std::string& prompt, HangUpReason reason);

    // listeners.cpp: supervisors who listen
    void on(const SupervisorCame& event);
    [[nodiscard]] Reply listen_to(Agent& agent, const SupervisorCame& event);
    void listener_answered(Call& leg);
    void listener_is_gone(Call& leg);
    void end_listeners(const Agent& agent);

    // phone_work.cpp: agents who work by the keys of their phone alone
    void agent_key(Call& leg, char key);
    void obey_keys(Agent& agent, std::string_view keys);
    void say_to_agent(const Agent& agent, std::string_view phrase);
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

    // recording.cpp: when a call's recording begins
    void answer_is_recorded(Call& call);
    [[nodiscard]] bool announces_first(Call& call);
    void announce_to_both(Call& call, CallId agent_leg);
    void announcement_ended(Call& call, bool was_heard);
    void after_announcement(Call& call);
    void record(Call& call);
    void drop_announcement(Call& call);
    void on(const KeyPressed& event);
    void contact_answered(Call& call);
    void person_answered(Call& call);
    void wait_for_agent(Call& call);
    [[nodiscard]] Instant connect_by(const Call& call) const;
    void serve_waiting(Campaign& campaign);
    void bridge(Call& call, Agent& agent);
    void unbridge(Call& call);
    void nobody_came(Call& call);
    void opt_out(Call& call);
    void opt_out_is_stored(Call& call);
    void play(Call& call, std::vector<std::string> prompts);

    // interviewer.cpp: by an agent
    void on(const InterviewerAnswered& event);
    void on(const InterviewerOrdered& event);
    void on(const InterviewerNoted& event);
    void on(const InterviewBrokenOff& event);
    template <class Wish, class Act>
    void in_interview(const Wish& event, Act act);
    [[nodiscard]] static bool is_by_interviewer(const Call& call);
    [[nodiscard]] bool is_with_agent(const Call& call) const;
    void ask_by_interviewer(Call& call);
    void follow_by_interviewer(Call& call, const campaigns::form::InterviewStep& step);
    [[nodiscard]] Reply follow_typed(Call& call, const campaigns::form::InterviewStep& step);
    [[nodiscard]] bool keypad_block_is_over(Call& call);
    void mask_recording(Call& call, bool masked);
    [[nodiscard]] Reply give_to_keypad(Call& call);
    [[nodiscard]] static bool may_be_taken_back(const Call& call);
    void take_from_keypad(Call& call);
    [[nodiscard]] static Reply may_ask(const Call& call);
    [[nodiscard]] std::string item_at_hand(const Call& call) const;
    [[nodiscard]] Reply may_answer(const Call& call, const std::string& item) const;
    [[nodiscard]] Reply obey_interviewer(Call& call, InterviewerOrder order);
    void break_off(Agent& agent, Call& call, const InterviewBrokenOff& event);

    // interviews.cpp: by keypad, and what both have in common
    void on(const AnswerStored& event);
    void on(const AnswerRecorded& event);
    void start_interview(Call& call);
    void begin_interview(Call& call, campaigns::form::Mode mode);
    [[nodiscard]] static bool is_being_interviewed(const Call& call);
    void stop_playing(Call& call);
    /// Who asks; 0: the keypad.
    [[nodiscard]] static AgentId interviewer_of(const Call& call);
    void store_answers(const Call& call, const std::vector<campaigns::form::AnswerChange>& changes);
    void follow(Call& call, const campaigns::form::InterviewStep& step);
    void follow_on_line(Call& call, const campaigns::form::InterviewStep& step);
    void interview_key(Call& call, char key);
    void interview_timed_out(Call& call);
    void interview_prompt_ended(Call& call);
    void interview_opt_out_stored(Call& call);
    void mind_time_limit(Call& call);
    void close_interview(Call& call);
    void seek_agent(Call& call);
    void no_agent_for_interview(Call& call);
    void promise_call_back(Call& call);
    [[nodiscard]] std::string hold_prompt(const Call& call) const;
    void go_on_by_keypad(Call& call);
    [[nodiscard]] campaigns::Outcome outcome_of_interview(const Call& call) const;
    /// A campaign's questionnaire, read.
    struct Asked {
        campaigns::form::Form form;
        campaigns::quota::Plan plan;
        campaigns::quota::Feasibility feasibility{form, plan};
        campaigns::quota::Feasibility expected{form, plan};  ///< asked by an Outlook

        explicit Asked(const campaigns::form::FormSheets& sheets);
        Asked(const Asked&) = delete;
        Asked& operator=(const Asked&) = delete;
    };
    [[nodiscard]] Asked& asked_of(const Campaign& campaign) const;
    [[nodiscard]] const campaigns::form::Form& form_of(const Campaign& campaign) const;
    [[nodiscard]] bool takes_agents(Campaign& campaign);

    // quotas.cpp: the cells of an interview's campaign, and who can still fill one
    [[nodiscard]] bool has_quotas(const Campaign& campaign) const;
    [[nodiscard]] bool quotas_would_miscount(const CampaignApplied& event) const;
    void adopt_quotas(Campaign& campaign, const CampaignApplied& event, bool is_new);
    void ask_quotas(Call& call);
    void settle_quotas(Call& call);
    void store_quotas(const Call& call, const std::vector<campaigns::quota::Mark>& before,
                      const std::vector<campaigns::quota::Mark>& now);
    [[nodiscard]] std::vector<campaigns::quota::Mark> quota_marks(const Call& call);
    [[nodiscard]] campaigns::quota::Reach reach_of_anybody(const Campaign& campaign) const;
    [[nodiscard]] compliance::Decision with_quotas(
        const Campaign& campaign, const std::optional<campaigns::InterviewOffer>& offer,
        const compliance::Decision& decision) const;
    void drop_closed_offers(Campaign& campaign);
    void end_quota_holds(Campaign& campaign);

    // quota_lines.cpp: lines for the last places
    /// Contacts who are not called now, with their places in the queue.
    struct HeldBack {
        std::vector<std::pair<std::size_t, campaigns::ContactOffer>> offers;
        std::vector<std::size_t> left;  ///< the places of those that are left in the queue
        std::size_t looked_at = 0;
        int allowed = 0;  ///< lines that may be started
    };
    [[nodiscard]] HeldBack hold_back(Campaign& campaign, int wanted);
    void put_back(Campaign& campaign, HeldBack held);
    [[nodiscard]] bool searches_too_soon(Campaign& campaign, const pacing::LineDecision& decision);
    void learn_quota_call(const Call& call);
    void learn_quota_interview(const Call& call);
    [[nodiscard]] std::vector<campaigns::quota::CallUnderWay> calls_under_way(
        const Campaign& campaign);
    [[nodiscard]] const std::vector<campaigns::quota::CellIndex>& cells_of(const Call& call);
    [[nodiscard]] std::vector<campaigns::quota::CellChance>& chances_of(Campaign& campaign) const;

    // agents.cpp
    void on(const AgentSignedIn& event);
    void on(const AgentOrdered& event);
    void on(const AgentPhoneLost& event);
    [[nodiscard]] Reply obey(Agent& agent, AgentOrder order, std::string_view code);
    [[nodiscard]] Reply pause(Agent& agent, std::string_view code);
    void get_ready(Agent& agent);
    void take_up(Agent& agent, CallId leg);
    void shift_is_over(Agent& agent);
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
    [[nodiscard]] Instant elapsed_at(UtcTime at) const;
    void touch(CampaignId campaign) { touched_.insert(campaign); }
    void touch_all();

    Now now_{};
    MakeRule make_rule_;
    std::map<CampaignId, std::unique_ptr<pacing::Rule>> rules_;   ///< made when first needed
    mutable std::map<CampaignId, std::unique_ptr<Asked>> asked_;  ///< likewise, of the sheets
    const std::vector<campaigns::form::NamedText> no_columns_;
    pacing::Picture picture_;  ///< scratch of picture_of()
    std::set<DeadlineKey> deadlines_;
    std::set<CampaignId> touched_;  ///< campaigns whose dialing must be looked at after this event
};

}  // namespace bellwether::engine
