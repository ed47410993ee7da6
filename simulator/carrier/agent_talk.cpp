#include "simulator/carrier/agent_talk.h"

namespace bellwether::carrier {

std::vector<AgentCommand> AgentTalk::handle(const AgentEvent& event, const AgentTurn& turn) {
    Commands out;
    if (hung_up_) return out;
    std::visit([&](const auto& what) { on(what, turn, out); }, event);
    return out;
}

void AgentTalk::on(const HearsSpeech&, const AgentTurn& turn, Commands& out) {
    unanswered_ = 0;
    out.emplace_back(ClearAgentAlarm{AgentWake::Speak});
    out.emplace_back(ClearAgentAlarm{AgentWake::Gone});
    if (!in_call_) begin_call(turn, out);
}

void AgentTalk::on(const HearsTone&, const AgentTurn& turn, Commands& out) {
    if (in_call_ && first_words_) return;  // this call's own tone
    out.emplace_back(ClearAgentAlarm{AgentWake::Drop});
    begin_call(turn, out);
}

void AgentTalk::begin_call(const AgentTurn& turn, Commands& out) {
    in_call_ = true;
    first_words_ = true;
    turn_ = turn;
    ++calls_heard_;
    out.emplace_back(CallHeard{calls_heard_ == 1});
    if (turn_.drops_after) out.emplace_back(SetAgentAlarm{AgentWake::Drop, *turn_.drops_after});
}

void AgentTalk::on(const HearsQuiet&, const AgentTurn&, Commands& out) {
    if (!in_call_) return;
    first_words_ = false;
    out.emplace_back(SetAgentAlarm{AgentWake::Speak, turn_.reply_delay});
    out.emplace_back(SetAgentAlarm{AgentWake::Gone, kGone});
}

void AgentTalk::on(const AgentWoken& woken, const AgentTurn&, Commands& out) {
    if (!in_call_) return;
    switch (woken.wake) {
        case AgentWake::Speak:
            speak(out);
            return;
        case AgentWake::Gone:
            in_call_ = false;
            out.emplace_back(ClearAgentAlarm{AgentWake::Speak});
            out.emplace_back(ClearAgentAlarm{AgentWake::Drop});
            out.emplace_back(CallGone{});
            return;
        case AgentWake::Drop:
            hung_up_ = true;
            out.emplace_back(HangUpLeg{});
            return;
    }
}

void AgentTalk::speak(Commands& out) {
    out.emplace_back(Speak{turn_.clip + said_});
    ++said_;
    ++unanswered_;
    if (unanswered_ < kMonologue) out.emplace_back(SetAgentAlarm{AgentWake::Speak, kAgain});
}

}  // namespace bellwether::carrier
