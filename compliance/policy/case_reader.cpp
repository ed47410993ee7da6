#include "compliance/policy/case_reader.h"

#include <algorithm>
#include <deque>

#include "compliance/policy/fields.h"

namespace bellwether::compliance::policy {

/// What the facts' views point into; never moved.
struct ReadCase::Held {
    DialCase facts;
    std::optional<std::vector<std::string>> packs;
    std::deque<std::string> texts;
    std::deque<std::vector<HoursWindow>> weeklies;
    std::vector<HouseWindow> house_windows;
    std::vector<ConsentFacts> consents;
    std::vector<PastAttempt> history;
    std::vector<Date> holidays;
    std::vector<Zone> number_zones;
    std::vector<Zone> address_zones;
    std::vector<Zone> rule_zones;
};

ReadCase::ReadCase(std::unique_ptr<Held> held) : held_{std::move(held)} {}
ReadCase::ReadCase(ReadCase&&) noexcept = default;
ReadCase& ReadCase::operator=(ReadCase&&) noexcept = default;
ReadCase::~ReadCase() = default;

const DialCase& ReadCase::facts() const { return held_->facts; }
const std::optional<std::vector<std::string>>& ReadCase::packs() const { return held_->packs; }

namespace {

constexpr std::int64_t kCountMax = 1'000'000'000'000;
constexpr std::int64_t kGuardMax = 86'400;  // a day: hours that hold longer than any ring

/// Reads one case into its holder.
class CaseReading {
public:
    CaseReading(ReadCase::Held& held, const CaseSources& sources, CaseFault& fault)
        : held_{held}, facts_{held.facts}, sources_{sources}, fault_{fault} {}

    void read(const evidence::Value& value);

private:
    void read_campaign(Fields& fields);
    void read_house_window(Fields& fields);
    void read_number(Fields& fields);
    void read_contact(Fields& fields);
    void read_address(Fields& fields);
    void read_lists(Fields& fields);
    void read_consent(Fields& fields);
    void read_relationship(Fields& fields);
    void read_attempt(Fields& fields);
    void read_holidays(Fields& fields);
    void read_zones(Fields& fields, std::vector<Zone>& out, bool& is_given);
    void add_zones(const std::vector<std::string>& names, std::vector<Zone>& out);
    void point_at_held();

    [[nodiscard]] auto keep() {
        return [this](const std::string& text) -> std::string_view {
            return held_.texts.emplace_back(text);
        };
    }

    ReadCase::Held& held_;
    DialCase& facts_;
    const CaseSources& sources_;
    CaseFault& fault_;
};

/// "+" and digits, or digits alone: perhaps no number, but meant as one.
bool is_like_number(std::string_view text) {
    const std::string_view digits = text.substr(text.starts_with('+') ? 1 : 0);
    const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
    return !digits.empty() && std::ranges::all_of(digits, is_digit);
}

void CaseReading::read(const evidence::Value& value) {
    Fields fields{value, "", fault_};
    fields.require("now");
    std::optional<UtcTime> now;
    fields.instant("now", now);
    facts_.now = now.value_or(UtcTime{});
    if (!fault_.empty()) return;
    std::vector<std::string> packs;
    if (fields.texts("packs", packs)) held_.packs = std::move(packs);
    for (const char* key : {"campaign", "number"}) fields.require(key);
    fields.object("campaign", [&](Fields& inner) { read_campaign(inner); });
    fields.object("number", [&](Fields& inner) { read_number(inner); });
    fields.object("contact", [&](Fields& inner) { read_contact(inner); });
    fields.object("lists", [&](Fields& inner) { read_lists(inner); });
    fields.objects("consent", [&](Fields& inner) { read_consent(inner); });
    fields.object("relationship", [&](Fields& inner) { read_relationship(inner); });
    fields.objects("history", [&](Fields& inner) { read_attempt(inner); });
    read_holidays(fields);
    std::int64_t guard = facts_.end_guard.count();
    fields.integer("end_guard_s", 0, kGuardMax, guard);
    facts_.end_guard = std::chrono::seconds{guard};
    fields.finish();
    add_zones(sources_.rule_zones, held_.rule_zones);
    point_at_held();
}

void CaseReading::read_campaign(Fields& fields) {
    CampaignFacts& campaign = facts_.campaign;
    fields.require("purpose");
    fields.choice("purpose", campaign.purpose);
    fields.choice("mode", campaign.mode);
    fields.text("seller", campaign.seller, keep());
    fields.choice("sector", campaign.sector);
    fields.text("subject", campaign.subject, keep());
    fields.boolean("transfers_to_sales", campaign.transfers_to_sales);
    fields.boolean("safe_harbour_message", campaign.has_safe_harbour_message);
    fields.boolean("caller_id_owned", campaign.owns_caller_id);
    fields.object("message", [&](Fields& inner) {
        inner.boolean("identity", campaign.message_has_identity);
        inner.boolean("number", campaign.message_has_number);
        inner.boolean("opt_out_key", campaign.message_has_opt_out_key);
    });
    fields.boolean("operator_contract", campaign.has_operator_contract);
    fields.text("call_label", campaign.call_label, keep());
    fields.instant("started", campaign.started);
    fields.objects("house_windows", [&](Fields& inner) { read_house_window(inner); });
    fields.object("window_totals", [&](Fields& inner) {
        WindowTotals totals;
        for (const char* key : {"live", "abandoned"}) inner.require(key);
        inner.integer("live", 0, kCountMax, totals.live);
        inner.integer("abandoned", 0, kCountMax, totals.abandoned);
        campaign.window_totals = totals;
    });
}

void CaseReading::read_house_window(Fields& fields) {
    HouseWindow window;
    fields.choice("purpose", window.purpose);
    auto& weekly = held_.weeklies.emplace_back();
    fields.require("weekly");
    fields.object("weekly", [&](Fields& days) {
        days.each_text([&](const std::string& day, const std::string& hours) {
            const auto weekday = parse_weekday(day);
            if (!weekday) {
                days.note(day, "is no day: write mon, tue, wed, thu, fri, sat or sun");
            } else if (!add_hours(weekly, *weekday, hours)) {
                days.note(day, "must be hours, as 09:00-21:00");
            }
        });
    });
    window.weekly = weekly;
    held_.house_windows.push_back(window);
}

void CaseReading::read_number(Fields& fields) {
    NumberFacts& number = facts_.number;
    fields.require("e164");
    fields.text("e164", number.e164, keep());
    if (!fault_.empty()) return;
    if (!is_like_number(number.e164)) {
        return fields.note("e164", "must be a plus sign and digits");
    }
    const bool says_kind = sources_.is_stored && fields.choice("kind", number.kind);
    if (!says_kind) number.kind = sources_.kind_of_number(number.e164);
    fields.choice("line_type", number.line);
    bool has_zones = false;
    read_zones(fields, held_.number_zones, has_zones);
    if (!has_zones) add_zones(sources_.zones_of_number(number.e164), held_.number_zones);
}

void CaseReading::read_contact(Fields& fields) {
    fields.choice("kind", facts_.contact);
    fields.object("address", [&](Fields& inner) { read_address(inner); });
}

void CaseReading::read_address(Fields& fields) {
    AddressFacts& address = facts_.address;
    fields.text("region", address.region, keep());
    bool has_zones = false;
    read_zones(fields, held_.address_zones, has_zones);
    if (!has_zones && !address.region.empty()) {
        add_zones(sources_.zones_of_region(address.region), held_.address_zones);
    }
    fields.boolean("confirmed", address.is_confirmed);
}

void CaseReading::read_lists(Fields& fields) {
    constexpr ListFacts kAskedAndNotListed{.is_known = true, .was_just_asked = true};
    fields.when("internal_dnc", facts_.internal_dnc);
    fields.boolean("mass_call_refusal", facts_.has_refused_mass_calls);
    ListFacts& national = facts_.national_dnc;
    fields.object("national_dnc", [&](Fields& inner) {
        const auto* listed = inner.find("listed");
        national.is_known = listed != nullptr || inner.is_null("listed");
        inner.boolean("listed", national.is_listed);
        inner.when("retrieved", national.retrieved);
    });
    if (fields.is_null("national_dnc")) national = kAskedAndNotListed;
    fields.object("tps", [&](Fields& inner) {
        ListFacts tps;
        inner.when("listed_since", tps.listed_since);
        tps.is_listed = tps.listed_since.has_value();
        tps.is_known = tps.is_listed || inner.is_null("listed_since");
        inner.when("retrieved", tps.retrieved);
        facts_.tps = tps;
    });
    if (fields.is_null("tps")) facts_.tps = kAskedAndNotListed;
}

void CaseReading::read_consent(Fields& fields) {
    ConsentFacts consent;
    std::vector<std::string> channels;
    fields.texts("channels", channels);
    for (const std::string& channel : channels) {
        if (const auto known = enum_from_name<Channel>(channel)) {
            consent.channels.add(*known);
        } else {
            fields.note("channels", "is not known: " + channel);
        }
    }
    fields.when("given", consent.given);
    fields.choice("form", consent.form);
    fields.boolean("artefact", consent.has_artefact);
    fields.when("revoked", consent.revoked);
    held_.consents.push_back(consent);
}

void CaseReading::read_relationship(Fields& fields) {
    Relationship& relationship = facts_.relationship;
    fields.when("last_purchase", relationship.last_purchase);
    fields.when("last_inquiry", relationship.last_inquiry);
    fields.boolean("customer", relationship.is_customer);
    fields.when("donor_since", relationship.donor_since);
    fields.when("objected", relationship.objected);
    fields.when("notified_ok", relationship.notified_ok);
    fields.when("notified_ok_withdrawn", relationship.notified_ok_withdrawn);
}

void CaseReading::read_attempt(Fields& fields) {
    PastAttempt attempt;
    fields.instant("at", attempt.at);
    fields.choice("outcome", attempt.outcome);
    fields.text("subject", attempt.subject, keep());
    fields.choice("kind", attempt.kind);
    held_.history.push_back(attempt);
}

void CaseReading::read_holidays(Fields& fields) {
    std::vector<std::string> days;
    fields.texts("holidays", days);
    for (const std::string& day : days) {
        if (const auto date = parse_date(day)) {
            held_.holidays.push_back(*date);
        } else {
            fields.note("holidays", "must be dates, as 2026-12-25");
        }
    }
}

void CaseReading::read_zones(Fields& fields, std::vector<Zone>& out, bool& is_given) {
    std::vector<std::string> names;
    is_given = fields.texts("zones", names);
    for (const std::string& name : names) {
        if (const Zone zone = sources_.zone(name, facts_.now)) {
            out.push_back(zone);
        } else {
            fields.note("zones", "names no time zone: " + name);
        }
    }
}

void CaseReading::add_zones(const std::vector<std::string>& names, std::vector<Zone>& out) {
    for (const std::string& name : names) {
        if (const Zone zone = sources_.zone(name, facts_.now)) out.push_back(zone);
    }
}

void CaseReading::point_at_held() {
    facts_.campaign.house_windows = held_.house_windows;
    facts_.consents = held_.consents;
    facts_.history = held_.history;
    facts_.holidays = held_.holidays;
    facts_.number.zones = held_.number_zones;
    facts_.address.zones = held_.address_zones;
    facts_.rule_zones = held_.rule_zones;
}

}  // namespace

Result<ReadCase> read_case(const evidence::Value& value, const CaseSources& sources) {
    auto held = std::make_unique<ReadCase::Held>();
    CaseFault fault;
    CaseReading{*held, sources, fault}.read(value);
    if (!fault.empty()) return fail(Errc::InvalidInput, fault);
    return ReadCase{std::move(held)};
}

}  // namespace bellwether::compliance::policy
