#include "dialer/app/service/service.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>
#include <utility>
#include <variant>

#include "compliance/abandonment_account.h"
#include "compliance/destination.h"
#include "dialer/app/files/campaign_file.h"
#include "dialer/app/files/shift.h"
#include "dialer/app/policy/zones.h"
#include "dialer/app/reports/quota_figures.h"
#include "dialer/app/reports/trunks_json.h"
#include "dialer/app/service/speech.h"
#include "dialer/app/service/utc_now.h"
#include "dialer/app/survey/questionnaire_folder.h"
#include "dialer/engine/codec.h"
#include "dialer/media/recording_repair.h"
#include "dialer/store/evidence_log.h"
#include "dialer/store/talk.h"

namespace bellwether::app {
namespace {

using namespace std::chrono_literals;

constexpr auto kSignalPoll = 100ms;
// After the second signal: BYEs are on their way; whoever does not confirm is settled by the next
// start.
constexpr auto kHardStopWithin = 3s;

/// On doubt there is one: nothing is destroyed then.
bool is_any_hold_in_force(store::Store& store) {
    const auto holds = store.evidence().holds();
    return !holds || std::ranges::any_of(*holds, [](const store::HoldRecord& hold) {
        return hold.state == store::HoldState::InForce || hold.state == store::HoldState::LiftAsked;
    });
}

Errc errc_of(engine::ReplyCode code) {
    switch (code) {
        case engine::ReplyCode::NotFound:
            return Errc::NotFound;
        case engine::ReplyCode::Conflict:
            return Errc::Conflict;
        default:
            return Errc::Refused;
    }
}

}  // namespace

Service::Service(Config config) : config_{std::move(config)} {}

Service::~Service() {
    if (telephony_) telephony_->stop();
    if (driver_) driver_->stop();
    store_.reset();
}

Result<std::unique_ptr<Service>> Service::open(const Config& config, Mode mode) {
    std::unique_ptr<Service> service{new Service{config}};
    if (const auto opened = service->open_store(); !opened) return tl::unexpected{opened.error()};
    if (mode == Mode::StoreOnly) return service;
    if (const auto started = service->start_live(); !started)
        return tl::unexpected{started.error()};
    return service;
}

Result<void> Service::open_store() {
    std::error_code error;
    std::filesystem::create_directories(config_.store.parent_path(), error);
    if (error) {
        return fail(Errc::Unavailable,
                    fmt::format("cannot create the data folder {}: {}",
                                config_.store.parent_path().string(), error.message()));
    }
    if (const auto ruled = open_policy(); !ruled) return ruled;
    const auto prefixes = config_.allowed_prefixes();
    auto store =
        store::Store::open({.path = config_.store,
                            .owner = config_.node,
                            .destination_allowed =
                                [prefixes](const PhoneNumber& number) {
                                    return compliance::allowed(prefixes, number);
                                },
                            .policy = policy_.get(),
                            .vfs = {},
                            .evidence = {.origin = config_.evidence.origin,
                                         .copies = config_.evidence.copies,
                                         .webhook = config_.evidence.webhook}},
                           [this](store::StoreEvent event) { on_store(std::move(event)); });
    if (!store) return tl::unexpected{store.error()};
    store_ = std::move(*store);
    policy_->use_lists(&store_->number_lists());
    return {};
}

/// What this start calls under, in the log before the first call: the packs, and what was set aside
/// by name.
Result<void> Service::log_policy() {
    const auto append = [&](const compliance::evidence::Record& record) -> Result<void> {
        const auto place = store_->append_evidence(record);
        if (!place) return tl::unexpected{place.error()};
        return {};
    };
    for (const auto& record : policy_->start_records(utc_now(), config_.node)) {
        if (const auto appended = append(record); !appended) return appended;
    }
    return {};
}

/// The rules that every dial is decided by, before anything can ask.
Result<void> Service::open_policy() {
    auto shelf = PackShelf::open(config_.compliance.packs);
    if (!shelf) return fail(Errc::InvalidInput, to_text(shelf.error()));
    if (auto read = check_zone_database(); !read) return tl::unexpected{read.error()};
    auto tzdata = tzdata_version();
    if (!tzdata) return tl::unexpected{tzdata.error()};
    const auto& own = config_.compliance;
    policy_ = std::make_unique<CallPolicy>(
        std::move(*shelf),
        PolicySettings{.accepted_drafts = {own.accept_drafts.begin(), own.accept_drafts.end()},
                       .practice_prefixes = own.practice_prefixes,
                       .owned_numbers = {own.owned_numbers.begin(), own.owned_numbers.end()},
                       .caller_country = own.caller_country,
                       .tzdata = std::move(*tzdata)});
    return {};
}

Result<void> Service::start_live() {
    std::error_code error;
    std::filesystem::create_directories(config_.recordings, error);
    if (error) {
        return fail(Errc::Unavailable, fmt::format("cannot create the recordings folder {}: {}",
                                                   config_.recordings.string(), error.message()));
    }
    const auto repaired = media::repair_recordings(config_.recordings);
    if (!repaired) return tl::unexpected{repaired.error()};
    for (const auto& recording : repaired->repaired)
        spdlog::warn("recording_repaired file={} seconds={:.1f} sha256={}", recording.file.string(),
                     recording.seconds, recording.sha256);
    for (const auto& left : repaired->left)
        spdlog::warn("recording_not_repaired reason=\"{}\"", left.detail);
    // Before the driver opens a segment in the place of the last one.
    RecalledPacing recalled = recall_pacing(*store_);
    driver_ = std::make_unique<runtime::Driver>(*this, store_->next_journal_seq());
    runtime::Driver* driver = driver_.get();
    auto telephony = Telephony::start(
        config_,
        {.on_core = [driver](std::function<void()> task) { driver->post_task(std::move(task)); },
         .tell = [driver](const engine::Event& event) { driver->handle(event); },
         .number = [this](NumberId number) { return store_->number(number); },
         .sip_user = [this](AgentId agent) -> std::optional<std::string> {
             const std::lock_guard lock{mutex_};
             const auto found = sip_users_.find(agent);
             return found == sip_users_.end() ? std::nullopt : std::optional{found->second};
         },
         .agent = [this](const std::string& user) -> std::optional<AgentId> {
             const std::lock_guard lock{mutex_};
             const auto found = agents_.find(user);
             return found == agents_.end() ? std::nullopt : std::optional{found->second};
         },
         .call_label = [this](CampaignId campaign) { return policy_->call_label(campaign); },
         .caller = [this](CallId call, const std::string& from,
                          const std::string& called) { return who_calls(call, from, called); },
         .phone_calls = [this](CallId call,
                               const std::string& user) { return phone_signs_in(call, user); },
         .epoch = value_of(store_->epoch())});
    if (!telephony) return tl::unexpected{telephony.error()};
    telephony_ = std::move(*telephony);
    if (const auto loaded = reload_accounts(); !loaded) return loaded;
    if (const auto logged = log_policy(); !logged) return logged;

    if (config_.recordings_keep > 0s) {
        retention_ = std::make_unique<RecordingRetention>(
            config_.recordings, std::chrono::ceil<std::chrono::hours>(config_.recordings_keep),
            [this] { return is_any_hold_in_force(*store_); });
    }
    driver_->start();
    post(engine::EngineStarted{store_->epoch(), config_.lines(), config_.calls_per_second()});
    return restore(std::move(recalled));
}

/// Into his campaign, or else the one that he worked for last, and paused: his keys say the rest.
/// The phone is his: it has registered with his password. Core thread.
std::optional<engine::AgentSignedIn> Service::phone_signs_in(CallId call, const std::string& user) {
    const auto agents = store_->agents();
    if (!agents) return std::nullopt;
    const auto agent = std::ranges::find(*agents, user, &store::AgentRecord::sip_user);
    if (agent == agents->end()) return std::nullopt;
    CampaignId campaign = agent->home;
    if (campaign == CampaignId{}) {
        const auto last = store::last_campaign_of(*store_, agent->id);
        if (last) campaign = last->value_or(CampaignId{});
    }
    const auto skills = parse_skills(agent->skills);
    if (campaign == CampaignId{} || !skills) return std::nullopt;
    engine::AgentSignedIn signed_in{
        .agent = agent->id, .campaign = campaign, .ready = false, .skills = *skills, .leg = call};
    if (agent->shift.empty()) return signed_in;
    const auto end = shift_end(agent->shift, utc_now());
    if (!end) return std::nullopt;
    signed_in.shift_ends = *end;
    return signed_in;
}

/// By the last attempt at his number; whether it counts where he calls is for the engine. Who hides
/// his number, and who was never called, is taken by the number that he dialed. Core thread: one
/// indexed query.
engine::CallArrived Service::who_calls(CallId call, const std::string& from,
                                       const std::string& called) {
    engine::CallArrived arrived{.call = call, .called = called};
    const auto number = PhoneNumber::parse(from);
    if (!number) return arrived;
    const auto match = store::match_caller(*store_, *number, called);
    if (!match) {
        spdlog::error("caller_not_matched reason=\"{}\"", match.error().detail);
        return arrived;
    }
    if (!*match) {
        arrived.caller = number->e164();
        return arrived;
    }
    arrived.campaign = (*match)->campaign;
    arrived.contact = (*match)->contact;
    arrived.number = (*match)->number;
    arrived.attempt = (*match)->attempt;
    arrived.language = (*match)->language;
    arrived.suppressed = (*match)->suppressed;
    return arrived;
}

/// What the store's tables say of an earlier run. Campaigns come first, so that lost attempts find
/// their accounts, but none dials before every lost attempt is settled: its number may stand in
/// another list too.
Result<void> Service::restore(RecalledPacing recalled) {
    const auto campaigns = store_->campaigns();
    if (!campaigns) return tl::unexpected{campaigns.error()};
    std::vector<CampaignId> running;
    for (store::CampaignRecord record : *campaigns) {
        const bool was_running = record.run_state == engine::CampaignRunState::Running;
        if (was_running) record.run_state = engine::CampaignRunState::Stopped;
        const auto applied = apply(record, recalled.take(record.id, driver_->now()));
        if (!applied) {
            // Its file or sounds are gone: the others go on, and nothing of this one is dialed.
            spdlog::error("campaign_not_restored name=\"{}\" reason=\"{}\"", record.name,
                          applied.error().detail);
        } else if (was_running) {
            running.push_back(record.id);
        }
    }
    const auto alive = store_->attempts_alive();
    if (!alive) return tl::unexpected{alive.error()};
    for (const engine::AttemptFoundAlive& attempt : *alive) post(attempt);
    if (!alive->empty()) spdlog::warn("attempts_unknown count={}", alive->size());
    if (const auto cooled = restore_cooling(*campaigns); !cooled) return cooled;
    for (const CampaignId id : running) {
        const auto started = command([id](RequestId request) {
            return engine::CampaignOrdered{request, id, engine::CampaignOrder::Start};
        });
        if (!started) return started;
    }
    return {};
}

/// Numbers that an earlier start left in the dark stay cool whichever campaign asks (promise R4).
Result<void> Service::restore_cooling(const std::vector<store::CampaignRecord>& records) {
    const auto cooloffs = inspect([](const engine::EngineState& state) {
        std::map<CampaignId, std::chrono::seconds> found;
        for (const auto& [id, campaign] : state.campaigns) {
            found[id] = campaign.spec.retry.unknown_cooloff;
        }
        return found;
    });
    if (!cooloffs) return tl::unexpected{cooloffs.error()};
    for (const store::CampaignRecord& record : records) {
        const auto cooloff = cooloffs->find(record.id);
        if (cooloff == cooloffs->end()) continue;
        const auto unknown = store_->unknown_attempts(record.id, utc_now() - cooloff->second);
        if (!unknown) return tl::unexpected{unknown.error()};
        for (const auto& attempt : *unknown) {
            post(engine::NumberCooling{attempt.number, attempt.ended + cooloff->second});
        }
    }
    return {};
}

Result<void> Service::apply(const store::CampaignRecord& record,
                            std::optional<pacing::PacerState> learnt) {
    if (!live()) return {};
    auto file =
        parse_campaign({.text = record.toml, .name = record.name, .folder = "/", .now = utc_now()});
    if (!file) return fail(Errc::InvalidInput, to_text(file.error()));
    campaigns::CampaignSpec& spec = file->spec;
    spec.id = record.id;
    spec.client = record.client;
    spec.list = record.list;
    if (const auto loaded = load_prompts(spec); !loaded) return loaded;
    if (const auto bound = policy_->set_terms(spec, file->terms, file->client, record.started);
        !bound)
        return bound;

    std::vector<compliance::AbandonmentAccount> accounts;
    for (const auto& rule : spec.abandonment) {
        const UtcTime start = compliance::window_start_of(rule.window, spec.hours.zone, utc_now(),
                                                          record.started.value_or(utc_now()));
        const auto account = store_->account(record.id, rule.window, start);
        if (!account) return tl::unexpected{account.error()};
        accounts.push_back(*account);
    }
    if (const auto flushed = store_->flush(); !flushed) return flushed;
    const auto counted = count_quotas(*store_, record.id, spec);
    if (!counted) return tl::unexpected{counted.error()};
    return command([&](RequestId request) {
        return engine::CampaignApplied{request, spec,           record.run_state, accounts,
                                       learnt,  record.started, *counted};
    });
}

Result<void> Service::load_prompts(const campaigns::CampaignSpec& spec) {
    if (!live()) return {};
    std::set<std::string> prompts;
    if (!spec.safe_harbour_prompt.empty()) prompts.insert(spec.safe_harbour_prompt);
    if (spec.notice_prompt) prompts.insert(*spec.notice_prompt);
    for (const std::string& prompt : {spec.detection.message_prompt, spec.detection.screener_prompt,
                                      spec.recording.announcement}) {
        if (!prompt.empty()) prompts.insert(prompt);
    }
    if (spec.inbound) {
        for (const std::string& prompt :
             {spec.inbound->prompt, spec.inbound->queue_prompt, spec.inbound->sorry_prompt,
              spec.inbound->no_number_prompt}) {
            if (!prompt.empty()) prompts.insert(prompt);
        }
        for (const auto& choice : spec.inbound->menu) {
            if (!choice.prompt.empty()) prompts.insert(choice.prompt);
        }
    }
    if (spec.questionnaire) {
        if (const auto loaded = load_questionnaire(*spec.questionnaire); !loaded) return loaded;
    }
    for (const std::string& prompt : prompts) {
        if (const auto loaded = telephony_->media().load_prompt(prompt, prompt); !loaded)
            return loaded;
    }
    return spec.agents.speaks ? load_agent_phrases() : Result<void>{};
}

/// Its recordings, and its texts made into sound by espeak-ng.
Result<void> Service::load_questionnaire(const campaigns::QuestionnaireFiles& files) {
    const auto read = check_questionnaire(files);
    if (!read) return fail(Errc::InvalidInput, to_text(read.error()));
    const Speech speech{config_.data_dir / "speech"};
    for (const auto& prompt : read->prompts) {
        const bool is_spoken = !prompt.text.empty();
        const auto file = is_spoken ? speech.file(prompt.text, prompt.language)
                                    : Result<std::filesystem::path>{
                                          std::filesystem::path{files.folder} / prompt.reference};
        if (!file) return tl::unexpected{file.error()};
        const auto name = is_spoken ? prompt.reference : files.folder + "/" + prompt.reference;
        if (const auto loaded = telephony_->media().load_prompt(name, *file); !loaded)
            return loaded;
    }
    return {};
}

/// What agents hear of their own state, made where there is no recording of it.
Result<void> Service::load_agent_phrases() {
    const Speech speech{config_.data_dir / "speech"};
    for (const AgentPhrase& phrase : kAgentPhrases) {
        const auto own = config_.data_dir / "speech" / fmt::format("agent-{}.wav", phrase.name);
        auto file = std::filesystem::exists(own) ? Result<std::filesystem::path>{own}
                                                 : speech.file(phrase.text, "en");
        if (!file) return tl::unexpected{file.error()};
        const auto name = fmt::format("agent/{}", phrase.name);
        if (const auto loaded = telephony_->media().load_prompt(name, *file); !loaded)
            return loaded;
    }
    return {};
}

Result<void> Service::reload_accounts() {
    const auto agents = store_->agents();
    if (!agents) return tl::unexpected{agents.error()};
    std::vector<sip::Account> accounts;
    {
        const std::lock_guard lock{mutex_};
        sip_users_.clear();
        agents_.clear();
        for (const store::AgentRecord& agent : *agents) {
            sip_users_[agent.id] = agent.phone.empty() ? agent.sip_user : agent.phone;
            agents_[agent.sip_user] = agent.id;
            accounts.push_back({agent.sip_user, agent.ha1_md5});
        }
    }
    if (telephony_) telephony_->sip().set_accounts(std::move(accounts));
    return {};
}

// --- commands ---

void Service::post(engine::Event event) {
    if (driver_ && !driver_->post(std::move(event))) spdlog::error("event_dropped queue=core");
}

Result<void> Service::command(const std::function<engine::Event(RequestId)>& make_event) {
    if (!live())
        return fail(Errc::Unavailable, "no service is running: start one with 'bellwether serve'");
    std::future<engine::Reply> future;
    RequestId request{};
    {
        const std::lock_guard lock{mutex_};
        request = RequestId{++requests_};
        future = waiting_[request].get_future();
    }
    const bool queued = driver_->post(make_event(request));
    if (!queued || future.wait_for(kReplyWithin) != std::future_status::ready) {
        const std::lock_guard lock{mutex_};
        waiting_.erase(request);
        return fail(
            queued ? Errc::Unavailable : Errc::Exhausted,
            queued ? "the engine did not answer in time" : "the engine's queue is full; try again");
    }
    const engine::Reply reply = future.get();
    // What a command has led to is durable before it is acknowledged (promise R3).
    if (reply.code == engine::ReplyCode::Done) return store_->flush();
    return fail(errc_of(reply.code), reply.detail);
}

void Service::reply(const engine::Reply& reply) {
    const std::lock_guard lock{mutex_};
    const auto found = waiting_.find(reply.request);
    if (found == waiting_.end()) return;
    found->second.set_value(reply);
    waiting_.erase(found);
}

nlohmann::json Service::telephony_status() {
    if (!telephony_) return nullptr;
    const sip::Counters counters = telephony_->sip().counters();
    return {{"sip_port", telephony_->sip().port()},
            {"registered", telephony_->sip().registered_users()},
            {"legs", telephony_->media().open_legs()},
            {"invites_sent", counters.invites_sent},
            {"invites_refused", counters.invites_refused},
            {"requests_refused", counters.requests_refused},
            {"registers_refused", counters.registers_refused},
            {"extra_answers", counters.extra_answers},
            {"failovers", counters.failovers},
            {"late_answers", counters.late_answers},
            {"trunks", trunks_json(telephony_->sip().trunks())},
            {"events_dropped", driver_->dropped()}};
}

double Service::uptime_s() const {
    if (!live()) return 0;
    return std::chrono::duration<double>(driver_->now().elapsed.time_since_epoch()).count();
}

// --- runtime::World ---

void Service::open_segment(std::uint64_t first_seq, Now now, const engine::EngineState& state) {
    if (!store_->begin_segment(first_seq, now, engine::encode(state))) store_refused();
}

void Service::record(const runtime::Handled& handled) {
    store::WriteBatch batch;
    auto [text, personal] = engine::encode(handled.event);
    batch.journal =
        store::JournalEntry{handled.seq, handled.now, std::move(text), std::move(personal), {}};
    batch.journal->actions.reserve(handled.actions.size());
    for (const engine::Action& action : handled.actions) {
        news_.hear(action, handled.now.utc);
        batch.journal->actions.push_back(engine::encode(action));
        if (engine::is_store_action(action)) batch.actions.push_back(action);
    }
    if (!store_->submit(std::move(batch))) store_refused();
}

/// The store takes nothing more: full queue or broken. What it does not take is not acted upon,
/// because the engine waits for its word; it must only learn that the word will not come.
void Service::store_refused() {
    {
        const std::lock_guard lock{mutex_};
        if (store_error_) return;
        store_error_ = Error{Errc::Exhausted, "the store accepts no more writes"};
    }
    spdlog::error("store_refused");
    post(engine::StoreFailed{});
}

void Service::on_store(store::StoreEvent event) {
    if (const auto* failed = std::get_if<store::Failed>(&event)) {
        {
            const std::lock_guard lock{mutex_};
            store_error_ = failed->error;
        }
        spdlog::error("store_failed reason=\"{}\"", failed->error.detail);
        return post(engine::StoreFailed{});
    }
    post(std::get<engine::Event>(std::move(event)));
}

void Service::perform(const engine::Action& action) {
    if (const auto* answer = std::get_if<engine::Reply>(&action)) return reply(*answer);
    if (std::holds_alternative<engine::ShutdownReady>(action)) {
        shutdown_ready_ = true;
        return;
    }
    if (const auto* alert = std::get_if<engine::Alert>(&action)) {
        spdlog::warn("alert kind={} campaign={} agent={} call={}", name_of(alert->kind),
                     value_of(alert->campaign), value_of(alert->agent), value_of(alert->call));
        return;
    }
    if (const auto* why = std::get_if<engine::ExplainPacing>(&action)) {
        spdlog::debug("pacing campaign={} block={} limit={} wanted={} start={}",
                      value_of(why->campaign), name_of(why->block), name_of(why->decision.limit),
                      why->decision.wanted, why->decision.start);
        return;
    }
    telephony_->perform(action);
}

// --- running ---

Result<void> Service::run_until_signal(const sigset_t& signals,
                                       const std::function<void()>& hourly) {
    int heard = 0;
    auto next_hour = std::chrono::steady_clock::now();
    auto deadline = std::chrono::steady_clock::time_point::max();
    while (!shutdown_ready_ && std::chrono::steady_clock::now() < deadline) {
        if (std::chrono::steady_clock::now() >= next_hour) {
            next_hour += std::chrono::hours{1};
            hourly();
        }
        const timespec wait{0, std::chrono::nanoseconds{kSignalPoll}.count()};
        if (sigtimedwait(&signals, nullptr, &wait) > 0) {
            ++heard;
            spdlog::info("signal count={} {}", heard,
                         heard == 1 ? "draining" : "ending every call");
            post(engine::ShutdownOrdered{.drain = heard == 1});
            if (heard > 1) deadline = std::chrono::steady_clock::now() + kHardStopWithin;
        }
    }
    if (heard <= 1 && !shutdown_ready_) spdlog::warn("shutdown_incomplete");
    const auto flushed = store_->flush();
    const std::lock_guard lock{mutex_};
    if (store_error_) return tl::unexpected{*store_error_};
    return flushed;
}

}  // namespace bellwether::app
