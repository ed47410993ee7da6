#include <algorithm>
#include <utility>

#include "base/check.h"
#include "dialer/engine/core.h"
#include "dialer/engine/set_deadline.h"

// Interviews by interviewers: the questionnaire of a call that is with an agent. He answers for the
// person item by item, may give him to the keypad for a part and take him back, and says so if the
// interview is refused. The call outlives the interview: for the goodbye.

namespace bellwether::engine {
namespace {

namespace form = campaigns::form;
using campaigns::RefusedBy;
using campaigns::RefusedWhen;

Reply refused(ReplyCode code, std::string why) { return Reply{{}, code, std::move(why)}; }

/// AAPOR codes; research/surveys.md 4.2 and 7. Who would not go on, nobody knows in whose name, has
/// broken off.
std::string code_of(RefusedBy who, RefusedWhen when) {
    if (who == RefusedBy::Unknown && when == RefusedWhen::Interview) return "2.12";
    switch (who) {
        case RefusedBy::Respondent:
            return "2.112";
        case RefusedBy::Household:
            return "2.111";
        case RefusedBy::Unknown:
            return "2.11";
    }
    BW_CHECK(false);
}

form::Command command_of(InterviewerOrder order) {
    switch (order) {
        case InterviewerOrder::Back:
            return form::Command::Back;
        case InterviewerOrder::Repeat:
            return form::Command::Repeat;
        case InterviewerOrder::DontKnow:
            return form::Command::DontKnow;
        case InterviewerOrder::Refuse:
            return form::Command::Refuse;
        case InterviewerOrder::Language:
            return form::Command::Language;
        case InterviewerOrder::Keypad:
        case InterviewerOrder::Return:
            break;
    }
    BW_CHECK(false);
}

}  // namespace

bool Engine::Core::is_by_interviewer(const Call& call) {
    return call.interview && call.interview->state.answers.facts.mode == form::Mode::Interviewer;
}

/// He has the call, whether he hears it or not.
bool Engine::Core::is_with_agent(const Call& call) const {
    const auto agent = state.agents.find(call.agent);
    return agent != state.agents.end() && agent->second.contact_call == call.id;
}

/// An agent has the person on the line: the questionnaire begins, or goes on by his voice.
void Engine::Core::ask_by_interviewer(Call& call) {
    const Campaign& campaign = campaign_of(call);
    if (call.kind != CallKind::Contact || !campaign.spec.questionnaire) return;
    if (!call.interview) return begin_interview(call, form::Mode::Interviewer);
    if (call.interview->closed) return;
    call.interview->in_block = false;
    call.interview->state.answers.facts.mixed = true;
    follow(call,
           form::change_mode(form_of(campaign), call.interview->state, form::Mode::Interviewer));
}

/// What is said is the interviewer's: the page learns from the state where the interview stands.
void Engine::Core::follow_by_interviewer(Call& call, const form::InterviewStep& step) {
    call.interview->rejected = step.rejected;
    call.interview->unusual = step.unusual;
    if (step.stop_prompt) stop_playing(call);
}

/// The keypad's own questions have been asked, and an interviewer waits for the person.
bool Engine::Core::keypad_block_is_over(Call& call) {
    InterviewRun& run = *call.interview;
    const bool asks = run.state.phase == form::Phase::Prompting ||
                      run.state.phase == form::Phase::Listening ||
                      run.state.phase == form::Phase::Recording;
    if (!asks || !is_with_agent(call)) return false;
    const bool is_own = !form_of(campaign_of(call)).rows[run.state.item.row].line.interviewer;
    run.in_block |= is_own;
    return run.in_block && !is_own;
}

/// What the person tells the keypad alone is kept out of the talk's recording.
void Engine::Core::mask_recording(Call& call, bool masked) {
    if (call.recording == RecordingStage::Begun && !call.recording_paused)
        emit(PauseRecording{call.id, masked});
}

Reply Engine::Core::give_to_keypad(Call& call) {
    if (call.state != CallState::Bridged)
        return refused(ReplyCode::Conflict, "the person is not talking to the interviewer");
    drop_announcement(call);
    emit(Unbridge{call.id, state.agents.at(call.agent).leg});
    call.state = CallState::Interviewing;
    mask_recording(call, true);
    follow(call,
           form::change_mode(form_of(campaign_of(call)), call.interview->state, form::Mode::Line));
    return Reply{};
}

/// Not while the end is played to him, or his opt-out is on its way to the disk.
bool Engine::Core::may_be_taken_back(const Call& call) {
    const form::Phase phase = call.interview->state.phase;
    return call.state == CallState::Interviewing && phase != form::Phase::Closing &&
           phase != form::Phase::OptingOut;
}

/// The interviewer hears him again, and asks what is to be asked next.
void Engine::Core::take_from_keypad(Call& call) {
    clear_deadline(call);
    stop_playing(call);
    call.state = CallState::Bridged;
    mask_recording(call, false);
    emit(Bridge{call.id, state.agents.at(call.agent).leg});
    emit(TellAgent{call.agent, AgentNews::KeypadPartOver, call.id});
    ask_by_interviewer(call);
}

/// Carries out what an interviewer wants to do with the interview of his call, and answers it.
template <class Wish, class Act>
void Engine::Core::in_interview(const Wish& event, Act act) {
    const auto agent = state.agents.find(event.agent);
    Call* call = agent == state.agents.end() ? nullptr : talk_of(agent->second);
    Reply reply;
    if (call == nullptr || !call->interview) {
        reply = refused(ReplyCode::NotFound, "the agent has no call with an interview");
    } else if (state.store_failed) {
        reply = refused(ReplyCode::Refused,
                        "the store has failed: nothing can be kept any more. Say goodbye");
    } else {
        reply = act(agent->second, *call);
    }
    reply.request = event.request;
    emit(std::move(reply));
}

/// Done: the interviewer may act on the item at hand.
Reply Engine::Core::may_ask(const Call& call) {
    if (call.interview->closed) return refused(ReplyCode::Conflict, "the interview is over");
    if (!is_by_interviewer(call)) {
        return refused(ReplyCode::Conflict,
                       "the person answers by keypad: take him back with the order \"return\"");
    }
    return Reply{};
}

/// Its key; empty: there was none yet, for the keypad asks first.
std::string Engine::Core::item_at_hand(const Call& call) const {
    const form::Form& asked = form_of(state.campaigns.at(call.campaign));
    const form::ItemId& item = call.interview->state.item;
    return item.row < asked.rows.size() ? form::key_of(asked, item) : std::string{};
}

/// Done: it is this item that waits for an answer.
Reply Engine::Core::may_answer(const Call& call, const std::string& item) const {
    const form::InterviewState& interview = call.interview->state;
    if (Reply no = may_ask(call); no.code != ReplyCode::Done) return no;
    if (interview.phase == form::Phase::Handover) {
        return refused(ReplyCode::Conflict,
                       "only the keypad's part is left: give the person to it with the order "
                       "\"keypad\"");
    }
    if (interview.phase != form::Phase::Listening)
        return refused(ReplyCode::Conflict, "the last answer is still being stored");
    const std::string at_hand = item_at_hand(call);
    if (item == at_hand) return Reply{};
    return refused(ReplyCode::Conflict,
                   "\"" + item + "\" is not the item at hand: it is \"" + at_hand + "\"");
}

/// Done, or the message that says why the interpreter did not take it.
Reply Engine::Core::follow_typed(Call& call, const form::InterviewStep& step) {
    follow(call, step);
    return step.rejected ? refused(ReplyCode::Refused, *step.rejected) : Reply{};
}

void Engine::Core::on(const InterviewerAnswered& event) {
    in_interview(event, [&](Agent& agent, Call& call) {
        if (Reply no = may_answer(call, event.item); no.code != ReplyCode::Done) return no;
        const auto step = form::answer_typed(form_of(campaign_of(call)), call.interview->state,
                                             event.text, event.overrule);
        if (step.overruled) {
            emit(StoreInterviewNote{.interview = call.interview->id,
                                    .attempt = call.attempt,
                                    .agent = agent.id,
                                    .item = event.item,
                                    .note = event.overrule,
                                    .overrule = true,
                                    .at = now_.utc});
        }
        return follow_typed(call, step);
    });
}

void Engine::Core::on(const InterviewerOrdered& event) {
    in_interview(event, [&](Agent&, Call& call) { return obey_interviewer(call, event.order); });
}

Reply Engine::Core::obey_interviewer(Call& call, InterviewerOrder order) {
    if (order == InterviewerOrder::Return) {
        if (!may_be_taken_back(call)) {
            return refused(ReplyCode::Conflict,
                           "the person is not answering by keypad, or hears the last words");
        }
        take_from_keypad(call);
        return Reply{};
    }
    if (Reply no = may_ask(call); no.code != ReplyCode::Done) return no;
    if (order == InterviewerOrder::Keypad) return give_to_keypad(call);
    const form::Form& asked = form_of(campaign_of(call));
    if (Reply no = may_answer(call, item_at_hand(call)); no.code != ReplyCode::Done) return no;
    return follow_typed(call, form::command_given(asked, call.interview->state, command_of(order)));
}

void Engine::Core::on(const InterviewerNoted& event) {
    in_interview(event, [&](Agent& agent, Call& call) {
        const form::Form& asked = form_of(campaign_of(call));
        const InterviewRun& run = *call.interview;
        const std::string item = event.item.empty() ? item_at_hand(call) : event.item;
        if (!form::item_of(asked, item))
            return refused(ReplyCode::NotFound, "the questionnaire has no item \"" + item + "\"");
        emit(StoreInterviewNote{.interview = run.id,
                                .attempt = call.attempt,
                                .agent = agent.id,
                                .item = item,
                                .note = event.note,
                                .probe = event.probe,
                                .at = now_.utc});
        return Reply{};
    });
}

void Engine::Core::on(const InterviewBrokenOff& event) {
    in_interview(event, [&](Agent& agent, Call& call) {
        if (Reply no = may_ask(call); no.code != ReplyCode::Done) return no;
        break_off(agent, call, event);
        return Reply{};
    });
}

void Engine::Core::break_off(Agent& agent, Call& call, const InterviewBrokenOff& event) {
    emit(StoreRefusal{.interview = call.interview->id,
                      .attempt = call.attempt,
                      .campaign = call.campaign,
                      .contact = call.contact,
                      .agent = agent.id,
                      .who = event.who,
                      .when = event.when,
                      .strength = event.strength,
                      .reason = event.reason,
                      .note = event.note,
                      .do_not_call = event.do_not_call,
                      .at = now_.utc});
    follow(call, form::break_off(form_of(campaign_of(call)), call.interview->state,
                                 code_of(event.who, event.when)));
    if (event.do_not_call) {
        emit(StoreSuppression{.number = call.number,
                              .client = campaign_of(call).spec.client,
                              .attempt = call.attempt,
                              .at = now_.utc,
                              .agent = agent.id});
    }
    settle_refusal(agent, RefusalTold::ByInterview, event.strength, event.do_not_call);
}

}  // namespace bellwether::engine
