// A list of a million rows, three in a hundred of them dirty, imported while calls are dialed: rows
// per second, memory, and how long an attempt waits for its commit with and without the import.
//
//   import_bench [FOLDER] [ROWS] [alone]
//
// With "alone" nothing is dialed meanwhile: the floor of 40,000 rows/s is measured so.
//
// Budget on two shared cores: 40,000 rows/s (design.md §9), 200 MB, and attempts as durable as
// without an import within tens of milliseconds. Ends with 1 if the counts do not match what was
// written, if the reject file does not explain each reject, or if memory passes the budget.

#include <sys/resource.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <mutex>
#include <thread>
#include <vector>

#include "base/check.h"
#include "dialer/store/list_import.h"
#include "dialer/store/number_rules.h"
#include "dialer/store/store.h"

namespace {

using namespace bellwether;
using Clock = std::chrono::steady_clock;

constexpr long kMemoryMaxMb = 200;
constexpr std::chrono::milliseconds kBetweenCalls{5};  // 200 calls/s: a busy evening
constexpr int kCallers = 2'000;                        // contacts that the calls go to

UtcTime today() { return UtcTime{std::chrono::seconds{1'795'435'200}}; }

template <class T>
T must(Result<T> result) {
    if (!result) std::fprintf(stderr, "%s\n", result.error().detail.c_str());
    BW_CHECK(result.has_value());
    if constexpr (!std::is_void_v<T>) return *std::move(result);
}

long memory_peak_mb() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss / 1024;
}

/// Of all our threads: on a shared machine steadier than the wall clock.
double cpu_s() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

/// What the generator wrote, by its own account.
struct Written {
    std::int64_t read = 0, accepted = 0, duplicate = 0, rejected = 0, suppressed = 0;
};

constexpr int kAreas[] = {201, 202, 203, 205, 206, 207, 208, 209, 210, 212, 213, 214,
                          215, 216, 217, 218, 219, 224, 225, 228, 229, 231, 234, 239};

/// The n-th number, each once, scattered over the plan: 24 area codes, all exchanges but the
/// services (211, 911).
std::uint64_t number_of(std::uint64_t n) {
    const std::uint64_t mixed = n * 48'271U % 7'919'999U;  // coprime: every n its own
    const std::uint64_t exchange = mixed / 10'000;         // 0..791
    const std::uint64_t rest = exchange % 99;              // of a hundred, without its N11
    const std::uint64_t code = 200 + exchange / 99 * 100 + rest + (rest >= 11 ? 1 : 0);
    return 10'000'000'000U + static_cast<std::uint64_t>(kAreas[n % 24]) * 10'000'000U +
           code * 10'000 + mixed % 10'000;
}

std::string spelled(std::uint64_t number) {
    const std::string digits = std::to_string(number).substr(1);
    return "(" + digits.substr(0, 3) + ") " + digits.substr(3, 3) + "-" + digits.substr(6);
}

/// Three rows of a hundred are dirty, each in another way.
Written write_list(const std::filesystem::path& file, std::int64_t rows) {
    std::ofstream out{file};
    out << "id,phone,alt_phone,first_name,last_name,street,city,state,zip,email,comment\n";
    Written written;
    const auto row = [&](std::int64_t id, const std::string& phone, const std::string& more) {
        out << id << ',' << phone << ',' << more << ",Ann,\"O'Hara, Jr\"," << id % 999
            << " Main St,Springfield,IL,62701,ann" << id << "@example.org,called before\n";
    };
    for (std::int64_t id = 0; id < rows; ++id) {
        ++written.read;
        const auto n = static_cast<std::uint64_t>(id);
        switch (id % 1000) {
            case 100:
            case 200:
            case 300:
            case 400:
                ++written.rejected;
                row(id, "2.02555E+09", "");
                break;
            case 150:
            case 250:
            case 350:
            case 450:
                ++written.rejected;
                out << id << ",2025550101,,short row\n";
                break;
            case 500:
            case 510:
            case 520:
            case 530:
                ++written.rejected;
                row(id, "555-0101", "");
                break;
            case 540:
            case 541:
            case 542:
            case 543:
                ++written.rejected;
                out << id << ",+12025550101,,\xFF\xFE,x,,,,,,\n";
                break;
            case 600:
            case 610:
            case 620:
            case 630:
            case 640:
            case 650:
            case 660:
            case 670:
                ++written.duplicate;  // of the row before, spelled in another way
                row(id, std::to_string(number_of(n - 1)), "");
                break;
            case 700:
            case 710:
            case 720:
            case 730:
                ++written.rejected;
                out << id << ",\"+12025550102 \"x,,stray quote,,,,,,,\n";
                break;
            case 800:
                ++written.suppressed;
                row(id, "+12025550199", "");
                break;
            default:
                ++written.accepted;
                row(id, spelled(number_of(n)),
                    id % 10 == 3 ? spelled(number_of(n + 8'000'000)) : "");
        }
    }
    return written;
}

/// Dials at a steady rate, and notes how long each attempt waited to be durable.
class Caller {
public:
    explicit Caller(const std::filesystem::path& file)
        : store_{must(
              store::Store::open({.path = file,
                                  .owner = "bench",
                                  .destination_allowed = [](const PhoneNumber&) { return true; },
                                  .vfs = {}},
                                 [this](store::StoreEvent event) { hear(event); }))} {
        client = must(store_->add_client("bench"));
        const auto calls = must(store_->add_list(client, "calls"));
        list = must(store_->add_list(client, "bench"));
        campaign_ = must(store_->save_campaign({{}, client, calls, "bench", "", {}}, today()));
        seq_ = store_->next_journal_seq();
        write_calls(file.parent_path() / "import_bench_calls.csv", calls);
    }

    store::Store& store() { return *store_; }

    /// Calls until `done`, or so many; prints the waits.
    void call(const char* what, const std::atomic<bool>& done, int calls_max) {
        std::vector<double> waits;
        auto next = Clock::now();
        while (!done && std::ssize(waits) < calls_max) {
            std::unique_lock lock{mutex_};
            heard_.wait_until(lock, next, [] { return false; });
            next += kBetweenCalls;
            lock.unlock();
            waits.push_back(one_call());
        }
        std::ranges::sort(waits);
        const auto at = [&](double share) {
            return waits.empty() ? 0.0
                                 : waits[static_cast<std::size_t>(
                                       share * static_cast<double>(waits.size() - 1))];
        };
        std::printf("%-28s %6zu attempts, commit p50 %6.1f ms  p99 %6.1f ms  max %6.1f ms\n", what,
                    waits.size(), at(0.5), at(0.99), at(1.0));
    }

    ListId list{};
    ClientId client{};

private:
    void write_calls(const std::filesystem::path& file, ListId calls) {
        std::ofstream out{file};
        out << "phone\n";
        for (int i = 0; i < kCallers; ++i) out << "+1646" << 2'000'000 + i << "\n";
        out.close();
        const store::LibPhoneNumberRules rules;
        must(store::import_list(*store_, rules, {.file = file, .list = calls, .at = today()}));
        std::filesystem::remove(file);
    }

    void hear(const store::StoreEvent& event) {
        const auto* engine = std::get_if<engine::Event>(&event);
        if (engine == nullptr) return;
        const std::lock_guard lock{mutex_};
        if (const auto* offered = std::get_if<engine::ContactsOffered>(engine)) {
            offers_ = offered->offers;
        } else if (std::holds_alternative<engine::AttemptStored>(*engine)) {
            stored_ = true;
        }
        heard_.notify_all();
    }

    double one_call() {
        std::unique_lock lock{mutex_};
        if (offers_.empty()) {
            submit({engine::AskForContacts{campaign_, 50}});
            heard_.wait(lock, [this] { return !offers_.empty(); });
        }
        const auto offer = offers_.back();
        offers_.pop_back();
        engine::StoreAttempt attempt;
        attempt.attempt = AttemptId{++attempts_};
        attempt.call = CallId{attempts_};
        attempt.campaign = campaign_;
        attempt.client = client;
        attempt.contact = offer.contact;
        attempt.number = offer.number;
        attempt.epoch = store_->epoch();
        attempt.attempts_made = offer.attempts_made + 1;
        attempt.at = today();
        stored_ = false;
        const auto begun = Clock::now();
        submit({attempt});
        heard_.wait(lock, [this] { return stored_; });
        const double waited =
            std::chrono::duration<double, std::milli>(Clock::now() - begun).count();
        engine::StoreOutcome outcome;
        outcome.attempt = attempt.attempt;
        outcome.campaign = campaign_;
        outcome.contact = attempt.contact;
        outcome.outcome = campaigns::Outcome::NoAnswer;
        outcome.attempts_made = attempt.attempts_made;
        outcome.decision.verdict = compliance::Verdict::Allow;
        outcome.at = today();
        outcome.due = today();
        submit({outcome});
        return waited;
    }

    void submit(std::vector<engine::Action> actions) {
        store::WriteBatch batch;
        batch.journal = store::JournalEntry{
            seq_++, {Instant{}, today()}, R"({"is":"CALL_RINGING","call":"8589934593"})", {}, {}};
        batch.actions = std::move(actions);
        BW_CHECK(store_->submit(std::move(batch)));
    }

    CampaignId campaign_{};
    std::uint64_t seq_ = 1;
    std::uint64_t attempts_ = 0;
    std::mutex mutex_;
    std::condition_variable heard_;
    std::vector<campaigns::ContactOffer> offers_;  ///< guarded by mutex_
    bool stored_ = false;                          ///< guarded by mutex_
    std::unique_ptr<store::Store> store_;
};

std::int64_t lines_of(const std::filesystem::path& file) {
    std::ifstream in{file};
    std::int64_t lines = 0;
    for (std::string line; std::getline(in, line);) ++lines;
    return lines;
}

bool matches(const store::ImportReport& report, const Written& written) {
    return report.read == written.read && report.accepted == written.accepted &&
           report.duplicate == written.duplicate && report.rejected == written.rejected &&
           report.suppressed == written.suppressed &&
           report.read == report.accepted + report.duplicate + report.rejected + report.suppressed;
}

int run(const std::filesystem::path& folder, std::int64_t rows, bool alone) {
    const auto list = folder / "import_bench.csv";
    const auto rejects = folder / "import_bench_rejects.csv";
    const Written written = write_list(list, rows);
    Caller caller{folder / "import_bench.db"};
    must(caller.store().add_do_not_call({*PhoneNumber::parse("+12025550199"),
                                         {},
                                         store::DoNotCallSource::Command,
                                         "bench",
                                         "",
                                         today(),
                                         {}}));
    std::atomic<bool> done{alone};
    caller.call("calls alone", done, rows >= 100'000 ? 1'000 : 50);
    const long before_mb = memory_peak_mb();

    std::thread calling{[&] { caller.call("calls during the import", done, 1'000'000); }};
    const store::LibPhoneNumberRules rules;
    const auto begun = Clock::now();
    const double cpu_before = cpu_s();
    const auto report = must(store::import_list(caller.store(), rules,
                                                {.file = list,
                                                 .list = caller.list,
                                                 .default_region = "US",
                                                 .rejects = rejects,
                                                 .at = today()}));
    const double seconds = std::chrono::duration<double>(Clock::now() - begun).count();
    const double cpu = cpu_s() - cpu_before;
    done = true;
    calling.join();
    std::printf(
        "rows imported                %.0f rows/s (%lld rows in %.1f s), %.0f per CPU second\n",
        static_cast<double>(report.read) / seconds, static_cast<long long>(report.read), seconds,
        static_cast<double>(report.read) / cpu);
    std::printf("read %lld = accepted %lld + duplicate %lld + rejected %lld + suppressed %lld\n",
                static_cast<long long>(report.read), static_cast<long long>(report.accepted),
                static_cast<long long>(report.duplicate), static_cast<long long>(report.rejected),
                static_cast<long long>(report.suppressed));
    std::printf("memory: peak %ld MB (%ld MB before the import)\n", memory_peak_mb(), before_mb);
    const std::int64_t explained = lines_of(rejects) - 1;
    std::filesystem::remove(list);
    std::filesystem::remove(rejects);
    if (!matches(report, written) || explained != report.rejected + report.numbers_left_out) {
        std::printf("FAILED: the counts are not what was written (%lld lines explain rejects)\n",
                    static_cast<long long>(explained));
        return 1;
    }
    if (memory_peak_mb() > kMemoryMaxMb) {
        std::printf("FAILED: more than %ld MB\n", kMemoryMaxMb);
        return 1;
    }
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    const std::filesystem::path folder{std::filesystem::path{argc > 1 ? argv[1] : "."} /
                                       "import_bench_store"};
    const std::int64_t rows = argc > 2 ? std::stoll(argv[2]) : 1'000'000;
    std::filesystem::remove_all(folder);
    std::filesystem::create_directories(folder);
    const int code = run(folder, rows, argc > 3);
    std::filesystem::remove_all(folder);
    return code;
}
