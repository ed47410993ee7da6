#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>

#include "dialer/media/media_engine.h"
#include "support.h"
#include "wav_files.h"

namespace bellwether::media::test {

inline constexpr double kAmplitude = 8000.0;

/// An engine with its events; tones of 10 s under the name of their frequency.
struct Station {
    explicit Station(MediaConfig config = {}) {
        auto started = MediaEngine::start(std::move(config), log.sink());
        EXPECT_TRUE(started) << (started ? "" : started.error().detail);
        if (started) engine = std::move(*started);
    }

    void load_tone(double frequency, std::size_t samples = 80'000) {
        const TempFolder folder;
        const auto path = folder / "tone.wav";
        write_wav(path,
                  {.rate = 8000, .channels = 1, .samples = sine(frequency, kAmplitude, samples)});
        const auto loaded = engine->load_prompt(std::to_string(static_cast<int>(frequency)), path);
        EXPECT_TRUE(loaded) << (loaded ? "" : loaded.error().detail);
    }

    std::shared_ptr<Ear> listen(CallId leg) {
        auto ear = std::make_shared<Ear>();
        engine->set_tap(leg, ear);
        return ear;
    }

    EventLog log;
    std::unique_ptr<MediaEngine> engine;  // last: its threads use the log
};

/// Offer, answer, connect between two engines.
inline void connect(Station& a, CallId leg_a, Station& b, CallId leg_b) {
    ASSERT_TRUE(a.engine->open(leg_a));
    ASSERT_TRUE(b.engine->open(leg_b));
    const auto answer = b.engine->answer(leg_b, a.engine->offer(leg_a));
    ASSERT_TRUE(answer) << answer.error().detail;
    const auto connected = a.engine->connect(leg_a, *answer);
    ASSERT_TRUE(connected) << connected.error().detail;
}

}  // namespace bellwether::media::test
