#include <gtest/gtest.h>

#include <cmath>

#include "dialer/engine/engine.h"
#include "tests/dialer/engine/story.h"

// dialer/engine/detection.cpp: people wait for agents from their greeting on; machines are hung up
// on, or hear a message; what was connected on doubt is taken back.

namespace bellwether::engine::story {
namespace {

using namespace std::chrono_literals;

campaigns::CampaignSpec listening(answer_detect::Mode mode) {
    auto spec = progressive();
    spec.detection.mode = mode;
    spec.detection.audit_share = Probability{0};
    return spec;
}

/// The contact has picked up, as $c.
std::vector<StoryStep> picked_up(campaigns::CampaignSpec spec, int agents,
                                 std::vector<StoryStep> then) {
    std::vector<StoryStep> steps{Given{"a campaign with a detector", std::move(spec), agents},
                                 Offer{"one contact", 1},
                                 Expect{"stored", {"STORE_ATTEMPT contact=1 attempt=$c"}},
                                 Tell{"durable", "ATTEMPT_STORED attempt=$c"},
                                 Wait{"it rings", 10s},
                                 Tell{"picked up", "CALL_ANSWERED call=$c"}};
    steps.insert(steps.end(), then.begin(), then.end());
    return steps;
}

std::vector<StoryStep> picked_up(int agents, std::vector<StoryStep> then) {
    return picked_up(listening(answer_detect::Mode::Balanced), agents, std::move(then));
}

TEST(Detection, NobodyIsPutThroughBeforeTheVerdict) {
    play(picked_up(
        1, {Never{"no verdict yet", {"BRIDGE", "STORE_ACCOUNT", "STORE_ATTEMPT"}},
            Wait{"listening", 1s}, Tell{"a person", "ANSWER_DETECTED call=$c verdict=HUMAN"},
            Expect{"counted and put through",
                   {"STORE_ACCOUNT account.live_answers=1", "BRIDGE contact_call=$c"}}}));
}

TEST(Detection, AMachineIsHungUpOnAndNotCounted) {
    play(picked_up(1, {Tell{"a machine", "ANSWER_DETECTED call=$c verdict=MACHINE"},
                       Never{"no person", {"STORE_ACCOUNT", "BRIDGE"}},
                       Expect{"the end", {"HANG_UP call=$c reason=MACHINE"}},
                       Tell{"over", "CALL_ENDED call=$c"},
                       Expect{"its outcome", {"STORE_OUTCOME attempt=$c outcome=MACHINE"}}}));
}

/// The only agent has left between the ringing and the verdict: the person waits for nobody.
std::vector<StoryStep> waits_alone(std::vector<StoryStep> after) {
    std::vector<StoryStep> then{Tell{"the agent pauses", "AGENT_ORDERED agent=1 order=PAUSE"}};
    then.insert(then.end(), after.begin(), after.end());
    return picked_up(1, std::move(then));
}

TEST(Detection, TheLegalTimeRunsFromTheEndOfTheGreeting) {
    play(waits_alone(
        {Wait{"his greeting", 900ms}, Tell{"is over", "GREETING_ENDED call=$c"},
         Wait{"the verdict", 600ms}, Tell{"a person", "ANSWER_DETECTED call=$c verdict=HUMAN"},
         Wait{"until 1.999 s after the greeting", 1399ms}, Never{"not yet", {"PLAY"}},
         Wait{"two seconds", 1ms},
         Expect{"the message", {"STORE_ACCOUNT account.abandoned=1", "PLAY call=$c"}}}));
}

TEST(Detection, AVerdictBeforeTheEndOfTheGreetingWaitsForIt) {
    play(waits_alone({Wait{"the verdict", 1s},
                      Tell{"a person", "ANSWER_DETECTED call=$c verdict=HUMAN"},
                      Wait{"he greets on", 400ms}, Tell{"and ends", "GREETING_ENDED call=$c"},
                      Wait{"until 1.999 s after it", 1999ms}, Never{"not yet", {"PLAY"}},
                      Wait{"two seconds", 1ms}, Expect{"the message", {"PLAY call=$c"}}}));
}

TEST(Detection, ALateVerdictLeavesFiftyMilliseconds) {
    play(waits_alone({Wait{"his greeting", 600ms}, Tell{"is over", "GREETING_ENDED call=$c"},
                      Wait{"a slow detector", 3s},
                      Tell{"a person", "ANSWER_DETECTED call=$c verdict=HUMAN"},
                      Never{"not in the same breath", {"PLAY"}}, Wait{"50 ms", 50ms},
                      Expect{"the message", {"PLAY call=$c"}}}));
}

TEST(Detection, ADetectorThatSaysNothingIsNotWaitedFor) {
    play(picked_up(
        1, {Wait{"almost ten seconds", 9999ms}, Never{"listening", {"BRIDGE"}}, Wait{"ten", 1ms},
            Expect{"taken for a person",
                   {"STORE_ACCOUNT account.live_answers=1", "BRIDGE contact_call=$c"}},
            Tell{"too late", "ANSWER_DETECTED call=$c verdict=MACHINE"},
            Never{"he talks already", {"HANG_UP"}}, Expect{"nothing", {}}}));
}

TEST(Detection, WhoeverHangsUpBeforeTheVerdictIsNotCounted) {
    play(picked_up(1, {Wait{"half a second", 500ms}, Tell{"gone", "CALL_ENDED call=$c"},
                       Never{"no person known", {"STORE_ACCOUNT"}},
                       Expect{"hung up", {"STORE_OUTCOME attempt=$c outcome=HUNG_UP"}}}));
}

TEST(Detection, WhomWeCutOffBeforeTheVerdictCountsAsAbandoned) {
    play(picked_up(1, {Tell{"the service ends", "SHUTDOWN_ORDERED drain=false"},
                       Expect{"it might have been a person",
                              {"STORE_ACCOUNT account.live_answers=1 account.abandoned=1",
                               "HANG_UP call=$c reason=SHUTDOWN"}}}));
}

TEST(Detection, EveryVerdictIsKeptWithItsEvidence) {
    play(picked_up(
        1, {Tell{"a machine",
                 "ANSWER_DETECTED call=$c verdict=MACHINE p_machine=0.98 evidence.onset_s=0.4 "
                 "evidence.weights_version=7"},
            Expect{"kept",
                   {"STORE_DETECTION attempt=$c verdict=MACHINE p_machine=0.98 review=NONE "
                    "evidence.onset_s=0.4 evidence.weights_version=7"}}}));
}

TEST(Detection, AMessageIsLeftAfterTheBeep) {
    auto spec = listening(answer_detect::Mode::Balanced);
    spec.detection.on_machine = campaigns::OnMachine::LeaveMessage;
    spec.detection.message_prompt = "message.wav";
    play(picked_up(spec, 1,
                   {Tell{"a machine", "ANSWER_DETECTED call=$c verdict=MACHINE"},
                    Never{"it talks", {"PLAY", "HANG_UP"}}, Wait{"its greeting", 6s},
                    Tell{"the beep is over", "MESSAGE_MAY_BEGIN call=$c"},
                    Expect{"our message", {"PLAY call=$c playback=$p"}},
                    Tell{"it was heard", "PLAYBACK_ENDED call=$c playback=$p completed=true"},
                    Never{"no person", {"STORE_ACCOUNT"}},
                    Expect{"the end", {"HANG_UP call=$c reason=MESSAGE_DONE"}},
                    Tell{"over", "CALL_ENDED call=$c"},
                    Expect{"its outcome", {"STORE_OUTCOME attempt=$c outcome=MESSAGE_LEFT"}}}));
}

TEST(Detection, AMachineThatNeverBeepsIsGivenUp) {
    auto spec = listening(answer_detect::Mode::Balanced);
    spec.detection.on_machine = campaigns::OnMachine::LeaveMessage;
    spec.detection.message_prompt = "message.wav";
    play(picked_up(spec, 1,
                   {Tell{"a machine", "ANSWER_DETECTED call=$c verdict=MACHINE"},
                    Wait{"a long greeting", 59s}, Never{"patience", {"HANG_UP", "PLAY"}},
                    Wait{"a minute", 1s}, Expect{"enough", {"HANG_UP call=$c reason=MACHINE"}}}));
}

TEST(Detection, APersonWhoSpeaksIntoTheMessageIsPutThrough) {
    auto spec = listening(answer_detect::Mode::Balanced);
    spec.detection.on_machine = campaigns::OnMachine::LeaveMessage;
    spec.detection.message_prompt = "message.wav";
    play(picked_up(
        spec, 1,
        {Tell{"a machine", "ANSWER_DETECTED call=$c verdict=MACHINE"},
         Tell{"a beep", "MESSAGE_MAY_BEGIN call=$c"}, Expect{"our message", {"PLAY call=$c"}},
         Tell{"hello?", "ANSWER_DETECTED call=$c verdict=HUMAN"},
         Expect{"a person after all",
                {"STOP_PLAYING call=$c", "STORE_ACCOUNT account.live_answers=1",
                 "BRIDGE contact_call=$c"}}}));
}

TEST(Detection, AnAssistantHearsTheAnnouncementAndThePersonIsPutThrough) {
    auto spec = listening(answer_detect::Mode::Balanced);
    spec.detection.screener_prompt = "who.wav";
    play(picked_up(spec, 1,
                   {Tell{"who is calling?", "ANSWER_DETECTED call=$c verdict=SCREENER"},
                    Expect{"the announcement", {"PLAY call=$c playback=$p"}},
                    Never{"not yet a person", {"BRIDGE", "STORE_ACCOUNT"}},
                    Tell{"it was heard", "PLAYBACK_ENDED call=$c playback=$p completed=true"},
                    Wait{"it asks the person", 15s}, Never{"we wait", {"HANG_UP", "BRIDGE"}},
                    Tell{"hello", "ANSWER_DETECTED call=$c verdict=HUMAN"},
                    Expect{"put through", {"STORE_ACCOUNT account.live_answers=1", "BRIDGE"}}}));
}

TEST(Detection, AnAssistantWithoutAnAnnouncementIsAnAgentsMatter) {
    play(picked_up(1, {Tell{"who is calling?", "ANSWER_DETECTED call=$c verdict=SCREENER"},
                       Expect{"put through", {"BRIDGE contact_call=$c"}}}));
}

TEST(Detection, ASilentLineIsAPersonUnlessTheCampaignSaysOtherwise) {
    play(picked_up(1, {Tell{"nobody speaks", "ANSWER_DETECTED call=$c verdict=NO_SPEECH"},
                       Expect{"put through", {"BRIDGE contact_call=$c"}}}));
    auto spec = listening(answer_detect::Mode::Balanced);
    spec.detection.on_no_speech = campaigns::OnNoSpeech::HangUp;
    play(picked_up(spec, 1,
                   {Tell{"nobody speaks", "ANSWER_DETECTED call=$c verdict=NO_SPEECH"},
                    Expect{"it may have been a person",
                           {"STORE_ACCOUNT account.live_answers=1 account.abandoned=1",
                            "HANG_UP call=$c reason=NO_SPEECH"}}}));
}

TEST(Detection, TonesEndTheAttemptWithWhatTheyMean) {
    const auto ends_as = [](const std::string& heard, const std::string& outcome) {
        play({Given{"a detector", listening(answer_detect::Mode::Tones), 1},
              Offer{"one contact", 1}, Expect{"stored", {"STORE_ATTEMPT contact=1 attempt=$c"}},
              Tell{"durable", "ATTEMPT_STORED attempt=$c"},
              Expect{"dialed, listening", {"PLACE_CALL call=$c listen=TONES"}},
              Tell{"sound", "CALL_EARLY_MEDIA call=$c"},
              Tell{"heard", "ANSWER_DETECTED call=$c " + heard},
              Expect{"cancelled", {"HANG_UP call=$c reason=NETWORK_TONE"}},
              Tell{"confirmed", "CALL_FAILED call=$c failure.sip_status=487"},
              Expect{"its outcome", {"STORE_OUTCOME attempt=$c outcome=" + outcome}}});
    };
    ends_as("verdict=SIT code=VC", "INVALID_NUMBER");
    ends_as("verdict=SIT code=IC", "INVALID_NUMBER");
    ends_as("verdict=SIT code=RO", "CONGESTION");
    ends_as("verdict=SIT code=NC", "CONGESTION");
    ends_as("verdict=SIT code=E180", "UNAVAILABLE");
    ends_as("verdict=BUSY", "BUSY");
    ends_as("verdict=CONGESTION", "CONGESTION");
    ends_as("verdict=FAX code=CED", "FAX");
}

TEST(Detection, AnAnswerThatCrossesTheEndAtAToneIsNoPerson) {
    play({Given{"a detector", listening(answer_detect::Mode::Tones), 1}, Offer{"one contact", 1},
          Expect{"stored", {"STORE_ATTEMPT contact=1 attempt=$c"}},
          Tell{"durable", "ATTEMPT_STORED attempt=$c"}, Tell{"sound", "CALL_EARLY_MEDIA call=$c"},
          Tell{"no such number", "ANSWER_DETECTED call=$c verdict=SIT code=VC"},
          Tell{"answered all the same", "CALL_ANSWERED call=$c"},
          Never{"no person", {"STORE_ACCOUNT", "BRIDGE"}}, Tell{"over", "CALL_ENDED call=$c"},
          Expect{"as heard", {"STORE_OUTCOME attempt=$c outcome=INVALID_NUMBER"}}});
}

TEST(Detection, InTheBackgroundAMachineFreesItsAgentAtOnce) {
    play(picked_up(
        listening(answer_detect::Mode::Background), 1,
        {Expect{"nobody waits for a verdict", {"STORE_ACCOUNT account.live_answers=1", "BRIDGE"}},
         Wait{"listening", 3s},
         Tell{"sure", "ANSWER_DETECTED call=$c verdict=MACHINE p_machine=0.997"},
         Expect{"taken back",
                {"STORE_DETECTION attempt=$c verdict=MACHINE", "UNBRIDGE contact_call=$c",
                 "STORE_AGENT_STATE agent=1 state=READY reason=MACHINE_GONE",
                 "STORE_ACCOUNT account.live_answers=0", "HANG_UP call=$c reason=MACHINE"}},
         Tell{"over", "CALL_ENDED call=$c"},
         Expect{"its outcome", {"STORE_OUTCOME attempt=$c outcome=MACHINE"}}}));
}

TEST(Detection, OnlyInTheBackgroundIsAConnectedCallTakenBackFromItsAgent) {
    play(picked_up(1, {Tell{"a person", "ANSWER_DETECTED call=$c verdict=HUMAN"},
                       Expect{"put through", {"BRIDGE"}},
                       Tell{"or not", "ANSWER_DETECTED call=$c verdict=MACHINE"},
                       Never{"he talks", {"UNBRIDGE", "HANG_UP"}}}));
}

TEST(Detection, AuditedMachinesGoToAnAgentWhoSaysWhoItWas) {
    auto spec = listening(answer_detect::Mode::Balanced);
    spec.detection.audit_share = Probability{1};
    play(picked_up(spec, 1,
                   {Tell{"a machine", "ANSWER_DETECTED call=$c verdict=MACHINE"},
                    Expect{"an agent listens",
                           {"STORE_DETECTION attempt=$c verdict=MACHINE review=BRIDGED",
                            "BRIDGE contact_call=$c"}},
                    Tell{"it was a person", "ANSWER_LABELLED request=5 agent=1 truth=HUMAN"},
                    Expect{"kept",
                           {"STORE_DETECTION_TRUTH attempt=$c truth=HUMAN agent=1",
                            "REPLY request=5 code=DONE"}}}));
}

TEST(Detection, AVerdictThatNothingFollowsFromIsNoAudit) {
    auto spec = listening(answer_detect::Mode::Balanced);
    spec.detection.audit_share = Probability{1};
    play(picked_up(spec, 1,
                   {Tell{"a person", "ANSWER_DETECTED call=$c verdict=HUMAN"},
                    Expect{"put through", {"BRIDGE"}},
                    Tell{"or not", "ANSWER_DETECTED call=$c verdict=MACHINE"},
                    Expect{"kept, no more", {"STORE_DETECTION verdict=MACHINE review=NONE"}}}));
}

TEST(Detection, WithoutAgentsAuditedMachinesAreKeptForReview) {
    auto spec = survey();
    spec.detection.mode = answer_detect::Mode::Balanced;
    spec.detection.audit_share = Probability{1};
    play(picked_up(
        spec, 0,
        {Tell{"a machine", "ANSWER_DETECTED call=$c verdict=MACHINE"},
         Expect{"to be listened to", {"STORE_DETECTION review=QUEUED", "HANG_UP call=$c"}}}));
}

TEST(Detection, TheShareOfAuditsIsWhatWasOrdered) {
    auto spec = notice();
    spec.detection.mode = answer_detect::Mode::Balanced;
    spec.detection.audit_share = Probability{0.2};
    spec.calls_per_second = 1000;
    Engine engine;
    Now now{Instant{50h}, UtcTime{std::chrono::sys_days{std::chrono::year{2026} / 1 / 5}} + 10h};
    handle(engine, EngineStarted{Epoch{3}, 100, 1000.0}, now);
    handle(engine, CampaignApplied{.spec = spec, .run_state = CampaignRunState::Running}, now);
    int audited = 0;
    constexpr int kCalls = 2000;
    for (std::uint64_t i = 1; i <= kCalls; ++i) {
        now = {now.elapsed + 1s, now.utc + 1s};
        handle(engine,
               ContactsOffered{.campaign = CampaignId{1},
                               .offers = {{.contact = ContactId{i},
                                           .number = NumberId{i},
                                           .destination_allowed = true}}},
               now);
        ASSERT_EQ(engine.state().calls.size(), 1U);
        const CallId call = engine.state().calls.begin()->first;
        handle(engine, AttemptStored{engine.state().calls.begin()->second.attempt}, now);
        handle(engine, CallAnswered{call}, now);
        handle(engine, AnswerDetected{.call = call, .verdict = answer_detect::Verdict::Machine},
               now);
        audited += engine.state().calls.at(call).review == Review::Queued;
        handle(engine, CallEnded{call}, now);
    }
    EXPECT_NEAR(audited, kCalls * 0.2, 4 * std::sqrt(kCalls * 0.2 * 0.8));
}

TEST(Detection, OnlyAnAgentWhoHasHadACallCanSayWhoItWas) {
    play({Given{"an agent", progressive(), 1},
          Tell{"of no call", "ANSWER_LABELLED request=5 agent=1 truth=HUMAN"},
          Expect{"no", {"REPLY request=5 code=CONFLICT"}}});
}

}  // namespace
}  // namespace bellwether::engine::story
