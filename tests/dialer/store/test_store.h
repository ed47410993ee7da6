#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "dialer/store/list_import.h"
#include "dialer/store/number_rules.h"
#include "dialer/store/store.h"
#include "tests/dialer/store/temp_folder.h"

namespace bellwether::store::test {

/// 2026-11-23 12:00 UTC, a Monday, and so many seconds.
[[nodiscard]] UtcTime at(std::int64_t seconds);
[[nodiscard]] PhoneNumber phone(std::string_view e164);
/// The n-th of the North American numbers that are kept for fiction: +1 NPA 555 01xx.
[[nodiscard]] std::string fiction(int n);
/// The value, or the test's end with the error's words.
template <class T>
T must(Result<T> result) {
    if (!result) {
        fprintf(stderr, "unexpected error: %s\n", result.error().detail.c_str());
        BW_CHECK(result.has_value());
    }
    if constexpr (!std::is_void_v<T>) return *std::move(result);
}

/// Every event of a store, in order. Thread-safe.
class EventLog {
public:
    void add(StoreEvent event) {
        const std::lock_guard lock{mutex_};
        events_.push_back(std::move(event));
    }

    /// All events of one kind so far.
    template <class Kind>
    [[nodiscard]] std::vector<Kind> all() const {
        const std::lock_guard lock{mutex_};
        std::vector<Kind> found;
        for (const StoreEvent& event : events_) {
            if constexpr (std::is_same_v<Kind, Failed>) {
                if (const auto* failed = std::get_if<Failed>(&event)) found.push_back(*failed);
            } else if (const auto* engine = std::get_if<engine::Event>(&event)) {
                if (const auto* kind = std::get_if<Kind>(engine)) found.push_back(*kind);
            }
        }
        return found;
    }
    void clear() {
        const std::lock_guard lock{mutex_};
        events_.clear();
    }

private:
    mutable std::mutex mutex_;
    std::vector<StoreEvent> events_;  ///< guarded by mutex_
};

/// A store in a folder of its own, with a client, a list and a campaign, and an engine's side of
/// the talk reduced to what a test needs: ids and the journal's numbering.
class TestStore {
public:
    TestStore();

    void open();  ///< again after close(), or after a crash
    void close() { store.reset(); }
    Result<std::unique_ptr<Store>> try_open(StoreConfig config);
    [[nodiscard]] StoreConfig config();

    /// Imports one row per number into the list.
    ImportReport import_numbers(const std::vector<std::string>& numbers);
    ImportReport import_text(std::string_view csv);
    [[nodiscard]] ImportRequest request(const std::filesystem::path& file) const;

    CampaignId add_campaign(const std::string& name);

    /// One batch with a journal entry of its own; waits until it is durable.
    void write(std::vector<engine::Action> actions, UtcTime now = at(0));
    [[nodiscard]] bool submit(std::vector<engine::Action> actions, UtcTime now = at(0));

    engine::ContactsOffered claim(int count, UtcTime now = at(0));
    engine::ContactsOffered claim(CampaignId from, int count, UtcTime now = at(0));

    [[nodiscard]] engine::StoreAttempt attempt_of(const campaigns::ContactOffer& offer);
    [[nodiscard]] engine::StoreOutcome outcome_of(const engine::StoreAttempt& attempt,
                                                  campaigns::Outcome outcome,
                                                  std::optional<UtcTime> due = {}) const;

    TempFolder folder;
    EventLog events;
    std::set<std::uint64_t> denied_destinations;  ///< digits
    DialPolicy* policy = nullptr;  ///< of the next open()
    std::unique_ptr<Store> store;
    ClientId client{};
    ListId list{};
    CampaignId campaign{};
    std::uint64_t next_seq = 1;

private:
    std::uint32_t last_attempt_ = 0;
};

/// One for all tests: the library takes a moment to load.
[[nodiscard]] const LibPhoneNumberRules& number_rules();

}  // namespace bellwether::store::test
