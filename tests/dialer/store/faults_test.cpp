#include <gtest/gtest.h>

#include <set>

#include "dialer/store/sqlite.h"
#include "tests/dialer/store/fault_vfs.h"
#include "tests/dialer/store/test_store.h"

// The disk fails at the n-th write or sync, for every n that a short day's work has. Whatever was
// acknowledged before must be there afterwards, once.

namespace bellwether::store::test {
namespace {

using campaigns::Outcome;

/// A store that is opened through the failing VFS; with it, a day of calls to four contacts.
class FailingDay {
public:
    FailingDay() {
        test.import_numbers({fiction(0), fiction(1), fiction(2), fiction(3)});
        test.close();
        StoreConfig config = test.config();
        config.vfs = FaultVfs::name();
        test.store = must(test.try_open(config));
        test.next_seq = test.store->next_journal_seq();
    }

    /// Ends early once the store has failed.
    void run() {
        if (!test.submit({engine::AskForContacts{test.campaign, 4}}) || !test.store->flush())
            return;
        const auto offered = test.events.all<engine::ContactsOffered>();
        for (const auto& offer : offered.back().offers) {
            if (!call(offer)) return;
        }
    }

    TestStore test;
    std::set<AttemptId> ended;  ///< whose outcome was acknowledged

private:
    bool call(const campaigns::ContactOffer& offer) {
        const auto attempt = test.attempt_of(offer);
        const InterviewId interview{value_of(attempt.attempt)};
        if (!test.submit({attempt}) || !test.store->flush()) return false;
        const bool taken =
            test.submit({engine::StoreInterview{
                interview, attempt.attempt, test.campaign, attempt.contact, at(2), {}}}) &&
            test.submit({engine::StoreAnswers{
                attempt.call, interview, {{.key = "q1", .value = "yes"}}, at(3)}}) &&
            test.submit(
                {engine::StoreSuppression{attempt.number, test.client, attempt.attempt, at(4)}}) &&
            test.submit({test.outcome_of(attempt, Outcome::OptedOut)});
        if (!taken || !test.store->flush()) return false;
        ended.insert(attempt.attempt);
        return true;
    }
};

void expect_nothing_lost(FailingDay& day) {
    TestStore& test = day.test;
    const auto attempts = test.events.all<engine::AttemptStored>();
    const auto answers = test.events.all<engine::AnswerStored>();
    const auto suppressions = test.events.all<engine::SuppressionAdded>();
    test.close();
    FaultVfs::heal();
    test.open();

    std::set<AttemptId> stored;
    std::set<AttemptId> stored_ended;
    must(test.store->for_each_attempt(test.campaign, [&](const AttemptRecord& record) {
        EXPECT_TRUE(stored.insert(record.id).second);
        if (record.outcome) stored_ended.insert(record.id);
    }));
    for (const auto& attempt : attempts) EXPECT_TRUE(stored.contains(attempt.attempt));
    for (const AttemptId attempt : day.ended) EXPECT_TRUE(stored_ended.contains(attempt));
    std::int64_t stored_answers = 0;
    must(
        test.store->for_each_answer(test.campaign, [&](const AnswerRecord&) { ++stored_answers; }));
    EXPECT_GE(stored_answers, std::ssize(answers));
    for (const auto& suppression : suppressions) {
        const auto number = must(test.store->number(suppression.number));
        EXPECT_TRUE(must(test.store->check_do_not_call(number, test.client)).has_value());
    }
}

class DiskFault : public testing::TestWithParam<Fault> {};

TEST_P(DiskFault, LosesNothingAcknowledgedAndIsToldOnce) {
    constexpr Errc kCodes[] = {Errc::Exhausted, Errc::Unavailable};
    long failing = 1;
    for (bool failed = true; failed; ++failing) {
        SCOPED_TRACE("write or sync " + std::to_string(failing));
        FailingDay day;
        FaultVfs::fail_from(failing, GetParam());
        day.run();
        const auto failures = day.test.events.all<Failed>();
        failed = FaultVfs::has_failed();
        EXPECT_EQ(failures.size(), failed ? 1U : 0U);
        if (failed && !failures.empty()) {
            EXPECT_EQ(failures[0].error.code, kCodes[static_cast<std::size_t>(GetParam())]);
            EXPECT_FALSE(day.test.submit({}));
            EXPECT_EQ(day.test.store->add_client("late").error().code, failures[0].error.code);
        }
        expect_nothing_lost(day);
    }
    EXPECT_GT(failing, 10);
}

INSTANTIATE_TEST_SUITE_P(Faults, DiskFault, testing::Values(Fault::DiskFull, Fault::DiskError),
                         [](const auto& row) {
                             return row.param == Fault::DiskFull ? "DiskFull" : "DiskError";
                         });

TEST(DiskFault, AFullDiskUndoesAnImportAndLeavesTheStoreAlive) {
    FailingDay day;
    TestStore& test = day.test;
    std::string csv = "phone\n";
    for (int i = 0; i < 2'000; ++i) csv += fiction(i) + "\n";
    const auto request = test.request(test.folder.write("list.csv", csv));
    FaultVfs::fail_from(10, Fault::DiskFull);
    const auto report = import_list(*test.store, number_rules(), request);
    ASSERT_FALSE(report.has_value());
    EXPECT_EQ(report.error().code, Errc::Exhausted);
    EXPECT_TRUE(test.events.all<Failed>().empty());
    FaultVfs::heal();
    EXPECT_EQ(test.claim(9).offers.size(), 4U);
    EXPECT_EQ(must(import_list(*test.store, number_rules(), request)).accepted, 1'996);
}

TEST(DiskFault, ACorruptPageStopsTheStore) {
    TestStore test;
    std::vector<std::string> numbers;
    for (int i = 0; i < 200; ++i) numbers.push_back(fiction(i));
    test.import_numbers(numbers);
    test.close();
    test.open();
    {
        // Damage behind the store's back, in the tables that a claim reads; its own pages are still
        // on disk.
        Database file{test.folder / "store.db", Database::Mode::ReadWrite};
        file.execute("PRAGMA wal_checkpoint(TRUNCATE)");
    }
    std::string bytes = test.folder.read("store.db");
    for (std::size_t i = 3 * 4'096; i < bytes.size(); ++i) bytes[i] = '\x5A';
    test.folder.write("store.db", bytes);
    ASSERT_TRUE(test.submit({engine::AskForContacts{test.campaign, 4}}));
    EXPECT_FALSE(test.store->flush().has_value());
    const auto failures = test.events.all<Failed>();
    ASSERT_EQ(failures.size(), 1U);
    EXPECT_EQ(failures[0].error.code, Errc::Corrupt);
    EXPECT_FALSE(test.submit({}));
}

}  // namespace
}  // namespace bellwether::store::test
