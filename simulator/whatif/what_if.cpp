#include "simulator/whatif/what_if.h"

#include <utility>
#include <variant>

#include "dialer/engine/engine.h"
#include "simulator/whatif/what_if_agents.h"
#include "simulator/whatif/what_if_store.h"
#include "simulator/world/virtual_driver.h"

namespace bellwether::simulator {
namespace {

using campaigns::Outcome;
using engine::CampaignOrder;
using pacing::DialMode;
using namespace std::chrono_literals;

// Calls that are up when the recording ends are waited for; the longest talk is no longer.
constexpr auto kCallsOverWithin = 4h;

bool paces_agents(DialMode mode) {
    return mode == DialMode::Progressive || mode == DialMode::Ratio || mode == DialMode::Predictive;
}

/// The engine between a recorded outside world.
class WhatIfWorld : private Outside {
public:
    WhatIfWorld(const Recording& recording, campaigns::CampaignSpec spec,
                const WhatIfOptions& options)
        : recording_{recording},
          spec_{std::move(spec)},
          chances_{recording},
          driver_{recording.begin, *this},
          store_{recording, driver_},
          people_{recording, chances_, options.seed, driver_},
          agents_{recording, chances_, options.seed, driver_},
          staff_{end()} {}

    WhatIfReport run() {
        driver_.after(0s, [this] { begin(); });
        driver_.after(recording_.length, [this] { order(CampaignOrder::Drain); });
        driver_.run_until(end());
        while (!people_.all_over() && driver_.now().elapsed < end() + kCallsOverWithin) {
            driver_.run_until(driver_.now().elapsed + 1min);
        }
        staff_.close(driver_.now().elapsed, figures_);
        return {recording_.figures, figures_, people_.contacts_reached(), people_.drawn()};
    }

private:
    [[nodiscard]] Instant end() const { return recording_.begin.elapsed + recording_.length; }

    void begin() {
        engine::EngineState state;
        engine::Campaign& campaign = state.campaigns[recording_.campaign];
        campaign.spec = spec_;
        campaign.rate = {1.0, driver_.now().elapsed};
        campaign.pacer = recording_.pacer;
        driver_.start(engine::Engine{std::move(state)});
        driver_.deliver(
            engine::EngineStarted{.epoch = Epoch{1},
                                  .trunk_lines = recording_.trunk_lines,
                                  .trunk_calls_per_second = recording_.trunk_calls_per_second});
        driver_.deliver(engine::CampaignApplied{.spec = spec_, .accounts = recording_.accounts});
        agents_.begin();
        for (const OrderMoment& moment : recording_.orders) {
            driver_.after(moment.at, [this, &moment] { order(moment.order); });
        }
        // After the agents' phones have been answered.
        if (recording_.running) {
            driver_.after(0s,
                          [this] { driver_.after(0s, [this] { order(CampaignOrder::Start); }); });
        }
    }

    void order(CampaignOrder order) {
        driver_.deliver(engine::CampaignOrdered{.campaign = recording_.campaign, .order = order});
    }

    void carry_out(const Step& step) override {
        const bool detected = recording_.detect_answers;
        if (const auto* verdict = std::get_if<engine::AnswerDetected>(&step.event)) {
            figures_.live_answers += verdict->verdict == answer_detect::Verdict::Human;
        } else if (const auto* answered = std::get_if<engine::CallAnswered>(&step.event)) {
            figures_.live_answers += !detected && people_.has(answered->call);
        }
        for (const engine::Action& action : step.actions) dispatch(action);
    }

    void dispatch(const engine::Action& action) {
        store_.take(action);
        if (const auto* place = std::get_if<engine::PlaceCall>(&action)) {
            ++figures_.calls;
            people_.place(*place);
        } else if (const auto* hang_up = std::get_if<engine::HangUp>(&action)) {
            if (!people_.hang_up(hang_up->call)) (void)agents_.hang_up(hang_up->call);
        } else if (const auto* bridge = std::get_if<engine::Bridge>(&action)) {
            ++figures_.connected;
            people_.bridge(bridge->contact_call);
        } else if (const auto* play = std::get_if<engine::Play>(&action)) {
            people_.play(*play);
        } else if (const auto* outcome = std::get_if<engine::StoreOutcome>(&action)) {
            figures_.abandoned += outcome->outcome == Outcome::Abandoned;
            people_.ended(*outcome);
        } else if (const auto* ring = std::get_if<engine::RingAgent>(&action)) {
            agents_.ring(*ring);
        } else if (const auto* state = std::get_if<engine::StoreAgentState>(&action)) {
            staff_.agent_is(state->agent, state->state, driver_.now().elapsed);
            agents_.state_changed(*state);
        }
    }

    const Recording& recording_;
    const campaigns::CampaignSpec spec_;
    const Chances chances_;
    VirtualDriver driver_;
    WhatIfStore store_;
    WhatIfPeople people_;
    WhatIfAgents agents_;
    StaffClerk staff_;
    Figures figures_;
};

}  // namespace

Result<WhatIfReport> what_if(const Recording& recording, const campaigns::CampaignSpec& spec,
                             const WhatIfOptions& options) {
    const bool recorded_paces = !recording.spec || recording.spec->mode != DialMode::Unattended;
    if (!paces_agents(spec.mode) || !recorded_paces) {
        return fail(Errc::InvalidInput,
                    "a what-if is for campaigns with agents: dial_mode \"predictive\", "
                    "\"progressive\" or \"ratio\", and a recording of a campaign with agents");
    }
    campaigns::CampaignSpec changed = spec;
    changed.id = recording.campaign;
    changed.client = recording.client;
    changed.list = recording.list;
    changed.questionnaire.reset();  // agents talk as long as they did; what they asked is not told
    changed.detection.mode =
        recording.detect_answers ? answer_detect::Mode::Balanced : answer_detect::Mode::Off;
    changed.detection.audit_share = Probability{0};
    return WhatIfWorld{recording, std::move(changed), options}.run();
}

}  // namespace bellwether::simulator
