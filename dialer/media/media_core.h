#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "dialer/media/media_command.h"
#include "dialer/media/media_engine.h"
#include "dialer/media/media_thread.h"
#include "dialer/media/port_pool.h"
#include "dialer/media/prompt_library.h"
#include "dialer/media/recorder.h"

namespace bellwether::media {

/// The control side of the engine: which legs and bridges exist, on which media thread, and what
/// was agreed for them. Every command is posted under its mutex, so that all threads' commands for
/// a leg have one order, also while the leg is handed over. Internal to dialer/media.
class MediaEngine::Core {
public:
    Core(MediaConfig config, std::shared_ptr<PortPool> ports, EventSink events);
    ~Core();

    [[nodiscard]] Result<void> start();
    void stop();

    [[nodiscard]] PromptLibrary& prompts() { return prompts_; }
    [[nodiscard]] Recorder& recorder() { return recorder_; }

    [[nodiscard]] Result<void> open(CallId leg);
    void close(CallId leg);
    [[nodiscard]] std::string offer(CallId leg);
    [[nodiscard]] Result<Agreement> agree_as_configured(const SessionDescription& remote) const;
    [[nodiscard]] Result<void> connect(CallId leg, const Agreement& agreement);
    /// Our end as it stands in the answer.
    [[nodiscard]] Result<LocalEnd> answer(CallId leg, const Agreement& agreement);

    /// False if the leg is not open.
    template <class Action>
    bool post(CallId leg, Action action) {
        const std::lock_guard lock{mutex_};
        const auto at = legs_.find(leg);
        if (at == legs_.end()) return false;
        post_to(at->second.thread, {leg, std::move(action)});
        return true;
    }
    /// To some media thread if the leg is not open; nowhere after stop().
    void post_or_report(CallId leg, RefusePlayback refused);

    void join(CallId leg, BridgeId bridge, Role role);
    [[nodiscard]] Result<void> join_with(CallId leg, CallId other, Role role);
    void leave(CallId leg);
    void bridge(CallId a, CallId b);
    void set_hears(CallId listener, CallId speaker, bool hears);

    [[nodiscard]] LegStats stats(CallId leg);
    [[nodiscard]] std::size_t open_legs();
    [[nodiscard]] bool is_open(CallId leg);
    [[nodiscard]] std::uint64_t queue_waits() const { return queue_waits_.load(); }

private:
    struct OpenLeg {
        std::size_t thread = 0;
        std::shared_ptr<StatsBoard> board;
        LocalEnd local;
        bool was_described = false;  // our SDP has been given out
        std::optional<Agreement> agreement;
        std::optional<BridgeId> bridge;
    };
    struct OpenBridge {
        std::size_t thread = 0;  // of its first leg
        std::size_t legs = 0;
    };

    // All with mutex_ held.
    void post_to(std::size_t thread, MediaCommand command);
    void join_locked(CallId leg, OpenLeg& record, BridgeId bridge, Role role);
    void leave_locked(OpenLeg& record);
    void move_to(CallId leg, OpenLeg& record, std::size_t thread);
    void close_locked(CallId leg, OpenLeg& record);

    MediaConfig config_;
    std::shared_ptr<PortPool> ports_;
    PromptLibrary prompts_;
    Recorder recorder_;
    std::mutex mutex_;
    std::map<CallId, OpenLeg> legs_;
    std::map<BridgeId, OpenBridge> bridges_;
    std::uint64_t next_own_bridge_ = 1;
    std::size_t next_thread_ = 0;
    bool stopped_ = false;
    std::atomic<std::uint64_t> queue_waits_{0};
    MediaThreads shared_;  // last: its threads use everything above
};

}  // namespace bellwether::media
