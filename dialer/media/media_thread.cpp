#include "dialer/media/media_thread.h"

#include <sys/resource.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <system_error>
#include <utility>

#include "base/check.h"
#include "dialer/media/named_thread.h"

namespace bellwether::media {
namespace {

// Commands waiting for one tick: a hundred calls set up in 20 ms need below 2000.
constexpr std::size_t kQueueSize = 8192;
// Ticks made up for after a stall; beyond, time is skipped and the legs' time lines jump. 100 ms:
// what the peers' jitter buffers may still use.
constexpr std::uint64_t kCatchUpTicks = 5;
constexpr int kNiceness = -10;  // ten times an ordinary thread's share when they compete (sched(7))
constexpr std::int64_t kTickMicros = std::chrono::microseconds{kFrame}.count();

timespec to_timespec(std::chrono::microseconds time) {
    return {.tv_sec = static_cast<time_t>(time.count() / 1'000'000),
            .tv_nsec = static_cast<long>(time.count() % 1'000'000) * 1'000};
}

template <class... Handlers>
struct Overload : Handlers... {
    using Handlers::operator()...;
};
template <class... Handlers>
Overload(Handlers...) -> Overload<Handlers...>;

}  // namespace

MediaThread::MediaThread(MediaThreads& shared, std::size_t index)
    : shared_{shared}, index_{index}, commands_{kQueueSize}, batch_{std::make_unique<UdpBatch>()} {}

MediaThread::~MediaThread() { join(); }

Result<void> MediaThread::start() {
    timer_ = Fd{::timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC)};
    itimerspec period{};
    period.it_interval = to_timespec(kFrame);
    period.it_value = to_timespec(shared_.epoch + kFrame);
    if (!timer_.is_open() ||
        ::timerfd_settime(timer_.get(), TFD_TIMER_ABSTIME, &period, nullptr) != 0) {
        return fail(Errc::Unavailable,
                    std::string{"no timer for a media thread: "} + std::strerror(errno));
    }
    try {
        thread_ = named_thread("media-" + std::to_string(index_), [this] { run(); });
    } catch (const std::system_error& error) {
        return fail(Errc::Unavailable, std::string{"no media thread: "} + error.what());
    }
    return {};
}

void MediaThread::join() {
    if (thread_.joinable()) thread_.join();
}

void MediaThread::run() {
    // Where the system allows it (root, CAP_SYS_NICE); a service without it works, and hears more
    // of its neighbours. Priority rather than a real-time class: an overloaded wheel must not
    // starve the rest.
    (void)::setpriority(PRIO_PROCESS, static_cast<id_t>(::gettid()), kNiceness);
    while (!shared_.stopping.load() || shared_.legs_alive.load() > 0) {
        std::uint64_t expirations = 0;
        (void)!::read(timer_.get(), &expirations, sizeof expirations);
        run_due_ticks();
    }
}

void MediaThread::run_due_ticks() {
    const auto since_epoch = monotonic_now() - shared_.epoch;
    const auto current = static_cast<std::uint64_t>(since_epoch.count() / kTickMicros);
    if (current > last_tick_ + kCatchUpTicks) last_tick_ = current - 1;
    while (last_tick_ < current) {
        ++last_tick_;
        run_tick({.tick = last_tick_, .unix_time = unix_now()});
    }
}

void MediaThread::run_tick(const TickTime& now) {
    send_outbox();
    apply_commands(now);
    for (auto& [id, room] : rooms_) serve(room, now);
    for (Leg* leg : legs_) serve(*leg, now);
}

void MediaThread::serve(Room& room, const TickTime& now) {
    for (Leg* leg : room.legs) {
        if (!leg->is_served(now.tick)) leg->receive(now, *batch_, shared_.events);
    }
    room.bridge.mix();
    for (Leg* leg : room.legs) {
        if (!leg->is_served(now.tick)) leg->send(now, shared_.events);
    }
}

// Does nothing for a leg that its room has served.
void MediaThread::serve(Leg& leg, const TickTime& now) {
    if (leg.is_served(now.tick)) return;
    leg.receive(now, *batch_, shared_.events);
    leg.send(now, shared_.events);
}

void MediaThread::apply_commands(const TickTime& now) {
    // At most one queue's worth, so that a busy producer cannot hold up the frames.
    for (std::size_t i = 0; i < kQueueSize; ++i) {
        auto command = commands_.try_pop();
        if (!command) return;
        apply(std::move(*command), now);
    }
}

void MediaThread::apply(MediaCommand command, const TickTime& now) {
    const CallId id = command.leg;
    if (auto* added = std::get_if<AddLeg>(&command.action)) {
        return add(id, std::move(added->leg), now);
    }
    if (std::holds_alternative<ExpectLeg>(command.action)) return expect(id);
    const auto at = slots_.find(id);
    if (at == slots_.end()) {
        if (const auto* refused = std::get_if<RefusePlayback>(&command.action)) {
            refuse_playback(nullptr, id, refused->playback);
        }
        return;
    }
    if (at->second.leg == nullptr) {
        at->second.waiting.push_back(std::move(command));
        return;
    }
    apply_to_leg(std::move(command), at->second, now);
}

void MediaThread::apply_to_leg(MediaCommand command, Slot& slot, const TickTime& now) {
    const CallId id = command.leg;
    Leg& leg = *slot.leg;
    if (std::holds_alternative<SetHears>(command.action))
        return set_hears(std::move(command), slot);
    std::visit(
        Overload{
            [&](HandOver& action) { hand_over(id, slot, action.thread); },
            [&](ConnectLeg& action) { leg.connect(action.agreement, now.tick); },
            [&](StartPlayback& action) { leg.play(std::move(action.playback), shared_.events); },
            [&](StopPlayback&) { leg.stop_playing(shared_.events); },
            [&](PressKeys& action) { leg.press(action.keys); },
            [&](JoinBridge& action) { join_bridge(slot, action); },
            [&](SetRole& action) { set_role(slot, action.role); },
            [&](HoldLeg& action) { hold(slot, std::move(action.music)); },
            [&](LeaveBridge&) { leave_bridge(slot); },
            [&](SetTap& action) { leg.set_tap(std::move(action.tap)); },
            [&](SetRecording& action) { leg.set_recording(std::move(action.recording)); },
            [&](PauseRecording& action) { leg.pause_recording(action.paused); },
            [&](StartAnswer& action) { leg.record_answer(std::move(action.take), shared_.events); },
            [&](CloseLeg&) { close(id, slot, now); },
            [&](RefusePlayback& action) { refuse_playback(&slot, id, action.playback); },
            [&](auto&) { BW_CHECK(false); },  // taken by apply()
        },
        command.action);
}

void MediaThread::add(CallId id, std::unique_ptr<Leg> leg, const TickTime& now) {
    Slot& slot = slots_[id];
    BW_CHECK(slot.leg == nullptr);
    slot.leg = std::move(leg);
    legs_.push_back(slot.leg.get());
    for (auto& command : std::exchange(slot.waiting, {})) apply(std::move(command), now);
}

void MediaThread::expect(CallId id) {
    const bool is_new = slots_.try_emplace(id).second;
    BW_CHECK(is_new);
}

void MediaThread::refuse_playback(Slot* slot, CallId id, std::uint64_t playback) {
    if (slot != nullptr) slot->leg->stop_playing(shared_.events);
    shared_.events(PlaybackEnded{id, playback, false});
}

void MediaThread::hand_over(CallId id, Slot& slot, std::size_t thread) {
    leave_bridge(slot);
    forget(id, *slot.leg);
    outbox_.emplace_back(thread, MediaCommand{id, AddLeg{std::move(slot.leg)}});
    slots_.erase(id);
    send_outbox();
}

void MediaThread::send_outbox() {
    std::erase_if(outbox_, [this](auto& entry) {
        return shared_.threads[entry.first]->try_post(entry.second);
    });
}

void MediaThread::join_bridge(Slot& slot, const JoinBridge& action) {
    if (slot.bridge == action.bridge) return set_role(slot, action.role);
    leave_bridge(slot);
    slot.leg->change_bridge();
    Room& room = rooms_[action.bridge];
    room.bridge.add(slot.leg->port(), action.role, slot.leg->is_held());
    room.legs.push_back(slot.leg.get());
    slot.bridge = action.bridge;
}

void MediaThread::set_role(Slot& slot, Role role) {
    if (slot.bridge) rooms_.at(*slot.bridge).bridge.set_role(slot.leg->id(), role);
}

void MediaThread::hold(Slot& slot, std::optional<Playback> music) {
    const bool held = music.has_value();
    slot.leg->hold(std::move(music));
    if (slot.bridge) rooms_.at(*slot.bridge).bridge.set_held(slot.leg->id(), held);
}

void MediaThread::leave_bridge(Slot& slot) {
    if (!slot.bridge) return;
    const auto at = rooms_.find(*slot.bridge);
    at->second.bridge.remove(slot.leg->port());
    std::erase(at->second.legs, slot.leg.get());
    if (at->second.legs.empty()) rooms_.erase(at);
    slot.bridge.reset();
}

void MediaThread::set_hears(MediaCommand command, Slot& slot) {
    const auto action = std::get<SetHears>(command.action);
    const auto speaker = slots_.find(action.speaker);
    if (speaker != slots_.end() && speaker->second.leg == nullptr) {
        speaker->second.waiting.push_back(std::move(command));  // after it has joined
        return;
    }
    if (slot.bridge)
        rooms_.at(*slot.bridge).bridge.set_hears(command.leg, action.speaker, action.hears);
}

void MediaThread::close(CallId id, Slot& slot, const TickTime& now) {
    leave_bridge(slot);
    forget(id, *slot.leg);
    const auto stats = slot.leg->close(now, shared_.events);
    slots_.erase(id);  // before the event: who hears of the end may want the ports at once
    shared_.events(LegClosed{id, stats});
    shared_.legs_alive.fetch_sub(1);
}

void MediaThread::forget(CallId id, const Leg& leg) {
    BW_CHECK(leg.id() == id);
    std::erase(legs_, &leg);
}

}  // namespace bellwether::media
