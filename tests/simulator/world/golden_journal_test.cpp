#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "simulator/world/journal_recorder.h"
#include "simulator/world/journal_text.h"
#include "simulator/world/replay.h"
#include "simulator/world/virtual_driver.h"

// One call of a survey, from the service's start to its end, as tests/golden/one_call.ndjson has
// it. A change of that file is a change of what the engine decides or of how journals on disk are
// written: review it as such. To rewrite it: BELLWETHER_UPDATE_GOLDEN=1 world_test
// --gtest_filter=GoldenJournal.*

namespace bellwether::simulator {
namespace {

using namespace std::chrono_literals;

constexpr const char* kFile = BW_GOLDEN_FOLDER "/one_call.ndjson";
constexpr Now kStart{Instant{1s},
                     UtcTime{std::chrono::sys_days{std::chrono::year{2026} / 1 / 5} + 9h}};

campaigns::CampaignSpec survey() {
    campaigns::CampaignSpec spec;
    spec.id = CampaignId{1};
    spec.client = ClientId{1};
    spec.list = ListId{1};
    spec.name = "golden";
    spec.mode = pacing::DialMode::Unattended;
    spec.caller_ids = {"+15550100"};
    spec.hours.zone = {.name = "Etc/UTC", .offsets = {{UtcTime{}, 0s}}};
    spec.hours.windows = {{.days = 0x1f, .from = 9h, .to = 18h}};
    spec.retry = {
        .attempts_max = 2, .delays = {{campaigns::Outcome::Busy, 5min}}, .unknown_cooloff = 1h};
    spec.questionnaire = {
        .sheets = {"type,name,media::audio\nselect_one yn,agree,agree.wav\n",
                   "list_name,name,label,tel::key\nyn,yes,Yes,1\nyn,no,No,2\n", ""},
        .folder = "/golden"};
    return spec;
}

class Recording : public Outside {
public:
    void carry_out(const Step& step) override { recorder.record(step, driver->engine().state()); }
    VirtualDriver* driver = nullptr;
    JournalRecorder recorder{{.hash = true, .keep = true, .events_per_segment = 7}};
};

std::vector<Segment> one_call() {
    Recording outside;
    VirtualDriver driver{kStart, outside};
    outside.driver = &driver;
    engine::Engine engine;
    outside.recorder.begin_segment(1, engine.state());
    driver.start(std::move(engine));

    const CallId call{4'294'967'297};  // the first id of epoch 1
    const AttemptId attempt{value_of(call)};
    const auto tell = [&](Duration at, engine::Event event) {
        driver.after(at, [&driver, event = std::move(event)] { driver.deliver(event); });
    };
    tell(0s, engine::EngineStarted{Epoch{1}, 10, 5.0});
    tell(0s, engine::CampaignApplied{.spec = survey()});
    tell(1s, engine::CampaignOrdered{RequestId{1}, CampaignId{1}, engine::CampaignOrder::Start});
    tell(1'002ms,
         engine::ContactsOffered{
             CampaignId{1},
             {{.contact = ContactId{5}, .number = NumberId{6}, .destination_allowed = true}},
             {}});
    tell(1'004ms, engine::AttemptStored{attempt});
    tell(1'005ms, engine::ContactsOffered{CampaignId{1}, {}, {}});
    tell(2s, engine::CallRinging{call});
    tell(9'250ms, engine::CallAnswered{call});
    tell(12s, engine::PlaybackEnded{call, value_of(call) + 2, true});
    tell(13s, engine::KeyPressed{call, '2'});
    tell(13'001ms, engine::AnswerStored{call});
    tell(13'100ms, engine::CallEnded{call, engine::EndedBy::Us});
    tell(20s, engine::ShutdownOrdered{true});
    driver.run_until(kStart.elapsed + 1min);
    return outside.recorder.take();
}

TEST(GoldenJournal, OfOneCallIsUnchanged) {
    const std::string text = to_text(one_call());
    if (std::getenv("BELLWETHER_UPDATE_GOLDEN") != nullptr) std::ofstream{kFile} << text;
    std::ifstream file{kFile};
    const std::string golden{std::istreambuf_iterator<char>{file}, {}};
    EXPECT_EQ(text, golden);
}

TEST(GoldenJournal, ReplaysToTheSameActions) {
    std::ifstream file{kFile};
    const std::string golden{std::istreambuf_iterator<char>{file}, {}};
    const auto journal = read_journal(golden);
    ASSERT_TRUE(journal.has_value()) << journal.error().detail;
    const ReplayReport report = replay(*journal);
    EXPECT_TRUE(report.identical) << to_json(report);
    EXPECT_EQ(report.segments, 2U);
    EXPECT_EQ(report.events, 13U);
}

// Written on 2026-11-22: the fields that came later are not in it.
TEST(GoldenJournal, OfAnEarlierVersionIsRead) {
    std::ifstream file{BW_GOLDEN_FOLDER "/one_call_of_an_earlier_version.ndjson"};
    const std::string earlier{std::istreambuf_iterator<char>{file}, {}};
    const auto journal = read_journal(earlier);
    ASSERT_TRUE(journal.has_value()) << journal.error().detail;
    ASSERT_EQ(journal->size(), 2U);
    EXPECT_EQ(journal->at(0).entries.size() + journal->at(1).entries.size(), 13U);
}

}  // namespace
}  // namespace bellwether::simulator
