#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "compliance/evidence/canonical_json.h"
#include "compliance/evidence/checkpoint.h"
#include "compliance/evidence/hash.h"
#include "compliance/evidence/records.h"

// A bundle: a stretch of the log with everything that proves it, as files of one folder or tar.
// README.md describes the files for whoever writes another verifier.

namespace bellwether::compliance::evidence {

inline constexpr std::string_view kBundleFormat = "bellwether-evidence/1";

namespace bundle_file {
inline constexpr const char* kManifest = "manifest.json";
inline constexpr const char* kManifestNote = "manifest.note";      ///< signs the manifest
inline constexpr const char* kCheckpoint = "checkpoint";           ///< the log's head, signed
inline constexpr const char* kHistory = "checkpoints.ndjson";      ///< earlier heads, one a line
inline constexpr const char* kConsistency = "consistency.ndjson";  ///< proofs for those outside
inline constexpr const char* kKey = "key.pub";               ///< to compare with your own copy
inline constexpr const char* kLeaves = "leaves.txt";         ///< one leaf hash a line, hex
inline constexpr const char* kRecords = "records.ndjson";    ///< the records, byte for byte
inline constexpr const char* kSelected = "selected.txt";     ///< seqs of the records; if not all
inline constexpr const char* kPersonal = "personal.ndjson";  ///< sealed parts that were not erased
}  // namespace bundle_file

struct BundleFile {
    std::uint64_t bytes = 0;
    Hash hash{};

    friend bool operator==(const BundleFile&, const BundleFile&) = default;
};

/// What a bundle says of itself. The leaves from `first` to before `end` are told one by one;
/// `left` and `right` are the full subtrees (merkle.h, range_hashes) before and after them.
struct Manifest {
    std::string what;  ///< all, calls, abandonment, ...
    Object query;      ///< what was asked for
    UtcMicros made;
    Checkpoint log;
    std::uint64_t first = 0;
    std::uint64_t end = 0;
    std::vector<Hash> left;
    std::vector<Hash> right;
    bool is_complete = true;  ///< records holds every leaf of the range; else see kSelected
    std::map<std::string, std::int64_t> counts;  ///< records by kind
    std::map<std::string, BundleFile> files;     ///< all but the manifest and its signature

    friend bool operator==(const Manifest&, const Manifest&) = default;
};

[[nodiscard]] std::string to_text(const Manifest& manifest);
/// Errors: InvalidInput: not a manifest of this format.
[[nodiscard]] Result<Manifest> parse_manifest(std::string_view text);

/// A line each, in lower case hex.
[[nodiscard]] std::string to_lines(const std::vector<Hash>& hashes);
/// The lines of a file; the last one needs no end.
[[nodiscard]] std::vector<std::string_view> lines_of(std::string_view text);

}  // namespace bellwether::compliance::evidence
