#pragma once

#include <chrono>
#include <condition_variable>
#include <deque>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <type_traits>
#include <variant>
#include <vector>

#include "dialer/media/media_engine.h"
#include "dialer/sip/sip_endpoint.h"

namespace bellwether::carrier {

/// A folder that goes away with the test.
class TestFolder {
public:
    TestFolder();
    ~TestFolder();
    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

/// The lines of a practice log so far.
[[nodiscard]] std::vector<nlohmann::json> lines_of(const std::filesystem::path& log);
/// Their events, in order, of one Call-ID or of all.
[[nodiscard]] std::vector<std::string> events_of(const std::filesystem::path& log,
                                                 const std::string& call_id = {});
/// All digits of the lines with this event, in order.
[[nodiscard]] std::string digits_in(const std::filesystem::path& log, const std::string& event);

/// Whether `holds` becomes true within 15 s; looks every 10 ms, for what nobody reports.
[[nodiscard]] bool eventually(const std::function<bool()>& holds);

/// A SIP endpoint and a media engine with what they reported, to be waited for. It stands for the
/// dialer; nothing in it belongs to simulator/carrier.
class PracticeDialer {
public:
    using Event = std::variant<sip::Event, media::Event>;
    static constexpr std::chrono::seconds kPatience{15};

    /// @param carrier_port  0: no trunk, phones may register.
    explicit PracticeDialer(std::uint16_t carrier_port, const std::string& username = {},
                            const std::string& password = {});
    ~PracticeDialer();

    /// Opens a leg and calls the number through the trunk.
    void call(CallId id, const std::string& number, const std::string& caller_id = "+12025550199");
    /// The same for a registered phone.
    void ring_phone(CallId id, const std::string& user);
    /// Half a second of 700 Hz into what the leg hears; its name is "question".
    void ask(CallId id);

    /// Waits for the next event that `matches`, leaving out the others. nullopt after kPatience.
    template <class What>
    [[nodiscard]] std::optional<What> wait_for(const std::function<bool(const What&)>& matches =
                                                   [](const What&) { return true; });

    sip::SipEndpoint& sip() { return *sip_; }
    media::MediaEngine& media() { return *media_; }

private:
    void post(Event event);

    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<Event> events_;
    TestFolder folder_;
    std::unique_ptr<media::MediaEngine> media_;
    std::unique_ptr<sip::SipEndpoint> sip_;
    std::uint64_t playbacks_ = 0;
};

namespace detail {

template <class What>
const What* find_in(const PracticeDialer::Event& event) {
    const auto if_what = [](const auto& what) -> const What* {
        if constexpr (std::is_same_v<std::decay_t<decltype(what)>, What>) {
            return &what;
        } else {
            return nullptr;
        }
    };
    return std::visit([&](const auto& side) { return std::visit(if_what, side); }, event);
}

}  // namespace detail

template <class What>
std::optional<What> PracticeDialer::wait_for(const std::function<bool(const What&)>& matches) {
    const auto deadline = std::chrono::steady_clock::now() + kPatience;
    std::unique_lock lock{mutex_};
    while (true) {
        for (auto at = events_.begin(); at != events_.end(); ++at) {
            const What* what = detail::find_in<What>(*at);
            if (what == nullptr || !matches(*what)) continue;
            std::optional<What> found{*what};
            events_.erase(at);
            return found;
        }
        if (changed_.wait_until(lock, deadline) == std::cv_status::timeout) return {};
    }
}

}  // namespace bellwether::carrier
