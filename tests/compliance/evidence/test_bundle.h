#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "compliance/evidence/bundle.h"
#include "compliance/evidence/bundle_check.h"
#include "tests/compliance/evidence/reference.h"

// A bundle in memory, and what may be done to one. Both verifiers are held to the same table.

namespace bellwether::compliance::evidence::test {

using Files = std::map<std::string, std::string>;

inline BundleReader reader_of(const Files& files) {
    return [&files](const std::string& name) -> std::optional<std::string> {
        const auto found = files.find(name);
        if (found == files.end()) return std::nullopt;
        return found->second;
    };
}

inline const SigningKey& bundle_key(std::uint8_t first = 0) {
    static const SigningKey ours{"test/evidence", SigningKey::Seed{}};
    static const SigningKey another{"test/evidence", SigningKey::Seed{1}};
    return first == 0 ? ours : another;
}

inline std::vector<std::string> call_records(std::size_t count, const std::string& sealed = {}) {
    std::vector<std::string> records;
    for (std::size_t seq = 0; seq < count; ++seq) {
        Record record{RecordKind::Call,
                      UtcMicros{std::chrono::seconds{1'795'435'200 + seq}},
                      Object{{"outcome", "BUSY"}, {"campaign", std::to_string(seq % 3)}},
                      {}};
        const bool is_sealed = seq == 2 && !sealed.empty();
        records.push_back(
            encode_leaf(record, seq, {}, is_sealed ? std::optional{sha256(sealed)} : std::nullopt));
    }
    return records;
}

/// What a bundle is made of; changed before it is made, it is as if the log's owner had done it.
struct BundlePlan {
    std::vector<std::string> records;
    std::uint64_t first = 0;
    std::uint64_t end = 0;
    std::vector<std::uint64_t> selected;     ///< empty: all of the range
    std::vector<std::uint64_t> checkpoints;  ///< sizes of the history
    Files extra;
    bool by_another = false;  ///< signed by another key
};

inline std::string note_of(const std::vector<std::string>& records, std::uint64_t size,
                           const SigningKey& key = bundle_key()) {
    Frontier frontier;
    for (std::uint64_t i = 0; i < size; ++i) frontier.append(leaf_hash(records[i]));
    return key.sign(checkpoint_text({"test/evidence", size, frontier.root()}));
}

inline void sign_manifest(Files& files, const Manifest& manifest, const SigningKey& key) {
    files[bundle_file::kManifest] = to_text(manifest);
    files[bundle_file::kManifestNote] =
        key.sign(manifest_text(manifest.log.origin, sha256(files[bundle_file::kManifest])));
}

inline Files make_bundle(const BundlePlan& plan) {
    const SigningKey& key = bundle_key(plan.by_another ? 1 : 0);
    Files files = plan.extra;
    std::vector<Hash> all;
    for (const auto& record : plan.records) all.push_back(leaf_hash(record));
    const auto nodes = nodes_from(all);
    const auto size = static_cast<std::uint64_t>(all.size());

    Manifest manifest;
    manifest.what = "test";
    manifest.log = {"test/evidence", size, root_of(all, size)};
    manifest.first = plan.first;
    manifest.end = plan.end;
    manifest.left = range_hashes(0, plan.first, nodes).value();
    manifest.right = range_hashes(plan.end, size, nodes).value();
    manifest.is_complete = plan.selected.empty();
    std::vector<std::uint64_t> selected = plan.selected;
    if (selected.empty())
        for (std::uint64_t seq = plan.first; seq < plan.end; ++seq) selected.push_back(seq);
    for (const std::uint64_t seq : selected) {
        files[bundle_file::kRecords] += plan.records[seq] + "\n";
        ++manifest.counts[std::string{name_of(read_leaf(plan.records[seq])->kind)}];
        if (!manifest.is_complete) files[bundle_file::kSelected] += std::to_string(seq) + "\n";
    }
    files[bundle_file::kLeaves] = to_lines({all.begin() + static_cast<std::ptrdiff_t>(plan.first),
                                            all.begin() + static_cast<std::ptrdiff_t>(plan.end)});
    for (const std::uint64_t part : plan.checkpoints) {
        files[bundle_file::kHistory] +=
            encode(Object{{"at", 1}, {"note", note_of(plan.records, part, key)}}) + "\n";
        Array proof;
        const auto path = consistency_proof(part, size, nodes).value();
        for (const Hash& hash : path) proof.emplace_back(to_hex(hash));
        files[bundle_file::kConsistency] +=
            encode(Object{{"size", part}, {"proof", std::move(proof)}}) + "\n";
    }
    files[bundle_file::kCheckpoint] = note_of(plan.records, size, key);
    files[bundle_file::kKey] = to_text(key.verifier()) + "\n";
    for (const auto& [name, bytes] : files) manifest.files[name] = {bytes.size(), sha256(bytes)};
    sign_manifest(files, manifest, key);
    return files;
}

inline BundlePlan whole_plan(std::size_t count = 300) {
    return {.records = call_records(count),
            .first = 0,
            .end = count,
            .selected = {},
            .checkpoints = {count / 4, count / 2},
            .extra = {{"call.csv", "outcome\nBUSY\n"}},
            .by_another = false};
}

/// The n-th line, changed by `change`.
inline std::string with_line(std::string text, std::size_t at,
                             const std::function<std::string(std::string)>& change) {
    std::string out;
    std::size_t number = 0;
    for (const std::string_view line : lines_of(text))
        out += number++ == at ? change(std::string{line}) : std::string{line} + "\n";
    return out;
}

inline std::string flipped(std::string line) {
    line[line.size() / 2] = static_cast<char>(line[line.size() / 2] ^ 1);
    return line + "\n";
}

/// One way to tamper, and what every verifier must say to it.
struct Tamper {
    std::string name;
    std::function<void(Files&)> change;
    BundleVerdict verdict;
    std::optional<std::uint64_t> seq;
    std::string file;
};

inline std::string& records_in(Files& files) { return files[bundle_file::kRecords]; }

inline std::vector<Tamper> tampers() {
    using Verdict = BundleVerdict;
    const auto drop = [](const std::string&) { return std::string{}; };
    return {
        {"Nothing", [](Files&) {}, Verdict::Ok, {}, ""},
        {"FlippedByteInARecord",
         [](Files& files) { records_in(files) = with_line(records_in(files), 17, flipped); },
         Verdict::Altered, 17, bundle_file::kRecords},
        {"FlippedByteInTheFirstRecord",
         [](Files& files) { records_in(files) = with_line(records_in(files), 0, flipped); },
         Verdict::Altered, 0, bundle_file::kRecords},
        {"RecordTakenOut",
         [drop](Files& files) { records_in(files) = with_line(records_in(files), 40, drop); },
         Verdict::Missing, 40, bundle_file::kRecords},
        {"LastRecordsTakenOut",
         [drop](Files& files) {
             for (const std::size_t at : {299U, 298U, 297U})
                 records_in(files) = with_line(records_in(files), at, drop);
         },
         Verdict::Missing, 297, bundle_file::kRecords},
        {"AllRecordsGone", [](Files& files) { files.erase(bundle_file::kRecords); },
         Verdict::Missing, 0, bundle_file::kRecords},
        {"PairReordered",
         [](Files& files) {
             const std::vector<std::string_view> lines = lines_of(records_in(files));
             const std::string a{lines[100]};
             const std::string b{lines[101]};
             std::string text =
                 with_line(records_in(files), 100, [&](const std::string&) { return b + "\n"; });
             records_in(files) = with_line(text, 101, [&](const std::string&) { return a + "\n"; });
         },
         Verdict::Reordered, 100, bundle_file::kRecords},
        {"RecordMovedToTheEnd",
         [drop](Files& files) {
             const std::string line{lines_of(records_in(files))[5]};
             records_in(files) = with_line(records_in(files), 5, drop) + line + "\n";
         },
         Verdict::Reordered, 5, bundle_file::kRecords},
        {"ForeignRecordPutIn",
         [](Files& files) {
             records_in(files) = with_line(records_in(files), 7, [](const std::string& line) {
                 return "{\"at\":1,\"kind\":\"CALL\",\"seq\":7}\n" + line + "\n";
             });
         },
         Verdict::Altered, 7, bundle_file::kRecords},
        {"RecordAtTheEndPutIn",
         [](Files& files) { records_in(files) += "{\"seq\":300}\n"; },
         Verdict::Altered,
         {},
         bundle_file::kRecords},
        {"LeafHashFlipped",
         [](Files& files) {
             auto& leaves = files[bundle_file::kLeaves];
             leaves = with_line(leaves, 9, [](std::string line) {
                 line[0] = line[0] == '0' ? '1' : '0';
                 return line + "\n";
             });
         },
         Verdict::Altered, 9, bundle_file::kLeaves},
        {"LeafHashGone",
         [drop](Files& files) {
             files[bundle_file::kLeaves] = with_line(files[bundle_file::kLeaves], 299, drop);
         },
         Verdict::Missing, 299, bundle_file::kLeaves},
        {"LeafHashUnreadable", [](Files& files) { files[bundle_file::kLeaves][65 * 3] = 'x'; },
         Verdict::Altered, 3, bundle_file::kLeaves},
        {"RecordAndItsLeafHash",  // between the checkpoints of 75 and 150 records
         [](Files& files) {
             std::string record;
             records_in(files) = with_line(records_in(files), 80, [&](const std::string& line) {
                 record = line;
                 record[record.find("BUSY")] = 'F';
                 return record + "\n";
             });
             files[bundle_file::kLeaves] =
                 with_line(files[bundle_file::kLeaves], 80,
                           [&](const std::string&) { return to_hex(leaf_hash(record)) + "\n"; });
         },
         Verdict::Altered, 75, bundle_file::kLeaves},
        {"TableChanged",
         [](Files& files) { files["call.csv"] = "outcome\nFREE\n"; },
         Verdict::Altered,
         {},
         "call.csv"},
        {"TableGone",
         [](Files& files) { files.erase("call.csv"); },
         Verdict::Missing,
         {},
         "call.csv"},
        {"ManifestChanged",
         [](Files& files) {
             auto& text = files[bundle_file::kManifest];
             text.replace(text.find("\"CALL\":300"), 10, "\"CALL\":299");
         },
         Verdict::Altered,
         {},
         bundle_file::kManifest},
        {"ManifestGone",
         [](Files& files) { files.erase(bundle_file::kManifest); },
         Verdict::Missing,
         {},
         bundle_file::kManifest},
        {"ManifestNoteGone",
         [](Files& files) { files.erase(bundle_file::kManifestNote); },
         Verdict::BadSignature,
         {},
         bundle_file::kManifestNote},
        {"CheckpointChanged",
         [](Files& files) { files[bundle_file::kCheckpoint][16] ^= 1; },
         Verdict::BadSignature,
         {},
         bundle_file::kCheckpoint},
        {"CheckpointOfAnother",
         [](Files& files) {
             files[bundle_file::kCheckpoint] = note_of(call_records(300), 300, bundle_key(1));
         },
         Verdict::BadSignature,
         {},
         bundle_file::kCheckpoint},
        {"OlderCheckpoint",
         [](Files& files) { files[bundle_file::kCheckpoint] = note_of(call_records(300), 299); },
         Verdict::Altered,
         {},
         bundle_file::kCheckpoint},
        {"KeyGone",
         [](Files& files) { files.erase(bundle_file::kKey); },
         Verdict::Missing,
         {},
         bundle_file::kKey},
        {"KeyUnreadable",
         [](Files& files) { files[bundle_file::kKey] = "key"; },
         Verdict::BadBundle,
         {},
         bundle_file::kKey},
        {"HistoryOfAnotherLog",
         [](Files& files) {
             auto other = call_records(10);
             other[3] = "{}";
             files[bundle_file::kHistory] += encode(Object{{"note", note_of(other, 10)}}) + "\n";
         },
         Verdict::Inconsistent,
         {},
         bundle_file::kHistory},
        {"HistoryUnsigned",
         [](Files& files) { files[bundle_file::kHistory] += "{\"note\":\"x\"}\n"; },
         Verdict::BadSignature,
         {},
         bundle_file::kHistory},
    };
}

}  // namespace bellwether::compliance::evidence::test
