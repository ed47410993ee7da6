#include <algorithm>
#include <utility>

#include "dialer/store/impl.h"

// Store: do-not-call.

namespace bellwether::store {

namespace {

constexpr std::size_t kEntriesPerCommit = 10'000;  // about 0.1 s of the writer's time

constexpr const char* kColumns =
    "SELECT digits, ifnull(client_id, 0), source, actor, reason, at, removed_at FROM suppression ";

DoNotCallEntry read_entry(const Statement& row) {
    return {PhoneNumber::from_digits(row.get<std::uint64_t>(0)),
            row.get<ClientId>(1),
            row.get<DoNotCallSource>(2),
            row.get<std::string>(3),
            row.get<std::string>(4),
            row.get<UtcTime>(5),
            row.get<std::optional<UtcTime>>(6)};
}

compliance::evidence::Record evidence_of(const DoNotCallEntry& entry) {
    return to_record(compliance::evidence::DncFacts{.at = entry.at,
                                                    .client = entry.client,
                                                    .number = entry.number,
                                                    .source = std::string{name_of(entry.source)},
                                                    .actor = entry.actor,
                                                    .reason = entry.reason});
}

/// Adds entries inside one transaction, and tells the engine of those it may have in hand.
class Additions {
public:
    explicit Additions(Writer::Context& context)
        : context_{context},
          insert_{context.database,
                  "INSERT INTO suppression(digits, client_id, source, actor, reason, at) "
                  "VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING"},
          known_number_{context.database, "SELECT id FROM numbers WHERE digits = ?"} {}

    /// True if it was not there before.
    bool add(const DoNotCallEntry& entry) {
        insert_.run_with(entry.number.digits(), or_null(entry.client), entry.source, entry.actor,
                         entry.reason, entry.at);
        const bool is_new = context_.database.changes() == 1;
        if (is_new) context_.evidence.append(evidence_of(entry));
        // A number without an id belongs to no contact: nobody can be calling it.
        if (known_number_.bind(entry.number.digits()).step()) {
            context_.events.emplace_back(
                engine::SuppressionAdded{known_number_.get<NumberId>(0), entry.client});
        }
        known_number_.reset();
        return is_new;
    }

private:
    Writer::Context& context_;
    Statement insert_;
    Statement known_number_;
};

}  // namespace

Result<bool> Store::add_do_not_call(const DoNotCallEntry& entry) {
    return impl_->writer->run(
        [&](Writer::Context& context) -> Result<bool> { return Additions{context}.add(entry); });
}

Result<std::int64_t> Store::import_do_not_call(const std::vector<DoNotCallEntry>& entries) {
    std::int64_t added = 0;
    for (std::size_t begin = 0; begin < entries.size(); begin += kEntriesPerCommit) {
        const std::size_t end = std::min(begin + kEntriesPerCommit, entries.size());
        const auto written =
            impl_->writer->run([&](Writer::Context& context) -> Result<std::int64_t> {
                Additions additions{context};
                std::int64_t is_new = 0;
                for (std::size_t i = begin; i < end; ++i)
                    is_new += additions.add(entries[i]) ? 1 : 0;
                return is_new;
            });
        if (!written) return written;
        added += *written;
    }
    return added;
}

Result<void> Store::remove_do_not_call(const PhoneNumber& number, ClientId client,
                                       std::string_view actor, UtcTime at) {
    return impl_->writer->run([&](Writer::Context& context) -> Result<void> {
        Statement{context.database,
                  "UPDATE suppression SET removed_at = ?, removed_by = ? WHERE digits = ? "
                  "AND ifnull(client_id, 0) = ? AND removed_at IS NULL"}
            .run_with(at, actor, number.digits(), client);
        if (context.database.changes() == 0) {
            return fail(Errc::NotFound, "the number is not on do-not-call for this client");
        }
        context.evidence.append(
            to_record(compliance::evidence::DncFacts{.at = at,
                                                     .added = false,
                                                     .client = client,
                                                     .number = number,
                                                     .source = "COMMAND",
                                                     .actor = std::string{actor}}));
        return {};
    });
}

Result<std::optional<DoNotCallEntry>> Store::check_do_not_call(const PhoneNumber& number,
                                                               ClientId client) const {
    using Found = std::optional<DoNotCallEntry>;
    return impl_->readers.query([&](Database& database) -> Result<Found> {
        Statement query{database, std::string{kColumns} +
                                      "WHERE digits = ? AND ifnull(client_id, 0) IN (0, ?) "
                                      "AND removed_at IS NULL ORDER BY client_id DESC"};
        if (!query.bind(number.digits(), client).step()) return std::nullopt;
        return read_entry(query);
    });
}

Result<void> Store::export_do_not_call(
    const std::function<void(const DoNotCallEntry&)>& take) const {
    return impl_->readers.query([&](Database& database) -> Result<void> {
        Statement query{database,
                        std::string{kColumns} +
                            "WHERE removed_at IS NULL ORDER BY digits, ifnull(client_id, 0)"};
        while (query.step()) take(read_entry(query));
        return {};
    });
}

}  // namespace bellwether::store
