// One life of a survey: the engine in virtual time, the store that the service has, and people who
// press the keys that a file says. Ends by kill -9 where it is told to.
//
//   survey_trial FOLDER LIFE [KILL_AT WHERE]
//
// FOLDER holds the sheets, list.csv (phone and columns, in the order of the people), people.json
// ([{"keys": {item: keys}, "hang_up_at": item or null}, ...]) and, from the first life on,
// store.db. KILL_AT counts the events of this life; WHERE is before (what the event led to is
// handed to the store), after, or stored (it is durable, and nobody has heard of it). Appends what
// people heard to heard.ndjson. Exit status 0: the campaign has finished.

#include <fcntl.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <mutex>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <vector>

#include "base/check.h"
#include "base/rng.h"
#include "campaigns/form/read_form.h"
#include "campaigns/quota/recount.h"
#include "dialer/store/list_import.h"
#include "dialer/store/number_rules.h"
#include "dialer/store/quota_rows.h"
#include "dialer/store/store.h"
#include "simulator/world/virtual_driver.h"

namespace {

using namespace bellwether;
using namespace std::chrono_literals;
namespace form = campaigns::form;
using Json = nlohmann::json;

constexpr auto kCommit = 3ms;  // virtual: a store's answer comes a little later
constexpr auto kLifeMax = 100h;
constexpr auto kBetweenLives = 240h;
constexpr int kLines = 12;
constexpr double kBusy = 0.2;
constexpr std::string_view kMumbled = "hm";  // scripts/reference/form.py: too short for an answer

template <class T>
T must(Result<T> result) {
    if (!result) {
        std::cerr << result.error().detail << '\n';
        std::exit(2);
    }
    if constexpr (!std::is_void_v<T>) return *std::move(result);
}

std::string text_of(const std::filesystem::path& file) {
    std::ifstream in{file};
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
}

struct Kill {
    std::uint64_t at = 0;  ///< 0: never
    std::string where;
};

class Trial final : simulator::Outside {
public:
    Trial(std::filesystem::path folder, int life, Kill kill)
        : folder_{std::move(folder)},
          life_{life},
          kill_{std::move(kill)},
          people_(Json::parse(text_of(folder_ / "people.json"))),
          heard_{::open((folder_ / "heard.ndjson").c_str(), O_WRONLY | O_CREAT | O_APPEND, 0644)},
          driver_{{Instant{1h}, begins()}, *this},
          fate_{static_cast<std::uint64_t>(life), "fate"} {}

    /// @return whether the campaign has finished.
    bool run() {
        store_ =
            must(store::Store::open({.path = folder_ / "store.db",
                                     .owner = "trial",
                                     .destination_allowed = [](const PhoneNumber&) { return true; },
                                     .vfs = {}},
                                    [this](store::StoreEvent event) {
                                        const std::lock_guard lock{mutex_};
                                        news_.push_back(std::move(event));
                                    }));
        seq_ = store_->next_journal_seq();
        set_up();
        driver_.after_for_good(0s, [this] { start(); });
        driver_.run_until(Instant{1h} + kLifeMax);
        return driver_.halted();
    }

private:
    [[nodiscard]] UtcTime begins() const {
        return UtcTime{std::chrono::sys_days{std::chrono::year{2026} / 1 / 5}} +
               life_ * std::chrono::duration_cast<std::chrono::milliseconds>(kBetweenLives);
    }

    void set_up() {
        const ClientId client = must(store_->add_client("trial"));
        const ListId list = must(store_->add_list(client, "people"));
        if (store_->epoch() == Epoch{1}) {
            const store::LibPhoneNumberRules rules;
            const auto report = must(store::import_list(*store_, rules,
                                                        {.file = folder_ / "list.csv",
                                                         .list = list,
                                                         .default_region = "US",
                                                         .layout = {},
                                                         .rejects = {},
                                                         .at = begins()}));
            BW_CHECK(report.accepted == static_cast<std::int64_t>(people_.size()));
        }
        spec_.id = must(store_->save_campaign(
            {CampaignId{}, client, list, "trial", "name = \"trial\"\n", {}}, begins()));
        spec_.client = client;
        spec_.list = list;
        spec_.name = "trial";
        spec_.mode = pacing::DialMode::Unattended;
        spec_.lines_max = kLines;
        spec_.calls_per_second = kLines;
        spec_.caller_ids = {"+12025550100"};
        spec_.hours.zone = {.name = "Etc/UTC", .offsets = {{UtcTime{}, 0s}}};
        spec_.hours.windows = {{.days = 0x7f, .from = 0min, .to = 24h}};
        spec_.retry = {.attempts_max = 8,
                       .delays = {{campaigns::Outcome::Busy, 60s},
                                  {campaigns::Outcome::InterviewPartial, 60s}},
                       .unknown_cooloff = 60s};
        spec_.questionnaire = {.sheets = {.survey = text_of(folder_ / "survey.csv"),
                                          .choices = text_of(folder_ / "choices.csv"),
                                          .settings = text_of(folder_ / "settings.csv"),
                                          .quotas = text_of(folder_ / "quotas.csv")},
                               .folder = folder_.string()};
        const auto read = form::read_form(spec_.questionnaire->sheets);
        if (!read) {
            for (const auto& problem : read.error()) std::cerr << describe(problem) << '\n';
            std::exit(2);
        }
        form_ = *read;
        const auto plan = campaigns::quota::read_plan(form_);
        if (!plan) {
            for (const auto& problem : plan.error()) std::cerr << describe(problem) << '\n';
            std::exit(2);
        }
        const auto interviews = must(store::quota_interviews(*store_, spec_.id, *plan));
        counted_ = campaigns::quota::recount(form_, *plan, interviews);
    }

    void start() {
        const auto alive = must(store_->attempts_alive());
        driver_.start(engine::Engine{});
        BW_CHECK(
            store_->begin_segment(seq_, driver_.now(), engine::encode(driver_.engine().state())));
        driver_.deliver(engine::EngineStarted{
            .epoch = store_->epoch(), .trunk_lines = 100, .trunk_calls_per_second = 100});
        driver_.deliver(engine::CampaignApplied{
            .spec = spec_, .accounts = must(store_->accounts(spec_.id)), .counted = counted_});
        for (const auto& found : alive) driver_.deliver(found);
        driver_.deliver(
            engine::CampaignOrdered{.campaign = spec_.id, .order = engine::CampaignOrder::Start});
        look();
    }

    /// Is it over?
    void look() {
        const auto& state = driver_.engine().state();
        const auto& campaign = state.campaigns.at(spec_.id);
        if (campaign.run_state == engine::CampaignRunState::Finished && state.calls.empty()) {
            must(store_->flush());
            return driver_.halt();
        }
        driver_.after(1s, [this] { look(); });
    }

    void die_if(const char* where) const {
        if (kill_.at != 0 && events_ == kill_.at && kill_.where == where) ::raise(SIGKILL);
    }

    // --- what the engine orders ---

    void carry_out(const simulator::Step& step) override {
        ++events_;
        die_if("before");
        store::WriteBatch batch;
        auto [text, personal] = engine::encode(step.event);
        batch.journal =
            store::JournalEntry{seq_++, step.now, std::move(text), std::move(personal), {}};
        for (const engine::Action& action : step.actions) {
            batch.journal->actions.push_back(engine::encode(action));
            if (engine::is_store_action(action)) batch.actions.push_back(action);
        }
        const bool waits = !batch.actions.empty();
        BW_CHECK(store_->submit(std::move(batch)));
        die_if("after");
        if (waits) driver_.after(kCommit, [this] { hear_store(); });
        for (const engine::Action& action : step.actions) carry(action);
    }

    void hear_store() {
        must(store_->flush());
        die_if("stored");
        std::vector<store::StoreEvent> news;
        {
            const std::lock_guard lock{mutex_};
            news.swap(news_);
        }
        for (const store::StoreEvent& event : news) {
            const auto* heard = std::get_if<engine::Event>(&event);
            BW_CHECK(heard != nullptr);
            if (const auto* stored = std::get_if<engine::AnswerStored>(heard)) {
                for (const std::string& key : on_the_way_[stored->call])
                    write("stored", stored->call, key);
                on_the_way_.erase(stored->call);
            }
            driver_.deliver(*heard);
        }
    }

    void carry(const engine::Action& action) {
        if (const auto* place = std::get_if<engine::PlaceCall>(&action)) {
            const auto person = static_cast<std::size_t>(value_of(place->contact)) - 1;
            lines_[place->call] = {.person = person};
            const bool busy = fate_.uniform() < kBusy;
            driver_.after(2s, [this, call = place->call, busy] {
                if (busy) {
                    lines_.erase(call);
                    return driver_.deliver(engine::CallFailed{
                        call, {.kind = campaigns::FailureKind::SipStatus, .sip_status = 486}});
                }
                driver_.deliver(engine::CallAnswered{call});
            });
        } else if (const auto* play = std::get_if<engine::Play>(&action)) {
            hears(*play);
        } else if (const auto* record = std::get_if<engine::RecordAnswer>(&action)) {
            speak(*record);
        } else if (const auto* hang_up = std::get_if<engine::HangUp>(&action)) {
            driver_.after(20ms, [this, call = hang_up->call] {
                if (lines_.erase(call) > 0)
                    driver_.deliver(engine::CallEnded{call, engine::EndedBy::Us});
            });
        } else if (const auto* answers = std::get_if<engine::StoreAnswers>(&action)) {
            for (const form::AnswerChange& change : answers->changes) {
                if (change.kind == form::ChangeKind::Settle)
                    on_the_way_[answers->call].push_back(change.key);
            }
        }
    }

    // --- people ---

    struct Line {
        std::size_t person = 0;
    };

    [[nodiscard]] const form::InterviewState* interview(CallId call) const {
        const auto& calls = driver_.engine().state().calls;
        const auto found = calls.find(call);
        const bool asks = found != calls.end() && found->second.interview &&
                          found->second.state == engine::CallState::Interviewing;
        return asks ? &found->second.interview->state : nullptr;
    }

    [[nodiscard]] bool at_item(CallId call, int presentation) const {
        const auto* asked = interview(call);
        return asked != nullptr && asked->presentations == presentation &&
               (asked->phase == form::Phase::Listening || asked->phase == form::Phase::Prompting);
    }

    void hears(const engine::Play& play) {
        const auto* asked = interview(play.call);
        if (asked == nullptr) return;
        const bool closing = asked->phase == form::Phase::Closing;
        const std::string key = closing ? "" : form::key_of(form_, asked->item);
        if (!closing) write("presented", play.call, key);
        const Json& person = people_.at(lines_.at(play.call).person);
        const bool first_call = driver_.engine().state().calls.at(play.call).attempts_made == 1;
        const bool leaves = first_call && person["hang_up_at"] == key;
        const int presentation = asked->presentations;
        driver_.after(1500ms, [this, play, key, closing, leaves, presentation] {
            if (!lines_.contains(play.call)) return;
            if (leaves) {
                lines_.erase(play.call);
                return driver_.deliver(engine::CallEnded{play.call, engine::EndedBy::Peer});
            }
            driver_.deliver(engine::PlaybackEnded{play.call, play.playback, true});
            const auto& keys = people_.at(lines_.at(play.call).person)["keys"];
            if (closing || !keys.contains(key) || is_spoken(key)) return;
            press(play.call, key, keys[key].get<std::string>(), presentation);
        });
    }

    void press(CallId call, const std::string& item, const std::string& keys, int presentation) {
        if (keys.empty()) return;
        driver_.after(200ms, [this, call, item, keys, presentation] {
            if (!at_item(call, presentation)) return write("closed_early", call, item);
            driver_.deliver(engine::KeyPressed{call, keys.front()});
            press(call, item, keys.substr(1), presentation);
        });
    }

    [[nodiscard]] bool is_spoken(const std::string& key) const {
        const auto item = form::item_of(form_, key);
        if (!item) return false;
        const form::RowType type = form_.rows[item->row].type;
        return type == form::RowType::Text || type == form::RowType::Audio;
    }

    /// The recording's id is another each time, as a file's name is.
    void speak(const engine::RecordAnswer& record) {
        const std::string words =
            people_.at(lines_.at(record.call).person)["keys"].value(record.question, "");
        const auto spoken = words.empty() ? 0ms : words == kMumbled ? 200ms : 1500ms;
        const std::string id = std::to_string(life_) + '-' + std::to_string(++recordings_) + ".wav";
        driver_.after(2s, [this, call = record.call, item = record.question, id, spoken] {
            if (!lines_.contains(call)) return;
            write("recorded", call, item, id);
            driver_.deliver(engine::AnswerRecorded{call, id, spoken});
        });
    }

    void write(const char* what, CallId call, const std::string& key,
               const std::string& recording = {}) const {
        const auto found = lines_.find(call);
        if (found == lines_.end()) return;
        const std::string line = Json{{"what", what},
                                      {"person", found->second.person},
                                      {"call", value_of(call)},
                                      {"item", key},
                                      {"recording", recording}}
                                     .dump() +
                                 "\n";
        BW_CHECK(::write(heard_, line.data(), line.size()) == static_cast<ssize_t>(line.size()));
    }

    std::filesystem::path folder_;
    int life_;
    Kill kill_;
    Json people_;
    int heard_;
    simulator::VirtualDriver driver_;
    Rng fate_;
    std::uint64_t seq_ = 1;
    std::uint64_t events_ = 0;
    std::uint64_t recordings_ = 0;
    campaigns::CampaignSpec spec_;
    form::Form form_;
    campaigns::quota::Recount counted_;
    std::map<CallId, Line> lines_;
    std::map<CallId, std::vector<std::string>> on_the_way_;
    std::mutex mutex_;
    std::vector<store::StoreEvent> news_;  ///< guarded by mutex_
    std::unique_ptr<store::Store> store_;  // last: its thread ends first
};

}  // namespace

int main(int argc, char** argv) {
    if (argc != 3 && argc != 5) {
        std::cerr << "usage: survey_trial FOLDER LIFE [KILL_AT before|after|stored]\n";
        return 2;
    }
    Kill kill;
    if (argc == 5) kill = {std::stoull(argv[3]), argv[4]};
    const bool finished = Trial{argv[1], std::atoi(argv[2]), kill}.run();
    if (!finished) std::cerr << "the campaign has not finished\n";
    return finished ? 0 : 1;
}
