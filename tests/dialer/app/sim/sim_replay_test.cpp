#include <gtest/gtest.h>

#include <sstream>

#include "dialer/app/files/json_text.h"
#include "dialer/app/reports/journal_text.h"
#include "dialer/app/sim/sim.h"
#include "simulator/day/day.h"
#include "tests/dialer/app/files.h"

namespace bellwether::app {
namespace {

/// The journal of a short simulated day, as `journal export --personal` prints it.
std::string journal_of_a_day() {
    simulator::DayScenario scenario;
    scenario.name = "spring";
    scenario.hours = 0.5;
    scenario.agents.count = 6;
    std::string text = journal_line(
        store::JournalSegment{1, Epoch{1}, {}, engine::encode(engine::EngineState{})}, true);
    simulator::DayOptions options;
    options.controller = simulator::Controller::Predictive;
    options.watch = [&](const simulator::Step& step) {
        const auto event = engine::encode(step.event);
        store::JournalEntry entry{step.seq, step.now, event.text, event.personal, {}};
        for (const auto& action : step.actions) entry.actions.push_back(engine::encode(action));
        text += journal_line(entry, true);
    };
    simulator::DayWorld world{scenario, options, 0};
    (void)world.run_day(1);
    return text;
}

const std::string& day() {
    static const std::string text = journal_of_a_day();
    return text;
}

class SimReplay : public testing::Test {
protected:
    SimReplay() {
        write_wav(folder_ / "sorry.wav");
        write_file(folder_ / "campaign.toml",
                   "name = \"spring\"\nlist = \"people\"\npurpose = \"survey\"\n"
                   "dial_mode = \"progressive\"\nlines = 100\ncalls_per_second = 100\n"
                   "caller_id = \"+12025550100\"\nsafe_harbour = \"sorry.wav\"\nwrap_up = \"10m\"\n"
                   "[hours]\nzone = \"UTC\"\nwindows = [{days = \"daily\", from = \"00:00\", "
                   "to = \"24:00\"}]\n");
    }

    [[nodiscard]] std::string file(const std::string& name, const std::string& text) const {
        write_file(folder_ / name, text);
        return (folder_ / name).string();
    }
    [[nodiscard]] std::string campaign() const { return (folder_ / "campaign.toml").string(); }

    /// Runs the command; each pair is an argument with its value.
    ExitCode run(const std::map<std::string, std::string>& arguments) {
        Given given;
        for (const auto& [name, value] : arguments) given.values[name] = {value};
        out_.str("");
        err_.str("");
        const OpenStore no_store = [](const Config&) -> Result<std::unique_ptr<Backend>> {
            return fail(Errc::Unavailable, "this test has no store");
        };
        Config config;
        config.data_dir = folder_.path();
        config.store = folder_ / "none.db";
        config.socket = folder_ / "none.sock";
        return sim_replay(given, config, no_store, {out_, err_, true});
    }

    [[nodiscard]] Json json() const { return Json::parse(out_.str()); }

    TempFolder folder_;
    std::ostringstream out_;
    std::ostringstream err_;
};

TEST_F(SimReplay, OfAWholeJournalIsIdentical) {
    EXPECT_EQ(run({{"JOURNAL", file("day.ndjson", day())}}), ExitCode::Done) << err_.str();
    const Json report = json();
    EXPECT_EQ(report["identical"], true);
    EXPECT_EQ(report["segments"], 1);
    EXPECT_GT(report["events"], 100);
    EXPECT_GT(report["actions"], 100);
    EXPECT_TRUE(report["first_difference"].is_null());
}

TEST_F(SimReplay, OfAnotherActionIsADifference) {
    std::string text = day();
    const std::string what = R"("is":"PLACE_CALL","call":")";
    text[text.find(what) + what.size()] = '9';
    EXPECT_EQ(run({{"JOURNAL", file("day.ndjson", text)}}), ExitCode::EvidenceDoesNotVerify);
    EXPECT_EQ(json()["identical"], false);
    EXPECT_FALSE(json()["first_difference"].is_null());
    EXPECT_EQ(run({{"JOURNAL", file("day.ndjson", text)}, {"--with", campaign()}}),
              ExitCode::EvidenceDoesNotVerify);
}

struct Bad {
    const char* name;
    std::string (*make)();
    const char* error;  ///< behind the file's name
};
void PrintTo(const Bad& bad, std::ostream* out) { *out << bad.name; }

/// The n-th line of the day, from 1, with one text replaced.
std::string with_line(int n, const std::string& from, const std::string& to) {
    std::istringstream lines{day()};
    std::string text;
    int number = 0;
    for (std::string line; std::getline(lines, line);) {
        if (++number == n) line.replace(line.find(from), from.size(), to);
        text += line + "\n";
    }
    return text;
}

class BadJournal : public SimReplay, public testing::WithParamInterface<Bad> {};

TEST_P(BadJournal, IsAnErrorWithFileAndPlace) {
    EXPECT_EQ(run({{"JOURNAL", file("j.ndjson", GetParam().make())}}), ExitCode::ValidationFailed);
    const std::string wanted = (folder_ / "j.ndjson").string() + GetParam().error;
    EXPECT_NE(err_.str().find(wanted), std::string::npos) << err_.str();
    EXPECT_EQ(out_.str(), "");
}

INSTANTIATE_TEST_SUITE_P(
    Journals, BadJournal,
    testing::Values(
        Bad{"Empty", [] { return std::string{}; }, ": the journal is empty"},
        Bad{"Blank", [] { return std::string{"\n\n"}; }, ": the journal is empty"},
        Bad{"Csv", [] { return std::string{"phone,name\n1,2\n"}; },
            ":1: is not a JSON object: no journal"},
        Bad{"OtherJson", [] { return std::string{"{\"hello\":1}\n"}; }, ":1: kind is neither"},
        Bad{"NoSegment", [] { return day().substr(day().find('\n') + 1); },
            ":1: an event stands before the first segment"},
        Bad{"CutLine", [] { return day().substr(0, day().size() / 2) + "\n"; }, ":"},
        Bad{"NoSeq", [] { return with_line(5, "\"seq\":4,", ""); }, ":5: seq is missing"},
        Bad{"SeqMoved", [] { return with_line(5, "\"seq\":4,", "\"seq\":9,"); },
            ":5: seq is 9 where 4 should stand"},
        Bad{"TimeBack", [] { return with_line(30, "\"elapsed_us\":", "\"elapsed_us\":-"); },
            ":30: elapsed_us goes back"},
        Bad{"ClockBack", [] { return with_line(30, "\"utc_ms\":1", "\"utc_ms\":"); },
            ":30: utc_ms goes back"},
        Bad{"Snapshot", [] { return with_line(1, "\"epoch\":\"0\"", "\"epoch\":true"); },
            ":1: snapshot: "},
        Bad{"Event", [] { return with_line(7, "\"is\":", "\"was\":"); }, ":7: event: "}),
    [](const auto& row) { return row.param.name; });

TEST_F(SimReplay, WithACampaignShowsBothSidesAndWhatWasDrawn) {
    const std::string journal = file("day.ndjson", day());
    EXPECT_EQ(run({{"JOURNAL", journal}, {"--with", campaign()}}), ExitCode::Done) << err_.str();
    const Json report = json();
    EXPECT_EQ(report["campaign"], "spring");
    EXPECT_EQ(report["seed"], 1);
    EXPECT_NEAR(report["hours"].get<double>(), 0.5, 0.1);
    EXPECT_EQ(report["recorded"]["mode"], "PREDICTIVE");
    EXPECT_EQ(report["what_if"]["mode"], "PROGRESSIVE");
    EXPECT_EQ(report["what_if"]["abandoned"], 0);
    for (const char* side : {"recorded", "what_if"}) {
        for (const char* key : {"calls", "live_answers", "connected", "abandonment", "utilisation",
                                "mean_wait_s", "cap"}) {
            EXPECT_TRUE(report[side][key].is_number()) << side << " " << key;
        }
    }
    EXPECT_TRUE(report["drawn"].is_number());

    const Json first = report;
    run({{"JOURNAL", journal}, {"--with", campaign()}, {"--seed", "1"}});
    EXPECT_EQ(json(), first);
}

TEST_F(SimReplay, OfCallRecordsShowsBothSides) {
    std::string csv = "called_at,ring_s,outcome,talk_s,wrap_s,agent\n";
    for (int i = 0; i < 50; ++i) {
        const std::string time = "2026-03-02 09:" + std::to_string(10 + i) + ":";
        csv += time + "00,10,CONNECTED,30,5,ann\n";
        csv += time + "20,25,NO_ANSWER,,,\n";
    }
    EXPECT_EQ(run({{"JOURNAL", file("calls.csv", csv)}, {"--with", campaign()}}), ExitCode::Done)
        << err_.str();
    const Json report = json();
    EXPECT_TRUE(report["recorded"]["mode"].is_null());
    EXPECT_EQ(report["recorded"]["calls"], 100);
    EXPECT_EQ(report["recorded"]["connected"], 50);
    EXPECT_GT(report["what_if"]["connected"], 30);
}

TEST_F(SimReplay, RefusesOptionsThatDoNotFit) {
    const std::string journal = file("day.ndjson", day());
    EXPECT_NE(run({{"JOURNAL", journal}, {"--seed", "1"}}), ExitCode::Done);
    EXPECT_NE(run({{"JOURNAL", journal}, {"--with", campaign()}, {"--seed", "x"}}), ExitCode::Done);
    EXPECT_NE(run({{"JOURNAL", journal},
                   {"--with", campaign()},
                   {"--preset", "vicidial"},
                   {"--mapping", "m"}}),
              ExitCode::Done);
    EXPECT_EQ(run({{"JOURNAL", (folder_ / "none").string()}}), ExitCode::NotFound);
    EXPECT_NE(err_.str().find("none"), std::string::npos);
    EXPECT_EQ(run({{"JOURNAL", journal}, {"--with", (folder_ / "none").string()}}),
              ExitCode::NotFound);
}

}  // namespace
}  // namespace bellwether::app
