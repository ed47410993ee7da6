#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "compliance/policy/pack.h"

namespace bellwether::compliance::policy {

/// How many rules all packs together may have: a decision holds their reasons in place.
inline constexpr std::size_t kRulesMax = 256;

/// What stands against using these packs beside each other: an id that two packs share, more than
/// kRulesMax rules. Empty: nothing.
[[nodiscard]] std::string fault_together(std::span<const Pack* const> packs);

/// The rules that bind one group of calls: the core's and those of some packs, joined. The
/// strictest wins, so the order of the packs and a pack that stands twice change nothing.
///
/// Holds references: the packs must outlive it. Immutable; may be read by many threads.
class PolicySet {
public:
    /// Exactly these packs beside the core.
    [[nodiscard]] static PolicySet of(std::span<const Pack* const> packs);

    /// For calls that no pack covers: every one is denied by core.no_pack.
    [[nodiscard]] static PolicySet uncovered(std::span<const Pack* const> packs);

    /// By id, then by date.
    [[nodiscard]] std::span<const Rule* const> rules() const { return rules_; }
    /// By id, each once.
    [[nodiscard]] std::span<const Pack* const> packs() const { return packs_; }
    [[nodiscard]] bool is_covered() const { return is_covered_; }
    [[nodiscard]] bool has_draft() const;
    /// pack_hash() of one of packs(), kept: it stands in every decision's record.
    [[nodiscard]] const std::string& hash_of(const Pack& pack) const;

private:
    std::vector<const Pack*> packs_;
    std::vector<std::string> hashes_;  ///< of packs_, in its order
    std::vector<const Rule*> rules_;
    bool is_covered_ = true;
};

/// What a choice of packs is made by.
struct Whereabouts {
    std::string_view number_country{};                   ///< "US"; empty: unknown
    std::span<const std::string_view> number_regions{};  ///< "US-FL", by area code
    std::string_view address_region{};                   ///< "US-FL"
    std::string_view caller_country{};
    Purpose purpose = Purpose::Telemarketing;
};

/// The packs out of `all` that bind a call, by number, address, caller and purpose, and those that
/// these extend; retired ones never. Without a pack for the number's own country the call is
/// uncovered: a country nobody has looked into is not a country without rules.
[[nodiscard]] PolicySet choose(std::span<const Pack* const> all, const Whereabouts& where);

/// The pack of that id, or nullptr.
[[nodiscard]] const Pack* find_pack(std::span<const Pack* const> all, std::string_view id);

/// The rules that no pack brings and none can take away: see core_rules.cpp for each one's reason.
struct CoreRules {
    Rule internal_dnc;
    Rule revoked;
    Rule number;
    Rule caller_id;
    Rule no_window;
    Rule no_pack;
    Rule house_hours;
};
[[nodiscard]] const CoreRules& core_rules();

}  // namespace bellwether::compliance::policy
