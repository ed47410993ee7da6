#include <algorithm>
#include <cstdlib>
#include <string>
#include <utility>

#include "base/check.h"
#include "campaigns/form/picture.h"
#include "campaigns/interview_outcome.h"
#include "campaigns/quota/decide.h"
#include "compliance/zone_walk.h"
#include "dialer/engine/core.h"
#include "dialer/engine/set_deadline.h"

// Interviews by keypad: what the questionnaire's interpreter says is done, and what happens on the
// line is told to it.

namespace bellwether::engine {
namespace {

namespace form = campaigns::form;
using campaigns::Outcome;

// After the longest answer: the beep before it, and the file's way to the disk.
constexpr std::chrono::seconds kRecordedWithin{10};

// Within the hour he still knows what it is about, and agents who were busy are free again.
constexpr std::chrono::minutes kCallBackAfter{30};

/// 31 bits, the same at each attempt at a contact: what was shuffled stays so.
std::uint32_t seed_of(CampaignId campaign, ContactId contact) {
    // SplitMix64 (Steele, Lea, Flood 2014): neighbours in a list do not get neighbouring orders.
    std::uint64_t mixed = value_of(campaign) * 0x9e3779b97f4a7c15U + value_of(contact);
    mixed = (mixed ^ (mixed >> 30U)) * 0xbf58476d1ce4e5b9U;
    mixed = (mixed ^ (mixed >> 27U)) * 0x94d049bb133111ebU;
    return 1 + static_cast<std::uint32_t>((mixed ^ (mixed >> 31U)) % 0x7ffffffeU);
}

/// "2026-03-02T14:03:07+01:00" on the zone's clocks.
std::string zoned_text(const compliance::ZoneOffsets& zone, UtcTime at) {
    const auto stretch = compliance::stretch_at(zone, at);
    const auto offset = stretch ? stretch->offset : std::chrono::seconds{0};
    const auto local = compliance::local_time(at, offset);
    const auto day = std::chrono::floor<std::chrono::days>(local);
    const std::chrono::year_month_day date{day};
    const std::chrono::hh_mm_ss clock{std::chrono::floor<std::chrono::seconds>(local - day)};
    const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(offset).count();
    const auto digits = [](std::int64_t number, int width) {
        std::string text = std::to_string(std::abs(number));
        return std::string(
                   static_cast<std::size_t>(std::max(0, width - static_cast<int>(text.size()))),
                   '0') +
               text;
    };
    return digits(static_cast<int>(date.year()), 4) + '-' +
           digits(static_cast<unsigned>(date.month()), 2) + '-' +
           digits(static_cast<unsigned>(date.day()), 2) + 'T' + digits(clock.hours().count(), 2) +
           ':' + digits(clock.minutes().count(), 2) + ':' + digits(clock.seconds().count(), 2) +
           (minutes < 0 ? '-' : '+') + digits(std::abs(minutes) / 60, 2) + ':' +
           digits(std::abs(minutes) % 60, 2);
}

/// Recordings are named from the questionnaire's folder, spoken texts by themselves.
std::vector<std::string> located(const campaigns::QuestionnaireFiles& files,
                                 std::vector<std::string> prompts) {
    for (std::string& prompt : prompts) {
        if (!prompt.starts_with("tts:")) prompt = files.folder + "/" + prompt;
    }
    return prompts;
}

}  // namespace

/// Those with agents, and a survey whose questionnaire lets people ask for one.
bool Engine::Core::takes_agents(Campaign& campaign) {
    if (!nobody_needs_agents(campaign)) return true;
    if (!campaign.spec.questionnaire) return false;
    return std::ranges::any_of(form_of(campaign).commands, [](const form::CommandKeys& keys) {
        return keys.command == form::Command::Agent;
    });
}

void Engine::Core::start_interview(Call& call) {
    call.state = CallState::Interviewing;
    milestone(call, Milestone::Spoken);
    begin_interview(call, form::Mode::Line);
}

void Engine::Core::begin_interview(Call& call, form::Mode mode) {
    Campaign& campaign = campaign_of(call);
    campaigns::InterviewOffer offer = call.prepared.value_or(campaigns::InterviewOffer{});
    call.prepared.reset();
    call.interview.emplace();
    call.interview->id = offer.id == InterviewId{} ? InterviewId{next_id()} : offer.id;
    emit(StoreInterview{.interview = call.interview->id,
                        .attempt = call.attempt,
                        .campaign = call.campaign,
                        .contact = call.contact,
                        .at = now_.utc});
    // Whoever picks up is not put on hold: with all of them busy the keypad asks at once.
    const bool has_promised_agent = call.promised && agent_for(call) != nullptr;
    const auto language = std::ranges::find(offer.columns, "language", &form::NamedText::name);
    form::InterviewFacts facts{
        .seed = seed_of(call.campaign, call.contact),
        .now = zoned_text(campaign.spec.hours.zone, now_.utc),
        .language = language == offer.columns.end() ? std::string{} : language->value,
        .mode = mode,
        .mixed = mode == form::Mode::Interviewer,
        .agents = somebody_serves(call.campaign, {}),
        .promised_agent = has_promised_agent,
        .quotas = has_quotas(campaign),
        .contact = std::move(offer.columns)};
    std::vector<form::StoredAnswer> earlier;
    for (campaigns::EarlierAnswer& answer : offer.earlier) {
        earlier.push_back(
            {std::move(answer.key), std::move(answer.value), answer.how, answer.kept});
    }
    if (facts.quotas) {
        campaigns::quota::resume(asked_of(campaign).plan, campaign.quota, call.interview->id,
                                 offer.quotas);
    }
    follow(call, form::begin(form_of(campaign), call.interview->state, std::move(facts), earlier));
}

void Engine::Core::follow(Call& call, const form::InterviewStep& step) {
    if (step.stop_recording || step.discard_recording) emit(StopAnswer{call.id});
    if (is_by_interviewer(call)) {
        follow_by_interviewer(call, step);
    } else if (keypad_block_is_over(call)) {
        return take_from_keypad(call);
    } else {
        follow_on_line(call, step);
    }
    if (!step.store.empty()) store_answers(call, step.store);
    if (step.opt_out) {
        emit(StoreSuppression{.number = call.number,
                              .client = campaign_of(call).spec.client,
                              .attempt = call.attempt,
                              .at = now_.utc,
                              .agent = interviewer_of(call)});
    }
    if (step.call_back) promise_call_back(call);
    if (step.ask_quotas) return ask_quotas(call);
    if (step.agent) return seek_agent(call);
    if (!step.end) return;
    if (is_by_interviewer(call)) return close_interview(call);
    end_contact(call, HangUpReason::InterviewDone);
}

AgentId Engine::Core::interviewer_of(const Call& call) {
    return is_by_interviewer(call) ? call.agent : AgentId{};
}

void Engine::Core::store_answers(const Call& call, const std::vector<form::AnswerChange>& changes) {
    emit(StoreAnswers{.call = call.id,
                      .interview = call.interview->id,
                      .changes = changes,
                      .at = now_.utc,
                      .agent = interviewer_of(call)});
}

void Engine::Core::stop_playing(Call& call) {
    if (std::exchange(call.playback, 0) != 0) emit(StopPlaying{call.id});
}

/// What is played, and what is listened to.
void Engine::Core::follow_on_line(Call& call, const form::InterviewStep& step) {
    const Campaign& campaign = campaign_of(call);
    InterviewRun& run = *call.interview;
    clear_deadline(call);
    if (step.stop_prompt && step.play.empty()) stop_playing(call);
    if (!step.play.empty()) {
        play(call, located(*campaign.spec.questionnaire, step.play));
        run.keys_from.reset();
        if (step.barge_after) run.keys_from = now_.elapsed + *step.barge_after;
    }
    if (step.listen) set_deadline(call, now_.elapsed + *step.listen, WakeReason::KeyTimeout);
    if (step.record) {
        emit(RecordAnswer{.call = call.id,
                          .interview = run.id,
                          .question = step.record->key,
                          .max = step.record->max,
                          .silence = step.record->silence,
                          .beep = step.record->beep,
                          .format = campaign.spec.recording.format});
        set_deadline(call, now_.elapsed + step.record->max + kRecordedWithin,
                     WakeReason::KeyTimeout);
    }
}

void Engine::Core::interview_key(Call& call, char key) {
    InterviewRun& run = *call.interview;
    const bool too_early = call.playback != 0 && (!run.keys_from || now_.elapsed < *run.keys_from);
    if (too_early) return;
    follow(call, form::key_pressed(form_of(campaign_of(call)), run.state, key));
}

/// The form's longest call is over: the item at hand is the last. An interviewer is not cut short.
void Engine::Core::mind_time_limit(Call& call) {
    if (is_by_interviewer(call) || is_with_agent(call)) return;
    const auto limit = form_of(campaign_of(call)).max_call;
    const bool is_over = limit.count() > 0 && now_.elapsed - call.picked_up_at >= limit;
    if (is_over) form::end_after_item(call.interview->state);
}

void Engine::Core::interview_prompt_ended(Call& call) {
    mind_time_limit(call);
    follow(call, form::prompt_ended(form_of(campaign_of(call)), call.interview->state));
}

void Engine::Core::interview_timed_out(Call& call) {
    mind_time_limit(call);
    const form::Form& asked = form_of(campaign_of(call));
    form::InterviewState& interview = call.interview->state;
    if (interview.phase != form::Phase::Recording)
        return follow(call, form::timed_out(asked, interview));
    emit(StopAnswer{call.id});  // whose end was never reported: nothing was said
    follow(call, form::recording_ended(asked, interview, {}, {}));
}

/// The interview goes on, whoever leads it; on the line only while it has the person's ear.
bool Engine::Core::is_being_interviewed(const Call& call) {
    if (!call.interview || call.interview->closed) return false;
    return call.state == CallState::Interviewing || is_by_interviewer(call);
}

void Engine::Core::on(const AnswerStored& event) {
    Call* call = find_call(event.call);
    if (call == nullptr || !is_being_interviewed(*call)) return;
    mind_time_limit(*call);
    if (call->interview->state.answers.facts.quotas) return ask_quotas(*call);
    follow(*call, form::answer_stored(form_of(campaign_of(*call)), call->interview->state));
}

void Engine::Core::on(const AnswerRecorded& event) {
    Call* call = find_call(event.call);
    if (call == nullptr || !is_being_interviewed(*call)) return;
    if (call->interview->state.phase != form::Phase::Recording) return;
    follow(*call, form::recording_ended(form_of(campaign_of(*call)), call->interview->state,
                                        event.recording, event.spoken));
}

void Engine::Core::interview_opt_out_stored(Call& call) {
    if (call.interview->state.phase != form::Phase::OptingOut) return;
    follow(call, form::opt_out_stored(form_of(campaign_of(call)), call.interview->state));
}

/// He has pressed the key for a person.
void Engine::Core::seek_agent(Call& call) {
    if (is_with_agent(call)) return take_from_keypad(call);
    if (!somebody_serves(call.campaign, call.skill)) return no_agent_for_interview(call);
    wait_for_agent(call);
}

/// What he hears while an agent is looked for; empty: the built-in pattern.
std::string Engine::Core::hold_prompt(const Call& call) const {
    const Campaign& campaign = state.campaigns.at(call.campaign);
    const form::Form& asked = form_of(campaign);
    const std::size_t language = form::Picture::language_of(asked, call.interview->state.answers);
    const std::string& file = form::in_language(asked, asked.handover_audio, language);
    return file.empty() ? file : campaign.spec.questionnaire->folder + "/" + file;
}

/// The interview goes on where it was.
void Engine::Core::no_agent_for_interview(Call& call) {
    if (call.state == CallState::Waiting) emit(EndHold{call.id});
    call.state = CallState::Interviewing;
    follow(call, form::agent_unavailable(form_of(campaign_of(call)), call.interview->state));
}

/// He wanted an agent, there was none, and he would rather be called than go on by keypad.
void Engine::Core::promise_call_back(Call& call) {
    const UtcTime due = now_.utc + kCallBackAfter;
    store_callback(campaign_of(call), call, AgentId{}, due);
    call.is_settled = true;
    call.settled_due = due;
    expect_contact_at(campaign_of(call), due);
}

/// The agent he had asked for is gone, and no other has come.
void Engine::Core::go_on_by_keypad(Call& call) {
    InterviewRun& run = *call.interview;
    if (run.closed) return end_contact(call, HangUpReason::AgentLost);
    emit(EndHold{call.id});
    call.state = CallState::Interviewing;
    run.state.answers.facts.agents = false;
    follow(call, form::agent_lost(form_of(campaign_of(call)), run.state));
}

/// However it ends: what was heard by then is kept, and where it stood.
void Engine::Core::close_interview(Call& call) {
    InterviewRun& run = *call.interview;
    if (std::exchange(run.closed, true)) return;
    run.rejected.reset();
    run.unusual = false;
    const auto step = form::hung_up(form_of(campaign_of(call)), run.state);
    if (!step.store.empty()) store_answers(call, step.store);
    if (step.opt_out) {
        emit(StoreSuppression{.number = call.number,
                              .client = campaign_of(call).spec.client,
                              .attempt = call.attempt,
                              .at = now_.utc,
                              .agent = interviewer_of(call)});
    }
    BW_CHECK(run.state.end.has_value());
    if (run.state.answers.facts.quotas) settle_quotas(call);
    emit(StoreInterview{.interview = run.id,
                        .attempt = call.attempt,
                        .campaign = call.campaign,
                        .contact = call.contact,
                        .at = now_.utc,
                        .end = run.state.end,
                        .item = item_at_hand(call),
                        .heard = form::has_heard_message(run.state)});
}

Outcome Engine::Core::outcome_of_interview(const Call& call) const {
    const form::InterviewState& interview = call.interview->state;
    if (interview.opted_out) return Outcome::OptedOut;
    return campaigns::outcome_of(interview.end->outcome, interview.end->cause);
}

}  // namespace bellwether::engine
