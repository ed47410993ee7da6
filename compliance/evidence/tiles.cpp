#include "compliance/evidence/tiles.h"

#include <algorithm>
#include <span>
#include <utility>

namespace bellwether::compliance::evidence {

namespace {

/// The root of a full subtree, from its 2^k hashes.
Hash folded(std::span<const Hash> hashes) {
    Frontier frontier;
    for (const Hash& hash : hashes) frontier.append(hash);
    return frontier.root();
}

std::string three_digits(std::uint64_t number) {
    std::string text = std::to_string(number);
    return std::string(3 - text.size(), '0') + text;
}

}  // namespace

std::string tile_path(unsigned level, std::uint64_t index, std::size_t width) {
    std::string number = three_digits(index % 1000);
    for (std::uint64_t rest = index / 1000; rest > 0; rest /= 1000)
        number = "x" + three_digits(rest % 1000) + "/" + number;
    std::string path = "tile/" + std::to_string(level) + "/" + number;
    if (width < kTileWidth) path += ".p/" + std::to_string(width);
    return path;
}

std::string tile_bytes(const std::vector<Hash>& hashes) {
    std::string bytes;
    bytes.reserve(hashes.size() * sizeof(Hash));
    for (const Hash& hash : hashes) bytes += bytes_of(hash);
    return bytes;
}

std::optional<std::vector<Hash>> tile_from_bytes(std::string_view bytes) {
    if (bytes.size() % sizeof(Hash) != 0 || bytes.size() > kTileWidth * sizeof(Hash))
        return std::nullopt;
    std::vector<Hash> hashes(bytes.size() / sizeof(Hash));
    for (std::size_t i = 0; i < hashes.size(); ++i)
        std::copy_n(bytes_of(bytes) + i * sizeof(Hash), sizeof(Hash), hashes[i].begin());
    return hashes;
}

NodeSource nodes_of(TileSource tiles) {
    return [tiles = std::move(tiles)](unsigned level, std::uint64_t index) -> Result<Hash> {
        const unsigned within = level % kTileHeight;  // 2^within hashes of the tile make the node
        const std::uint64_t first = index << within;
        const std::size_t offset = first % kTileWidth;
        const std::size_t count = std::size_t{1} << within;
        const auto hashes = tiles(level / kTileHeight, first / kTileWidth, offset + count);
        if (!hashes) return tl::unexpected(hashes.error());
        return folded(std::span{*hashes}.subspan(offset, count));
    };
}

Result<TileBuilder> TileBuilder::resume(std::uint64_t size, const TileSource& tiles) {
    TileBuilder builder;
    builder.size_ = size;
    std::uint64_t entries = size;
    for (unsigned level = 0; entries > 0; ++level, entries >>= kTileHeight) {
        auto& edge = builder.edge_.emplace_back();
        const std::size_t width = entries % kTileWidth;
        if (width == 0) continue;
        auto hashes = tiles(level, entries / kTileWidth, width);
        if (!hashes) return tl::unexpected(hashes.error());
        hashes->resize(width);
        edge = *std::move(hashes);
    }
    return builder;
}

void TileBuilder::append(const Hash& leaf) {
    Hash hash = leaf;
    std::uint64_t index = size_++ / kTileWidth;
    for (unsigned level = 0;; ++level, index /= kTileWidth) {
        if (level == edge_.size()) edge_.emplace_back();
        auto& edge = edge_[level];
        edge.push_back(hash);
        if (edge.size() < kTileWidth) return;
        hash = folded(edge);
        full_.push_back({level, index, std::move(edge)});
        edge_[level].clear();
    }
}

Frontier TileBuilder::frontier() const {
    Frontier frontier;
    for (auto level = static_cast<unsigned>(edge_.size()); level-- > 0;) {
        for (const Hash& hash : edge_[level]) frontier.append_subtree(level * kTileHeight, hash);
    }
    return frontier;
}

std::vector<Tile> TileBuilder::take_full() { return std::exchange(full_, {}); }

std::vector<Tile> TileBuilder::partial_tiles() const {
    std::vector<Tile> tiles;
    for (unsigned level = 0; level < edge_.size(); ++level) {
        const std::uint64_t entries = size_ >> (level * kTileHeight);
        if (!edge_[level].empty()) tiles.push_back({level, entries / kTileWidth, edge_[level]});
    }
    return tiles;
}

}  // namespace bellwether::compliance::evidence
