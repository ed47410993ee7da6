#include "compliance/policy/facts.h"

#include <algorithm>

namespace bellwether::compliance::policy {
namespace {

bool knows_place(const DialCase& given) {
    return given.address.is_confirmed && !given.address.zones.empty();
}

bool is_within_months(const std::optional<When>& since, int months, const Facts& facts) {
    if (!since || !has_surely_begun(*since, facts.given.now, facts.number_today)) return false;
    const Date day = earliest_day(*since, facts.given.number.zones);
    return facts.here_today.last <= months_after(day, months);
}

bool may_have_objected(const Facts& facts) {
    const auto& objected = facts.given.relationship.objected;
    return objected && may_have_begun(*objected, facts.given.now, facts.number_today);
}

bool is_notified(const Facts& facts) {
    const Relationship& relationship = facts.given.relationship;
    const auto& notified = relationship.notified_ok;
    const auto& withdrawn = relationship.notified_ok_withdrawn;
    if (!notified || !has_surely_begun(*notified, facts.given.now, facts.number_today)) {
        return false;
    }
    return !withdrawn || !may_have_begun(*withdrawn, facts.given.now, facts.number_today);
}

bool has_begun(const std::optional<When>& when, const Facts& facts) {
    return when && has_surely_begun(*when, facts.given.now, facts.number_today);
}

bool holds(const Exception& exception, const Facts& facts) {
    if (!exception.sectors.has(facts.given.campaign.sector)) return false;
    if (exception.kind == Exception::Kind::Consent) {
        return has_consent(facts, {.is_written = exception.is_written});
    }
    if (may_have_objected(facts)) return false;
    const Relationship& relationship = facts.given.relationship;
    switch (exception.kind) {
        case Exception::Kind::Purchase:
            return is_within_months(relationship.last_purchase, exception.months, facts);
        case Exception::Kind::Inquiry:
            return is_within_months(relationship.last_inquiry, exception.months, facts);
        case Exception::Kind::Customer:
            return relationship.is_customer || has_begun(relationship.last_purchase, facts);
        case Exception::Kind::Donor:
            return has_begun(relationship.donor_since, facts);
        case Exception::Kind::Notified:
            return is_notified(facts);
        case Exception::Kind::Consent:
            break;
    }
    return false;
}

bool is_in_force(const ConsentFacts& consent, const Facts& facts) {
    if (!has_begun(consent.given, facts)) return false;
    return !consent.revoked ||
           !may_have_begun(*consent.revoked, facts.given.now, facts.number_today);
}

bool covers(EnumSet<Channel> channels, Mode mode, bool is_own_channel) {
    if (mode == Mode::Prerecorded) return channels.has(Channel::Prerecorded);
    if (is_own_channel && mode != Mode::Manual) return channels.has(Channel::Autodialed);
    return channels.has(Channel::Live) || channels.has(Channel::Autodialed);
}

/// Was `given` surely after `revoked`? On the same day, of which only the date is known: no.
bool is_after(const When& given, const When& revoked, std::span<const Zone> zones) {
    if (given.instant && revoked.instant) return *revoked.instant < *given.instant;
    return latest_day(revoked, zones) < earliest_day(given, zones);
}

}  // namespace

Facts::Facts(const DialCase& dial_case)
    : given{dial_case},
      purpose{dial_case.campaign.transfers_to_sales ? Purpose::Telemarketing
                                                    : dial_case.campaign.purpose},
      line{dial_case.number.line == LineType::Unknown ? LineType::Wireless : dial_case.number.line},
      zones{dial_case.address.zones},
      more_zones{knows_place(dial_case) ? std::span<const Zone>{} : dial_case.number.zones},
      number_today{today(dial_case.number.zones, dial_case.now)},
      here_today{number_today} {
    if (zones.empty()) return;
    const Today at_address = today(zones, given.now);
    here_today = more_zones.empty() ? at_address : joined(at_address, number_today);
}

bool speaks_of(const Rule& rule, const Facts& facts) {
    const Applies& applies = rule.applies;
    return applies.purposes.has(facts.purpose) &&
           applies.sectors.has(facts.given.campaign.sector) &&
           applies.contacts.has(facts.given.contact) && applies.lines.has(facts.line) &&
           applies.modes.has(facts.given.campaign.mode);
}

bool is_in_force(const Rule& rule, const Facts& facts) {
    const DateRange& dates = rule.in_force;
    return (!dates.from || *dates.from <= facts.here_today.last) &&
           (!dates.to || facts.here_today.first <= *dates.to);
}

bool is_excepted(const Rule& rule, const Facts& facts) {
    return std::ranges::any_of(rule.exceptions,
                               [&](const Exception& exception) { return holds(exception, facts); });
}

bool has_consent(const Facts& facts, ConsentNeed need) {
    return std::ranges::any_of(facts.given.consents, [&](const ConsentFacts& consent) {
        if (need.is_written && consent.form != ConsentForm::Written) return false;
        if (need.is_kept && !consent.has_artefact) return false;
        return covers(consent.channels, facts.given.campaign.mode, need.is_own_channel) &&
               is_in_force(consent, facts);
    });
}

bool has_revoked(const Facts& facts) {
    const auto consents = facts.given.consents;
    const auto is_mended = [&](const When& revoked) {
        return std::ranges::any_of(consents, [&](const ConsentFacts& other) {
            return is_in_force(other, facts) &&
                   is_after(*other.given, revoked, facts.given.number.zones);
        });
    };
    return std::ranges::any_of(consents, [&](const ConsentFacts& consent) {
        const auto& revoked = consent.revoked;
        return revoked && may_have_begun(*revoked, facts.given.now, facts.number_today) &&
               !is_mended(*revoked);
    });
}

}  // namespace bellwether::compliance::policy
