#include "dialer/app/policy/call_policy.h"

#include <algorithm>

#include "compliance/destination.h"
#include "compliance/places/number_place.h"
#include "compliance/policy/inputs_hash.h"
#include "compliance/policy/pack_form.h"
#include "compliance/policy/requirements.h"
#include "dialer/app/policy/case_words.h"
#include "dialer/app/survey/questionnaire_folder.h"
#include "dialer/store/number_rules.h"

namespace bellwether::app {
namespace {

using namespace compliance::policy;
namespace evidence = compliance::evidence;
using EngineRule = compliance::Rule;
using store::DialQuestion;
using store::ListFinding;
using store::ListKind;

constexpr double kMillion = 1e6;
// Some 340 area codes with a few regions and purposes each; a list's column of nonsense makes more.
constexpr std::size_t kPoliciesMax = 4096;
constexpr const char* kNoTerms = "core.no_terms";

// What stands against the campaign may be mended while its contacts wait: they are asked about
// again.
constexpr std::chrono::minutes kCampaignPause{1};

compliance::Decision engine_decision(const Decision& decision, UtcTime now) {
    compliance::Decision made{.verdict = decision.verdict, .until = decision.until};
    if (decision.verdict == compliance::Verdict::Deny && decision.scope == Scope::Campaign) {
        made.verdict = compliance::Verdict::Defer;
        made.until = now + kCampaignPause;
    }
    if (decision.primary != nullptr) {
        made.rule = EngineRule::Policy;
        made.cited = decision.primary->id;
    }
    for (const Obligation& obligation : decision.obligations) {
        if (std::ranges::find(made.obligations, obligation.kind) == made.obligations.end())
            made.obligations.push_back(obligation.kind);
    }
    return made;
}

/// For the log: every decision at an INVITE, and every denial. Who only waits for his hour is asked
/// about again then.
std::optional<evidence::Record> record_of(const DialQuestion& question, const Decision& decision,
                                          const PolicySet& policy, const DialCase& facts,
                                          const std::string& tzdata) {
    const bool is_invite = question.point == DialQuestion::Point::Invite;
    if (!is_invite && decision.verdict != compliance::Verdict::Deny) return std::nullopt;
    evidence::DecisionFacts made{.at = question.now,
                                 .point = is_invite ? "INVITE" : "SELECTION",
                                 .client = question.client,
                                 .campaign = question.campaign,
                                 .attempt = question.attempt,
                                 .contact = question.contact,
                                 .number = question.number,
                                 .verdict = std::string{name_of(decision.verdict)},
                                 .until = decision.until};
    if (decision.primary != nullptr) made.primary = decision.primary->id;
    if (decision.scope) made.scope = name_of(*decision.scope);
    for (const Reason& reason : decision.reasons) made.reasons.push_back(reason.rule->id);
    for (const Obligation& one : decision.obligations)
        made.obligations.push_back(std::string{name_of(one.kind)} + " " + one.rule->id);
    for (const Pack* pack : policy.packs()) made.packs.push_back({pack->id, policy.hash_of(*pack)});
    made.tzdata = tzdata;
    made.inputs = canonical_inputs(policy, facts, tzdata);
    made.inputs_hash = inputs_hash(made.inputs);
    return evidence::to_record(made);
}

/// Kept for stage and screen: nobody has such a number. North America's 555-0100 to 555-0199 in
/// every area code (NANPA, 555 line number guidelines); Ofcom's numbers for drama.
bool is_fiction(PhoneNumber number) {
    static const std::vector<std::string> kDrama = {"+441632960", "+442079460", "+447700900"};
    constexpr std::uint64_t first_of_eleven = 10'000'000'000;
    const std::uint64_t digits = number.digits();
    const bool is_north_american = digits / first_of_eleven == 1;
    if (is_north_american) return digits / 100 % 100'000 == 55'501;
    return compliance::allowed(kDrama, number);
}

std::chrono::hours length_of(const Abandonment& rule) {
    switch (rule.window) {
        case CapWindow::Day:
            return std::chrono::days{1};
        case CapWindow::Month:
            return std::chrono::days{30};
        case CapWindow::CampaignPeriod:
            return std::chrono::days{rule.days};
    }
    return {};
}

/// The campaign, not the contact, stands against the call.
store::DialAnswer held_back(std::string rule, UtcTime now) {
    return {.decision = {compliance::Verdict::Defer, EngineRule::Policy, now + kCampaignPause,
                         std::move(rule)},
            .record = std::nullopt,
            .holds_campaign = true};
}

}  // namespace

/// A campaign's part of each of its cases.
struct CallPolicy::Terms {
    CampaignTerms own;
    std::string seller;
    std::string subject;
    Purpose purpose = Purpose::Telemarketing;
    Mode mode = Mode::Predictive;
    bool has_safe_harbour = false;
    bool has_opt_out_key = false;
    bool owns_caller_id = false;
    std::optional<UtcTime> started;
    std::chrono::milliseconds ring_limit{};
    std::chrono::milliseconds connect_within{};
    std::vector<compliance::AbandonmentRule> abandonment;

    [[nodiscard]] const Rule* broken(const PolicySet& policy, Date on) const;
    [[nodiscard]] CampaignFacts facts(const DialQuestion& question, bool is_practice) const;
};

/// One case with all that it points to.
struct CallPolicy::Case {
    std::string e164;
    DialCase facts{};
    std::string region{};
    std::vector<Zone> number_zones{};
    std::vector<Zone> address_zones{};
    std::vector<Zone> rule_zones{};
    std::vector<ConsentFacts> consents{};
    std::vector<PastAttempt> history{};
    std::vector<std::shared_ptr<const Terms>> held{};  ///< what the history's views point into
};

/// The first rule about how a campaign calls that its settings do not keep; null: they keep all.
const Rule* CallPolicy::Terms::broken(const PolicySet& policy, Date on) const {
    const Calls calls{.purpose = own.transfers_to_sales ? Purpose::Telemarketing : purpose,
                      .sector = own.sector,
                      .mode = mode,
                      .on = on};
    if (const auto ring = min_ring(policy, calls); ring && ring_limit < ring->value)
        return ring->rule;
    if (mode == Mode::Prerecorded) return nullptr;
    const auto connect = connect_limit(policy, calls);
    if (connect && connect_within > connect->value.within) return connect->rule;
    for (const auto& cap : abandonment_rules(policy, calls)) {
        // A cap that holds in every shorter window holds in the longer one that they make up.
        const auto keeps = [&](const compliance::AbandonmentRule& kept) {
            return kept.cap.value() * kMillion <= static_cast<double>(cap.value.cap_ppm) + 0.5 &&
                   compliance::nominal_length(kept.window) <= length_of(cap.value);
        };
        if (std::ranges::none_of(abandonment, keeps)) return cap.rule;
    }
    return nullptr;
}

CallPolicy::CallPolicy(PackShelf packs, PolicySettings settings)
    : packs_{std::move(packs)}, settings_{std::move(settings)}, rule_zones_{packs_.rule_zones()} {}

CallPolicy::~CallPolicy() = default;

Result<void> CallPolicy::set_terms(const campaigns::CampaignSpec& spec, const CampaignTerms& own,
                                   const std::string& client, std::optional<UtcTime> started) {
    for (const std::string& id : own.packs) {
        if (find_pack(packs_.packs(), id) == nullptr) {
            return fail(Errc::InvalidInput, "compliance.packs names \"" + id +
                                                "\", and there is no such pack: `bellwether "
                                                "compliance packs` lists them");
        }
    }
    auto terms = std::make_shared<Terms>();
    terms->own = own;
    terms->seller = client;
    terms->subject = own.subject.empty() ? spec.name : own.subject;
    terms->purpose = purpose_of(spec.purpose);
    terms->mode = mode_of(spec.mode);
    terms->has_safe_harbour = !spec.safe_harbour_prompt.empty();
    // Where there are agents, it is the abandoned who need a key: they hear no questionnaire.
    const bool asks_with_key = spec.mode == pacing::DialMode::Unattended && spec.questionnaire &&
                               has_opt_out(*spec.questionnaire);
    terms->has_opt_out_key = spec.opt_out_key.has_value() || asks_with_key;
    terms->ring_limit = spec.ring_limit;
    terms->connect_within = spec.connect_within;
    terms->abandonment = spec.abandonment;
    terms->owns_caller_id = std::ranges::all_of(spec.caller_ids, [&](const std::string& shown) {
        return settings_.owned_numbers.contains(shown);
    });
    terms->started = started;
    const std::lock_guard lock{mutex_};
    terms_[spec.id] = std::move(terms);
    return {};
}

std::vector<evidence::Record> CallPolicy::start_records(UtcTime at,
                                                        const std::string& actor) const {
    std::vector<evidence::Record> records;
    for (const Pack* pack : packs_.packs()) {
        const bool is_draft = pack->status == PackStatus::Draft;
        if (is_draft && !settings_.accepted_drafts.contains(pack->id)) continue;
        records.push_back(
            to_record(evidence::PackFacts{.at = at,
                                          .pack = pack->id,
                                          .version = pack->version,
                                          .status = std::string{name_of(pack->status)},
                                          .hash = pack_hash(*pack),
                                          .actor = actor}));
    }
    for (const std::string& prefix : settings_.practice_prefixes) {
        records.push_back(
            to_record(evidence::OverrideFacts{.at = at,
                                              .rule = "practice_prefixes",
                                              .reason = "no pack binds calls to " + prefix,
                                              .actor = actor}));
    }
    return records;
}

void CallPolicy::use_lists(const store::NumberLists* lists) {
    const std::lock_guard lock{mutex_};
    lists_ = lists;
}

std::shared_ptr<const CallPolicy::Terms> CallPolicy::terms_of(CampaignId campaign) const {
    const std::lock_guard lock{mutex_};
    const auto found = terms_.find(campaign);
    return found == terms_.end() ? nullptr : found->second;
}

std::string CallPolicy::call_label(CampaignId campaign) const {
    const auto terms = terms_of(campaign);
    return terms == nullptr ? std::string{} : terms->own.call_label;
}

bool CallPolicy::is_practice_number(PhoneNumber number) const {
    return compliance::allowed(settings_.practice_prefixes, number);
}

const PolicySet& CallPolicy::policy_for(const Terms& terms, PhoneNumber number,
                                        const std::string& region) {
    if (policies_.size() >= kPoliciesMax) policies_.clear();
    const Purpose purpose = terms.own.transfers_to_sales ? Purpose::Telemarketing : terms.purpose;
    const auto place = compliance::places::place_of(number);
    std::string key{place.country};
    for (const auto& one : place.regions) key.append("|").append(one);
    key += "|at:" + region + "|" + std::string{name_of(purpose)};
    for (const auto& one : terms.own.packs) key += "|+" + one;
    if (const auto found = policies_.find(key); found != policies_.end()) return found->second;

    const PolicySet chosen = choose(packs_.packs(), {.number_country = place.country,
                                                     .number_regions = place.regions,
                                                     .address_region = region,
                                                     .caller_country = settings_.caller_country,
                                                     .purpose = purpose});
    std::vector<const Pack*> packs(chosen.packs().begin(), chosen.packs().end());
    for (const std::string& id : terms.own.packs) {
        if (const Pack* pack = find_pack(packs_.packs(), id)) packs.push_back(pack);
    }
    const PolicySet joined =
        chosen.is_covered() ? PolicySet::of(packs) : PolicySet::uncovered(packs);
    return policies_.emplace(key, joined).first->second;
}

/// A pack that nobody has reviewed, and that the node was not told by name to use all the same.
bool CallPolicy::has_unaccepted_draft(const PolicySet& policy) const {
    return std::ranges::any_of(policy.packs(), [&](const Pack* pack) {
        return pack->status == PackStatus::Draft && !settings_.accepted_drafts.contains(pack->id);
    });
}

void CallPolicy::add_zones(std::span<const std::string_view> names, UtcTime now,
                           std::vector<Zone>& zones) {
    for (const std::string_view name : names) {
        if (const Zone zone = zones_.find(name, now)) zones.push_back(zone);
    }
}

void CallPolicy::add_lists(const DialQuestion& question, Case& one) const {
    const store::NumberLists* lists = nullptr;
    {
        const std::lock_guard lock{mutex_};
        lists = lists_;
    }
    if (lists == nullptr) return;
    const auto findings = lists->lookup(question.number, question.client);
    const auto country = compliance::places::place_of(question.number).country;
    const auto of = [&](ListKind kind) -> const ListFinding& {
        return findings.at(static_cast<std::size_t>(kind));
    };
    if (country == "US") one.facts.national_dnc = facts_of(of(ListKind::UsNational));
    if (country == "CA") one.facts.national_dnc = facts_of(of(ListKind::CaNational));
    if (country == "AU") one.facts.national_dnc = facts_of(of(ListKind::AuNational));
    if (country == "GB") {
        const bool is_business = one.facts.contact == ContactKind::Business;
        one.facts.tps = facts_of(of(is_business ? ListKind::Ctps : ListKind::Tps));
    }
    one.facts.has_refused_mass_calls |=
        of(ListKind::MassCallRefusal).state == ListFinding::State::Listed;
    if (const auto& other = of(ListKind::Other); other.state == ListFinding::State::Listed)
        one.facts.internal_dnc = When::on(Date{other.listed_since.value_or(other.retrieved)});
    // The number has changed hands: whoever consented does not answer it any more. Who revoked
    // stays.
    if (of(ListKind::Reassigned).state == ListFinding::State::Listed) {
        std::erase_if(one.consents, [](const ConsentFacts& consent) { return !consent.revoked; });
        one.facts.consents = one.consents;
    }
}

void CallPolicy::add_places(const DialQuestion& question, const Columns& columns, Case& one) {
    const UtcTime now = question.now;
    add_zones(compliance::places::place_of(question.number).zones, now, one.number_zones);
    one.region = columns.text("region");
    const std::string zone = columns.text("time_zone");
    if (!zone.empty()) {
        const std::string_view named[] = {zone};
        add_zones(named, now, one.address_zones);
        // Somebody knew where the person is, and nobody understands it: no zone is sure then.
        if (one.address_zones.empty()) one.number_zones.clear();
    } else if (!one.region.empty()) {
        add_zones(compliance::places::zones_of_region(one.region), now, one.address_zones);
    }
    for (const std::string& name : rule_zones_) {
        const std::string_view named[] = {name};
        add_zones(named, now, one.rule_zones);
    }
    one.facts.address = {.region = one.region,
                         .zones = one.address_zones,
                         .is_confirmed = columns.yes("address_confirmed")};
    one.facts.rule_zones = one.rule_zones;
}

void CallPolicy::add_past(const DialQuestion& question, const Terms& terms, Case& one) const {
    for (const auto& record : question.consents)
        one.consents.push_back(consent_of(record, terms.purpose));
    for (const store::PastDial& past : question.history) {
        const auto other = terms_of(past.campaign);
        const bool was_recorded = other != nullptr && other->mode == Mode::Prerecorded;
        one.history.push_back({.at = past.at,
                               .outcome = outcome_of(past.outcome),
                               .subject = other == nullptr ? std::string_view{} : other->subject,
                               .kind = was_recorded ? CallKind::Prerecorded : CallKind::Live});
        one.held.push_back(other);
    }
    one.facts.consents = one.consents;
    one.facts.history = one.history;
    if (question.do_not_call_since) one.facts.internal_dnc = When::at(*question.do_not_call_since);
}

/// The campaign's part of a case. Views into the terms.
CampaignFacts CallPolicy::Terms::facts(const DialQuestion& question, bool is_practice) const {
    return {.purpose = purpose,
            .mode = mode,
            .seller = seller,
            .sector = own.sector,
            .subject = subject,
            .transfers_to_sales = own.transfers_to_sales,
            .has_safe_harbour_message = has_safe_harbour,
            .owns_caller_id = owns_caller_id || is_practice,
            .message_has_identity = own.message_identity,
            .message_has_number = own.message_number,
            .message_has_opt_out_key = has_opt_out_key,
            .has_operator_contract = own.operator_contract,
            .call_label = own.call_label,
            .started = started,
            .window_totals = WindowTotals{question.live_answers, question.abandoned}};
}

/// What binds calls to numbers of nobody: the core's rules.
const PolicySet& CallPolicy::core_alone() {
    return policies_.try_emplace("core alone", PolicySet::of({})).first->second;
}

store::DialAnswer CallPolicy::decide(const DialQuestion& question) {
    const std::lock_guard one_at_a_time{deciding_};
    const UtcTime now = question.now;
    const auto terms = terms_of(question.campaign);
    if (terms == nullptr) return held_back(kNoTerms, now);
    const Columns columns{question.columns};
    const PolicySet& chosen = policy_for(*terms, question.number, columns.text("region"));
    const bool has_draft = has_unaccepted_draft(chosen);
    const bool is_practice =
        is_practice_number(question.number) || (has_draft && is_fiction(question.number));
    if (has_draft && !is_practice) return held_back(kDraftPack, now);
    const PolicySet& policy = is_practice ? core_alone() : chosen;
    const Date today{std::chrono::floor<std::chrono::days>(now)};
    if (const Rule* broken = terms->broken(policy, today)) return held_back(broken->id, now);

    Case one{.e164 = question.number.e164()};
    DialCase& facts = one.facts;
    add_places(question, columns, one);
    add_past(question, *terms, one);
    facts.now = now;
    facts.campaign = terms->facts(question, is_practice);
    facts.number = {.e164 = one.e164,
                    .kind = store::LibPhoneNumberRules::kind_of(one.e164),
                    .line = columns.choice("line_type", LineType::Unknown),
                    .zones = one.number_zones};
    facts.contact = columns.choice("contact_kind", ContactKind::Consumer);
    facts.has_refused_mass_calls = columns.yes("mass_call_refusal");
    facts.relationship = relationship_of(columns);
    facts.end_guard = terms->own.end_guard;
    add_lists(question, one);

    const Decision decision = compliance::policy::decide(policy, facts);
    return {.decision = engine_decision(decision, now),
            .record = record_of(question, decision, policy, facts, settings_.tzdata),
            .holds_campaign =
                decision.verdict == compliance::Verdict::Deny && decision.scope == Scope::Campaign};
}

}  // namespace bellwether::app
