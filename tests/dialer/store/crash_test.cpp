#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <map>
#include <random>

#include "dialer/store/sqlite.h"
#include "tests/dialer/store/test_store.h"

// A process writes calls as fast as the disk takes them and reports on a pipe what was
// acknowledged. It is killed at a random moment, round after round on one file. Whatever the pipe
// holds must be in the store, once, and the journal must have no gap.

namespace bellwether::store::test {
namespace {

using campaigns::Outcome;

struct Acknowledged {
    char kind;  ///< 'A' attempt, 'Q' answer (by call), 'S' suppression (by number)
    std::uint64_t id;
};

/// The engine's side in the process that will be killed. Runs until then.
class Victim {
public:
    Victim(const TestStore& known, StoreConfig config, int pipe)
        : campaign_{known.campaign}, client_{known.client}, pipe_{pipe} {
        store_ = must(Store::open(std::move(config), [this](StoreEvent event) { hear(event); }));
        seq_ = store_->next_journal_seq();
    }

    [[noreturn]] void run() {
        for (const auto& alive : must(store_->attempts_alive())) {
            engine::StoreOutcome end;
            end.attempt = alive.attempt;
            end.campaign = alive.campaign;
            end.contact = alive.contact;
            end.outcome = Outcome::Unknown;
            end.attempts_made = alive.attempts_made;
            end.decision.verdict = compliance::Verdict::Allow;
            end.due = at(0);
            write({end});
        }
        while (true) {
            write({engine::AskForContacts{campaign_, 5}});
            must(store_->flush());
            for (const auto& offer : offers_) call(offer);
        }
    }

private:
    void hear(const StoreEvent& event) {
        const auto* const engine = std::get_if<engine::Event>(&event);
        BW_CHECK(engine != nullptr);
        if (const auto* attempt = std::get_if<engine::AttemptStored>(engine)) {
            report({'A', value_of(attempt->attempt)});
        } else if (const auto* answer = std::get_if<engine::AnswerStored>(engine)) {
            report({'Q', value_of(answer->call)});
        } else if (const auto* suppression = std::get_if<engine::SuppressionAdded>(engine)) {
            report({'S', value_of(suppression->number)});
        } else if (const auto* offered = std::get_if<engine::ContactsOffered>(engine)) {
            offers_ = offered->offers;
        }
    }

    void report(const Acknowledged& fact) const {
        BW_CHECK(::write(pipe_, &fact, sizeof fact) == sizeof fact);  // atomic: below PIPE_BUF
    }

    void call(const campaigns::ContactOffer& offer) {
        engine::StoreAttempt attempt;
        attempt.attempt = AttemptId{(value_of(store_->epoch()) << 32U) + ++made_};
        attempt.call = CallId{value_of(attempt.attempt)};
        attempt.campaign = campaign_;
        attempt.client = client_;
        attempt.contact = offer.contact;
        attempt.number = offer.number;
        attempt.epoch = store_->epoch();
        attempt.attempts_made = offer.attempts_made + 1;
        attempt.at = at(1);
        const InterviewId interview{value_of(attempt.attempt)};
        write({attempt});
        write({engine::StoreInterview{
            interview, attempt.attempt, campaign_, attempt.contact, at(2), {}}});
        write({engine::StoreAnswers{
            attempt.call, interview, {{.key = "q1", .value = "yes"}}, at(3)}});
        const bool opts_out = made_ % 50 == 0;
        if (opts_out) {
            write({engine::StoreSuppression{attempt.number, client_, attempt.attempt, at(3)}});
        }
        engine::StoreOutcome end;
        end.attempt = attempt.attempt;
        end.campaign = campaign_;
        end.contact = attempt.contact;
        end.outcome = opts_out ? Outcome::OptedOut : Outcome::InterviewPartial;
        end.attempts_made = attempt.attempts_made;
        end.decision.verdict = compliance::Verdict::Allow;
        if (!opts_out) end.due = at(0);
        write({end});
    }

    void write(std::vector<engine::Action> actions) {
        WriteBatch batch;
        batch.journal = JournalEntry{seq_++, {Instant{}, at(5)}, "{}", {}, {}};
        batch.actions = std::move(actions);
        BW_CHECK(store_->submit(std::move(batch)));
    }

    CampaignId campaign_;
    ClientId client_;
    int pipe_;
    std::unique_ptr<Store> store_;
    std::uint64_t seq_ = 1;
    std::uint32_t made_ = 0;
    std::vector<campaigns::ContactOffer> offers_;  ///< read after flush(), which orders it
};

/// Starts a victim, lets it acknowledge `facts` facts, kills it, and returns all that it
/// acknowledged.
std::vector<Acknowledged> kill_after(TestStore& test, std::size_t facts) {
    int ends[2];
    BW_CHECK(pipe(ends) == 0);
    const pid_t child = fork();
    BW_CHECK(child >= 0);
    if (child == 0) {
        close(ends[0]);
        Victim{test, test.config(), ends[1]}.run();
    }
    close(ends[1]);
    std::vector<Acknowledged> heard;
    Acknowledged fact{};
    bool killed = false;
    while (read(ends[0], &fact, sizeof fact) == sizeof fact) {
        heard.push_back(fact);
        if (heard.size() >= facts && !killed) {
            killed = true;
            BW_CHECK(kill(child, SIGKILL) == 0);
        }
    }
    close(ends[0]);
    int status = 0;
    BW_CHECK(waitpid(child, &status, 0) == child);
    EXPECT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL) << "the victim died by itself";
    return heard;
}

void check_rows(const TestStore& test, const std::vector<Acknowledged>& facts) {
    std::map<std::uint64_t, int> attempts;
    std::map<std::uint64_t, int> answers;
    must(test.store->for_each_attempt(
        test.campaign, [&](const AttemptRecord& record) { ++attempts[value_of(record.id)]; }));
    must(test.store->for_each_answer(
        test.campaign, [&](const AnswerRecord& record) { ++answers[value_of(record.attempt)]; }));
    for (const Acknowledged& fact : facts) {
        if (fact.kind == 'A') {
            EXPECT_EQ(attempts[fact.id], 1);
        } else if (fact.kind == 'Q') {
            EXPECT_EQ(answers[fact.id], 1);
        } else {
            const auto number = must(test.store->number(NumberId{fact.id}));
            EXPECT_TRUE(must(test.store->check_do_not_call(number, test.client)).has_value());
        }
    }
}

void check_journal(const TestStore& test) {
    std::uint64_t expected = 1;
    must(test.store->for_each_journal_entry(1, test.store->next_journal_seq(),
                                            [&](const JournalEntry& entry) {
                                                EXPECT_EQ(entry.seq, expected);
                                                ++expected;
                                            }));
    EXPECT_EQ(expected, test.store->next_journal_seq());
}

TEST(StoreCrash, KeepsEveryAcknowledgedRowOnce) {
    constexpr int kRounds = 12;
    TestStore test;
    std::vector<std::string> numbers;
    for (int i = 0; i < 200; ++i) numbers.push_back(fiction(i));
    test.import_numbers(numbers);
    test.close();  // no thread is left, so that it is safe to fork

    std::mt19937 random{20261122};
    std::vector<Acknowledged> facts;
    for (int round = 0; round < kRounds; ++round) {
        SCOPED_TRACE("round " + std::to_string(round));
        const auto heard = kill_after(test, 1 + random() % 400);
        facts.insert(facts.end(), heard.begin(), heard.end());
        test.open();
        check_rows(test, facts);
        check_journal(test);
        const auto figures = must(test.store->figures(test.campaign));
        EXPECT_EQ(figures.claimed, 0) << "claims of the dead are free";
        EXPECT_EQ(figures.live, std::ssize(must(test.store->attempts_alive())));
        EXPECT_EQ(figures.live, figures.attempts_alive);
        test.close();
    }
    EXPECT_GT(facts.size(), 100U);
    Database file{test.folder / "store.db", Database::Mode::ReadWrite};
    Statement check{file, "PRAGMA integrity_check"};
    ASSERT_TRUE(check.step());
    EXPECT_EQ(check.get<std::string>(0), "ok");
}

}  // namespace
}  // namespace bellwether::store::test
