#include <gtest/gtest.h>
#include <unistd.h>

#include "dialer/store/migrations.h"
#include "dialer/store/sqlite.h"
#include "tests/dialer/store/test_store.h"

namespace bellwether::store::test {
namespace {

TEST(StoreOpening, BeginsTheFirstEpochAndJournalInANewFile) {
    const TestStore test;
    EXPECT_EQ(test.store->epoch(), Epoch{1});
    EXPECT_EQ(test.store->next_journal_seq(), 1U);
    EXPECT_TRUE(must(test.store->attempts_alive()).empty());
}

TEST(StoreOpening, RaisesTheEpochEachTimeAndKeepsWhatWasWritten) {
    TestStore test;
    test.write({});
    test.close();
    test.open();
    EXPECT_EQ(test.store->epoch(), Epoch{2});
    EXPECT_EQ(test.store->next_journal_seq(), 2U);
    EXPECT_EQ(must(test.store->find_campaign("survey"))->id, test.campaign);
}

TEST(StoreOpening, NamesTheHolderToASecondOpener) {
    TestStore test;
    const auto second = test.try_open(test.config());
    ASSERT_FALSE(second.has_value());
    EXPECT_EQ(second.error().code, Errc::Conflict);
    EXPECT_NE(second.error().detail.find(std::to_string(getpid())), std::string::npos);
    EXPECT_NE(second.error().detail.find("node-1"), std::string::npos);
}

TEST(StoreOpening, RefusesAFileThatIsNoDatabase) {
    TestStore test;
    test.close();
    std::filesystem::remove(test.folder / "store.db-wal");
    test.folder.write("store.db", std::string(8192, 'x'));
    const auto opened = test.try_open(test.config());
    ASSERT_FALSE(opened.has_value());
    EXPECT_EQ(opened.error().code, Errc::Corrupt);
    EXPECT_NE(opened.error().detail.find("backup"), std::string::npos);
}

TEST(StoreOpening, RefusesADamagedFile) {
    TestStore test;
    test.import_numbers({fiction(1), fiction(2)});
    test.close();
    std::string bytes = test.folder.read("store.db");
    ASSERT_GT(bytes.size(), 40'960U);
    for (std::size_t i = 4'096; i < bytes.size(); ++i) bytes[i] = static_cast<char>(i * 7);
    test.folder.write("store.db", bytes);
    const auto opened = test.try_open(test.config());
    ASSERT_FALSE(opened.has_value());
    EXPECT_EQ(opened.error().code, Errc::Corrupt);
}

TEST(StoreOpening, RefusesAnotherProgramsDatabase) {
    TestStore test;
    StoreConfig config = test.config();
    config.path = test.folder / "other.db";
    {
        Database other{config.path, Database::Mode::ReadWrite};
        other.execute("CREATE TABLE things(id INTEGER)");
    }
    const auto opened = test.try_open(config);
    ASSERT_FALSE(opened.has_value());
    EXPECT_EQ(opened.error().code, Errc::Corrupt);
}

TEST(StoreOpening, RefusesANewerSchema) {
    TestStore test;
    test.close();
    {
        Database file{test.folder / "store.db", Database::Mode::ReadWrite};
        Statement{file, "INSERT INTO schema_version(version) VALUES (?)"}.run_with(newest_schema() +
                                                                                   1);
    }
    const auto opened = test.try_open(test.config());
    ASSERT_FALSE(opened.has_value());
    EXPECT_EQ(opened.error().code, Errc::Conflict);
    EXPECT_NE(opened.error().detail.find("newer"), std::string::npos);
}

/// Taken back by hand to what schema 8 was.
TEST(StoreOpening, BringsAStoreOfSchemaEightUpToDate) {
    TestStore test;
    test.import_numbers({fiction(1), fiction(2)});
    const auto old = test.attempt_of(test.claim(1).offers.at(0));
    test.write({old});
    test.write({test.outcome_of(old, campaigns::Outcome::Busy)});
    test.close();
    {
        Database file{test.folder / "store.db", Database::Mode::ReadWrite};
        file.execute(
            "DROP INDEX callbacks_of_contact; DROP INDEX inbound_calls_of_contact; "
            "DROP INDEX inbound_calls_of_number; ALTER TABLE attempts DROP COLUMN trunk; "
            "ALTER TABLE attempts DROP COLUMN q850_cause; "
            "ALTER TABLE agents DROP COLUMN home_campaign_id; DROP TABLE call_quality; "
            "DROP TABLE interview_quotas; DROP INDEX campaign_contacts_closed; "
            "DROP TRIGGER precedent_of_interview_note; "
            "DROP TRIGGER precedent_of_changed_interview_note; "
            "DROP TRIGGER precedent_of_deleted_interview_note; "
            "ALTER TABLE answer_changes DROP COLUMN agent_id; "
            "DROP TRIGGER precedent_of_disposition; DROP TRIGGER precedent_of_changed; "
            "DROP TRIGGER precedent_of_deleted; DROP TABLE precedent_index; "
            "DROP VIEW precedent_notes; DROP TABLE precedents; "
            "DROP TABLE conversions; DROP TABLE refusals; DROP TABLE interview_notes; "
            "ALTER TABLE callbacks DROP COLUMN loose; "
            "ALTER TABLE dispositions DROP COLUMN due_at; "
            "DROP TABLE interview_ends; DROP TABLE recordings; DROP TABLE recordings_since; "
            "DROP INDEX inbound_calls_ended; "
            "DELETE FROM schema_version WHERE version > 8");
    }
    test.open();
    const auto kept = must(test.store->attempts_of(old.contact));
    ASSERT_EQ(kept.size(), 1U);
    EXPECT_EQ(kept[0].outcome, campaigns::Outcome::Busy);
    EXPECT_EQ(kept[0].trunk, "");
    EXPECT_EQ(kept[0].q850_cause, std::nullopt);

    const auto later = test.attempt_of(test.claim(1).offers.at(0));
    test.write({later});
    auto end = test.outcome_of(later, campaigns::Outcome::Busy);
    end.trunk = "north";
    end.q850_cause = 17;
    test.write({end});
    EXPECT_EQ(must(test.store->attempts_of(later.contact)).at(0).trunk, "north");
    EXPECT_EQ(must(test.store->attempts_of(later.contact)).at(0).q850_cause, 17);
}

TEST(StoreOpening, SaysSoWhenTheFolderIsMissing) {
    TestStore test;
    StoreConfig config = test.config();
    config.path = test.folder / "nowhere/store.db";
    const auto opened = test.try_open(config);
    ASSERT_FALSE(opened.has_value());
    EXPECT_EQ(opened.error().code, Errc::Unavailable);
}

TEST(StoreOpening, GivesOldClaimsFreeAndHandsOverLiveAttempts) {
    TestStore test;
    test.import_numbers({fiction(1), fiction(2), fiction(3)});
    const auto offers = test.claim(3).offers;
    const auto attempt = test.attempt_of(offers[0]);
    const auto answered = test.attempt_of(offers[1]);
    test.write({attempt});
    test.write({answered});
    test.write({engine::StoreMilestone{answered.attempt, engine::Milestone::Answered, at(5), {}}});
    test.write({engine::StoreMilestone{answered.attempt, engine::Milestone::Spoken, at(6), {}}});
    test.close();
    test.open();

    const auto alive = must(test.store->attempts_alive());
    ASSERT_EQ(alive.size(), 2U);
    EXPECT_EQ(alive[0].attempt, attempt.attempt);
    EXPECT_EQ(alive[0].contact, offers[0].contact);
    EXPECT_EQ(alive[0].attempts_made, 1);
    EXPECT_EQ(alive[0].number, offers[0].number);
    EXPECT_FALSE(alive[0].answered);
    EXPECT_FALSE(alive[0].served);
    EXPECT_TRUE(alive[1].answered);
    EXPECT_TRUE(alive[1].served);

    // The third was only claimed: it is offered again. The others wait until they are settled.
    const auto again = test.claim(3);
    ASSERT_EQ(again.offers.size(), 1U);
    EXPECT_EQ(again.offers[0].contact, offers[2].contact);
    EXPECT_EQ(again.offers[0].attempts_made, 0);

    test.write({test.outcome_of(attempt, campaigns::Outcome::Unknown, at(600))});
    EXPECT_EQ(must(test.store->attempts_alive()).size(), 1U);
    const auto standing = must(test.store->standing(offers[0].contact));
    ASSERT_EQ(standing.size(), 1U);
    EXPECT_EQ(standing[0].state, ContactState::Retry);
    EXPECT_EQ(standing[0].due, at(600));
    EXPECT_EQ(standing[0].attempts, 1);
}

TEST(StoreFencing, WritesNothingOnceANewerEpochHasBegun) {
    TestStore test;
    {
        Database other{test.folder / "store.db", Database::Mode::ReadWrite};
        other.execute("INSERT INTO epochs(epoch, owner, at) VALUES (2, 'node-2', 0)");
    }
    ASSERT_TRUE(test.submit({}));
    EXPECT_FALSE(test.store->flush().has_value());
    const auto failures = test.events.all<Failed>();
    ASSERT_EQ(failures.size(), 1U);
    EXPECT_EQ(failures[0].error.code, Errc::Conflict);
    EXPECT_FALSE(test.submit({}));
    test.close();
    Database file{test.folder / "store.db", Database::Mode::ReadOnly};
    Statement entries{file, "SELECT count(*) FROM journal"};
    ASSERT_TRUE(entries.step());
    EXPECT_EQ(entries.get<int>(0), 0);
}

}  // namespace
}  // namespace bellwether::store::test
