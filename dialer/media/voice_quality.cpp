#include "dialer/media/voice_quality.h"

#include <algorithm>
#include <cmath>

namespace bellwether::media {
namespace {

// What table 2 of G.107 makes of the formulas that no leg changes: Ro by equation 7-2, Iolr by 7-9
// and Iq by 7-14 (scripts/reference/voice_quality.py has them written out), No by 7-3.
constexpr double kRo = 94.768822;
constexpr double kNo = -61.17921;
constexpr double kIolr = 0.440178;
constexpr double kIq = 0.974105;

constexpr double kTelr = 65.0;  // dB, echo of the talker
constexpr double kWepl = 110.0;
constexpr double kStmr = 15.0;
constexpr double kRlr = 2.0;
constexpr double kBpl = 25.1;

// The packet is filled before it is sent, and waits for the reader's tick: half of one on average.
constexpr std::chrono::milliseconds kPacketisation = kFrame;
constexpr std::chrono::milliseconds kTickWait = kFrame / 2;
// What the peer's own jitter buffer is taken to hold: two packets, as common phones start with.
constexpr std::chrono::milliseconds kPeersBuffer{40};

double ten_to(double exponent) { return std::pow(10.0, exponent); }

// Equation 7-10 ff.: sidetone, which the talker's echo comes on top of.
double sidetone_impairment(double t) {
    const double stmro =
        -10.0 * std::log10(ten_to(-kStmr / 10.0) + std::exp(-t / 4.0) * ten_to(-kTelr / 10.0));
    return 12.0 * std::pow(1.0 + std::pow((stmro - 13.0) / 6.0, 8.0), 1.0 / 8.0) -
           28.0 * std::pow(1.0 + std::pow((stmro + 1.0) / 19.4, 35.0), 1.0 / 35.0) -
           13.0 * std::pow(1.0 + std::pow((stmro - 3.0) / 33.0, 13.0), 1.0 / 13.0) + 29.0;
}

// Equations 7-18 to 7-28: echo of talker and listener, and delay itself.
double delay_impairment(double t) {
    const double terv = kTelr - 40.0 * std::log10((1.0 + t / 10.0) / (1.0 + t / 150.0)) +
                        6.0 * std::exp(-0.3 * t * t);
    const double roe = -1.5 * (kNo - kRlr);
    const double re = 80.0 + 2.5 * (terv - 14.0);
    const double talker =
        ((roe - re) / 2.0 + std::sqrt((roe - re) * (roe - re) / 4.0 + 100.0) - 1.0) *
        (1.0 - std::exp(-t));
    const double rle = 10.5 * (kWepl + 7.0) * std::pow(2.0 * t + 1.0, -0.25);
    const double listener = (kRo - rle) / 2.0 + std::sqrt((kRo - rle) * (kRo - rle) / 4.0 + 169.0);
    double absolute = 0.0;
    if (t > 100.0) {
        const double x = std::log2(t / 100.0);
        absolute = 25.0 * (std::pow(1.0 + std::pow(x, 6.0), 1.0 / 6.0) -
                           3.0 * std::pow(1.0 + std::pow(x / 3.0, 6.0), 1.0 / 6.0) + 2.0);
    }
    return talker + listener + absolute;
}

std::chrono::milliseconds half_trip(const LegStats& stats) {
    const auto trip = stats.rtt.value_or(std::chrono::microseconds{0});
    return std::chrono::duration_cast<std::chrono::milliseconds>(trip / 2);
}

// Some counts are taken back: a pause of the peer that looked like a loss.
double growth(std::uint64_t before, std::uint64_t now) {
    return now > before ? static_cast<double>(now - before) : 0.0;
}

std::optional<double> score_of(const std::optional<VoicePath>& path) {
    if (!path) return std::nullopt;
    return mean_opinion_score(transmission_rating(*path));
}

}  // namespace

double transmission_rating(const VoicePath& path) {
    const double t =
        std::max(0.0, std::chrono::duration<double, std::milli>{path.one_way_delay}.count());
    const double lost = 100.0 * std::clamp(path.lost, 0.0, 1.0);
    const double burst = std::max(1.0, path.burst_ratio);
    const double equipment = 95.0 * lost / (lost / burst + kBpl);  // equation 7-29, Ie = 0
    return kRo - (kIolr + sidetone_impairment(t) + kIq) - delay_impairment(t) - equipment;
}

double mean_opinion_score(double rating) {
    if (rating <= 0.0) return 1.0;
    if (rating >= 100.0) return 4.5;
    return std::max(1.0, 1.0 + 0.035 * rating + rating * (rating - 60.0) * (100.0 - rating) * 7e-6);
}

std::optional<VoicePath> received_path(const LegStats& now, const LegStats& before) {
    const double concealed = growth(before.frames_concealed, now.frames_concealed);
    const double played = growth(before.frames_played, now.frames_played);
    const double losses = growth(before.losses, now.losses);
    if (played + concealed <= 0.0) return std::nullopt;
    VoicePath path;
    path.lost = concealed / (played + concealed);
    if (losses > 0.0) path.burst_ratio = concealed / losses * (1.0 - path.lost);
    path.one_way_delay = half_trip(now) + kPacketisation + kTickWait +
                         std::chrono::duration_cast<std::chrono::milliseconds>(now.playout_delay);
    return path;
}

std::optional<VoicePath> sent_path(const LegStats& now, const LegStats& before) {
    const double expected = growth(before.peer_expected, now.peer_expected);
    const double lost = growth(before.peer_lost, now.peer_lost);
    if (expected <= 0.0) return std::nullopt;
    VoicePath path;
    path.lost = std::clamp(lost / expected, 0.0, 1.0);
    path.one_way_delay = half_trip(now) + kPacketisation + kPeersBuffer;
    return path;
}

LegStats with_quality(LegStats stats) {
    stats.mos_received = score_of(received_path(stats));
    stats.mos_sent = score_of(sent_path(stats));
    return stats;
}

}  // namespace bellwether::media
