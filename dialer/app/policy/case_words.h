#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "base/enum_names.h"
#include "campaigns/campaign_spec.h"
#include "campaigns/outcome.h"
#include "compliance/policy/dial_case.h"
#include "dialer/store/consents.h"
#include "dialer/store/number_list_records.h"

// What the store tells of a contact, in the words of a case (compliance/policy/dial_case.h).

namespace bellwether::app {

[[nodiscard]] compliance::policy::Purpose purpose_of(campaigns::Purpose purpose);
[[nodiscard]] compliance::policy::Mode mode_of(pacing::DialMode mode);

/// What a rule about past calls asks; none: the call did not come to that.
[[nodiscard]] std::optional<compliance::policy::CallOutcome> outcome_of(
    const std::optional<campaigns::Outcome>& outcome);

/// A contact's columns as texts; what is no object of texts reads as empty.
class Columns {
public:
    explicit Columns(std::string_view json);
    [[nodiscard]] std::string text(const std::string& name) const;
    [[nodiscard]] bool yes(const std::string& name) const;
    [[nodiscard]] std::optional<compliance::policy::When> when(const std::string& name) const;
    template <class E>
    [[nodiscard]] E choice(const std::string& name, E otherwise) const {
        return enum_from_name<E>(text(name)).value_or(otherwise);
    }

private:
    std::map<std::string, std::string> texts_;
};

[[nodiscard]] compliance::policy::Relationship relationship_of(const Columns& columns);

/// A consent to calls of another purpose is none: it has no channel.
[[nodiscard]] compliance::policy::ConsentFacts consent_of(const store::ConsentRecord& record,
                                                          compliance::policy::Purpose purpose);

/// A list that covers no number of this area, or cannot be read, was not looked into.
[[nodiscard]] compliance::policy::ListFacts facts_of(const store::ListFinding& finding);

}  // namespace bellwether::app
