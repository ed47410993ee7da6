#include "dialer/store/evidence_publisher.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "compliance/evidence/canonical_json.h"
#include "dialer/store/evidence_files.h"
#include "dialer/store/evidence_webhook.h"
#include "dialer/store/evidence_writer.h"

namespace bellwether::store {

namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;
using evidence::Hash;

constexpr const char* kCheckpointFile = "checkpoint";
constexpr const char* kHistoryFile = "checkpoints.ndjson";

std::int64_t utc_micros() {
    return std::chrono::duration_cast<std::chrono::microseconds>(
               std::chrono::system_clock::now().time_since_epoch())
        .count();
}

std::string history_line(const std::string& note) {
    return evidence::encode(evidence::Object{{"at", utc_micros()}, {"note", note}}) + "\n";
}

/// Widths of the partial files of a tile, the widest first.
std::vector<std::size_t> partial_widths(const fs::path& folder) {
    std::vector<std::size_t> widths;
    std::error_code ignored;
    for (const auto& entry : fs::directory_iterator{folder, ignored}) {
        const std::string name = entry.path().filename().string();
        std::size_t width = 0;
        const char* const end = name.data() + name.size();
        const auto [stop, error] = std::from_chars(name.data(), end, width);
        if (error == std::errc{} && stop == end) widths.push_back(width);
    }
    std::sort(widths.rbegin(), widths.rend());
    return widths;
}

std::string record_name(std::uint64_t seq) { return "record " + std::to_string(seq); }

}  // namespace

EvidencePublisher::EvidencePublisher(EvidenceConfig config, EvidenceKeys& keys, fs::path store,
                                     std::string vfs)
    : config_{std::move(config)}, keys_{keys}, store_{std::move(store)}, vfs_{std::move(vfs)} {}

Result<std::unique_ptr<EvidencePublisher>> EvidencePublisher::open(EvidenceConfig config,
                                                                   EvidenceKeys& keys,
                                                                   const fs::path& store,
                                                                   const std::string& vfs,
                                                                   Database& database) {
    std::unique_ptr<EvidencePublisher> publisher{
        new EvidencePublisher{std::move(config), keys, store, vfs}};
    if (const auto recovered = publisher->recover(database); !recovered)
        return tl::unexpected(recovered.error());
    publisher->thread_ = std::thread{[raw = publisher.get()] { raw->loop(); }};
    return publisher;
}

EvidencePublisher::~EvidencePublisher() { close(); }

void EvidencePublisher::close() {
    bool is_behind = false;
    {
        const std::lock_guard lock{mutex_};
        stopping_ = true;
        is_behind = durable_ > taken_;
    }
    wake_.notify_one();
    if (thread_.joinable()) thread_.join();
    // What cannot be published now is published at the next start.
    if (is_behind) static_cast<void>(publish());
    const std::lock_guard lock{publishing_};
    database_.reset();
}

Result<std::vector<Hash>> EvidencePublisher::read_tile(unsigned level, std::uint64_t index,
                                                       std::size_t width) const {
    const fs::path whole = config_.folder / evidence::tile_path(level, index, evidence::kTileWidth);
    auto bytes = read_whole_file(whole);
    if (!bytes) {
        fs::path partial = whole;
        partial += ".p";
        for (const std::size_t found : partial_widths(partial)) {
            if (found < width) break;
            bytes = read_whole_file(partial / std::to_string(found));
            if (bytes) break;
        }
    }
    if (!bytes) return tl::unexpected(bytes.error());
    auto hashes = evidence::tile_from_bytes(*bytes);
    if (!hashes || hashes->size() < width)
        return fail(Errc::Corrupt, "the tile " + whole.string() + " is damaged");
    return *std::move(hashes);
}

evidence::TileSource EvidencePublisher::tiles() {
    return [this](unsigned level, std::uint64_t index, std::size_t width) {
        const std::lock_guard lock{publishing_};
        return read_tile(level, index, width);
    };
}

Result<void> EvidencePublisher::recover(Database& database) {
    const auto frontier = stored_frontier(database);
    if (!frontier) return tl::unexpected(frontier.error());
    const auto note = read_whole_file(config_.folder / kCheckpointFile);
    if (!note && note.error().code != Errc::NotFound) return tl::unexpected(note.error());
    std::optional<evidence::Checkpoint> last;
    if (note) {
        const auto opened = evidence::open_checkpoint(*note, keys_.signing().verifier());
        if (!opened)
            return fail(Errc::Corrupt, "the evidence log's last checkpoint, " +
                                           (config_.folder / kCheckpointFile).string() + ": " +
                                           opened.error().detail);
        last = *opened;
        note_ = *note;
        published_ = last->size;
    }
    if (last && last->size > frontier->size()) {
        return fail(Errc::Corrupt, "the evidence log ends before " + record_name(frontier->size()) +
                                       ", and its last checkpoint signed " +
                                       std::to_string(last->size) +
                                       " records: restore the store's newest copy");
    }
    if (const auto replayed = replay(database, last); !replayed) return replayed;
    if (builder_.size() < frontier->size())
        return fail(Errc::Corrupt, "the evidence log lacks " + record_name(builder_.size()));
    if (builder_.frontier() != *frontier)
        return fail(Errc::Corrupt, "the evidence log's records are not those that were appended");
    durable_ = frontier->size();
    taken_ = published_;
    return {};
}

/// Is the tile with the last of so many leaves there?
bool EvidencePublisher::read_newest_tile(std::uint64_t size) const {
    if (size == 0) return true;
    const std::uint64_t last = size - 1;
    return read_tile(0, last / evidence::kTileWidth, last % evidence::kTileWidth + 1).has_value();
}

/// Hashes the newest leaves again, from a tile's beginning on, and compares with what was signed.
Result<void> EvidencePublisher::replay(Database& database,
                                       const std::optional<evidence::Checkpoint>& last) {
    const std::uint64_t signed_size = last ? last->size : 0;
    const std::uint64_t wanted = signed_size > kRecheckMax ? signed_size - kRecheckMax : 0;
    const std::uint64_t start = wanted - wanted % evidence::kTileWidth;
    auto resumed = evidence::TileBuilder::resume(
        start, [this](unsigned level, std::uint64_t index, std::size_t width) {
            return read_tile(level, index, width);
        });
    // Without its tiles the tree is made from the first record on, and they are written anew.
    are_tiles_lost_ = !resumed || !read_newest_tile(signed_size);
    builder_ = are_tiles_lost_ ? evidence::TileBuilder{} : *std::move(resumed);

    Statement rows{database, "SELECT seq, record FROM evidence WHERE seq >= ? ORDER BY seq"};
    rows.bind(builder_.size());
    if (last && builder_.size() == last->size && builder_.root() != last->root)
        return tl::unexpected(first_difference(database, *last));
    while (rows.step()) {
        if (rows.get<std::uint64_t>(0) != builder_.size())
            return fail(Errc::Corrupt, "the evidence log lacks " + record_name(builder_.size()));
        builder_.append(evidence::leaf_hash(rows.get<std::string>(1)));
        if (last && builder_.size() == last->size && builder_.root() != last->root)
            return tl::unexpected(first_difference(database, *last));
    }
    return {};
}

Error EvidencePublisher::first_difference(Database& database,
                                          const evidence::Checkpoint& last) const {
    const std::string advice = ": keep a copy of the store, and ask who changed it";
    std::vector<Hash> tile;
    Statement rows{database, "SELECT seq, record FROM evidence WHERE seq < ? ORDER BY seq"};
    rows.bind(last.size);
    for (std::uint64_t seq = 0; rows.step(); ++seq) {
        if (rows.get<std::uint64_t>(0) != seq)
            return {Errc::Corrupt, "the evidence log lacks " + record_name(seq) + advice};
        const std::size_t place = seq % evidence::kTileWidth;
        if (place == 0) {
            const std::uint64_t index = seq / evidence::kTileWidth;
            const auto width = std::min<std::uint64_t>(last.size - seq, evidence::kTileWidth);
            tile = read_tile(0, index, width).value_or(std::vector<Hash>{});
        }
        if (place < tile.size() && tile[place] != evidence::leaf_hash(rows.get<std::string>(1)))
            return {Errc::Corrupt, "the evidence log's " + record_name(seq) +
                                       " is not the one that was signed" + advice};
    }
    return {Errc::Corrupt, "the evidence log's first " + std::to_string(last.size) +
                               " records are not those that its last checkpoint signed" + advice};
}

void EvidencePublisher::grown(std::uint64_t size) {
    bool due = false;
    {
        const std::lock_guard lock{mutex_};
        due = durable_ == taken_ || size >= taken_ + kLeavesMax;  // asleep, or waiting for more
        durable_ = size;
    }
    if (due) wake_.notify_one();
}

void EvidencePublisher::loop() {
    std::unique_lock lock{mutex_};
    while (true) {
        wake_.wait(lock, [this] { return stopping_ || durable_ > taken_; });
        const auto deadline = Clock::now() + kNewsWithin;
        wake_.wait_until(lock, deadline,
                         [this] { return stopping_ || durable_ >= taken_ + kLeavesMax; });
        if (stopping_) return;
        lock.unlock();
        const bool done = publish().has_value();
        lock.lock();
        if (done) continue;
        // What hinders it (a full disk) is told by status(); it is tried again each second.
        wake_.wait_for(lock, kNewsWithin, [this] { return stopping_; });
    }
}

Result<std::string> EvidencePublisher::publish() {
    std::string note;
    bool is_news = false;
    {
        const std::lock_guard lock{publishing_};
        const std::uint64_t before = published_;
        const auto published = publish_locked();
        fault_ = published ? std::string{} : published.error().detail;
        if (!published) return tl::unexpected(published.error());
        note = note_;
        is_news = published_ != before;
    }
    // Whoever asks the log does not wait for a slow second place.
    if (is_news) send_copies(note);
    return note;
}

EvidenceStatus EvidencePublisher::status() {
    const std::lock_guard lock{publishing_};
    return {published_, note_, fault_, copy_fault_};
}

Result<void> EvidencePublisher::publish_locked() {
    try {
        if (const auto taken = take_new_leaves(); !taken) return taken;
    } catch (const SqliteError& error) {
        database_.reset();
        const Error reported = to_error(error);
        return fail(reported.code, reported.detail);
    }
    if (builder_.size() == published_ && !are_tiles_lost_) return {};
    if (const auto written = write_tiles(); !written) return written;
    are_tiles_lost_ = false;
    if (builder_.size() == published_) return {};
    if (const auto written = write_checkpoint(); !written) return written;
    published_ = builder_.size();
    {
        const std::lock_guard lock{mutex_};
        taken_ = published_;
        durable_ = std::max(durable_, taken_);
    }
    return {};
}

Result<void> EvidencePublisher::take_new_leaves() {
    if (!database_) database_.emplace(store_, Database::Mode::ReadOnly, vfs_);
    Statement rows{*database_, "SELECT seq, record FROM evidence WHERE seq >= ? ORDER BY seq"};
    rows.bind(builder_.size());
    while (rows.step()) {
        if (rows.get<std::uint64_t>(0) != builder_.size())
            return fail(Errc::Corrupt, "the evidence log lacks " + record_name(builder_.size()));
        builder_.append(evidence::leaf_hash(rows.get<std::string>(1)));
    }
    return {};
}

Result<void> EvidencePublisher::write_tiles() {
    const auto path_of = [&](const evidence::Tile& tile, std::size_t width) {
        return config_.folder / evidence::tile_path(tile.level, tile.index, width);
    };
    for (const evidence::Tile& tile : builder_.take_full()) {
        const auto written = write_file_lazily(path_of(tile, evidence::kTileWidth),
                                               evidence::tile_bytes(tile.hashes));
        if (!written) return written;
        fs::path partial = path_of(tile, evidence::kTileWidth);
        partial += ".p";
        std::error_code ignored;
        fs::remove_all(partial, ignored);
    }
    for (const evidence::Tile& tile : builder_.partial_tiles()) {
        const fs::path path = path_of(tile, tile.hashes.size());
        const auto written = write_file_lazily(path, evidence::tile_bytes(tile.hashes));
        if (!written) return written;
        for (const std::size_t width : partial_widths(path.parent_path())) {
            std::error_code ignored;
            if (width < tile.hashes.size())
                fs::remove(path.parent_path() / std::to_string(width), ignored);
        }
    }
    return {};
}

Result<void> EvidencePublisher::write_checkpoint() {
    const std::string note = keys_.signing().sign(
        evidence::checkpoint_text({keys_.origin(), builder_.size(), builder_.root()}));
    // The history first: a checkpoint that is in force stands in it.
    if (auto added = append_to_file(config_.folder / kHistoryFile, history_line(note)); !added)
        return added;
    if (auto put = write_file_whole(config_.folder / kCheckpointFile, note, 0644); !put) return put;
    note_ = note;
    return {};
}

void EvidencePublisher::send_copies(const std::string& note) {
    std::string fault;
    for (const fs::path& copy : config_.copies) {
        const auto added = append_to_file(copy, history_line(note));
        if (!added) fault = added.error().detail;
    }
    if (!config_.webhook.empty()) {
        const auto sent = post_to_webhook(config_.webhook, note);
        if (!sent) fault = sent.error().detail;
    }
    const std::lock_guard lock{publishing_};
    copy_fault_ = std::move(fault);
}

}  // namespace bellwether::store
