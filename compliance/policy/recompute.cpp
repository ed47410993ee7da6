#include "compliance/policy/recompute.h"

#include <vector>

#include "compliance/evidence/canonical_json.h"
#include "compliance/policy/decide.h"
#include "compliance/policy/inputs_hash.h"
#include "compliance/policy/pack_form.h"

namespace bellwether::compliance::policy {
namespace {

Result<std::vector<const Pack*>> packs_of_day(const evidence::Value& named,
                                              std::span<const Pack* const> packs) {
    if (named.object() == nullptr) return fail(Errc::InvalidInput, "packs must be an object");
    std::vector<const Pack*> found;
    for (const auto& [id, hash] : *named.object()) {
        const Pack* pack = find_pack(packs, id);
        if (pack == nullptr) return fail(Errc::NotFound, "the pack " + id + " is not there");
        if (hash.text() == nullptr || *hash.text() != pack_hash(*pack)) {
            return fail(Errc::Conflict, "the pack " + id + " is not the one of that day");
        }
        found.push_back(pack);
    }
    return found;
}

}  // namespace

Result<Recomputed> recompute(std::string_view stored, std::span<const Pack* const> packs,
                             const CaseSources& sources, std::string_view tzdata) {
    const auto inputs = evidence::parse(stored);
    if (!inputs) return tl::unexpected{inputs.error()};
    if ((*inputs)["tzdata"] != evidence::Value{tzdata}) {
        return fail(Errc::Conflict, "the zones are of another version than that day's");
    }
    const auto found = packs_of_day((*inputs)["packs"], packs);
    if (!found) return tl::unexpected{found.error()};
    CaseSources as_stored = sources;
    as_stored.is_stored = true;
    const auto read = read_case((*inputs)["case"], as_stored);
    if (!read) return tl::unexpected{read.error()};
    const bool is_covered = (*inputs)["covered"] == evidence::Value{true};
    const PolicySet policy = is_covered ? PolicySet::of(*found) : PolicySet::uncovered(*found);
    const Decision decision = decide(policy, read->facts());
    return Recomputed{.verdict = decision.verdict,
                      .until = decision.until,
                      .primary = decision.primary == nullptr ? "" : decision.primary->id,
                      .inputs_hash = inputs_hash(canonical_inputs(policy, read->facts(), tzdata))};
}

}  // namespace bellwether::compliance::policy
