#include "dialer/store/backup.h"

#include <gtest/gtest.h>

#include <fstream>
#include <thread>

#include "tests/dialer/store/test_store.h"

namespace bellwether::store::test {
namespace {

namespace fs = std::filesystem;

TEST(Backup, HoldsOneMomentWhileCallsGoOn) {
    TestStore test;
    std::vector<std::string> numbers;
    for (int i = 0; i < 50; ++i) numbers.push_back(fiction(i));
    test.import_numbers(numbers);
    std::atomic<bool> done{false};
    std::thread writing{[&] {
        for (std::int64_t i = 1; !done; ++i) test.write({}, at(i));
    }};
    const auto report = must(back_up(*test.store, test.folder / "copy"));
    done = true;
    writing.join();
    EXPECT_GE(report.files.size(), 2U);

    const auto checked = must(check_backup(test.folder / "copy"));
    EXPECT_EQ(checked.journal_seq, report.journal_seq);
    EXPECT_LE(report.journal_seq, test.next_seq - 1);
    EXPECT_EQ(back_up(*test.store, test.folder / "copy").error().code, Errc::Conflict);
}

TEST(Backup, ComesBackWhole) {
    TestStore test;
    test.import_numbers({fiction(1), fiction(2)});
    const auto attempt = test.attempt_of(test.claim(1).offers.at(0));
    test.write({attempt});
    const auto report = must(back_up(*test.store, test.folder / "copy"));
    test.write({test.outcome_of(attempt, campaigns::Outcome::Connected)});
    const fs::path store = test.config().path;

    EXPECT_EQ(restore_backup(test.folder / "copy", store, true).error().code, Errc::Conflict)
        << "a store in use is not replaced";
    test.close();
    EXPECT_EQ(restore_backup(test.folder / "copy", store, false).error().code, Errc::Conflict);
    must(restore_backup(test.folder / "copy", store, true));
    EXPECT_TRUE(fs::exists(store.string() + ".before-restore"));

    test.open();
    EXPECT_EQ(must(test.store->figures(test.campaign)).total, 2);
    EXPECT_EQ(must(test.store->figures(test.campaign)).attempts_alive, 1) << "as of the backup";
    EXPECT_EQ(test.store->next_journal_seq(), report.journal_seq + 1);
}

TEST(Backup, IsRefusedWhenAByteDiffers) {
    TestStore test;
    must(back_up(*test.store, test.folder / "copy"));
    {
        std::fstream file{test.folder / "copy/store.db",
                          std::ios::in | std::ios::out | std::ios::binary};
        file.seekp(5'000);
        file.put('x');
    }
    EXPECT_EQ(check_backup(test.folder / "copy").error().code, Errc::Corrupt);
    EXPECT_EQ(check_backup(test.folder / "nothing").error().code, Errc::NotFound);
}

TEST(Backup, NeverLeavesItsFolder) {
    TestStore test;
    fs::create_directories(test.folder / "evil");
    std::ofstream{test.folder / "evil/manifest"}
        << R"({"bellwether":"backup","files":[{"name":"../../etc/x","bytes":1,"sha256":""}]})";
    EXPECT_EQ(check_backup(test.folder / "evil").error().code, Errc::Corrupt);
}

}  // namespace
}  // namespace bellwether::store::test
