#include "compliance/policy/pack_form.h"

#include <gtest/gtest.h>

#include "tests/compliance/policy/policy_support.h"

namespace bellwether::compliance::policy {
namespace {

Pack one_rule() {
    Pack pack = made_pack("us-xx", {made_rule("us.xx.ring", MinRing{std::chrono::seconds{15}})});
    pack.rules[0].applies.purposes = {Purpose::Survey};
    return pack;
}

// Written by hand after RFC 8785; the hash is that of `sha256sum` over these bytes.
constexpr std::string_view kForm =
    R"({"extends":[],"id":"us-xx","purposes":["telemarketing","survey","notice"],"regions":[],)"
    R"("review_until":null,"reviewed_by":"","rules":[{"applies":{"contacts":["consumer","business"],)"
    R"("lines":["landline","wireless","unknown"],"modes":["predictive","progressive","ratio","preview",)"
    R"("manual","prerecorded"],"purposes":["survey"],"sectors":["commercial","charity",)"
    R"("charity_lottery","press","government"]},"cite":"a law","class":"hard","effect":"oblige",)"
    R"("effective_from":null,"effective_to":null,"exceptions":[],"id":"us.xx.ring","kind":"min_ring",)"
    R"("note":"","ring_ms":15000,"seen":"2026-11-22","source":"a book"}],"status":"draft",)"
    R"("version":"1"})";

TEST(PackForm, IsCanonicalJson) { EXPECT_EQ(evidence::encode(form_of(one_rule())), kForm); }

TEST(PackForm, HasTheHashOfItsBytes) {
    EXPECT_EQ(pack_hash(one_rule()),
              "0bf73f1783e49b32399a4fd34d4290a45b9081bab4eee69cc2929c69dcb46652");
}

TEST(PackForm, EveryChangeChangesTheHash) {
    const std::string before = pack_hash(one_rule());
    Pack pack = one_rule();
    pack.rules[0].parameters = MinRing{std::chrono::seconds{16}};
    EXPECT_NE(pack_hash(pack), before);
    pack = one_rule();
    pack.rules[0].exceptions = {{.kind = Exception::Kind::Donor, .cite = "x"}};
    EXPECT_NE(pack_hash(pack), before);
    pack = one_rule();
    pack.rules[0].in_force.to = date("2026-12-31");
    EXPECT_NE(pack_hash(pack), before);
}

TEST(PackForm, EveryKindHasItsParameters) {
    // What two parameters of one kind differ in must show.
    const auto differ = [](const Parameters& a, const Parameters& b) {
        return form_of(made_rule("a", a)) != form_of(made_rule("a", b));
    };
    EXPECT_TRUE(differ(Window{daily(8, 21)}, Window{daily(8, 20)}));
    EXPECT_TRUE(differ(Window{daily(8, 21)}, Window{daily(8, 21), true}));
    EXPECT_TRUE(differ(Window{daily(8, 21)}, Window{daily(8, 21), false, {"America/Chicago"}}));
    EXPECT_TRUE(differ(Frequency{.max = 3}, Frequency{.max = 4}));
    EXPECT_TRUE(differ(Frequency{}, Frequency{.is_by_subject = true}));
    EXPECT_TRUE(differ(Frequency{}, Frequency{.of = CallKind::Live}));
    EXPECT_TRUE(differ(Spacing{}, Spacing{std::chrono::hours{3}}));
    EXPECT_TRUE(differ(Suppression{}, Suppression{.days_listed = 28}));
    EXPECT_TRUE(differ(ListFreshness{}, ListFreshness{.days_max = 31}));
    EXPECT_TRUE(differ(Consent{}, Consent{.is_proof = true}));
    EXPECT_TRUE(differ(Consent{}, Consent{.written_for = {Purpose::Telemarketing}}));
    EXPECT_TRUE(differ(ModeBan{}, ModeBan{{Mode::Manual}}));
    EXPECT_TRUE(differ(RecallGuard{}, RecallGuard{.after = {CallOutcome::Machine}}));
    EXPECT_TRUE(differ(ConnectLimit{}, ConnectLimit{.from = ClockOrigin::Speech}));
    EXPECT_TRUE(differ(Abandonment{}, Abandonment{.cap_ppm = 1}));
    EXPECT_TRUE(differ(Message{}, Message{{MessagePart::Identity}}));
    EXPECT_TRUE(differ(CallerId{}, CallerId{.label_max = 32}));
    EXPECT_TRUE(differ(Retention{}, Retention{.years = 5}));
    EXPECT_TRUE(differ(RecordFields{}, RecordFields{"a", {"b"}}));
    EXPECT_TRUE(differ(NumberType{}, NumberType{{NumberKind::Premium}}));
    EXPECT_TRUE(differ(Holiday{}, Window{daily(0, 24)}));
}

}  // namespace
}  // namespace bellwether::compliance::policy
