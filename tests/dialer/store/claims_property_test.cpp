#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <map>

#include "tests/dialer/store/test_store.h"

// Laws of claims under any order of claims, releases, attempts, do-not-call requests and restarts.

namespace bellwether::store::test {
namespace {

using campaigns::ContactOffer;
using campaigns::Outcome;

enum class Step { Claim, ClaimOther, Release, Attempt, End, Suppress, Restart };

class Walk {
public:
    explicit Walk(int contacts) {
        std::vector<std::string> numbers;
        for (int i = 0; i < contacts; ++i) numbers.push_back(fiction(i));
        test.import_numbers(numbers);
        campaigns_ = {test.campaign, test.add_campaign("second")};
    }

    void take(Step step) {
        now_ += 10;
        switch (step) {
            case Step::Claim:
                claim(0);
                break;
            case Step::ClaimOther:
                claim(1);
                break;
            case Step::Release:
                release();
                break;
            case Step::Attempt:
                begin();
                break;
            case Step::End:
                end();
                break;
            case Step::Suppress:
                suppress();
                break;
            case Step::Restart:
                restart();
                break;
        }
        check_figures();
    }

    TestStore test;

private:
    using Key = std::pair<std::size_t, ContactId>;

    void claim(std::size_t campaign) {
        const auto offered = test.claim(campaigns_[campaign], *rc::gen::inRange(1, 4), at(now_));
        for (const ContactOffer& offer : offered.offers) {
            const Key key{campaign, offer.contact};
            RC_ASSERT(!claimed_.contains(key));  // never two owners
            RC_ASSERT(!live_.contains(key));
            RC_ASSERT(!done_.contains(key));                 // what is done stays done
            RC_ASSERT(!suppressed_.contains(offer.number));  // promise R7
            RC_ASSERT(offer.attempts_made == made_[key]);
            claimed_[key] = offer;
        }
    }

    void release() {
        if (claimed_.empty()) return;
        const Key key = claimed_.begin()->first;
        claimed_.erase(key);
        test.write(
            {engine::ReleaseContact{
                campaigns_[key.first], key.second, {compliance::Verdict::Allow, {}, {}}, {}}},
            at(now_));
    }

    void begin() {
        for (const auto& [key, offer] : claimed_) {
            if (busy_.contains(offer.number)) continue;  // the engine's own rule NUMBER_BUSY
            auto attempt = test.attempt_of(offer);
            attempt.campaign = campaigns_[key.first];
            test.write({attempt}, at(now_));
            busy_.insert(offer.number);
            live_.emplace(key, attempt);
            claimed_.erase(key);
            return;
        }
    }

    void end() {
        if (live_.empty()) return;
        const auto [key, attempt] = *live_.begin();
        const bool again = attempt.attempts_made < 2;
        const auto due = again ? std::optional{at(now_ + *rc::gen::inRange(0, 40))} : std::nullopt;
        test.write({test.outcome_of(attempt, Outcome::Busy, due)}, at(now_));
        settle(key, attempt, again);
    }

    void suppress() {
        const auto number = phone(fiction(*rc::gen::inRange(0, 6)));
        must(test.store->add_do_not_call(
            {number, {}, DoNotCallSource::Command, "ann", "", at(now_), {}}));
        for (const auto& event : test.events.all<engine::SuppressionAdded>()) {
            suppressed_.insert(event.number);
        }
    }

    void restart() {
        test.close();
        test.open();
        claimed_.clear();
        const auto alive = must(test.store->attempts_alive());
        RC_ASSERT(alive.size() == live_.size());
        for (const auto& found : alive) {
            const std::size_t campaign = found.campaign == campaigns_[0] ? 0 : 1;
            const Key key{campaign, found.contact};
            RC_ASSERT(live_.contains(key));
            const auto attempt = live_.at(key);
            RC_ASSERT(attempt.attempt == found.attempt);
            test.write({test.outcome_of(attempt, Outcome::Unknown, at(now_ + 20))}, at(now_));
            settle(key, attempt, true);
        }
    }

    void settle(const Key& key, const engine::StoreAttempt attempt, bool again) {
        made_[key] = attempt.attempts_made;
        busy_.erase(attempt.number);
        live_.erase(key);
        ++ended_[key.first];
        if (!again) done_.insert(key);
    }

    void check_figures() {
        for (std::size_t campaign = 0; campaign < 2; ++campaign) {
            const auto figures = must(test.store->figures(campaigns_[campaign]));
            const auto of_campaign = [&](const auto& keyed) {
                return std::count_if(keyed.begin(), keyed.end(), [&](const auto& entry) {
                    if constexpr (requires { entry.first.first; }) {
                        return entry.first.first == campaign;
                    } else {
                        return entry.first == campaign;
                    }
                });
            };
            RC_ASSERT(figures.claimed == of_campaign(claimed_));
            RC_ASSERT(figures.live == of_campaign(live_));
            RC_ASSERT(figures.attempts_alive == of_campaign(live_));
            RC_ASSERT(figures.done == of_campaign(done_));
            RC_ASSERT(figures.fresh >= 0);
            RC_ASSERT(figures.total == figures.fresh + figures.claimed + figures.live +
                                           figures.retry + figures.done + figures.denied);
            std::int64_t ended = 0;
            for (const auto& count : figures.outcomes) ended += count.attempts;
            RC_ASSERT(ended == ended_[campaign]);
        }
    }

    std::vector<CampaignId> campaigns_;
    std::int64_t now_ = 0;
    std::map<Key, ContactOffer> claimed_;
    std::map<Key, engine::StoreAttempt> live_;
    std::map<Key, int> made_;
    std::set<Key> done_;
    std::set<NumberId> busy_;
    std::set<NumberId> suppressed_;
    std::map<std::size_t, std::int64_t> ended_;
};

RC_GTEST_PROP(ClaimsLaw, NeverTwoOwnersAndFiguresAlwaysAddUp, ()) {
    const auto steps = *rc::gen::container<std::vector<Step>>(
        rc::gen::weightedElement<Step>({{4, Step::Claim},
                                        {3, Step::ClaimOther},
                                        {2, Step::Release},
                                        {6, Step::Attempt},
                                        {5, Step::End},
                                        {1, Step::Suppress},
                                        {1, Step::Restart}}));
    Walk walk{6};
    for (const Step step : steps) walk.take(step);
}

}  // namespace
}  // namespace bellwether::store::test
