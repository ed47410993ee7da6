#include "compliance/policy/decide.h"

#include <algorithm>

#include "compliance/policy/temporal.h"

namespace bellwether::compliance::policy {
namespace {

constexpr std::int64_t kMillion = 1'000'000;

/// One case before one policy set.
class Judge {
public:
    Judge(const PolicySet& policy, const DialCase& dial_case, Decision& decision)
        : policy_{policy}, facts_{dial_case}, decision_{decision} {}

    void judge();

private:
    void ask_core();
    void ask_house();
    void ask(const Rule& rule);
    void ask_temporal(const Rule& rule);
    void conclude();
    [[nodiscard]] std::optional<UtcTime> until() const;
    [[nodiscard]] bool binds_time(const Rule& rule) const;
    /// Moves `at` on until this rule, or window, passes; false: it never does before `last`.
    template <class Bound>
    bool move_on(const Bound& bound, UtcTime& at, UtcTime last) const;
    [[nodiscard]] bool move_all_on(UtcTime& at, UtcTime& last) const;

    // Does the call offend the rule? Obligations are noted on the way.
    bool offends(const Rule& rule, const Suppression& suppression);
    bool offends(const Rule& rule, const ListFreshness& freshness);
    bool offends(const Rule& rule, const Consent& consent);
    bool offends(const Rule& rule, const ModeBan& ban);
    bool offends(const Rule& rule, const RecallGuard& guard);
    bool offends(const Rule& rule, const Abandonment& cap);
    bool offends(const Rule& rule, const Message& message);
    bool offends(const Rule& rule, const CallerId& id);
    bool offends(const Rule& rule, const NumberType& type);
    template <class Other>  // for the engine and the evidence log, or asked as temporal
    bool offends(const Rule&, const Other&) {
        return false;
    }

    [[nodiscard]] const ListFacts& list(ListName name) const;
    void object(const Rule& rule, Effect effect);
    void oblige(ObligationKind kind, const Rule& rule);
    void deny_if(bool is_so, const Rule& rule) {
        if (is_so) object(rule, Effect::Deny);
    }

    const PolicySet& policy_;
    const Facts facts_;
    Decision& decision_;
};

void Judge::judge() {
    ask_core();
    ask_house();
    for (const Rule* rule : policy_.rules()) {
        if (speaks_of(*rule, facts_)) ask(*rule);
    }
    conclude();
}

void Judge::ask_core() {
    const CoreRules& core = core_rules();
    const DialCase& given = facts_.given;
    const auto& internal = given.internal_dnc;
    deny_if(internal && may_have_begun(*internal, given.now, facts_.number_today),
            core.internal_dnc);
    deny_if(has_revoked(facts_), core.revoked);
    deny_if(given.number.kind != NumberKind::Ordinary, core.number);
    deny_if(!given.campaign.owns_caller_id, core.caller_id);
    deny_if(!policy_.is_covered(), core.no_pack);
}

void Judge::ask_house() {
    const Rule& rule = core_rules().house_hours;
    for (const HouseWindow& window : facts_.given.campaign.house_windows) {
        if (!speaks_of(window, facts_)) continue;
        if (!facts_.has_zones()) return object(rule, Effect::Deny);
        if (!passes(window, facts_, facts_.given.now)) return object(rule, Effect::Defer);
    }
}

void Judge::ask(const Rule& rule) {
    if (is_temporal(rule)) return ask_temporal(rule);
    if (!is_in_force(rule, facts_)) return;
    if (!rule.exceptions.empty() && is_excepted(rule, facts_)) return;
    const bool offended =
        std::visit([&](const auto& kind) { return offends(rule, kind); }, rule.parameters);
    deny_if(offended, rule);
}

void Judge::ask_temporal(const Rule& rule) {
    if (!rule.exceptions.empty() && is_excepted(rule, facts_)) return;
    if (!knows_zones(rule, facts_)) {
        deny_if(rule.strength == RuleClass::Hard && is_in_force(rule, facts_), rule);
    } else if (!passes(rule, facts_, facts_.given.now)) {
        object(rule, Effect::Defer);
    }
}

bool Judge::offends(const Rule& rule, const Suppression& suppression) {
    if (suppression.is_offered) oblige(ObligationKind::OfferObjection, rule);
    const ListFacts& facts = list(suppression.list);
    if (suppression.list == ListName::MassCallRefusal) return facts_.given.has_refused_mass_calls;
    if (suppression.list == ListName::Objection) {
        const auto& objected = facts_.given.relationship.objected;
        return objected && may_have_begun(*objected, facts_.given.now, facts_.number_today);
    }
    if (!facts.is_listed) return false;
    if (suppression.days_listed == 0 || !facts.listed_since) return true;
    const Date since = earliest_day(*facts.listed_since, facts_.given.number.zones);
    return days_after(since, suppression.days_listed) <= facts_.here_today.last;
}

bool Judge::offends(const Rule&, const ListFreshness& freshness) {
    const ListFacts& facts = list(freshness.list);
    if (!facts.is_known) return true;
    if (facts.was_just_asked) return false;
    if (!facts.retrieved) return true;
    // Fetched where the day may have begun already; any later is not to be believed.
    const Date retrieved = earliest_day(*facts.retrieved, facts_.given.number.zones);
    if (days_after(facts_.here_today.last, 1) < retrieved) return true;
    return days_after(retrieved, freshness.days_max) < facts_.here_today.last;
}

bool Judge::offends(const Rule& rule, const Consent& consent) {
    const bool is_written = consent.written_for.has(facts_.purpose);
    if (consent.is_proof) {
        return has_consent(facts_, {.is_written = is_written}) &&
               !has_consent(facts_, {.is_written = is_written, .is_kept = true});
    }
    if (has_consent(facts_, {.is_written = is_written, .is_own_channel = consent.is_own_channel})) {
        return false;
    }
    if (!consent.is_human_free || facts_.given.campaign.mode != Mode::Manual) return true;
    oblige(ObligationKind::HumanInitiated, rule);
    return false;
}

bool Judge::offends(const Rule&, const ModeBan& ban) {
    return ban.modes.has(facts_.given.campaign.mode);
}

bool Judge::offends(const Rule& rule, const RecallGuard& guard) {
    const bool is_guarded =
        std::ranges::any_of(facts_.given.history, [&](const PastAttempt& attempt) {
            const bool is_such = !attempt.outcome || guard.after.has(*attempt.outcome);
            return is_such &&
                   facts_.given.now < attempt.at.value_or(facts_.given.now) + guard.within;
        });
    if (!is_guarded) return false;
    if (facts_.given.campaign.mode == Mode::Prerecorded) return true;
    oblige(ObligationKind::ReserveAgent, rule);
    return false;
}

bool Judge::offends(const Rule& rule, const Abandonment& cap) {
    const auto& totals = facts_.given.campaign.window_totals;
    // Exactly the cap passes: the FCC says "more than".
    const bool is_over = totals && totals->abandoned * kMillion > totals->live * cap.cap_ppm;
    if (!is_over) return false;
    oblige(ObligationKind::ReserveAgent, rule);
    oblige(ObligationKind::ProgressiveOnly, rule);
    return false;
}

bool Judge::offends(const Rule&, const Message& message) {
    const CampaignFacts& campaign = facts_.given.campaign;
    const auto lacks = [&](MessagePart part, bool is_there) {
        return message.parts.has(part) && !is_there;
    };
    if (campaign.mode != Mode::Prerecorded) {
        return lacks(MessagePart::SafeHarbour, campaign.has_safe_harbour_message);
    }
    return lacks(MessagePart::Identity, campaign.message_has_identity) ||
           lacks(MessagePart::Number, campaign.message_has_number) ||
           lacks(MessagePart::OptOutKey, campaign.message_has_opt_out_key);
}

bool is_longer(std::string_view utf8, int characters_max) {
    const auto begins_one = [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; };
    return std::ranges::count_if(utf8, begins_one) > characters_max;
}

bool Judge::offends(const Rule& rule, const CallerId& id) {
    const CampaignFacts& campaign = facts_.given.campaign;
    if (id.is_labelled) oblige(ObligationKind::Label, rule);
    if (id.is_owned && !campaign.owns_caller_id) return true;
    if (id.has_contract && !campaign.has_operator_contract) return true;
    return id.label_max > 0 && is_longer(campaign.call_label, id.label_max);
}

bool Judge::offends(const Rule&, const NumberType& type) {
    return type.refused.has(facts_.given.number.kind);
}

const ListFacts& Judge::list(ListName name) const {
    const auto& tps = facts_.given.tps;
    return name == ListName::Tps && tps ? *tps : facts_.given.national_dnc;
}

void Judge::object(const Rule& rule, Effect effect) {
    if (rule.strength == RuleClass::Soft) return decision_.warnings.push_back(&rule);
    decision_.reasons.push_back({&rule, effect});
}

void Judge::oblige(ObligationKind kind, const Rule& rule) {
    if (rule.strength == RuleClass::Soft) return decision_.warnings.push_back(&rule);
    decision_.obligations.push_back({kind, &rule});
}

bool Judge::binds_time(const Rule& rule) const {
    return is_temporal(rule) && rule.strength == RuleClass::Hard && speaks_of(rule, facts_) &&
           knows_zones(rule, facts_) && !is_excepted(rule, facts_);
}

template <class Bound>
bool Judge::move_on(const Bound& bound, UtcTime& at, UtcTime last) const {
    const auto next = next_pass(bound, facts_, at, last);
    if (next) at = *next;
    return next.has_value();
}

bool Judge::move_all_on(UtcTime& at, UtcTime& last) const {
    for (const Rule* rule : policy_.rules()) {
        if (!binds_time(*rule)) continue;
        if (!move_on(*rule, at, last)) return false;
        // A cap may clear after weeks: the hours are searched from then on.
        const bool is_pace =
            rule->kind() == RuleKind::Frequency || rule->kind() == RuleKind::Spacing;
        if (is_pace) last = std::max(last, at + kSearched);
    }
    if (!facts_.has_zones()) return true;
    return std::ranges::all_of(facts_.given.campaign.house_windows, [&](const HouseWindow& window) {
        return !speaks_of(window, facts_) || move_on(window, at, last);
    });
}

std::optional<UtcTime> Judge::until() const {
    UtcTime at = facts_.given.now;
    UtcTime last = at + kSearched;
    for (UtcTime before = at;; before = at) {
        if (!move_all_on(at, last)) return std::nullopt;
        if (at == before) return at;
    }
}

void sort_reasons(FixedVector<Reason, 2 * kRulesMax>& reasons) {
    const auto before = [](const Reason& a, const Reason& b) {
        if (a.rule->id != b.rule->id) return a.rule->id < b.rule->id;
        return a.effect == Effect::Deny && b.effect != Effect::Deny;
    };
    const auto is_same = [](const Reason& a, const Reason& b) { return a.rule->id == b.rule->id; };
    std::sort(reasons.begin(), reasons.end(), before);
    reasons.shrink_to(std::unique(reasons.begin(), reasons.end(), is_same));
}

void sort_obligations(FixedVector<Obligation, 2 * kRulesMax>& obligations) {
    const auto before = [](const Obligation& a, const Obligation& b) {
        if (a.rule->id != b.rule->id) return a.rule->id < b.rule->id;
        return a.kind < b.kind;
    };
    const auto is_same = [](const Obligation& a, const Obligation& b) {
        return a.kind == b.kind && a.rule->id == b.rule->id;
    };
    std::sort(obligations.begin(), obligations.end(), before);
    obligations.shrink_to(std::unique(obligations.begin(), obligations.end(), is_same));
}

void sort_warnings(FixedVector<const Rule*, 2 * kRulesMax>& warnings) {
    std::sort(warnings.begin(), warnings.end(),
              [](const Rule* a, const Rule* b) { return a->id < b->id; });
    warnings.shrink_to(std::unique(warnings.begin(), warnings.end(),
                                   [](const Rule* a, const Rule* b) { return a->id == b->id; }));
}

void Judge::conclude() {
    auto& reasons = decision_.reasons;
    const auto is_denial = [](const Reason& reason) { return reason.effect == Effect::Deny; };
    if (std::ranges::any_of(reasons, [&](const Reason& reason) { return !is_denial(reason); })) {
        decision_.until = until();
        deny_if(!decision_.until, core_rules().no_window);
    }
    sort_reasons(reasons);
    sort_obligations(decision_.obligations);
    sort_warnings(decision_.warnings);
    if (reasons.empty()) {
        decision_.verdict = Verdict::Allow;
        return;
    }
    const auto denial = std::ranges::find_if(reasons, is_denial);
    const Reason& first = denial == reasons.end() ? reasons[0] : *denial;
    decision_.primary = first.rule;
    decision_.scope = scope_of(*first.rule);
    decision_.verdict = first.effect == Effect::Deny ? Verdict::Deny : Verdict::Defer;
    if (decision_.verdict == Verdict::Deny) decision_.until.reset();
    decision_.obligations.shrink_to(decision_.obligations.begin());  // nothing is placed
}

}  // namespace

Decision decide(const PolicySet& policy, const DialCase& dial_case) {
    Decision decision;
    Judge{policy, dial_case, decision}.judge();
    return decision;
}

}  // namespace bellwether::compliance::policy
