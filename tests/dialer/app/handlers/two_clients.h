#pragma once

#include <gtest/gtest.h>

#include <map>
#include <string>

#include "dialer/store/recordings.h"
#include "dialer/store/talk.h"
#include "tests/dialer/app/handlers/ask.h"

namespace bellwether::app {

/// A client organisation of the test, and words that stand in its data alone.
struct Organisation {
    std::string client;
    std::string campaign;
    std::string list;
    std::string agent;
    std::string caller_id;
    std::string person;  ///< the first name of its lead
    std::string note;
    CampaignId id{};
    ClientId client_id{};
    ContactId contact{};
    AgentId agent_id{};
    AttemptId attempt{};
};

/// Two organisations that call the same person: each with its list, campaign, caller id, agent and
/// questionnaire, and an answered call of 90.5 s with a disposition, a callback, a transfer, an
/// interview, a measured voice quality and a recording.
class TwoClients : public testing::Test {
protected:
    static constexpr const char* kNumber = "+12025550101";

    void SetUp() override {
        for (Organisation* one : {&acme, &bolt}) {
            make(*one);
            call(*one);
        }
    }

    void write(std::vector<engine::Action> actions) {
        store::WriteBatch batch;
        batch.journal = store::JournalEntry{
            seq_, {Instant{Duration{seq_}}, backend.now}, R"({"is":"TIME_PASSED"})", {}, {}};
        batch.actions = std::move(actions);
        ++seq_;
        ASSERT_TRUE(backend.store().submit(std::move(batch)));
        ASSERT_TRUE(backend.store().flush().has_value());
    }

    /// When the call was dialed: an hour ago.
    [[nodiscard]] UtcTime dialed() const { return backend.now - std::chrono::hours{1}; }

    FakeBackend backend{true};
    Organisation acme{"acme", "spring", "florists", "ada", "+12025550150", "Adele", "likes tulips"};
    Organisation bolt{"bolt", "autumn", "joiners", "bea", "+12025550160", "Boris", "wants screws"};
    AttemptId last{};
    std::map<std::string, Json> bodies;  ///< of the request that applied each one's campaign

private:
    void make(Organisation& one) {
        const auto folder = backend.folder();
        write_file(
            folder / one.campaign / "survey.csv",
            "type,name,label,tel::keys\nselect_one yn," + one.campaign + "_q,Well?,yes=1 no=2\n");
        write_file(folder / one.campaign / "choices.csv",
                   "list_name,name,label\nyn,yes,Yes\nyn,no,No\n");
        write_file(folder / one.campaign / "settings.csv", "form_title,form_id\nT,t\n");
        Json body = notice_campaign(folder, one.campaign, one.list);
        std::string toml = body["toml"];
        const auto swap = [&](const std::string& from, const std::string& to) {
            toml.replace(toml.find(from), from.size(), to);
        };
        swap("+12025550100", one.caller_id);
        swap("notice = \"notice.wav\"", "questionnaire = \"" + one.campaign + "\"");
        body["toml"] = "client = \"" + one.client + "\"\n" + toml;
        bodies[one.client] = body;
        ask(backend, "POST", "/campaigns", body);
        write_file(folder / (one.list + ".csv"), "phone,first_name,external_id\n" +
                                                     std::string{kNumber} + "," + one.person +
                                                     ",shared\n");
        ask(backend, "POST", "/lists/" + one.list + "/imports",
            {{"path", (folder / (one.list + ".csv")).string()}});
        ask(backend, "POST", "/agents", {{"name", one.agent}, {"client", one.client}}, 201);
        const auto record = backend.store().find_campaign(one.campaign);
        ASSERT_TRUE(record && *record);
        one.id = (*record)->id;
        one.client_id = (*record)->client;
        const auto agents = backend.store().agents();
        for (const auto& agent : *agents)
            if (agent.name == one.agent) one.agent_id = agent.id;
        const auto contacts = backend.store().find_contacts("shared");
        for (const auto& contact : *contacts)
            if (contact.client == one.client_id) one.contact = contact.id;
    }

    engine::StoreAttempt begin(const Organisation& one) {
        write({engine::AskForContacts{one.id, 1}});
        const auto contact = backend.store().contact(one.contact);
        engine::StoreAttempt attempt;
        attempt.attempt =
            AttemptId{(value_of(backend.store().epoch()) << 32U) + static_cast<unsigned>(++last_)};
        attempt.call = CallId{value_of(attempt.attempt)};
        attempt.campaign = one.id;
        attempt.client = one.client_id;
        attempt.contact = one.contact;
        attempt.number = contact->number_id;
        attempt.caller_id = one.caller_id;
        attempt.epoch = backend.store().epoch();
        attempt.attempts_made = 1;
        attempt.at = dialed();
        attempt.decision = {compliance::Verdict::Allow, compliance::Rule::None, {}};
        write({attempt});
        last = attempt.attempt;
        return attempt;
    }

    void record(AttemptId attempt, std::chrono::milliseconds length, UtcTime at) {
        ASSERT_TRUE(store::keep_recording(backend.store(),
                                          {.file = std::to_string(value_of(attempt)) + ".wav",
                                           .of = {.attempt = attempt},
                                           .length = length,
                                           .sha256 = std::string(64, 'a'),
                                           .at = at}));
    }

    void call(Organisation& one) {
        using std::chrono::milliseconds;
        using std::chrono::seconds;
        const UtcTime start = dialed();
        const auto state = [&](engine::AgentState is, int at, const std::string& code = {}) {
            write({engine::StoreAgentState{one.agent_id, is, engine::AgentReason::None, one.id,
                                           code, start + seconds{at}}});
        };
        state(engine::AgentState::Ready, -60);
        const auto attempt = begin(one);
        one.attempt = attempt.attempt;
        const auto reached = [&](engine::Milestone milestone, int at) {
            write({engine::StoreMilestone{attempt.attempt, milestone, start + seconds{at},
                                          one.agent_id}});
        };
        reached(engine::Milestone::Invited, 0);
        reached(engine::Milestone::Answered, 5);
        reached(engine::Milestone::Connected, 6);
        state(engine::AgentState::OnCall, 6);
        const InterviewId interview{value_of(attempt.attempt) + 1000};
        write({engine::StoreInterview{
            interview, attempt.attempt, one.id, one.contact, start + seconds{7}, {}}});
        engine::StoreAnswers answers;
        answers.interview = interview;
        answers.changes = {{campaigns::form::ChangeKind::Settle,
                            one.campaign + "_q",
                            "yes",
                            campaigns::form::Settled::Answered,
                            {}}};
        answers.at = start + seconds{20};
        write({answers});
        write({engine::StoreTransfer{attempt.call, attempt.attempt, one.id, one.agent_id,
                                     one.client + "-desk", false,
                                     engine::TransferResult::HandedOver, start + seconds{80}}});
        write({engine::StoreQuality{attempt.call,
                                    attempt.attempt,
                                    {.trunk = "trunk-" + one.client, .mos_sent = 4.0},
                                    start + seconds{95}}});
        engine::StoreOutcome end;
        end.attempt = attempt.attempt;
        end.campaign = one.id;
        end.contact = one.contact;
        end.outcome = campaigns::Outcome::Connected;
        end.decision = attempt.decision;
        end.attempts_made = 1;
        end.trunk = "trunk-" + one.client;
        end.at = start + milliseconds{95'500};
        write({end});
        write({engine::StoreDetection{.attempt = attempt.attempt,
                                      .campaign = one.id,
                                      .verdict = answer_detect::Verdict::Machine,
                                      .code = one.client + "-code",
                                      .review = engine::Review::Queued,
                                      .evidence = {},
                                      .at = start + seconds{6}}});
        record(attempt.attempt, milliseconds{88'250}, start + seconds{96});
        state(engine::AgentState::WrapUp, 96);
        write({engine::StoreDisposition{attempt.call,
                                        attempt.attempt,
                                        one.id,
                                        one.contact,
                                        one.agent_id,
                                        "SALE",
                                        one.note,
                                        false,
                                        {},
                                        start + seconds{100}}});
        state(engine::AgentState::Paused, 106, "LUNCH");
        state(engine::AgentState::SignedOut, 706);
        write({engine::StoreCallback{CallbackId{value_of(attempt.attempt)}, one.id, one.client_id,
                                     one.contact, attempt.attempt, one.agent_id,
                                     start + seconds{600}, false, start + seconds{100}}});
    }

    std::uint64_t seq_ = 1;
    int last_ = 0;
};

}  // namespace bellwether::app
