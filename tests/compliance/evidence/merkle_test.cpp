#include "compliance/evidence/merkle.h"

#include <gtest/gtest.h>

#include "tests/compliance/evidence/reference.h"

namespace bellwether::compliance::evidence {
namespace {

using test::leaves;
using test::nodes_from;
using test::root_of;

constexpr std::size_t kLeaves = 300;

Hash hash_of_hex(std::string_view text) { return hash_from_hex(text).value(); }

TEST(Merkle, HasTheRootOfTheSharedTestVectors) {
    Frontier frontier;
    for (const std::string_view hex : test::kCtLeaves) {
        std::string bytes;
        for (std::size_t i = 0; i < hex.size(); i += 2)
            bytes += static_cast<char>(std::stoi(std::string{hex.substr(i, 2)}, nullptr, 16));
        frontier.append(leaf_hash(bytes));
    }
    EXPECT_EQ(to_hex(frontier.root()), test::kCtRoot);
}

TEST(Merkle, HasTheRootsOfTheReference) {
    Frontier frontier;
    const auto all = leaves(kLeaves);
    for (std::size_t size = 0; size <= kLeaves; ++size) {
        EXPECT_EQ(to_hex(frontier.root()).substr(0, 16), test::kRoots.at(size)) << size;
        if (size < kLeaves) frontier.append(all[size]);
    }
}

TEST(Merkle, ProvesAsTheReferenceDoes) {
    const auto all = leaves(kLeaves);
    for (const auto& row : test::kInclusion) {
        const auto proof = inclusion_proof(row.first, row.size, nodes_from(all));
        EXPECT_EQ(test::hexes(proof.value()), row.hashes) << row.first << " in " << row.size;
    }
    for (const auto& row : test::kConsistency) {
        const auto proof = consistency_proof(row.first, row.size, nodes_from(all));
        EXPECT_EQ(test::hexes(proof.value()), row.hashes) << row.first << " to " << row.size;
    }
}

TEST(Merkle, AcceptsTheReferencesProofsAndNoOther) {
    const auto all = leaves(kLeaves);
    for (const auto& row : test::kInclusion) {
        std::vector<Hash> proof;
        for (const auto& hex : row.hashes) proof.push_back(hash_of_hex(hex));
        const Hash root = root_of(all, row.size);
        EXPECT_TRUE(verify_inclusion(all[row.first], row.first, row.size, root, proof));
        proof.push_back(Hash{});
        EXPECT_FALSE(verify_inclusion(all[row.first], row.first, row.size, root, proof));
    }
}

class EverySize : public testing::TestWithParam<int> {};

/// Sizes 1..300 in tenths, so that each test is short.
TEST_P(EverySize, ProvesEachLeafAndEachBeginning) {
    const auto all = leaves(kLeaves);
    const auto nodes = nodes_from(all);
    std::vector<Hash> roots;
    for (std::size_t size = 0; size <= kLeaves; ++size) roots.push_back(root_of(all, size));
    for (auto size = static_cast<std::uint64_t>(GetParam()); size <= kLeaves; size += 10) {
        const Hash root = roots[size];
        for (std::uint64_t at = 0; at < size; ++at) {
            const auto proof = inclusion_proof(at, size, nodes).value();
            EXPECT_TRUE(verify_inclusion(all[at], at, size, root, proof)) << at << "/" << size;
            const std::uint64_t other = (at + 1) % size;
            EXPECT_TRUE(size == 1 || !verify_inclusion(all[at], other, size, root, proof));
            EXPECT_TRUE(size == 1 || !verify_inclusion(all[other], at, size, root, proof));
        }
        for (std::uint64_t first = 0; first <= size; ++first) {
            const Hash before = roots[first];
            const auto proof = consistency_proof(first, size, nodes).value();
            EXPECT_TRUE(verify_consistency(first, before, size, root, proof)) << first;
            EXPECT_FALSE(verify_consistency(first, sha256("other"), size, root, proof)) << first;
            EXPECT_TRUE(first == 0 ||
                        !verify_consistency(first, before, size, sha256("other"), proof));
        }
    }
}
INSTANTIATE_TEST_SUITE_P(Merkle, EverySize, testing::Range(1, 11));

TEST(Merkle, TellsTheRootFromAnyRangeAndWhatStandsBeside) {
    const auto all = leaves(70);
    const auto nodes = nodes_from(all);
    for (std::uint64_t size : {1U, 2U, 63U, 64U, 70U}) {
        for (std::uint64_t first = 0; first <= size; ++first) {
            const std::uint64_t end = first + (size - first) / 2;
            Frontier frontier;
            const auto add = [&](std::uint64_t from, std::uint64_t to) {
                const auto levels = range_levels(from, to);
                const auto hashes = range_hashes(from, to, nodes).value();
                ASSERT_EQ(levels.size(), hashes.size());
                for (std::size_t i = 0; i < levels.size(); ++i)
                    frontier.append_subtree(levels[i], hashes[i]);
            };
            add(0, first);
            for (std::uint64_t i = first; i < end; ++i) frontier.append(all[i]);
            add(end, size);
            EXPECT_EQ(frontier.root(), root_of(all, size)) << first << ".." << end << "/" << size;
        }
    }
}

TEST(Merkle, GoesOnFromAStoredEdge) {
    const auto all = leaves(100);
    Frontier frontier;
    for (std::size_t i = 0; i < 77; ++i) frontier.append(all[i]);
    auto again = Frontier::of(77, frontier.peaks());
    ASSERT_TRUE(again);
    for (std::size_t i = 77; i < 100; ++i) again->append(all[i]);
    EXPECT_EQ(again->root(), root_of(all, 100));
    EXPECT_FALSE(Frontier::of(78, {})) << "four hashes must stand there";
}

TEST(Merkle, PassesOnWhatHindersTheReader) {
    const NodeSource broken = [](unsigned, std::uint64_t) -> Result<Hash> {
        return fail(Errc::Corrupt, "damaged");
    };
    EXPECT_EQ(inclusion_proof(3, 9, broken).error().code, Errc::Corrupt);
    EXPECT_EQ(consistency_proof(3, 9, broken).error().code, Errc::Corrupt);
}

}  // namespace
}  // namespace bellwether::compliance::evidence
