#include "compliance/evidence/bundle_check.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <set>
#include <utility>

#include "compliance/evidence/bundle.h"
#include "compliance/evidence/merkle.h"

namespace bellwether::compliance::evidence {

namespace {

using Verdict = BundleVerdict;
using Fault = std::optional<Finding>;

Finding fault(Verdict verdict, std::optional<std::uint64_t> seq, std::string file,
              std::string why) {
    Finding finding;
    finding.verdict = verdict;
    finding.seq = seq;
    finding.file = std::move(file);
    finding.why = std::move(why);
    return finding;
}

std::optional<std::uint64_t> read_seq(std::string_view text) {
    std::uint64_t seq = 0;
    const char* const end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, seq);
    return error == std::errc{} && stop == end ? std::optional{seq} : std::nullopt;
}

/// Where each leaf of the log stands among the lines of records.ndjson.
class LineIndex {
public:
    LineIndex(const std::vector<std::string_view>& lines, std::size_t from) {
        for (std::size_t i = from; i < lines.size(); ++i) lines_.emplace(leaf_hash(lines[i]), i);
    }
    [[nodiscard]] bool holds(const Hash& leaf) const { return lines_.contains(leaf); }

private:
    std::map<Hash, std::size_t> lines_;
};

/// One pass over a bundle, step by step; each step may end it with what it found.
class Checker {
public:
    Checker(const BundleReader& read, const CheckOptions& options)
        : read_{read}, options_{options} {}

    Finding run() {
        using Step = Fault (Checker::*)();
        for (const Step step :
             {&Checker::choose_key, &Checker::check_head, &Checker::check_manifest,
              &Checker::read_leaves, &Checker::read_selection, &Checker::check_records,
              &Checker::check_root, &Checker::check_members, &Checker::check_personal,
              &Checker::check_history, &Checker::check_earlier, &Checker::check_files}) {
            if (const Fault found = (this->*step)()) return finished(*found);
        }
        Finding finding;
        finding.records = selected_.size();
        finding.why = "every record is as it was signed, at its place";
        return finished(std::move(finding));
    }

private:
    Finding finished(Finding finding) const {
        finding.key = key_text_;
        finding.is_key_own = !options_.key.empty();
        finding.log_size = manifest_.log.size;
        finding.sealed = sealed_;
        finding.erased = erased_;
        return finding;
    }

    std::string file(const char* name) const { return read_(name).value_or(std::string{}); }

    Fault choose_key() {
        const auto own = read_(bundle_file::kKey);
        if (options_.key.empty() && !own)
            return fault(Verdict::Missing, {}, bundle_file::kKey, "the bundle has no public key");
        const auto key = parse_verifier_key(options_.key.empty() ? *own : options_.key);
        if (!key) return fault(Verdict::BadBundle, {}, bundle_file::kKey, key.error().detail);
        key_ = *key;
        key_text_ = to_text(key_);
        return {};
    }

    Fault check_head() {
        const auto note = read_(bundle_file::kCheckpoint);
        if (!note)
            return fault(Verdict::Missing, {}, bundle_file::kCheckpoint,
                         "the bundle has no checkpoint");
        const auto head = open_checkpoint(*note, key_);
        if (!head)
            return fault(Verdict::BadSignature, {}, bundle_file::kCheckpoint, head.error().detail);
        head_ = *head;
        return {};
    }

    Fault check_manifest() {
        const auto text = read_(bundle_file::kManifest);
        if (!text)
            return fault(Verdict::Missing, {}, bundle_file::kManifest,
                         "the bundle has no manifest");
        const auto signed_text = open_note(file(bundle_file::kManifestNote), key_);
        if (!signed_text)
            return fault(Verdict::BadSignature, {}, bundle_file::kManifestNote,
                         signed_text.error().detail);
        if (*signed_text != manifest_text(head_.origin, sha256(*text)))
            return fault(Verdict::Altered, {}, bundle_file::kManifest,
                         "the manifest is not the one that was signed");
        const auto manifest = parse_manifest(*text);
        if (!manifest)
            return fault(Verdict::BadBundle, {}, bundle_file::kManifest, manifest.error().detail);
        manifest_ = *manifest;
        if (manifest_.log != head_)
            return fault(Verdict::Altered, {}, bundle_file::kCheckpoint,
                         "the checkpoint is not the one of the manifest");
        return {};
    }

    Fault read_leaves() {
        const std::string text = file(bundle_file::kLeaves);
        for (const std::string_view line : lines_of(text)) {
            const auto hash = hash_from_hex(line);
            if (!hash)
                return fault(Verdict::Altered, manifest_.first + leaves_.size(),
                             bundle_file::kLeaves, "a line of it is no hash");
            leaves_.push_back(*hash);
        }
        const std::uint64_t wanted = manifest_.end - manifest_.first;
        if (leaves_.size() < wanted)
            return fault(Verdict::Missing, manifest_.first + leaves_.size(), bundle_file::kLeaves,
                         "it ends before the range does");
        if (leaves_.size() > wanted)
            return fault(Verdict::Altered, manifest_.end, bundle_file::kLeaves,
                         "it goes on after the range has ended");
        are_leaves_signed_ = is_as_signed(bundle_file::kLeaves, text);
        return {};
    }

    bool is_as_signed(const char* name, std::string_view text) const {
        const auto entry = manifest_.files.find(name);
        return entry != manifest_.files.end() && entry->second.hash == sha256(text);
    }

    Fault read_selection() {
        if (manifest_.is_complete) {
            for (std::uint64_t seq = manifest_.first; seq < manifest_.end; ++seq)
                selected_.push_back(seq);
            return {};
        }
        const std::string text = file(bundle_file::kSelected);
        if (!is_as_signed(bundle_file::kSelected, text))
            return fault(Verdict::Altered, {}, bundle_file::kSelected,
                         "it is not the list that was signed");
        for (const std::string_view line : lines_of(text)) {
            const auto seq = read_seq(line);
            const bool fits = seq && *seq >= manifest_.first && *seq < manifest_.end &&
                              (selected_.empty() || *seq > selected_.back());
            if (!fits)
                return fault(Verdict::BadBundle, {}, bundle_file::kSelected,
                             "its lines are not rising places of the range");
            selected_.push_back(*seq);
        }
        return {};
    }

    const Hash& leaf_of(std::uint64_t seq) const { return leaves_[seq - manifest_.first]; }

    Fault check_records() {
        records_text_ = file(bundle_file::kRecords);
        records_ = lines_of(records_text_);
        for (std::size_t i = 0; i < selected_.size(); ++i) {
            if (i == records_.size())
                return fault(Verdict::Missing, selected_[i], bundle_file::kRecords,
                             "the records end before this one");
            if (leaf_hash(records_[i]) != leaf_of(selected_[i])) return name_difference(i);
        }
        if (records_.size() > selected_.size())
            return fault(Verdict::Altered, {}, bundle_file::kRecords,
                         "there are more records than were logged");
        return {};
    }

    /// The record at `place` is not the one that was logged there. What happened to that one?
    Fault name_difference(std::size_t place) const {
        const std::uint64_t seq = selected_[place];
        if (is_as_signed(bundle_file::kRecords, records_text_) && !are_leaves_signed_)
            return fault(Verdict::Altered, seq, bundle_file::kLeaves,
                         "the leaf's hash was altered, the record was not");
        if (LineIndex{records_, place + 1}.holds(leaf_of(seq))) return stands_later(place);
        const Hash found = leaf_hash(records_[place]);
        const bool is_another =
            std::any_of(selected_.begin() + static_cast<std::ptrdiff_t>(place) + 1, selected_.end(),
                        [&](std::uint64_t other) { return leaf_of(other) == found; });
        if (is_another)
            return fault(Verdict::Missing, seq, bundle_file::kRecords,
                         "the record is gone; the next one stands in its place");
        return fault(Verdict::Altered, seq, bundle_file::kRecords,
                     "the record is not the one that was logged");
    }

    Fault stands_later(std::size_t place) const {
        const Hash found = leaf_hash(records_[place]);
        const bool is_logged =
            std::any_of(selected_.begin(), selected_.end(),
                        [&](std::uint64_t seq) { return leaf_of(seq) == found; });
        if (is_logged)
            return fault(Verdict::Reordered, selected_[place], bundle_file::kRecords,
                         "the record stands later than it was logged");
        return fault(Verdict::Altered, selected_[place], bundle_file::kRecords,
                     "a record that was never logged stands before this one");
    }

    /// The roots of the tree at the sizes of the range, by its leaves. False: `left` does not fit.
    bool walk(const std::set<std::uint64_t>& sizes) {
        Frontier frontier;
        const auto left = range_levels(0, manifest_.first);
        const auto right = range_levels(manifest_.end, manifest_.log.size);
        if (left.size() != manifest_.left.size() || right.size() != manifest_.right.size())
            return false;
        for (std::size_t i = 0; i < left.size(); ++i)
            frontier.append_subtree(left[i], manifest_.left[i]);
        for (std::uint64_t size = manifest_.first;; ++size) {
            if (sizes.contains(size)) roots_[size] = frontier.root();
            if (size == manifest_.end) break;
            frontier.append(leaf_of(size));
        }
        for (std::size_t i = 0; i < right.size(); ++i)
            frontier.append_subtree(right[i], manifest_.right[i]);
        return frontier.root() == manifest_.log.root;
    }

    bool is_in_range(std::uint64_t size) const {
        return size >= manifest_.first && size <= manifest_.end;
    }

    Fault check_root() {
        std::set<std::uint64_t> sizes;
        history_text_ = file(bundle_file::kHistory);
        for (const std::string_view line : lines_of(history_text_)) {
            const auto value = parse(line);
            const auto note = value ? value->text_or("note", "") : std::string{};
            const auto checkpoint = open_checkpoint(note, key_);
            if (!checkpoint)
                return fault(Verdict::BadSignature, {}, bundle_file::kHistory,
                             checkpoint.error().detail);
            history_.push_back(*checkpoint);
            sizes.insert(checkpoint->size);
        }
        for (const std::string& note : options_.earlier) {
            const auto checkpoint = open_checkpoint(note, key_);
            if (!checkpoint)
                return fault(Verdict::BadSignature, {}, "",
                             "the earlier checkpoint: " + checkpoint.error().detail);
            earlier_.push_back(*checkpoint);
            sizes.insert(checkpoint->size);
        }
        if (walk(sizes)) return {};
        // The records fit their leaves, but not what was signed: leaf and record were both changed.
        std::uint64_t sound = manifest_.first;
        for (const Checkpoint& checkpoint : history_) {
            const auto root = roots_.find(checkpoint.size);
            if (root == roots_.end() || checkpoint.size < sound) continue;
            if (root->second != checkpoint.root) break;
            sound = checkpoint.size;
        }
        return fault(Verdict::Altered, sound, bundle_file::kLeaves,
                     "from about this record on, the records are not those that were signed");
    }

    /// The signer's own doing: a leaf must be canonical and say its place.
    Fault check_members() {
        std::map<std::string, std::int64_t> counts;
        for (std::size_t i = 0; i < selected_.size(); ++i) {
            const auto leaf = read_leaf(records_[i]);
            if (!leaf || leaf->seq != selected_[i])
                return fault(Verdict::Altered, selected_[i], bundle_file::kRecords,
                             "the record does not say its own place");
            ++counts[std::string{name_of(leaf->kind)}];
            if (leaf->sealed) digests_[leaf->seq] = *leaf->sealed;
        }
        if (counts != manifest_.counts)
            return fault(Verdict::Altered, {}, bundle_file::kManifest,
                         "the manifest counts other records than there are");
        return {};
    }

    Fault check_personal() {
        const auto text = read_(bundle_file::kPersonal);
        if (!text) return {};
        sealed_ = digests_.size();
        erased_ = sealed_;
        for (const std::string_view line : lines_of(*text)) {
            const auto row = parse(line);
            const auto seq = row ? row->integer_or("seq", -1) : -1;
            const auto bytes = row ? from_base64(row->text_or("sealed", "")) : std::nullopt;
            const auto digest = digests_.find(static_cast<std::uint64_t>(seq));
            if (seq < 0 || !bytes || digest == digests_.end() || digest->second != sha256(*bytes))
                return fault(
                    Verdict::Altered,
                    seq < 0 ? std::nullopt : std::optional{static_cast<std::uint64_t>(seq)},
                    bundle_file::kPersonal, "what is sealed is not what was logged");
            --erased_;
        }
        return {};
    }

    Fault check_history() {
        std::map<std::uint64_t, std::vector<Hash>> proofs;
        const std::string text = file(bundle_file::kConsistency);
        for (const std::string_view line : lines_of(text)) {
            const auto row = parse(line);
            if (!row || (*row)["proof"].array() == nullptr) continue;
            std::vector<Hash> hashes;
            for (const Value& item : *(*row)["proof"].array())
                hashes.push_back(
                    hash_from_hex(item.text() == nullptr ? "" : *item.text()).value_or(Hash{}));
            proofs[static_cast<std::uint64_t>(row->integer_or("size", 0))] = std::move(hashes);
        }
        for (const Checkpoint& checkpoint : history_) {
            if (checkpoint.size > head_.size)
                return fault(Verdict::Truncated, head_.size, bundle_file::kHistory,
                             "a checkpoint of the history tells of a longer log");
            const auto proof = proofs.find(checkpoint.size);
            const auto& path = proof == proofs.end() ? std::vector<Hash>{} : proof->second;
            const bool fits = is_in_range(checkpoint.size)
                                  ? roots_[checkpoint.size] == checkpoint.root
                                  : verify_consistency(checkpoint.size, checkpoint.root, head_.size,
                                                       head_.root, path);
            if (!fits || checkpoint.origin != head_.origin)
                return fault(Verdict::Inconsistent, {}, bundle_file::kHistory,
                             "the log does not begin with the " + std::to_string(checkpoint.size) +
                                 " records that a checkpoint of its history signed");
        }
        return {};
    }

    Fault check_earlier() {
        for (const Checkpoint& checkpoint : earlier_) {
            const std::string records = std::to_string(checkpoint.size) + " records";
            if (checkpoint.size > head_.size)
                return fault(Verdict::Truncated, head_.size, "",
                             "an earlier checkpoint signed " + records + ", and the log has " +
                                 std::to_string(head_.size));
            const auto same = std::find_if(
                history_.begin(), history_.end(),
                [&](const Checkpoint& known) { return known.size == checkpoint.size; });
            const bool is_known = same != history_.end() || checkpoint.size == head_.size;
            if (!is_in_range(checkpoint.size) && !is_known)
                return fault(Verdict::Inconclusive, {}, "",
                             "the bundle's range does not reach the earlier checkpoint: export "
                             "the whole log");
            const Hash root = is_in_range(checkpoint.size)    ? roots_[checkpoint.size]
                              : checkpoint.size == head_.size ? head_.root
                                                              : same->root;
            if (root != checkpoint.root || checkpoint.origin != head_.origin)
                return fault(Verdict::Inconsistent, {}, "",
                             "the log does not begin with the " + records +
                                 " that the earlier checkpoint signed");
        }
        return {};
    }

    Fault check_files() {
        for (const auto& [name, entry] : manifest_.files) {
            const auto text = read_(name);
            if (!text) return fault(Verdict::Missing, {}, name, "the file is gone");
            if (text->size() != entry.bytes || sha256(*text) != entry.hash)
                return fault(Verdict::Altered, {}, name, "the file is not the one that was signed");
        }
        return {};
    }

    const BundleReader& read_;
    const CheckOptions& options_;

    VerifierKey key_;
    std::string key_text_;
    Checkpoint head_;
    Manifest manifest_;
    std::vector<Hash> leaves_;
    bool are_leaves_signed_ = false;
    std::vector<std::uint64_t> selected_;
    std::string records_text_;
    std::vector<std::string_view> records_;  ///< of records_text_
    std::string history_text_;
    std::vector<Checkpoint> history_;
    std::vector<Checkpoint> earlier_;
    std::map<std::uint64_t, Hash> roots_;    ///< by size
    std::map<std::uint64_t, Hash> digests_;  ///< of sealed parts, by seq
    std::uint64_t sealed_ = 0;
    std::uint64_t erased_ = 0;
};

std::optional<std::vector<Hash>> proof_hashes(const Value& value) {
    std::vector<Hash> hashes;
    if (value.array() == nullptr) return std::nullopt;
    for (const Value& item : *value.array()) {
        const auto hash = item.text() == nullptr ? std::nullopt : hash_from_hex(*item.text());
        if (!hash) return std::nullopt;
        hashes.push_back(*hash);
    }
    return hashes;
}

}  // namespace

Finding check_bundle(const BundleReader& read, const CheckOptions& options) {
    return Checker{read, options}.run();
}

Finding check_proof(std::string_view proof, const CheckOptions& options) {
    const auto value = parse(proof);
    if (!value) return fault(Verdict::BadBundle, {}, "", value.error().detail);
    const auto key =
        parse_verifier_key(options.key.empty() ? value->text_or("key", "") : options.key);
    if (!key) return fault(Verdict::BadBundle, {}, "", key.error().detail);
    const auto head = open_checkpoint(value->text_or("checkpoint", ""), *key);
    const auto path = proof_hashes((*value)["proof"]);
    const std::int64_t place = value->integer_or("seq", -1);
    const auto seq = static_cast<std::uint64_t>(place);
    Finding finding;
    if (place < 0) {
        finding = fault(Verdict::BadBundle, {}, "", "the proof does not say which record it is of");
    } else if (!head) {
        finding = fault(Verdict::BadSignature, {}, "", head.error().detail);
    } else if (!path || !verify_inclusion(leaf_hash(value->text_or("record", "")), seq, head->size,
                                          head->root, *path)) {
        finding = fault(Verdict::Altered, seq, "", "the record is not in the log at this place");
    } else {
        finding.why = "the record is in the log at this place";
        finding.records = 1;
    }
    finding.log_size = head ? head->size : 0;
    finding.key = to_text(*key);
    finding.is_key_own = !options.key.empty();
    return finding;
}

}  // namespace bellwether::compliance::evidence
