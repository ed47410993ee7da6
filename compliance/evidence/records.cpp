#include "compliance/evidence/records.h"

#include <array>
#include <type_traits>
#include <utility>

#include "base/check.h"

namespace bellwether::compliance::evidence {

namespace {

constexpr std::array<std::string_view, 5> kReserved{"at", "kind", "personal", "seq", "subject"};

std::int64_t micros(UtcMicros at) { return at.time_since_epoch().count(); }

/// Collects members; what says nothing (an id of 0, an empty text or list, no value) is left out.
class Facts {
public:
    Facts& add(const char* key, std::string_view text) {
        if (!text.empty()) object_[key] = Value{text};
        return *this;
    }
    template <class Id>
    requires std::is_enum_v<Id> Facts& add(const char* key, Id id) {
        // As text: readers of JSON keep no integer above 53 bits.
        if (value_of(id) != 0) object_[key] = Value{std::to_string(value_of(id))};
        return *this;
    }
    Facts& add(const char* key, UtcTime at) {
        object_[key] = Value{micros(at)};
        return *this;
    }
    Facts& add(const char* key, const std::optional<UtcTime>& at) {
        return at ? add(key, *at) : *this;
    }
    Facts& add(const char* key, const std::vector<std::string>& texts) {
        if (!texts.empty()) object_[key] = Array(texts.begin(), texts.end());
        return *this;
    }
    Facts& add(const char* key, const std::vector<NamedHash>& named) {
        Object members;
        for (const NamedHash& one : named) members[one.name] = Value{one.hash};
        return add(key, std::move(members));
    }
    Facts& add(const char* key, Object object) {
        if (!object.empty()) object_[key] = Value{std::move(object)};
        return *this;
    }
    /// A number is always told, 0 too.
    Facts& number(const char* key, std::int64_t value) {
        object_[key] = Value{value};
        return *this;
    }
    Facts& flag(const char* key, bool value) {
        object_[key] = Value{value};
        return *this;
    }
    [[nodiscard]] Object take() { return std::move(object_); }

private:
    Object object_;
};

Object with_text(std::string_view key, std::string_view text) {
    return text.empty() ? Object{} : Object{{std::string{key}, Value{text}}};
}

std::optional<Hash> hash_member(const Value& leaf, std::string_view key) {
    const auto* const text = leaf[key].text();
    return text == nullptr ? std::nullopt : hash_from_hex(*text);
}

}  // namespace

std::string encode_leaf(const Record& record, std::uint64_t seq, const std::optional<Hash>& subject,
                        const std::optional<Hash>& sealed) {
    Object leaf = record.facts;
    for (const std::string_view key : kReserved) BW_CHECK(!leaf.contains(key));
    leaf["at"] = Value{micros(record.at)};
    leaf["kind"] = Value{name_of(record.kind)};
    leaf["seq"] = Value{seq};
    if (subject) leaf["subject"] = Value{to_hex(*subject)};
    if (sealed) leaf["personal"] = Value{to_hex(*sealed)};
    return encode(Value{std::move(leaf)});
}

Result<LeafHeader> read_leaf(std::string_view leaf) {
    const auto value = parse(leaf);
    if (!value) return tl::unexpected(value.error());
    if (encode(*value) != leaf)
        return fail(Errc::InvalidInput, "the record is not in its canonical form");
    const auto* const seq = (*value)["seq"].integer();
    const auto* const at = (*value)["at"].integer();
    const auto kind = enum_from_name<RecordKind>(value->text_or("kind", ""));
    if (seq == nullptr || *seq < 0 || at == nullptr || !kind)
        return fail(Errc::InvalidInput, "the record lacks its seq, at or kind");
    return LeafHeader{.seq = static_cast<std::uint64_t>(*seq),
                      .kind = *kind,
                      .at = UtcMicros{std::chrono::microseconds{*at}},
                      .subject = hash_member(*value, "subject"),
                      .sealed = hash_member(*value, "personal")};
}

Record to_record(const DecisionFacts& facts) {
    Facts leaf;
    leaf.add("point", facts.point)
        .add("client", facts.client)
        .add("campaign", facts.campaign)
        .add("attempt", facts.attempt)
        .add("contact", facts.contact)
        .add("verdict", facts.verdict)
        .add("until", facts.until)
        .add("primary", facts.primary)
        .add("scope", facts.scope)
        .add("reasons", facts.reasons)
        .add("obligations", facts.obligations)
        .add("inputs_hash", facts.inputs_hash)
        .add("packs", facts.packs)
        .add("tzdata", facts.tzdata);
    return {RecordKind::Decision, facts.at, leaf.take(),
            Person{facts.client, facts.number, with_text("inputs", facts.inputs)}};
}

Record to_record(const CallFacts& facts) {
    Object moments;
    for (const auto& [name, at] : facts.moments) moments[name] = Value{micros(at)};
    Facts leaf;
    leaf.add("client", facts.client)
        .add("campaign", facts.campaign)
        .add("attempt", facts.attempt)
        .add("contact", facts.contact)
        .add("agent", facts.agent)
        .add("purpose", facts.purpose)
        .add("mode", facts.mode)
        .add("caller_id", facts.caller_id)
        .add("trunk", facts.trunk)
        .add("moments", std::move(moments))
        .add("amd_verdict", facts.amd_verdict)
        .add("amd_weights", facts.amd_weights)
        .add("message_hash", facts.message_hash)
        .flag("opted_out", facts.opted_out)
        .add("hung_up_by", facts.hung_up_by)
        .add("outcome", facts.outcome)
        .add("obligations", facts.obligations)
        .add("lists", facts.lists);
    if (facts.decision_seq) leaf.number("decision", static_cast<std::int64_t>(*facts.decision_seq));
    if (facts.amd_p_machine_ppm >= 0) leaf.number("amd_p_machine_ppm", facts.amd_p_machine_ppm);
    if (facts.sip_status != 0) leaf.number("sip_status", facts.sip_status);
    if (facts.q850_cause != 0) leaf.number("q850_cause", facts.q850_cause);
    return {RecordKind::Call, facts.at, leaf.take(),
            Person{facts.client, facts.number, facts.details}};
}

Record to_record(const AbandonmentFacts& facts) {
    Facts leaf;
    leaf.add("client", facts.client)
        .add("campaign", facts.campaign)
        .add("regime", facts.regime)
        .add("window", facts.window)
        .add("from", facts.from)
        .add("to", facts.to)
        .number("version", facts.version)
        .add("numerator", facts.numerator)
        .add("denominator", facts.denominator)
        .add("cap", facts.cap)
        .add("verdict", facts.verdict)
        .add("counts", facts.counts)
        .add("calls_hash", facts.calls_hash)
        .add("cause", facts.cause);
    return {RecordKind::Abandonment, facts.at, leaf.take(), {}};
}

Record to_record(const DncFacts& facts) {
    Facts leaf;
    leaf.add("client", facts.client)
        .add("source", facts.source)
        .add("actor", facts.actor)
        .add("attempt", facts.attempt);
    return {facts.added ? RecordKind::DncAdded : RecordKind::DncRemoved, facts.at, leaf.take(),
            Person{facts.client, facts.number, with_text("reason", facts.reason)}};
}

Record to_record(const ListFacts& facts) {
    Facts leaf;
    leaf.add("client", facts.client)
        .add("list", facts.list)
        .add("version", facts.version)
        .add("source", facts.source)
        .add("licence", facts.licence)
        .add("retrieved", facts.retrieved)
        .add("hash", facts.hash)
        .number("rows", facts.rows)
        .number("adds", facts.adds)
        .number("deletes", facts.deletes)
        .number("rejects", facts.rejects)
        .add("override_by", facts.override_by)
        .add("override_reason", facts.override_reason);
    return {RecordKind::ListActivated, facts.at, leaf.take(), {}};
}

Record to_record(const ConsentFacts& facts) {
    Facts leaf;
    leaf.add("client", facts.client)
        .add("consent", facts.consent)
        .add("jurisdiction", facts.jurisdiction)
        .add("method", facts.method)
        .add("channels", facts.channels)
        .add("purposes", facts.purposes)
        .add("request_hash", facts.request_hash)
        .add("response_hash", facts.response_hash)
        .add("actor", facts.actor);
    return {facts.given ? RecordKind::ConsentGiven : RecordKind::ConsentRevoked, facts.at,
            leaf.take(), Person{facts.client, facts.number, facts.details}};
}

Record to_record(const PackFacts& facts) {
    Facts leaf;
    leaf.add("pack", facts.pack)
        .add("version", facts.version)
        .add("status", facts.status)
        .add("hash", facts.hash)
        .add("actor", facts.actor);
    return {RecordKind::PackInForce, facts.at, leaf.take(), {}};
}

Record to_record(const OverrideFacts& facts) {
    Facts leaf;
    leaf.add("client", facts.client)
        .add("campaign", facts.campaign)
        .add("rule", facts.rule)
        .add("reason", facts.reason)
        .add("actor", facts.actor)
        .add("second_actor", facts.second_actor)
        .add("expires", facts.expires);
    return {RecordKind::Override, facts.at, leaf.take(), {}};
}

Record to_record(const ErasedFacts& facts) {
    Facts leaf;
    leaf.add("erased_subject", facts.subject)
        .add("client", facts.client)
        .add("basis", facts.basis)
        .add("actor", facts.actor)
        .number("records", facts.records);
    return {RecordKind::Erased, facts.at, leaf.take(), {}};
}

Record to_record(const HoldFacts& facts) {
    Facts leaf;
    leaf.add("hold", facts.hold)
        .add("query", facts.query)
        .number("subjects", facts.subjects)
        .add("subjects_hash", facts.subjects_hash)
        .add("actor", facts.actor)
        .add("second_actor", facts.second_actor);
    return {
        facts.placed ? RecordKind::HoldPlaced : RecordKind::HoldLifted, facts.at, leaf.take(), {}};
}

Record to_record(const ImportUndoFacts& facts) {
    Facts leaf;
    leaf.add("client", facts.client)
        .add("list", facts.list)
        .add("import", facts.import)
        .add("actor", facts.actor)
        .number("contacts", facts.contacts)
        .number("stayed", facts.stayed);
    return {RecordKind::ImportUndone, facts.at, leaf.take(), {}};
}

Record to_record(const ListResetFacts& facts) {
    Facts leaf;
    leaf.add("client", facts.client)
        .add("list", facts.list)
        .add("campaign", facts.campaign)
        .add("outcomes", facts.outcomes)
        .add("actor", facts.actor)
        .number("contacts", facts.contacts);
    return {RecordKind::ListReset, facts.at, leaf.take(), {}};
}

Record to_record(const AccessFacts& facts) {
    Facts leaf;
    leaf.add("actor", facts.actor)
        .add("what", facts.what)
        .add("query", facts.query)
        .number("records", facts.records);
    return {RecordKind::Access, facts.at, leaf.take(), {}};
}

}  // namespace bellwether::compliance::evidence
