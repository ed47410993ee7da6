#include "simulator/world/virtual_driver.h"

#include <algorithm>
#include <utility>

#include "base/check.h"

namespace bellwether::simulator {

VirtualDriver::VirtualDriver(Now start, Outside& outside)
    : outside_{outside},
      elapsed_{start.elapsed},
      started_{start.elapsed},
      utc_at_start_{start.utc} {}

void VirtualDriver::start(engine::Engine engine) {
    BW_CHECK(!engine_.has_value());
    engine_ = std::move(engine);
}

void VirtualDriver::kill() {
    BW_CHECK(!handling_);
    engine_.reset();
    agenda_.drop_process();
}

const engine::Engine& VirtualDriver::engine() const {
    BW_CHECK(engine_.has_value());
    return *engine_;
}

void VirtualDriver::after(Duration delay, Agenda::Happening what) {
    BW_CHECK(delay >= Duration::zero());
    agenda_.add(elapsed_ + delay, Agenda::Life::Process, std::move(what));
}

void VirtualDriver::after_for_good(Duration delay, Agenda::Happening what) {
    BW_CHECK(delay >= Duration::zero());
    agenda_.add(elapsed_ + delay, Agenda::Life::World, std::move(what));
}

void VirtualDriver::deliver(const engine::Event& event) {
    BW_CHECK(!handling_);
    if (!engine_ || halted_) return;

    handling_ = true;
    ++seq_;
    engine_->handle(event, now());
    actions_.clear();
    while (auto action = engine_->poll_action()) actions_.push_back(*std::move(action));
    outside_.carry_out({seq_, now(), event, actions_});
    handling_ = false;
}

void VirtualDriver::step_clock(std::chrono::milliseconds by) {
    utc_at_start_ += by;
    deliver(engine::ClockStepped{by.count()});
}

Now VirtualDriver::now() const {
    const auto passed = std::chrono::floor<std::chrono::milliseconds>(elapsed_ - started_);
    return {elapsed_, utc_at_start_ + passed};
}

void VirtualDriver::run_until(Instant end) {
    while (!halted_) {
        const Instant happening = agenda_.empty() ? Instant::max() : agenda_.next();
        const auto deadline = engine_ ? engine_->next_deadline() : std::nullopt;
        const Instant wake = deadline ? std::max(deadline->at, elapsed_) : Instant::max();
        const Instant next = std::min(happening, wake);
        if (next > end) {
            elapsed_ = std::max(elapsed_, end);
            return;
        }
        elapsed_ = std::max(elapsed_, next);
        if (happening <= wake) {
            agenda_.take()();
        } else {
            deliver(engine::TimePassed{});
            const auto moved = engine_->next_deadline();
            BW_CHECK(!moved || moved->at > elapsed_);
        }
    }
}

}  // namespace bellwether::simulator
