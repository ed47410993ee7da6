#include <gtest/gtest.h>

#include "compliance/evidence/bundle_check.h"
#include "dialer/store/evidence_log.h"
#include "dialer/store/sqlite.h"
#include "tests/dialer/store/test_evidence.h"

// What the log knows of people: sealed parts, erasure, retention, legal holds.

namespace bellwether::store::test {
namespace {

using evidence::BundleVerdict;
using evidence::RecordKind;

const PhoneNumber kPerson = phone(fiction(1));

ErasureRequest erasure(UtcTime when = at(5'000)) {
    return {ClientId{1}, kPerson, "REQUEST", "anna", when};
}

std::size_t sealed_count(const TestStore& test) {
    return must(test.store->evidence().personal_records(ClientId{1}, kPerson)).size();
}

TEST(EvidencePeople, AreOpenedForWhoMaySeeAndSealedForWhoMayNot) {
    TestStore test;
    must(test.store->append_evidence(call_record(1)));
    const auto records = must(test.store->evidence().personal_records(ClientId{1}, kPerson));
    ASSERT_EQ(records.size(), 1U);
    EXPECT_EQ(records[0].details, R"({"name":"Nora N."})");
    EXPECT_EQ(records[0].kind, RecordKind::Call);
    test.close();
    const std::string file = test.folder.read("store.db") + test.folder.read("store.db-wal");
    EXPECT_EQ(file.find("Nora N."), std::string::npos);
    EXPECT_NE(file.find("BUSY"), std::string::npos) << "what names nobody is there";
}

TEST(EvidencePeople, AreOthersWithAnotherClient) {
    TestStore test;
    const auto& log = test.store->evidence();
    EXPECT_NE(must(log.subject(ClientId{1}, kPerson)), must(log.subject(ClientId{2}, kPerson)));
    EXPECT_EQ(must(log.subject(ClientId{1}, kPerson)), must(log.subject(ClientId{1}, kPerson)));
}

TEST(EvidencePeople, CanBeErasedAndEveryProofStaysValid) {
    TestStore test;
    for (int i = 0; i < 40; ++i)
        must(test.store->append_evidence(call_record(i % 4 == 1 ? 1 : i + 100)));
    const std::string before = must(test.store->evidence().checkpoint());
    const auto report = must(test.store->evidence().erase(erasure()));
    EXPECT_EQ(report.records, 10);
    EXPECT_EQ(sealed_count(test), 0U);
    EXPECT_EQ(
        must(test.store->evidence().personal_records(ClientId{1}, phone(fiction(100)))).size(), 1U)
        << "nobody else is erased";

    ExportRequest request = export_request(test, "bundle");
    request.with_sealed = true;
    must(test.store->evidence().export_bundle(request));
    const auto finding = check(request.out, {.key = "", .earlier = {before}});
    EXPECT_EQ(finding.verdict, BundleVerdict::Ok) << finding.why;
    EXPECT_EQ(finding.sealed, 40U);
    EXPECT_EQ(finding.erased, 10U);
    EXPECT_EQ(leaves_of(test)[report.seq].kind, RecordKind::Erased);
    EXPECT_EQ(leaves_of(test)[report.seq].record.find("2025550"), std::string::npos);
    EXPECT_EQ(test.store->evidence().erase(erasure()).error().code, Errc::NotFound);
}

TEST(EvidencePeople, HaveANewKeyAfterTheOldOneIsGone) {
    TestStore test;
    must(test.store->append_evidence(call_record(1)));
    must(test.store->evidence().erase(erasure()));
    must(test.store->append_evidence(call_record(1)));
    EXPECT_EQ(sealed_count(test), 1U);
}

TEST(EvidencePeople, StaySuppressedByTheirKeyedHash) {
    TestStore test;
    must(test.store->append_evidence(call_record(1)));
    must(test.store->add_do_not_call({.number = kPerson,
                                      .client = test.client,
                                      .source = DoNotCallSource::Command,
                                      .actor = "anna",
                                      .reason = "asked",
                                      .at = at(0),
                                      .removed = {}}));
    EXPECT_FALSE(must(test.store->evidence().stands_suppressed(test.client, kPerson)));
    EXPECT_TRUE(must(test.store->evidence().erase(erasure())).is_suppressed);
    EXPECT_TRUE(must(test.store->evidence().stands_suppressed(test.client, kPerson)));
    EXPECT_FALSE(must(test.store->evidence().stands_suppressed(test.client, phone(fiction(2)))));
}

HoldRequest hold(const std::string& actor, std::vector<PhoneNumber> numbers = {kPerson}) {
    HoldRequest request;
    request.name = "case 7";
    request.client = ClientId{1};
    request.numbers = std::move(numbers);
    request.query = "client=Acme numbers=1";
    request.actor = actor;
    request.at = at(100);
    return request;
}

TEST(EvidenceHolds, NeedTwoPeopleAndBlockErasure) {
    TestStore test;
    const auto& log = test.store->evidence();
    must(test.store->append_evidence(call_record(1)));
    EXPECT_EQ(must(log.place_hold(hold("anna"))).state, HoldState::Asked);
    EXPECT_EQ(log.place_hold(hold("anna")).error().code, Errc::Refused) << "the same person";
    const auto placed = must(log.place_hold(hold("bela")));
    EXPECT_EQ(placed.state, HoldState::InForce);
    EXPECT_EQ(placed.subjects, 1);
    EXPECT_EQ(leaves_of(test).back().kind, RecordKind::HoldPlaced);

    EXPECT_EQ(log.erase(erasure()).error().code, Errc::Refused);
    EXPECT_NE(log.erase(erasure()).error().detail.find("case 7"), std::string::npos);
    EXPECT_EQ(sealed_count(test), 1U);
    EXPECT_EQ(must(log.expire({{"CALL", 1, 0}}, "anna", at(0) + std::chrono::days{4'000})), 0);

    EXPECT_EQ(must(log.lift_hold("case 7", "anna", at(200))).state, HoldState::LiftAsked);
    EXPECT_EQ(log.erase(erasure()).error().code, Errc::Refused) << "one alone lifts nothing";
    EXPECT_EQ(log.lift_hold("case 7", "anna", at(201)).error().code, Errc::Refused);
    EXPECT_EQ(must(log.lift_hold("case 7", "carl", at(202))).state, HoldState::Lifted);
    EXPECT_EQ(leaves_of(test).back().kind, RecordKind::HoldLifted);
    EXPECT_EQ(must(log.erase(erasure())).records, 1);
    EXPECT_EQ(log.place_hold(hold("dora")).error().code, Errc::Conflict) << "names are used once";
}

TEST(EvidenceHolds, FreezeWhoMatchesAndNobodyLater) {
    TestStore test;
    const auto& log = test.store->evidence();
    for (int i = 0; i < 6; ++i) must(test.store->append_evidence(call_record(i)));
    auto request = hold("anna", {});
    request.campaign = "1";  // call_record(): odd ones
    must(log.place_hold(request));
    request.actor = "bela";
    EXPECT_EQ(must(log.place_hold(request)).subjects, 3);
    must(test.store->append_evidence(call_record(7)));
    EXPECT_EQ(must(log.holds()).front().subjects, 3);
    const ErasureRequest later{ClientId{1}, phone(fiction(7)), "REQUEST", "anna", at(300)};
    EXPECT_TRUE(log.erase(later));
    EXPECT_EQ(log.erase(erasure()).error().code, Errc::Refused);

    request.name = "nobody";
    request.campaign = "no such";
    EXPECT_EQ(log.place_hold(request).error().code, Errc::InvalidInput);
    EXPECT_EQ(must(log.holds()).size(), 1U);
    EXPECT_EQ(log.lift_hold("nobody", "anna", at(1)).error().code, Errc::NotFound);
}

TEST(EvidenceRetention, DestroysWhatIsOlderThanItsRule) {
    TestStore test;
    const auto& log = test.store->evidence();
    must(test.store->append_evidence(call_record(1)));  // at(1)
    must(test.store->append_evidence(consent_record(1)));
    const std::vector<evidence::RetentionRule> rules{{"CALL", 5, 0}};
    const UtcTime five_years = evidence::years_after(at(1), 5);
    EXPECT_EQ(must(log.expire(rules, "clock", five_years - std::chrono::seconds{1})), 0);
    EXPECT_EQ(must(log.expire(rules, "clock", five_years)), 1);
    const auto left = must(log.personal_records(ClientId{1}, kPerson));
    ASSERT_EQ(left.size(), 1U);
    EXPECT_EQ(left[0].kind, RecordKind::ConsentGiven) << "no rule speaks of it";
    EXPECT_EQ(leaves_of(test).back().kind, RecordKind::Erased);
    EXPECT_NE(leaves_of(test).back().record.find("RETENTION"), std::string::npos);
    EXPECT_EQ(check(export_all(test)).verdict, BundleVerdict::Ok);
}

}  // namespace
}  // namespace bellwether::store::test
