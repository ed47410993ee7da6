#include "compliance/policy/policy_set.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "base/check.h"
#include "compliance/policy/pack_form.h"

namespace bellwether::compliance::policy {
namespace {

using PackList = std::vector<const Pack*>;

void add_once(PackList& packs, const Pack* pack) {
    const auto place = std::ranges::lower_bound(packs, pack->id, {}, &Pack::id);
    if (place == packs.end() || (*place)->id != pack->id) packs.insert(place, pack);
}

/// "US" of "US-FL".
std::string_view country_of(std::string_view region) { return region.substr(0, region.find('-')); }

bool fits(std::string_view wanted, const Whereabouts& where) {
    const auto colon = wanted.find(':');
    const std::string_view field = wanted.substr(0, colon);
    const std::string_view value = wanted.substr(colon + 1);
    if (field == "country") {
        return value == where.number_country || value == country_of(where.address_region);
    }
    if (field == "caller") return value == where.caller_country;
    if (field == "address") return value == where.address_region;
    return std::ranges::find(where.number_regions, value) != where.number_regions.end();
}

bool binds(const Pack& pack, const Whereabouts& where) {
    if (pack.status == PackStatus::Retired || !pack.applies.purposes.has(where.purpose)) {
        return false;
    }
    const auto& regions = pack.applies.regions;
    return regions.empty() || std::ranges::any_of(regions, [&](const std::string& region) {
               return fits(region, where);
           });
}

bool is_for_country(const Pack& pack, std::string_view country) {
    return !country.empty() &&
           std::ranges::find(pack.applies.regions, "country:" + std::string{country}) !=
               pack.applies.regions.end();
}

void add_with_extended(PackList& chosen, std::span<const Pack* const> all, const Pack* pack) {
    if (find_pack(chosen, pack->id) != nullptr) return;
    add_once(chosen, pack);
    for (const std::string& id : pack->extends) {
        if (const Pack* other = find_pack(all, id)) add_with_extended(chosen, all, other);
    }
}

}  // namespace

std::string fault_together(std::span<const Pack* const> packs) {
    std::size_t rules = 0;
    std::map<std::string_view, const Pack*> owner;
    for (const Pack* pack : packs) {
        rules += pack->rules.size();
        for (const Rule& rule : pack->rules) {
            const auto [place, is_new] = owner.emplace(rule.id, pack);
            if (!is_new && place->second != pack) {
                return rule.id + " stands in " + place->second->id + " and in " + pack->id;
            }
        }
    }
    return rules > kRulesMax ? "more than " + std::to_string(kRulesMax) + " rules" : "";
}

PolicySet PolicySet::of(std::span<const Pack* const> packs) {
    PolicySet set;
    for (const Pack* pack : packs) add_once(set.packs_, pack);
    for (const Pack* pack : set.packs_) {
        set.hashes_.push_back(pack_hash(*pack));
        for (const Rule& rule : pack->rules) set.rules_.push_back(&rule);
    }
    BW_CHECK(set.rules_.size() <= kRulesMax);
    std::ranges::stable_sort(set.rules_, [](const Rule* a, const Rule* b) {
        return std::tie(a->id, a->in_force.from) < std::tie(b->id, b->in_force.from);
    });
    return set;
}

PolicySet PolicySet::uncovered(std::span<const Pack* const> packs) {
    PolicySet set = of(packs);
    set.is_covered_ = false;
    return set;
}

bool PolicySet::has_draft() const {
    return std::ranges::any_of(packs_,
                               [](const Pack* pack) { return pack->status == PackStatus::Draft; });
}

const std::string& PolicySet::hash_of(const Pack& pack) const {
    const auto found = std::ranges::find(packs_, &pack);
    BW_CHECK(found != packs_.end());
    return hashes_[static_cast<std::size_t>(found - packs_.begin())];
}

PolicySet choose(std::span<const Pack* const> all, const Whereabouts& where) {
    PackList chosen;
    for (const Pack* pack : all) {
        if (binds(*pack, where)) add_with_extended(chosen, all, pack);
    }
    const bool is_covered = std::ranges::any_of(
        chosen, [&](const Pack* pack) { return is_for_country(*pack, where.number_country); });
    return is_covered ? PolicySet::of(chosen) : PolicySet::uncovered(chosen);
}

const Pack* find_pack(std::span<const Pack* const> all, std::string_view id) {
    const auto found =
        std::ranges::find(all, id, [](const Pack* pack) -> std::string_view { return pack->id; });
    return found == all.end() ? nullptr : *found;
}

}  // namespace bellwether::compliance::policy
