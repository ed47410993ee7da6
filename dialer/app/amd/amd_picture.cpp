#include "dialer/app/amd/amd_picture.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "answer-detect/spectrum.h"
#include "simulator/plot/palette.h"
#include "simulator/plot/scale.h"
#include "simulator/plot/svg.h"

namespace bellwether::app {

namespace {

using answer_detect::Policy;
using answer_detect::Verdict;
using answer_detect::evaluation::Heard;
using simulator::Pixels;
using simulator::Point;
using simulator::Scale;
using simulator::Svg;
using Anchor = simulator::TextStyle::Anchor;

constexpr double kWidth = 1000;
constexpr double kHeight = 560;
constexpr double kLeft = 74;
constexpr double kRight = 984;
/// Top and bottom of a panel, in px.
struct Band {
    double top;
    double bottom;
};
constexpr Band kWave{64, 154};
constexpr Band kSpectrum{172, 332};
constexpr Band kOdds{350, 500};
constexpr double kOddsMost = 8;  // of the log-odds' axis: 0.03 % to 99.97 %

constexpr std::string_view kWaveColour = "#0072b2";
constexpr std::string_view kOddsColour = "#d55e00";
constexpr std::string_view kSpeechColour = "#009e73";
constexpr std::string_view kBeepColour = "#cc79a7";
constexpr std::string_view kVerdictColour = "#b00020";

/// From silence to the loudest: dark blue over red to a light yellow, lighter step by step, so that
/// it also reads in grey.
std::vector<std::array<std::uint8_t, 3>> heat() {
    constexpr std::array<std::array<double, 3>, 6> kStops{
        {{0, 0, 12}, {40, 11, 84}, {120, 28, 109}, {188, 55, 84}, {249, 142, 9}, {252, 255, 164}}};
    constexpr int kColours = 256;
    std::vector<std::array<std::uint8_t, 3>> palette;
    for (int i = 0; i < kColours; ++i) {
        const double place =
            double{1} * i * static_cast<double>(kStops.size() - 1) / (kColours - 1);
        const auto below = std::min(static_cast<std::size_t>(place), kStops.size() - 2);
        const double part = place - static_cast<double>(below);
        std::array<std::uint8_t, 3> colour{};
        for (std::size_t k = 0; k < colour.size(); ++k) {
            const double value = kStops[below][k] * (1 - part) + kStops[below + 1][k] * part;
            colour[k] = static_cast<std::uint8_t>(std::lround(value));
        }
        palette.push_back(colour);
    }
    return palette;
}

/// One column a frame, 62.5 Hz a row, from 4 kHz above to 0 below; 70 dB under the loudest is dark.
Pixels spectrogram(std::span<const std::int16_t> pcm) {
    using answer_detect::kFrameSamples;
    constexpr std::size_t kRows = 64;
    constexpr std::size_t kBinsPerRow = 2;
    constexpr float kRangeDb = 70;
    const std::size_t columns = std::max<std::size_t>(1, pcm.size() / kFrameSamples);
    std::vector<float> level(columns * kRows, -96.0F);
    answer_detect::Spectrum spectrum;
    for (std::size_t x = 0; (x + 1) * kFrameSamples <= pcm.size(); ++x) {
        const auto& powers = spectrum.push(pcm.subspan(x * kFrameSamples).first<kFrameSamples>());
        for (std::size_t row = 0; row < kRows; ++row) {
            float power = 0;
            for (const auto& one : powers) {
                for (std::size_t k = 0; k < kBinsPerRow; ++k) power += one[row * kBinsPerRow + k];
            }
            level[(kRows - 1 - row) * columns + x] = answer_detect::dbm0(power);
        }
    }
    const float loudest = *std::max_element(level.begin(), level.end());
    Pixels pixels{static_cast<int>(columns), static_cast<int>(kRows), {}, heat()};
    for (const float one : level) {
        const float share = std::clamp(1 + (one - loudest) / kRangeDb, 0.0F, 1.0F);
        pixels.colours.push_back(static_cast<std::uint8_t>(std::lround(share * 255)));
    }
    return pixels;
}

float log_odds(float p) {
    const auto odds = static_cast<float>(kOddsMost);
    if (p <= 0) return -odds;
    if (p >= 1) return odds;
    return std::clamp(std::log(p / (1 - p)), -odds, odds);
}

std::string seconds(double s) { return fmt::format("{:.2f} s", s); }

/// "MACHINE at 2.84 s, 98.1 %".
std::string verdict_text(const Heard& heard) {
    const std::string chance =
        fmt::format("chance of a machine {:.1f} %", static_cast<double>(heard.p_machine) * 100);
    if (!heard.at_s) return "UNSURE to the end, " + chance;
    std::string text = std::string{name_of(heard.verdict)} + " at " + seconds(*heard.at_s);
    const bool is_speech = heard.verdict == Verdict::Human || heard.verdict == Verdict::Machine;
    return is_speech ? text + ", " + chance : text;
}

class Picture {
public:
    Picture(const std::string& title, std::span<const std::int16_t> pcm, const Heard& heard,
            const Policy& policy)
        : svg_{kWidth, kHeight, title},
          pcm_{pcm},
          heard_{heard},
          policy_{policy},
          length_s_{std::max(0.1, static_cast<double>(pcm.size()) / answer_detect::kSampleRate)},
          time_{0, length_s_, kLeft, kRight} {
        svg_.text({kLeft, 24}, title, {.size = 15, .bold = true});
        svg_.text({kLeft, 44}, verdict_text(heard), {.size = 13});
    }

    std::string draw() && {
        frame(kWave, "sound");
        waveform();
        svg_.image({kLeft, kSpectrum.top}, kRight - kLeft, kSpectrum.bottom - kSpectrum.top,
                   spectrogram(pcm_));
        frame(kSpectrum, "");
        for (const int khz : {0, 1, 2, 3}) {
            const double y = Scale{0, 4, kSpectrum.bottom, kSpectrum.top}.place(khz);
            axis_mark(y, fmt::format("{} kHz", khz));
        }
        frame(kOdds, "");
        thresholds();
        odds();
        marks();
        time_axis();
        return std::move(svg_).finish();
    }

private:
    void frame(const Band& band, std::string_view name) {
        svg_.rectangle({kLeft, band.top}, kRight - kLeft, band.bottom - band.top,
                       {.stroke = simulator::kAxisColour});
        if (!name.empty()) axis_mark((band.top + band.bottom) / 2, name);
    }

    void axis_mark(double y, std::string_view text) {
        svg_.text({kLeft - 6, y + 4}, text, {.anchor = Anchor::End, .size = 11});
    }

    void waveform() {
        constexpr std::size_t kColumns = 910;  // a point a px
        constexpr double kFaint = 1000;        // what is less is drawn as small as it is
        double most = kFaint;
        for (const std::int16_t sample : pcm_) most = std::max(most, std::abs(double{1} * sample));
        const Scale y{-most, most, kWave.bottom, kWave.top};
        std::vector<Point> line;
        for (std::size_t i = 0; i < kColumns; ++i) {
            const auto from = pcm_.size() * i / kColumns;
            const auto to = std::max(from + 1, pcm_.size() * (i + 1) / kColumns);
            if (to > pcm_.size()) break;
            const auto part = pcm_.subspan(from, to - from);
            const auto [low, high] = std::minmax_element(part.begin(), part.end());
            const double x = kLeft + (kRight - kLeft) * static_cast<double>(i) / kColumns;
            line.push_back({x, y.place(*low)});
            line.push_back({x, y.place(*high)});
        }
        svg_.polyline(line, {.stroke = kWaveColour, .width = 0.8});
    }

    [[nodiscard]] static double odds_y(double value) {
        return Scale{-kOddsMost, kOddsMost, kOdds.bottom, kOdds.top}.clipped(value);
    }

    /// The scale is that of the evidence (log-odds); the marks are chances.
    void thresholds() {
        struct Mark {
            double odds;
            const char* text;
        };
        for (const Mark& mark :
             {Mark{-6.907, "0.1 %"}, Mark{-4.595, "1 %"}, Mark{-2.197, "10 %"}, Mark{0, "50 %"},
              Mark{2.197, "90 %"}, Mark{4.595, "99 %"}, Mark{6.907, "99.9 %"}}) {
            const double y = odds_y(mark.odds);
            svg_.line({kLeft, y}, {kRight, y}, {.stroke = simulator::kGridColour});
            axis_mark(y, mark.text);
        }
        machine_threshold();
        human_threshold(policy_.human_log_odds, "HUMAN below, in a pause");
        if (policy_.human_late_log_odds != policy_.human_log_odds)
            human_threshold(policy_.human_late_log_odds, "HUMAN below, in a long pause");
    }

    /// It falls for somebody who speaks on and on.
    void machine_threshold() {
        const double early = odds_y(static_cast<double>(policy_.machine_log_odds));
        const double late = odds_y(static_cast<double>(policy_.machine_late_log_odds));
        const double onset_s = heard_.speech_start_s.value_or(length_s_);
        const double from = time_.clipped(onset_s + policy_.machine_ramp_s);
        const double to = time_.clipped(onset_s + policy_.decide_after_s);
        svg_.polyline({{kLeft, early}, {from, early}, {to, late}, {kRight, late}},
                      {.stroke = simulator::kTextColour, .dashes = "5 4"});
        svg_.text({kLeft + 6, early - 4}, "MACHINE above", {.size = 10});
    }

    void human_threshold(float value, std::string_view text) {
        const double y = odds_y(static_cast<double>(value));
        svg_.line({kLeft, y}, {kRight, y}, {.stroke = simulator::kTextColour, .dashes = "5 4"});
        svg_.text({kLeft + 6, y + 12}, text, {.size = 10});
    }

    void odds() {
        std::vector<Point> line;
        for (const auto& moment : heard_.posterior) {
            line.push_back({time_.place(moment.at_s),
                            odds_y(static_cast<double>(log_odds(moment.p_machine)))});
        }
        svg_.polyline(line, {.stroke = kOddsColour, .width = 2});
        axis_title("chance of a machine");
    }

    void axis_title(std::string_view text) {
        svg_.text({16, (kOdds.top + kOdds.bottom) / 2}, text,
                  {.anchor = Anchor::Middle, .size = 11, .turned = -90});
    }

    void marks() {
        for (const auto& beep : heard_.beeps) {
            const double from = time_.clipped(beep.start_s);
            const double to = time_.clipped(beep.end_s);
            svg_.rectangle({from, kWave.top}, std::max(1.0, to - from), kOdds.bottom - kWave.top,
                           {.fill = kBeepColour, .opacity = 0.35});
            label({(from + to) / 2, kSpectrum.top - 5}, Anchor::Middle, kBeepColour,
                  fmt::format("beep {:.0f} Hz", static_cast<double>(beep.hz[0])));
        }
        constexpr double kBelow = kOdds.bottom + 32;
        if (heard_.speech_start_s) {
            const double x = mark(*heard_.speech_start_s, kSpeechColour, "4 3");
            label({x + 2, kBelow}, Anchor::End, kSpeechColour, "speech");
        }
        if (heard_.greeting_end_s) {
            const double x = mark(*heard_.greeting_end_s, kSpeechColour, "4 3");
            label({x + 6, kBelow}, Anchor::Start, kSpeechColour, "greeting over");
        }
        if (heard_.at_s) {
            const double x = mark(*heard_.at_s, kVerdictColour, {});
            label({x, kWave.top - 5}, Anchor::Middle, kVerdictColour, name_of(heard_.verdict));
        }
    }

    /// A line through all panels; its place.
    double mark(double at_s, std::string_view colour, std::string_view dashes) {
        const double x = time_.clipped(at_s);
        svg_.line({x, kWave.top}, {x, kOdds.bottom},
                  {.stroke = colour, .width = 1.8, .dashes = dashes});
        return x;
    }

    /// Words that stay on the picture.
    void label(Point at, Anchor anchor, std::string_view colour, std::string_view text) {
        constexpr double kRoom = 70;
        if (at.x < kLeft + kRoom / 2) anchor = Anchor::Start;
        if (at.x > kRight - kRoom) anchor = Anchor::End;
        svg_.text(at, text, {.anchor = anchor, .size = 11, .fill = colour});
    }

    void time_axis() {
        constexpr int kMarksMost = 16;
        for (const double at_s : simulator::nice_ticks(length_s_, kMarksMost)) {
            if (at_s > length_s_) break;
            const double x = time_.place(at_s);
            svg_.line({x, kOdds.bottom}, {x, kOdds.bottom + 4}, {.stroke = simulator::kAxisColour});
            svg_.text({x, kOdds.bottom + 17}, fmt::format("{:g}", at_s),
                      {.anchor = Anchor::Middle, .size = 11});
        }
        svg_.text({(kLeft + kRight) / 2, kHeight - 10}, "seconds since the answer",
                  {.anchor = Anchor::Middle, .size = 12});
    }

    Svg svg_;
    std::span<const std::int16_t> pcm_;
    const Heard& heard_;
    Policy policy_;
    double length_s_;
    Scale time_;
};

}  // namespace

std::string draw_listening(const std::string& title, std::span<const std::int16_t> pcm,
                           const Heard& heard, const Policy& policy) {
    return Picture{title, pcm, heard, policy}.draw();
}

}  // namespace bellwether::app
