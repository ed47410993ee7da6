#include "dialer/store/writer.h"

#include <chrono>

namespace bellwether::store {

namespace {

// design.md §4: a group commit takes what has come within 2 ms, 64 operations at the most.
constexpr std::chrono::milliseconds kGroupWindow{2};
constexpr std::size_t kGroupMax = 64;

bool is_write(const auto& item) { return item.index() < 2; }  // not a command

}  // namespace

Writer::Writer(Database database, ActionWriter::Owner owner, std::uint64_t next_seq,
               Checkpointer& checkpointer, EvidenceKeys& keys, EvidencePublisher& publisher,
               EventSink on_event)
    : checkpointer_{checkpointer},
      publisher_{publisher},
      on_event_{std::move(on_event)},
      database_{std::move(database)},
      actions_{database_, std::move(owner), next_seq},
      evidence_{database_, keys},
      newest_epoch_{database_, "SELECT max(epoch) FROM epochs"},
      thread_{[this] { loop(); }} {}

Writer::~Writer() {
    {
        const std::lock_guard lock{mutex_};
        stopping_ = true;
    }
    wake_.notify_one();
    thread_.join();
    publisher_.close();
}

bool Writer::submit(WriteBatch batch) { return submit_item(std::move(batch)); }

bool Writer::submit(JournalSegment segment) { return submit_item(std::move(segment)); }

bool Writer::submit_item(Item item) {
    {
        const std::lock_guard lock{mutex_};
        // Once refused, always refused: the journal must have no gap.
        refusing_ = refusing_ || failure_ || stopping_ || batches_ >= Store::kBatchesMax;
        if (refusing_) return false;
        queue_.push_back(std::move(item));
        ++batches_;
    }
    wake_.notify_one();
    return true;
}

void Writer::enqueue(Command command) {
    std::unique_lock lock{mutex_};
    if (failure_) {
        lock.unlock();
        command.done(failure_);  // set once, never changed after
        return;
    }
    queue_.emplace_back(std::move(command));
    lock.unlock();
    wake_.notify_one();
}

void Writer::loop() {
    while (auto item = wait_for_item()) {
        if (is_write(*item)) {
            write_group(*std::move(item));
        } else {
            write_command(std::get<Command>(*std::move(item)));
        }
    }
}

std::optional<Writer::Item> Writer::wait_for_item() {
    std::unique_lock lock{mutex_};
    wake_.wait(lock, [this] { return stopping_ || !queue_.empty(); });
    if (queue_.empty()) return std::nullopt;
    Item item = std::move(queue_.front());
    queue_.pop_front();
    if (is_write(item)) --batches_;
    return item;
}

std::optional<Writer::Item> Writer::next_of_group() {
    const std::lock_guard lock{mutex_};
    if (queue_.empty() || !is_write(queue_.front())) return std::nullopt;
    Item item = std::move(queue_.front());
    queue_.pop_front();
    --batches_;
    return item;
}

bool Writer::others_wait() {
    const std::lock_guard lock{mutex_};
    return !queue_.empty();
}

void Writer::write_group(Item first) {
    const auto close_at = std::chrono::steady_clock::now() + kGroupWindow;
    try {
        Transaction transaction{database_, Transaction::Kind::Write};
        check_still_owner();
        std::optional<Item> item = std::move(first);
        for (std::size_t taken = 1; item; ++taken) {
            if (const auto* batch = std::get_if<WriteBatch>(&*item)) {
                actions_.write(*batch, events_);
                for (const auto& record : actions_.take_evidence()) evidence_.append(record);
                for (const auto& record : batch->evidence) evidence_.append(record);
            } else {
                actions_.write(std::get<JournalSegment>(*item));
            }
            const bool full = taken == kGroupMax || std::chrono::steady_clock::now() >= close_at;
            item = full ? std::nullopt : next_of_group();
        }
        evidence_.settle();
        transaction.commit();
    } catch (const SqliteError& error) {
        evidence_.rolled_back();
        BW_CHECK(!error.is_constraint());  // the engine broke a promise that the schema keeps
        fail_for_good(to_error(error));
        return;
    }
    after_commit();
}

void Writer::write_command(Command command) {
    const std::function<bool()> waiting = [this] { return others_wait(); };
    Context context{database_, events_, waiting, evidence_};
    std::optional<Error> error;
    try {
        Transaction transaction{database_, Transaction::Kind::Write};
        check_still_owner();
        error = command.work(context);
        if (!error) {
            evidence_.settle();
            transaction.commit();
        }
    } catch (const SqliteError& thrown) {
        error = to_error(thrown);
        // A full disk ends this command only: the engine's own next write decides for the store.
        const bool fatal = thrown.code() != SQLITE_FULL && !thrown.is_constraint();
        if (fatal) fail_for_good(*error);
    }
    if (error) {
        events_.clear();
        evidence_.rolled_back();
    } else {
        after_commit();
    }
    command.done(std::move(error));
}

// A process that was stopped for long may have lost the file to another one (its lock file removed
// by hand, a copied disk): whoever began the newest epoch owns the store.
void Writer::check_still_owner() {
    const bool found = newest_epoch_.step();
    const bool ours = found && newest_epoch_.get<Epoch>(0) == actions_.owner().epoch;
    newest_epoch_.reset();
    if (!ours) throw SqliteError{SQLITE_ABORT, "another service has taken this store over"};
}

void Writer::after_commit() {
    evidence_.committed();
    publisher_.grown(evidence_.size());
    deliver();
    checkpointer_.committed(database_);
}

void Writer::deliver() {
    for (StoreEvent& event : events_) on_event_(std::move(event));
    events_.clear();
}

void Writer::fail_for_good(const Error& error) {
    events_.clear();
    std::deque<Item> dropped;
    {
        const std::lock_guard lock{mutex_};
        if (failure_) return;
        failure_ = error;
        dropped.swap(queue_);
        batches_ = 0;
    }
    on_event_(Failed{error});
    for (Item& item : dropped) {
        if (auto* command = std::get_if<Command>(&item)) command->done(error);
    }
}

}  // namespace bellwether::store
