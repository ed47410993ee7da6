#include "support/event_log.h"

#include <algorithm>
#include <type_traits>

namespace bellwether::sip_test {
namespace {

using namespace sip;

std::string text(const Ringing&) { return "ringing"; }
std::string text(const EarlyMedia&) { return "early media"; }
std::string text(const Answered&) { return "answered"; }
std::string text(const Failed& e) {
    std::string line = "failed " + std::string{name_of(e.kind)} + " " + std::to_string(e.status);
    if (e.retry_after) line += " retry-after " + std::to_string(e.retry_after->count());
    return line;
}
std::string text(const Ended& e) {
    return std::string{e.by_peer ? "ended by peer " : "ended by us "} + std::to_string(e.status);
}
std::string text(const PeerHeld& e) { return e.held ? "held by peer" : "resumed by peer"; }
std::string text(const HoldResult& e) {
    return std::string{e.held ? "hold " : "resume "} + std::to_string(e.status);
}
std::string text(const AnsweredAfterCancel&) { return "answered after cancel"; }
std::string text(const ExtraAnswer&) { return "extra answer"; }
std::string text(const IncomingCall&) { return "incoming"; }
std::string text(const IncomingCancelled&) { return "incoming cancelled"; }

template <class E>
constexpr bool about_a_call = requires(E e) {
    e.call;
};

}  // namespace

void EventLog::add(Event event) {
    {
        const std::lock_guard lock{mutex_};
        entries_.push_back({std::move(event)});
    }
    changed_.notify_all();
}

std::optional<Event> EventLog::take(const std::function<bool(const Event&)>& wanted,
                                    std::chrono::milliseconds limit) {
    std::unique_lock lock{mutex_};
    std::optional<Event> taken;
    changed_.wait_for(lock, limit, [&] {
        const auto found = std::find_if(entries_.begin(), entries_.end(), [&](const Entry& entry) {
            return !entry.taken && wanted(entry.event);
        });
        if (found == entries_.end()) return false;
        found->taken = true;
        taken = found->event;
        return true;
    });
    return taken;
}

std::vector<std::string> EventLog::story(CallId call) const {
    const std::lock_guard lock{mutex_};
    std::vector<std::string> lines;
    for (const auto& entry : entries_) {
        std::visit(
            [&](const auto& event) {
                if constexpr (about_a_call<std::decay_t<decltype(event)>>) {
                    if (event.call == call) lines.push_back(text(event));
                }
            },
            entry.event);
    }
    return lines;
}

}  // namespace bellwether::sip_test
