#include "compliance/policy/inputs_hash.h"

#include "compliance/evidence/hash.h"
#include "compliance/policy/case_form.h"
#include "compliance/policy/pack_form.h"

namespace bellwether::compliance::policy {

std::string canonical_inputs(const PolicySet& policy, const DialCase& dial_case,
                             std::string_view tzdata) {
    evidence::Object packs;
    for (const Pack* pack : policy.packs()) packs.emplace(pack->id, policy.hash_of(*pack));
    return evidence::encode(evidence::Object{{"case", form_of(dial_case)},
                                             {"covered", policy.is_covered()},
                                             {"packs", std::move(packs)},
                                             {"tzdata", tzdata}});
}

std::string inputs_hash(std::string_view canonical) {
    return evidence::to_hex(evidence::sha256(canonical));
}

}  // namespace bellwether::compliance::policy
