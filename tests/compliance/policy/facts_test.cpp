#include "compliance/policy/facts.h"

#include <gtest/gtest.h>

#include "tests/compliance/policy/policy_support.h"

namespace bellwether::compliance::policy {
namespace {

ConsentFacts written(std::string_view given) {
    return {.channels = {Channel::Live, Channel::Autodialed},
            .given = When::on(date(given)),
            .form = ConsentForm::Written,
            .has_artefact = true};
}

TEST(Facts, AnUnknownLineIsAsWireless) {
    DialCase given = plain_case();
    EXPECT_EQ(Facts{given}.line, LineType::Landline);
    given.number.line = LineType::Unknown;
    EXPECT_EQ(Facts{given}.line, LineType::Wireless);
}

TEST(Facts, ASurveyThatHandsOnToSalesIsTelemarketing) {
    DialCase given = plain_case();
    given.campaign.purpose = Purpose::Survey;
    EXPECT_EQ(Facts{given}.purpose, Purpose::Survey);
    given.campaign.transfers_to_sales = true;
    EXPECT_EQ(Facts{given}.purpose, Purpose::Telemarketing);
}

TEST(Facts, AConfirmedAddressTakesTheNumbersPlace) {
    DialCase given = plain_case();
    given.address.zones = kInLosAngeles;
    given.now = instant("2026-11-24T06:00:00Z");
    EXPECT_EQ(to_text(Facts{given}.here_today.last), "2026-11-24");
    given.address.is_confirmed = true;
    EXPECT_EQ(to_text(Facts{given}.here_today.last), "2026-11-23");
    EXPECT_TRUE(Facts{given}.more_zones.empty());
    given.address.zones = {};
    EXPECT_EQ(Facts{given}.more_zones.size(), 1U) << "confirmed, but nobody knows where";
}

TEST(Facts, ARuleSpeaksOfTheCallsInAllItsSets) {
    const DialCase given = plain_case();
    Rule rule = made_rule("a", Holiday{});
    EXPECT_TRUE(speaks_of(rule, Facts{given}));
    rule.applies.modes = {Mode::Manual};
    EXPECT_FALSE(speaks_of(rule, Facts{given}));
    rule.applies.modes = {Mode::Predictive};
    rule.applies.contacts = {ContactKind::Business};
    EXPECT_FALSE(speaks_of(rule, Facts{given}));
}

TEST(Facts, ARuleIsInForceOnEitherDayWhereItIsTwoDays) {
    DialCase given = plain_case();
    given.address.zones = kInLosAngeles;
    given.now = instant("2026-11-24T06:00:00Z");  // the 24th and the 23rd
    Rule rule = made_rule("a", Holiday{});
    rule.in_force = {date("2026-11-24"), std::nullopt};
    EXPECT_TRUE(is_in_force(rule, Facts{given}));
    rule.in_force = {std::nullopt, date("2026-11-23")};
    EXPECT_TRUE(is_in_force(rule, Facts{given}));
    rule.in_force = {std::nullopt, date("2026-11-22")};
    EXPECT_FALSE(is_in_force(rule, Facts{given}));
}

TEST(Consents, CountOnlyWhileTheyAreInForce) {
    DialCase given = plain_case();
    std::array<ConsentFacts, 1> consents{written("2026-11-23")};
    given.consents = consents;
    EXPECT_TRUE(has_consent(Facts{given}, {.is_written = true, .is_kept = true}));
    consents[0].revoked = When::at(given.now);
    EXPECT_FALSE(has_consent(Facts{given}, {}));
    consents[0].revoked = When::at(given.now + std::chrono::milliseconds{1});
    EXPECT_TRUE(has_consent(Facts{given}, {}));
    consents[0] = written("2026-11-24");
    EXPECT_FALSE(has_consent(Facts{given}, {})) << "given tomorrow";
    consents[0].given.reset();
    EXPECT_FALSE(has_consent(Facts{given}, {})) << "nobody knows when";
}

TEST(Consents, CountForTheirChannelsAndTheirForm) {
    DialCase given = plain_case();
    std::array<ConsentFacts, 1> consents{written("2026-01-05")};
    given.consents = consents;
    consents[0].channels = {Channel::Live};
    EXPECT_TRUE(has_consent(Facts{given}, {}));
    EXPECT_FALSE(has_consent(Facts{given}, {.is_own_channel = true}));
    given.campaign.mode = Mode::Manual;
    EXPECT_TRUE(has_consent(Facts{given}, {.is_own_channel = true}));
    given.campaign.mode = Mode::Prerecorded;
    EXPECT_FALSE(has_consent(Facts{given}, {}));
    consents[0].channels = {Channel::Prerecorded};
    EXPECT_TRUE(has_consent(Facts{given}, {}));
    consents[0].form.reset();
    EXPECT_FALSE(has_consent(Facts{given}, {.is_written = true}));
    consents[0].has_artefact = false;
    EXPECT_FALSE(has_consent(Facts{given}, {.is_kept = true}));
}

TEST(Consents, ARevocationIsMendedOnlyByALaterConsent) {
    DialCase given = plain_case();
    std::array<ConsentFacts, 2> consents{written("2026-01-05"), written("2026-02-05")};
    given.consents = consents;
    EXPECT_FALSE(has_revoked(Facts{given}));
    consents[0].revoked = When::on(date("2026-02-04"));
    EXPECT_FALSE(has_revoked(Facts{given}));
    consents[0].revoked = When::on(date("2026-02-05"));
    EXPECT_TRUE(has_revoked(Facts{given})) << "the same day";
    consents[0].revoked = When::at(instant("2026-02-05T12:00:00Z"));
    consents[1].given = When::at(instant("2026-02-05T12:00:00.001Z"));
    EXPECT_FALSE(has_revoked(Facts{given}));
}

bool lifts(Exception exception, const DialCase& given) {
    Rule rule = made_rule("a", Holiday{});
    rule.exceptions = {std::move(exception)};
    return is_excepted(rule, Facts{given});
}

TEST(Exceptions, HoldOnTheirOwnFacts) {
    DialCase given = plain_case();
    given.relationship.last_purchase = When::on(date("2025-05-23"));
    EXPECT_TRUE(lifts({.kind = Exception::Kind::Purchase, .months = 18}, given));
    EXPECT_FALSE(lifts({.kind = Exception::Kind::Purchase, .months = 17}, given));
    EXPECT_FALSE(lifts({.kind = Exception::Kind::Inquiry, .months = 18}, given));
    EXPECT_TRUE(lifts({.kind = Exception::Kind::Customer}, given));
    EXPECT_FALSE(lifts({.kind = Exception::Kind::Donor}, given));
    EXPECT_FALSE(lifts({.kind = Exception::Kind::Customer, .sectors = {Sector::Charity}}, given));
    given.relationship = {.notified_ok = When::on(date("2026-02-01"))};
    EXPECT_TRUE(lifts({.kind = Exception::Kind::Notified}, given));
    given.relationship.notified_ok_withdrawn = When::on(date("2026-11-23"));
    EXPECT_FALSE(lifts({.kind = Exception::Kind::Notified}, given));
}

TEST(Exceptions, EndWithAnObjectionAllButConsent) {
    DialCase given = plain_case();
    const std::array<ConsentFacts, 1> consents{written("2026-01-05")};
    given.consents = consents;
    given.relationship = {.is_customer = true, .objected = When::on(date("2026-11-23"))};
    EXPECT_FALSE(lifts({.kind = Exception::Kind::Customer}, given));
    EXPECT_TRUE(lifts({.kind = Exception::Kind::Consent, .is_written = true}, given));
}

}  // namespace
}  // namespace bellwether::compliance::policy
