#include "simulator/carrier/person.h"

#include <gtest/gtest.h>

#include <chrono>
#include <sstream>
#include <string>

namespace bellwether::carrier {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

std::string text(const Ring&) { return "ring"; }
std::string text(const SoundEarly& early) {
    return early.words == Words::Announcement ? "announce" : "early";
}
std::string text(const Answer&) { return "answer"; }
std::string text(const Refuse& refuse) { return "refuse " + std::to_string(refuse.status); }
std::string text(const Say& say) {
    switch (say.words) {
        case Words::Greeting:
            return "greet";
        case Words::Voicemail:
            return "voicemail";
        case Words::Fax:
            return "fax";
        case Words::Screening:
            return "screen";
        default:
            return "talk";
    }
}
std::string text(const PressKeys& press) { return "press " + press.keys; }
std::string text(const Leave&) { return "leave"; }
std::string text(const SetAlarm& alarm) {
    const auto ms = std::chrono::duration_cast<milliseconds>(alarm.in).count();
    return std::string{name_of(alarm.wake)} + "+" + std::to_string(ms);
}
std::string text(const ClearAlarm& alarm) { return "-" + std::string{name_of(alarm.wake)}; }

/// What the person does upon one event, as one line.
std::string does(Person& person, const PersonEvent& event) {
    std::string line;
    for (const PersonCommand& command : person.handle(event)) {
        if (!line.empty()) line += ' ';
        line += std::visit([](const auto& what) { return text(what); }, command);
    }
    return line;
}

std::string wakes(Person& person, PersonWake wake) { return does(person, PersonWoken{wake}); }

CallScript talker() {
    CallScript script{};
    script.fate = CallFate::Answer;
    script.alert = milliseconds{100};
    script.decide = seconds{3};
    script.greet = milliseconds{300};
    script.patience = seconds{8};
    script.reply_delay = milliseconds{700};
    script.talk = seconds{6};
    script.courtesy = seconds{10};
    script.stay_max = seconds{120};
    return script;
}

CallScript presser() {
    CallScript script = talker();
    script.replies = {{ReplyKind::Press, "2", milliseconds{900}},
                      {ReplyKind::StaySilent, "", milliseconds{800}},
                      {ReplyKind::Press, "35#", milliseconds{1000}}};
    return script;
}

/// A person who has just picked up the phone.
Person on_the_line(CallScript script) {
    Person person{std::move(script)};
    does(person, Invited{});
    wakes(person, PersonWake::Alert);
    wakes(person, PersonWake::Decide);
    return person;
}

TEST(Person, RingsThenAnswersThenGreets) {
    Person person{talker()};
    EXPECT_EQ(does(person, Invited{}), "ALERT+100");
    EXPECT_EQ(wakes(person, PersonWake::Alert), "ring DECIDE+3000");
    EXPECT_FALSE(person.is_up());
    EXPECT_EQ(wakes(person, PersonWake::Decide), "answer GREET+300 PATIENCE+8000 LEAVE+6000");
    EXPECT_TRUE(person.is_up());
    EXPECT_EQ(wakes(person, PersonWake::Greet), "greet");
}

TEST(Person, SoundsEarlyInsteadOfRinging) {
    CallScript script = talker();
    script.early_media = true;
    Person person{script};
    does(person, Invited{});
    EXPECT_EQ(wakes(person, PersonWake::Alert), "early DECIDE+3000");
}

TEST(Person, BusyDoesNotRing) {
    CallScript script = talker();
    script.fate = CallFate::Busy;
    script.status = 486;
    script.decide = milliseconds{400};
    Person person{script};
    EXPECT_EQ(does(person, Invited{}), "DECIDE+400");
    EXPECT_EQ(wakes(person, PersonWake::Decide), "refuse 486");
    EXPECT_EQ(wakes(person, PersonWake::Decide), "");
}

TEST(Person, NobodyThereRingsUntilTheSwitchGivesUp) {
    CallScript script = talker();
    script.fate = CallFate::NoAnswer;
    script.status = 480;
    script.decide = seconds{60};
    Person person{script};
    does(person, Invited{});
    EXPECT_EQ(wakes(person, PersonWake::Alert), "ring DECIDE+60000");
    EXPECT_EQ(wakes(person, PersonWake::Decide), "refuse 480");
}

TEST(Person, TalkerRepliesWhenTheFarSideIsQuiet) {
    Person person = on_the_line(talker());
    EXPECT_EQ(does(person, FarSpeaks{}), "-PATIENCE -REPLY");
    EXPECT_EQ(does(person, FarQuiet{}), "PATIENCE+8000 REPLY+700");
    EXPECT_EQ(wakes(person, PersonWake::Reply), "talk");
    EXPECT_EQ(wakes(person, PersonWake::Leave), "leave");
    EXPECT_EQ(does(person, FarSpeaks{}), "");
}

TEST(Person, PresserAnswersOncePerPause) {
    Person person = on_the_line(presser());
    does(person, FarSpeaks{});
    EXPECT_EQ(does(person, FarQuiet{}), "PATIENCE+8000 REPLY+900");
    EXPECT_EQ(wakes(person, PersonWake::Reply), "press 2 -LEAVE PATIENCE+8000");
    does(person, FarSpeaks{});
    EXPECT_EQ(does(person, FarQuiet{}), "PATIENCE+8000 REPLY+800");
    EXPECT_EQ(wakes(person, PersonWake::Reply), "");
    does(person, FarSpeaks{});
    EXPECT_EQ(does(person, FarQuiet{}), "PATIENCE+8000 REPLY+1000");
    EXPECT_EQ(wakes(person, PersonWake::Reply), "press 35# -LEAVE PATIENCE+8000");
    does(person, FarSpeaks{});
    EXPECT_EQ(does(person, FarQuiet{}), "PATIENCE+8000");
    EXPECT_EQ(wakes(person, PersonWake::Patience), "leave");
}

TEST(Person, PresserIsInterruptedByTheNextSentence) {
    Person person = on_the_line(presser());
    does(person, FarSpeaks{});
    does(person, FarQuiet{});
    EXPECT_EQ(does(person, FarSpeaks{}), "-PATIENCE -REPLY");
    EXPECT_EQ(does(person, FarQuiet{}), "PATIENCE+8000 REPLY+900");
}

TEST(Person, LeavesInTheMiddleIfTheScriptSaysSo) {
    CallScript script = presser();
    script.replies = {{ReplyKind::HangUp, "", milliseconds{900}}};
    Person person = on_the_line(script);
    does(person, FarSpeaks{});
    EXPECT_EQ(does(person, FarQuiet{}), "PATIENCE+8000 REPLY+900");
    EXPECT_EQ(wakes(person, PersonWake::Reply), "leave");
}

TEST(Person, HearsAQuestionOutOnceBeforeLeaving) {
    Person person = on_the_line(presser());
    does(person, FarSpeaks{});
    EXPECT_EQ(wakes(person, PersonWake::Leave), "LEAVE+10000");
    EXPECT_EQ(wakes(person, PersonWake::Leave), "leave");
}

TEST(Person, LeavesASilentLine) {
    Person person = on_the_line(presser());
    EXPECT_EQ(wakes(person, PersonWake::Leave), "leave");

    Person patient = on_the_line(talker());
    EXPECT_EQ(wakes(patient, PersonWake::Patience), "leave");
}

TEST(Person, WhoStaysForTheQuestionsHasNoLeaveAlarm) {
    CallScript script = presser();
    script.talk.reset();
    Person person{script};
    does(person, Invited{});
    wakes(person, PersonWake::Alert);
    EXPECT_EQ(wakes(person, PersonWake::Decide), "answer GREET+300 PATIENCE+8000 STAY_END+120000");
    EXPECT_EQ(wakes(person, PersonWake::StayEnd), "leave");
}

CallScript taken_by(Party party) {
    CallScript script = talker();
    script.party = party;
    script.records = seconds{20};
    return script;
}

TEST(Person, AMachineGreetsAndRecordsWhateverIsSaid) {
    Person person{taken_by(Party::Machine)};
    does(person, Invited{});
    wakes(person, PersonWake::Alert);
    EXPECT_EQ(wakes(person, PersonWake::Decide), "answer GREET+300 STAY_END+20000");
    EXPECT_EQ(wakes(person, PersonWake::Greet), "voicemail");
    EXPECT_EQ(does(person, FarSpeaks{}), "");
    EXPECT_EQ(does(person, FarQuiet{}), "");
    EXPECT_EQ(wakes(person, PersonWake::StayEnd), "leave");
}

TEST(Person, AFaxGivesItsTone) {
    Person person = on_the_line(taken_by(Party::Fax));
    EXPECT_EQ(wakes(person, PersonWake::Greet), "fax");
    EXPECT_EQ(does(person, FarSpeaks{}), "");
    EXPECT_EQ(wakes(person, PersonWake::StayEnd), "leave");
}

TEST(Person, AScreenerPutsTheCallerThrough) {
    CallScript script = taken_by(Party::Screener);
    script.screener_accepts = true;
    Person person{script};
    does(person, Invited{});
    wakes(person, PersonWake::Alert);
    EXPECT_EQ(wakes(person, PersonWake::Decide), "answer GREET+300 PATIENCE+8000");
    EXPECT_EQ(wakes(person, PersonWake::Greet), "screen");
    does(person, FarSpeaks{});
    EXPECT_EQ(does(person, FarQuiet{}), "PATIENCE+8000 REPLY+700");
    EXPECT_EQ(wakes(person, PersonWake::Reply), "greet LEAVE+6000");
    does(person, FarSpeaks{});
    EXPECT_EQ(does(person, FarQuiet{}), "PATIENCE+8000 REPLY+700");
    EXPECT_EQ(wakes(person, PersonWake::Reply), "talk");
    EXPECT_EQ(wakes(person, PersonWake::Leave), "leave");
}

TEST(Person, AScreenerTurnsTheCallerAway) {
    Person person = on_the_line(taken_by(Party::Screener));
    does(person, FarSpeaks{});
    does(person, FarQuiet{});
    EXPECT_EQ(wakes(person, PersonWake::Reply), "leave");
}

TEST(Person, AScreenerWhomNobodyAnswersHangsUp) {
    Person person = on_the_line(taken_by(Party::Screener));
    EXPECT_EQ(wakes(person, PersonWake::Patience), "leave");
}

TEST(Person, AnAnnouncementIsHeardBeforeTheRefusal) {
    CallScript script = talker();
    script.fate = CallFate::Fail;
    script.status = 404;
    script.announces = true;
    script.decide = seconds{4};
    Person person{script};
    EXPECT_EQ(does(person, Invited{}), "ALERT+100");
    EXPECT_EQ(wakes(person, PersonWake::Alert), "announce DECIDE+4000");
    EXPECT_EQ(wakes(person, PersonWake::Decide), "refuse 404");
}

TEST(Person, EarlySoundIsNotConversation) {
    Person person{talker()};
    does(person, Invited{});
    wakes(person, PersonWake::Alert);
    EXPECT_EQ(does(person, FarSpeaks{}), "");
    EXPECT_EQ(does(person, FarQuiet{}), "");
}

}  // namespace
}  // namespace bellwether::carrier
