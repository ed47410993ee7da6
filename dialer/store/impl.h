#pragma once

#include <atomic>
#include <memory>
#include <utility>
#include <vector>

#include "dialer/store/checkpointer.h"
#include "dialer/store/evidence_log.h"
#include "dialer/store/file_lock.h"
#include "dialer/store/number_lists.h"
#include "dialer/store/readers.h"
#include "dialer/store/store.h"
#include "dialer/store/writer.h"

namespace bellwether::store {

/// What the files of dialer/store share behind Store.
/// Destroyed from the last member to the first: the writer ends what waits and the evidence is
/// published, then the checkpointer and the readers close, and the lock goes last.
class Store::Impl {
public:
    /// What was opened before the first write.
    struct Opened {
        FileLock lock;
        Epoch epoch{};
        std::uint64_t next_seq = 1;
        Database database;
        std::unique_ptr<EvidenceKeys> keys;
        std::unique_ptr<EvidencePublisher> publisher;
    };

    Impl(StoreConfig settings, Opened opened, EventSink on_event)
        : config{std::move(settings)},
          lock{std::move(opened.lock)},
          epoch{opened.epoch},
          next_journal_seq{opened.next_seq},
          readers{config.path, config.vfs},
          checkpointer{config.path, config.vfs},
          keys{std::move(opened.keys)},
          publisher{std::move(opened.publisher)},
          evidence{*this},
          number_lists{*this} {
        checkpointer.watch(opened.database);
        writer.emplace(std::move(opened.database),
                       ClaimOwner{epoch, config.owner, config.destination_allowed, config.policy},
                       next_journal_seq, checkpointer, *keys, *publisher, std::move(on_event));
    }

    ~Impl() { readers.close_idle(); }
    Impl(const Impl&) = delete;
    Impl& operator=(const Impl&) = delete;

    const StoreConfig config;
    FileLock lock;
    const Epoch epoch;
    const std::uint64_t next_journal_seq;
    std::atomic<bool> importing{false};  ///< an import runs; there is one at a time
    Readers readers;
    Checkpointer checkpointer;
    std::unique_ptr<EvidenceKeys> keys;
    std::unique_ptr<EvidencePublisher> publisher;
    EvidenceLog evidence;
    NumberLists number_lists;
    std::optional<Writer> writer;
};

}  // namespace bellwether::store
