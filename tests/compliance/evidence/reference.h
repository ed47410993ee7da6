#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/check.h"
#include "compliance/evidence/hash.h"
#include "compliance/evidence/merkle.h"

// Expected values from scripts/reference/evidence.py, and the tree they are about.

namespace bellwether::compliance::evidence::test {

struct ProofRow {
    std::uint64_t first;
    std::uint64_t size;
    std::vector<std::string> hashes;  ///< hex
};

#include "tests/compliance/evidence/reference.inc"

/// "record 0", "record 1", ...
inline std::vector<Hash> leaves(std::size_t count) {
    std::vector<Hash> all;
    for (std::size_t i = 0; i < count; ++i) all.push_back(leaf_hash("record " + std::to_string(i)));
    return all;
}

/// The full subtrees over these leaves.
inline NodeSource nodes_from(const std::vector<Hash>& all) {
    std::vector<std::vector<Hash>> levels{all};
    while (levels.back().size() > 1) {
        const std::vector<Hash>& below = levels.back();
        std::vector<Hash> level;
        for (std::size_t i = 0; i + 1 < below.size(); i += 2)
            level.push_back(node_hash(below[i], below[i + 1]));
        levels.push_back(std::move(level));
    }
    return [levels = std::move(levels)](unsigned level, std::uint64_t index) -> Result<Hash> {
        // Beyond: asked for a subtree that is not full.
        BW_CHECK(level < levels.size() && index < levels[level].size());
        return levels[level][index];
    };
}

inline Hash root_of(const std::vector<Hash>& all, std::size_t size) {
    Frontier frontier;
    for (std::size_t i = 0; i < size; ++i) frontier.append(all[i]);
    return frontier.root();
}

inline std::vector<std::string> hexes(const std::vector<Hash>& hashes) {
    std::vector<std::string> texts;
    for (const Hash& hash : hashes) texts.push_back(to_hex(hash));
    return texts;
}

}  // namespace bellwether::compliance::evidence::test
