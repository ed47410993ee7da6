#include "dialer/app/policy/case_words.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "compliance/policy/text_forms.h"

namespace bellwether::app {

using namespace compliance::policy;
using store::ListFinding;

Columns::Columns(std::string_view json) {
    const auto object = nlohmann::json::parse(json, nullptr, false);
    if (!object.is_object()) return;
    for (const auto& [key, value] : object.items()) {
        if (value.is_string()) texts_[key] = value.get<std::string>();
    }
}

std::string Columns::text(const std::string& name) const {
    const auto found = texts_.find(name);
    return found == texts_.end() ? std::string{} : found->second;
}

bool Columns::yes(const std::string& name) const {
    const std::string said = text(name);
    return said == "yes" || said == "true" || said == "1" || said == "Y";
}

std::optional<When> Columns::when(const std::string& name) const { return parse_when(text(name)); }

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

ListFacts facts_of(const ListFinding& finding) {
    const bool was_asked = finding.state == ListFinding::State::Listed ||
                           (finding.state == ListFinding::State::Clear && finding.covers_area);
    if (!was_asked) return {};
    ListFacts facts{.is_known = true, .is_listed = finding.state == ListFinding::State::Listed};
    facts.retrieved = When::on(Date{finding.retrieved});
    if (finding.listed_since) facts.listed_since = When::on(Date{*finding.listed_since});
    return facts;
}

}  // namespace bellwether::app
