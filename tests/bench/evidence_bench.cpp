// Records per second of the evidence log: hashing alone, and durable in the store on the disk of
// the folder given (default: the current one), in the writer's groups of 64, with checkpoints going
// on beside. Then the export of all, and its check.
//
//   evidence_bench [FOLDER] [RECORDS]
//
// Budget on two shared cores: 100,000 leaves/s hashed (research/compliance.md §4.2 measured 277,000
// of 400 bytes), 10,000 records/s durable without a sealed part, 5,000 with one.

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <string>

#include "base/check.h"
#include "compliance/evidence/bundle_check.h"
#include "compliance/evidence/merkle.h"
#include "compliance/evidence/records.h"
#include "dialer/store/evidence_files.h"
#include "dialer/store/evidence_log.h"
#include "dialer/store/store.h"

namespace {

using namespace bellwether;
namespace evidence = compliance::evidence;
using Clock = std::chrono::steady_clock;

/// Wall time, and the processor time of all our threads.
class Stopwatch {
public:
    void print(const char* what, double count) const {
        const double wall = std::chrono::duration<double>(Clock::now() - start_).count();
        const double cpu = static_cast<double>(std::clock() - cpu_start_) / CLOCKS_PER_SEC;
        std::printf("%-34s %10.0f /s %10.0f per CPU second\n", what, count / wall, count / cpu);
    }

private:
    const Clock::time_point start_ = Clock::now();
    const std::clock_t cpu_start_ = std::clock();
};

template <class T>
T must(Result<T> result) {
    if (!result) std::fprintf(stderr, "%s\n", result.error().detail.c_str());
    BW_CHECK(result.has_value());
    if constexpr (!std::is_void_v<T>) return *std::move(result);
}

/// A decision as the engine tells of one: about 600 bytes, and 900 sealed.
evidence::Record decision(int n, bool sealed) {
    evidence::DecisionFacts facts{
        .at = UtcTime{std::chrono::seconds{1'795'435'200 + n}},
        .point = "INVITE",
        .client = ClientId{1},
        .campaign = CampaignId{1},
        .attempt = AttemptId{static_cast<std::uint64_t>(n) + 1},
        .contact = ContactId{static_cast<std::uint64_t>(n) + 1},
        .number = PhoneNumber::from_digits(12'025'550'000 + static_cast<std::uint64_t>(n % 10'000)),
        .verdict = "ALLOW",
        .obligations = {"reserve_agent us.fcc.abandon"},
        .inputs_hash = std::string(64, 'a'),
        .packs = {{"us-federal", std::string(64, 'b')}, {"us-fl", std::string(64, 'c')}},
        .tzdata = "2026f"};
    if (sealed) facts.inputs = std::string(900, 'x');
    return evidence::to_record(facts);
}

void hash_alone(int records) {
    const Stopwatch watch;
    evidence::Frontier frontier;
    std::size_t bytes = 0;
    for (int i = 0; i < records; ++i) {
        const std::string leaf =
            evidence::encode_leaf(decision(i, false), static_cast<std::uint64_t>(i), {}, {});
        bytes += leaf.size();
        frontier.append(evidence::leaf_hash(leaf));
    }
    watch.print("encoded and hashed", records);
    std::printf("%-34s %10zu\n", "bytes a record", bytes / static_cast<std::size_t>(records));
}

void append(store::Store& store, const char* what, int records, bool sealed) {
    const Stopwatch watch;
    for (int i = 0; i < records; ++i) {
        store::WriteBatch batch;
        batch.evidence.push_back(decision(i, sealed));
        // The queue is bounded: what the engine would refuse is waited for here.
        if (i % 10'000 == 9'999) must(store.flush());
        BW_CHECK(store.submit(std::move(batch)));
    }
    must(store.flush());
    watch.print(what, records);
}

void export_and_check(store::Store& store, const std::filesystem::path& out) {
    store::ExportRequest request;
    request.out = out;
    request.actor = "bench";
    const Stopwatch exporting;
    const auto report = must(store.evidence().export_bundle(request));
    exporting.print("exported", static_cast<double>(report.records));
    const Stopwatch checking;
    const evidence::BundleReader read = [&](const std::string& name) -> std::optional<std::string> {
        auto bytes = store::read_whole_file(out / name);
        if (!bytes) return std::nullopt;
        return *std::move(bytes);
    };
    const auto finding = evidence::check_bundle(read, {});
    BW_CHECK(finding.verdict == evidence::BundleVerdict::Ok);
    checking.print("verified", static_cast<double>(finding.records));
}

}  // namespace

int main(int count, char** words) {
    const std::filesystem::path base = count > 1 ? words[1] : ".";
    const int records = count > 2 ? std::atoi(words[2]) : 20'000;
    const auto folder =
        base / ("evidence_bench." + std::to_string(Clock::now().time_since_epoch().count()));
    std::filesystem::create_directories(folder);
    hash_alone(records);
    {
        const auto store = must(
            store::Store::open({.path = folder / "bench.db",
                                .owner = "bench",
                                .destination_allowed = [](const PhoneNumber&) { return true; }},
                               [](const store::StoreEvent&) {}));
        append(*store, "durable", records, false);
        append(*store, "durable, with a sealed part", records, true);
        export_and_check(*store, folder / "bundle");
    }
    std::filesystem::remove_all(folder);
    return 0;
}
