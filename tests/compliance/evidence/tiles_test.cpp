#include "compliance/evidence/tiles.h"

#include <gtest/gtest.h>

#include <map>

#include "tests/compliance/evidence/reference.h"

namespace bellwether::compliance::evidence {
namespace {

// The examples of c2sp.org/tlog-tiles.
TEST(Tiles, HaveThePathsOfTheSpecification) {
    EXPECT_EQ(tile_path(0, 1'234'067, 256), "tile/0/x001/x234/067");
    EXPECT_EQ(tile_path(0, 273, 256), "tile/0/273");
    EXPECT_EQ(tile_path(1, 1, 17), "tile/1/001.p/17");
    EXPECT_EQ(tile_path(2, 0, 1), "tile/2/000.p/1");
    EXPECT_EQ(tile_path(0, 1'000, 256), "tile/0/x001/000");
}

/// Tiles as a disk keeps them: full ones for good, of the others the newest.
class Shelf {
public:
    void put(TileBuilder& builder) {
        for (const Tile& tile : builder.take_full()) tiles_[{tile.level, tile.index}] = tile.hashes;
        for (const Tile& tile : builder.partial_tiles())
            tiles_[{tile.level, tile.index}] = tile.hashes;
    }
    TileSource source() const {
        return [this](unsigned level, std::uint64_t index,
                      std::size_t width) -> Result<std::vector<Hash>> {
            const auto found = tiles_.find({level, index});
            if (found == tiles_.end() || found->second.size() < width)
                return fail(Errc::NotFound, "no such tile");
            return found->second;
        };
    }
    std::size_t size() const { return tiles_.size(); }

private:
    std::map<std::pair<unsigned, std::uint64_t>, std::vector<Hash>> tiles_;
};

TEST(Tiles, GiveBackTheTreeAtEverySize) {
    constexpr std::size_t kLeaves = 66'200;  // beyond 256^2: three levels
    TileBuilder builder;
    Frontier frontier;
    Shelf shelf;
    for (std::size_t i = 0; i < kLeaves; ++i) {
        const Hash leaf = leaf_hash(std::to_string(i));
        builder.append(leaf);
        frontier.append(leaf);
        const bool look = i % 4'999 == 0 || i % 256 > 253 || i > kLeaves - 3;
        if (!look) continue;
        shelf.put(builder);
        ASSERT_EQ(builder.frontier(), frontier) << i;
        const auto resumed = TileBuilder::resume(i + 1, shelf.source());
        ASSERT_TRUE(resumed) << i;
        ASSERT_EQ(resumed->frontier(), frontier) << i;
    }
    EXPECT_EQ(shelf.size(), 259U + 2 + 1);  // by level; the last of each is open
    const auto nodes = nodes_of(shelf.source());
    for (const std::uint64_t at : {0U, 255U, 256U, 65'535U, 65'536U, 66'199U}) {
        const auto proof = inclusion_proof(at, kLeaves, nodes);
        ASSERT_TRUE(proof) << at;
        EXPECT_TRUE(
            verify_inclusion(leaf_hash(std::to_string(at)), at, kLeaves, frontier.root(), *proof));
    }
}

TEST(Tiles, AreReadAsWholeHashesAlone) {
    const auto hashes = test::leaves(3);
    EXPECT_EQ(tile_from_bytes(tile_bytes(hashes)), hashes);
    EXPECT_FALSE(tile_from_bytes("short"));
    EXPECT_FALSE(tile_from_bytes(std::string(257 * 32, 'x')));
}

TEST(Tiles, CannotBeResumedWithoutTheirEdge) {
    EXPECT_EQ(TileBuilder::resume(300, Shelf{}.source()).error().code, Errc::NotFound);
    EXPECT_TRUE(TileBuilder::resume(0, Shelf{}.source()));
}

}  // namespace
}  // namespace bellwether::compliance::evidence
