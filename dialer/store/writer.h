#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <future>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <variant>
#include <vector>

#include "dialer/store/action_writer.h"
#include "dialer/store/checkpointer.h"
#include "dialer/store/evidence_publisher.h"
#include "dialer/store/evidence_writer.h"
#include "dialer/store/sqlite.h"
#include "dialer/store/store.h"

namespace bellwether::store {

/// The one thread that writes. Batches that wait together share a commit; a command has one of its
/// own. Order is first in, first out over both. The first failed write ends it: see store::Failed.
class Writer {
public:
    /// What a command sees of the transaction it runs in.
    struct Context {
        Database& database;
        std::vector<StoreEvent>&
            events;  ///< delivered after the commit, before the command returns
        const std::function<bool()>&
            others_wait;           ///< true: end soon, somebody needs the next commit
        EvidenceWriter& evidence;  ///< what it appends is part of the transaction
    };

    /// @param database  open and migrated; only this thread touches it from now on.
    /// @param next_seq  of the journal.
    Writer(Database database, ActionWriter::Owner owner, std::uint64_t next_seq,
           Checkpointer& checkpointer, EvidenceKeys& keys, EvidencePublisher& publisher,
           EventSink on_event);
    ~Writer();  ///< writes what waits, then joins
    Writer(const Writer&) = delete;
    Writer& operator=(const Writer&) = delete;

    [[nodiscard]] bool submit(WriteBatch batch);
    [[nodiscard]] bool submit(JournalSegment segment);

    /// Runs `body`, a callable Result<T>(Context&), in a transaction; an error rolls it back.
    /// Blocks until it is durable and its events were delivered. Checked: not called on the writer
    /// thread.
    template <class Body>
    [[nodiscard]] std::invoke_result_t<Body, Context&> run(Body body);

private:
    struct Command {
        /// Runs in a transaction; an error rolls it back.
        std::function<std::optional<Error>(Context&)> work;
        std::function<void(std::optional<Error>)> done;
    };
    using Item = std::variant<WriteBatch, JournalSegment, Command>;

    [[nodiscard]] bool submit_item(Item item);
    void enqueue(Command command);
    void loop();
    void write_group(Item first);
    void write_command(Command command);
    void check_still_owner();
    void deliver();
    void after_commit();
    void fail_for_good(const Error& error);
    [[nodiscard]] std::optional<Item> next_of_group();
    [[nodiscard]] std::optional<Item> wait_for_item();
    [[nodiscard]] bool others_wait();

    Checkpointer& checkpointer_;
    EvidencePublisher& publisher_;
    EventSink on_event_;

    Database database_;
    ActionWriter actions_;
    EvidenceWriter evidence_;
    Statement newest_epoch_;
    std::vector<StoreEvent> events_;

    std::mutex mutex_;
    std::condition_variable wake_;
    std::deque<Item> queue_;        ///< guarded by mutex_
    std::size_t batches_ = 0;       ///< in queue_; guarded by mutex_
    bool refusing_ = false;         ///< batches; guarded by mutex_
    bool stopping_ = false;         ///< guarded by mutex_
    std::optional<Error> failure_;  ///< guarded by mutex_

    std::thread thread_;  ///< last: everything else is there when it starts
};

template <class Body>
std::invoke_result_t<Body, Writer::Context&> Writer::run(Body body) {
    using Outcome = std::invoke_result_t<Body, Context&>;
    BW_CHECK(std::this_thread::get_id() != thread_.get_id());

    std::promise<Outcome> promise;
    std::optional<Outcome> outcome;
    enqueue({[&](Context& context) -> std::optional<Error> {
                 outcome = body(context);
                 if (*outcome) return std::nullopt;
                 return outcome->error();
             },
             [&](std::optional<Error> error) {
                 if (error) {
                     promise.set_value(fail(error->code, std::move(error->detail)));
                 } else {
                     promise.set_value(*std::move(outcome));
                 }
             }});
    return promise.get_future().get();
}

}  // namespace bellwether::store
