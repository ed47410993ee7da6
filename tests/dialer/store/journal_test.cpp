#include <gtest/gtest.h>

#include "tests/dialer/store/test_store.h"

namespace bellwether::store::test {
namespace {

JournalEntry entry(std::uint64_t seq) {
    return {seq,
            {Instant{Duration{1000 + static_cast<std::int64_t>(seq)}}, at(3)},
            R"({"is":"KEY_PRESSED","call":"7","key":{"personal":0}})",
            R"(["5"])",
            {{R"({"is":"STOP_PLAYING","call":"7"})", ""},
             {R"({"is":"STORE_ANSWER","value":{"personal":0}})", R"(["say \"yes\"\n"])"}}};
}

std::vector<JournalEntry> read(const Store& store, std::uint64_t first, std::uint64_t last) {
    std::vector<JournalEntry> entries;
    must(store.for_each_journal_entry(
        first, last, [&](const JournalEntry& found) { entries.push_back(found); }));
    return entries;
}

TEST(Journal, GivesEntriesBackByteForByte) {
    TestStore test;
    ASSERT_TRUE(test.store->submit({entry(1), {}}));
    ASSERT_TRUE(test.store->submit({entry(2), {}}));
    must(test.store->flush());

    const auto entries = read(*test.store, 2, 9);
    ASSERT_EQ(entries.size(), 1U);
    const JournalEntry wanted = entry(2);
    EXPECT_EQ(entries[0].seq, 2U);
    EXPECT_EQ(entries[0].now, wanted.now);
    EXPECT_EQ(entries[0].event, wanted.event);
    EXPECT_EQ(entries[0].event_personal, wanted.event_personal);
    EXPECT_EQ(entries[0].actions, wanted.actions);
}

TEST(Journal, OpensSegmentsWithASnapshot) {
    TestStore test;
    const engine::Encoded first{R"({"is":"ENGINE_STATE"})", ""};
    const engine::Encoded second{R"({"is":"ENGINE_STATE","interview":{"personal":0}})",
                                 R"(["12"])"};
    ASSERT_TRUE(test.store->begin_segment(1, {Instant{Duration{5}}, at(1)}, first));
    ASSERT_TRUE(test.store->submit({entry(1), {}}));
    ASSERT_TRUE(test.store->begin_segment(2, {Instant{Duration{9}}, at(2)}, second));
    must(test.store->flush());
    const auto segments = must(test.store->journal_segments());
    ASSERT_EQ(segments.size(), 2U);
    EXPECT_EQ(segments[0].first_seq, 1U);
    EXPECT_EQ(segments[0].snapshot, first);
    EXPECT_EQ(segments[1].first_seq, 2U);
    EXPECT_EQ(segments[1].epoch, Epoch{1});
    EXPECT_EQ(segments[1].at, (Now{Instant{Duration{9}}, at(2)}));
    EXPECT_EQ(segments[1].snapshot, second);
}

TEST(Journal, AStartThatCameToNothingLeavesNoSegmentBehind) {
    TestStore test;
    ASSERT_TRUE(test.store->begin_segment(1, {Instant{}, at(1)}, {"{}", ""}));
    test.close();
    test.open();
    ASSERT_TRUE(test.store->begin_segment(1, {Instant{}, at(2)}, {"{}", ""}));
    must(test.store->flush());
    const auto segments = must(test.store->journal_segments());
    ASSERT_EQ(segments.size(), 1U);
    EXPECT_EQ(segments[0].epoch, Epoch{2});
}

/// An entry at so many seconds.
JournalEntry entry_at(std::uint64_t seq, std::int64_t seconds) {
    JournalEntry made = entry(seq);
    made.now.utc = at(seconds);
    return made;
}

TEST(Journal, FindsTheLastEntryAtAMoment) {
    TestStore test;
    EXPECT_EQ(must(test.store->journal_seq_at(at(0))), std::nullopt);
    EXPECT_FALSE(must(test.store->journal_span()));
    for (std::uint64_t seq = 1; seq <= 100; ++seq) {
        ASSERT_TRUE(test.store->submit({entry_at(seq, static_cast<std::int64_t>(10 * seq)), {}}));
    }
    must(test.store->flush());
    EXPECT_EQ(must(test.store->journal_seq_at(at(9))), std::nullopt);
    for (std::uint64_t seq = 1; seq <= 100; ++seq) {
        const auto seconds = static_cast<std::int64_t>(10 * seq);
        EXPECT_EQ(must(test.store->journal_seq_at(at(seconds))), seq);
        EXPECT_EQ(must(test.store->journal_seq_at(at(seconds + 9))), seq);
    }
    const auto span = must(test.store->journal_span());
    ASSERT_TRUE(span);
    EXPECT_EQ(span->first_seq, 1U);
    EXPECT_EQ(span->last_seq, 100U);
    EXPECT_EQ(span->first, at(10));
    EXPECT_EQ(span->last, at(1000));
}

TEST(Journal, FindsOneOfThemWhereTheClockShowedAMomentTwice) {
    TestStore test;
    const std::vector<std::int64_t> seconds{10, 20, 30, 15, 25, 35};  // set back by 15 s
    for (std::size_t i = 0; i < seconds.size(); ++i) {
        ASSERT_TRUE(test.store->submit({entry_at(i + 1, seconds[i]), {}}));
    }
    must(test.store->flush());
    const auto found = must(test.store->journal_seq_at(at(22)));
    EXPECT_TRUE(found == 2U || found == 4U) << found.value_or(0);
}

TEST(Journal, HoldsNoPhoneNumber) {
    TestStore test;
    test.import_numbers({fiction(1)});
    test.write({test.attempt_of(test.claim(1).offers.at(0))});
    for (const JournalEntry& found : read(*test.store, 1, 99)) {
        EXPECT_EQ(found.event.find(fiction(1).substr(1)), std::string::npos);
    }
}

}  // namespace
}  // namespace bellwether::store::test
