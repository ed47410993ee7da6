#include "compliance/evidence/bundle_check.h"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

#include "tests/compliance/evidence/test_bundle.h"

namespace bellwether::compliance::evidence {
namespace {

using test::Files;
using test::make_bundle;
using test::Tamper;
using test::whole_plan;
using Verdict = BundleVerdict;

Finding check(const Files& files, const CheckOptions& options = {}) {
    return check_bundle(test::reader_of(files), options);
}

class Tampering : public testing::TestWithParam<Tamper> {};

TEST_P(Tampering, IsNamed) {
    Files files = make_bundle(whole_plan());
    GetParam().change(files);
    const Finding found = check(files);
    EXPECT_EQ(name_of(found.verdict), name_of(GetParam().verdict)) << found.why;
    EXPECT_EQ(found.seq, GetParam().seq) << found.why;
    EXPECT_EQ(found.file, GetParam().file) << found.why;
    EXPECT_FALSE(found.why.empty());
}
INSTANTIATE_TEST_SUITE_P(BundleCheck, Tampering, testing::ValuesIn(test::tampers()),
                         [](const auto& tamper) { return tamper.param.name; });

TEST(BundleCheck, VerifiesWhatAnotherProgramMade) {
    const std::string folder =
        std::string{BELLWETHER_SOURCE_DIR} + "/tests/compliance/evidence/golden/";
    const BundleReader read = [&](const std::string& name) -> std::optional<std::string> {
        std::ifstream stream{folder + name, std::ios::binary};
        if (!stream) return std::nullopt;
        return std::string{std::istreambuf_iterator<char>{stream}, {}};
    };
    const Finding found = check_bundle(read, {});
    EXPECT_EQ(found.verdict, Verdict::Ok) << found.file << ": " << found.why;
    EXPECT_EQ(found.records, 9U);
    EXPECT_EQ(found.log_size, 20U);
    EXPECT_EQ(found.sealed, 1U);
    EXPECT_EQ(found.erased, 0U);
}

TEST(BundleCheck, CatchesADroppedTailByAnEarlierCheckpoint) {
    const auto records = test::call_records(300);
    auto plan = whole_plan(250);  // signed anew by the same key
    const Files files = make_bundle(plan);
    EXPECT_EQ(check(files).verdict, Verdict::Ok) << "by itself nothing is wrong with it";
    const Finding found = check(files, {.key = "", .earlier = {test::note_of(records, 300)}});
    EXPECT_EQ(found.verdict, Verdict::Truncated);
    EXPECT_EQ(found.seq, 250U);
    EXPECT_EQ(check(files, {.key = "", .earlier = {test::note_of(records, 200)}}).verdict,
              Verdict::Ok);
}

TEST(BundleCheck, CatchesATailThatWasWrittenAnew) {
    const auto before = test::call_records(200);
    auto plan = whole_plan();
    plan.records[150] = R"({"at":1,"kind":"CALL","seq":150})";
    plan.checkpoints = {};
    const Finding found =
        check(make_bundle(plan), {.key = "", .earlier = {test::note_of(before, 200)}});
    EXPECT_EQ(found.verdict, Verdict::Inconsistent);
}

TEST(BundleCheck, BelievesTheKeyItIsGiven) {
    auto plan = whole_plan();
    plan.by_another = true;
    const Files files = make_bundle(plan);
    EXPECT_EQ(check(files).verdict, Verdict::Ok);
    EXPECT_FALSE(check(files).is_key_own);
    const std::string ours = to_text(test::bundle_key().verifier());
    EXPECT_EQ(check(files, {.key = ours, .earlier = {}}).verdict, Verdict::BadSignature);
    EXPECT_TRUE(check(make_bundle(whole_plan()), {.key = ours, .earlier = {}}).is_key_own);
}

TEST(BundleCheck, VerifiesPartsOfALog) {
    for (const auto& [first, end] :
         {std::pair{0, 0}, {0, 10}, {7, 9}, {255, 300}, {299, 300}, {300, 300}, {128, 256}}) {
        auto plan = whole_plan();
        plan.first = static_cast<std::uint64_t>(first);
        plan.end = static_cast<std::uint64_t>(end);
        plan.checkpoints = {1, 5, 128, 256, 300};
        Finding found = check(make_bundle(plan));
        EXPECT_EQ(found.verdict, Verdict::Ok) << first << ".." << end << found.why;
        found =
            check(make_bundle(plan), {.key = "", .earlier = {test::note_of(plan.records, 128)}});
        EXPECT_EQ(found.verdict, Verdict::Ok) << "the history holds it";
        found = check(make_bundle(plan), {.key = "", .earlier = {test::note_of(plan.records, 50)}});
        EXPECT_TRUE(found.verdict == Verdict::Ok || found.verdict == Verdict::Inconclusive);
    }
}

TEST(BundleCheck, VerifiesChosenRecords) {
    auto plan = whole_plan();
    plan.first = 10;
    plan.end = 31;
    plan.selected = {10, 12, 30};
    Files files = make_bundle(plan);
    EXPECT_EQ(check(files).verdict, Verdict::Ok);
    EXPECT_EQ(check(files).records, 3U);
    auto& records = files[bundle_file::kRecords];
    records = test::with_line(records, 1, [](const std::string&) { return std::string{}; });
    EXPECT_EQ(check(files).verdict, Verdict::Missing);
    EXPECT_EQ(check(files).seq, 12U);
    files = make_bundle(plan);
    files[bundle_file::kSelected] = "10\n30\n";
    EXPECT_EQ(check(files).verdict, Verdict::Altered) << "the list itself was signed";
}

TEST(BundleCheck, VerifiesThoughAPersonWasErased) {
    auto plan = whole_plan();
    const std::string sealed = "sealed bytes";
    plan.records = test::call_records(300, sealed);
    plan.extra[bundle_file::kPersonal] =
        encode(Object{{"seq", 2}, {"sealed", to_base64(sealed)}}) + "\n";
    EXPECT_EQ(check(make_bundle(plan)).verdict, Verdict::Ok);
    EXPECT_EQ(check(make_bundle(plan)).erased, 0U);

    plan.extra[bundle_file::kPersonal] = "";
    const Finding found = check(make_bundle(plan));
    EXPECT_EQ(found.verdict, Verdict::Ok);
    EXPECT_EQ(found.sealed, 1U);
    EXPECT_EQ(found.erased, 1U);

    plan.extra[bundle_file::kPersonal] =
        encode(Object{{"seq", 2}, {"sealed", to_base64("other bytes")}}) + "\n";
    EXPECT_EQ(check(make_bundle(plan)).verdict, Verdict::Altered);
    EXPECT_EQ(check(make_bundle(plan)).seq, 2U);
}

TEST(BundleCheck, NeverTakesAnEmptyBundleForAGoodOne) { EXPECT_NE(check({}).verdict, Verdict::Ok); }

std::string proof_of(std::size_t seq, const std::string& record) {
    const auto records = test::call_records(300);
    std::vector<Hash> all;
    for (const auto& one : records) all.push_back(leaf_hash(one));
    Array hashes;
    const auto path = inclusion_proof(seq, 300, test::nodes_from(all)).value();
    for (const Hash& hash : path) hashes.emplace_back(to_hex(hash));
    return encode(Object{{"record", record},
                         {"seq", seq},
                         {"proof", std::move(hashes)},
                         {"checkpoint", test::note_of(records, 300)},
                         {"key", to_text(test::bundle_key().verifier())}});
}

TEST(ProofCheck, AcceptsTheRecordAtItsPlaceAlone) {
    const auto records = test::call_records(300);
    EXPECT_EQ(check_proof(proof_of(123, records[123]), {}).verdict, Verdict::Ok);
    EXPECT_EQ(check_proof(proof_of(123, records[124]), {}).verdict, Verdict::Altered);
    EXPECT_EQ(check_proof("{}", {}).verdict, Verdict::BadBundle);
    const std::string other = to_text(test::bundle_key(1).verifier());
    EXPECT_EQ(check_proof(proof_of(123, records[123]), {.key = other, .earlier = {}}).verdict,
              Verdict::BadSignature);
}

}  // namespace
}  // namespace bellwether::compliance::evidence
