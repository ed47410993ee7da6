#include "answer-detect/training/variation.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "base/check.h"
#include "base/maths.h"

namespace bellwether::answer_detect::training {
namespace {

using Samples = std::vector<float>;

constexpr std::size_t kShelfSamples = std::size_t{4} * kSampleRate;

// How often and how far. The ranges follow the corpus (research: answer-detect 3): levels -35 ..
// -12 dBm0, noise 6 .. 38 dB below the speech, a quarter of the calls with loss of 0.5 .. 6 %.
constexpr double kSpeedShare = 0.7;
constexpr double kFastest = 0.16;  // log of the speed
constexpr double kEarlierShare = 0.35;
constexpr double kLaterShare = 0.25;
constexpr double kLongestPadS = 1.5;
constexpr double kBandShare = 0.45;
constexpr double kEchoShare = 0.2;
constexpr double kNoiseShare = 0.55;
constexpr double kLevelShare = 0.8;
constexpr double kCodingShare = 0.35;
constexpr double kLossShare = 0.3;

std::size_t samples_of(double seconds) {
    return static_cast<std::size_t>(std::max(0.0, seconds) * kSampleRate);
}

bool happens(Rng& rng, double share) { return rng.uniform() < share; }

float amplitude(double db) {
    constexpr double nepers_per_db = 0.11512925464970229;  // ln 10 / 20
    return static_cast<float>(maths::exp(db * nepers_per_db));
}

float root_mean_square(std::span<const float> samples) {
    if (samples.empty()) return 0;
    double sum = 0;
    for (const float s : samples) sum += static_cast<double>(s) * static_cast<double>(s);
    return static_cast<float>(std::sqrt(sum / static_cast<double>(samples.size())));
}

void scale_to_one(Samples& samples) {
    const float rms = root_mean_square(samples);
    for (float& s : samples) s /= rms;
}

// Cubic through four neighbours (Catmull and Rom): good enough for a telephone.
float between(std::span<const std::int16_t> pcm, double place) {
    const auto at = [&](std::ptrdiff_t i) {
        const auto last = static_cast<std::ptrdiff_t>(pcm.size()) - 1;
        return static_cast<float>(
            pcm[static_cast<std::size_t>(std::clamp(i, std::ptrdiff_t{0}, last))]);
    };
    const auto i = static_cast<std::ptrdiff_t>(place);
    const auto x = static_cast<float>(place - static_cast<double>(i));
    const float a = at(i - 1);
    const float b = at(i);
    const float c = at(i + 1);
    const float d = at(i + 2);
    return b + 0.5F * x * (c - a + x * (2 * a - 5 * b + 4 * c - d + x * (3 * (b - c) + d - a)));
}

Samples at_speed(std::span<const std::int16_t> pcm, double speed, std::size_t most) {
    const auto count = static_cast<std::size_t>(static_cast<double>(pcm.size()) / speed);
    Samples out(std::min(count, most));
    for (std::size_t i = 0; i < out.size(); ++i) {
        out[i] = between(pcm, static_cast<double>(i) * speed);
    }
    return out;
}

// Cuts off what stands before the speech, or puts more of it there. Gives the shift in seconds.
double move_start(Samples& samples, double speech_s, Rng& rng) {
    constexpr double margin_s = 0.06;
    const double lead_s = std::max(0.0, speech_s - margin_s);
    if (happens(rng, kEarlierShare)) {
        const auto cut = std::min(samples_of(rng.uniform(0, 1) * lead_s), samples.size());
        samples.erase(samples.begin(), samples.begin() + static_cast<std::ptrdiff_t>(cut));
        return -static_cast<double>(cut) / kSampleRate;
    }
    if (!happens(rng, kLaterShare)) return 0;
    const auto pad = samples_of(rng.uniform(0, kLongestPadS));
    const auto lead = std::min(samples_of(lead_s), samples.size());
    Samples before(pad, 0.0F);
    if (lead > kFrameSamples) {  // the line's own sound, there and back
        for (std::size_t i = 0; i < pad; ++i) {
            const std::size_t place = i % (2 * lead);
            before[pad - 1 - i] = samples[place < lead ? place : 2 * lead - 1 - place];
        }
    }
    samples.insert(samples.begin(), before.begin(), before.end());
    return static_cast<double>(pad) / kSampleRate;
}

void low_pass(Samples& samples, double hz) {
    const float keep = amplitude(-8.685889638 * 2 * 3.141592653589793 * hz / kSampleRate);
    float y = 0;
    for (float& s : samples) s = y = s + keep * (y - s);
}

void high_pass(Samples& samples, double hz) {
    Samples low = samples;
    low_pass(low, hz);
    for (std::size_t i = 0; i < samples.size(); ++i) samples[i] -= low[i];
}

void through_another_band(Samples& samples, Rng& rng) {
    if (happens(rng, 0.6)) high_pass(samples, rng.uniform(60, 450));
    if (happens(rng, 0.6)) low_pass(samples, rng.uniform(900, 3500));
}

void in_a_room(Samples& samples, Rng& rng) {
    const auto delay = samples_of(rng.uniform(0.008, 0.045));
    const auto back = static_cast<float>(rng.uniform(0.15, 0.5));
    Samples wet = samples;
    for (std::size_t i = delay; i < wet.size(); ++i) wet[i] += back * wet[i - delay];
    const auto second = samples_of(rng.uniform(0.011, 0.06));
    for (std::size_t i = second; i < wet.size(); ++i)
        samples[i] = wet[i] + 0.5F * back * wet[i - second];
}

Samples babble(std::span<const LabelledClip* const> talkers, std::size_t count, Rng& rng) {
    Samples out(count, 0.0F);
    const auto voices = 1 + rng.below(3);
    for (std::uint64_t voice = 0; voice < voices; ++voice) {
        const auto& pcm = talkers[rng.below(talkers.size())]->pcm;
        if (pcm.empty()) continue;
        const auto start = rng.below(pcm.size());
        for (std::size_t i = 0; i < count; ++i) {
            out[i] += static_cast<float>(pcm[(start + i) % pcm.size()]);
        }
    }
    if (root_mean_square(out) < 1) std::fill(out.begin(), out.end(), 1.0F);
    scale_to_one(out);
    return out;
}

void add_noise(Samples& samples, float speech_rms, const NoiseShelf& shelf,
               std::span<const LabelledClip* const> talkers, Rng& rng) {
    const float level = speech_rms * amplitude(-rng.uniform(6, 36));
    const auto kind = rng.below(talkers.empty() ? 3 : 4);
    if (kind == 3) {
        const auto noise = babble(talkers, samples.size(), rng);
        for (std::size_t i = 0; i < samples.size(); ++i) samples[i] += level * noise[i];
        return;
    }
    const auto noise = shelf.noise(static_cast<NoiseShelf::Kind>(kind));
    const auto start = rng.below(noise.size());
    for (std::size_t i = 0; i < samples.size(); ++i) {
        samples[i] += level * noise[(start + i) % noise.size()];
    }
}

// What a codec of low rate does to a voice, roughly: noise that goes up and down with it.
void code(Samples& samples, const NoiseShelf& shelf, Rng& rng) {
    const float share = amplitude(-rng.uniform(10, 22));
    const auto noise = shelf.noise(NoiseShelf::Kind::White);
    const auto start = rng.below(noise.size());
    float envelope = 0;
    for (std::size_t i = 0; i < samples.size(); ++i) {
        envelope += 0.02F * (std::abs(samples[i]) - envelope);
        samples[i] += share * envelope * noise[(start + i) % noise.size()];
    }
}

// The steps of G.711, nearly: sixteen to each doubling of the amplitude.
std::int16_t companded(float sample) {
    const float bounded = std::clamp(sample, -32000.0F, 32000.0F);
    float step = 8;
    for (float edge = 256; edge <= std::abs(bounded) && step < 1024; edge *= 2) step *= 2;
    return static_cast<std::int16_t>(std::floor(bounded / step + 0.5F) * step);
}

// Bursts of lost packets. A codec without packets of its own (a gateway) mutes them instead.
void lose_frames(HeardClip& clip, Rng& rng) {
    const double rate = rng.uniform(0.005, 0.08);
    const double burst_ends = rng.uniform(0.3, 0.9);
    const bool is_told = happens(rng, 0.6);
    bool is_losing = false;
    for (std::size_t frame = 0; frame < clip.states.size(); ++frame) {
        is_losing = is_losing ? !happens(rng, burst_ends) : happens(rng, rate * burst_ends);
        if (!is_losing) continue;
        clip.states[frame] = is_told ? FrameState::Lost : FrameState::Silence;
    }
}

void settle_frames(HeardClip& clip) {
    clip.pcm.resize(clip.pcm.size() / kFrameSamples * kFrameSamples);
    clip.states.clear();
    for (std::size_t at = 0; at < clip.pcm.size(); at += kFrameSamples) {
        clip.states.push_back(state_of(Frame(clip.pcm.data() + at, kFrameSamples)));
    }
}

float speech_rms_of(const LabelledClip& clip) {
    const double end_s = std::min({clip.greet_end, clip.speech_start + 3.0,
                                   static_cast<double>(clip.pcm.size()) / kSampleRate});
    const auto first = clip.speech_start < 0 ? 0 : samples_of(clip.speech_start);
    const auto last = clip.speech_start < 0 ? clip.pcm.size() : samples_of(end_s);
    Samples speech;
    for (auto i = first; i < std::min(last, clip.pcm.size()); ++i) speech.push_back(clip.pcm[i]);
    return std::max(1.0F, root_mean_square(speech));
}

}  // namespace

NoiseShelf::NoiseShelf(std::uint64_t seed) {
    Rng rng(seed, "training noise");
    float slow = 0;
    float slower = 0;
    float slowest = 0;
    for (std::size_t i = 0; i < kShelfSamples; ++i) {
        const auto draw = static_cast<float>(rng.normal());
        white_.push_back(draw);
        // Three poles make about 3 dB an octave.
        slow = 0.57F * slow + 1.05F * draw;
        slower = 0.963F * slower + 0.297F * draw;
        slowest = 0.9977F * slowest + 0.099F * draw;
        pink_.push_back(slow + slower + slowest + 0.18F * draw);
        double hum = 0;
        for (int harmonic = 1; harmonic <= 9; harmonic += 2) {
            hum += maths::cos_of_turns(50.0 * harmonic * static_cast<double>(i) / kSampleRate) /
                   harmonic;
        }
        hum_.push_back(static_cast<float>(hum) + 0.1F * draw);
    }
    scale_to_one(white_);
    scale_to_one(pink_);
    scale_to_one(hum_);
}

std::span<const float> NoiseShelf::noise(Kind kind) const {
    const std::array<std::span<const float>, 3> shelf = {white_, pink_, hum_};
    return shelf[static_cast<std::size_t>(kind)];
}

HeardClip as_recorded(const LabelledClip& clip, double longest_s) {
    HeardClip heard;
    const auto count = std::min(clip.pcm.size(), samples_of(longest_s));
    heard.pcm.assign(clip.pcm.begin(), clip.pcm.begin() + static_cast<std::ptrdiff_t>(count));
    settle_frames(heard);
    return heard;
}

HeardClip on_another_line(const LabelledClip& clip, double longest_s, const NoiseShelf& shelf,
                          std::span<const LabelledClip* const> talkers, Rng& rng) {
    HeardClip heard;
    if (clip.pcm.empty()) return heard;
    if (happens(rng, kSpeedShare)) heard.speed = maths::exp(rng.uniform(-kFastest, kFastest));
    const auto most = samples_of(longest_s);
    Samples samples = at_speed(clip.pcm, heard.speed, most);
    heard.shift_s = move_start(samples, clip.speech_start / heard.speed, rng);

    if (happens(rng, kBandShare)) through_another_band(samples, rng);
    if (happens(rng, kEchoShare)) in_a_room(samples, rng);
    const float speech = speech_rms_of(clip);
    if (happens(rng, kCodingShare)) code(samples, shelf, rng);
    if (happens(rng, kNoiseShare)) add_noise(samples, speech, shelf, talkers, rng);
    const double gain_db = happens(rng, kLevelShare) ? rng.uniform(-9, 7) : 0;
    const float gain = amplitude(gain_db);
    if (samples.size() > most) samples.resize(most);
    for (const float s : samples) heard.pcm.push_back(companded(gain * s));
    settle_frames(heard);
    if (happens(rng, kLossShare)) lose_frames(heard, rng);
    return heard;
}

}  // namespace bellwether::answer_detect::training
