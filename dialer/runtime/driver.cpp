#include "dialer/runtime/driver.h"

#include <utility>

// Boost 1.74 with g++ 12: asio's headers need <utility> before them.
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <cstdlib>
#include <optional>
#include <thread>

#include "base/check.h"

namespace bellwether::runtime {

namespace asio = boost::asio;

class Driver::Core {
public:
    Core(World& world, std::uint64_t first_seq)
        : world_{world}, next_seq_{first_seq}, started_{std::chrono::steady_clock::now()} {}

    void start() {
        BW_CHECK(!thread_.joinable());
        thread_ = std::thread{[this] { io_.run(); }};
    }

    void stop() {
        work_.reset();
        io_.stop();
        if (!thread_.joinable()) return;
        thread_.join();
        if (segment_began_) world_.open_segment(next_seq_, read_clocks(), engine_.state());
    }

    bool post(std::function<void()> task) {
        if (queued_.fetch_add(1) >= kQueueMax) {
            queued_.fetch_sub(1);
            return false;
        }
        asio::post(io_, [this, task = std::move(task)] {
            queued_.fetch_sub(1);
            task();
        });
        return true;
    }

    void handle(const engine::Event& event) {
        const Now now = read_clocks();
        notice_clock_step(now);
        run(event, now);
        arm();
    }

    [[nodiscard]] Now read_clocks() const {
        using std::chrono::duration_cast;
        const auto since_start = std::chrono::steady_clock::now() - started_;
        const auto utc = std::chrono::system_clock::now();
        return {Instant{duration_cast<Duration>(since_start)},
                std::chrono::time_point_cast<std::chrono::milliseconds>(utc)};
    }

    [[nodiscard]] const engine::EngineState& state() const { return engine_.state(); }

private:
    void run(const engine::Event& event, Now now) {
        BW_CHECK(!handling_);  // World must post, never call back into handle()
        handling_ = true;
        open_segment_if_due(now);
        engine_.handle(event, now);
        std::vector<engine::Action> actions;
        while (auto action = engine_.poll_action()) actions.push_back(std::move(*action));

        world_.record({next_seq_++, now, event, actions});
        for (const engine::Action& action : actions) {
            if (!engine::is_store_action(action)) world_.perform(action);
        }
        handling_ = false;
    }

    void open_segment_if_due(Now now) {
        const bool due = !segment_began_ || entries_in_segment_ == kSegmentEntries ||
                         now.elapsed - *segment_began_ >= kSegmentAge;
        if (due) {
            world_.open_segment(next_seq_, now, engine_.state());
            segment_began_ = now.elapsed;
            entries_in_segment_ = 0;
        }
        ++entries_in_segment_;
    }

    void notice_clock_step(Now now) {
        const auto offset = now.utc.time_since_epoch() - now.elapsed.time_since_epoch();
        const auto was = std::exchange(offset_, offset);
        if (!was) return;
        const auto step = std::chrono::duration_cast<std::chrono::milliseconds>(offset - *was);
        if (std::chrono::abs(step) > kClockStep) run(engine::ClockStepped{step.count()}, now);
    }

    void arm() {
        const auto wake = engine_.next_deadline();
        if (wake == armed_) return;
        armed_ = wake;
        timer_.cancel();
        if (!wake) return;
        timer_.expires_at(started_ + wake->at.time_since_epoch());
        timer_.async_wait([this](boost::system::error_code error) {
            if (error) return;  // armed anew, or shutting down
            armed_.reset();
            const Now now = read_clocks();
            notice_clock_step(now);
            const auto due = engine_.next_deadline();
            if (due && due->at <= now.elapsed) run(engine::TimePassed{}, now);
            const auto next = engine_.next_deadline();
            BW_CHECK(!next || next->at > now.elapsed);  // or the driver would spin
            arm();
        });
    }

    World& world_;
    std::uint64_t next_seq_;
    const std::chrono::steady_clock::time_point started_;
    engine::Engine engine_;
    asio::io_context io_{1};
    asio::executor_work_guard<asio::io_context::executor_type> work_{io_.get_executor()};
    asio::steady_timer timer_{io_};
    std::thread thread_;  ///< ends before everything above it
    std::atomic<std::size_t> queued_{0};
    std::optional<Instant> segment_began_;
    std::uint64_t entries_in_segment_ = 0;
    std::optional<engine::Deadline> armed_;
    std::optional<Duration> offset_;
    bool handling_ = false;
};

Driver::Driver(World& world, std::uint64_t first_seq)
    : core_{std::make_unique<Core>(world, first_seq)} {}

Driver::~Driver() { stop(); }

void Driver::start() { core_->start(); }

void Driver::stop() { core_->stop(); }

bool Driver::post(engine::Event event) {
    return post_task([this, event = std::move(event)] { core_->handle(event); });
}

bool Driver::post_task(std::function<void()> task) {
    const bool queued = core_->post(std::move(task));
    if (!queued) dropped_.fetch_add(1);
    return queued;
}

void Driver::handle(const engine::Event& event) { core_->handle(event); }

const engine::EngineState& Driver::state() const { return core_->state(); }

Now Driver::now() const { return core_->read_clocks(); }

}  // namespace bellwether::runtime
