#include "dialer/app/handlers/ledger.h"

#include <cmath>
#include <map>

#include "dialer/api/problem_json.h"
#include "dialer/app/files/moment.h"
#include "dialer/app/handlers/client_scope.h"
#include "dialer/app/policy/zones.h"
#include "dialer/app/reports/agent_times.h"
#include "dialer/app/reports/period.h"
#include "dialer/store/ledger.h"

// The ledger of one client organisation. A call is of the day on which it ended; agents' time is of
// the day in which it passed, and of the campaign that he served then.

namespace bellwether::app {

namespace {

constexpr std::size_t kDayLetters = 10;  // 2026-11-22
constexpr std::size_t kDaysMax = 366;    // a bill of a year; ours

struct Day {
    std::string name;
    store::Period period;
};

/// The period, cut at the midnights of the query's zone: a day of 23 or 25 hours is one day.
Result<std::vector<Day>> days_of(const Call& call, store::Period period) {
    std::string zone_name = call.query_value("zone");
    if (zone_name.empty()) zone_name = "UTC";
    const auto zone = zone_offsets(zone_name, period.from);
    if (!zone) return tl::unexpected(zone.error());
    const UtcTime horizon = period.to + std::chrono::hours{48};
    const auto midnight = [&](UtcTime of) {
        return parse_moment(zoned_time(of, *zone).substr(0, kDayLetters) + "T00:00:00", *zone,
                            horizon);
    };
    std::vector<Day> days;
    for (UtcTime at = period.from; at < period.to;) {
        const auto begun = midnight(at);
        if (!begun) return tl::unexpected(begun.error());
        const auto next = midnight(*begun + std::chrono::hours{36});
        if (!next) return tl::unexpected(next.error());
        days.push_back(
            {zoned_time(at, *zone).substr(0, kDayLetters), {at, std::min(*next, period.to)}});
        if (days.size() > kDaysMax)
            return fail(Errc::InvalidInput, "a ledger is of 366 days at most: ask for less");
        at = *next;
    }
    return days;
}

/// Exact: states change on whole milliseconds.
std::int64_t milliseconds(AgentTimes::Seconds seconds) {
    return std::llround(seconds.count() * 1000);
}

/// Agents' time of one campaign in one day, in milliseconds.
struct LedgerTime {
    std::int64_t signed_in = 0, ready = 0, talk = 0, wrap_up = 0, calling_phone = 0;
    std::int64_t pause_billable = 0, pause_unpaid = 0;
    std::map<std::string, std::int64_t> paused_by;
};

/// A pause without a code, or with one that the campaign does not know (any more), is billable, as
/// a code is that says nothing of it.
bool is_billable(const std::optional<CampaignFile>& file, const std::string& code) {
    if (!file) return true;
    const auto* known = campaigns::find_pause_code(file->spec.agents.pause_codes, code);
    return known == nullptr || known->code != code || known->billable;
}

/// The agent's states with those in which he served other campaigns as if he were not there.
std::vector<store::AgentStateRecord> states_for(CampaignId campaign,
                                                std::vector<store::AgentStateRecord> states) {
    for (auto& state : states) {
        if (state.campaign != campaign) state.state = engine::AgentState::SignedOut;
    }
    return states;
}

LedgerTime time_of(const store::CampaignRecord& campaign, const std::optional<CampaignFile>& file,
                   const std::vector<store::AgentPeriod>& agents, store::Period day, UtcTime now) {
    LedgerTime sum;
    for (const auto& agent : agents) {
        const auto spent = agent_times(states_for(campaign.id, agent.states), day, now);
        sum.signed_in += milliseconds(spent.signed_in);
        sum.ready += milliseconds(spent.ready);
        sum.talk += milliseconds(spent.talk);
        sum.wrap_up += milliseconds(spent.wrap_up);
        sum.calling_phone += milliseconds(spent.calling_phone);
        for (const auto& [code, pause] : spent.paused_by) {
            sum.paused_by[code] += milliseconds(pause);
            (is_billable(file, code) ? sum.pause_billable : sum.pause_unpaid) +=
                milliseconds(pause);
        }
    }
    return sum;
}

Json time_json(const LedgerTime& time) {
    return {{"signed_in_ms", time.signed_in},
            {"ready_ms", time.ready},
            {"talk_ms", time.talk},
            {"wrap_up_ms", time.wrap_up},
            {"calling_phone_ms", time.calling_phone},
            {"pause_billable_ms", time.pause_billable},
            {"pause_unpaid_ms", time.pause_unpaid},
            {"paused_by_ms", time.paused_by}};
}

Json calls_json(const std::vector<store::LedgerCalls>& trunks) {
    Json rows = Json::array();
    for (const auto& calls : trunks) {
        rows.push_back({{"trunk", calls.trunk},
                        {"attempts", calls.attempts},
                        {"dialed", calls.dialed},
                        {"answered", calls.answered},
                        {"connected_ms", calls.connected_ms},
                        {"connected_s", calls.connected_s}});
    }
    return rows;
}

/// One row for each figure, so that columns are the same for calls and for time.
std::string ledger_csv(const Json& rows) {
    std::string csv = csv_row({"day", "campaign", "kind", "of", "figure", "value"});
    for (const auto& row : rows) {
        const auto day = row["day"].get<std::string>();
        const auto campaign = row["campaign"].get<std::string>();
        for (const auto& calls : row["calls"]) {
            for (const auto& [figure, value] : calls.items()) {
                if (figure == "trunk") continue;
                csv += csv_row({day, campaign, "calls", calls["trunk"].get<std::string>(), figure,
                                value.dump()});
            }
        }
        for (const auto& [figure, value] : row["agents"].items()) {
            if (value.is_number()) {
                csv += csv_row({day, campaign, "agents", "", figure, value.dump()});
                continue;
            }
            for (const auto& [code, spent] : value.items())
                csv += csv_row({day, campaign, "agents", code, "paused_ms", spent.dump()});
        }
    }
    return csv;
}

Result<Json> day_rows(Backend& backend, const ClientScope& scope,
                      const std::vector<store::CampaignRecord>& campaigns, const Day& day) {
    auto agents = store::agents_in(backend.store(), day.period);
    if (!agents) return tl::unexpected(agents.error());
    std::erase_if(*agents, [&](const auto& agent) { return !scope.includes(agent.client); });
    Json rows = Json::array();
    for (const auto& campaign : campaigns) {
        const auto calls = store::ledger_calls_in(backend.store(), campaign.id, day.period);
        if (!calls) return tl::unexpected(calls.error());
        const auto time =
            time_of(campaign, file_of(backend, campaign), *agents, day.period, backend.utc_now());
        if (calls->empty() && time.signed_in == 0) continue;
        rows.push_back({{"day", day.name},
                        {"campaign", campaign.name},
                        {"calls", calls_json(*calls)},
                        {"agents", time_json(time)}});
    }
    return rows;
}

}  // namespace

api::Response report_ledger(Backend& backend, const Call& call) {
    const auto scope = ClientScope::of(backend, call);
    if (!scope) return api::problem(scope.error());
    if (scope->is_everybody())
        return api::problem({Errc::InvalidInput, "`client` is needed: a ledger is one client's"});
    const auto campaigns = reported_campaigns(backend, call);
    if (!campaigns) return api::problem(campaigns.error());
    const auto period = read_period(call, backend.utc_now());
    if (!period) return api::problem(period.error());
    const auto days = days_of(call, *period);
    if (!days) return api::problem(days.error());
    Json rows = Json::array();
    for (const Day& day : *days) {
        const auto of_day = day_rows(backend, *scope, *campaigns, day);
        if (!of_day) return api::problem(of_day.error());
        for (const auto& row : *of_day) rows.push_back(row);
    }
    if (call.query_value("format") == "csv")
        return {200, "text/csv; charset=utf-8", ledger_csv(rows), {}};
    return json_response({{"client", scope->name()},
                          {"from", iso_time(period->from)},
                          {"to", iso_time(period->to)},
                          {"ledger", std::move(rows)}});
}

}  // namespace bellwether::app
