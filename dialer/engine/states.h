#pragma once

#include "base/enum_names.h"

namespace bellwether::engine {

enum class CampaignRunState {
    Stopped,  ///< places no calls
    Running,
    Paused,    ///< starts no line; calls that are up go on
    Draining,  ///< as paused, and stops by itself when its last call ends
    Finished,  ///< every contact is done; imports set it running again
};

enum class AgentState {
    SignedOut,
    CallingPhone,  ///< signing in: the engine rings the agent's phone
    Paused,
    Ready,
    OnCall,
    WrapUp,
};

/// What keeps a whole campaign from dialing, before pacing is asked.
enum class DialBlock {
    None,
    NotRunning,   ///< stopped, paused, draining or finished
    NotBegun,     ///< its scheduled start is still to come
    TrunksDown,   ///< no trunk takes calls
    HoursClosed,  ///< outside its calling hours
    NoContacts,   ///< nobody left, or nobody due yet
    ShuttingDown,
    StoreFailed,  ///< nothing can be made durable
    QuotasFull,   ///< nobody can fill a cell: they are full, or held by interviews that go on
};

/// What is done to measure the detector's error on one of its verdicts.
enum class Review {
    None,
    Bridged,  ///< an agent got the call all the same, and can say who it was
    Queued,   ///< nobody heard it: somebody is to listen to the recording
};

/// What a supervisor's leg hears and says.
enum class ListenRole {
    Monitor,  ///< hears both, heard by nobody
    Whisper,  ///< hears both, heard by the agent
    Barge,    ///< heard by both
    Leave,    ///< no more
};

/// Why an agent is in the state he is in.
enum class AgentReason {
    None,
    SignedIn,  ///< just signed in
    Asked,     ///< by the agent or on his behalf
    CallBridged,
    CallOver,
    WrapUpOver,     ///< the wrap-up time has passed
    PhoneLost,      ///< the phone hung up, went silent, or is no longer registered
    MachineGone,    ///< what he was talking to was a machine
    PhoneNoAnswer,  ///< the phone did not take the call of sign-in
    Kicked,
    Shutdown,
    ShiftOver,
    Transferred,  ///< his call was taken over by somebody else
    Moved,        ///< to another of his campaigns, which needs him
};

/// Why a call ended, or is being ended, by our own decision.
enum class HangUpReason {
    None,        ///< not our decision
    RingLimit,   ///< nobody answered in time
    AgentsGone,  ///< no agent is left who could take the answer
    CampaignStopped,
    DoNotCall,  ///< the number was suppressed while it rang
    Shutdown,
    SafeHarbourDone,  ///< the message of an abandoned call was heard
    InterviewDone,
    NoticeDone,
    AgentDone,         ///< the agent ended the call, or signed out
    AgentLost,         ///< the agent's phone dropped and no other agent was free
    AnsweredTooLate,   ///< answered after the campaign had stopped or its agents had left
    PeerSilent,        ///< media timeout
    SignOut,           ///< an agent's own leg, at sign-out
    NoReply,           ///< the far side never confirmed the end
    RingReleased,      ///< the forecast had no agent for it any more, and it had rung long enough
    Machine,           ///< the detector heard a machine
    NetworkTone,       ///< fax, or the network's tones: busy, no circuit, no such number
    NoSpeech,          ///< answered, and nobody spoke
    MessageDone,       ///< the message for the machine was played
    TransferNoAnswer,  ///< who was to take over did not answer in time
    TransferOver,      ///< the other side of a transfer has gone, or the agent took the call back
    MenuDone,          ///< somebody who called in has heard or done what there was
    QueueTooLong,      ///< somebody who called in waited for an agent in vain
    NotTaken,          ///< a call to us that no campaign takes
    ListenerGone,      ///< a supervisor's leg: nothing is left to listen to
};

/// Who said of the call that an agent has, or had last, that the contact refused.
enum class RefusalTold {
    No,
    ByDisposition,  ///< a later disposition may correct it
    ByInterview,    ///< it stands, whatever the disposition
};

}  // namespace bellwether::engine

namespace bellwether {
template <>
inline constexpr auto kEnumNames<engine::RefusalTold> = names("NO", "BY_DISPOSITION",
                                                              "BY_INTERVIEW");
template <>
inline constexpr auto kEnumNames<engine::ListenRole> = names("MONITOR", "WHISPER", "BARGE",
                                                             "LEAVE");
template <>
inline constexpr auto kEnumNames<engine::CampaignRunState> = names("STOPPED", "RUNNING", "PAUSED",
                                                                   "DRAINING", "FINISHED");
template <>
inline constexpr auto kEnumNames<engine::DialBlock> = names("NONE", "NOT_RUNNING", "NOT_BEGUN",
                                                            "TRUNKS_DOWN", "HOURS_CLOSED",
                                                            "NO_CONTACTS", "SHUTTING_DOWN",
                                                            "STORE_FAILED", "QUOTAS_FULL");
template <>
inline constexpr auto kEnumNames<engine::AgentState> = names("SIGNED_OUT", "CALLING_PHONE",
                                                             "PAUSED", "READY", "ON_CALL",
                                                             "WRAP_UP");
template <>
inline constexpr auto kEnumNames<engine::Review> = names("NONE", "BRIDGED", "QUEUED");
template <>
inline constexpr auto kEnumNames<engine::AgentReason> = names(
    "NONE", "SIGNED_IN", "ASKED", "CALL_BRIDGED", "CALL_OVER", "WRAP_UP_OVER", "PHONE_LOST",
    "MACHINE_GONE", "PHONE_NO_ANSWER", "KICKED", "SHUTDOWN", "SHIFT_OVER", "TRANSFERRED", "MOVED");
template <>
inline constexpr auto kEnumNames<engine::HangUpReason> =
    names("NONE", "RING_LIMIT", "AGENTS_GONE", "CAMPAIGN_STOPPED", "DO_NOT_CALL", "SHUTDOWN",
          "SAFE_HARBOUR_DONE", "INTERVIEW_DONE", "NOTICE_DONE", "AGENT_DONE", "AGENT_LOST",
          "ANSWERED_TOO_LATE", "PEER_SILENT", "SIGN_OUT", "NO_REPLY", "RING_RELEASED", "MACHINE",
          "NETWORK_TONE", "NO_SPEECH", "MESSAGE_DONE", "TRANSFER_NO_ANSWER", "TRANSFER_OVER",
          "MENU_DONE", "QUEUE_TOO_LONG", "NOT_TAKEN", "LISTENER_GONE");
}  // namespace bellwether
