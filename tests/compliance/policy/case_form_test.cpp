#include "compliance/policy/case_form.h"

#include <gtest/gtest.h>

#include "tests/compliance/policy/case_support.h"

namespace bellwether::compliance::policy {
namespace {

CaseSources stored_sources() {
    CaseSources sources = made_sources();
    sources.is_stored = true;
    return sources;
}

TEST(CaseForm, IsReadBackToTheSame) {
    for (const std::string_view text : {kFullCase, kSmallCase}) {
        const auto first = read_case(json(text), made_sources());
        ASSERT_TRUE(first) << first.error().detail;
        const std::string bytes = evidence::encode(form_of(first->facts()));
        const auto second = read_case(json(bytes), stored_sources());
        ASSERT_TRUE(second) << second.error().detail << "\n" << bytes;
        EXPECT_EQ(evidence::encode(form_of(second->facts())), bytes);
    }
}

TEST(CaseForm, DefaultsStandInFull) {
    const auto read = read_case(json(kSmallCase), made_sources());
    ASSERT_TRUE(read);
    // Written by hand after RFC 8785: keys in order, nothing unknown.
    EXPECT_EQ(
        evidence::encode(form_of(read->facts())),
        R"({"campaign":{"caller_id_owned":false,"house_windows":[],"message":{"identity":false,)"
        R"("number":false,"opt_out_key":false},"mode":"predictive","operator_contract":false,)"
        R"("purpose":"survey","safe_harbour_message":false,"sector":"commercial",)"
        R"("transfers_to_sales":false},"consent":[],"contact":{"address":{"confirmed":false,)"
        R"("zones":[]},"kind":"consumer"},"end_guard_s":60,"history":[],"holidays":[],)"
        R"("lists":{"mass_call_refusal":false,"national_dnc":{}},"now":"2026-11-23T13:00:00Z",)"
        R"("number":{"e164":"+12125550123","kind":"ordinary","line_type":"unknown",)"
        R"("zones":["America/New_York"]},"relationship":{"customer":false}})");
}

TEST(CaseForm, AListJustAskedStandsAsNull) {
    DialCase given = plain_case();
    given.national_dnc = {.is_known = true, .was_just_asked = true};
    given.tps = ListFacts{.is_known = true, .was_just_asked = true};
    const evidence::Value form = form_of(given);
    EXPECT_TRUE(form["lists"]["national_dnc"].is_null());
    EXPECT_TRUE(form["lists"]["tps"].is_null());
    EXPECT_EQ(form["lists"].object()->count("national_dnc"), 1U);
}

}  // namespace
}  // namespace bellwether::compliance::policy
