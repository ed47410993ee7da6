#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace bellwether::sip {

/// Milliseconds on the stack's monotonic clock. Parts of this folder are told the time; only the
/// endpoint thread reads it.
using Elapsed = std::chrono::milliseconds;

enum class NonceState {
    Good,
    Stale,    ///< too old, or not from this run: worth a new try, and not the phone's fault
    Replayed  ///< its count was used before
};

/// The registrar's nonces. A nonce carries its own time and is signed together with the phone's
/// address, so that unanswered challenges cost no memory; only nonces that were answered rightly
/// are remembered.
class NonceBook {
public:
    /// @param key  secret of this run, any length.
    explicit NonceBook(std::string key) : key_{std::move(key)} {}

    [[nodiscard]] std::string issue(std::string_view source_ip, Elapsed now);

    /// Good means signed by us for this address and not older than kNonceLife.
    [[nodiscard]] NonceState judge(std::string_view nonce, std::string_view source_ip,
                                   Elapsed now) const;

    /// Uses up the count `nc` of a nonce that is Good and whose response was right.
    /// @return false if this count or a later one was used before.
    [[nodiscard]] bool use(std::string_view nonce, std::uint32_t nc, Elapsed now);

    [[nodiscard]] std::size_t remembered() const { return used_.size(); }

private:
    struct Used {
        Elapsed issued;
        std::uint32_t nc;
    };

    std::string signature(std::string_view body, std::string_view source_ip) const;
    void forget_old(Elapsed now);

    std::string key_;
    std::uint64_t serial_ = 0;
    std::map<std::uint64_t, Used> used_;  // by serial, hence by age
};

/// One nonce serves a phone's refreshes for this long: about the longest registration (300 s), so
/// that a refresh rarely pays a second round trip.
inline constexpr std::chrono::seconds kNonceLife{300};

}  // namespace bellwether::sip
