#pragma once

#include <memory>
#include <span>

#include "answer-detect/audio.h"
#include "answer-detect/greeting_model.h"
#include "answer-detect/policy.h"
#include "answer-detect/verdict.h"

namespace bellwether::answer_detect {

/// Listens to one leg: 20 ms in, events out. No allocation after construction, no threads, no
/// clock: its time is the frames it was given. Before `answered` it hears tones alone.
class CallAnalyzer {
public:
    /// `model` may be null in mode Tones; it must outlive the analyzer.
    CallAnalyzer(const GreetingModel* model, const Policy& policy);
    ~CallAnalyzer();
    CallAnalyzer(CallAnalyzer&&) noexcept;

    /// The call was answered: the next frame is at 0 s.
    void answered(const Prior& prior);

    /// Events that follow from this frame; valid until the next call. Cost: a few microseconds.
    std::span<const Event> push(Frame frame, FrameState state);

    [[nodiscard]] float p_machine() const;  ///< calibrated, priors included
    [[nodiscard]] Verdict verdict() const;  ///< Unsure until one is final
    [[nodiscard]] const Evidence& evidence() const;

private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

}  // namespace bellwether::answer_detect
