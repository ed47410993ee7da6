#include "dialer/engine/core.h"

// When a call's recording begins: at the answer, or where the campaign announces it at the end of
// the announcement and never before. It is told on the line before anything else is said, and in a
// talk with an agent to both as soon as they hear each other.

namespace bellwether::engine {

/// Where nothing needs to be announced.
void Engine::Core::answer_is_recorded(Call& call) {
    const campaigns::CampaignSpec& spec = campaign_of(call).spec;
    if (!spec.record || !spec.recording.announcement.empty()) return;
    call.recording = RecordingStage::Allowed;
    record(call);
}

/// True: he hears that he is recorded, and what is to follow comes after it.
bool Engine::Core::announces_first(Call& call) {
    const campaigns::CampaignSpec& spec = campaign_of(call).spec;
    if (!spec.record || spec.recording.announcement.empty()) return false;
    if (call.recording != RecordingStage::None) return false;
    call.state = CallState::Announcing;
    milestone(call, Milestone::Spoken);  // he hears somebody: what follows goes on from here
    play(call, {spec.recording.announcement});
    call.recording = RecordingStage::Announcing;
    return true;
}

void Engine::Core::announce_to_both(Call& call, CallId agent_leg) {
    const campaigns::CampaignSpec& spec = campaign_of(call).spec;
    if (!spec.record || spec.recording.announcement.empty()) return;
    if (call.recording != RecordingStage::None) return;
    play(call, {spec.recording.announcement});
    call.recording = RecordingStage::Announcing;
    emit(Play{agent_leg, next_id(), {spec.recording.announcement}});
}

/// Who has not heard it to its end is not recorded.
void Engine::Core::announcement_ended(Call& call, bool was_heard) {
    call.recording = was_heard ? RecordingStage::Allowed : RecordingStage::GivenUp;
    if (was_heard) record(call);
    if (call.state == CallState::Announcing) after_announcement(call);
}

void Engine::Core::after_announcement(Call& call) {
    if (call.kind == CallKind::Inbound) return say_menu(call);
    contact_answered(call);
}

/// Not while an agent takes card data.
void Engine::Core::record(Call& call) {
    if (call.recording_paused) return;
    call.recording = RecordingStage::Begun;
    emit(Record{call.id, call.kind == CallKind::Inbound ? AttemptId{} : call.attempt,
                campaign_of(call).spec.recording.format});
}

/// The talk is over, and the agent hears no more of it.
void Engine::Core::drop_announcement(Call& call) {
    if (call.recording != RecordingStage::Announcing) return;
    emit(StopPlaying{state.agents.at(call.agent).leg});
}

}  // namespace bellwether::engine
