#include "dialer/store/precedents.h"

#include <gtest/gtest.h>

#include "dialer/store/sqlite.h"
#include "tests/dialer/store/test_notes.h"

namespace bellwether::store::test {
namespace {

std::vector<std::string> codes(const std::vector<Precedent>& found) {
    std::vector<std::string> all;
    for (const auto& one : found) all.push_back(one.code);
    return all;
}

using Codes = std::vector<std::string>;

struct Words {
    const char* text;
    const char* match;
};

TEST(MatchExpression, TakesWhatPeopleWriteForWords) {
    for (const Words& words : {
             Words{"meter", "\"meter\" *"},
             Words{" lost  ticket ", "\"lost\" \"ticket\" *"},
             Words{"a OR b", "\"a\" \"OR\" \"b\" *"},
             Words{"note:x* -y (z", "\"note:x*\" \"-y\" \"(z\" *"},
             Words{"say \"hi\"", "\"say\" \"\"\"hi\"\"\" *"},
             Words{"- számla !", "\"számla\" *"},
         })
        EXPECT_EQ(must(match_expression(words.text)), words.match);
}

TEST(MatchExpression, SaysWhatToWriteInAnEmptySearch) {
    for (const char* text : {"", "  ", "*", "- \" ("}) {
        const auto refused = match_expression(text);
        ASSERT_FALSE(refused) << text;
        EXPECT_EQ(refused.error().code, Errc::InvalidInput);
        EXPECT_NE(refused.error().detail.find("write words"), std::string::npos);
    }
}

TEST(Precedents, AreFoundByAllWordsTheLastAPrefixWithTheMatchMarked) {
    NotesStore test;
    test.note("Meter leaked, sent a plumber", "FIXED");
    test.note("Meter is new", "OK");
    EXPECT_EQ(codes(test.find("METER plum")), Codes{"FIXED"});
    EXPECT_EQ(test.find("meter plum")[0].excerpt, "[Meter] leaked, sent a [plumber]");
    EXPECT_EQ(codes(test.find("met plumber")), Codes{}) << "a word before the last is whole";
    EXPECT_EQ(codes(test.find("plumber meter")), Codes{"FIXED"}) << "in any order";
    EXPECT_EQ(codes(test.find("meter OR plumber")), Codes{}) << "OR is a word";
    const auto found = test.find("leaked").at(0);
    EXPECT_EQ(found.at, at(1));
    EXPECT_EQ(found.agent, test.agent);
    EXPECT_EQ(found.campaign, test.store.campaign);
}

TEST(Precedents, AreFoundWithoutCapitalsAndAccentsInRussianAndHungarian) {
    NotesStore test;
    test.note("Ученик потерял ДОГОВОР, выслали копию. Ещё раз проверить счёт", "RU");
    test.note("Az ügyfél számlája téves volt, jóváírást kapott; őrzi a bizonylatot", "HU");
    for (const char* text : {"договор", "ДОГОВ", "еще", "Ещё", "СЧЕТ", "счёт"})
        EXPECT_EQ(codes(test.find(text)), Codes{"RU"}) << text;
    for (const char* text : {"szamlaja", "SZÁMLÁ", "ugyfel jovairast", "orzi", "Ügyfél"})
        EXPECT_EQ(codes(test.find(text)), Codes{"HU"}) << text;
}

TEST(Precedents, StandByTheirBm25AndEqualOnesNewestFirst) {
    NotesStore test;
    // Of notes with the word once, the shorter ranks higher: bm25 divides by length.
    test.note("refund asked for after a long talk of many other things", "LONG");
    test.note("refund promised", "OLDER");
    test.note("refund refused", "NEWER");
    for (int i = 0; i < 10; ++i) test.note("nothing to say", "NONE");
    EXPECT_EQ(codes(test.find("refund")), (Codes{"NEWER", "OLDER", "LONG"}));
    EXPECT_EQ(codes(test.find("refund", 1)), Codes{"NEWER"});
}

TEST(Precedents, OfOneOrganisationAreNeverAnothers) {
    NotesStore test;
    const ClientId other = must(test.store.store->add_client("other"));
    const ListId list = must(test.store.store->add_list(other, "theirs"));
    const CampaignId campaign = must(test.store.store->save_campaign(
        {CampaignId{}, other, list, "their campaign", "", {}}, at(0)));
    test.note("broken meter", "OURS");
    test.note("broken meter", "THEIRS", campaign);
    EXPECT_EQ(codes(test.find("meter")), Codes{"OURS"});
    EXPECT_EQ(codes(must(find_precedents(*test.store.store, {"meter", other, {}, 20}))),
              Codes{"THEIRS"});
    EXPECT_EQ(
        must(find_precedents(*test.store.store, {"meter", other, test.store.campaign, 20})).size(),
        0U);
}

TEST(Precedents, FollowANoteThatIsChanged) {
    NotesStore test;
    const CallId call = test.note("wrong number", "WRONG");
    test.note("left on his own", "NONE");
    test.note("right person after all", "SALE", test.store.campaign, call);
    EXPECT_TRUE(test.find("wrong").empty());
    EXPECT_EQ(codes(test.find("person")), Codes{"SALE"});
    test.note("", "SALE", test.store.campaign, call);
    EXPECT_TRUE(test.find("person").empty());
    EXPECT_EQ(codes(test.find("own")), Codes{"NONE"});
}

/// An interview of the first contact, in which ann has written something.
class NotedInterview {
public:
    explicit NotedInterview(NotesStore& test) : test_{test} {
        test.store.import_numbers({fiction(1)});
        attempt = test.store.attempt_of(test.store.claim(1).offers.at(0));
        test.store.write({attempt});
        test.store.write({engine::StoreInterview{
            InterviewId{7}, attempt.attempt, test.store.campaign, attempt.contact, at(1), {}}});
    }

    void write(const std::string& text, bool probe = false, bool overrule = false) {
        test_.store.write({engine::StoreInterviewNote{.interview = InterviewId{7},
                                                      .attempt = attempt.attempt,
                                                      .agent = test_.agent,
                                                      .item = "trips",
                                                      .note = text,
                                                      .probe = probe,
                                                      .overrule = overrule,
                                                      .at = at(99)}});
    }

    engine::StoreAttempt attempt;

private:
    NotesStore& test_;
};

TEST(Precedents, AreInterviewersNotesToo) {
    NotesStore test;
    test.note("missed the ferry", "LOST");
    NotedInterview interview{test};
    interview.write("Ferry captain, каждый ёж");
    interview.write("ferry twice a day", false, true);
    interview.write("Which ferry comes closer?", true);
    const auto found = test.find("ferry");
    ASSERT_EQ(found.size(), 3U) << "a probe's words are the questionnaire's";
    const auto one = test.find("еж").at(0);
    EXPECT_EQ(one.item, "trips");
    EXPECT_EQ(one.code, "");
    EXPECT_EQ(one.agent, test.agent);
    EXPECT_EQ(one.contact, interview.attempt.contact);
    EXPECT_EQ(one.attempt, interview.attempt.attempt);
    EXPECT_EQ(one.campaign, test.store.campaign);
    EXPECT_EQ(one.at, at(99));
    const PrecedentQuery elsewhere{.text = "captain",
                                   .client = test.store.client,
                                   .campaign = test.store.add_campaign("other")};
    EXPECT_TRUE(must(find_precedents(*test.store.store, elsewhere)).empty());
}

TEST(Precedents, AreThoseOfBeforeToo) {
    NotesStore test;
    test.note("parcel went astray", "LOST");
    test.note("", "NONE");
    test.store.close();
    {
        Database file{test.store.folder / "store.db", Database::Mode::ReadWrite};
        file.execute(
            "DROP TRIGGER precedent_of_interview_note; "
            "DROP TRIGGER precedent_of_changed_interview_note; "
            "DROP TRIGGER precedent_of_deleted_interview_note; "
            "DROP INDEX interview_notes_as_precedents; "
            "ALTER TABLE answer_changes DROP COLUMN agent_id; "
            "DROP TRIGGER precedent_of_disposition; DROP TRIGGER precedent_of_changed; "
            "DROP TRIGGER precedent_of_deleted; DROP TABLE precedent_index; "
            "DROP VIEW precedent_notes; DROP TABLE precedents; "
            "ALTER TABLE callbacks DROP COLUMN loose; "
            "ALTER TABLE dispositions DROP COLUMN due_at; "
            "DROP TABLE interview_ends; DROP TABLE recordings; DROP TABLE recordings_since; "
            "DROP INDEX inbound_calls_ended; "
            "DELETE FROM schema_version WHERE version > 14");
    }
    test.store.open();
    EXPECT_EQ(codes(test.find("parcel")), Codes{"LOST"});
}

}  // namespace
}  // namespace bellwether::store::test
