#include "compliance/evidence/bundle.h"

#include <chrono>
#include <optional>
#include <utility>

namespace bellwether::compliance::evidence {

namespace {

Array hashes_value(const std::vector<Hash>& hashes) {
    Array array;
    for (const Hash& hash : hashes) array.emplace_back(to_hex(hash));
    return array;
}

std::optional<std::vector<Hash>> read_hashes(const Value& value) {
    std::vector<Hash> hashes;
    if (value.array() == nullptr) return std::nullopt;
    for (const Value& item : *value.array()) {
        const auto hash = item.text() == nullptr ? std::nullopt : hash_from_hex(*item.text());
        if (!hash) return std::nullopt;
        hashes.push_back(*hash);
    }
    return hashes;
}

/// A count that is not negative; none: absent or another kind.
std::optional<std::uint64_t> read_count(const Value& value) {
    if (value.integer() == nullptr || *value.integer() < 0) return std::nullopt;
    return static_cast<std::uint64_t>(*value.integer());
}

Value log_value(const Checkpoint& log) {
    return Object{{"origin", log.origin}, {"size", log.size}, {"root", to_hex(log.root)}};
}

std::optional<Checkpoint> read_log(const Value& value) {
    const auto size = read_count(value["size"]);
    const auto root = hash_from_hex(value.text_or("root", ""));
    if (!size || !root) return std::nullopt;
    return Checkpoint{value.text_or("origin", ""), *size, *root};
}

std::optional<std::map<std::string, BundleFile>> read_files(const Value& value) {
    std::map<std::string, BundleFile> files;
    if (value.object() == nullptr) return std::nullopt;
    for (const auto& [name, entry] : *value.object()) {
        const auto bytes = read_count(entry["bytes"]);
        const auto hash = hash_from_hex(entry.text_or("sha256", ""));
        if (!bytes || !hash) return std::nullopt;
        files[name] = {*bytes, *hash};
    }
    return files;
}

std::optional<std::map<std::string, std::int64_t>> read_counts(const Value& value) {
    std::map<std::string, std::int64_t> counts;
    if (value.object() == nullptr) return std::nullopt;
    for (const auto& [kind, count] : *value.object()) {
        if (count.integer() == nullptr) return std::nullopt;
        counts[kind] = *count.integer();
    }
    return counts;
}

}  // namespace

std::string to_text(const Manifest& manifest) {
    Object files;
    for (const auto& [name, file] : manifest.files)
        files[name] = Object{{"bytes", file.bytes}, {"sha256", to_hex(file.hash)}};
    Object counts;
    for (const auto& [kind, count] : manifest.counts) counts[kind] = count;
    return encode(Object{{"format", kBundleFormat},
                         {"what", manifest.what},
                         {"query", manifest.query},
                         {"made_at", manifest.made.time_since_epoch().count()},
                         {"log", log_value(manifest.log)},
                         {"range", Object{{"first", manifest.first},
                                          {"end", manifest.end},
                                          {"left", hashes_value(manifest.left)},
                                          {"right", hashes_value(manifest.right)}}},
                         {"complete", manifest.is_complete},
                         {"counts", std::move(counts)},
                         {"files", std::move(files)}}) +
           "\n";
}

Result<Manifest> parse_manifest(std::string_view text) {
    const auto value = parse(text);
    if (!value) return tl::unexpected(value.error());
    if (value->text_or("format", "") != kBundleFormat)
        return fail(Errc::InvalidInput, "the manifest is of another format");
    const Value& range = (*value)["range"];
    auto log = read_log((*value)["log"]);
    const auto first = read_count(range["first"]);
    const auto end = read_count(range["end"]);
    auto left = read_hashes(range["left"]);
    auto right = read_hashes(range["right"]);
    auto counts = read_counts((*value)["counts"]);
    auto files = read_files((*value)["files"]);
    const bool* const complete = (*value)["complete"].boolean();
    if (!log || !first || !end || !left || !right || !counts || !files || complete == nullptr ||
        *first > *end || *end > log->size)
        return fail(Errc::InvalidInput, "the manifest lacks a member, or one makes no sense");
    const Object* const query = (*value)["query"].object();
    return Manifest{.what = value->text_or("what", ""),
                    .query = query == nullptr ? Object{} : *query,
                    .made = UtcMicros{std::chrono::microseconds{value->integer_or("made_at", 0)}},
                    .log = *std::move(log),
                    .first = *first,
                    .end = *end,
                    .left = *std::move(left),
                    .right = *std::move(right),
                    .is_complete = *complete,
                    .counts = *std::move(counts),
                    .files = *std::move(files)};
}

std::string to_lines(const std::vector<Hash>& hashes) {
    std::string text;
    text.reserve(hashes.size() * (2 * sizeof(Hash) + 1));
    for (const Hash& hash : hashes) text += to_hex(hash) + "\n";
    return text;
}

std::vector<std::string_view> lines_of(std::string_view text) {
    std::vector<std::string_view> lines;
    while (!text.empty()) {
        const auto end = text.find('\n');
        lines.push_back(text.substr(0, end));
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    }
    return lines;
}

}  // namespace bellwether::compliance::evidence
