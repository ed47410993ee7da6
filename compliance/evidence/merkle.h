#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "base/result.h"
#include "compliance/evidence/hash.h"

// The Merkle tree of RFC 9162 §2.1 (the same as RFC 6962): `size` leaves in their order, numbered
// from 0. A subtree of `level` l at `index` i holds the 2^l leaves from i * 2^l on.

namespace bellwether::compliance::evidence {

/// The right edge of a growing tree: all that is needed to add leaves and to tell the root. At most
/// 64 hashes.
class Frontier {
public:
    Frontier() = default;  ///< of the empty tree
    /// Of a tree whose full subtrees, from the largest to the smallest, are `peaks`. None: their
    /// count is not that of the bits of `size`.
    [[nodiscard]] static std::optional<Frontier> of(std::uint64_t size, std::vector<Hash> peaks);

    void append(const Hash& leaf) { append_subtree(0, leaf); }
    /// Adds 2^level leaves at once. Checked: size() is a multiple of 2^level.
    void append_subtree(unsigned level, const Hash& hash);

    [[nodiscard]] std::uint64_t size() const { return size_; }
    [[nodiscard]] const std::vector<Hash>& peaks() const { return peaks_; }
    [[nodiscard]] Hash root() const;  ///< of the empty tree: the hash of nothing

    friend bool operator==(const Frontier&, const Frontier&) = default;

private:
    std::uint64_t size_ = 0;
    std::vector<Hash> peaks_;  ///< one for each 1 bit of size_, the largest first
};

/// Gives the hash of a subtree that is full. Called only for subtrees within the tree.
using NodeSource = std::function<Result<Hash>(unsigned level, std::uint64_t index)>;

/// RFC 9162 §2.1.3.1: what proves that leaf `index` is in the tree of `size`. Errors: those of
/// `nodes`. Checked: index < size.
[[nodiscard]] Result<std::vector<Hash>> inclusion_proof(std::uint64_t index, std::uint64_t size,
                                                        const NodeSource& nodes);

/// RFC 9162 §2.1.4.1: what proves that the tree of `size` begins with the tree of `first`. Empty
/// where first is 0 or size. Checked: first <= size.
[[nodiscard]] Result<std::vector<Hash>> consistency_proof(std::uint64_t first, std::uint64_t size,
                                                          const NodeSource& nodes);

/// The full subtrees that the leaves from `first` to before `end` fall into, in their order: what a
/// reader needs beside his own leaves to tell the root. Checked: first <= end.
[[nodiscard]] Result<std::vector<Hash>> range_hashes(std::uint64_t first, std::uint64_t end,
                                                     const NodeSource& nodes);
/// The levels of those subtrees.
[[nodiscard]] std::vector<unsigned> range_levels(std::uint64_t first, std::uint64_t end);

/// RFC 9162 §2.1.3.2.
[[nodiscard]] bool verify_inclusion(const Hash& leaf, std::uint64_t index, std::uint64_t size,
                                    const Hash& root, std::span<const Hash> proof);

/// RFC 9162 §2.1.4.2; and a tree of 0 leaves is the beginning of each.
[[nodiscard]] bool verify_consistency(std::uint64_t first, const Hash& first_root,
                                      std::uint64_t size, const Hash& root,
                                      std::span<const Hash> proof);

}  // namespace bellwether::compliance::evidence
