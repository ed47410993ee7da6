#include "dialer/media/leg.h"

#include <algorithm>
#include <utility>

#include "base/check.h"
#include "dialer/media/voice_quality.h"

namespace bellwether::media {
namespace {

// Datagrams taken from one socket per tick: a peer's burst after a stall of 1 s fits, a flood does
// not starve the other legs; the rest waits in the kernel, which drops what exceeds its buffer.
constexpr int kDatagramsPerTickMax = 64;
// RTCP sockets are looked at once per second; the kernel's receive times keep the round trip exact.
constexpr std::uint64_t kRtcpPollTicks = 50;
}  // namespace

Leg::Leg(LegSetup setup)
    : ports_{std::move(setup.ports)},
      silence_{setup.silence_ticks},
      board_{std::move(setup.board)},
      sender_{setup.start},
      rtcp_{setup.start, std::move(setup.cname)} {
    port_.leg = setup.id;
}

void Leg::connect(const Agreement& agreement, std::uint64_t tick) {
    agreement_ = agreement;
    receiver_.configure(agreement);
    sender_.configure(agreement);
    silence_.restart(tick);
}

void Leg::receive(const TickTime& now, UdpBatch& batch, const EventSink& events) {
    // Before connect() the packets wait in the kernel: whose they are is not known yet.
    if (!agreement_) return;
    receive_rtp(now, batch, events);
    if (now.tick % kRtcpPollTicks == value_of(port_.leg) % kRtcpPollTicks) receive_rtcp(now, batch);
    decode(events);
    watch_silence(now, events);
}

void Leg::receive_rtp(const TickTime& now, UdpBatch& batch, const EventSink& events) {
    int taken = 0;
    std::size_t count = UdpBatch::kSize;
    while (count == UdpBatch::kSize && taken < kDatagramsPerTickMax) {
        count = batch.receive(ports_.rtp());
        taken += static_cast<int>(count);
        for (std::size_t i = 0; i < count; ++i) {
            const auto datagram = batch.datagram(i);
            const auto outcome =
                receiver_.on_datagram(datagram.from, datagram.octets, datagram.arrival);
            if (!outcome.valid) continue;
            silence_.on_packet(now.tick);
            if (!heard_any_) events(FirstPacket{id()});
            heard_any_ = true;
            if (outcome.key) hear_key(*outcome.key, events);
        }
    }
}

void Leg::receive_rtcp(const TickTime& now, UdpBatch& batch) {
    const std::size_t count = batch.receive(ports_.rtcp());
    const auto peer = receiver_.destination().address;
    for (std::size_t i = 0; i < count; ++i) {
        const auto datagram = batch.datagram(i);
        if (datagram.from.address != peer) continue;
        if (rtcp_.on_datagram(datagram.octets, datagram.arrival)) silence_.on_report(now.tick);
    }
}

void Leg::decode(const EventSink& events) {
    const auto heard = receiver_.next_frame(port_.said);
    if (heard && heard->key) hear_key(*heard->key, events);
    const auto state = heard ? heard->state : FrameState::Silence;
    if (answer_ && answer_->take(port_.said, state)) answer_.reset();
    if (heard && tap_) tap_->on_frame({id(), port_.said, heard->state, tap_sequence_++});
}

void Leg::hear_key(char key, const EventSink& events) {
    end_answer(AnswerEnd::Key, key);
    events(KeyPressed{id(), key});
}

void Leg::record_answer(std::unique_ptr<AnswerTake> take, const EventSink& events) {
    end_answer(AnswerEnd::Stopped);
    if (take) stop_playing(events);
    answer_ = std::move(take);
}

void Leg::end_answer(AnswerEnd reason, char key) {
    if (answer_) answer_->end(reason, key);
    answer_.reset();
}

void Leg::watch_silence(const TickTime& now, const EventSink& events) {
    const bool owes_media = agreement_->they_send && agreement_->we_send;
    if (silence_.is_too_long(now.tick, owes_media, receiver_.suppresses_silence())) {
        events(MediaTimeout{id()});
    }
}

void Leg::send(const TickTime& now, const EventSink& events) {
    BW_CHECK(now.tick > last_tick_);
    const std::uint64_t elapsed = last_tick_ == 0 ? 1 : now.tick - last_tick_;
    last_tick_ = now.tick;
    const Frame& audio = compose(events);
    if (recording_ && elapsed > 1) recording_->skip(elapsed - 1);
    if (recording_) record(audio);
    if (agreement_ && agreement_->we_send) {
        sender_.pause(elapsed - 1);
        const auto packet = sender_.next(audio);
        if (!packet.empty() && !send_datagram(ports_.rtp(), receiver_.destination(), packet))
            ++send_errors_;
    } else {
        sender_.pause(elapsed);
    }
    if (agreement_ && rtcp_.is_due(now.tick)) send_rtcp(now, false);
    board_->write(collect());
}

void Leg::pause_recording(bool paused) {
    recording_paused_ = paused;
    if (paused && !pause_ear_) pause_ear_ = std::make_unique<ToneDigitReceiver>();
}

void Leg::record(const Frame& heard) {
    if (recording_paused_ || key_outlasts_pause_) {
        (void)pause_ear_->take(port_.said);
        key_outlasts_pause_ = pause_ear_->is_sounding();
    }
    if (recording_paused_ || key_outlasts_pause_) {
        recording_->push_withheld();
    } else {
        recording_->push(port_.said, heard);
    }
}

// What the far end is to hear in this tick.
const Frame& Leg::compose(const EventSink& events) {
    const Frame* bridged = bridged_.next(port_.hears);
    const Frame& others = bridged != nullptr ? *bridged : kSilentFrame;
    const bool is_beeping = answer_ && answer_->is_beeping();
    if (!agreement_ || !(playback_ || music_ || ending_ || is_beeping)) return others;
    composed_ = others;
    if (ending_) ending_->add_falling_to(composed_);
    ending_.reset();
    if (music_) music_->add_to(composed_);
    if (is_beeping) answer_->add_beep(composed_);
    if (playback_ && playback_->add_to(composed_)) {
        const auto id_played = playback_->id();
        playback_.reset();
        events(PlaybackEnded{id(), id_played, true});
    }
    return composed_;
}

void Leg::send_rtcp(const TickTime& now, bool bye) {
    auto to = agreement_->rtcp;
    const auto rtp = receiver_.destination();
    // Behind NAT the SDP's address is as wrong for RTCP as for RTP; the port is the best guess.
    if (rtp != agreement_->rtp) to = {rtp.address, static_cast<std::uint16_t>(rtp.port + 1)};
    if (to.address == 0 || to.port == 0) return;
    (void)send_datagram(ports_.rtcp(), to, rtcp_.report(now, sender_, receiver_, bye));
}

void Leg::play(Playback playback, const EventSink& events) {
    stop_playing(events);
    playback_ = std::move(playback);
}

void Leg::stop_playing(const EventSink& events) {
    if (!playback_) return;
    const auto id_stopped = playback_->id();
    ending_ = std::move(playback_);
    playback_.reset();
    events(PlaybackEnded{id(), id_stopped, false});
}

void Leg::hold(std::optional<Playback> music) {
    if (music_) ending_ = std::move(music_);
    music_ = std::move(music);
}

void Leg::set_tap(std::shared_ptr<FrameTap> tap) {
    tap_ = std::move(tap);
    tap_sequence_ = 0;
}

void Leg::set_recording(std::shared_ptr<Recording> recording) {
    if (recording_) {
        recording_lost_before_ += recording_->frames_lost();
        recording_->finish();
    }
    recording_ = std::move(recording);
    recording_paused_ = key_outlasts_pause_ = false;
}

LegStats Leg::close(const TickTime& now, const EventSink& events) {
    stop_playing(events);
    end_answer(AnswerEnd::HungUp);
    set_recording(nullptr);
    tap_.reset();
    if (agreement_) send_rtcp(now, true);
    return with_quality(collect());
}

LegStats Leg::collect() const {
    const auto& in = receiver_.counters();
    const auto& statistics = receiver_.statistics();
    const std::uint64_t recording_lost = recording_ ? recording_->frames_lost() : 0;
    return {.packets_sent = sender_.packets(),
            .octets_sent = sender_.octets(),
            .packets_received = in.packets,
            .octets_received = in.octets,
            .packets_lost = statistics.lost(),
            .packets_late = in.late,
            .packets_out_of_order = in.out_of_order,
            .packets_duplicate = in.duplicates,
            .packets_from_strangers = in.strangers,
            .packets_malformed = in.malformed,
            .send_errors = send_errors_,
            .digits_received = in.digits,
            .frames_concealed = in.concealed,
            .recording_frames_lost = recording_lost_before_ + recording_lost,
            .jitter = statistics.jitter(),
            .rtt = rtcp_.rtt(),
            .frames_played = in.played,
            .losses = in.losses,
            .playout_delay = receiver_.playout_delay(),
            .peer_expected = rtcp_.peer_expected(),
            .peer_lost = rtcp_.peer_lost()};
}

}  // namespace bellwether::media
