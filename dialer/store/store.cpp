#include "dialer/store/store.h"

#include <string>
#include <utility>

#include "campaigns/interview_outcome.h"
#include "dialer/store/impl.h"
#include "dialer/store/migrations.h"
#include "dialer/store/opening.h"

namespace bellwether::store {

Result<std::unique_ptr<Store>> Store::open(StoreConfig config, EventSink on_event) {
    BW_CHECK(config.destination_allowed != nullptr);
    BW_CHECK(on_event != nullptr);
    if (config.evidence.folder.empty())
        config.evidence.folder = config.path.parent_path() / "evidence";
    if (config.evidence.origin.empty()) config.evidence.origin = config.owner + "/evidence";
    std::filesystem::path lock_path = config.path;
    lock_path += ".lock";
    auto lock = FileLock::take(lock_path, config.owner);
    if (!lock) return fail(lock.error().code, lock.error().detail);

    try {
        Database database{config.path, Database::Mode::ReadWrite, config.vfs};
        prepare_for_writing(database);
        if (auto sound = check_for_damage(database); !sound) {
            return fail(sound.error().code, sound.error().detail);
        }
        if (auto migrated = migrate(database); !migrated) {
            return fail(migrated.error().code, migrated.error().detail);
        }
        auto keys = EvidenceKeys::open(config.evidence.folder, config.evidence.origin);
        if (!keys) return tl::unexpected(keys.error());
        auto publisher =
            EvidencePublisher::open(config.evidence, **keys, config.path, config.vfs, database);
        if (!publisher) return tl::unexpected(publisher.error());
        const Epoch epoch = begin_epoch(database, config.owner);
        const std::uint64_t next_seq = bellwether::store::next_journal_seq(database);
        auto impl = std::make_unique<Impl>(
            std::move(config),
            Impl::Opened{*std::move(lock), epoch, next_seq, std::move(database), *std::move(keys),
                         *std::move(publisher)},
            std::move(on_event));
        if (auto loaded = impl->number_lists.load(); !loaded) {
            return tl::unexpected(loaded.error());
        }
        return std::unique_ptr<Store>{new Store{std::move(impl)}};
    } catch (const SqliteError& error) {
        const Error reported = to_error(error);
        return fail(reported.code, config.path.string() + ": " + reported.detail);
    }
}

Store::Store(std::unique_ptr<Impl> impl) : impl_{std::move(impl)} {}

Store::~Store() = default;

Epoch Store::epoch() const { return impl_->epoch; }

std::uint64_t Store::next_journal_seq() const { return impl_->next_journal_seq; }

Result<std::vector<engine::AttemptFoundAlive>> Store::attempts_alive() const {
    using Found = std::vector<engine::AttemptFoundAlive>;
    return impl_->readers.query([this](Database& database) -> Result<Found> {
        Statement query{
            database,
            "SELECT a.campaign_id, a.id, a.contact_id, a.attempts_made, "
            "a.answered_at IS NOT NULL, a.connected_at IS NOT NULL OR a.spoken_at IS NOT NULL, "
            "a.number_id, i.ending, i.cause, r.attempt_id IS NOT NULL, r.due_at, "
            "d.call_id IS NOT NULL, d.due_at, cb.id IS NOT NULL, cb.due_at FROM attempts a INDEXED "
            "BY attempts_live_number "
            "LEFT JOIN interviews i ON i.contact_id = a.contact_id AND i.attempt_id = a.id "
            "LEFT JOIN conversions r ON r.attempt_id = a.id "
            "LEFT JOIN dispositions d ON d.epoch = a.epoch AND d.call_id = a.id "
            "LEFT JOIN callbacks cb ON cb.campaign_id = a.campaign_id "
            "AND cb.contact_id = a.contact_id AND cb.attempt_id = a.id "
            "AND cb.kept_at IS NULL AND cb.replaced_at IS NULL "
            "WHERE a.ended_at IS NULL AND a.epoch < ? ORDER BY a.id"};
        Found found;
        query.bind(impl_->epoch);
        while (query.step()) {
            found.push_back({query.get<CampaignId>(0), query.get<AttemptId>(1),
                             query.get<ContactId>(2), query.get<int>(3), query.get<bool>(4),
                             query.get<bool>(5), query.get<NumberId>(6)});
            if (const auto ending = query.get<std::optional<campaigns::form::Outcome>>(7)) {
                found.back().interviewed =
                    campaigns::outcome_of(*ending, query.get<campaigns::form::EndCause>(8));
            }
            // What follows from a refusal goes before the disposition that told of it; a promise
            // by key stands alone.
            for (const int told : {9, 11, 13}) {
                if (found.back().is_settled || !query.get<bool>(told)) continue;
                found.back().is_settled = true;
                found.back().settled_due = query.get<std::optional<UtcTime>>(told + 1);
            }
        }
        return found;
    });
}

Result<std::vector<Store::UnknownAttempt>> Store::unknown_attempts(CampaignId campaign,
                                                                   UtcTime since) const {
    using Found = std::vector<UnknownAttempt>;
    return impl_->readers.query([&](Database& database) -> Result<Found> {
        Statement query{database,
                        "SELECT number_id, ended_at FROM attempts INDEXED BY attempts_unknown "
                        "WHERE campaign_id = ? AND outcome = 'UNKNOWN' AND ended_at > ? "
                        "ORDER BY ended_at, id"};
        Found found;
        query.bind(campaign, since);
        while (query.step()) found.push_back({query.get<NumberId>(0), query.get<UtcTime>(1)});
        return found;
    });
}

bool Store::submit(WriteBatch batch) { return impl_->writer->submit(std::move(batch)); }

bool Store::begin_segment(std::uint64_t first_seq, Now now, engine::Encoded snapshot) {
    return impl_->writer->submit(JournalSegment{first_seq, impl_->epoch, now, std::move(snapshot)});
}

Result<void> Store::flush() {
    return impl_->writer->run([](Writer::Context&) -> Result<void> { return {}; });
}

}  // namespace bellwether::store
