#include <algorithm>
#include <set>
#include <utility>

#include "compliance/evidence/bundle.h"
#include "compliance/evidence/merkle.h"
#include "dialer/store/bundle_folder.h"
#include "dialer/store/evidence_files.h"
#include "dialer/store/evidence_log.h"
#include "dialer/store/impl.h"

// EvidenceLog: bundles for whoever wants to verify.

namespace bellwether::store {

namespace {

namespace bundle_file = evidence::bundle_file;
using evidence::Hash;
using evidence::RecordKind;

// A log under load has a checkpoint each second; a bundle takes so many, spread over its life.
constexpr std::size_t kHistoryMax = 1'000;

/// Rows of the log that were asked for, and below the checkpoint.
struct Selection {
    std::vector<std::uint64_t> seqs;
    std::map<RecordKind, std::set<std::string>> columns;  ///< members of the records of a kind
};

bool wants_everything(const ExportRequest& request) {
    return !request.from && !request.to && request.kinds.empty() && !request.subject;
}

class Exporter {
public:
    Exporter(Store::Impl& store, const EvidenceLog& log, const ExportRequest& request,
             BundleFolder& folder)
        : store_{store}, log_{log}, request_{request}, folder_{folder} {}

    Result<ExportReport> run() {
        using Step = Result<void> (Exporter::*)();
        for (const Step step :
             {&Exporter::take_checkpoint, &Exporter::select, &Exporter::write_leaves,
              &Exporter::write_records, &Exporter::write_history, &Exporter::write_rest}) {
            if (auto done = (this->*step)(); !done) return tl::unexpected(done.error());
        }
        if (auto done = write_manifest(); !done) return tl::unexpected(done.error());
        ExportReport report{.log_size = manifest_.log.size,
                            .first = manifest_.first,
                            .end = manifest_.end,
                            .records = std::ssize(selection_.seqs),
                            .counts = manifest_.counts};
        for (const auto& [name, file] : folder_.files()) report.files.push_back(name);
        return report;
    }

private:
    Result<void> take_checkpoint() {
        auto note = log_.checkpoint();
        if (!note) return tl::unexpected(note.error());
        note_ = *std::move(note);
        auto head = evidence::open_checkpoint(note_, log_.key());
        if (!head) return tl::unexpected(head.error());
        manifest_.log = *std::move(head);
        return {};
    }

    bool is_asked_for(const EvidenceLeaf& leaf) const {
        const auto& kinds = request_.kinds;
        if (request_.from && leaf.at < *request_.from) return false;
        if (request_.to && leaf.at >= *request_.to) return false;
        return kinds.empty() || std::find(kinds.begin(), kinds.end(), leaf.kind) != kinds.end();
    }

    Result<void> select() {
        auto done = log_.read(0, manifest_.log.size, [&](const EvidenceLeaf& leaf) {
            if (!is_asked_for(leaf)) return;
            const auto value = evidence::parse(leaf.record);
            // A row that was tampered with is exported as it is: the verifier is to see it.
            const std::string subject = value ? value->text_or("subject", "") : std::string{};
            if (request_.subject && subject != evidence::to_hex(*request_.subject)) return;
            selection_.seqs.push_back(leaf.seq);
            ++manifest_.counts[std::string{name_of(leaf.kind)}];
            if (!value || value->object() == nullptr) return;
            for (const auto& [key, member] : *value->object())
                selection_.columns[leaf.kind].insert(key);
        });
        if (!done) return done;
        const auto& seqs = selection_.seqs;
        const bool everything = wants_everything(request_);
        // Of nothing, the bundle proves what the log is, and that this was all.
        manifest_.first = everything ? 0 : seqs.empty() ? manifest_.log.size : seqs.front();
        manifest_.end = everything || seqs.empty() ? manifest_.log.size : seqs.back() + 1;
        manifest_.is_complete = everything || manifest_.end - manifest_.first == seqs.size();
        if (manifest_.is_complete) return {};
        std::string lines;
        for (const std::uint64_t seq : seqs) lines += std::to_string(seq) + "\n";
        return folder_.write(bundle_file::kSelected, lines);
    }

    Result<void> write_leaves() {
        const auto tiles = store_.publisher->tiles();
        const auto nodes = evidence::nodes_of(tiles);
        auto left = evidence::range_hashes(0, manifest_.first, nodes);
        if (!left) return tl::unexpected(left.error());
        auto right = evidence::range_hashes(manifest_.end, manifest_.log.size, nodes);
        if (!right) return tl::unexpected(right.error());
        manifest_.left = *std::move(left);
        manifest_.right = *std::move(right);
        std::string lines;
        std::uint64_t seq = manifest_.first;
        while (seq < manifest_.end) {
            const std::size_t offset = seq % evidence::kTileWidth;
            const std::size_t width =
                std::min<std::uint64_t>(offset + (manifest_.end - seq), evidence::kTileWidth);
            const auto tile = tiles(0, seq / evidence::kTileWidth, width);
            if (!tile) return tl::unexpected(tile.error());
            for (std::size_t i = offset; i < width; ++i)
                lines += evidence::to_hex((*tile)[i]) + "\n";
            seq += width - offset;
        }
        return folder_.write(bundle_file::kLeaves, lines);
    }

    static std::string csv_field(const evidence::Value& value) {
        if (value.is_null()) return "";
        const std::string text = value.text() != nullptr ? *value.text() : evidence::encode(value);
        if (text.find_first_of("\",\r\n") == std::string::npos) return text;
        std::string quoted = "\"";
        for (const char c : text) quoted += c == '"' ? std::string{"\"\""} : std::string(1, c);
        return quoted + "\"";
    }

    static std::string csv_name(RecordKind kind) {
        std::string name{name_of(kind)};
        for (char& c : name) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        return name + ".csv";
    }

    std::string csv_row(const EvidenceLeaf& leaf) const {
        const auto value = evidence::parse(leaf.record);
        std::string row;
        for (const std::string& key : selection_.columns.at(leaf.kind)) {
            if (value) row += csv_field((*value)[key]);
            row += ',';
        }
        if (!row.empty()) row.back() = '\n';
        return row;
    }

    /// The records byte for byte, and beside them the same as one CSV for each kind.
    Result<void> write_records() {
        for (const auto& [kind, columns] : selection_.columns) {
            std::string heading;
            for (const std::string& key : columns) heading += key + ",";
            if (!heading.empty()) heading.back() = '\n';
            if (auto put = folder_.append(csv_name(kind), heading); !put) return put;
        }
        std::size_t next = 0;
        Result<void> written = folder_.append(bundle_file::kRecords, "");
        auto done = log_.read(manifest_.first, manifest_.end, [&](const EvidenceLeaf& leaf) {
            if (!written || next == selection_.seqs.size() || leaf.seq != selection_.seqs[next])
                return;
            ++next;
            written = folder_.append(bundle_file::kRecords, leaf.record + "\n");
            if (written && selection_.columns.contains(leaf.kind))
                written = folder_.append(csv_name(leaf.kind), csv_row(leaf));
        });
        return done ? written : done;
    }

    /// Lines of the log's own history that tell of no more than this checkpoint; thinned out.
    Result<std::vector<std::string>> history() const {
        const auto text = read_whole_file(store_.publisher->folder() / bundle_file::kHistory);
        if (!text) return tl::unexpected(text.error());
        std::vector<std::string> lines;
        for (const auto line : evidence::lines_of(*text)) {
            const auto value = evidence::parse(line);
            const auto head =
                evidence::open_checkpoint(value ? value->text_or("note", "") : "", log_.key());
            // The last line may have been cut off by a crash.
            if (head && head->size <= manifest_.log.size) lines.emplace_back(line);
        }
        if (lines.size() <= kHistoryMax) return lines;
        std::vector<std::string> kept;
        for (std::size_t i = 0; i < kHistoryMax; ++i)
            kept.push_back(lines[i * (lines.size() - 1) / (kHistoryMax - 1)]);
        return kept;
    }

    Result<void> write_history() {
        const auto lines = history();
        if (!lines) return tl::unexpected(lines.error());
        const auto nodes = evidence::nodes_of(store_.publisher->tiles());
        for (const std::string& line : *lines) {
            if (auto put = folder_.append(bundle_file::kHistory, line + "\n"); !put) return put;
            const auto value = evidence::parse(line);
            const auto head = evidence::open_checkpoint(value->text_or("note", ""), log_.key());
            if (head->size >= manifest_.first && head->size <= manifest_.end) continue;
            const auto proof = evidence::consistency_proof(head->size, manifest_.log.size, nodes);
            if (!proof) return tl::unexpected(proof.error());
            evidence::Array hashes;
            for (const Hash& hash : *proof) hashes.emplace_back(evidence::to_hex(hash));
            const std::string row = evidence::encode(
                evidence::Object{{"size", head->size}, {"proof", std::move(hashes)}});
            if (auto put = folder_.append(bundle_file::kConsistency, row + "\n"); !put) return put;
        }
        return {};
    }

    /// What is sealed and was not erased, still sealed: its digests stand in the leaves.
    Result<void> write_sealed() {
        if (auto put = folder_.append(bundle_file::kPersonal, ""); !put) return put;
        return store_.readers.query([&](Database& database) -> Result<void> {
            Statement rows{database,
                           "SELECT seq, subject, ciphertext FROM evidence_personal "
                           "WHERE seq >= ? AND seq < ? ORDER BY seq"};
            rows.bind(manifest_.first, manifest_.end);
            while (rows.step()) {
                const auto seq = rows.get<std::uint64_t>(0);
                if (!std::binary_search(selection_.seqs.begin(), selection_.seqs.end(), seq))
                    continue;
                const std::string row = evidence::encode(
                    evidence::Object{{"seq", seq},
                                     {"subject", rows.get<std::string>(1)},
                                     {"sealed", evidence::to_base64(rows.get<std::string>(2))}});
                if (auto put = folder_.append(bundle_file::kPersonal, row + "\n"); !put) return put;
            }
            return {};
        });
    }

    Result<void> write_rest() {
        if (request_.with_sealed) {
            if (auto put = write_sealed(); !put) return put;
        }
        for (const auto& [name, bytes] : request_.extra_files) {
            if (auto put = folder_.write(name, bytes); !put) return put;
        }
        if (auto put = folder_.write(bundle_file::kCheckpoint, note_); !put) return put;
        return folder_.write(bundle_file::kKey, evidence::to_text(log_.key()) + "\n");
    }

    Result<void> write_manifest() {
        manifest_.what = request_.what;
        manifest_.query = request_.extra_query;
        const auto micros = [](const std::optional<UtcTime>& at) -> evidence::Value {
            if (!at) return nullptr;
            return evidence::UtcMicros{*at}.time_since_epoch().count();
        };
        evidence::Array kinds;
        for (const RecordKind kind : request_.kinds) kinds.emplace_back(name_of(kind));
        manifest_.query["from"] = micros(request_.from);
        manifest_.query["to"] = micros(request_.to);
        manifest_.query["kinds"] = std::move(kinds);
        if (request_.subject) manifest_.query["subject"] = evidence::to_hex(*request_.subject);
        manifest_.made = request_.at;
        if (auto closed = folder_.close_files(); !closed) return closed;
        manifest_.files = folder_.files();
        const std::string text = to_text(manifest_);
        const std::string note = store_.keys->signing().sign(
            evidence::manifest_text(manifest_.log.origin, evidence::sha256(text)));
        if (auto put = folder_.write(bundle_file::kManifest, text); !put) return put;
        if (auto put = folder_.write(bundle_file::kManifestNote, note); !put) return put;
        return folder_.finish();
    }

    Store::Impl& store_;
    const EvidenceLog& log_;
    const ExportRequest& request_;
    BundleFolder& folder_;
    std::string note_;
    evidence::Manifest manifest_;
    Selection selection_;
};

std::string query_text(const ExportRequest& request) {
    evidence::Object query = request.extra_query;
    if (request.from) query["from"] = evidence::UtcMicros{*request.from}.time_since_epoch().count();
    if (request.to) query["to"] = evidence::UtcMicros{*request.to}.time_since_epoch().count();
    if (request.subject) query["subject"] = evidence::to_hex(*request.subject);
    return evidence::encode(std::move(query));
}

}  // namespace

Result<std::vector<RecordKind>> export_kinds(std::string_view what) {
    using Kinds = std::vector<RecordKind>;
    static const std::map<std::string_view, Kinds> kKinds{
        {"all", {}},
        {"calls", {RecordKind::Call, RecordKind::Decision}},
        {"decisions", {RecordKind::Decision}},
        {"abandonment", {RecordKind::Abandonment}},
        {"dnc", {RecordKind::DncAdded, RecordKind::DncRemoved, RecordKind::ListActivated}},
        {"consent", {RecordKind::ConsentGiven, RecordKind::ConsentRevoked}},
        {"policy", {RecordKind::PackInForce, RecordKind::Override}},
        {"lists", {RecordKind::ImportUndone, RecordKind::ListReset}},
        {"access",
         {RecordKind::Access, RecordKind::Erased, RecordKind::HoldPlaced, RecordKind::HoldLifted}},
    };
    const auto found = kKinds.find(what);
    if (found == kKinds.end())
        return fail(Errc::InvalidInput,
                    "there is no export of that name: all, calls, decisions, abandonment, dnc, "
                    "consent, policy, lists or access");
    return found->second;
}

Result<ExportReport> EvidenceLog::export_bundle(const ExportRequest& request) const {
    auto folder = BundleFolder::make(request.out);
    if (!folder) return tl::unexpected(folder.error());
    auto report = Exporter{store_, *this, request, *folder}.run();
    if (!report) return report;
    const auto told = store_.writer->run([&](Writer::Context& context) -> Result<void> {
        context.evidence.append(evidence::to_record(
            evidence::AccessFacts{request.at, request.actor, "export " + request.what,
                                  query_text(request), report->records}));
        return {};
    });
    if (!told) return tl::unexpected(told.error());
    return report;
}

}  // namespace bellwether::store
