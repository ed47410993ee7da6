// Durable call cycles and import rows per second of dialer/store, on the disk of the folder given
// (default: the current one). Trust the ratios, not the figures: the disk's sync decides
// (research/scale.md 2a).
//
//   store_bench [FOLDER] [CALLS] [ROWS]
//
// Budget on two shared cores: 1,500 cycles/s singly and 8,000 grouped (scale.md §4), 40,000 rows/s
// imported (design.md §9). A cycle is a claim's share, a durable attempt, three milestones and a
// durable outcome.

#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <ctime>
#include <deque>
#include <filesystem>
#include <fstream>
#include <mutex>

#include "base/check.h"
#include "dialer/store/list_import.h"
#include "dialer/store/number_rules.h"
#include "dialer/store/store.h"

namespace {

using namespace bellwether;
using Clock = std::chrono::steady_clock;

/// Wall time, and the processor time of all our threads: on a shared machine only the second is
/// steady.
class Stopwatch {
public:
    [[nodiscard]] double wall_s() const {
        return std::chrono::duration<double>(Clock::now() - start_).count();
    }
    [[nodiscard]] double cpu_s() const {
        return static_cast<double>(std::clock() - cpu_start_) / CLOCKS_PER_SEC;
    }

private:
    const Clock::time_point start_ = Clock::now();
    const std::clock_t cpu_start_ = std::clock();
};

void print(const char* what, double count, const Stopwatch& watch) {
    std::printf("%-20s %10.0f /s %10.0f per CPU second\n", what, count / watch.wall_s(),
                count / watch.cpu_s());
}

UtcTime today() { return UtcTime{std::chrono::seconds{1'795'435'200}}; }

template <class T>
T must(Result<T> result) {
    if (!result) std::fprintf(stderr, "%s\n", result.error().detail.c_str());
    BW_CHECK(result.has_value());
    if constexpr (!std::is_void_v<T>) return *std::move(result);
}

/// Keeps so many calls in the store's hands at once, each waiting for its attempt before it goes
/// on.
class Load {
public:
    explicit Load(const std::filesystem::path& file)
        : store_{must(
              store::Store::open({.path = file,
                                  .owner = "bench",
                                  .destination_allowed = [](const PhoneNumber&) { return true; },
                                  .vfs = {}},
                                 [this](store::StoreEvent event) { hear(std::move(event)); }))} {
        client_ = must(store_->add_client("bench"));
        list = must(store_->add_list(client_, "bench"));
        campaign_ = must(store_->save_campaign({{}, client_, list, "bench", "", {}}, today()));
        seq_ = store_->next_journal_seq();
    }

    void run_cycles(const char* what, int calls, int at_once) {
        const Stopwatch watch;
        int begun = 0;
        int stored = 0;
        while (stored < calls) {
            while (begun < calls && begun - stored < at_once) begin(next_contact()), ++begun;
            end(wait_for_stored());
            ++stored;
        }
        must(store_->flush());
        print(what, calls, watch);
    }

    store::Store& store() { return *store_; }
    ListId list{};

private:
    void hear(store::StoreEvent event) {
        const auto* const engine = std::get_if<engine::Event>(&event);
        BW_CHECK(engine != nullptr);
        const std::lock_guard lock{mutex_};
        if (const auto* offered = std::get_if<engine::ContactsOffered>(engine)) {
            contacts_.insert(contacts_.end(), offered->offers.begin(), offered->offers.end());
        } else if (const auto* attempt = std::get_if<engine::AttemptStored>(engine)) {
            stored_.push_back(attempt->attempt);
        }
        heard_.notify_one();
    }

    campaigns::ContactOffer next_contact() {
        std::unique_lock lock{mutex_};
        if (contacts_.empty()) {
            write({engine::AskForContacts{campaign_, 50}});
            heard_.wait(lock, [this] { return !contacts_.empty(); });
        }
        const auto contact = contacts_.front();
        contacts_.pop_front();
        return contact;
    }

    AttemptId wait_for_stored() {
        std::unique_lock lock{mutex_};
        heard_.wait(lock, [this] { return !stored_.empty(); });
        const AttemptId attempt = stored_.front();
        stored_.pop_front();
        return attempt;
    }

    void begin(const campaigns::ContactOffer& offer) {
        engine::StoreAttempt attempt;
        attempt.attempt = AttemptId{++attempts_};
        attempt.call = CallId{attempts_};
        attempt.campaign = campaign_;
        attempt.client = client_;
        attempt.contact = offer.contact;
        attempt.number = offer.number;
        attempt.epoch = store_->epoch();
        attempt.attempts_made = 1;
        attempt.at = today();
        live_.push_back(attempt);
        write({attempt});
    }

    void end(AttemptId id) {
        const engine::StoreAttempt attempt = live_.front();
        live_.pop_front();
        BW_CHECK(attempt.attempt == id);
        for (const auto milestone : {engine::Milestone::Invited, engine::Milestone::Ringing,
                                     engine::Milestone::Answered}) {
            write({engine::StoreMilestone{id, milestone, today(), {}}});
        }
        engine::StoreOutcome outcome;
        outcome.attempt = id;
        outcome.campaign = campaign_;
        outcome.contact = attempt.contact;
        outcome.outcome = campaigns::Outcome::HungUp;
        outcome.attempts_made = 1;
        outcome.decision.verdict = compliance::Verdict::Allow;
        outcome.at = today();
        write({outcome});
    }

    void write(std::vector<engine::Action> actions) {
        store::WriteBatch batch;
        batch.journal = store::JournalEntry{
            seq_++, {Instant{}, today()}, R"({"is":"CALL_RINGING","call":"8589934593"})", {}, {}};
        batch.actions = std::move(actions);
        BW_CHECK(store_->submit(std::move(batch)));
    }

    ClientId client_{};
    CampaignId campaign_{};
    std::uint64_t seq_ = 1;
    std::uint64_t attempts_ = 0;
    std::deque<engine::StoreAttempt> live_;

    std::mutex mutex_;
    std::condition_variable heard_;
    std::deque<campaigns::ContactOffer> contacts_;  ///< guarded by mutex_
    std::deque<AttemptId> stored_;                  ///< guarded by mutex_

    std::unique_ptr<store::Store> store_;
};

/// A list as users have them: ten columns, numbers in random order over every exchange of 24 area
/// codes.
void write_list(const std::filesystem::path& file, int rows) {
    constexpr int kAreas[] = {201, 202, 203, 205, 206, 207, 208, 209, 210, 212, 213, 214,
                              215, 216, 217, 218, 219, 224, 225, 228, 229, 231, 234, 239};
    std::ofstream out{file};
    out << "id,phone,first_name,last_name,street,city,state,zip,email,comment\n";
    std::uint64_t state = 1;
    for (int row = 0; row < rows; ++row) {
        state = state * 6364136223846793005U + 1442695040888963407U;  // Knuth, MMIX
        const auto area = kAreas[(state >> 33U) % 24];
        const auto rest = 2'000'000 + (state >> 38U) % 8'000'000;
        out << row << ",(" << area << ") " << rest / 10'000 << '-' << 1000 + rest % 9'000
            << ",Ann,\"O'Hara, Jr\"," << row % 999 << " Main St,Springfield,IL,62701,ann" << row
            << "@example.org,called before\n";
    }
}

}  // namespace

int main(int argc, char** argv) {
    const std::filesystem::path folder = argc > 1 ? argv[1] : ".";
    const int calls = argc > 2 ? std::stoi(argv[2]) : 20'000;
    const int rows = argc > 3 ? std::stoi(argv[3]) : 200'000;
    const auto file = folder / "store_bench.db";
    const auto list = folder / "store_bench.csv";
    const auto clean = [&] {
        for (const char* suffix : {"", "-wal", "-shm", ".lock"}) {
            std::filesystem::remove(file.string() + suffix);
        }
        std::filesystem::remove(list);
    };
    clean();
    {
        Load load{file};
        write_list(list, std::max(rows, 2 * calls));
        const store::LibPhoneNumberRules rules;
        const Stopwatch watch;
        const auto report = must(store::import_list(load.store(), rules,
                                                    {.file = list,
                                                     .list = load.list,
                                                     .default_region = "US",
                                                     .dedupe = store::DedupeScope::List,
                                                     .layout = {},
                                                     .rejects = {},
                                                     .dry_run = false,
                                                     .at = today()}));
        print("rows imported", static_cast<double>(report.read), watch);
        load.run_cycles("cycles, 1 at once", calls / 10, 1);
        load.run_cycles("cycles, 8 at once", calls / 2, 8);
        load.run_cycles("cycles, 64 at once", calls, 64);
    }
    clean();
    return 0;
}
