#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "compliance/policy/rule.h"

namespace bellwether::compliance::policy {

enum class PackStatus {
    Draft,     ///< nobody has read the law's own text against it
    Reviewed,  ///< somebody has: `reviewed_by`
    Retired,   ///< kept for replay; never chosen
};

/// When a pack is chosen by itself: one of `regions` fits, and the purpose.
struct PackApplies {
    /// "country:US" (of the number or the address), "caller:US", "areacode:US-FL", "address:US-FL";
    /// empty: everywhere.
    std::vector<std::string> regions;
    EnumSet<Purpose> purposes = EnumSet<Purpose>::all();
};

/// The rules of one jurisdiction, or of one house. Its canonical form and hash: pack_form.h.
struct Pack {
    std::string id;       ///< "us-fl": lower-case letters, digits, hyphens
    std::string version;  ///< "2026.11.1"
    PackStatus status = PackStatus::Draft;
    std::vector<std::string> extends{};  ///< packs that are chosen with it
    std::string reviewed_by{};
    std::optional<Date> review_until{};
    PackApplies applies{};
    std::vector<Rule> rules{};
};

/// What is wrong with a pack, and with which of its rules (by place, from 0; none: the pack).
struct PackFault {
    std::optional<std::size_t> rule;
    std::string text;
};

/// Everything wrong with a pack, in order; empty: it may be used. Refuses missing citations and
/// dates, an id whose dates overlap, parameters out of range, a suppression list without its
/// freshness, a reviewed pack without its reviewer.
[[nodiscard]] std::vector<PackFault> check(const Pack& pack);

}  // namespace bellwether::compliance::policy

namespace bellwether {
template <>
inline constexpr auto kEnumNames<compliance::policy::PackStatus> = names("draft", "reviewed",
                                                                         "retired");
}  // namespace bellwether
