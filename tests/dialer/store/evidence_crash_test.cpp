#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <random>

#include "compliance/evidence/bundle_check.h"
#include "tests/dialer/store/test_evidence.h"

// A process appends records as fast as the disk takes them, and is killed at a random moment. What
// was acknowledged must be in the log, at its place; and the log must extend every checkpoint that
// was ever published.

namespace bellwether::store::test {
namespace {

/// Returns how many records the victim has acknowledged.
std::uint64_t kill_after(TestStore& test, std::uint64_t records) {
    int ends[2];
    BW_CHECK(pipe(ends) == 0);
    const pid_t child = fork();
    BW_CHECK(child >= 0);
    if (child == 0) {
        close(ends[0]);
        auto store = must(Store::open(test.config(), [](const StoreEvent&) {}));
        for (int i = 0;; ++i) {
            const std::uint64_t size = must(store->append_evidence(call_record(i))) + 1;
            BW_CHECK(write(ends[1], &size, sizeof size) == sizeof size);
            if (i % 7 == 3) must(store->evidence().checkpoint());
        }
    }
    close(ends[1]);
    std::uint64_t acknowledged = 0;
    std::uint64_t heard = 0;
    while (read(ends[0], &acknowledged, sizeof acknowledged) == sizeof acknowledged) {
        if (++heard == records) BW_CHECK(kill(child, SIGKILL) == 0);
    }
    close(ends[0]);
    int status = 0;
    BW_CHECK(waitpid(child, &status, 0) == child);
    EXPECT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL) << "it died by itself";
    return acknowledged;
}

TEST(EvidenceCrash, KeepsWhatWasAcknowledgedAndExtendsEveryCheckpoint) {
    constexpr int kRounds = 10;
    TestStore test;
    test.close();
    std::mt19937 random{20261122};
    std::vector<std::string> notes;
    for (int round = 0; round < kRounds; ++round) {
        SCOPED_TRACE("round " + std::to_string(round));
        const std::uint64_t acknowledged = kill_after(test, 1 + random() % 120);
        test.open();
        EXPECT_GE(leaves_of(test).size(), acknowledged);
        notes.push_back(must(test.store->evidence().checkpoint()));
        std::filesystem::remove_all(test.folder / "all");
        const auto finding = check(export_all(test), {.key = "", .earlier = notes});
        EXPECT_EQ(finding.verdict, evidence::BundleVerdict::Ok) << finding.why;
        test.close();
    }
}

}  // namespace
}  // namespace bellwether::store::test
