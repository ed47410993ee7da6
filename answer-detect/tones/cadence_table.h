#pragma once

#include <array>
#include <span>

#include "answer-detect/verdict.h"

namespace bellwether::answer_detect {

/// What a network plays over and over: frequencies in Hz, seconds of sound and silence by turns.
struct Cadence {
    Verdict kind = Verdict::Ringback;  ///< Ringback, Busy or Congestion
    std::array<char, 3> country{};     ///< the first of those that share it
    std::array<float, 2> hz{};         ///< second 0: a single line
    std::array<float, 4> seconds{};    ///< on, off, and again where the rhythm is double
};

/// Sources: ITU-T E.180 Supplement 2 (tones of national networks) and ETSI TR 101 041-2; what they
/// say for countries that share a tone is written once. Lengths are met within a quarter. Spain's
/// busy tone (0.2 s on and off) is others' congestion, and is told as such.
inline constexpr std::array kCadences{
    Cadence{Verdict::Ringback, {"US"}, {440, 480}, {2.0F, 4.0F}},              // CA and all of +1
    Cadence{Verdict::Ringback, {"UK"}, {400, 450}, {0.4F, 0.2F, 0.4F, 2.0F}},  // IE, SG, MY, NZ, ZA
    Cadence{Verdict::Ringback, {"AU"}, {413, 438}, {0.4F, 0.2F, 0.4F, 2.0F}},
    Cadence{Verdict::Ringback, {"DE"}, {425, 0}, {1.0F, 4.0F}},  // NL IT CZ PL SK PT GR CH AT BR
    Cadence{Verdict::Ringback, {"HU"}, {425, 0}, {1.25F, 3.75F}},
    Cadence{Verdict::Ringback, {"RU"}, {425, 0}, {0.8F, 3.2F}},  // KZ BY UA
    Cadence{Verdict::Ringback, {"FR"}, {440, 0}, {1.5F, 3.5F}},
    Cadence{Verdict::Ringback, {"ES"}, {425, 0}, {1.5F, 3.0F}},
    Cadence{Verdict::Ringback, {"BE"}, {425, 0}, {1.0F, 3.0F}},  // IL near it
    Cadence{Verdict::Ringback, {"SE"}, {425, 0}, {1.0F, 5.0F}},  // NO, TR near it
    Cadence{Verdict::Ringback, {"RO"}, {450, 0}, {1.85F, 4.15F}},
    Cadence{Verdict::Ringback, {"CN"}, {450, 0}, {1.0F, 4.0F}},              // TH, VN near it
    Cadence{Verdict::Ringback, {"JP"}, {400, 0}, {1.0F, 2.0F}},              // pulsing with 16 Hz
    Cadence{Verdict::Ringback, {"IN"}, {400, 0}, {0.4F, 0.2F, 0.4F, 2.0F}},  // pulsing with 25 Hz

    Cadence{Verdict::Busy, {"US"}, {480, 620}, {0.5F, 0.5F}},  // CA
    Cadence{Verdict::Busy, {"UK"}, {400, 0}, {0.375F, 0.375F}},
    Cadence{Verdict::Busy, {"DE"}, {425, 0}, {0.48F, 0.48F}},  // AT PL near it
    Cadence{Verdict::Busy, {"RU"}, {425, 0}, {0.35F, 0.35F}},  // FI, BG, HU near it
    Cadence{Verdict::Busy, {"FR"}, {440, 0}, {0.5F, 0.5F}},
    Cadence{Verdict::Busy, {"JP"}, {400, 0}, {0.5F, 0.5F}},
    Cadence{Verdict::Busy, {"CN"}, {450, 0}, {0.35F, 0.35F}},
    Cadence{Verdict::Busy, {"IN"}, {400, 0}, {0.75F, 0.75F}},

    Cadence{Verdict::Congestion, {"US"}, {480, 620}, {0.25F, 0.25F}},  // CA
    Cadence{Verdict::Congestion, {"UK"}, {400, 0}, {0.4F, 0.35F, 0.225F, 0.525F}},
    Cadence{Verdict::Congestion, {"DE"}, {425, 0}, {0.24F, 0.24F}},    // NL, SE, CH, BR near it
    Cadence{Verdict::Congestion, {"RU"}, {425, 0}, {0.175F, 0.175F}},  // BE, PT, RO near it
    Cadence{Verdict::Congestion, {"ES"}, {425, 0}, {0.2F, 0.2F, 0.2F, 0.6F}},
    Cadence{Verdict::Congestion, {"FR"}, {440, 0}, {0.25F, 0.25F}},
    Cadence{Verdict::Congestion, {"JP"}, {400, 0}, {0.25F, 0.25F}},
    Cadence{Verdict::Congestion, {"CN"}, {450, 0}, {0.7F, 0.7F}},
};

}  // namespace bellwether::answer_detect
