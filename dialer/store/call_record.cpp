#include "dialer/store/call_record.h"

#include <array>
#include <cstdio>

#include "base/check.h"
#include "campaigns/outcome.h"

namespace bellwether::store {
namespace {

struct Moment {
    const char* name;
    int column;
};

// In the order in which they come.
constexpr std::array kMoments = {
    Moment{"queued", 6},  Moment{"invited", 7},    Moment{"ringing", 8}, Moment{"answered", 9},
    Moment{"spoken", 10}, Moment{"connected", 11}, Moment{"ended", 12}};

std::string hex(std::uint32_t value) {
    std::array<char, 9> text{};
    std::snprintf(text.data(), text.size(), "%08x", value);
    return text.data();
}

}  // namespace

CallRecords::CallRecords(Database& database)
    : attempt_{database,
               "SELECT a.client_id, a.campaign_id, a.contact_id, ifnull(a.agent_id, 0), n.digits, "
               "a.pacing_mode, a.at, a.invited_at, a.ringing_at, a.answered_at, a.spoken_at, "
               "a.connected_at, a.ended_at, a.outcome, a.sip_status, a.hang_up, "
               "a.trunk, ifnull(a.q850_cause, 0) "
               "FROM attempts a JOIN numbers n ON n.id = a.number_id WHERE a.id = ?"},
      detection_{database,
                 "SELECT verdict, p_machine_ppm, weights_version FROM detections "
                 "WHERE attempt_id = ? ORDER BY id DESC LIMIT 1"} {}

compliance::evidence::Record CallRecords::of(AttemptId attempt) {
    BW_CHECK(attempt_.bind(attempt).step());
    compliance::evidence::CallFacts call{
        .at = attempt_.get<UtcTime>(12),
        .client = attempt_.get<ClientId>(0),
        .campaign = attempt_.get<CampaignId>(1),
        .attempt = attempt,
        .contact = attempt_.get<ContactId>(2),
        .agent = attempt_.get<AgentId>(3),
        .number = PhoneNumber::from_digits(attempt_.get<std::uint64_t>(4)),
        .mode = attempt_.get<std::string>(5),
        .trunk = attempt_.get<std::string>(16),
        .hung_up_by = attempt_.get<std::string>(15),
        .sip_status = attempt_.get<int>(14),
        .q850_cause = attempt_.get<int>(17),
        .outcome = attempt_.get<std::string>(13)};
    call.opted_out = call.outcome == name_of(campaigns::Outcome::OptedOut);
    for (const Moment& moment : kMoments) {
        if (const auto at = attempt_.get<std::optional<UtcTime>>(moment.column))
            call.moments.emplace_back(moment.name, *at);
    }
    attempt_.reset();
    add_detection(attempt, call);
    return compliance::evidence::to_record(call);
}

void CallRecords::add_detection(AttemptId attempt, compliance::evidence::CallFacts& call) {
    if (detection_.bind(attempt).step()) {
        call.amd_verdict = detection_.get<std::string>(0);
        call.amd_p_machine_ppm = detection_.get<std::int64_t>(1);
        call.amd_weights = hex(detection_.get<std::uint32_t>(2));
    }
    detection_.reset();
}

}  // namespace bellwether::store
