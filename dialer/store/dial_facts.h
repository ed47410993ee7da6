#pragma once

#include "dialer/store/dial_policy.h"
#include "dialer/store/sqlite.h"

namespace bellwether::store {

/// Gathers what a DialPolicy is told of one number, and asks it. Runs inside the writer's
/// transaction; methods throw SqliteError.
class DialFacts {
public:
    /// @param policy  null: everything is allowed, and nothing is looked up.
    DialFacts(Database& database, DialPolicy* policy);

    [[nodiscard]] bool asks() const { return policy_ != nullptr; }

    /// @param question  with campaign, client, contact, number, point, attempt and now; the rest is
    ///                  filled in here.
    [[nodiscard]] DialAnswer ask(DialQuestion question);

    /// Something else that the log must tell, after what was answered so far.
    void note(compliance::evidence::Record record) { records_.push_back(std::move(record)); }

    /// The records of all answers and notes since the last time, in order.
    [[nodiscard]] std::vector<compliance::evidence::Record> take_records();

private:
    void read_history(const DialQuestion& question);
    void read_consents(const DialQuestion& question);
    void read_account(DialQuestion& question);

    DialPolicy* policy_;
    Statement suppressed_;
    Statement columns_;
    Statement consents_query_;
    Statement history_query_;
    Statement accounts_;
    std::vector<PastDial> history_;
    std::vector<ConsentRecord> consents_;
    std::vector<compliance::evidence::Record> records_;
};

}  // namespace bellwether::store
