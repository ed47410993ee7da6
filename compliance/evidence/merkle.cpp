#include "compliance/evidence/merkle.h"

#include <algorithm>
#include <bit>
#include <utility>

#include "base/check.h"

namespace bellwether::compliance::evidence {

namespace {

/// The largest power of two below `count`, which is above 1: where RFC 9162 splits a tree.
std::uint64_t split_of(std::uint64_t count) { return std::bit_floor(count - 1); }

/// MTH of the leaves from `first` to before `end`, which begin at a split.
Result<Hash> range_root(std::uint64_t first, std::uint64_t end, const NodeSource& nodes) {
    const std::uint64_t count = end - first;
    if (std::has_single_bit(count)) {
        const auto level = static_cast<unsigned>(std::countr_zero(count));
        return nodes(level, first >> level);
    }
    const std::uint64_t middle = first + split_of(count);
    const auto left = range_root(first, middle, nodes);
    if (!left) return left;
    const auto right = range_root(middle, end, nodes);
    if (!right) return right;
    return node_hash(*left, *right);
}

Result<void> add_root(std::uint64_t first, std::uint64_t end, const NodeSource& nodes,
                      std::vector<Hash>& proof) {
    const auto root = range_root(first, end, nodes);
    if (!root) return tl::unexpected(root.error());
    proof.push_back(*root);
    return {};
}

}  // namespace

std::optional<Frontier> Frontier::of(std::uint64_t size, std::vector<Hash> peaks) {
    if (static_cast<std::size_t>(std::popcount(size)) != peaks.size()) return std::nullopt;
    Frontier frontier;
    frontier.size_ = size;
    frontier.peaks_ = std::move(peaks);
    return frontier;
}

void Frontier::append_subtree(unsigned level, const Hash& hash) {
    const std::uint64_t leaves = std::uint64_t{1} << level;
    BW_CHECK(size_ % leaves == 0);
    Hash merged = hash;
    for (std::uint64_t bit = leaves; (size_ & bit) != 0; bit <<= 1U) {
        merged = node_hash(peaks_.back(), merged);
        peaks_.pop_back();
    }
    peaks_.push_back(merged);
    size_ += leaves;
}

Hash Frontier::root() const {
    if (peaks_.empty()) return sha256({});
    Hash root = peaks_.back();
    for (auto peak = peaks_.rbegin() + 1; peak != peaks_.rend(); ++peak) {
        root = node_hash(*peak, root);
    }
    return root;
}

Result<std::vector<Hash>> inclusion_proof(std::uint64_t index, std::uint64_t size,
                                          const NodeSource& nodes) {
    BW_CHECK(index < size);
    std::vector<Hash> proof;
    std::uint64_t first = 0;
    std::uint64_t end = size;
    while (end - first > 1) {
        const std::uint64_t middle = first + split_of(end - first);
        const bool in_left = index < middle;
        const auto added =
            in_left ? add_root(middle, end, nodes, proof) : add_root(first, middle, nodes, proof);
        if (!added) return tl::unexpected(added.error());
        (in_left ? end : first) = middle;
    }
    std::reverse(proof.begin(), proof.end());
    return proof;
}

Result<std::vector<Hash>> consistency_proof(std::uint64_t first, std::uint64_t size,
                                            const NodeSource& nodes) {
    BW_CHECK(first <= size);
    std::vector<Hash> proof;
    if (first == 0 || first == size) return proof;
    // Down to the subtree whose last leaf is that of the first tree, noting what hangs beside.
    std::uint64_t begin = 0;
    std::uint64_t end = size;
    while (end != first) {
        const std::uint64_t middle = begin + split_of(end - begin);
        const bool in_left = first <= middle;
        const auto added =
            in_left ? add_root(middle, end, nodes, proof) : add_root(begin, middle, nodes, proof);
        if (!added) return tl::unexpected(added.error());
        (in_left ? end : begin) = middle;
    }
    // The verifier has that subtree already where it is the whole first tree.
    if (begin != 0) {
        const auto added = add_root(begin, end, nodes, proof);
        if (!added) return tl::unexpected(added.error());
    }
    std::reverse(proof.begin(), proof.end());
    return proof;
}

std::vector<unsigned> range_levels(std::uint64_t first, std::uint64_t end) {
    BW_CHECK(first <= end);
    std::vector<unsigned> levels;
    while (first < end) {
        const auto fits = static_cast<unsigned>(std::bit_width(end - first)) - 1;
        const auto aligned = first == 0 ? fits : static_cast<unsigned>(std::countr_zero(first));
        levels.push_back(std::min(fits, aligned));
        first += std::uint64_t{1} << levels.back();
    }
    return levels;
}

Result<std::vector<Hash>> range_hashes(std::uint64_t first, std::uint64_t end,
                                       const NodeSource& nodes) {
    std::vector<Hash> hashes;
    for (const unsigned level : range_levels(first, end)) {
        const auto hash = nodes(level, first >> level);
        if (!hash) return tl::unexpected(hash.error());
        hashes.push_back(*hash);
        first += std::uint64_t{1} << level;
    }
    return hashes;
}

bool verify_inclusion(const Hash& leaf, std::uint64_t index, std::uint64_t size, const Hash& root,
                      std::span<const Hash> proof) {
    if (index >= size) return false;
    std::uint64_t fn = index;  // fn, sn: the names of RFC 9162 §2.1.3.2
    std::uint64_t sn = size - 1;
    Hash hash = leaf;
    for (const Hash& sibling : proof) {
        if (sn == 0) return false;
        if ((fn & 1U) != 0 || fn == sn) {
            hash = node_hash(sibling, hash);
            while ((fn & 1U) == 0 && fn != 0) {
                fn >>= 1U;
                sn >>= 1U;
            }
        } else {
            hash = node_hash(hash, sibling);
        }
        fn >>= 1U;
        sn >>= 1U;
    }
    return sn == 0 && hash == root;
}

bool verify_consistency(std::uint64_t first, const Hash& first_root, std::uint64_t size,
                        const Hash& root, std::span<const Hash> proof) {
    if (first > size) return false;
    if (first == size) return proof.empty() && first_root == root;
    if (first == 0) return proof.empty() && first_root == sha256({});
    std::uint64_t fn = first - 1;  // fn, sn, fr, sr: the names of RFC 9162 §2.1.4.2
    std::uint64_t sn = size - 1;
    while ((fn & 1U) != 0) {
        fn >>= 1U;
        sn >>= 1U;
    }
    const bool whole = std::has_single_bit(first);  // then the proof begins with the first tree
    if (!whole && proof.empty()) return false;
    Hash fr = whole ? first_root : proof.front();
    Hash sr = fr;
    for (const Hash& sibling : whole ? proof : proof.subspan(1)) {
        if (sn == 0) return false;
        if ((fn & 1U) != 0 || fn == sn) {
            fr = node_hash(sibling, fr);
            sr = node_hash(sibling, sr);
            while ((fn & 1U) == 0 && fn != 0) {
                fn >>= 1U;
                sn >>= 1U;
            }
        } else {
            sr = node_hash(sr, sibling);
        }
        fn >>= 1U;
        sn >>= 1U;
    }
    return sn == 0 && fr == first_root && sr == root;
}

}  // namespace bellwether::compliance::evidence
