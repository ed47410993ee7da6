#include "simulator/day/trace.h"

#include <gtest/gtest.h>

#include "tests/simulator/day/days.h"

namespace bellwether::simulator {
namespace {

std::string trace_of(StudyOptions options, const DayScenario& scenario = s3(0.1)) {
    std::string trace;
    options.day.trace = [&trace](std::string_view bytes) { trace += bytes; };
    (void)run_study(scenario, options);
    return trace;
}

TEST(Trace, TheSameRunGivesTheSameBytes) {
    for (const Controller controller : {Controller::Predictive, Controller::Progressive}) {
        const std::string trace = trace_of(controlled_by(controller, 5, 2));
        EXPECT_GT(trace.size(), 100'000U);
        EXPECT_TRUE(trace == trace_of(controlled_by(controller, 5, 2)));
        EXPECT_FALSE(trace == trace_of(controlled_by(controller, 6, 2)));
    }
}

TEST(Trace, LookingMakesNoDifference) {
    auto options = controlled_by(Controller::Predictive, 5);
    const std::string trace = trace_of(options);
    options.day.check = true;
    EXPECT_TRUE(trace == trace_of(options));
    options.day.clock_ns = [ns = std::int64_t{0}]() mutable { return ++ns; };
    EXPECT_TRUE(trace == trace_of(options));
}

/// Two actions that differ in one field anywhere differ in their bytes.
TEST(Trace, EveryFieldCounts) {
    const engine::Event event = engine::TimePassed{};
    const auto bytes = [&](const engine::Action& action) {
        std::string out;
        TraceWriter writer{[&out](std::string_view piece) { out += piece; }};
        writer.write({1, {}, event, {&action, 1}});
        writer.flush();
        return out;
    };
    engine::StoreAttempt attempt;
    const std::string plain = bytes(attempt);
    attempt.decision.until = UtcTime{};
    EXPECT_NE(bytes(attempt), plain);
    attempt = {};
    attempt.pacing.limit = pacing::LineLimit::TrunkLines;
    EXPECT_NE(bytes(attempt), plain);
    engine::PlaceCall call;
    call.caller_id = "+1";
    const std::string one = bytes(call);
    call.caller_id = "+12";
    EXPECT_NE(bytes(call), one);
    EXPECT_NE(bytes(engine::HangUp{CallId{1}}), bytes(engine::StopPlaying{CallId{1}}));
}

}  // namespace
}  // namespace bellwether::simulator
