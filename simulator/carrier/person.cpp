#include "simulator/carrier/person.h"

#include "base/check.h"

namespace bellwether::carrier {

std::vector<PersonCommand> Person::handle(const PersonEvent& event) {
    Commands out;
    if (stage_ == Stage::Gone) return out;
    std::visit([&](const auto& what) { on(what, out); }, event);
    return out;
}

void Person::on(const Invited&, Commands& out) {
    BW_CHECK(stage_ == Stage::Idle);
    stage_ = Stage::Ringing;
    if (script_.rings()) {
        out.emplace_back(SetAlarm{PersonWake::Alert, script_.alert});
    } else {
        out.emplace_back(SetAlarm{PersonWake::Decide, script_.decide});
    }
}

void Person::on(const PersonWoken& woken, Commands& out) {
    switch (woken.wake) {
        case PersonWake::Alert:
            alert(out);
            return;
        case PersonWake::Decide:
            decide(out);
            return;
        case PersonWake::Greet:
            greet(out);
            return;
        case PersonWake::Reply:
            reply(out);
            return;
        case PersonWake::Leave:
            may_leave(out);
            return;
        case PersonWake::Patience:
        case PersonWake::StayEnd:
            hang_up(out);
            return;
    }
}

void Person::alert(Commands& out) {
    if (script_.announces) {
        out.emplace_back(SoundEarly{Words::Announcement});
    } else if (script_.early_media) {
        out.emplace_back(SoundEarly{Words::Ringback});
    } else {
        out.emplace_back(Ring{});
    }
    out.emplace_back(SetAlarm{PersonWake::Decide, script_.decide});
}

void Person::decide(Commands& out) {
    if (script_.fate != CallFate::Answer) {
        stage_ = Stage::Gone;
        out.emplace_back(Refuse{script_.status});
        return;
    }
    stage_ = Stage::Up;
    out.emplace_back(Answer{});
    out.emplace_back(SetAlarm{PersonWake::Greet, script_.greet});
    if (is_deaf()) {
        out.emplace_back(SetAlarm{PersonWake::StayEnd, script_.records});
        return;
    }
    out.emplace_back(SetAlarm{PersonWake::Patience, script_.patience});
    screens_ = script_.party == Party::Screener;
    if (!screens_) talk(out);
}

/// From now on the person is on the line.
void Person::talk(Commands& out) {
    if (script_.talk) out.emplace_back(SetAlarm{PersonWake::Leave, *script_.talk});
    if (!talks()) out.emplace_back(SetAlarm{PersonWake::StayEnd, script_.stay_max});
}

void Person::greet(Commands& out) {
    switch (script_.party) {
        case Party::Machine:
            out.emplace_back(Say{Words::Voicemail, script_.voice});
            return;
        case Party::Fax:
            out.emplace_back(Say{Words::Fax, script_.voice});
            return;
        case Party::Screener:
            out.emplace_back(Say{Words::Screening, script_.voice});
            return;
        case Party::Person:
            out.emplace_back(Say{Words::Greeting, script_.voice});
            return;
    }
}

void Person::on(const FarSpeaks&, Commands& out) {
    if (stage_ != Stage::Up || is_deaf()) return;
    far_speaks_ = true;
    about_to_reply_ = false;
    out.emplace_back(ClearAlarm{PersonWake::Patience});
    out.emplace_back(ClearAlarm{PersonWake::Reply});
}

void Person::on(const FarQuiet&, Commands& out) {
    if (stage_ != Stage::Up || is_deaf()) return;
    far_speaks_ = false;
    out.emplace_back(SetAlarm{PersonWake::Patience, script_.patience});
    if (screens_) {
        out.emplace_back(SetAlarm{PersonWake::Reply, script_.reply_delay});
        return;
    }
    if (!talks() && !has_reply()) return;
    about_to_reply_ = true;
    const Duration pause = talks() ? script_.reply_delay : script_.replies[next_reply_].delay;
    out.emplace_back(SetAlarm{PersonWake::Reply, pause});
}

void Person::reply(Commands& out) {
    about_to_reply_ = false;
    if (screens_) {  // the caller has said who it is
        if (!script_.screener_accepts) return hang_up(out);
        screens_ = false;
        out.emplace_back(Say{Words::Greeting, script_.voice});
        return talk(out);
    }
    if (talks()) {
        ++said_;
        out.emplace_back(Say{Words::Reply, script_.voice + said_});
        return;
    }
    const Reply& next = script_.replies[next_reply_];
    ++next_reply_;
    if (next.kind == ReplyKind::HangUp) return hang_up(out);
    if (next.kind == ReplyKind::StaySilent) return;
    out.emplace_back(PressKeys{next.keys});
    // Whoever has begun to answer questions stays for the rest of them.
    out.emplace_back(ClearAlarm{PersonWake::Leave});
    out.emplace_back(SetAlarm{PersonWake::Patience, script_.patience});
}

void Person::may_leave(Commands& out) {
    const bool may_be_asked = has_reply() && (far_speaks_ || about_to_reply_);
    if (!may_be_asked || courtesy_given_) return hang_up(out);
    courtesy_given_ = true;
    out.emplace_back(SetAlarm{PersonWake::Leave, script_.courtesy});
}

void Person::hang_up(Commands& out) {
    stage_ = Stage::Gone;
    out.emplace_back(Leave{});
}

}  // namespace bellwether::carrier
