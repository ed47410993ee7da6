#include "dialer/store/note_erasure.h"

#include <gtest/gtest.h>

#include "tests/dialer/store/test_evidence.h"
#include "tests/dialer/store/test_notes.h"

namespace bellwether::store::test {
namespace {

/// Every byte that the store has on the disk once it is closed.
std::string bytes_of(NotesStore& test) {
    test.store.close();
    return test.store.folder.read("store.db") + test.store.folder.read("store.db-wal");
}

engine::StoreDisposition on(const engine::StoreAttempt& attempt, const NotesStore& test,
                            const std::string& text) {
    return {.call = attempt.call,
            .attempt = attempt.attempt,
            .campaign = attempt.campaign,
            .contact = attempt.contact,
            .agent = test.agent,
            .code = "SALE",
            .note = text,
            .at = at(50)};
}

ErasureReport erase(const NotesStore& test, int person) {
    return must(test.store.store->evidence().erase(
        {test.store.client, phone(fiction(person)), "REQUEST", "anna", at(5'000)}));
}

TEST(NoteErasure, LeavesNeitherAHitNorAByte) {
    NotesStore test;
    test.store.import_numbers({fiction(1), fiction(2)});
    // So many that the words stand in several segments of the index.
    for (int i = 0; i < 150; ++i) test.note("word" + std::to_string(i) + " and others", "NONE");
    for (const auto& offer : test.store.claim(2).offers) {
        const auto attempt = test.store.attempt_of(offer);
        test.store.write({attempt});
        const bool first =
            must(test.store.store->contact(offer.contact)).number == phone(fiction(1));
        test.note(on(attempt, test, first ? "xylophone\nzyxwvut" : "harpsichord"));
        if (first) test.note(on(attempt, test, "saxophone qwertzy"));
    }
    for (int i = 0; i < 150; ++i) test.note("more" + std::to_string(i) + " and others", "NONE");
    ASSERT_EQ(test.find("saxophone").size(), 1U);

    EXPECT_EQ(erase(test, 1).records, 0) << "nothing was sealed for him";
    EXPECT_TRUE(test.find("saxophone").empty());
    EXPECT_TRUE(test.find("xylophone").empty());
    EXPECT_EQ(test.find("harpsichord").size(), 1U) << "nobody else is erased";
    EXPECT_EQ(test.find("word149").size(), 1U);
    const std::string file = bytes_of(test);
    // The index keeps of a word only what its neighbour has not; ends are enough.
    for (const char* word : {"xylophone", "ylophone", "zyxwvut", "yxwvut", "saxophone", "axophone",
                             "qwertzy", "wertzy"})
        EXPECT_EQ(file.find(word), std::string::npos) << word;
    EXPECT_NE(file.find("harpsichord"), std::string::npos);
}

TEST(NoteErasure, ReachesWhatInterviewersWrote) {
    NotesStore test;
    test.store.import_numbers({fiction(1), fiction(2)});
    for (const auto& offer : test.store.claim(2).offers) {
        const auto attempt = test.store.attempt_of(offer);
        const bool first =
            must(test.store.store->contact(offer.contact)).number == phone(fiction(1));
        const InterviewId interview{first ? 7U : 8U};
        test.store.write({attempt});
        test.store.write({engine::StoreInterview{
            interview, attempt.attempt, test.store.campaign, attempt.contact, at(1), {}}});
        test.noted(engine::StoreInterviewNote{.interview = interview,
                                              .attempt = attempt.attempt,
                                              .agent = test.agent,
                                              .item = "trips",
                                              .note = first ? "xylophone" : "harpsichord",
                                              .at = at(5)});
        test.store.write({engine::StoreRefusal{.interview = interview,
                                               .attempt = attempt.attempt,
                                               .campaign = test.store.campaign,
                                               .contact = attempt.contact,
                                               .agent = test.agent,
                                               .reason = "busy",
                                               .note = first ? "saxophone" : "trombone",
                                               .at = at(6)}});
    }
    ASSERT_EQ(test.find("xylophone").size(), 1U);
    (void)erase(test, 1);
    EXPECT_TRUE(test.find("xylophone").empty());
    EXPECT_EQ(test.find("harpsichord").size(), 1U);
    const std::string file = bytes_of(test);
    for (const char* word : {"xylophone", "ylophone", "saxophone"})
        EXPECT_EQ(file.find(word), std::string::npos) << word;
    EXPECT_NE(file.find("trombone"), std::string::npos);
}

TEST(NoteErasure, ReachesCallsToUs) {
    NotesStore test;
    const CallId call{77};
    test.store.write({engine::StoreInbound{.call = call,
                                           .epoch = test.store.store->epoch(),
                                           .campaign = test.store.campaign,
                                           .client = test.store.client,
                                           .caller = fiction(9),
                                           .at = at(3)}});
    test.note({.call = call,
               .campaign = test.store.campaign,
               .agent = test.agent,
               .code = "INFO",
               .note = "wants a brochure",
               .at = at(60)});
    test.note({.call = CallId{78},
               .campaign = test.store.campaign,
               .agent = test.agent,
               .code = "INFO",
               .note = "wants a poster",
               .at = at(61)});
    erase(test, 9);
    EXPECT_EQ(test.find("wants").size(), 1U);
    EXPECT_EQ(test.store.store->evidence()
                  .erase({test.store.client, phone(fiction(9)), "REQUEST", "anna", at(5'001)})
                  .error()
                  .code,
              Errc::NotFound);
    EXPECT_EQ(bytes_of(test).find("brochure"), std::string::npos);
}

TEST(NoteErasure, IsHeldByALegalHold) {
    NotesStore test;
    test.store.import_numbers({fiction(1)});
    const auto attempt = test.store.attempt_of(test.store.claim(1).offers.at(0));
    test.store.write({attempt});
    test.note(on(attempt, test, "threatened us"));
    must(test.store.store->append_evidence(call_record(1)));
    HoldRequest hold;
    hold.name = "case 7";
    hold.client = test.store.client;
    hold.numbers = {phone(fiction(1))};
    hold.at = at(100);
    for (const char* actor : {"anna", "bela"}) {
        hold.actor = actor;
        must(test.store.store->evidence().place_hold(hold));
    }
    EXPECT_EQ(test.store.store->evidence()
                  .erase({test.store.client, phone(fiction(1)), "REQUEST", "anna", at(5'000)})
                  .error()
                  .code,
              Errc::Refused);
    EXPECT_EQ(test.find("threatened").size(), 1U);
}

}  // namespace
}  // namespace bellwether::store::test
