// Conferences of legs on several media threads: who hears whom, hold, and no clicks.

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <cstdlib>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "dialer/media/media_engine.h"
#include "dialer/media/playback.h"
#include "dialer/media/splice.h"
#include "station.h"

namespace bellwether::media::test {
namespace {

constexpr std::size_t kContact = 0;
constexpr std::size_t kAgent = 1;
constexpr std::size_t kSupervisor = 2;
constexpr std::array<double, 3> kVoice{600, 1000, 1700};

/// Three people who each say a tone all the time, and the dialer's legs to them on three threads.
struct ThreePeople {
    ThreePeople() {
        for (std::uint64_t i = 0; i < 3; ++i) {
            world.load_tone(kVoice[i]);
            connect(dialer, leg(i), world, CallId{i});
            ears[i] = world.listen(CallId{i});
            world.engine->play(CallId{i}, i, {std::to_string(static_cast<int>(kVoice[i]))});
        }
    }
    static CallId leg(std::size_t person) { return CallId{10 + person}; }

    /// Waits until this person hears exactly these.
    void expect_heard(std::size_t listener, const std::vector<std::size_t>& speakers) {
        ears[listener]->wait_until(1600, [&](auto wave) {
            for (std::size_t i = 0; i < 3; ++i) {
                const bool is_heard =
                    std::find(speakers.begin(), speakers.end(), i) != speakers.end();
                const double amplitude = amplitude_of(kVoice[i], wave);
                if (is_heard ? amplitude < kAmplitude * 0.9 : amplitude > 100.0) return false;
            }
            return true;
        });
    }

    Station dialer{{.threads = 3}};
    Station world;
    std::array<std::shared_ptr<Ear>, 3> ears;
};

TEST(Conference, ASupervisorListensWhispersBargesInAndLeaves) {
    ThreePeople people;
    auto& engine = *people.dialer.engine;
    const auto supervisor = ThreePeople::leg(kSupervisor);
    EXPECT_EQ(engine.join_with(supervisor, ThreePeople::leg(kAgent), Role::Monitor).error().code,
              Errc::Conflict)
        << "there is nothing to listen to";
    engine.bridge(ThreePeople::leg(kContact), ThreePeople::leg(kAgent));
    ASSERT_TRUE(engine.join_with(supervisor, ThreePeople::leg(kAgent), Role::Monitor));
    people.expect_heard(kSupervisor, {kContact, kAgent});
    people.expect_heard(kContact, {kAgent});
    people.expect_heard(kAgent, {kContact});
    engine.set_role(supervisor, Role::Whisper);
    people.expect_heard(kAgent, {kContact, kSupervisor});
    people.expect_heard(kContact, {kAgent});
    ASSERT_TRUE(engine.join_with(supervisor, ThreePeople::leg(kAgent), Role::Party));
    people.expect_heard(kContact, {kAgent, kSupervisor});
    engine.leave(supervisor);
    people.expect_heard(kContact, {kAgent});
    people.expect_heard(kSupervisor, {});
    EXPECT_FALSE(engine.join_with(CallId{99}, supervisor, Role::Party));
}

TEST(Conference, OnHoldOneHearsMusicAndNobody) {
    ThreePeople people;
    auto& engine = *people.dialer.engine;
    const auto contact = ThreePeople::leg(kContact);
    for (std::size_t i = 0; i < 3; ++i) {
        engine.join(ThreePeople::leg(i), BridgeId{5}, i == kAgent ? Role::Agent : Role::Party);
    }
    people.expect_heard(kContact, {kAgent, kSupervisor});
    ASSERT_TRUE(engine.hold(contact));
    // The first note of the music: C4 at -26 dBm0, so a peak of 1144 at its loudest.
    people.ears[kContact]->wait_until(1600, [](auto wave) {
        return amplitude_of(261.63, wave) > 300.0 && amplitude_of(kVoice[kAgent], wave) < 100.0;
    });
    people.expect_heard(kAgent, {kSupervisor});
    people.expect_heard(kSupervisor, {kAgent});
    engine.resume(contact);
    people.expect_heard(kContact, {kAgent, kSupervisor});
    people.expect_heard(kAgent, {kContact, kSupervisor});
    EXPECT_EQ(engine.hold(contact, {"no such music"}).error().code, Errc::NotFound);
    EXPECT_EQ(engine.hold(CallId{99}).error().code, Errc::NotFound);
    EXPECT_TRUE(people.dialer.log.all<PlaybackEnded>(contact).empty()) << "music is no playback";
}

TEST(Conference, HoldSurvivesAChangeOfBridgeAndThread) {
    ThreePeople people;
    auto& engine = *people.dialer.engine;
    const auto contact = ThreePeople::leg(kContact);
    engine.bridge(contact, ThreePeople::leg(kAgent));
    people.expect_heard(kContact, {kAgent});
    ASSERT_TRUE(engine.hold(contact));
    people.expect_heard(kContact, {});
    // The agent consults the third, then all three are together, the contact still on hold.
    engine.join(ThreePeople::leg(kSupervisor), BridgeId{9});
    engine.join(ThreePeople::leg(kAgent), BridgeId{9});
    engine.join(contact, BridgeId{9});
    people.expect_heard(kAgent, {kSupervisor});
    people.expect_heard(kContact, {});
    engine.resume(contact);
    people.expect_heard(kContact, {kAgent, kSupervisor});
}

TEST(Splice, NeitherBeginsNorEndsWithAStep) {
    Frame loud;
    loud.fill(16'000);
    Splice splice;
    int last = 0;
    int largest = 0;
    for (int tick = 0; tick < 40; ++tick) {
        const Frame* frame = splice.next(tick % 10 < 5 ? nullptr : &loud);
        for (std::size_t i = 0; i < kFrameSamples; ++i) {
            const int sample = frame == nullptr ? 0 : (*frame)[i];
            largest = std::max(largest, std::abs(sample - last));
            last = sample;
        }
    }
    EXPECT_LE(largest, 16'000 / 160);
    EXPECT_EQ(splice.next(&loud), splice.next(&loud)) << "in between it is handed through";
}

TEST(Playback, RepeatsWithoutAGapAndStopsWithoutAStep) {
    auto ramp = std::make_shared<Prompt>();
    for (int n = 0; n < 250; ++n) ramp->samples.push_back(static_cast<std::int16_t>(n));
    Playback music{1, {ramp}, Playback::Times::Forever};
    std::vector<std::int16_t> heard;
    for (int tick = 0; tick < 20; ++tick) {
        Frame frame{};
        EXPECT_FALSE(music.add_to(frame));
        heard.insert(heard.end(), frame.begin(), frame.end());
    }
    for (std::size_t n = 0; n < heard.size(); ++n) ASSERT_EQ(heard[n], static_cast<int>(n % 250));
    Frame last{};
    music.add_falling_to(last);
    EXPECT_EQ(last[0], 3200 % 250);
    EXPECT_LE(std::abs(last[159]), 2);
    Playback nothing{2, {std::make_shared<Prompt>()}, Playback::Times::Forever};
    Frame frame{};
    EXPECT_TRUE(nothing.add_to(frame)) << "an empty prompt forever is the end";
}

}  // namespace
}  // namespace bellwether::media::test
