#pragma once

#include <chrono>
#include <optional>

#include "dialer/media/media_types.h"

namespace bellwether::media {

/// What the E-model is told of one direction of a leg.
struct VoicePath {
    std::chrono::milliseconds one_way_delay{0};  ///< mouth to ear, echo-free
    double lost = 0.0;                           ///< share of frames that were not played, 0 .. 1
    /// Mean length of a loss over the mean length of random losses of that share; 1: random.
    double burst_ratio = 1.0;
};

/// The transmission rating R of G.711 with packet loss concealment: 93.2 at best, may be negative.
/// Source: ITU-T G.107 (06/2015) with the defaults of its table 2; Ie = 0, Bpl = 25.1 of G.113
/// appendix I, table I.4. Pure.
[[nodiscard]] double transmission_rating(const VoicePath& path);

/// The mean opinion score of a rating, 1 .. 4.5 (G.107 annex B). An estimate for planning and
/// comparison: it knows neither noise nor echo at the ends.
[[nodiscard]] double mean_opinion_score(double rating);

/// The paths of a leg between two of its statistics: what the far end says as it is heard here,
/// and what it hears of us by its RTCP reports. Nullopt where nothing was heard or reported.
[[nodiscard]] std::optional<VoicePath> received_path(const LegStats& now,
                                                     const LegStats& before = {});
[[nodiscard]] std::optional<VoicePath> sent_path(const LegStats& now, const LegStats& before = {});

/// The statistics with mos_received and mos_sent of the whole leg filled in.
[[nodiscard]] LegStats with_quality(LegStats stats);

}  // namespace bellwether::media
