#include "tests/dialer/engine/story.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <sstream>
#include <string_view>
#include <utility>

#include "dialer/engine/codec.h"

namespace bellwether::engine::story {
namespace {

using Json = nlohmann::ordered_json;
using namespace std::chrono_literals;

constexpr UtcTime kMondayAtTen{std::chrono::sys_days{std::chrono::year{2026} / 1 / 5} + 10h};
constexpr std::uint8_t kEveryDay = 0x7f;
constexpr Duration kSettling = 10s;  // calls per second allow a burst only after a quiet time

/// "NAME key=value key=value" taken apart.
struct Phrase {
    std::string name;
    std::vector<std::pair<std::string, std::string>> fields;
};

Phrase parse(const std::string& text) {
    std::istringstream words{text};
    Phrase phrase;
    words >> phrase.name;
    for (std::string word; words >> word;) {
        const auto equals = word.find('=');
        phrase.fields.emplace_back(word.substr(0, equals), word.substr(equals + 1));
    }
    return phrase;
}

/// "failure.sip_status" as a JSON pointer.
Json::json_pointer pointer(std::string path) {
    std::ranges::replace(path, '.', '/');
    return Json::json_pointer{"/" + path};
}

std::string as_word(const Json& value) {
    return value.is_string() ? value.get<std::string>() : value.dump();
}

template <std::size_t I = 0>
Json default_event(const std::string& name) {
    if constexpr (I == std::variant_size_v<Event>) {
        ADD_FAILURE() << "no event is called " << name;
        return {};
    } else {
        using E = std::variant_alternative_t<I, Event>;
        if (name == E::kName) return Json::parse(encode(Event{E{}}).text);
        return default_event<I + 1>(name);
    }
}

class Teller {
public:
    void operator()(const Given& step) {
        spec_ = step.spec;
        handle(
            EngineStarted{.epoch = Epoch{1}, .trunk_lines = 100, .trunk_calls_per_second = 1000});
        handle(CampaignApplied{.spec = step.spec, .run_state = CampaignRunState::Running});
        for (int i = 1; i <= step.agents; ++i) {
            handle(AgentSignedIn{.agent = AgentId{static_cast<std::uint64_t>(i)},
                                 .campaign = step.spec.id,
                                 .ready = true});
            const auto leg = engine_.state().agents.rbegin()->second.leg;
            names_["$leg" + std::to_string(i)] = std::to_string(value_of(leg));
            handle(CallAnswered{leg});
        }
        pass(kSettling);
        pending_.clear();
    }

    void operator()(const Offer& step) {
        ContactsOffered offer{.campaign = spec_.id, .offers = {}, .next_due = {}};
        for (int i = 0; i < step.contacts; ++i) {
            ++contacts_;
            offer.offers.push_back({.contact = ContactId{contacts_},
                                    .number = NumberId{contacts_},
                                    .destination_allowed = true});
        }
        handle(offer);
    }

    void operator()(const Tell& step) {
        if (const auto* event = std::get_if<Event>(&step.event)) return handle(*event);
        const Phrase phrase = parse(std::get<std::string>(step.event));
        Json json = default_event(phrase.name);
        for (const auto& [path, word] : phrase.fields) {
            Json& field = json[pointer(path)];
            const std::string value = resolve(word);
            field = field.is_string() ? Json(value) : Json::parse(value);
        }
        const auto event = decode_event(json.dump(), {});
        ASSERT_TRUE(event.has_value()) << event.error().detail;
        handle(*event);
    }

    void operator()(const Key& step) {
        handle(KeyPressed{CallId{std::stoull(resolve(step.call))}, step.key});
    }

    void operator()(const Wait& step) {
        const Instant end = now_.elapsed + step.length;
        for (auto next = engine_.next_deadline(); next && next->at <= end;
             next = engine_.next_deadline()) {
            pass(std::max(Duration::zero(), next->at - now_.elapsed));
            handle(TimePassed{});
            const auto moved = engine_.next_deadline();
            ASSERT_TRUE(!moved || moved->at > now_.elapsed) << "the engine does not move on";
        }
        pass(end - now_.elapsed);
    }

    void operator()(const StepClock& step) {
        now_.utc += step.by;
        handle(ClockStepped{step.by.count()});
    }

    void operator()(const Expect& step) {
        auto at = pending_.begin();
        for (const std::string& text : step.actions) {
            at = std::find_if(at, pending_.end(),
                              [&](const Json& action) { return matches(parse(text), action); });
            if (at == pending_.end()) {
                ADD_FAILURE() << "missing: " << text << "\nthere was:\n" << what_there_was();
                break;
            }
            ++at;
        }
        pending_.clear();
    }

    void operator()(const Never& step) {
        for (const std::string& text : step.actions) {
            for (const Json& action : pending_) {
                EXPECT_FALSE(matches(parse(text), action)) << text << " in " << action.dump();
            }
        }
    }

private:
    void pass(Duration length) {
        now_.elapsed += length;
        now_.utc = now_.utc + std::chrono::duration_cast<std::chrono::milliseconds>(length);
    }

    void handle(const Event& event) {
        engine_.handle(event, now_);
        while (const auto action = engine_.poll_action()) {
            pending_.push_back(Json::parse(encode(*action).text));
        }
    }

    std::string resolve(const std::string& word) {
        if (!word.starts_with('$')) return word;
        const auto found = names_.find(word);
        if (found != names_.end()) return found->second;
        ADD_FAILURE() << word << " was never met";
        return "0";
    }

    /// Binds the names that the phrase meets for the first time, if all of it matches.
    bool matches(const Phrase& phrase, const Json& action) {
        if (action.at("is") != phrase.name) return false;
        std::map<std::string, std::string> met;
        for (const auto& [path, word] : phrase.fields) {
            const auto at = pointer(path);
            if (!action.contains(at)) return false;
            const std::string value = as_word(action.at(at));
            const auto known = names_.find(word);
            const bool is_new = word.starts_with('$') && known == names_.end();
            if (is_new) {
                met[word] = value;
            } else if (value != (known == names_.end() ? word : known->second)) {
                return false;
            }
        }
        names_.merge(met);
        return true;
    }

    std::string what_there_was() const {
        std::string text;
        for (const Json& action : pending_) text += "  " + action.dump() + "\n";
        return text;
    }

    Engine engine_;
    // Not at zero: an engine that confuses "never" and "at once" would not be noticed there.
    Now now_{Instant{1000h}, kMondayAtTen - 10s};
    campaigns::CampaignSpec spec_;
    std::uint64_t contacts_ = 0;
    std::vector<Json> pending_;
    std::map<std::string, std::string> names_;
};

campaigns::CampaignSpec base(pacing::DialMode mode) {
    campaigns::CampaignSpec spec;
    spec.id = CampaignId{1};
    spec.client = ClientId{1};
    spec.list = ListId{1};
    spec.name = "story";
    spec.mode = mode;
    spec.lines_max = 20;
    spec.calls_per_second = 100;
    spec.caller_ids = {"+15550100"};
    spec.ring_limit = 25s;
    spec.connect_within = 2s;
    spec.wrap_up = 15s;
    spec.safe_harbour_prompt = "safe.wav";
    spec.opt_out_key = '9';
    spec.hours.zone = {.name = "Etc/UTC", .offsets = {{UtcTime{}, 0s}}};
    spec.hours.windows = {{.days = kEveryDay, .from = 0min, .to = 24h}};
    spec.agents.dispositions = campaigns::usual_dispositions();
    spec.agents.pause_codes = campaigns::usual_pause_codes();
    spec.retry.attempts_max = 3;
    spec.retry.unknown_cooloff = 1h;
    spec.retry.delays = {{campaigns::Outcome::Busy, 300s},
                         {campaigns::Outcome::NoAnswer, 600s},
                         {campaigns::Outcome::Congestion, 30s},
                         {campaigns::Outcome::Cancelled, 0s}};
    return spec;
}

}  // namespace

campaigns::CampaignSpec progressive() { return base(pacing::DialMode::Progressive); }

campaigns::CampaignSpec ratio(double lines_per_agent) {
    auto spec = base(pacing::DialMode::Ratio);
    spec.ratio = lines_per_agent;
    return spec;
}

campaigns::CampaignSpec manual() { return base(pacing::DialMode::Manual); }

campaigns::CampaignSpec notice() {
    auto spec = base(pacing::DialMode::Unattended);
    spec.lines_max = 2;
    spec.notice_prompt = "notice.wav";
    return spec;
}

campaigns::CampaignSpec office() {
    using campaigns::MenuDoes;
    using Kind = campaigns::TransferTarget::Kind;
    auto spec = base(pacing::DialMode::Progressive);
    spec.record = true;
    spec.agents.transfers = {{"support", Kind::Phone, "77"},
                             {"outside", Kind::Number, "+15550177"}};
    spec.inbound.emplace();
    spec.inbound->prompt = "who.wav";
    spec.inbound->menu = {{'1', MenuDoes::Agent, ""},
                          {'2', MenuDoes::CallBack, "we-call.wav"},
                          {'3', MenuDoes::Play, "hours.wav"},
                          {'9', MenuDoes::OptOut, "no-more.wav"}};
    spec.inbound->sorry_prompt = "sorry.wav";
    return spec;
}

std::vector<StoryStep> talking(campaigns::CampaignSpec spec, std::vector<StoryStep> then,
                               int agents) {
    std::vector<StoryStep> steps{Given{"an agent", std::move(spec), agents},
                                 Offer{"one contact", 1},
                                 Expect{"stored", {"STORE_ATTEMPT attempt=$c"}},
                                 Tell{"durable", "ATTEMPT_STORED attempt=$c"},
                                 Tell{"answered", "CALL_ANSWERED call=$c"},
                                 Expect{"put through", {"BRIDGE contact_call=$c"}}};
    steps.insert(steps.end(), then.begin(), then.end());
    return steps;
}

campaigns::CampaignSpec survey() {
    auto spec = base(pacing::DialMode::Unattended);
    spec.lines_max = 2;
    spec.questionnaire = {.name = "two questions",
                          .questions = {{.type = campaigns::QuestionType::SelectOne,
                                         .name = "q1",
                                         .prompt = "q1.wav",
                                         .choices = {{'1', "yes", "Yes"}, {'2', "no", "No"}},
                                         .timeout = 5s,
                                         .retries = 1},
                                        {.type = campaigns::QuestionType::Integer,
                                         .name = "q2",
                                         .prompt = "q2.wav",
                                         .min = 0,
                                         .max = 99,
                                         .timeout = 5s,
                                         .retries = 1}},
                          .opt_out_key = '9',
                          .opt_out_prompt = "opted_out.wav"};
    return spec;
}

void handle(Engine& engine, const Event& event, Now now) {
    engine.handle(event, now);
    while (engine.poll_action()) {
    }
}

void play(const std::vector<StoryStep>& steps) {
    Teller teller;
    int number = 0;
    for (const StoryStep& step : steps) {
        ++number;
        const auto& what =
            std::visit([](const auto& s) -> const std::string& { return s.what; }, step);
        SCOPED_TRACE("step " + std::to_string(number) + ": " + what);
        std::visit(teller, step);
        if (testing::Test::HasFailure()) return;
    }
}

}  // namespace bellwether::engine::story
