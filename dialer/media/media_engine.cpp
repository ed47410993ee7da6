#include "dialer/media/media_engine.h"

#include <fmt/format.h>

#include <system_error>
#include <utility>

#include "dialer/media/media_core.h"

namespace bellwether::media {
namespace {

constexpr int kThreadsMax = 64;

Result<void> validate(const MediaConfig& config) {
    if (config.threads < 1 || config.threads > kThreadsMax) {
        return fail(Errc::InvalidInput,
                    fmt::format("media threads is {}; give 1 to {}", config.threads, kThreadsMax));
    }
    if (config.silence_timeout < kFrame) {
        return fail(Errc::InvalidInput, "media silence_timeout is below 20 ms");
    }
    const auto& shown = config.advertise_host.empty() ? config.bind_host : config.advertise_host;
    const auto address = parse_ipv4(shown);
    if (!address || *address == 0) {
        return fail(Errc::InvalidInput,
                    fmt::format("'{}' cannot be written into SDP; set media advertise_host to the "
                                "IPv4 address by which peers reach this machine",
                                shown));
    }
    return {};
}

}  // namespace

MediaEngine::MediaEngine(std::unique_ptr<Core> core) : core_{std::move(core)} {}
MediaEngine::~MediaEngine() { core_->stop(); }

Result<std::unique_ptr<MediaEngine>> MediaEngine::start(MediaConfig config,
                                                        std::function<void(Event)> on_event) {
    if (auto valid = validate(config); !valid) return tl::unexpected<Error>{valid.error()};
    auto pool = PortPool::create(config.bind_host, config.port_min, config.port_max);
    if (!pool) return tl::unexpected<Error>{pool.error()};
    try {
        auto core =
            std::make_unique<Core>(std::move(config), std::move(*pool), std::move(on_event));
        if (auto started = core->start(); !started) return tl::unexpected<Error>{started.error()};
        return std::unique_ptr<MediaEngine>{new MediaEngine{std::move(core)}};
    } catch (const std::system_error& error) {
        return fail(Errc::Unavailable, fmt::format("no record thread: {}", error.what()));
    }
}

Result<void> MediaEngine::load_prompt(std::string name, const std::filesystem::path& file) {
    auto prompt = read_prompt(file);
    if (!prompt) return tl::unexpected<Error>{prompt.error()};
    return core_->prompts().put(std::move(name), std::move(*prompt));
}

void MediaEngine::drop_prompt(std::string_view name) { core_->prompts().drop(name); }

bool MediaEngine::has_prompt(std::string_view name) const {
    return core_->prompts().find(name) != nullptr;
}

Result<void> MediaEngine::open(CallId leg) { return core_->open(leg); }

std::string MediaEngine::offer(CallId leg) const { return core_->offer(leg); }

Result<void> MediaEngine::connect(CallId leg, std::string_view remote_sdp) {
    const auto remote = parse_sdp(remote_sdp);
    if (!remote) return tl::unexpected<Error>{remote.error()};
    const auto agreement = core_->agree_as_configured(*remote);
    if (!agreement) return tl::unexpected<Error>{agreement.error()};
    return core_->connect(leg, *agreement);
}

Result<std::string> MediaEngine::answer(CallId leg, std::string_view remote_offer) {
    const auto remote = parse_sdp(remote_offer);
    if (!remote) return tl::unexpected<Error>{remote.error()};
    const auto agreement = core_->agree_as_configured(*remote);
    if (!agreement) return tl::unexpected<Error>{agreement.error()};
    const auto local = core_->answer(leg, *agreement);
    if (!local) return tl::unexpected<Error>{local.error()};
    return format_answer(*local, *remote, *agreement);
}

void MediaEngine::play(CallId leg, std::uint64_t playback, std::vector<std::string> prompts) {
    std::vector<std::shared_ptr<const Prompt>> sounds;
    for (const auto& name : prompts) {
        sounds.push_back(core_->prompts().find(name));
        if (sounds.back() == nullptr) return core_->post_or_report(leg, RefusePlayback{playback});
    }
    if (!core_->post(leg, StartPlayback{Playback{playback, std::move(sounds)}})) {
        core_->post_or_report(leg, RefusePlayback{playback});
    }
}

void MediaEngine::stop_playing(CallId leg) { core_->post(leg, StopPlayback{}); }

void MediaEngine::send_digits(CallId leg, std::string digits) {
    core_->post(leg, PressKeys{std::move(digits)});
}

void MediaEngine::join(CallId leg, BridgeId bridge, Role role) { core_->join(leg, bridge, role); }
Result<void> MediaEngine::join_with(CallId leg, CallId other, Role role) {
    return core_->join_with(leg, other, role);
}
void MediaEngine::set_role(CallId leg, Role role) { core_->post(leg, SetRole{role}); }

Result<void> MediaEngine::hold(CallId leg, std::vector<std::string> music) {
    if (music.empty()) music.emplace_back(kHoldMusic);
    std::vector<std::shared_ptr<const Prompt>> sounds;
    for (const auto& name : music) {
        sounds.push_back(core_->prompts().find(name));
        if (sounds.back() != nullptr) continue;
        return fail(Errc::NotFound, fmt::format("the music '{}' is not loaded", name));
    }
    Playback playback{0, std::move(sounds), Playback::Times::Forever};
    if (core_->post(leg, HoldLeg{std::move(playback)})) return {};
    return fail(Errc::NotFound, "no open leg to hold");
}

void MediaEngine::resume(CallId leg) { core_->post(leg, HoldLeg{std::nullopt}); }
void MediaEngine::leave(CallId leg) { core_->leave(leg); }
void MediaEngine::bridge(CallId a, CallId b) { core_->bridge(a, b); }
void MediaEngine::unbridge(CallId leg) { core_->leave(leg); }

void MediaEngine::set_hears(CallId listener, CallId speaker, bool hears) {
    core_->set_hears(listener, speaker, hears);
}

void MediaEngine::set_tap(CallId leg, std::shared_ptr<FrameTap> tap) {
    core_->post(leg, SetTap{std::move(tap)});
}

Result<void> MediaEngine::start_recording(CallId leg, RecordingRequest request) {
    for (const auto& name : request.announcement) {
        if (has_prompt(name)) continue;
        return fail(Errc::NotFound, fmt::format("the announcement '{}' is not loaded", name));
    }
    if (!core_->is_open(leg)) return fail(Errc::NotFound, "no open leg to record");
    auto recording = core_->recorder().open(
        {.leg = leg, .file = std::move(request.file), .format = request.format});
    if (!recording) return tl::unexpected<Error>{recording.error()};
    if (!core_->post(leg, SetRecording{*recording})) (*recording)->finish();
    if (!request.announcement.empty()) {
        play(leg, request.announcement_playback, std::move(request.announcement));
    }
    return {};
}

void MediaEngine::stop_recording(CallId leg) { core_->post(leg, SetRecording{nullptr}); }
void MediaEngine::pause_recording(CallId leg) { core_->post(leg, PauseRecording{true}); }
void MediaEngine::resume_recording(CallId leg) { core_->post(leg, PauseRecording{false}); }

Result<void> MediaEngine::record_answer(CallId leg, AnswerRequest request) {
    if (!core_->is_open(leg)) return fail(Errc::NotFound, "no open leg to record");
    auto recording = core_->recorder().open({.leg = leg,
                                             .file = std::move(request.file),
                                             .format = request.format,
                                             .what = RecordingOrder::What::Answer});
    if (!recording) return tl::unexpected<Error>{recording.error()};
    std::optional<Playback> beep;
    if (request.beep) beep.emplace(0, std::vector{core_->prompts().find(kAnswerBeep)});
    auto take = std::make_unique<AnswerTake>(request.rules, *recording, std::move(beep));
    if (!core_->post(leg, StartAnswer{std::move(take)})) {
        (*recording)->finish({.reason = AnswerEnd::HungUp});
    }
    return {};
}

void MediaEngine::stop_answer(CallId leg) { core_->post(leg, StartAnswer{nullptr}); }

LegStats MediaEngine::stats(CallId leg) const { return core_->stats(leg); }
void MediaEngine::close(CallId leg) { core_->close(leg); }
std::size_t MediaEngine::open_legs() const { return core_->open_legs(); }
std::uint64_t MediaEngine::command_queue_waits() const { return core_->queue_waits(); }
void MediaEngine::stop() { core_->stop(); }

}  // namespace bellwether::media
