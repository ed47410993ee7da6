#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <unordered_map>

namespace bellwether::carrier {

/// INVITEs that were challenged and may come back with credentials, by Call-ID: which of its
/// number's calls each is, so that both requests count as one call. Holds the latest kMax; who
/// answers a challenge after so many others counts as a new call.
class Challenges {
public:
    static constexpr std::size_t kMax =
        10'000;  ///< 200 s of 50 calls/s, 32 s is a transaction's life

    void remember(const std::string& call_id, std::uint32_t ordinal) {
        if (!ordinals_.emplace(call_id, ordinal).second) return;
        order_.push_back(call_id);
        if (order_.size() <= kMax) return;
        ordinals_.erase(order_.front());
        order_.pop_front();
    }
    /// 0 if it was not challenged.
    [[nodiscard]] std::uint32_t ordinal(const std::string& call_id) const {
        const auto found = ordinals_.find(call_id);
        return found == ordinals_.end() ? 0 : found->second;
    }

private:
    std::unordered_map<std::string, std::uint32_t> ordinals_;  // only looked up
    std::deque<std::string> order_;
};

}  // namespace bellwether::carrier
