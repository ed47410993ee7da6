#include "dialer/store/number_lists.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "dialer/store/evidence_log.h"
#include "dialer/store/held_list.h"
#include "tests/dialer/store/test_store.h"

namespace bellwether::store::test {
namespace {

using std::chrono::days;
using std::chrono::sys_days;
using State = ListFinding::State;
using testing::HasSubstr;

const sys_days kToday = std::chrono::floor<days>(at(0));

class NumberListsTest : public testing::Test {
protected:
    NumberListRequest request(ListFormat format, std::string_view text, int day = 0) {
        const auto name = "file" + std::to_string(++files_) + ".txt";
        NumberListRequest request;
        request.file = here.folder.write(name, text);
        request.format = format;
        request.list = "dnc";
        request.client = here.client;
        request.client_name = "Acme";
        request.retrieved = kToday + days{day};
        request.licence = "SAN 10001";
        request.actor = "ann";
        request.at = at(day * 86'400 + 60);
        return request;
    }

    NumberListReport import(ListFormat format, std::string_view text, int day = 0) {
        return must(lists().import(request(format, text, day)));
    }

    NumberLists& lists() { return here.store->number_lists(); }

    ListFinding ask(std::string_view number, ListKind kind = ListKind::UsNational) {
        return lists().lookup(phone(number), here.client).at(static_cast<std::size_t>(kind));
    }

    /// "212,5550000" and so on.
    static std::string many(int count) {
        std::string text;
        for (int i = 0; i < count; ++i) text += "212," + std::to_string(5'550'000 + i) + "\n";
        return text;
    }

    std::size_t files_in_lists() const {
        std::size_t count = 0;
        for (const auto& entry : std::filesystem::directory_iterator{here.folder / "lists"}) {
            count += entry.is_regular_file() ? 1U : 0U;
        }
        return count;
    }

    TestStore here;

private:
    int files_ = 0;
};

TEST_F(NumberListsTest, PutAFullListInForce) {
    EXPECT_EQ(ask("+12125550123").state, State::NotHeld);
    const auto report = import(ListFormat::Ftc, "212,5550123\n212,5550123\n212,555\n213,5550124\n");
    EXPECT_EQ(report.counts, (NumberListCounts{4, 2, 1, 1, 2, 2, 0}));
    ASSERT_EQ(report.rejects.size(), 1U);
    EXPECT_EQ(report.rejects.front().line, 3U);

    const auto listed = ask("+12125550123");
    EXPECT_EQ(listed.state, State::Listed);
    EXPECT_EQ(listed.retrieved, kToday);
    EXPECT_EQ(listed.listed_since, std::nullopt);
    EXPECT_EQ(listed.version, report.version);
    EXPECT_EQ(ask("+12125550124").state, State::Clear);
    EXPECT_TRUE(ask("+12125550124").covers_area);
    EXPECT_FALSE(ask("+13055550124").covers_area);
    EXPECT_TRUE(ask("+442079460123").covers_area);
    EXPECT_EQ(ask("+12125550123", ListKind::Tps).state, State::NotHeld);
}

TEST_F(NumberListsTest, BelongToOneClient) {
    const auto other = must(here.store->add_client("Other"));
    import(ListFormat::Ftc, "212,5550123\n");
    const auto finding = lists().lookup(phone("+12125550123"), other);
    EXPECT_EQ(finding.at(0).state, State::NotHeld);
}

TEST_F(NumberListsTest, AreThereAgainAfterARestart) {
    import(ListFormat::Ftc, many(50));
    import(ListFormat::FtcChanges, "212,5559999,A,2026-11-24\n212,5550000,D,2026-11-24\n", 1);
    here.close();
    here.open();
    EXPECT_EQ(ask("+12125550001").state, State::Listed);
    EXPECT_EQ(ask("+12125550000").state, State::Clear);
    EXPECT_EQ(ask("+12125559999").state, State::Listed);
    EXPECT_EQ(ask("+12125559999").listed_since, kToday + days{1});
    EXPECT_EQ(ask("+12125550001").retrieved, kToday + days{1});
}

TEST_F(NumberListsTest, KeepARegisterOfVersions) {
    import(ListFormat::Ftc, many(50));
    import(ListFormat::Ftc, many(51), 3);
    const auto records = must(lists().records());
    ASSERT_EQ(records.size(), 1U);
    EXPECT_EQ(records.front().name, "dnc");
    EXPECT_EQ(records.front().kind, ListKind::UsNational);
    EXPECT_EQ(records.front().versions, 2);
    EXPECT_EQ(records.front().fault, "");
    const auto versions = must(lists().versions(records.front().id));
    ASSERT_EQ(versions.size(), 2U);
    EXPECT_EQ(versions[0].counts, (NumberListCounts{51, 51, 0, 0, 51, 1, 0}));
    EXPECT_EQ(versions[0].active_to, std::nullopt);
    EXPECT_EQ(versions[0].licence, "SAN 10001");
    EXPECT_EQ(versions[0].actor, "ann");
    EXPECT_EQ(versions[1].active_to, versions[0].active_from);
    // printf '212,5550000\n' and so on | sha256sum
    EXPECT_EQ(versions[1].sha256.size(), 64U);
    EXPECT_NE(versions[0].sha256, versions[1].sha256);
    // The older version's file stays: it is evidence of what was asked then.
    EXPECT_TRUE(std::filesystem::exists(here.folder / "lists" / versions[1].file));
}

TEST_F(NumberListsTest, RefuseAListThatShrinksUnlessSomebodyAnswersForIt) {
    import(ListFormat::Ftc, many(100));
    const auto shrunk = lists().import(request(ListFormat::Ftc, many(97), 1));
    ASSERT_FALSE(shrunk);
    EXPECT_EQ(shrunk.error().code, Errc::Refused);
    EXPECT_THAT(shrunk.error().detail, HasSubstr("from 100 to 97"));
    EXPECT_EQ(ask("+12125550099").state, State::Listed);

    auto answered = request(ListFormat::Ftc, many(97), 1);
    answered.shrink_override = ShrinkOverride{"the registry purged", "eve", ""};
    EXPECT_TRUE(must(lists().import(answered)).shrinks_too_much);
    EXPECT_EQ(ask("+12125550099").state, State::Clear);
    const auto version = must(lists().records()).front().version;
    ASSERT_TRUE(version.shrink_override);
    EXPECT_EQ(version.shrink_override->by, "eve");
    const auto note = compliance::evidence::open_note(version.shrink_override->signature,
                                                      here.store->evidence().key());
    ASSERT_TRUE(note) << note.error().detail;
    EXPECT_THAT(*note, HasSubstr(version.sha256 + "\neve\nthe registry purged\n"));
    EXPECT_EQ(version.counts.deletes, 3);

    // 2 % are within the threshold, and an override that nobody needs is not on record.
    auto next = request(ListFormat::Ftc, many(96), 2);
    next.shrink_override = ShrinkOverride{"again", "eve", ""};
    EXPECT_FALSE(must(lists().import(next)).shrinks_too_much);
    EXPECT_EQ(must(lists().records()).front().version.shrink_override, std::nullopt);
}

TEST_F(NumberListsTest, NoteSinceWhenANumberStandsOnTheTps) {
    constexpr auto kTps = ListKind::Tps;
    import(ListFormat::Tps, "02079460001\n02079460002\n");
    import(ListFormat::TpsDaily, "A,02079460003\nD,02079460001\nA,02079460002\n", 1);
    EXPECT_EQ(ask("+442079460001", kTps).state, State::Clear);
    EXPECT_EQ(ask("+442079460002", kTps).listed_since, std::nullopt);
    EXPECT_EQ(ask("+442079460003", kTps).listed_since, kToday + days{1});

    const auto report = import(ListFormat::Tps, "02079460002\n02079460003\n02079460004\n", 5);
    EXPECT_EQ(report.counts, (NumberListCounts{3, 3, 0, 0, 3, 1, 0}));
    EXPECT_EQ(ask("+442079460003", kTps).listed_since, kToday + days{1});
    EXPECT_EQ(ask("+442079460004", kTps).listed_since, kToday + days{5});
    EXPECT_EQ(ask("+442079460002", kTps).listed_since, std::nullopt);
}

TEST_F(NumberListsTest, CountAChangeThatChangesNothingAsDuplicate) {
    import(ListFormat::Tps, "02079460001\n02079460002\n");
    const auto report =
        import(ListFormat::TpsDaily, "A,02079460001\nD,02079460009\nD,02079460002\nX,1\n", 1);
    EXPECT_EQ(report.counts, (NumberListCounts{4, 1, 2, 1, 1, 0, 1}));
}

TEST_F(NumberListsTest, NeedAFullListBeforeChanges) {
    const auto early = lists().import(request(ListFormat::FtcChanges, "212,5550123,A,x\n"));
    ASSERT_FALSE(early);
    EXPECT_EQ(early.error().code, Errc::Conflict);
    EXPECT_EQ(files_in_lists(), 0U);
}

TEST_F(NumberListsTest, TakeTheAnswersOnReassignedNumbersWithoutOne) {
    const auto report = import(ListFormat::Rnd,
                               "number,date,result\n2125550123,2026-01-05,yes\n"
                               "2125550124,2026-01-05,no\n");
    EXPECT_EQ(report.kind, ListKind::Reassigned);
    EXPECT_EQ(report.counts, (NumberListCounts{2, 1, 1, 0, 1, 1, 0}));
    EXPECT_EQ(ask("+12125550123", ListKind::Reassigned).state, State::Listed);
    EXPECT_EQ(ask("+12125550124", ListKind::Reassigned).state, State::Clear);
}

TEST_F(NumberListsTest, DoNotGoBackInTime) {
    import(ListFormat::Ftc, many(10), 2);
    EXPECT_EQ(lists().import(request(ListFormat::Ftc, many(10), 1)).error().code, Errc::Conflict);
    auto future = request(ListFormat::Ftc, many(10), 3);
    future.retrieved += days{5};
    EXPECT_EQ(lists().import(future).error().code, Errc::InvalidInput);
}

TEST_F(NumberListsTest, KeepTheirKind) {
    import(ListFormat::Ftc, many(10));
    EXPECT_EQ(lists().import(request(ListFormat::Tps, "02079460001\n", 1)).error().code,
              Errc::Conflict);
}

TEST_F(NumberListsTest, ChangeNothingOnADryRun) {
    import(ListFormat::Ftc, many(100));
    const auto before = files_in_lists();
    auto rehearsal = request(ListFormat::Ftc, many(50), 1);
    rehearsal.dry_run = true;
    const auto report = must(lists().import(rehearsal));
    EXPECT_TRUE(report.shrinks_too_much);
    EXPECT_EQ(report.counts, (NumberListCounts{50, 50, 0, 0, 50, 0, 50}));
    EXPECT_EQ(report.version, NumberListVersionId{});
    EXPECT_EQ(files_in_lists(), before);
    EXPECT_EQ(ask("+12125550099").state, State::Listed);
    EXPECT_EQ(must(lists().records()).front().versions, 1);
}

TEST_F(NumberListsTest, RefuseAFileOfAnotherFormat) {
    const auto wrong = lists().import(request(ListFormat::Ftc, "hello\nworld 1\n"));
    ASSERT_FALSE(wrong);
    EXPECT_THAT(wrong.error().detail, HasSubstr("none of the file's"));
    EXPECT_EQ(lists().import(request(ListFormat::Ftc, "")).error().code, Errc::InvalidInput);
    auto gone = request(ListFormat::Ftc, "");
    gone.file = here.folder / "gone.txt";
    EXPECT_EQ(lists().import(gone).error().code, Errc::NotFound);
}

TEST_F(NumberListsTest, WriteTheRejectsWithLineAndReason) {
    auto faulty = request(ListFormat::Ftc, "212,5550123\n212,55\n");
    faulty.rejects = here.folder / "rejects.csv";
    must(lists().import(faulty));
    EXPECT_THAT(here.folder.read("rejects.csv"), HasSubstr("2,2,,not as many digits"));
}

TEST_F(NumberListsTest, AnswerUnreadableForADamagedFile) {
    import(ListFormat::Ftc, many(10));
    const auto file = here.folder / "lists" / must(lists().records()).front().version.file;
    here.close();
    std::filesystem::permissions(file, std::filesystem::perms::owner_write,
                                 std::filesystem::perm_options::add);
    {
        std::fstream damaged{file, std::ios::binary | std::ios::in | std::ios::out};
        damaged.seekp(150);
        damaged.put('\x55');
    }
    here.open();
    EXPECT_EQ(ask("+12125550001").state, State::Unreadable);
    EXPECT_THAT(must(lists().records()).front().fault, HasSubstr("damaged"));
    EXPECT_EQ(lists().import(request(ListFormat::FtcChanges, "212,5550123,A,x\n", 1)).error().code,
              Errc::Corrupt);
    import(ListFormat::Ftc, many(10), 1);
    EXPECT_EQ(ask("+12125550001").state, State::Listed);
}

TEST_F(NumberListsTest, ClearAwayWhatACrashLeft) {
    import(ListFormat::Ftc, many(10));
    const auto before = files_in_lists();
    here.folder.write("lists/7-1-0.numbers.tmp", "half");
    here.folder.write("lists/7-1-0.numbers", "whole, and never registered");
    here.close();
    here.open();
    EXPECT_EQ(files_in_lists(), before);
    EXPECT_EQ(ask("+12125550001").state, State::Listed);
}

TEST_F(NumberListsTest, JoinTwoListsOfAKindByTheStricter) {
    import(ListFormat::Ftc, "212,5550123\n");
    auto second = request(ListFormat::Ftc, "305,5550123\n", 2);
    second.list = "dnc-305";
    must(lists().import(second));
    EXPECT_EQ(ask("+13055550123").state, State::Listed);
    EXPECT_EQ(ask("+12125550123").state, State::Listed);
    EXPECT_EQ(ask("+12125550124").state, State::Clear);
    EXPECT_EQ(ask("+13055550123").retrieved, kToday);  // fresh is only who is fresh in all
    EXPECT_TRUE(ask("+13055550199").covers_area);
    EXPECT_EQ(must(lists().entries(phone("+13055550123"), here.client)).size(), 2U);
    EXPECT_EQ(must(lists().entries(phone("+13055550123"), ClientId{})).size(), 2U);
}

TEST_F(NumberListsTest, SwapAVersionWhole) {
    // Every version lists either both numbers or neither: a reader must never see one alone.
    const std::string both = "212,5550001\n212,5550002\n" + many(100);
    import(ListFormat::Ftc, "213,5550001\n");
    std::atomic<bool> ended{false};
    std::atomic<std::int64_t> torn{0};
    std::thread reader{[&] {
        while (!ended) {
            const auto held = lists().held(here.client);
            const auto one = held->lookup(phone("+12125550001")).at(0).state;
            const auto two = held->lookup(phone("+12125550002")).at(0).state;
            if (one != two) ++torn;
        }
    }};
    for (int day = 1; day < 6; ++day) {
        auto next = request(ListFormat::Ftc, day % 2 == 1 ? both : "213,5550001\n", day);
        next.shrink_override = ShrinkOverride{"a test", "ann", ""};
        must(lists().import(next));
    }
    ended = true;
    reader.join();
    EXPECT_EQ(torn, 0);
}

}  // namespace
}  // namespace bellwether::store::test
