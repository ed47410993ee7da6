#pragma once

#include "pacing/forecast.h"
#include "pacing/picture.h"

namespace bellwether::simulator {

/// A verdict for so many lines (none if negative), with the plain facts of the picture as forecast.
[[nodiscard]] inline pacing::Verdict plain_verdict(const pacing::Picture& picture, int lines) {
    pacing::Verdict verdict;
    verdict.lines = lines > 0 ? lines : 0;
    verdict.forecast.mode = pacing::DialMode::Predictive;
    verdict.forecast.agents = picture.agents();
    verdict.forecast.idle = picture.idle;
    verdict.forecast.in_flight = picture.in_flight();
    verdict.forecast.waiting = picture.waiting;
    return verdict;
}

}  // namespace bellwether::simulator
