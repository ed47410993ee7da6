#pragma once

#include <atomic>
#include <utility>
#include <vector>

#include "dialer/store/checkpointer.h"
#include "dialer/store/file_lock.h"
#include "dialer/store/readers.h"
#include "dialer/store/store.h"
#include "dialer/store/writer.h"

namespace bellwether::store {

/// What the files of dialer/store share behind Store.
/// Destroyed from the last member to the first: the writer ends what waits, then the checkpointer
/// and the readers close, and the lock goes last.
class Store::Impl {
public:
    Impl(StoreConfig settings, FileLock held, Epoch mine, std::uint64_t next_seq, Database writing,
         EventSink on_event)
        : config{std::move(settings)},
          lock{std::move(held)},
          epoch{mine},
          next_journal_seq{next_seq},
          readers{config.path, config.vfs},
          checkpointer{config.path, config.vfs} {
        checkpointer.watch(writing);
        writer.emplace(std::move(writing),
                       ClaimOwner{epoch, config.owner, config.destination_allowed}, next_seq,
                       checkpointer, std::move(on_event));
    }

    const StoreConfig config;
    FileLock lock;
    const Epoch epoch;
    const std::uint64_t next_journal_seq;
    std::atomic<bool> importing{false};  ///< an import runs; there is one at a time
    Readers readers;
    Checkpointer checkpointer;
    std::optional<Writer> writer;
};

}  // namespace bellwether::store
