#include <gtest/gtest.h>

#include "tests/dialer/engine/story.h"

// dialer/engine/recording.cpp: when a call's recording begins.

namespace bellwether::engine::story {
namespace {

using namespace std::chrono_literals;

campaigns::CampaignSpec announced(campaigns::CampaignSpec spec) {
    spec.record = true;
    spec.recording = {.format = campaigns::RecordingFormat::Flac, .announcement = "recorded.wav"};
    return spec;
}

/// Contact 1 has answered as $c, and nobody stands between him and what is played.
std::vector<StoryStep> answered(campaigns::CampaignSpec spec, std::vector<StoryStep> then) {
    std::vector<StoryStep> steps{Given{"unattended", std::move(spec)},
                                 Offer{"one contact", 1},
                                 Expect{"stored", {"STORE_ATTEMPT attempt=$c"}},
                                 Tell{"durable", "ATTEMPT_STORED attempt=$c"},
                                 Expect{"placed", {"PLACE_CALL call=$c"}},
                                 Tell{"answered", "CALL_ANSWERED call=$c"}};
    steps.insert(steps.end(), then.begin(), then.end());
    return steps;
}

TEST(Recording, WithoutAnAnnouncementBeginsWithTheAnswer) {
    auto spec = notice();
    spec.record = true;
    play(answered(spec, {Expect{"both at once",
                                {"RECORD call=$c attempt=$c format=WAV",
                                 "PLAY call=$c prompts=[\"notice.wav\"]"}}}));
}

TEST(Recording, OfATalkBeginsOnceBothHaveHeardOfIt) {
    play({Given{"an agent", announced(progressive()), 1}, Offer{"one contact", 1},
          Expect{"stored", {"STORE_ATTEMPT attempt=$c"}},
          Tell{"durable", "ATTEMPT_STORED attempt=$c"}, Tell{"answered", "CALL_ANSWERED call=$c"},
          Expect{"both are told",
                 {"BRIDGE contact_call=$c agent_call=$leg1",
                  "PLAY call=$c prompts=[\"recorded.wav\"] playback=$a",
                  "PLAY call=$leg1 prompts=[\"recorded.wav\"] playback=$b"}},
          Wait{"it plays", 3s}, Never{"not a sample yet", {"RECORD"}},
          Tell{"the agent's is over", "PLAYBACK_ENDED call=$leg1 playback=$b completed=true"},
          Never{"his does not count", {"RECORD"}},
          Tell{"heard", "PLAYBACK_ENDED call=$c playback=$a completed=true"},
          Expect{"now", {"RECORD call=$c attempt=$c format=FLAC"}}});
}

TEST(Recording, OfWhoDoesNotHearTheAnnouncementToItsEndNeverBegins) {
    const std::vector<StoryStep> told{
        Given{"an agent", announced(progressive()), 1},
        Offer{"one contact", 1},
        Expect{"stored", {"STORE_ATTEMPT attempt=$c"}},
        Tell{"durable", "ATTEMPT_STORED attempt=$c"},
        Tell{"answered", "CALL_ANSWERED call=$c"},
        Expect{"told", {"PLAY call=$c prompts=[\"recorded.wav\"] playback=$a"}}};
    auto gone = told;
    gone.push_back(Tell{"he hangs up", "CALL_ENDED call=$c"});
    gone.push_back(
        Expect{"the agent hears no more of it", {"STOP_PLAYING call=$leg1", "UNBRIDGE"}});
    gone.push_back(Tell{"cut", "PLAYBACK_ENDED call=$c playback=$a completed=false"});
    gone.push_back(Never{"nothing to record", {"RECORD"}});
    play(gone);
    auto cut = told;
    cut.push_back(Tell{"no such sound", "PLAYBACK_ENDED call=$c playback=$a completed=false"});
    cut.push_back(Wait{"a minute", 60s});
    cut.push_back(Never{"not without it", {"RECORD"}});
    play(cut);
}

TEST(Recording, OfACardNumberSaidDuringTheAnnouncementWaits) {
    play({Given{"an agent", announced(progressive()), 1}, Offer{"one contact", 1},
          Expect{"stored", {"STORE_ATTEMPT attempt=$c"}},
          Tell{"durable", "ATTEMPT_STORED attempt=$c"}, Tell{"answered", "CALL_ANSWERED call=$c"},
          Expect{"told", {"PLAY call=$c playback=$a"}},
          Tell{"the card", "AGENT_ORDERED agent=1 order=PAUSE_RECORDING request=4"},
          Expect{"agreed", {"REPLY request=4 code=DONE"}},
          Tell{"heard", "PLAYBACK_ENDED call=$c playback=$a completed=true"},
          Never{"it is held back", {"RECORD", "PAUSE_RECORDING"}},
          Tell{"and on", "AGENT_ORDERED agent=1 order=RESUME_RECORDING"},
          Expect{"now", {"RECORD call=$c"}}, Never{"it never was on", {"PAUSE_RECORDING"}}});
}

TEST(Recording, OfANoticeAndAnInterviewIsAnnouncedBeforeThem) {
    play(answered(
        announced(notice()),
        {Expect{"first, and he is spoken to from now on",
                {"STORE_MILESTONE milestone=SPOKEN",
                 "PLAY call=$c prompts=[\"recorded.wav\"] playback=$a"}},
         Never{"and nothing else", {"RECORD"}},
         Tell{"heard", "PLAYBACK_ENDED call=$c playback=$a completed=true"},
         Expect{"then", {"RECORD call=$c format=FLAC", "PLAY call=$c prompts=[\"notice.wav\"]"}}}));
    play(answered(announced(survey()),
                  {Expect{"first", {"PLAY call=$c prompts=[\"recorded.wav\"] playback=$a"}},
                   Tell{"heard", "PLAYBACK_ENDED call=$c playback=$a completed=true"},
                   Expect{"then", {"RECORD call=$c", "STORE_INTERVIEW", "PLAY call=$c"}}}));
}

TEST(Recording, WhoseAnnouncementIsMissingIsLeftOutAndTheCallGoesOn) {
    play(answered(announced(notice()),
                  {Expect{"first", {"PLAY call=$c playback=$a"}},
                   Tell{"not loaded", "PLAYBACK_ENDED call=$c playback=$a completed=false"},
                   Expect{"on with it", {"PLAY call=$c prompts=[\"notice.wav\"]"}},
                   Never{"unrecorded", {"RECORD"}}}));
}

TEST(Recording, MayBeRefusedByTheOptOutKeyWhileItIsAnnounced) {
    play(answered(announced(notice()),
                  {Expect{"first", {"PLAY call=$c"}}, Key{"no more calls", "$c", '9'},
                   Expect{"durable first", {"STOP_PLAYING call=$c", "STORE_SUPPRESSION"}},
                   Tell{"durable", "SUPPRESSION_ADDED number=1 client=1"},
                   Expect{"good bye", {"HANG_UP call=$c reason=DO_NOT_CALL"}}}));
}

TEST(Recording, OfWhoCallsUsIsAnnouncedBeforeTheMenu) {
    play({Given{"the office", announced(office()), 1},
          Tell{"he calls", "CALL_ARRIVED call=900 called=+15550100 campaign=1 contact=5 number=55"},
          Tell{"on the line", "CALL_ANSWERED call=900"},
          Expect{"first", {"PLAY call=900 prompts=[\"recorded.wav\"] playback=$a"}},
          Key{"too early", "900", '9'}, Never{"nothing yet", {"RECORD", "STORE_SUPPRESSION"}},
          Tell{"heard", "PLAYBACK_ENDED call=900 playback=$a completed=true"},
          Expect{"then",
                 {"RECORD call=900 attempt=0", "PLAY call=900 prompts=[\"who.wav\"] playback=$m"}},
          Key{"an agent", "900", '1'}, Expect{"put through", {"BRIDGE contact_call=900"}},
          Never{"not told twice", {"PLAY call=900"}}});
}

// A verdict that comes late, while he hears of the recording: nothing of a machine is recorded.
TEST(Recording, EndsWithAMachineThatIsHeardMeanwhile) {
    auto spec = announced(notice());
    spec.detection.mode = answer_detect::Mode::Background;
    spec.detection.on_machine = campaigns::OnMachine::HangUp;
    play(answered(spec, {Tell{"first a person", "ANSWER_DETECTED call=$c verdict=HUMAN"},
                         Expect{"told", {"PLAY call=$c prompts=[\"recorded.wav\"] playback=$a"}},
                         Tell{"a machine after all", "ANSWER_DETECTED call=$c verdict=MACHINE"},
                         Expect{"over", {"STOP_PLAYING call=$c", "HANG_UP reason=MACHINE"}},
                         Tell{"cut", "PLAYBACK_ENDED call=$c playback=$a completed=false"},
                         Never{"nothing", {"RECORD"}}}));
}

}  // namespace
}  // namespace bellwether::engine::story
