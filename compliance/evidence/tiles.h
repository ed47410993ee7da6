#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "compliance/evidence/hash.h"
#include "compliance/evidence/merkle.h"

// The tree as static files: C2SP tlog-tiles (https://c2sp.org/tlog-tiles). A tile of level L and
// index N holds up to 256 hashes: those of the subtrees of 256^L leaves from N * 256^(L+1) on.

namespace bellwether::compliance::evidence {

inline constexpr unsigned kTileHeight = 8;
inline constexpr std::size_t kTileWidth = 256;

struct Tile {
    unsigned level = 0;
    std::uint64_t index = 0;
    std::vector<Hash> hashes;  ///< 1 .. kTileWidth

    [[nodiscard]] bool is_full() const { return hashes.size() == kTileWidth; }
    friend bool operator==(const Tile&, const Tile&) = default;
};

/// "tile/0/x001/x234/067", and "….p/112" for one that holds 112 of 256 hashes.
[[nodiscard]] std::string tile_path(unsigned level, std::uint64_t index, std::size_t width);

/// The hashes of a tile, one after another, and back. None: not a whole number of hashes, or too
/// many.
[[nodiscard]] std::string tile_bytes(const std::vector<Hash>& hashes);
[[nodiscard]] std::optional<std::vector<Hash>> tile_from_bytes(std::string_view bytes);

/// Gives the hashes of a tile, at least the first `width`. Errors end the question.
using TileSource = std::function<Result<std::vector<Hash>>(unsigned level, std::uint64_t index,
                                                           std::size_t width)>;

/// Nodes of a tree out of its tiles.
[[nodiscard]] NodeSource nodes_of(TileSource tiles);

/// A tree that grows leaf by leaf and gives out each tile as it becomes full.
class TileBuilder {
public:
    /// Goes on with a tree whose tiles are there. Errors: those of `tiles`.
    [[nodiscard]] static Result<TileBuilder> resume(std::uint64_t size, const TileSource& tiles);

    void append(const Hash& leaf);

    [[nodiscard]] std::uint64_t size() const { return size_; }
    [[nodiscard]] Hash root() const { return frontier().root(); }
    [[nodiscard]] Frontier frontier() const;
    [[nodiscard]] std::vector<Tile> take_full();            ///< since the last call, in their order
    [[nodiscard]] std::vector<Tile> partial_tiles() const;  ///< the right edge, as it stands

private:
    std::uint64_t size_ = 0;
    std::vector<std::vector<Hash>> edge_;  ///< by level: the open tile's hashes, below kTileWidth
    std::vector<Tile> full_;
};

}  // namespace bellwether::compliance::evidence
