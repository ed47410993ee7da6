#include "dialer/store/sample_cases.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "dialer/store/impl.h"

namespace bellwether::store {

namespace {

/// What was said of attempts, and who was interviewed.
struct Said {
    std::map<AttemptId, std::string> interview_codes;
    std::map<AttemptId, std::string> dispositions;
    std::set<ContactId> interviewed;
};

Said read_said(Database& database, CampaignId campaign) {
    Said said;
    Statement interviews{database,
                         "SELECT attempt_id, contact_id, aapor FROM interviews "
                         "WHERE campaign_id = ?"};
    interviews.bind(campaign);
    while (interviews.step()) {
        said.interviewed.insert(interviews.get<ContactId>(1));
        auto code = interviews.get<std::string>(2);
        if (!code.empty())
            said.interview_codes.insert_or_assign(interviews.get<AttemptId>(0), std::move(code));
    }
    Statement dispositions{database,
                           "SELECT attempt_id, code FROM dispositions "
                           "WHERE campaign_id = ? AND attempt_id IS NOT NULL"};
    dispositions.bind(campaign);
    while (dispositions.step()) {
        said.dispositions.insert_or_assign(dispositions.get<AttemptId>(0),
                                           dispositions.get<std::string>(1));
    }
    return said;
}

std::string text_at(const std::map<AttemptId, std::string>& texts, AttemptId attempt) {
    const auto found = texts.find(attempt);
    return found == texts.end() ? std::string{} : found->second;
}

/// The ended attempts of a campaign, contact by contact.
class AttemptsByContact {
public:
    AttemptsByContact(Database& database, CampaignId campaign, const std::optional<Period>& period,
                      const Said& said)
        : said_{said},
          query_{database,
                 "SELECT contact_id, id, number_id, ended_at, outcome, sip_status, at, answered_at "
                 "FROM attempts "
                 "WHERE campaign_id = ?1 AND ended_at >= ?2 AND ended_at < ?3 "
                 "ORDER BY contact_id, ended_at, id"} {
        const Period all{UtcTime::min(), UtcTime::max()};
        query_.bind(campaign, period.value_or(all).from, period.value_or(all).to);
        more_ = query_.step();
    }

    /// Those of this contact; contacts must be asked for in rising order.
    std::vector<SampleAttempt> of(ContactId contact) {
        std::vector<SampleAttempt> attempts;
        while (more_ && query_.get<ContactId>(0) <= contact) {
            if (query_.get<ContactId>(0) == contact) {
                const auto id = query_.get<AttemptId>(1);
                attempts.push_back({id, query_.get<NumberId>(2), query_.get<UtcTime>(6),
                                    query_.get<std::optional<UtcTime>>(7), query_.get<UtcTime>(3),
                                    query_.get<campaigns::Outcome>(4), query_.get<int>(5),
                                    text_at(said_.interview_codes, id),
                                    text_at(said_.dispositions, id)});
            }
            more_ = query_.step();
        }
        return attempts;
    }

private:
    const Said& said_;
    Statement query_;
    bool more_ = false;
};

bool was_dialed(const SampleAttempt& attempt) {
    return campaigns::class_of(attempt.outcome) != campaigns::OutcomeClass::NotDialed;
}

void add_numbers(Statement& further, SampleCase& one) {
    further.bind(one.contact);
    while (further.step()) one.numbers.push_back(further.get<NumberId>(0));
    further.reset();
}

}  // namespace

Result<void> for_each_case(const Store& store, CampaignId campaign,
                           const std::optional<Period>& period,
                           const std::function<void(const SampleCase&)>& take) {
    return store.impl().readers.query([&](Database& database) -> Result<void> {
        const Said said = read_said(database, campaign);
        AttemptsByContact attempts{database, campaign, period, said};
        Statement further{database,
                          "SELECT number_id FROM contact_numbers WHERE contact_id = ? "
                          "ORDER BY place"};
        Statement contacts{
            database,
            "SELECT c.id, c.number_id, s.state IS NOT NULL, "
            "ifnull(s.state = 'DENIED' AND s.rule = 'DO_NOT_CALL', 0), "
            "ifnull(CASE WHEN json_valid(c.extra) "
            "THEN CAST(json_extract(c.extra, '$.weight_base') AS TEXT) END, '') "
            "FROM contacts c LEFT JOIN campaign_contacts s "
            "ON s.campaign_id = ?1 AND s.contact_id = c.id "
            "WHERE c.id IN (SELECT id FROM contacts WHERE list_id IN "
            "(SELECT list_id FROM campaign_lists WHERE campaign_id = ?1) "
            "UNION SELECT contact_id FROM campaign_contacts WHERE campaign_id = ?1) ORDER BY c.id"};
        contacts.bind(campaign);
        while (contacts.step()) {
            SampleCase one;
            one.contact = contacts.get<ContactId>(0);
            one.attempts = attempts.of(one.contact);
            if (period && one.attempts.empty()) continue;
            one.is_released = contacts.get<int>(2) != 0 || !one.attempts.empty();
            one.suppressed_before_dialing =
                contacts.get<int>(3) != 0 && std::ranges::none_of(one.attempts, was_dialed);
            one.has_interview = said.interviewed.contains(one.contact);
            one.base_weight = contacts.get<std::string>(4);
            one.numbers.push_back(contacts.get<NumberId>(1));
            add_numbers(further, one);
            take(one);
        }
        return {};
    });
}

}  // namespace bellwether::store
