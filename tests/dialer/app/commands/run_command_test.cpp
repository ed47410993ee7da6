#include "dialer/app/commands/run_command.h"

#include <gtest/gtest.h>

#include <sstream>

#include "dialer/api/server.h"
#include "dialer/app/handlers/router.h"
#include "tests/dialer/app/handlers/ask.h"

namespace bellwether::app {
namespace {

/// A command as the shell sees it: what it printed where, and its exit code.
class RunCommand : public ::testing::Test {
protected:
    ExitCode run(const Plan& plan, bool json = false) {
        out_.str("");
        err_.str("");
        const OpenStore open = [this](const Config&) -> Result<std::unique_ptr<Backend>> {
            ++opened_;
            if (store_fault_) return tl::unexpected(*store_fault_);
            return std::make_unique<Borrowed>(backend_);
        };
        return run_command(plan, backend_.config(), open, {out_, err_, json});
    }

    static Plan get(const std::string& target) {
        Plan plan;
        plan.request = {"GET", target, "", ""};
        return plan;
    }

    static Plan import(const std::filesystem::path& file) {
        Plan plan;
        plan.request = {"POST", "/api/v1/lists/people/imports",
                        Json{{"path", file.string()}, {"region", "US"}}.dump(), ""};
        plan.rejects_key = "rejected";
        return plan;
    }

    /// Hands the one store on to each command.
    class Borrowed final : public Backend {
    public:
        explicit Borrowed(Backend& other) : other_{other} {}
        [[nodiscard]] bool live() const override { return other_.live(); }
        [[nodiscard]] store::Store& store() override { return other_.store(); }
        [[nodiscard]] const Config& config() const override { return other_.config(); }
        [[nodiscard]] double uptime_s() const override { return other_.uptime_s(); }
        [[nodiscard]] UtcTime utc_now() const override { return other_.utc_now(); }
        [[nodiscard]] Result<void> command(
            const std::function<engine::Event(RequestId)>& make) override {
            return other_.command(make);
        }
        void post(engine::Event event) override { other_.post(std::move(event)); }
        [[nodiscard]] Result<void> apply(const store::CampaignRecord& record) override {
            return other_.apply(record);
        }
        [[nodiscard]] Result<void> load_prompts(const campaigns::CampaignSpec& spec) override {
            return other_.load_prompts(spec);
        }
        [[nodiscard]] Result<void> reload_accounts() override { return other_.reload_accounts(); }
        [[nodiscard]] nlohmann::json telephony_status() override {
            return other_.telephony_status();
        }

    protected:
        [[nodiscard]] Result<void> run_on_core(
            std::function<void(const engine::EngineState&)>) override {
            return fail(Errc::Unavailable, "no service is running");
        }

    private:
        Backend& other_;
    };

    FakeBackend backend_;
    std::optional<Error> store_fault_;
    int opened_ = 0;
    std::ostringstream out_;
    std::ostringstream err_;
};

TEST_F(RunCommand, OpensTheStoreWhenNoServiceRuns) {
    EXPECT_EQ(run(get("/api/v1/campaigns"), true), ExitCode::Done);
    EXPECT_EQ(opened_, 1);
    EXPECT_EQ(out_.str(), "{\"campaigns\":[]}\n");
    EXPECT_EQ(err_.str(), "");
}

TEST_F(RunCommand, AsksTheServiceThatListens) {
    const auto server =
        api::Server::start({.socket = backend_.config().socket},
                           [&](const api::Request& request) { return route(backend_, request); });
    ASSERT_TRUE(server);
    EXPECT_EQ(run(get("/api/v1/campaigns"), true), ExitCode::Done);
    EXPECT_EQ(opened_, 0);
    EXPECT_EQ(out_.str(), "{\"campaigns\":[]}\n");
}

TEST_F(RunCommand, WhatNeedsTheServiceSaysSo) {
    Plan plan = get("/api/v1/status");
    plan.needs_service = true;
    EXPECT_EQ(run(plan), ExitCode::Unreachable);
    EXPECT_NE(err_.str().find("bellwether serve"), std::string::npos);
    EXPECT_EQ(out_.str(), "");
    EXPECT_EQ(opened_, 0);
}

TEST_F(RunCommand, ErrorsGoToStderrWithTheirExitCode) {
    EXPECT_EQ(run(get("/api/v1/campaigns/none/stats"), true), ExitCode::NotFound);
    EXPECT_EQ(out_.str(), "");
    EXPECT_NE(err_.str().find("no campaign"), std::string::npos) << err_.str();
    store_fault_ = Error{Errc::Conflict, "another process has it open"};
    EXPECT_EQ(run(get("/api/v1/campaigns")), ExitCode::Conflict);
}

TEST_F(RunCommand, AQuestionMakesNoStore) {
    std::filesystem::remove(backend_.config().store);
    EXPECT_EQ(run(get("/api/v1/campaigns")), ExitCode::NotFound);
    EXPECT_EQ(opened_, 0);
}

TEST_F(RunCommand, EveryFaultOfAFileIsPrinted) {
    Plan plan;
    Json body = notice_campaign(backend_.folder());
    body["toml"] = "a = 1\nb = 2\n" + body["toml"].get<std::string>();
    plan.request = {"POST", "/api/v1/campaigns", body.dump(), ""};
    EXPECT_EQ(run(plan), ExitCode::ValidationFailed);
    EXPECT_NE(err_.str().find("spring.toml:1: a is not known"), std::string::npos) << err_.str();
    EXPECT_NE(err_.str().find("spring.toml:2: b is not known"), std::string::npos) << err_.str();
}

TEST_F(RunCommand, AnImportWithRejectsSaysSo) {
    write_file(backend_.folder() / "good.csv", "phone\n+12025550101\n");
    EXPECT_EQ(run(import(backend_.folder() / "good.csv")), ExitCode::Done);
    write_file(backend_.folder() / "bad.csv", "phone\nrubbish\n");
    EXPECT_EQ(run(import(backend_.folder() / "bad.csv")), ExitCode::DoneWithRejects);
}

TEST_F(RunCommand, FilesComeAsTheyAre) {
    Plan plan = get("/api/v1/do-not-call");
    plan.is_text = true;
    EXPECT_EQ(run(plan), ExitCode::Done);
    EXPECT_EQ(out_.str(), "phone,client,source,actor,reason,at\r\n");
}

TEST_F(RunCommand, AnOutputThatCannotBeWrittenIsAnError) {
    out_.setstate(std::ios::badbit);
    EXPECT_EQ(run(get("/api/v1/campaigns")), ExitCode::Unexpected);
}

TEST(ExitCodes, AreThoseOfTheGuide) {
    // design.md §7
    EXPECT_EQ(static_cast<int>(exit_code_of(Errc::InvalidInput)), 3);
    EXPECT_EQ(static_cast<int>(exit_code_of(Errc::NotFound)), 5);
    EXPECT_EQ(static_cast<int>(exit_code_of(Errc::Refused)), 6);
    EXPECT_EQ(static_cast<int>(exit_code_of(Errc::Conflict)), 7);
    EXPECT_EQ(static_cast<int>(exit_code_of(Errc::Unavailable)), 8);
    EXPECT_EQ(static_cast<int>(exit_code_of(Errc::Corrupt)), 1);
    EXPECT_EQ(static_cast<int>(ExitCode::DoneWithRejects), 4);
}

}  // namespace
}  // namespace bellwether::app
