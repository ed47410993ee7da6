#include "dialer/app/call_policy.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "compliance/destination.h"
#include "compliance/places/number_place.h"
#include "compliance/policy/inputs_hash.h"
#include "compliance/policy/pack_form.h"
#include "compliance/policy/requirements.h"
#include "compliance/policy/text_forms.h"
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
constexpr const char* kNoTerms = "core.no_terms";

Purpose purpose_of(campaigns::Purpose purpose) {
    switch (purpose) {
        case campaigns::Purpose::Survey:
            return Purpose::Survey;
        case campaigns::Purpose::Telemarketing:
            return Purpose::Telemarketing;
        case campaigns::Purpose::Notice:
            return Purpose::Notice;
    }
    return Purpose::Telemarketing;
}

Mode mode_of(pacing::DialMode mode) {
    switch (mode) {
        case pacing::DialMode::Manual:
            return Mode::Manual;
        case pacing::DialMode::Preview:
            return Mode::Preview;
        case pacing::DialMode::Progressive:
            return Mode::Progressive;
        case pacing::DialMode::Ratio:
            return Mode::Ratio;
        case pacing::DialMode::Predictive:
            return Mode::Predictive;
        case pacing::DialMode::Unattended:
            return Mode::Prerecorded;
    }
    return Mode::Predictive;
}

/// What a rule about past calls asks; none: the call did not come to that.
std::optional<CallOutcome> outcome_of(const std::optional<campaigns::Outcome>& outcome) {
    if (!outcome) return std::nullopt;
    switch (*outcome) {
        case campaigns::Outcome::Abandoned:
            return CallOutcome::Abandoned;
        case campaigns::Outcome::Machine:
        case campaigns::Outcome::MessageLeft:
            return CallOutcome::Machine;
        case campaigns::Outcome::NoAnswer:
            return CallOutcome::NoAnswer;
        case campaigns::Outcome::Busy:
            return CallOutcome::Busy;
        default:
            return campaigns::class_of(*outcome) == campaigns::OutcomeClass::Answered
                       ? std::optional{CallOutcome::Answered}
                       : std::nullopt;
    }
}

/// The contact's columns as texts; what is no object of texts reads as empty.
class Columns {
public:
    explicit Columns(std::string_view text) {
        const auto json = nlohmann::json::parse(text, nullptr, false);
        if (!json.is_object()) return;
        for (const auto& [key, value] : json.items()) {
            if (value.is_string()) texts_[key] = value.get<std::string>();
        }
    }
    [[nodiscard]] std::string text(const std::string& name) const {
        const auto found = texts_.find(name);
        return found == texts_.end() ? std::string{} : found->second;
    }
    [[nodiscard]] bool yes(const std::string& name) const {
        const std::string said = text(name);
        return said == "yes" || said == "true" || said == "1" || said == "Y";
    }
    [[nodiscard]] std::optional<When> when(const std::string& name) const {
        return parse_when(text(name));
    }
    template <class E>
    [[nodiscard]] E choice(const std::string& name, E otherwise) const {
        return enum_from_name<E>(text(name)).value_or(otherwise);
    }

private:
    std::map<std::string, std::string> texts_;
};

Relationship relationship_of(const Columns& columns) {
    return {.last_purchase = columns.when("last_purchase"),
            .last_inquiry = columns.when("last_inquiry"),
            .is_customer = columns.yes("customer"),
            .donor_since = columns.when("donor_since"),
            .objected = columns.when("objected"),
            .notified_ok = columns.when("notified_ok"),
            .notified_ok_withdrawn = columns.when("notified_ok_withdrawn")};
}

ConsentFacts consent_of(const store::ConsentRecord& record, Purpose purpose) {
    ConsentFacts facts;
    const bool is_for_this =
        record.purposes.empty() ||
        std::ranges::find(record.purposes, name_of(purpose)) != record.purposes.end();
    if (is_for_this) {
        for (const auto& name : record.channels) {
            if (const auto channel = enum_from_name<Channel>(name)) facts.channels.add(*channel);
        }
    }
    facts.given = parse_when(record.given);
    facts.form =
        record.form == store::ConsentForm::Written ? ConsentForm::Written : ConsentForm::Oral;
    facts.has_artefact = !record.request_sha256.empty();
    if (record.revoked) facts.revoked = When::at(record.revoked->at);
    return facts;
}

/// A list that covers no number of this area, or cannot be read, was not looked into.
ListFacts facts_of(const ListFinding& finding) {
    const bool was_asked = finding.state == ListFinding::State::Listed ||
                           (finding.state == ListFinding::State::Clear && finding.covers_area);
    if (!was_asked) return {};
    ListFacts facts{.is_known = true, .is_listed = finding.state == ListFinding::State::Listed};
    facts.retrieved = When::on(Date{finding.retrieved});
    if (finding.listed_since) facts.listed_since = When::on(Date{*finding.listed_since});
    return facts;
}

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

/// For the log: every decision at an INVITE, and every refusal.
std::optional<evidence::Record> record_of(const DialQuestion& question, const Decision& decision,
                                          const PolicySet& policy, const DialCase& facts,
                                          const std::string& tzdata) {
    const bool is_invite = question.point == DialQuestion::Point::Invite;
    if (!is_invite && decision.verdict == compliance::Verdict::Allow) return std::nullopt;
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
            .record = std::nullopt};
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
};

/// One case with all that it points to.
struct CallPolicy::Case {
    DialCase facts;
    std::string e164;
    std::string region;
    std::vector<Zone> number_zones;
    std::vector<Zone> address_zones;
    std::vector<Zone> rule_zones;
    std::vector<ConsentFacts> consents;
    std::vector<PastAttempt> history;
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

void CallPolicy::set_terms(const campaigns::CampaignSpec& spec, const CampaignTerms& own,
                           const std::string& client, std::optional<UtcTime> started) {
    auto terms = std::make_shared<Terms>();
    terms->own = own;
    terms->seller = client;
    terms->subject = own.subject.empty() ? spec.name : own.subject;
    terms->purpose = purpose_of(spec.purpose);
    terms->mode = mode_of(spec.mode);
    terms->has_safe_harbour = !spec.safe_harbour_prompt.empty();
    const bool asks_with_key = spec.questionnaire && spec.questionnaire->opt_out_key;
    terms->has_opt_out_key = spec.opt_out_key.has_value() || asks_with_key;
    terms->ring_limit = spec.ring_limit;
    terms->connect_within = spec.connect_within;
    terms->abandonment = spec.abandonment;
    terms->owns_caller_id = settings_.owned_numbers.contains(spec.caller_id);
    terms->started = started;
    const std::lock_guard lock{mutex_};
    terms_[spec.id] = std::move(terms);
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

bool CallPolicy::is_practice(PhoneNumber number) const {
    return compliance::allowed(settings_.practice_prefixes, number);
}

const PolicySet& CallPolicy::policy_for(const Terms& terms, PhoneNumber number,
                                        const std::string& region) {
    if (is_practice(number)) {
        return policies_.try_emplace("practice", PolicySet::of({})).first->second;
    }
    const auto place = compliance::places::place_of(number);
    std::string key{place.country};
    for (const auto& one : place.regions) key.append("|").append(one);
    key += "|at:" + region + "|" + std::string{name_of(terms.purpose)};
    for (const auto& one : terms.own.packs) key += "|+" + one;
    if (const auto found = policies_.find(key); found != policies_.end()) return found->second;

    const Purpose purpose = terms.own.transfers_to_sales ? Purpose::Telemarketing : terms.purpose;
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
std::optional<std::string> CallPolicy::draft_in(const PolicySet& policy) const {
    for (const Pack* pack : policy.packs()) {
        if (pack->status == PackStatus::Draft && !settings_.accepted_drafts.contains(pack->id))
            return pack->id;
    }
    return std::nullopt;
}

void CallPolicy::add_zones(std::span<const std::string_view> names, UtcTime now,
                           std::vector<Zone>& zones) {
    for (const std::string_view name : names) {
        if (const Zone zone = zones_.find(name, now)) zones.push_back(zone);
    }
}

void CallPolicy::add_lists(const DialQuestion& question, std::string_view country,
                           Case& one) const {
    const store::NumberLists* lists = nullptr;
    {
        const std::lock_guard lock{mutex_};
        lists = lists_;
    }
    if (lists == nullptr) return;
    const auto findings = lists->lookup(question.number, question.client);
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
    // The number has changed hands: whoever consented does not answer it any more.
    if (of(ListKind::Reassigned).state == ListFinding::State::Listed) one.facts.consents = {};
}

store::DialAnswer CallPolicy::decide(const DialQuestion& question) {
    const std::lock_guard one_at_a_time{deciding_};
    const auto terms = terms_of(question.campaign);
    if (terms == nullptr) return held_back(kNoTerms, question.now);
    const Columns columns{question.columns};
    Case one;
    one.region = columns.text("region");
    const PolicySet& policy = policy_for(*terms, question.number, one.region);
    if (draft_in(policy)) return held_back(kDraftPack, question.now);
    const Date today{std::chrono::floor<std::chrono::days>(question.now)};
    if (const Rule* broken = terms->broken(policy, today))
        return held_back(broken->id, question.now);

    one.e164 = question.number.e164();
    const auto place = compliance::places::place_of(question.number);
    add_zones(place.zones, question.now, one.number_zones);
    const std::string zone = columns.text("time_zone");
    if (!zone.empty()) {
        const std::string_view named[] = {zone};
        add_zones(named, question.now, one.address_zones);
    } else if (!one.region.empty()) {
        add_zones(compliance::places::zones_of_region(one.region), question.now, one.address_zones);
    }
    for (const std::string& name : rule_zones_) {
        const std::string_view named[] = {name};
        add_zones(named, question.now, one.rule_zones);
    }
    for (const auto& record : question.consents)
        one.consents.push_back(consent_of(record, terms->purpose));
    for (const store::PastDial& past : question.history) {
        const auto other = terms_of(past.campaign);
        one.history.push_back({.at = past.at,
                               .outcome = outcome_of(past.outcome),
                               .subject = other == nullptr ? std::string_view{} : other->subject,
                               .kind = other != nullptr && other->mode == Mode::Prerecorded
                                           ? CallKind::Prerecorded
                                           : CallKind::Live});
    }

    DialCase& facts = one.facts;
    facts.now = question.now;
    facts.campaign = {.purpose = terms->purpose,
                      .mode = terms->mode,
                      .seller = terms->seller,
                      .sector = terms->own.sector,
                      .subject = terms->subject,
                      .transfers_to_sales = terms->own.transfers_to_sales,
                      .has_safe_harbour_message = terms->has_safe_harbour,
                      .owns_caller_id = terms->owns_caller_id || is_practice(question.number),
                      .message_has_identity = terms->own.message_identity,
                      .message_has_number = terms->own.message_number,
                      .message_has_opt_out_key = terms->has_opt_out_key,
                      .has_operator_contract = terms->own.operator_contract,
                      .call_label = terms->own.call_label,
                      .started = terms->started,
                      .window_totals = WindowTotals{question.live_answers, question.abandoned}};
    facts.number = {.e164 = one.e164,
                    .kind = store::LibPhoneNumberRules::kind_of(one.e164),
                    .line = columns.choice("line_type", LineType::Unknown),
                    .zones = one.number_zones};
    facts.contact = columns.choice("contact_kind", ContactKind::Consumer);
    facts.address = {.region = one.region,
                     .zones = one.address_zones,
                     .is_confirmed = columns.yes("address_confirmed")};
    if (question.do_not_call_since) facts.internal_dnc = When::at(*question.do_not_call_since);
    facts.has_refused_mass_calls = columns.yes("mass_call_refusal");
    facts.consents = one.consents;
    facts.relationship = relationship_of(columns);
    facts.history = one.history;
    facts.end_guard = terms->own.end_guard;
    facts.rule_zones = one.rule_zones;
    add_lists(question, place.country, one);

    const Decision decision = compliance::policy::decide(policy, facts);
    return {.decision = engine_decision(decision, question.now),
            .record = record_of(question, decision, policy, facts, settings_.tzdata)};
}

}  // namespace bellwether::app
