#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/ids.h"
#include "base/result.h"
#include "dialer/media/media_types.h"

namespace bellwether::media {

/// The tone a newly connected agent hears, always loaded: 200 ms of 440 Hz at -20 dBm0 with 10 ms
/// ramps. Frequency: ITU-T E.180/Q.35 §2 (400-450 Hz for supervisory tones); level: below the -10
/// dBm0 nominal tone level of E.180 §7, since it is heard in a headset next to speech; length:
/// ours, short against a greeting.
inline constexpr std::string_view kAgentTone = "tone:agent";

/// What is heard before a spoken answer is recorded, always loaded: as kAgentTone, but 250 ms of
/// 1000 Hz, which no other tone here has.
inline constexpr std::string_view kAnswerBeep = "tone:beep";

/// What is heard on hold, always loaded: slow soft tones, 12 s over and over.
inline constexpr std::string_view kHoldMusic = "tone:hold";

struct RecordingRequest {
    std::filesystem::path file;  ///< its folder must be there
    RecordingFormat format = RecordingFormat::Wav;
    /// Prompts that tell the far end of the recording, played and recorded as its beginning; empty:
    /// none. PlaybackEnded names `announcement_playback`.
    std::vector<std::string> announcement;
    std::uint64_t announcement_playback = 0;
};

struct AnswerRequest {
    std::filesystem::path file;  ///< its folder must be there
    RecordingFormat format = RecordingFormat::Wav;
    AnswerRules rules;
    bool beep = true;
};

/// The voice of every call: RTP in and out, prompts, digits, bridges, taps and recordings.
///
/// Not responsible for signalling: it neither sends SDP nor knows why a leg exists. A leg is named
/// by its CallId, opened before the INVITE, connected by the peer's SDP and closed at the end of
/// the call.
///
/// Threads: every method may be called from any thread. Commands reach the leg's media thread in
/// the order given, by a bounded queue drained each 20 ms tick; a caller that finds it full waits
/// for the next tick and is counted. Methods that return a Result do their work at once. Commands
/// for a leg that is not open do nothing, except that play() reports PlaybackEnded{completed =
/// false}.
class MediaEngine {
public:
    /// Starts the media threads and the record thread.
    /// @param on_event  called on a media thread or the record thread; must only hand the event
    /// over: never call back
    ///                  into the engine, block or throw.
    /// Fails with InvalidInput (addresses, ports, threads out of range) or Unavailable (no thread,
    /// no timer).
    [[nodiscard]] static Result<std::unique_ptr<MediaEngine>> start(
        MediaConfig config, std::function<void(Event)> on_event);

    MediaEngine(const MediaEngine&) = delete;
    MediaEngine& operator=(const MediaEngine&) = delete;
    ~MediaEngine();  ///< stop()

    /// Reads a sound file (WAV, FLAC, Ogg Opus and whatever else libsndfile reads; any rate from 4
    /// to 192 kHz, any number of channels, at most 10 minutes) into memory as 8 kHz mono. A name
    /// loaded before is replaced; playbacks under way keep the old sound. Reads the file on the
    /// caller's thread. Fails with NotFound or InvalidInput, naming the file and the mend, or
    /// Exhausted when all prompts together exceed kPromptBytesMax (prompt_library.h).
    [[nodiscard]] Result<void> load_prompt(std::string name, const std::filesystem::path& file);
    void drop_prompt(std::string_view name);  ///< frees its memory once nobody plays it
    [[nodiscard]] bool has_prompt(std::string_view name) const;

    /// Opens a leg: takes a port pair. Fails with Exhausted when the range is full, Conflict when
    /// the leg is open already.
    [[nodiscard]] Result<void> open(CallId leg);

    /// The SDP offer of an open leg: PCMU, PCMA, comfort noise if configured, telephone-event,
    /// ptime 20, sendrecv. Empty if not open.
    [[nodiscard]] std::string offer(CallId leg) const;

    /// Takes the peer's answer to offer(): sending starts, and the silence clock restarts (a call
    /// that rings past silence_timeout after a 183 without audio thus reports MediaTimeout). May be
    /// called again (183, then 200; forks): the same SDP changes nothing else, another address is
    /// learned anew. Fails with NotFound, or with InvalidInput naming what cannot be used ("no
    /// common codec"...); the leg is then as before.
    [[nodiscard]] Result<void> connect(CallId leg, std::string_view remote_sdp);

    /// The other direction: takes a peer's offer (first or re-INVITE, hold included), starts to
    /// send and returns the SDP answer. Fails as connect().
    [[nodiscard]] Result<std::string> answer(CallId leg, std::string_view remote_offer);

    /// Plays prompts one after the other into what the leg hears, added to its bridge if any.
    /// Replaces the current playback. Starts at the next tick after connect(). PlaybackEnded
    /// follows exactly once.
    void play(CallId leg, std::uint64_t playback, std::vector<std::string> prompts);
    void stop_playing(CallId leg);

    /// Presses keys (0-9 * # A-D; others are skipped) by RFC 4733: 100 ms each, 100 ms between, the
    /// end sent three times. Appends to digits still being sent, at most 64 waiting; more are
    /// dropped. For practice peers. Does nothing where telephone-event was not negotiated.
    void send_digits(CallId leg, std::string digits);

    /// Puts the leg into a bridge, leaving any other: a conference of any number. Each leg hears
    /// the sum of the others, as their roles have it; the same bridge again changes the role. All
    /// on one media thread, and nothing clicks.
    void join(CallId leg, BridgeId bridge, Role role = Role::Party);
    void leave(CallId leg);
    /// Joins the conversation that `other` is in at this moment: for a supervisor, an interpreter,
    /// a third party. Fails with NotFound (a leg that is not open) or Conflict (`other` talks to
    /// nobody). Who follows an agent joins again after each bridge().
    [[nodiscard]] Result<void> join_with(CallId leg, CallId other, Role role);
    /// Another role in the bridge that the leg is in: monitor to whisper to barging in (Party) and
    /// back. Does nothing outside a bridge.
    void set_role(CallId leg, Role role);

    /// On hold a leg hears music, over and over, and nobody in its bridge, and is heard by nobody;
    /// prompts are played over the music. It stays in its bridge, or may join and leave one
    /// meanwhile. Empty `music` is kHoldMusic. Fails with NotFound (leg, prompt). Media alone: the
    /// peer is told nothing (that is a re-INVITE's).
    [[nodiscard]] Result<void> hold(CallId leg, std::vector<std::string> music = {});
    void resume(CallId leg);

    /// Whether `listener` hears `speaker` while both are in one bridge, where their roles let it;
    /// true after join.
    void set_hears(CallId listener, CallId speaker, bool hears);

    /// Joins exactly these two in a fresh bridge on the contact's media thread, as Party and Agent;
    /// each leaves its former bridge.
    void bridge(CallId contact, CallId agent);
    void unbridge(CallId leg);  ///< leave(); the other leg stays open and hears silence

    /// From now on `tap` gets the decoded frames of the leg; nullptr ends it. The last reference
    /// may be dropped on a media thread.
    void set_tap(CallId leg, std::shared_ptr<FrameTap> tap);

    /// Records into a new 8 kHz 16-bit stereo file from the next tick on: left what the far end of
    /// this leg says, right what it hears (agent, prompts, whoever is in the bridge). Ends with
    /// stop_recording() or close(); RecordingClosed follows. Until then the file is FILE.part. A
    /// recording under way on the leg ends. The file is opened on the caller's thread: fails with
    /// Unavailable, Conflict (never written over) or NotFound (no such leg or announcement).
    [[nodiscard]] Result<void> start_recording(CallId leg, RecordingRequest request);
    [[nodiscard]] Result<void> start_recording(CallId leg, const std::filesystem::path& file) {
        return start_recording(leg, RecordingRequest{.file = file});
    }
    void stop_recording(CallId leg);

    /// From the next tick until resume neither side is recorded: silence of the same length stands
    /// in the file, of speech and of keys pressed as tones alike. For card data. Nothing without a
    /// recording; a new recording is not paused.
    void pause_recording(CallId leg);
    void resume_recording(CallId leg);

    /// Records a spoken answer: what the far end says alone, one channel, until it falls silent,
    /// presses a key, hangs up, or the longest answer is reached; AnswerRecorded follows. Stops the
    /// playback; a recording of the call goes on. With `beep`, kAnswerBeep is heard before, and
    /// recording begins at its end. Fails as start_recording().
    [[nodiscard]] Result<void> record_answer(CallId leg, AnswerRequest request);
    void stop_answer(CallId leg);  ///< ends it with AnswerEnd::Stopped

    /// Counters as of the last tick; zeros if the leg is not open.
    [[nodiscard]] LegStats stats(CallId leg) const;

    /// Ends the leg: RTCP BYE, ports returned, recording closed, then LegClosed.
    void close(CallId leg);
    [[nodiscard]] std::size_t open_legs() const;

    /// How often a caller found a command queue full and waited.
    [[nodiscard]] std::uint64_t command_queue_waits() const;

    /// Closes every leg (LegClosed each), ends the threads, finishes the recordings. Safe to call
    /// twice; afterwards commands do nothing and open() fails with Unavailable.
    void stop();

private:
    class Core;
    explicit MediaEngine(std::unique_ptr<Core> core);
    std::unique_ptr<Core> core_;
};

}  // namespace bellwether::media
