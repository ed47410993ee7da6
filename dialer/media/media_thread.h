#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <thread>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/result.h"
#include "dialer/media/bridge.h"
#include "dialer/media/command_queue.h"
#include "dialer/media/fd.h"
#include "dialer/media/leg.h"
#include "dialer/media/media_clock.h"
#include "dialer/media/media_command.h"

namespace bellwether::media {

class MediaThread;

/// What the media threads of one engine share.
struct MediaThreads {
    EventSink events;
    std::chrono::microseconds epoch{};       ///< of the ticks, CLOCK_MONOTONIC
    std::atomic<bool> stopping{false};       ///< end once no leg is left
    std::atomic<std::size_t> legs_alive{0};  ///< on or between the threads
    std::vector<std::unique_ptr<MediaThread>> threads;
};

/// One 20 ms wheel: applies commands, then serves one bridge after the other - its legs receive, it
/// mixes, they send - and then the legs in no bridge, so that a packet waits for its own call only.
/// A bridge's legs all live on one thread; legs are handed over between ticks.
class MediaThread {
public:
    /// @param shared  must outlive this
    MediaThread(MediaThreads& shared, std::size_t index);
    ~MediaThread();

    /// Fails with Unavailable if the system gives no timer or thread.
    [[nodiscard]] Result<void> start();
    void join();

    /// Any thread. False, with the command untouched, when the queue is full.
    bool try_post(MediaCommand& command) { return commands_.try_push(command); }

private:
    struct Slot {
        std::unique_ptr<Leg> leg;  // nullptr: on its way here
        std::optional<BridgeId> bridge;
        std::vector<MediaCommand> waiting;  // until it arrives
    };

    struct Room {
        Bridge bridge;
        std::vector<Leg*> legs;  // who is in it
    };

    void run();
    void run_due_ticks();
    void run_tick(const TickTime& now);
    void serve(Room& room, const TickTime& now);
    void serve(Leg& leg, const TickTime& now);
    void apply_commands(const TickTime& now);
    void apply(MediaCommand command, const TickTime& now);
    void apply_to_leg(MediaCommand command, Slot& slot, const TickTime& now);
    void add(CallId id, std::unique_ptr<Leg> leg, const TickTime& now);
    void expect(CallId id);
    void refuse_playback(Slot* slot, CallId id, std::uint64_t playback);
    void hand_over(CallId id, Slot& slot, std::size_t thread);
    void send_outbox();
    void join_bridge(Slot& slot, const JoinBridge& action);
    void set_role(Slot& slot, Role role);
    void hold(Slot& slot, std::optional<Playback> music);
    void leave_bridge(Slot& slot);
    void set_hears(MediaCommand command, Slot& slot);
    void close(CallId id, Slot& slot, const TickTime& now);
    void forget(CallId id, const Leg& leg);

    MediaThreads& shared_;
    std::size_t index_;
    CommandQueue<MediaCommand> commands_;
    std::unordered_map<CallId, Slot> slots_;
    std::vector<Leg*> legs_;                    // those of slots_ that are here, for the tick
    std::unordered_map<BridgeId, Room> rooms_;  // independent of each other: order does not matter
    std::vector<std::pair<std::size_t, MediaCommand>> outbox_;  // to threads whose queue was full
    std::unique_ptr<UdpBatch> batch_;
    std::uint64_t last_tick_ = 0;
    Fd timer_;
    std::thread thread_;
};

}  // namespace bellwether::media
