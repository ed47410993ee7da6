#include "dialer/store/dial_facts.h"

#include <utility>

#include "dialer/store/consent_rows.h"

namespace bellwether::store {
namespace {

// The longest window of a rule that counts attempts is a year (Frequency::per); a day more for
// zones.
constexpr std::chrono::days kRemembered{367};

}  // namespace

DialFacts::DialFacts(Database& database, DialPolicy* policy)
    : policy_{policy},
      suppressed_{database,
                  "SELECT min(at) FROM suppression WHERE digits = ? "
                  "AND ifnull(client_id, 0) IN (0, ?) AND removed_at IS NULL"},
      columns_{database, "SELECT extra FROM contacts WHERE id = ?"},
      consents_query_{database, std::string{kConsentColumns} +
                                    "WHERE digits = ? AND ifnull(client_id, 0) IN (0, ?) "
                                    "ORDER BY id"},
      history_query_{database,
                     "SELECT a.invited_at, a.outcome, a.campaign_id FROM attempts a "
                     "JOIN numbers n ON n.id = a.number_id "
                     "WHERE n.digits = ? AND a.client_id = ? AND a.invited_at > ? "
                     "ORDER BY a.invited_at DESC"},
      accounts_{database,
                "SELECT a.live_answers, a.abandoned FROM accounts a "
                "WHERE a.campaign_id = ?1 AND a.live_answers > 0 AND a.window_start = "
                "(SELECT max(b.window_start) FROM accounts b WHERE b.campaign_id = ?1 "
                "AND b.window_kind = a.window_kind AND b.window_hours = a.window_hours) "
                "ORDER BY CAST(a.abandoned AS REAL) / a.live_answers DESC LIMIT 1"} {}

DialAnswer DialFacts::ask(DialQuestion question) {
    if (suppressed_.bind(question.number.digits(), question.client).step())
        question.do_not_call_since = suppressed_.get<std::optional<UtcTime>>(0);
    suppressed_.reset();
    std::string columns;
    if (columns_.bind(question.contact).step()) columns = columns_.get<std::string>(0);
    columns_.reset();
    question.columns = columns;
    read_consents(question);
    question.consents = consents_;
    read_history(question);
    question.history = history_;
    read_account(question);

    DialAnswer answer = policy_->decide(question);
    if (answer.record) records_.push_back(std::move(*answer.record));
    answer.record.reset();
    return answer;
}

std::vector<compliance::evidence::Record> DialFacts::take_records() {
    return std::exchange(records_, {});
}

void DialFacts::read_history(const DialQuestion& question) {
    history_.clear();
    history_query_.bind(question.number.digits(), question.client, question.now - kRemembered);
    while (history_query_.step()) {
        history_.push_back({history_query_.get<UtcTime>(0),
                            history_query_.get<std::optional<campaigns::Outcome>>(1),
                            history_query_.get<CampaignId>(2)});
    }
    history_query_.reset();
}

void DialFacts::read_consents(const DialQuestion& question) {
    consents_.clear();
    consents_query_.bind(question.number.digits(), question.client);
    while (consents_query_.step()) consents_.push_back(read_consent(consents_query_));
    consents_query_.reset();
}

void DialFacts::read_account(DialQuestion& question) {
    if (accounts_.bind(question.campaign).step()) {
        question.live_answers = accounts_.get<std::int64_t>(0);
        question.abandoned = accounts_.get<std::int64_t>(1);
    }
    accounts_.reset();
}

}  // namespace bellwether::store
