#include <charconv>
#include <filesystem>

#include "dialer/api/problem_json.h"
#include "dialer/app/files/moment.h"
#include "dialer/app/handlers/handlers.h"
#include "dialer/store/compliance_rows.h"
#include "dialer/store/evidence_log.h"

// The evidence log: export, proofs, erasure, legal holds.

namespace bellwether::app {

namespace {

namespace evidence = compliance::evidence;

/// "2026-11-23", at its beginning, or a date and time; UTC unless an offset follows.
Result<std::optional<UtcTime>> read_time(const Call& call, const char* key) {
    std::string text = text_member(call.body, key);
    if (text.empty()) return std::nullopt;
    if (text.find_first_of("T :") == std::string::npos) text += "T00:00:00";
    static const compliance::ZoneOffsets kUtc{"UTC", {{UtcTime{}, std::chrono::seconds{0}}}};
    // parse_moment() refuses what is still to come; an export may end tomorrow.
    const UtcTime far = UtcTime{std::chrono::sys_days{std::chrono::year{2200} / 1 / 1}};
    const auto at = parse_moment(text, kUtc, far);
    if (!at) return fail(Errc::InvalidInput, std::string{"`"} + key + "`: " + at.error().detail);
    return *at;
}

Result<PhoneNumber> number_in(const Call& call) {
    return read_number(text_member(call.body, "number"), text_member(call.body, "region"));
}

Json hold_json(const store::HoldRecord& hold) {
    return {
        {"hold", hold.name},
        {"state", name_of(hold.state)},
        {"subjects", hold.subjects},
        {"query", hold.query},
        {"asked_by", hold.asked_by},
        {"placed_by", hold.placed_by.empty() ? Json(nullptr) : Json(hold.placed_by)},
        {"lift_asked_by", hold.lift_asked_by.empty() ? Json(nullptr) : Json(hold.lift_asked_by)},
        {"lifted_by", hold.lifted_by.empty() ? Json(nullptr) : Json(hold.lifted_by)},
        {"asked_at", iso_time(hold.asked_at)}};
}

Result<store::ExportRequest> read_export(Backend& backend, const Call& call) {
    store::ExportRequest request;
    request.out = text_member(call.body, "out");
    if (!request.out.is_absolute())
        return fail(Errc::InvalidInput, "`out` must be an absolute path");
    request.what = text_member(call.body, "what");
    if (request.what.empty()) request.what = "all";
    auto kinds = store::export_kinds(request.what);
    if (!kinds) return tl::unexpected(kinds.error());
    request.kinds = *std::move(kinds);
    const auto from = read_time(call, "from");
    if (!from) return tl::unexpected(from.error());
    const auto to = read_time(call, "to");
    if (!to) return tl::unexpected(to.error());
    request.from = *from;
    request.to = *to;
    request.with_sealed = flag_member(call.body, "sealed");
    request.actor = actor_of(call);
    request.at = backend.utc_now();
    if (text_member(call.body, "number").empty()) {
        if (text_member(call.body, "client").empty()) return request;
        return fail(Errc::InvalidInput,
                    "`client` goes with `number`: the log is one for every client organisation, "
                    "and an export without a number holds the records of all");
    }
    const auto number = number_in(call);
    if (!number) return tl::unexpected(number.error());
    const auto client = find_client(backend, text_member(call.body, "client"));
    if (!client) return tl::unexpected(client.error());
    const auto subject = backend.store().evidence().subject(*client, *number);
    if (!subject) return tl::unexpected(subject.error());
    request.subject = *subject;
    return request;
}

Result<store::HoldRequest> read_hold(Backend& backend, const Call& call) {
    store::HoldRequest request;
    request.name = text_member(call.body, "hold");
    request.actor = actor_of(call);
    request.at = backend.utc_now();
    const auto client = find_client(backend, text_member(call.body, "client"));
    if (!client) return tl::unexpected(client.error());
    request.client = *client;
    const std::string client_name = text_member(call.body, "client");
    request.query = client_name.empty() ? "kept for all" : "client=" + client_name;
    const auto from = read_time(call, "from");
    if (!from) return tl::unexpected(from.error());
    const auto to = read_time(call, "to");
    if (!to) return tl::unexpected(to.error());
    request.from = *from;
    request.to = *to;
    if (request.from) request.query += " from=" + iso_time(*request.from);
    if (request.to) request.query += " to=" + iso_time(*request.to);
    if (const auto name = text_member(call.body, "campaign"); !name.empty()) {
        const auto campaign = find_campaign(backend, name);
        if (!campaign) return tl::unexpected(campaign.error());
        request.campaign = std::to_string(value_of(campaign->id));
        request.query += " campaign=" + name;
    }
    if (!call.body.contains("numbers")) return request;
    for (const Json& text : call.body["numbers"]) {
        const auto number = read_number(text.is_string() ? text.get<std::string>() : "",
                                        text_member(call.body, "region"));
        if (!number) return tl::unexpected(number.error());
        request.numbers.push_back(*number);
    }
    request.query += " numbers=" + std::to_string(request.numbers.size());
    return request;
}

/// "CALL=5" must be kept 5 years; "CALL=5..8", and no longer than 8.
Result<evidence::RetentionRule> read_rule(const std::string& text) {
    evidence::RetentionRule rule;
    const auto equals = text.find('=');
    const auto dots = text.find("..");
    const auto years = [&](std::size_t from, std::size_t to, int& out) {
        const char* const end = text.data() + std::min(to, text.size());
        const auto [stop, error] = std::from_chars(text.data() + from, end, out);
        return error == std::errc{} && stop == end && out >= 0 && out <= 100;
    };
    rule.record_class = text.substr(0, equals);
    const bool known = enum_from_name<evidence::RecordKind>(rule.record_class).has_value();
    const bool read = equals != std::string::npos && years(equals + 1, dots, rule.years_min) &&
                      (dots == std::string::npos || years(dots + 2, text.size(), rule.years_max));
    if (!known || !read)
        return fail(Errc::InvalidInput,
                    "\"" + text +
                        "\" is no rule: write a kind of record and years, as CALL=5 or "
                        "CALL=5..8");
    return rule;
}

/// Who was not called, and which rule stood against it.
Result<std::string> suppression_csv(Backend& backend) {
    std::string csv = csv_row({"campaign_id", "campaign", "contact", "state", "rule", "until"});
    const auto read =
        store::for_each_uncalled(backend.store(), [&](const store::UncalledContact& row) {
            csv += csv_row({std::to_string(value_of(row.campaign)), row.campaign_name,
                            std::to_string(value_of(row.contact)), row.state,
                            row.cited.empty() ? row.rule : row.cited,
                            row.due ? iso_time(*row.due) : std::string{}});
        });
    if (!read) return tl::unexpected(read.error());
    return csv;
}

/// That no INVITE left against the decision on record: the query, and what it found.
Result<std::string> call_times_json(Backend& backend, const store::ExportRequest& request) {
    const UtcTime to = request.to.value_or(request.at);
    const auto check =
        store::check_call_times(backend.store(), request.from.value_or(UtcTime{}), to);
    if (!check) return tl::unexpected(check.error());
    Json found = Json::array();
    for (const auto& invite : check->found) {
        found.push_back({{"attempt", id_json(invite.attempt)},
                         {"invited", iso_time(invite.invited)},
                         {"verdict", invite.verdict},
                         {"cited", invite.cited}});
    }
    const Json body{{"query", check->query},
                    {"from", iso_time(request.from)},
                    {"to", iso_time(to)},
                    {"invites", check->invites},
                    {"found", std::move(found)}};
    return body.dump(2) + "\n";
}

/// The reports that no record holds by itself, for a bundle of everything or of calls.
Result<void> add_reports(Backend& backend, store::ExportRequest& request) {
    if (request.subject || (request.what != "all" && request.what != "calls")) return {};
    auto uncalled = suppression_csv(backend);
    if (!uncalled) return tl::unexpected(uncalled.error());
    request.extra_files["suppression.csv"] = *std::move(uncalled);
    auto times = call_times_json(backend, request);
    if (!times) return tl::unexpected(times.error());
    request.extra_files["call_times.json"] = *std::move(times);
    return {};
}

}  // namespace

api::Response get_audit_status(Backend& backend, const Call&) {
    const auto status = backend.store().evidence().status();
    const auto or_null = [](const std::string& text) {
        return text.empty() ? Json(nullptr) : Json(text);
    };
    return json_response({{"published", status.published},
                          {"fault", or_null(status.fault)},
                          {"copy_fault", or_null(status.copy_fault)},
                          {"key", evidence::to_text(backend.store().evidence().key())}});
}

api::Response get_audit_key(Backend& backend, const Call&) {
    return {200,
            "text/plain; charset=utf-8",
            evidence::to_text(backend.store().evidence().key()) + "\n",
            {}};
}

api::Response get_audit_checkpoint(Backend& backend, const Call&) {
    const auto note = backend.store().evidence().checkpoint();
    if (!note) return api::problem(note.error());
    return {200, "text/plain; charset=utf-8", *note, {}};
}

api::Response get_audit_proof(Backend& backend, const Call& call) {
    const std::string& text = call.names.at(0);
    std::uint64_t seq = 0;
    const char* const end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, seq);
    if (error != std::errc{} || stop != end)
        return api::problem({Errc::InvalidInput, "a record is named by its number in the log"});
    const auto proof = backend.store().evidence().prove(seq);
    if (!proof) return api::problem(proof.error());
    return {200, "application/json", *proof, {}};
}

api::Response export_audit(Backend& backend, const Call& call) {
    auto request = read_export(backend, call);
    if (!request) return api::problem(request.error());
    if (const auto added = add_reports(backend, *request); !added)
        return api::problem(added.error());
    const auto report = backend.store().evidence().export_bundle(*request);
    if (!report) return api::problem(report.error());
    Json counts = Json::object();
    for (const auto& [kind, count] : report->counts) counts[kind] = count;
    return json_response({{"bundle", request->out.string()},
                          {"what", request->what},
                          {"records", report->records},
                          {"counts", std::move(counts)},
                          {"first", report->first},
                          {"end", report->end},
                          {"log_size", report->log_size},
                          {"files", report->files}});
}

api::Response get_personal_records(Backend& backend, const Call& call) {
    const auto number = number_in(call);
    if (!number) return api::problem(number.error());
    const auto client = find_client(backend, text_member(call.body, "client"));
    if (!client) return api::problem(client.error());
    auto& log = backend.store().evidence();
    const auto records = log.personal_records(*client, *number);
    if (!records) return api::problem(records.error());
    const auto subject = log.subject(*client, *number);
    if (!subject) return api::problem(subject.error());
    const auto told = backend.store().append_evidence(evidence::to_record(
        evidence::AccessFacts{backend.utc_now(), actor_of(call), "subject access",
                              "subject=" + evidence::to_hex(*subject), std::ssize(*records)}));
    if (!told) return api::problem(told.error());
    Json rows = Json::array();
    for (const auto& record : *records) {
        const auto at = std::chrono::floor<std::chrono::milliseconds>(record.at);
        rows.push_back({{"seq", record.seq},
                        {"kind", name_of(record.kind)},
                        {"at", iso_time(at)},
                        {"details", Json::parse(record.details, nullptr, false)}});
    }
    return json_response({{"subject", evidence::to_hex(*subject)}, {"records", std::move(rows)}});
}

api::Response erase_person(Backend& backend, const Call& call) {
    const auto number = number_in(call);
    if (!number) return api::problem(number.error());
    const auto client = find_client(backend, text_member(call.body, "client"));
    if (!client) return api::problem(client.error());
    std::string basis = text_member(call.body, "basis");
    if (basis.empty()) basis = "REQUEST";
    const auto report = backend.store().evidence().erase(
        {*client, *number, basis, actor_of(call), backend.utc_now()});
    if (!report) return api::problem(report.error());
    return json_response({{"seq", report->seq},
                          {"subject", report->subject},
                          {"records", report->records},
                          {"suppressed", report->is_suppressed}});
}

api::Response expire_personal_records(Backend& backend, const Call& call) {
    std::vector<evidence::RetentionRule> rules;
    const auto texts = call.body.find("keep");
    if (texts == call.body.end() || !texts->is_array() || texts->empty())
        return api::problem({Errc::InvalidInput, "`keep` must name a rule, as CALL=5"});
    for (const Json& text : *texts) {
        auto rule = read_rule(text.is_string() ? text.get<std::string>() : "");
        if (!rule) return api::problem(rule.error());
        rules.push_back(*std::move(rule));
    }
    const auto destroyed =
        backend.store().evidence().expire(rules, actor_of(call), backend.utc_now());
    if (!destroyed) return api::problem(destroyed.error());
    return json_response({{"destroyed", *destroyed}});
}

api::Response list_holds(Backend& backend, const Call&) {
    const auto holds = backend.store().evidence().holds();
    if (!holds) return api::problem(holds.error());
    Json rows = Json::array();
    for (const auto& hold : *holds) rows.push_back(hold_json(hold));
    return json_response({{"holds", std::move(rows)}});
}

api::Response place_hold(Backend& backend, const Call& call) {
    const auto request = read_hold(backend, call);
    if (!request) return api::problem(request.error());
    const auto hold = backend.store().evidence().place_hold(*request);
    if (!hold) return api::problem(hold.error());
    return json_response(hold_json(*hold));
}

api::Response lift_hold(Backend& backend, const Call& call) {
    const auto hold = backend.store().evidence().lift_hold(text_member(call.body, "hold"),
                                                           actor_of(call), backend.utc_now());
    if (!hold) return api::problem(hold.error());
    return json_response(hold_json(*hold));
}

}  // namespace bellwether::app
