#include <utility>

#include "dialer/store/impl.h"

// Store: reading the journal back, byte for byte (promise R6).

namespace bellwether::store {

namespace {

Now read_now(const Statement& row, int column) {
    return {Instant{Duration{row.get<std::int64_t>(column)}}, row.get<UtcTime>(column + 1)};
}

std::vector<engine::Encoded> split_lines(const std::string& lines) {
    std::vector<engine::Encoded> actions;
    std::size_t begin = 0;
    while (begin < lines.size()) {
        const std::size_t end = std::min(lines.find('\n', begin), lines.size());
        actions.push_back({lines.substr(begin, end - begin), {}});
        begin = end + 1;
    }
    return actions;
}

Result<void> put_personal(JournalEntry& entry, std::size_t part, std::string personal) {
    if (part == 0) {
        entry.event_personal = std::move(personal);
    } else if (part <= entry.actions.size()) {
        entry.actions[part - 1].personal = std::move(personal);
    } else {
        return fail(Errc::Corrupt, "journal entry " + std::to_string(entry.seq) +
                                       " has fewer actions than its personal part says");
    }
    return {};
}

Result<JournalEntry> read_entry(const Statement& row, Statement& personal) {
    JournalEntry entry{row.get<std::uint64_t>(0),
                       read_now(row, 1),
                       row.get<std::string>(3),
                       {},
                       split_lines(row.get<std::string>(4))};
    personal.bind(entry.seq);
    while (personal.step()) {
        const auto put =
            put_personal(entry, personal.get<std::size_t>(0), personal.get<std::string>(1));
        if (!put) return fail(put.error().code, put.error().detail);
    }
    return entry;
}

constexpr std::string_view kSelectSegments =
    "SELECT first_seq, epoch, elapsed_us, utc, snapshot, snapshot_personal FROM journal_segments ";

JournalSegment read_segment(const Statement& row) {
    return {row.get<std::uint64_t>(0), row.get<Epoch>(1), read_now(row, 2),
            engine::Encoded{row.get<std::string>(4), row.get<std::string>(5)}};
}

/// Of the first entry from `seq` on; there must be one.
std::pair<std::uint64_t, UtcTime> entry_from(Statement& query, std::uint64_t seq) {
    query.bind(seq);
    BW_CHECK(query.step());
    const std::pair found{query.get<std::uint64_t>(0), query.get<UtcTime>(1)};
    query.reset();
    return found;
}

std::optional<JournalSpan> span_of(Database& database) {
    Statement ends{database,
                   "SELECT seq, utc FROM journal WHERE seq IN "
                   "((SELECT min(seq) FROM journal), (SELECT max(seq) FROM journal)) ORDER BY seq"};
    if (!ends.step()) return std::nullopt;
    JournalSpan span{.first_seq = ends.get<std::uint64_t>(0),
                     .last_seq = ends.get<std::uint64_t>(0),
                     .first = ends.get<UtcTime>(1),
                     .last = ends.get<UtcTime>(1)};
    if (ends.step()) {
        span.last_seq = ends.get<std::uint64_t>(0);
        span.last = ends.get<UtcTime>(1);
    }
    return span;
}

}  // namespace

Result<std::optional<JournalSpan>> Store::journal_span() const {
    return impl_->readers.query(
        [](Database& database) -> Result<std::optional<JournalSpan>> { return span_of(database); });
}

Result<std::optional<std::uint64_t>> Store::journal_seq_at(UtcTime at) const {
    using Found = std::optional<std::uint64_t>;
    return impl_->readers.query([&](Database& database) -> Result<Found> {
        const auto span = span_of(database);
        if (!span || span->first > at) return Found{};
        if (span->last <= at) return Found{span->last_seq};
        Statement query{database,
                        "SELECT seq, utc FROM journal WHERE seq >= ? ORDER BY seq LIMIT 1"};
        std::uint64_t not_later = span->first_seq;
        std::uint64_t later = span->last_seq;
        while (not_later + 1 < later) {
            const std::uint64_t middle = not_later + (later - not_later) / 2;
            const auto [seq, utc] = entry_from(query, middle);
            if (utc > at) {
                later = middle;
            } else {
                not_later = seq;
            }
        }
        return Found{not_later};
    });
}

Result<std::vector<JournalSegment>> Store::journal_segments() const {
    return impl_->readers.query([](Database& database) -> Result<std::vector<JournalSegment>> {
        Statement query{database, std::string{kSelectSegments} + "ORDER BY first_seq"};
        return read_all(query, read_segment);
    });
}

Result<std::optional<JournalSegment>> Store::last_journal_segment() const {
    using Found = std::optional<JournalSegment>;
    return impl_->readers.query([](Database& database) -> Result<Found> {
        Statement query{database, std::string{kSelectSegments} + "ORDER BY first_seq DESC LIMIT 1"};
        return query.step() ? Found{read_segment(query)} : Found{};
    });
}

Result<void> Store::for_each_journal_entry(
    std::uint64_t first, std::uint64_t last,
    const std::function<void(const JournalEntry&)>& take) const {
    return impl_->readers.query([&](Database& database) -> Result<void> {
        Statement entries{database,
                          "SELECT seq, elapsed_us, utc, event, actions FROM journal "
                          "WHERE seq BETWEEN ? AND ? ORDER BY seq"};
        Statement personal{
            database, "SELECT part, personal FROM journal_personal WHERE seq = ? ORDER BY part"};
        entries.bind(first, last);
        while (entries.step()) {
            const auto entry = read_entry(entries, personal);
            if (!entry) return fail(entry.error().code, entry.error().detail);
            take(*entry);
        }
        return {};
    });
}

}  // namespace bellwether::store
