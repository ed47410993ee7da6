#include "compliance/policy/pack_form.h"

#include "compliance/evidence/hash.h"
#include "compliance/policy/text_forms.h"

namespace bellwether::compliance::policy {
namespace {

using evidence::Array;
using evidence::Object;
using evidence::Value;

template <class E>
Value form_of_set(EnumSet<E> set) {
    Array names;
    for (std::size_t i = 0; i < kEnumNames<E>.size(); ++i) {
        if (set.has(static_cast<E>(i))) names.emplace_back(kEnumNames<E>[i]);
    }
    return names;
}

Value form_of_texts(const std::vector<std::string>& texts) {
    return Array(texts.begin(), texts.end());
}

Value form_of_date(const std::optional<Date>& date) {
    return date ? Value{to_text(*date)} : Value{};
}

Value ms(std::chrono::milliseconds duration) { return duration.count(); }

Object parameters_of(const Window& window) {
    return {{"weekly", form_of(window.weekly)},
            {"closed_on_holidays", window.is_closed_on_holidays},
            {"also_zones", form_of_texts(window.also_zones)}};
}
Object parameters_of(const Holiday&) { return {}; }
Object parameters_of(const Frequency& frequency) {
    return {{"max", frequency.max},
            {"per_ms", ms(frequency.per)},
            {"by_person", frequency.is_by_person},
            {"by_subject", frequency.is_by_subject},
            {"of", frequency.of ? Value{name_of(*frequency.of)} : Value{}}};
}
Object parameters_of(const Spacing& spacing) { return {{"gap_ms", ms(spacing.gap)}}; }
Object parameters_of(const Suppression& suppression) {
    return {{"list", name_of(suppression.list)},
            {"days_listed", suppression.days_listed},
            {"offered", suppression.is_offered}};
}
Object parameters_of(const ListFreshness& freshness) {
    return {{"list", name_of(freshness.list)}, {"days", freshness.days_max}};
}
Object parameters_of(const Consent& consent) {
    return {{"written_for", form_of_set(consent.written_for)},
            {"own_channel", consent.is_own_channel},
            {"proof", consent.is_proof},
            {"human_free", consent.is_human_free}};
}
Object parameters_of(const ModeBan& ban) { return {{"ban", form_of_set(ban.modes)}}; }
Object parameters_of(const RecallGuard& guard) {
    return {{"after", form_of_set(guard.after)}, {"within_ms", ms(guard.within)}};
}
Object parameters_of(const MinRing& ring) { return {{"ring_ms", ms(ring.ring)}}; }
Object parameters_of(const ConnectLimit& limit) {
    return {{"within_ms", ms(limit.within)}, {"from", name_of(limit.from)}};
}
Object parameters_of(const Abandonment& cap) {
    return {{"cap_ppm", cap.cap_ppm}, {"window", name_of(cap.window)}, {"days", cap.days}};
}
Object parameters_of(const Message& message) { return {{"parts", form_of_set(message.parts)}}; }
Object parameters_of(const CallerId& id) {
    return {{"owned", id.is_owned},
            {"contract", id.has_contract},
            {"labelled", id.is_labelled},
            {"label_max", id.label_max},
            {"transmitted", id.is_transmitted}};
}
Object parameters_of(const Retention& retention) {
    return {{"record", retention.record}, {"years", retention.years}, {"days", retention.days}};
}
Object parameters_of(const RecordFields& record) {
    return {{"record", record.record}, {"fields", form_of_texts(record.fields)}};
}
Object parameters_of(const NumberType& type) { return {{"refused", form_of_set(type.refused)}}; }

Value form_of_exception(const Exception& exception) {
    return Object{{"kind", name_of(exception.kind)},
                  {"months", exception.months},
                  {"written", exception.is_written},
                  {"sectors", form_of_set(exception.sectors)},
                  {"cite", exception.cite}};
}

Value form_of_applies(const Applies& applies) {
    return Object{{"purposes", form_of_set(applies.purposes)},
                  {"sectors", form_of_set(applies.sectors)},
                  {"contacts", form_of_set(applies.contacts)},
                  {"lines", form_of_set(applies.lines)},
                  {"modes", form_of_set(applies.modes)}};
}

}  // namespace

Value form_of(const std::vector<HoursWindow>& weekly) {
    Object days;
    for (unsigned day = 0; day < 7; ++day) {
        std::string hours = hours_text(weekly, day);
        if (!hours.empty()) days.emplace(weekday_name(day), std::move(hours));
    }
    return days;
}

Value form_of(const Rule& rule) {
    Object form = std::visit([](const auto& kind) { return parameters_of(kind); }, rule.parameters);
    Array exceptions;
    for (const Exception& exception : rule.exceptions) {
        exceptions.push_back(form_of_exception(exception));
    }
    form.emplace("id", rule.id);
    form.emplace("kind", name_of(rule.kind()));
    form.emplace("effect", name_of(effect_of(rule.kind())));
    form.emplace("class", name_of(rule.strength));
    form.emplace("cite", rule.cite);
    form.emplace("source", rule.source);
    form.emplace("seen", to_text(rule.seen));
    form.emplace("effective_from", form_of_date(rule.in_force.from));
    form.emplace("effective_to", form_of_date(rule.in_force.to));
    form.emplace("note", rule.note);
    form.emplace("applies", form_of_applies(rule.applies));
    form.emplace("exceptions", std::move(exceptions));
    return form;
}

Value form_of(const Pack& pack) {
    Array rules;
    for (const Rule& rule : pack.rules) rules.push_back(form_of(rule));
    return Object{{"id", pack.id},
                  {"version", pack.version},
                  {"status", name_of(pack.status)},
                  {"extends", form_of_texts(pack.extends)},
                  {"reviewed_by", pack.reviewed_by},
                  {"review_until", form_of_date(pack.review_until)},
                  {"regions", form_of_texts(pack.applies.regions)},
                  {"purposes", form_of_set(pack.applies.purposes)},
                  {"rules", std::move(rules)}};
}

std::string pack_hash(const Pack& pack) {
    return evidence::to_hex(evidence::sha256(evidence::encode(form_of(pack))));
}

}  // namespace bellwether::compliance::policy
