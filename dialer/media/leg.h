#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string_view>

#include "base/ids.h"
#include "dialer/media/answer_take.h"
#include "dialer/media/bridge.h"
#include "dialer/media/media_clock.h"
#include "dialer/media/media_types.h"
#include "dialer/media/playback.h"
#include "dialer/media/port_pool.h"
#include "dialer/media/recorder.h"
#include "dialer/media/rtcp_session.h"
#include "dialer/media/rtp_receiver.h"
#include "dialer/media/rtp_sender.h"
#include "dialer/media/silence_watch.h"
#include "dialer/media/splice.h"
#include "dialer/media/stats_board.h"
#include "dialer/media/udp_batch.h"

namespace bellwether::media {

using EventSink = std::function<void(Event)>;
using StatsBoard = Board<LegStats>;

/// Everything a leg starts with.
struct LegSetup {
    CallId id{};
    PortPair ports;
    StreamStart start;
    std::string cname;
    std::uint64_t silence_ticks = 0;  ///< MediaConfig::silence_timeout
    std::shared_ptr<StatsBoard> board;
};

/// One leg on its media thread: its sockets, both halves of its RTP, playback, tap and recording.
/// Each tick: receive(), then the bridges mix, then send(). Those two neither allocate nor lock nor
/// log; the other methods are commands. May move to another thread between ticks.
class Leg {
public:
    explicit Leg(LegSetup setup);

    [[nodiscard]] CallId id() const { return port_.leg; }
    [[nodiscard]] BridgePort& port() { return port_; }

    /// Whether this tick was served already, on the thread the leg came from.
    [[nodiscard]] bool is_served(std::uint64_t tick) const { return tick <= last_tick_; }
    void receive(const TickTime& now, UdpBatch& batch, const EventSink& events);
    void send(const TickTime& now, const EventSink& events);

    void connect(const Agreement& agreement, std::uint64_t tick);
    void play(Playback playback, const EventSink& events);
    void stop_playing(const EventSink& events);
    /// On hold the leg hears this music and no bridge (which the bridge is to be told); nullopt:
    /// off.
    void hold(std::optional<Playback> music);
    [[nodiscard]] bool is_held() const { return music_.has_value(); }
    void press(std::string_view keys) { sender_.press(keys); }
    void set_tap(std::shared_ptr<FrameTap> tap);
    void set_recording(std::shared_ptr<Recording> recording);
    /// Until further notice neither side of this moment is in the recording.
    void pause_recording(bool paused) { recording_paused_ = paused; }
    /// Stops the playback and takes an answer; nullptr ends the one under way.
    void record_answer(std::unique_ptr<AnswerTake> take, const EventSink& events);
    /// Ends playback and recording and sends BYE. The ports are free once the leg is destroyed.
    [[nodiscard]] LegStats close(const TickTime& now, const EventSink& events);

private:
    void receive_rtp(const TickTime& now, UdpBatch& batch, const EventSink& events);
    void receive_rtcp(const TickTime& now, UdpBatch& batch);
    void decode(const EventSink& events);
    void hear_key(char key, const EventSink& events);
    void end_answer(AnswerEnd reason, char key = 0);
    void record(const Frame& heard);
    void watch_silence(const TickTime& now, const EventSink& events);
    [[nodiscard]] const Frame& compose(const EventSink& events);
    void send_rtcp(const TickTime& now, bool bye);
    [[nodiscard]] LegStats collect() const;

    BridgePort port_;
    PortPair ports_;
    SilenceWatch silence_;
    std::shared_ptr<StatsBoard> board_;
    RtpReceiver receiver_;
    RtpSender sender_;
    RtcpSession rtcp_;
    std::optional<Agreement> agreement_;
    Splice bridged_;
    std::optional<Playback> playback_;
    std::optional<Playback> music_;   // on hold
    std::optional<Playback> ending_;  // a prompt or music that was stopped: one frame more
    std::shared_ptr<FrameTap> tap_;
    std::uint64_t tap_sequence_ = 0;
    std::shared_ptr<Recording> recording_;
    bool recording_paused_ = false;
    std::uint64_t recording_lost_before_ = 0;  // of recordings that ended
    std::unique_ptr<AnswerTake> answer_;
    Frame composed_{};
    std::uint64_t last_tick_ = 0;  // 0: none yet
    bool heard_any_ = false;
    std::uint64_t send_errors_ = 0;
};

}  // namespace bellwether::media
