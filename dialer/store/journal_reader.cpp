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

}  // namespace

Result<std::vector<JournalSegment>> Store::journal_segments() const {
    return impl_->readers.query([](Database& database) -> Result<std::vector<JournalSegment>> {
        Statement query{database,
                        "SELECT first_seq, epoch, elapsed_us, utc, snapshot, snapshot_personal "
                        "FROM journal_segments ORDER BY first_seq"};
        return read_all(query, [](const Statement& row) {
            return JournalSegment{
                row.get<std::uint64_t>(0), row.get<Epoch>(1), read_now(row, 2),
                engine::Encoded{row.get<std::string>(4), row.get<std::string>(5)}};
        });
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
