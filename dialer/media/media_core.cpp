#include "dialer/media/media_core.h"

#include <fmt/format.h>
#include <sys/random.h>

#include <chrono>
#include <thread>
#include <utility>

#include "base/check.h"
#include "dialer/media/voice_quality.h"

namespace bellwether::media {
namespace {

constexpr std::uint64_t kOwnBridges = std::uint64_t{1} << 63;  // BridgeIds that bridge() makes
constexpr std::chrono::milliseconds kQueueFullPause{1};        // the queue is emptied every 20 ms

template <class T>
T random_value() {
    T value{};
    BW_CHECK(::getrandom(&value, sizeof value, 0) == static_cast<ssize_t>(sizeof value));
    return value;
}

StreamStart random_start() {
    return {.ssrc = random_value<std::uint32_t>(),
            .sequence = random_value<std::uint16_t>(),
            .timestamp = random_value<std::uint32_t>()};
}

tl::unexpected<Error> not_open() { return fail(Errc::NotFound, "the media leg is not open"); }

}  // namespace

MediaEngine::Core::Core(MediaConfig config, std::shared_ptr<PortPool> ports, EventSink events)
    : config_{std::move(config)}, ports_{std::move(ports)}, recorder_{events} {
    shared_.events = std::move(events);
    shared_.epoch = monotonic_now();
    for (int i = 0; i < config_.threads; ++i) {
        shared_.threads.push_back(
            std::make_unique<MediaThread>(shared_, static_cast<std::size_t>(i)));
    }
}

MediaEngine::Core::~Core() { stop(); }

Result<void> MediaEngine::Core::start() {
    for (auto& thread : shared_.threads) {
        if (auto started = thread->start(); !started) return started;
    }
    return {};
}

void MediaEngine::Core::stop() {
    {
        const std::lock_guard lock{mutex_};
        if (stopped_) return;
        stopped_ = true;
        for (auto& [leg, record] : legs_) close_locked(leg, record);
        legs_.clear();
    }
    shared_.stopping.store(true);
    for (auto& thread : shared_.threads) thread->join();
    recorder_.stop();
}

void MediaEngine::Core::post_to(std::size_t thread, MediaCommand command) {
    MediaThread& target = *shared_.threads[thread];
    if (target.try_post(command)) return;
    queue_waits_.fetch_add(1);
    while (!target.try_post(command)) std::this_thread::sleep_for(kQueueFullPause);
}

void MediaEngine::Core::post_or_report(CallId leg, RefusePlayback refused) {
    const std::lock_guard lock{mutex_};
    const auto at = legs_.find(leg);
    if (!stopped_) post_to(at == legs_.end() ? 0 : at->second.thread, {leg, refused});
}

Result<void> MediaEngine::Core::open(CallId leg) {
    auto ports = ports_->take();
    if (!ports) return tl::unexpected<Error>{ports.error()};
    OpenLeg record;
    record.board = std::make_shared<StatsBoard>();
    record.local = {
        .host = config_.advertise_host.empty() ? config_.bind_host : config_.advertise_host,
        .rtp_port = ports->port(),
        .session_id = random_value<std::uint32_t>(),
        .version = 1,
        .comfort_noise = config_.comfort_noise};
    auto media_leg = std::make_unique<Leg>(
        LegSetup{.id = leg,
                 .ports = std::move(*ports),
                 .start = random_start(),
                 .cname = fmt::format("{:016x}{:08x}", random_value<std::uint64_t>(),
                                      random_value<std::uint32_t>()),
                 .silence_ticks = static_cast<std::uint64_t>(config_.silence_timeout / kFrame),
                 .board = record.board});
    const std::lock_guard lock{mutex_};
    if (stopped_) return fail(Errc::Unavailable, "the media engine has stopped");
    if (legs_.contains(leg)) return fail(Errc::Conflict, "the media leg is open already");
    record.thread = next_thread_;
    next_thread_ = (next_thread_ + 1) % shared_.threads.size();
    shared_.legs_alive.fetch_add(1);
    post_to(record.thread, {leg, AddLeg{std::move(media_leg)}});
    legs_.emplace(leg, std::move(record));
    return {};
}

void MediaEngine::Core::close(CallId leg) {
    const std::lock_guard lock{mutex_};
    const auto at = legs_.find(leg);
    if (at == legs_.end()) return;
    close_locked(leg, at->second);
    legs_.erase(at);
}

void MediaEngine::Core::close_locked(CallId leg, OpenLeg& record) {
    leave_locked(record);
    post_to(record.thread, {leg, CloseLeg{}});
}

std::string MediaEngine::Core::offer(CallId leg) {
    const std::lock_guard lock{mutex_};
    const auto at = legs_.find(leg);
    if (at == legs_.end()) return {};
    at->second.was_described = true;
    return format_offer(at->second.local);
}

Result<Agreement> MediaEngine::Core::agree_as_configured(const SessionDescription& remote) const {
    auto agreement = agree(remote);
    if (agreement && !config_.comfort_noise) agreement->noise_payload_type.reset();
    return agreement;
}

Result<void> MediaEngine::Core::connect(CallId leg, const Agreement& agreement) {
    const std::lock_guard lock{mutex_};
    const auto at = legs_.find(leg);
    if (at == legs_.end()) return not_open();
    at->second.agreement = agreement;
    post_to(at->second.thread, {leg, ConnectLeg{agreement}});
    return {};
}

Result<LocalEnd> MediaEngine::Core::answer(CallId leg, const Agreement& agreement) {
    const std::lock_guard lock{mutex_};
    const auto at = legs_.find(leg);
    if (at == legs_.end()) return not_open();
    OpenLeg& record = at->second;
    // The same answer keeps its version, any other raises it (RFC 3264 §8).
    if (record.was_described && record.agreement != agreement) ++record.local.version;
    record.was_described = true;
    record.agreement = agreement;
    post_to(record.thread, {leg, ConnectLeg{agreement}});
    return record.local;
}

void MediaEngine::Core::join(CallId leg, BridgeId bridge, Role role) {
    const std::lock_guard lock{mutex_};
    const auto at = legs_.find(leg);
    if (at != legs_.end()) join_locked(leg, at->second, bridge, role);
}

Result<void> MediaEngine::Core::join_with(CallId leg, CallId other, Role role) {
    const std::lock_guard lock{mutex_};
    const auto at = legs_.find(leg);
    const auto there = legs_.find(other);
    if (at == legs_.end() || there == legs_.end()) return not_open();
    if (!there->second.bridge) {
        return fail(Errc::Conflict, "the other leg is in no conversation to join");
    }
    join_locked(leg, at->second, *there->second.bridge, role);
    return {};
}

void MediaEngine::Core::join_locked(CallId leg, OpenLeg& record, BridgeId bridge, Role role) {
    if (record.bridge == bridge) return post_to(record.thread, {leg, SetRole{role}});
    leave_locked(record);
    auto& target = bridges_.try_emplace(bridge, OpenBridge{record.thread, 0}).first->second;
    ++target.legs;
    record.bridge = bridge;
    move_to(leg, record, target.thread);
    post_to(record.thread, {leg, JoinBridge{bridge, role}});
}

// The new thread hears of the leg before the old one gives it up, so that it keeps the leg's
// commands.
void MediaEngine::Core::move_to(CallId leg, OpenLeg& record, std::size_t thread) {
    if (record.thread == thread) return;
    post_to(thread, {leg, ExpectLeg{}});
    post_to(record.thread, {leg, HandOver{thread}});
    record.thread = thread;
}

void MediaEngine::Core::leave(CallId leg) {
    const std::lock_guard lock{mutex_};
    const auto at = legs_.find(leg);
    if (at == legs_.end()) return;
    leave_locked(at->second);
    post_to(at->second.thread, {leg, LeaveBridge{}});
}

void MediaEngine::Core::leave_locked(OpenLeg& record) {
    if (!record.bridge) return;
    const auto at = bridges_.find(*record.bridge);
    if (--at->second.legs == 0) bridges_.erase(at);
    record.bridge.reset();
}

void MediaEngine::Core::bridge(CallId a, CallId b) {
    const std::lock_guard lock{mutex_};
    const auto one = legs_.find(a);
    const auto two = legs_.find(b);
    if (one == legs_.end() || two == legs_.end() || a == b) return;
    const BridgeId fresh{kOwnBridges | next_own_bridge_++};
    join_locked(a, one->second, fresh, Role::Party);
    join_locked(b, two->second, fresh, Role::Agent);
}

void MediaEngine::Core::set_hears(CallId listener, CallId speaker, bool hears) {
    const std::lock_guard lock{mutex_};
    const auto at = legs_.find(listener);
    const auto other = legs_.find(speaker);
    if (at == legs_.end() || other == legs_.end()) return;
    if (!at->second.bridge || at->second.bridge != other->second.bridge) return;
    post_to(at->second.thread, {listener, SetHears{speaker, hears}});
}

LegStats MediaEngine::Core::stats(CallId leg) {
    std::shared_ptr<StatsBoard> board;
    {
        const std::lock_guard lock{mutex_};
        const auto at = legs_.find(leg);
        if (at == legs_.end()) return {};
        board = at->second.board;
    }
    return with_quality(board->read());
}

bool MediaEngine::Core::is_open(CallId leg) {
    const std::lock_guard lock{mutex_};
    return legs_.contains(leg);
}

std::size_t MediaEngine::Core::open_legs() {
    const std::lock_guard lock{mutex_};
    return legs_.size();
}

}  // namespace bellwether::media
