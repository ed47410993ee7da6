#include <algorithm>
#include <array>

#include "base/rng.h"
#include "simulator/world/scenario.h"

namespace bellwether::simulator {
namespace {

using campaigns::CampaignSpec;
using campaigns::Outcome;
using pacing::DialMode;
using namespace std::chrono_literals;

// 2026-01-05 is a Monday; scenarios begin some time in its morning, in a zone that is an hour
// ahead.
constexpr UtcTime kMonday{std::chrono::sys_days{std::chrono::year{2026} / 1 / 5}};
constexpr std::uint8_t kEveryDay = 0x7f;

Probability chance(Rng& rng, double most) {
    // Half of the scenarios are free of the fault, so that others are seen without it.
    return rng.happens(Probability{0.5}) ? Probability{} : Probability{rng.uniform(0, most)};
}

double some(Rng& rng, double most) {
    return rng.happens(Probability{0.5}) ? 0.0 : rng.uniform(0, most);
}

/// Notes, choices, numbers with conditions between them, and open answers.
campaigns::QuestionnaireFiles questionnaire(Rng& rng) {
    std::string survey =
        "type,name,media::audio,relevant,constraint,required,tel::timeout_s,tel::retries\n"
        "note,hello,hello.wav,,,,,\n";
    const auto count = 1 + rng.below(5);
    for (std::uint64_t i = 0; i < count; ++i) {
        const std::string name = "q" + std::to_string(i);
        const bool asked_by_choice = i > 0 && rng.happens(Probability{0.4});
        const std::string relevant =
            asked_by_choice ? "${q" + std::to_string(rng.below(i)) + "} != 1" : "";
        std::string type = "integer";
        std::string constraint;
        if (rng.happens(Probability{0.6})) {
            type = "select_one digits";
        } else if (rng.happens(Probability{0.2})) {
            type = "audio";
        } else {
            constraint = ". <= " + std::to_string(5 + rng.below(2000));
        }
        survey += type + "," + name + "," + name + ".wav," + relevant + "," + constraint + "," +
                  (rng.happens(Probability{0.5}) ? "yes" : "") + "," +
                  std::to_string(2 + rng.below(5)) + "," + std::to_string(rng.below(3)) + "\n";
    }
    if (rng.happens(Probability{0.5})) survey += "note,bye,bye.wav,,,,,\n";
    std::string settings = "form_id,tel::commands\npractice,";
    settings += rng.happens(Probability{0.7}) ? "back=*2 optout=*9 agent=*0\n" : "\n";
    return {.sheets = {survey,
                       "list_name,name,tel::key,media::audio\ndigits,1,1,1.wav\ndigits,2,2,2.wav\n"
                       "digits,3,3,3.wav\n",
                       settings},
            .folder = "/practice"};
}

compliance::CallingHours hours(Rng& rng) {
    compliance::CallingHours hours;
    hours.zone = {.name = "Europe/Amsterdam", .offsets = {{UtcTime{}, 1h}}};
    const auto from = std::chrono::minutes{rng.below(11 * 60)};
    const auto to = std::chrono::minutes{13 * 60 + rng.below(11 * 60)};
    hours.windows = {{.days = kEveryDay, .from = from, .to = to}};
    if (rng.happens(Probability{0.3})) {  // a break at noon, in the middle of the run
        hours.windows = {{.days = kEveryDay, .from = 0min, .to = 12h},
                         {.days = kEveryDay, .from = 12h + 30min, .to = 24h}};
    }
    return hours;
}

campaigns::RetryRule retry(Rng& rng) {
    campaigns::RetryRule rule{.attempts_max = 1 + static_cast<int>(rng.below(4)), .delays = {}};
    rule.unknown_cooloff = std::chrono::seconds{60 + rng.below(1800)};
    for (const Outcome outcome : {Outcome::NoAnswer, Outcome::Busy, Outcome::Congestion,
                                  Outcome::Cancelled, Outcome::Abandoned, Outcome::HungUp}) {
        if (rng.happens(Probability{0.3})) continue;
        rule.delays.push_back({outcome, std::chrono::seconds{rng.below(1200)}});
    }
    return rule;
}

std::vector<compliance::AbandonmentRule> abandonment(Rng& rng) {
    using compliance::WindowKind;
    std::vector<compliance::AbandonmentRule> rules{
        {Probability{rng.uniform(0.01, 0.3)}, {WindowKind::Day, 0}}};
    if (rng.happens(Probability{0.4})) {
        rules.push_back({Probability{rng.uniform(0.01, 0.3)}, {WindowKind::Hours, 1}});
    }
    if (rng.happens(Probability{0.3})) {
        rules.push_back({Probability{0.03}, {WindowKind::Month, 0}});
    }
    return rules;
}

campaigns::AnswerDetection detection(Rng& rng) {
    using answer_detect::Mode;
    static constexpr std::array kModes{Mode::Off,      Mode::Off,      Mode::Tones,
                                       Mode::Balanced, Mode::Balanced, Mode::Background};
    campaigns::AnswerDetection detection{.mode = kModes[rng.below(kModes.size())],
                                         .audit_share = Probability{rng.uniform(0, 0.5)}};
    if (rng.happens(Probability{0.4})) {
        detection.on_machine = campaigns::OnMachine::LeaveMessage;
        detection.message_prompt = "message.wav";
    }
    if (rng.happens(Probability{0.5})) detection.screener_prompt = "who.wav";
    if (rng.happens(Probability{0.3})) detection.on_no_speech = campaigns::OnNoSpeech::HangUp;
    return detection;
}

CampaignPlan campaign(Rng& rng, std::uint64_t id) {
    static constexpr std::array kModes{
        DialMode::Progressive, DialMode::Ratio,      DialMode::Unattended, DialMode::Unattended,
        DialMode::Predictive,  DialMode::Predictive, DialMode::Manual,     DialMode::Preview};
    CampaignPlan plan;
    CampaignSpec& spec = plan.spec;
    spec.id = CampaignId{id};
    spec.client = ClientId{1 + rng.below(2)};
    spec.list = ListId{id};
    spec.name = "campaign " + std::to_string(id);
    spec.mode = kModes[rng.below(kModes.size())];
    spec.ratio = rng.uniform(1, 4);
    spec.lines_max = 1 + static_cast<int>(rng.below(30));
    spec.calls_per_second = rng.uniform(0.3, 10);
    spec.caller_ids = {"+31201234567", "+31201234568"};
    spec.ring_limit = std::chrono::seconds{8 + rng.below(30)};
    spec.connect_within = std::chrono::milliseconds{500 + rng.below(3000)};
    spec.wrap_up = std::chrono::seconds{rng.below(30)};
    spec.abandonment = abandonment(rng);
    spec.detection = detection(rng);
    spec.ring_release = rng.happens(Probability{0.7});
    spec.min_ring = std::chrono::seconds{rng.below(20)};
    spec.agent_floor = 1 + static_cast<int>(rng.below(4));
    spec.pacing_safeguards = rng.happens(Probability{0.5});
    spec.safe_harbour_prompt = "safe.wav";
    if (rng.happens(Probability{0.6})) spec.opt_out_key = '9';
    spec.record = rng.happens(Probability{0.3});
    // Without a draw of its own, which would change every scenario.
    if (spec.record && spec.agent_floor > 2) spec.recording.announcement = "recorded.wav";
    spec.hours = hours(rng);
    spec.retry = retry(rng);
    plan.contacts = 20 + static_cast<int>(rng.below(180));
    if (spec.mode == DialMode::Unattended) {
        if (rng.happens(Probability{0.7})) {
            spec.questionnaire = questionnaire(rng);
        } else {
            spec.notice_prompt = "notice.wav";
        }
    } else {
        plan.agents = 1 + static_cast<int>(rng.below(8));
    }
    return plan;
}

Faults faults(Rng& rng) {
    return {.lost_bye = chance(rng, 0.3),
            .crossing_answer = chance(rng, 0.5),
            .lost_cancel = chance(rng, 0.3),
            .repeated = chance(rng, 0.3),
            .phone_drops = chance(rng, 0.3),
            .phone_silent = chance(rng, 0.2),
            .store_stalls = some(rng, 40),
            .carrier_stalls = some(rng, 5),
            .do_not_calls = some(rng, 15),
            .clock_steps = some(rng, 3),
            .mass_sign_outs = some(rng, 4),
            .kills = some(rng, 4),
            .registrations_lost = some(rng, 6),
            .store_failures = some(rng, 1),
            .operator_orders = some(rng, 12)};
}

/// Cells of a few, over the contact's region and the first question.
std::string quotas(Rng& rng) {
    std::string sheet = "name,group,expression,target,start,pick,on_full,mode\n";
    for (int region = 0; region < 4; ++region) {
        for (const char* answer : {"=", "!="}) {
            const std::string name = "c" + std::to_string(region) + (answer[0] == '=' ? "a" : "b");
            sheet += name + ",nested,${contact.region} = 'r" + std::to_string(region) +
                     "' and ${q0} " + answer + " 1," + std::to_string(rng.below(5)) + "," +
                     std::to_string(rng.below(2)) + ",," +
                     (rng.happens(Probability{0.5}) ? "end" : "screen") + "," +
                     (rng.happens(Probability{0.2}) ? "soft" : "hard") + "\n";
        }
    }
    if (rng.happens(Probability{0.5}))
        sheet += "any,all,true()," + std::to_string(rng.below(20)) + ",0,,end,hard\n";
    if (rng.happens(Probability{0.5})) {
        sheet += "left,pick,${q0} > 0," + std::to_string(rng.below(9)) + ",0,least_full,end,hard\n";
        sheet += "right,pick,${q0} > 1," + std::to_string(rng.below(9)) + ",0,,end,hard\n";
    }
    sheet += "everybody,total,true(),,0,,count,\n";
    return sheet;
}

/// Some questions only the keypad asks, in a part of their own.
std::string with_keypad_part(const std::string& survey, Rng& rng) {
    std::string out;
    for (std::size_t begin = 0; begin < survey.size();) {
        const std::size_t end = survey.find('\n', begin);
        const std::string row = survey.substr(begin, end - begin);
        const bool is_question = begin > 0 && !row.starts_with("note,");
        const bool by_keypad_alone = is_question && rng.happens(Probability{0.2});
        out += row + (begin == 0 ? ",tel::interviewer" : by_keypad_alone ? ",no" : ",") + "\n";
        begin = end + 1;
    }
    return out;
}

/// From draws of its own, so that what was drawn before agents interviewed stays as it was.
void set_interviewers(Scenario& scenario) {
    Rng rng{scenario.seed, "interviewers' forms"};
    for (CampaignPlan& plan : scenario.campaigns) {
        if (plan.agents == 0 || !rng.happens(Probability{0.4})) continue;
        plan.spec.questionnaire = questionnaire(rng);
        auto& survey = plan.spec.questionnaire->sheets.survey;
        survey = with_keypad_part(survey, rng);
    }
}

/// From draws of its own, so that what was drawn before refusals were converted stays as it was.
void set_conversions(Scenario& scenario) {
    Rng rng{scenario.seed, "conversions"};
    for (CampaignPlan& plan : scenario.campaigns) {
        if (plan.agents == 0 || !plan.spec.questionnaire || !rng.happens(Probability{0.5}))
            continue;
        // A world lasts minutes: a cooling of days would never end in it.
        plan.spec.conversion =
            campaigns::ConversionRule{.cooling = std::chrono::seconds{1 + rng.below(120)},
                                      .same_interviewer = rng.happens(Probability{0.2})};
    }
}

/// From draws of its own, so that what was drawn before there were quotas stays as it was.
void set_quotas(Scenario& scenario) {
    Rng rng{scenario.seed, "quotas"};
    for (CampaignPlan& plan : scenario.campaigns) {
        const bool has_quotas = rng.happens(Probability{0.6});
        if (has_quotas && plan.spec.questionnaire)
            plan.spec.questionnaire->sheets.quotas = quotas(rng);
    }
}

/// From draws of its own, so that what was drawn before there was a floor stays as it was.
void furnish(Scenario& scenario) {
    Rng rng{scenario.seed, "furniture"};
    scenario.floor.acts = chance(rng, 0.6);
    scenario.floor.callers = static_cast<int>(rng.below(40));
    for (CampaignPlan& plan : scenario.campaigns) {
        using campaigns::MenuDoes;
        CampaignSpec& spec = plan.spec;
        spec.lines_reserved = static_cast<int>(rng.below(4));
        spec.line_weight = 1 + static_cast<int>(rng.below(5));
        spec.agents.dispositions = campaigns::usual_dispositions();
        spec.agents.pause_codes = campaigns::usual_pause_codes();
        spec.agents.transfers = {{"desk", campaigns::TransferTarget::Kind::Phone, "77"}};
        spec.agents.hold_max = std::chrono::seconds{1 + rng.below(30)};
        spec.agents.transfer_ring = std::chrono::seconds{1 + rng.below(20)};
        spec.agents.callback_wait = std::chrono::seconds{rng.below(300)};
        if (rng.happens(Probability{0.3})) spec.retry.attempts_per_day = 2;
        if (rng.happens(Probability{0.6}))
            spec.retry.delays.push_back({campaigns::Outcome::InterviewPartial, 60s});
        if (rng.happens(Probability{0.3})) continue;
        spec.inbound.emplace();
        spec.inbound->prompt = "who.wav";
        spec.inbound->queue_max = std::chrono::seconds{5 + rng.below(60)};
        spec.inbound->menu = {{'1', MenuDoes::Agent, ""},
                              {'2', MenuDoes::CallBack, "we-call.wav"},
                              {'3', MenuDoes::Play, "hours.wav"},
                              {'9', MenuDoes::OptOut, "no-more.wav"}};
        if (rng.happens(Probability{0.5})) spec.inbound->sorry_prompt = "sorry.wav";
    }
}

}  // namespace

Scenario random_scenario(std::uint64_t seed) {
    Rng rng{seed, "scenario"};
    Scenario scenario;
    scenario.seed = seed;
    // Not at zero: an engine whose clock begins at zero hides confusions of "never" and "at once".
    scenario.start = {Instant{std::chrono::hours{1000}}, kMonday + 7h + 13min};
    scenario.start.utc += std::chrono::minutes{rng.below(240)};
    scenario.length = std::chrono::minutes{10 + rng.below(110)};
    scenario.trunk_lines = 1 + static_cast<int>(rng.below(60));
    scenario.trunk_calls_per_second = rng.uniform(0.5, 30);
    const auto count = 1 + rng.below(3);
    for (std::uint64_t id = 1; id <= count; ++id) scenario.campaigns.push_back(campaign(rng, id));
    scenario.shared_numbers = chance(rng, 0.5);
    scenario.people.answers = rng.uniform(0.05, 1.0);
    scenario.people.ring_mean_s = rng.uniform(2, 15);
    scenario.people.talk_mean_s = rng.uniform(5, 90);
    scenario.people.patience_mean_s = rng.uniform(1, 40);
    scenario.keys.opts_out = rng.uniform(0, 0.2);
    scenario.agents.signs_out = rng.uniform(0, 0.2);
    scenario.agents.break_chance = rng.uniform(0, 0.3);
    scenario.faults = faults(rng);
    furnish(scenario);
    set_interviewers(scenario);
    set_conversions(scenario);
    set_quotas(scenario);
    return scenario;
}

}  // namespace bellwether::simulator
