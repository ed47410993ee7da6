#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <variant>

#include "base/ids.h"
#include "dialer/media/leg.h"

namespace bellwether::media {

// What MediaEngine asks of a media thread, applied at the beginning of its next tick.

struct AddLeg {
    std::unique_ptr<Leg> leg;  ///< new, or handed over by another media thread
};
struct ExpectLeg {};  ///< the leg is on its way here: keep its commands until it arrives
struct HandOver {
    std::size_t thread;  ///< give the leg to that media thread
};
struct ConnectLeg {
    Agreement agreement;
};
struct StartPlayback {
    Playback playback;
};
struct StopPlayback {};
struct PressKeys {
    std::string keys;
};
struct JoinBridge {
    BridgeId bridge;
    Role role;
};
struct SetRole {
    Role role;
};
struct HoldLeg {
    std::optional<Playback> music;  ///< nullopt: held no longer
};
struct LeaveBridge {};
struct SetHears {
    CallId speaker;
    bool hears;
};
struct SetTap {
    std::shared_ptr<FrameTap> tap;
};
struct SetRecording {
    std::shared_ptr<Recording> recording;  ///< nullptr ends it
};
struct PauseRecording {
    bool paused;
};
struct StartAnswer {
    std::unique_ptr<AnswerTake> take;  ///< nullptr ends the one under way
};
struct CloseLeg {};
/// Reports an event in the leg's order, for a leg that is not open too. A playback that cannot
/// start ends the one under way.
struct RefusePlayback {
    std::uint64_t playback;
};

struct MediaCommand {
    CallId leg{};
    std::variant<std::monostate, AddLeg, ExpectLeg, HandOver, ConnectLeg, StartPlayback,
                 StopPlayback, PressKeys, JoinBridge, LeaveBridge, SetRole, HoldLeg, SetHears,
                 SetTap, SetRecording, PauseRecording, StartAnswer, CloseLeg, RefusePlayback>
        action;
};

}  // namespace bellwether::media
