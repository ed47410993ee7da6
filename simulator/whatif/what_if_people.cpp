#include "simulator/whatif/what_if_people.h"

#include <utility>

namespace bellwether::simulator {
namespace {

using namespace std::chrono_literals;
using End = CallRecord::End;

constexpr int kRequestTerminated = 487;  // RFC 3261 21.4.25
// More calls to one contact than any retry rule allows: each has a stream of draws of its own.
constexpr std::uint64_t kCallsMost = 1000;

}  // namespace

WhatIfPeople::WhatIfPeople(const Recording& recording, const Chances& chances, std::uint64_t seed,
                           VirtualDriver& driver)
    : recording_{recording}, chances_{chances}, seed_{seed}, driver_{driver} {}

Duration WhatIfPeople::now() const { return driver_.now().elapsed - recording_.begin.elapsed; }

WhatIfPeople::Line* WhatIfPeople::find(CallId call) {
    const auto found = lines_.find(call);
    return found == lines_.end() ? nullptr : &found->second;
}

CallRecord WhatIfPeople::fate_of(ContactId contact, std::size_t call, Draws& draws) {
    const auto known = recording_.calls.find(contact);
    if (known == recording_.calls.end() || call >= known->second.size()) {
        ++drawn_.calls;
        return chances_.call(now(), draws);
    }
    const CallRecord& recorded = known->second[call];
    if (recorded.end != End::Cut) return recorded;
    ++drawn_.rings;
    return chances_.rest_of(now(), recorded.rang, draws);
}

void WhatIfPeople::place(const engine::PlaceCall& action) {
    const std::size_t nth = tried_[action.contact]++;
    Draws draws{seed_, "what-if", value_of(action.contact) * kCallsMost + nth};
    Line line{.fate = fate_of(action.contact, nth, draws), .draws = draws};
    const CallId call = action.call;
    // Whoever does not answer rings until the engine's own limit.
    if (line.fate.end != End::RangOut) {
        driver_.after(line.fate.rang, [this, call] { resolves(call); });
    }
    lines_.emplace(call, std::move(line));
}

void WhatIfPeople::resolves(CallId id) {
    Line* line = find(id);
    if (line == nullptr) return;  // cancelled
    if (line->fate.end == End::Failed) {
        return driver_.deliver(engine::CallFailed{id, line->fate.failure});
    }
    line->up = true;
    answers(id, line->fate);
}

void WhatIfPeople::answers(CallId call, const CallRecord& fate) {
    const bool machine = fate.end == End::Machine;
    if (recording_.detect_answers && (fate.verdict_after || !fate.patience)) {
        const auto verdict =
            machine ? answer_detect::Verdict::Machine : answer_detect::Verdict::Human;
        driver_.after(fate.verdict_after.value_or(0s), [this, call, verdict] {
            if (find(call) != nullptr) driver_.deliver(engine::AnswerDetected{call, verdict});
        });
        // One whom an agent took before his greeting's end is on record without it: the legal time
        // must begin somewhere.
        const Duration greeted = fate.greeting_after.value_or(fate.verdict_after.value_or(0s));
        if (!machine) {
            driver_.after(greeted, [this, call] {
                if (find(call) != nullptr) driver_.deliver(engine::GreetingEnded{call});
            });
        }
    }
    if (fate.patience) {
        driver_.after(*fate.patience, [this, call] {
            const Line* line = find(call);
            if (line != nullptr && !line->bridged) ends(call, engine::EndedBy::Peer);
        });
    }
    driver_.deliver(engine::CallAnswered{call});
}

void WhatIfPeople::ends(CallId call, engine::EndedBy by) {
    if (find(call) != nullptr) driver_.deliver(engine::CallEnded{call, by});
}

bool WhatIfPeople::hang_up(CallId call) {
    const Line* line = find(call);
    if (line == nullptr) return false;
    if (line->up) {
        driver_.after(0s, [this, call] { ends(call, engine::EndedBy::Us); });
        return true;
    }
    lines_.erase(call);
    driver_.after(0s, [this, call] {
        driver_.deliver(engine::CallFailed{call, {.sip_status = kRequestTerminated}});
    });
    return true;
}

void WhatIfPeople::bridge(CallId call) {
    Line* line = find(call);
    if (line == nullptr || line->bridged) return;
    line->bridged = true;
    if (!line->fate.talk) {
        ++drawn_.talks;
        line->fate.talk = chances_.talk(now(), line->draws);
    }
    driver_.after(*line->fate.talk, [this, call] { ends(call, engine::EndedBy::Peer); });
}

void WhatIfPeople::play(const engine::Play& action) {
    driver_.after(0s, [this, call = action.call, playback = action.playback] {
        driver_.deliver(engine::PlaybackEnded{call, playback, true});
    });
}

void WhatIfPeople::ended(const engine::StoreOutcome& action) {
    lines_.erase(CallId{value_of(action.attempt)});  // they bear the same number
}

}  // namespace bellwether::simulator
