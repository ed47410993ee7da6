#include "simulator/carrier/agent_talk.h"

#include <gtest/gtest.h>

#include <chrono>
#include <string>

namespace bellwether::carrier {
namespace {

using std::chrono::milliseconds;

std::string text(const CallHeard& heard) { return heard.first ? "first call" : "call"; }
std::string text(const CallGone&) { return "gone"; }
std::string text(const Speak& speak) { return "speak " + std::to_string(speak.clip); }
std::string text(const HangUpLeg&) { return "hang up"; }
std::string text(const SetAgentAlarm& alarm) {
    const auto ms = std::chrono::duration_cast<milliseconds>(alarm.in).count();
    return std::string{name_of(alarm.wake)} + "+" + std::to_string(ms);
}
std::string text(const ClearAgentAlarm& alarm) { return "-" + std::string{name_of(alarm.wake)}; }

const AgentTurn kCalm{milliseconds{500}, {}, 10};
const AgentTurn kLeaving{milliseconds{500}, milliseconds{2000}, 10};

std::string does(AgentTalk& agent, const AgentEvent& event, const AgentTurn& turn = kCalm) {
    std::string line;
    for (const AgentCommand& command : agent.handle(event, turn)) {
        if (!line.empty()) line += ' ';
        line += std::visit([](const auto& what) { return text(what); }, command);
    }
    return line;
}

TEST(AgentTalk, TalksInTurnsOnceACallIsHeard) {
    AgentTalk agent;
    EXPECT_EQ(does(agent, HearsSpeech{}), "-SPEAK -GONE first call");
    EXPECT_EQ(does(agent, HearsQuiet{}), "SPEAK+500 GONE+4000");
    EXPECT_EQ(does(agent, AgentWoken{AgentWake::Speak}), "speak 10 SPEAK+3000");
    EXPECT_EQ(does(agent, HearsSpeech{}), "-SPEAK -GONE");
    EXPECT_EQ(does(agent, HearsQuiet{}), "SPEAK+500 GONE+4000");
    EXPECT_EQ(does(agent, AgentWoken{AgentWake::Speak}), "speak 11 SPEAK+3000");
}

TEST(AgentTalk, StopsTalkingToASilentLine) {
    AgentTalk agent;
    does(agent, HearsSpeech{});
    does(agent, HearsQuiet{});
    EXPECT_EQ(does(agent, AgentWoken{AgentWake::Speak}), "speak 10 SPEAK+3000");
    EXPECT_EQ(does(agent, AgentWoken{AgentWake::Speak}), "speak 11");
}

TEST(AgentTalk, TheNextSoundAfterALongSilenceIsTheNextCall) {
    AgentTalk agent;
    does(agent, HearsSpeech{});
    does(agent, HearsQuiet{});
    EXPECT_EQ(does(agent, AgentWoken{AgentWake::Gone}), "-SPEAK -DROP gone");
    EXPECT_EQ(does(agent, HearsSpeech{}), "-SPEAK -GONE call");
    EXPECT_EQ(agent.calls_heard(), 2u);
}

TEST(AgentTalk, ACallsOwnToneIsNotAnotherCall) {
    AgentTalk agent;
    does(agent, HearsSpeech{});
    EXPECT_EQ(does(agent, HearsTone{}), "");
    EXPECT_EQ(agent.calls_heard(), 1u);
}

TEST(AgentTalk, AToneAfterAPauseIsTheNextCall) {
    AgentTalk agent;
    does(agent, HearsSpeech{});
    does(agent, HearsQuiet{});
    EXPECT_EQ(does(agent, HearsSpeech{}), "-SPEAK -GONE");
    EXPECT_EQ(does(agent, HearsTone{}), "-DROP call");
    EXPECT_EQ(agent.calls_heard(), 2u);
}

TEST(AgentTalk, DropsTheLegInTheMiddleOfACall) {
    AgentTalk agent;
    EXPECT_EQ(does(agent, HearsSpeech{}, kLeaving), "-SPEAK -GONE first call DROP+2000");
    EXPECT_EQ(does(agent, AgentWoken{AgentWake::Drop}, kLeaving), "hang up");
    EXPECT_EQ(does(agent, HearsSpeech{}, kLeaving), "");
}

TEST(AgentTalk, SaysNothingBeforeTheFirstCall) {
    AgentTalk agent;
    EXPECT_EQ(does(agent, HearsQuiet{}), "");
    EXPECT_EQ(does(agent, AgentWoken{AgentWake::Speak}), "");
}

}  // namespace
}  // namespace bellwether::carrier
