#include "compliance/evidence/records.h"

#include <gtest/gtest.h>

namespace bellwether::compliance::evidence {
namespace {

using namespace std::chrono_literals;

const UtcTime kAt{1'795'435'200'250ms};
const PhoneNumber kNumber = PhoneNumber::parse("+12025550123").value();

std::string leaf(const Record& record, std::uint64_t seq = 3) {
    std::optional<Hash> subject;
    if (record.person) subject = sha256("somebody");
    return encode_leaf(record, seq, subject, std::nullopt);
}

TEST(Records, AreCanonicalWithTimePlaceAndKind) {
    const Record record = to_record(PackFacts{kAt, "us-fl", "2026.11.1", "draft", "ab", "anna"});
    EXPECT_EQ(leaf(record),
              R"({"actor":"anna","at":1795435200250000,"hash":"ab","kind":"PACK_IN_FORCE",)"
              R"("pack":"us-fl","seq":3,"status":"draft","version":"2026.11.1"})");
}

TEST(Records, AreReadBack) {
    const Record record = to_record(DncFacts{kAt, true, ClientId{1}, kNumber, "CALL", "contact",
                                             AttemptId{7}, "asked during the call"});
    const std::string text = encode_leaf(record, 9, sha256("somebody"), sha256("what was sealed"));
    const auto header = read_leaf(text);
    ASSERT_TRUE(header);
    EXPECT_EQ(header->seq, 9U);
    EXPECT_EQ(header->kind, RecordKind::DncAdded);
    EXPECT_EQ(header->at, UtcMicros{kAt});
    EXPECT_EQ(header->subject, sha256("somebody"));
    EXPECT_EQ(header->sealed, sha256("what was sealed"));
    EXPECT_FALSE(read_leaf(" " + text)) << "not canonical";
    EXPECT_FALSE(read_leaf("{}"));
    EXPECT_FALSE(read_leaf(R"({"at":1,"kind":"NO_SUCH","seq":1})"));
}

/// Every kind, with something personal in each place for it.
std::vector<Record> one_of_each() {
    return {
        to_record(DecisionFacts{.at = kAt,
                                .point = "INVITE",
                                .client = ClientId{1},
                                .campaign = CampaignId{2},
                                .attempt = AttemptId{(std::uint64_t{1} << 60U) + 1},
                                .number = kNumber,
                                .verdict = "DEFER",
                                .until = kAt + 1h,
                                .primary = "us.fcc.hours",
                                .scope = "number",
                                .reasons = {"us.fcc.hours"},
                                .obligations = {"reserve_agent us.fcc.abandon"},
                                .inputs_hash = "00",
                                .packs = {{"us-federal", "11"}},
                                .tzdata = "2026f",
                                .inputs = "{\"number\":\"+12025550123\"}"}),
        to_record(CallFacts{.at = kAt,
                            .client = ClientId{1},
                            .number = kNumber,
                            .decision_seq = 4,
                            .moments = {{"answered", kAt - 5s}, {"ended", kAt}},
                            .amd_p_machine_ppm = 0,
                            .sip_status = 486,
                            .outcome = "BUSY",
                            .details = {{"name", "Nora N."}, {"number", "+12025550123"}}}),
        to_record(AbandonmentFacts{.at = kAt, .regime = "us", .from = kAt, .to = kAt}),
        to_record(DncFacts{kAt, true, {}, kNumber, "CALL", "contact", {}, "Nora N. shouted"}),
        to_record(DncFacts{kAt, false, {}, kNumber, "COMMAND", "anna", {}, "Nora N. asked"}),
        to_record(ListFacts{.at = kAt, .list = "ftc"}),
        to_record(ConsentFacts{.at = kAt, .number = kNumber, .details = {{"name", "Nora N."}}}),
        to_record(ConsentFacts{.at = kAt, .given = false, .number = kNumber}),
        to_record(PackFacts{.at = kAt}),
        to_record(OverrideFacts{.at = kAt, .rule = "house.hours"}),
        to_record(ErasedFacts{.at = kAt, .subject = "aa"}),
        to_record(HoldFacts{.at = kAt, .hold = "case 7"}),
        to_record(HoldFacts{.at = kAt, .placed = false, .hold = "case 7"}),
        to_record(AccessFacts{.at = kAt, .actor = "anna"}),
        to_record(ImportUndoFacts{.at = kAt, .list = "spring", .actor = "anna", .contacts = 3}),
        to_record(ListResetFacts{.at = kAt, .list = "spring", .actor = "anna", .contacts = 2}),
    };
}

TEST(Records, AreOfEveryKindInItsOrder) {
    const auto records = one_of_each();
    ASSERT_EQ(records.size(), kEnumNames<RecordKind>.size());
    for (std::size_t i = 0; i < records.size(); ++i)
        EXPECT_EQ(static_cast<std::size_t>(records[i].kind), i);
}

TEST(Records, NamePeopleInTheirSealedPartAlone) {
    for (const Record& record : one_of_each()) {
        const std::string text = leaf(record);
        EXPECT_TRUE(read_leaf(text)) << text;
        EXPECT_EQ(text.find("Nora"), std::string::npos) << text;
        EXPECT_EQ(text.find("2025550123"), std::string::npos) << text;
    }
}

TEST(Records, KeepLargeIdsAsText) {
    const std::string text = leaf(one_of_each().front());
    EXPECT_NE(text.find("\"attempt\":\"1152921504606846977\""), std::string::npos) << text;
    EXPECT_EQ(text.find("contact"), std::string::npos) << "an id of 0 names nothing";
}

TEST(Records, SayWhatWasNotHeardByLeavingItOut) {
    Record record = to_record(CallFacts{.at = kAt, .number = kNumber});
    EXPECT_FALSE(record.facts.contains("amd_p_machine_ppm"));
    EXPECT_FALSE(record.facts.contains("sip_status"));
    EXPECT_FALSE(record.facts.contains("q850_cause"));
    record = one_of_each()[1];
    EXPECT_EQ(record.facts.at("amd_p_machine_ppm"), Value{0});
    EXPECT_EQ(record.facts.at("decision"), Value{4});
}

}  // namespace
}  // namespace bellwether::compliance::evidence
