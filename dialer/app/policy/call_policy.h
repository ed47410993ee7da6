#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "campaigns/campaign_spec.h"
#include "compliance/policy/decide.h"
#include "compliance/policy/policy_set.h"
#include "dialer/app/files/campaign_terms.h"
#include "dialer/app/policy/pack_file.h"
#include "dialer/app/policy/zone_shelf.h"
#include "dialer/store/dial_policy.h"
#include "dialer/store/number_lists.h"

namespace bellwether::app {

class Columns;

/// The rule of whoever calls under a pack that nobody has reviewed and the node does not accept.
inline constexpr const char* kDraftPack = "core.draft_pack";

/// What a node's configuration says of the rules it calls under.
struct PolicySettings {
    std::set<std::string> accepted_drafts;  ///< ids of packs that may be used unreviewed
    /// "+12025550": numbers that belong to nobody. No pack binds calls to them, only the core.
    std::vector<std::string> practice_prefixes;
    std::set<std::string> owned_numbers;  ///< E.164: what the caller may show
    std::string caller_country;           ///< ISO 3166; empty: not told
    std::string tzdata;                   ///< version of the host's zones
};

/// The rules as this node applies them to its campaigns' dials: chooses the packs, completes the
/// case with places, zones and lists, decides, and makes the record for the evidence log.
/// Thread-safe; decisions are taken one at a time.
class CallPolicy final : public store::DialPolicy {
public:
    CallPolicy(PackShelf packs, PolicySettings settings);
    ~CallPolicy() override;

    /// From now on, for that campaign. `client`: the seller's name. Errors: InvalidInput: a pack
    /// that there is not.
    [[nodiscard]] Result<void> set_terms(const campaigns::CampaignSpec& spec,
                                         const CampaignTerms& terms, const std::string& client,
                                         std::optional<UtcTime> started);

    /// What the operator shows of the campaign's calls; empty: nothing.
    [[nodiscard]] std::string call_label(CampaignId campaign) const;

    /// Lists to look into; until then, and with null, nobody has looked into any.
    void use_lists(const store::NumberLists* lists);

    [[nodiscard]] store::DialAnswer decide(const store::DialQuestion& question) override;

    /// What the log is told at a start: the packs that may be used, and what was set aside by name.
    [[nodiscard]] std::vector<compliance::evidence::Record> start_records(
        UtcTime at, const std::string& actor) const;

    [[nodiscard]] const PackShelf& packs() const { return packs_; }
    [[nodiscard]] const PolicySettings& settings() const { return settings_; }

private:
    struct Terms;
    struct Case;

    [[nodiscard]] std::shared_ptr<const Terms> terms_of(CampaignId campaign) const;
    [[nodiscard]] bool is_practice_number(PhoneNumber number) const;
    [[nodiscard]] const compliance::policy::PolicySet& core_alone();
    [[nodiscard]] const compliance::policy::PolicySet& policy_for(const Terms& terms,
                                                                  PhoneNumber number,
                                                                  const std::string& region);
    [[nodiscard]] bool has_unaccepted_draft(const compliance::policy::PolicySet& policy) const;
    void add_zones(std::span<const std::string_view> names, UtcTime now,
                   std::vector<compliance::policy::Zone>& zones);
    void add_places(const store::DialQuestion& question, const Columns& columns, Case& one);
    void add_past(const store::DialQuestion& question, const Terms& terms, Case& one) const;
    void add_lists(const store::DialQuestion& question, Case& one) const;

    const PackShelf packs_;
    const PolicySettings settings_;
    const std::vector<std::string> rule_zones_;
    ZoneShelf zones_;
    std::map<std::string, compliance::policy::PolicySet> policies_;  ///< by what chose them
    std::mutex deciding_;                                            ///< guards the two above
    mutable std::mutex mutex_;
    std::map<CampaignId, std::shared_ptr<const Terms>> terms_;  ///< guarded
    const store::NumberLists* lists_ = nullptr;                 ///< guarded
};

}  // namespace bellwether::app
