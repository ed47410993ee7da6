#include <gtest/gtest.h>
#include <sys/stat.h>

#include <numeric>

#include "compliance/evidence/bundle_check.h"
#include "compliance/evidence/tiles.h"
#include "dialer/store/evidence_files.h"
#include "dialer/store/evidence_log.h"
#include "dialer/store/sqlite.h"
#include "tests/dialer/store/test_evidence.h"

namespace bellwether::store::test {
namespace {

using evidence::BundleVerdict;
using evidence::RecordKind;

TEST(EvidenceLog, AppendsInOrderAndGivesBackTheBytes) {
    TestStore test;
    for (int i = 0; i < 5; ++i)
        EXPECT_EQ(must(test.store->append_evidence(pack_record(i))), static_cast<unsigned>(i));
    const auto leaves = leaves_of(test);
    ASSERT_EQ(leaves.size(), 5U);
    for (std::size_t i = 0; i < leaves.size(); ++i) {
        EXPECT_EQ(leaves[i].seq, i);
        EXPECT_EQ(evidence::read_leaf(leaves[i].record).value().seq, i);
    }
}

TEST(EvidenceLog, MakesALeafDurableWithWhatItTells) {
    TestStore test;
    WriteBatch batch;
    batch.journal = JournalEntry{test.next_seq++, {Instant{}, at(5)}, "{}", {}, {}};
    batch.evidence = {pack_record(1), pack_record(2)};
    ASSERT_TRUE(test.store->submit(std::move(batch)));
    must(test.store->flush());
    EXPECT_EQ(leaves_of(test).size(), 2U);
}

TEST(EvidenceLog, LeavesNothingOfACommandThatFailed) {
    TestStore test;
    must(test.store->append_evidence(call_record(1)));
    const auto refused =
        test.store->evidence().erase({ClientId{9}, phone(fiction(77)), "REQUEST", "anna", at(1)});
    EXPECT_EQ(refused.error().code, Errc::NotFound);
    EXPECT_EQ(must(test.store->append_evidence(pack_record(2))), 1U);
    const auto note = must(test.store->evidence().checkpoint());
    EXPECT_EQ(evidence::open_checkpoint(note, test.store->evidence().key()).value().size, 2U);
}

TEST(EvidenceLog, PublishesTilesAndCheckpointsAsTheTreeSays) {
    TestStore test;
    evidence::Frontier frontier;
    append_packs(test, 600);
    for (const auto& leaf : leaves_of(test)) frontier.append(evidence::leaf_hash(leaf.record));
    const auto head = evidence::open_checkpoint(must(test.store->evidence().checkpoint()),
                                                test.store->evidence().key())
                          .value();
    EXPECT_EQ(head.size, 600U);
    EXPECT_EQ(head.root, frontier.root());
    EXPECT_EQ(head.origin, "node-1/evidence");
    const auto folder = test.folder / "evidence";
    for (const char* file : {"tile/0/000", "tile/0/001", "tile/0/002.p/88", "tile/1/000.p/2",
                             "checkpoint", "checkpoints.ndjson", "key.pub"})
        EXPECT_TRUE(std::filesystem::exists(folder / file)) << file;
    EXPECT_FALSE(std::filesystem::exists(folder / "tile/0/000.p")) << "a full tile has no parts";
}

TEST(EvidenceLog, GoesOnAfterARestartAndExtendsItsLastCheckpoint) {
    TestStore test;
    append_packs(test, 300);
    const std::string before = must(test.store->evidence().checkpoint());
    test.close();
    test.open();
    append_packs(test, 10);
    const auto finding = check(export_all(test), {.key = "", .earlier = {before}});
    EXPECT_EQ(finding.verdict, BundleVerdict::Ok) << finding.why;
    EXPECT_EQ(finding.records, 310U);
}

TEST(EvidenceLog, ProvesOneRecord) {
    TestStore test;
    append_packs(test, 300);
    const std::string proof = must(test.store->evidence().prove(77));
    EXPECT_EQ(evidence::check_proof(proof, {}).verdict, BundleVerdict::Ok);
    EXPECT_EQ(test.store->evidence().prove(300).error().code, Errc::NotFound);
}

TEST(EvidenceLog, HasNothingToSignAtFirst) {
    TestStore test;
    EXPECT_EQ(test.store->evidence().checkpoint().error().code, Errc::NotFound);
}

TEST(EvidenceLog, IsNeverChangedByAnOrdinaryStatement) {
    TestStore test;
    append_packs(test, 2);
    test.close();
    Database file{test.folder / "store.db", Database::Mode::ReadWrite};
    EXPECT_THROW(file.execute("UPDATE evidence SET record = x'00'"), SqliteError);
    EXPECT_THROW(file.execute("DELETE FROM evidence"), SqliteError);
}

/// What somebody with the file and a shell can do.
void tamper(const TestStore& test, const char* sql) {
    Database file{test.folder / "store.db", Database::Mode::ReadWrite};
    file.execute("DROP TRIGGER evidence_is_not_changed; DROP TRIGGER evidence_is_not_deleted;");
    file.execute(sql);
}

struct Opening {
    const char* name;
    const char* sql;
    const char* words;  ///< that the refusal has
};
void PrintTo(const Opening& opening, std::ostream* out) { *out << opening.name; }

class OpeningRefused : public testing::TestWithParam<Opening> {};

TEST_P(OpeningRefused, NamesTheFirstDifference) {
    TestStore test;
    append_packs(test, 300);
    must(test.store->evidence().checkpoint());
    test.close();
    tamper(test, GetParam().sql);
    const auto opened = test.try_open(test.config());
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().code, Errc::Corrupt);
    EXPECT_NE(opened.error().detail.find(GetParam().words), std::string::npos)
        << opened.error().detail;
}
INSTANTIATE_TEST_SUITE_P(
    EvidenceLog, OpeningRefused,
    testing::Values(
        Opening{"Changed", "UPDATE evidence SET record = x'7b7d' WHERE seq = 260", "record 260 is"},
        Opening{"TakenOut", "DELETE FROM evidence WHERE seq = 5", "lacks record 5"},
        Opening{"TailDropped", "DELETE FROM evidence WHERE seq >= 290", "lacks record 290"},
        Opening{"TailDroppedCleanly",
                "DELETE FROM evidence WHERE seq >= 256; UPDATE evidence_frontier SET size = 256, "
                "peaks = zeroblob(32)",
                "ends before record 256"},
        Opening{"FrontierChanged", "UPDATE evidence_frontier SET size = 299", "damaged"}),
    [](const auto& opening) { return opening.param.name; });

TEST(EvidenceLog, RebuildsTilesThatAreLost) {
    TestStore test;
    append_packs(test, 600);
    must(test.store->evidence().checkpoint());
    test.close();
    std::filesystem::remove_all(test.folder / "evidence/tile");
    test.open();
    EXPECT_EQ(check(export_all(test)).verdict, BundleVerdict::Ok);
}

TEST(EvidenceLog, IsNotOpenedWithoutItsKey) {
    TestStore test;
    append_packs(test, 3);
    test.close();
    const auto key = test.folder / "evidence/keys/signing.key";
    struct stat status {};
    ASSERT_EQ(stat(key.c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777, 0600U);
    ASSERT_EQ(chmod(key.c_str(), 0640), 0);
    EXPECT_EQ(test.try_open(test.config()).error().code, Errc::Refused);
    ASSERT_EQ(chmod(key.c_str(), 0600), 0);
    std::filesystem::rename(key, test.folder / "elsewhere");
    EXPECT_EQ(test.try_open(test.config()).error().code, Errc::Corrupt);
    std::filesystem::rename(test.folder / "elsewhere", key);
    test.open();
}

TEST(EvidenceLog, SendsCheckpointsToASecondPlace) {
    TestStore test;
    test.close();
    Receiver receiver;
    auto config = test.config();
    config.evidence.copies = {test.folder / "elsewhere/heads.ndjson"};
    config.evidence.webhook = receiver.url();
    test.store = must(test.try_open(std::move(config)));
    append_packs(test, 1);  // a checkpoint follows within a second by itself
    const std::string note = receiver.wait_for_body();
    EXPECT_TRUE(evidence::open_checkpoint(note, test.store->evidence().key())) << note;
    test.close();
    const std::string lines = test.folder.read("elsewhere/heads.ndjson");
    EXPECT_NE(lines.find("node-1/evidence"), std::string::npos);
}

TEST(EvidenceLog, GoesOnWithoutItsSecondPlace) {
    TestStore test;
    test.close();
    auto config = test.config();
    config.evidence.webhook = "http://127.0.0.1:1/nobody";
    test.store = must(test.try_open(std::move(config)));
    append_packs(test, 1);
    must(test.store->evidence().checkpoint());
    EXPECT_NE(test.store->evidence().status().copy_fault, "");
    EXPECT_EQ(test.store->evidence().status().fault, "");
}

TEST(EvidenceLog, ExportsPartsThatVerify) {
    TestStore test;
    for (int i = 0; i < 400; ++i) {
        must(test.store->append_evidence(i % 3 == 0 ? call_record(i) : pack_record(i)));
        if (i % 100 == 50) must(test.store->evidence().checkpoint());
    }
    ExportRequest request = export_request(test, "part");
    request.from = at(100);
    request.to = at(200);
    auto report = must(test.store->evidence().export_bundle(request));
    EXPECT_EQ(report.records, 100);
    EXPECT_EQ(report.first, 100U);
    auto finding = check(request.out);
    EXPECT_EQ(finding.verdict, BundleVerdict::Ok) << finding.why;
    EXPECT_EQ(finding.records, 100U);

    request = export_request(test, "calls.tar");
    request.kinds = {RecordKind::Call};
    request.with_sealed = true;
    report = must(test.store->evidence().export_bundle(request));
    EXPECT_EQ(report.counts.at("CALL"), 134);
    finding = check(request.out);
    EXPECT_EQ(finding.verdict, BundleVerdict::Ok) << finding.why;
    EXPECT_EQ(finding.sealed, 134U);
    EXPECT_EQ(finding.erased, 0U);

    request = export_request(test, "nothing");
    request.from = at(1'000'000);
    request.to = at(1'000'001);
    EXPECT_EQ(must(test.store->evidence().export_bundle(request)).records, 0);
    EXPECT_EQ(check(request.out).verdict, BundleVerdict::Ok);
    EXPECT_EQ(test.store->evidence().export_bundle(request).error().code, Errc::Conflict);
}

TEST(EvidenceLog, RemembersWhoExported) {
    TestStore test;
    append_packs(test, 1);
    export_all(test);
    EXPECT_EQ(leaves_of(test).back().kind, RecordKind::Access);
    EXPECT_NE(leaves_of(test).back().record.find("\"actor\":\"anna\""), std::string::npos);
}

}  // namespace
}  // namespace bellwether::store::test
