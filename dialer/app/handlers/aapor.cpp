#include <array>
#include <cmath>
#include <optional>
#include <utility>

#include "campaigns/aapor/outcome_report.h"
#include "dialer/api/problem_json.h"
#include "dialer/app/files/read_file.h"
#include "dialer/app/handlers/handlers.h"
#include "dialer/app/reports/period.h"
#include "dialer/app/reports/sample_outcomes.h"

namespace bellwether::app {

namespace {

namespace aapor = campaigns::aapor;
using campaigns::SheetProblem;

/// Tables of codes and dispositions have tens of rows; this is thousands.
constexpr std::size_t kTableBytesMax = std::size_t{1} << 20;

/// A request that cannot be met: an error, or the faults of a file.
struct Refusal {
    Error error;
    std::vector<api::Fault> faults{};
};
template <class T>
using Read = tl::expected<T, Refusal>;

tl::unexpected<Refusal> refuse(Error error) { return tl::unexpected(Refusal{std::move(error)}); }

tl::unexpected<Refusal> refuse(const std::vector<SheetProblem>& problems) {
    Refusal refusal{{Errc::InvalidInput, "the table cannot be used"}};
    for (const auto& problem : problems) {
        std::string text = problem.column.empty()
                               ? problem.what
                               : "column " + problem.column + ": " + problem.what;
        refusal.faults.push_back(
            {problem.sheet, static_cast<int>(problem.row), text + "; " + problem.mend});
    }
    return tl::unexpected(std::move(refusal));
}

/// The file that the query names; its shipped stand-in where it names none.
Read<std::string> table_text(const Call& call, const std::string& key, std::string_view stand_in) {
    const std::string path = call.query_value(key);
    if (path.empty()) return std::string{stand_in};
    auto text = read_file(path, kTableBytesMax);
    if (!text) return refuse(text.error());
    return *std::move(text);
}

/// The written name of an enum, however its author writes it: "two-stage" is TWO_STAGE.
template <class E>
std::optional<E> enum_of(std::string text) {
    for (char& letter : text) {
        if (letter == '-') letter = '_';
        if (letter >= 'a' && letter <= 'z') letter = static_cast<char>(letter - 'a' + 'A');
    }
    return enum_from_name<E>(text);
}

/// "fixed:0.32" with its citation beside it.
Result<aapor::EChoice> read_e(const Call& call) {
    const std::string text = call.query_value("e");
    const auto colon = text.find(':');
    aapor::EChoice choice{.citation = call.query_value("citation")};
    if (text.empty()) return choice;
    const auto method = enum_of<aapor::EMethod>(text.substr(0, colon));
    if (!method) {
        return fail(Errc::InvalidInput,
                    "`e` is proportional, two-stage, one, zero, or fixed:SHARE");
    }
    choice.method = *method;
    const bool has_value = colon != std::string::npos;
    if (has_value != (*method == aapor::EMethod::Fixed))
        return fail(Errc::InvalidInput, "`e`: a value goes with fixed, and with fixed alone");
    if (has_value) {
        const auto value = parse_base_weight(text.substr(colon + 1));
        const bool is_zero = text.substr(colon + 1) == "0";
        if (!is_zero && (!value || !*value))
            return fail(Errc::InvalidInput, "`e`: fixed:SHARE needs a share, as fixed:0.32");
        choice.value = is_zero ? 0 : **value;
    }
    const auto checked = aapor::check(choice);
    if (!checked) return tl::unexpected(checked.error());
    return choice;
}

Read<SampleReading> read_settings(Backend& backend, const Call& call,
                                  const store::CampaignRecord& campaign) {
    SampleReading reading;
    const auto codes = table_text(call, "codes", aapor::shipped_code_table());
    if (!codes) return tl::unexpected(codes.error());
    auto table = aapor::read_code_table(call.query_value("codes"), *codes);
    if (!table) return refuse(table.error());
    reading.table = *std::move(table);

    const auto house = table_text(call, "dispositions", "disposition,aapor\n");
    if (!house) return tl::unexpected(house.error());
    auto of_house =
        aapor::read_disposition_codes(call.query_value("dispositions"), *house, reading.table);
    if (!of_house) return refuse(of_house.error());
    reading.of_house = *std::move(of_house);

    const std::string sample = call.query_value("sample");
    const auto kind = enum_of<aapor::SampleKind>(sample.empty() ? "rdd" : sample);
    if (!kind) {
        return refuse({Errc::InvalidInput, "`sample` is rdd, household-list or named-list"});
    }
    reading.rules.sample = *kind;
    reading.rules.list_is_eligible = call.query_value("list_eligible") == "true";
    if (reading.rules.list_is_eligible && *kind != aapor::SampleKind::NamedList) {
        return refuse({Errc::InvalidInput,
                       "`list_eligible` is said of persons: it goes with "
                       "sample named-list"});
    }
    reading.released_only = call.query_value("released") == "true";
    if (const auto file = file_of(backend, campaign))
        reading.dispositions = file->spec.agents.dispositions;
    return reading;
}

Json rounded(const std::optional<double>& value) {
    return value ? Json(std::round(*value * 1e6) / 1e6) : Json(nullptr);
}

Json rounded_sum(double value) { return Json(std::round(value * 1e4) / 1e4); }

/// One figure in every way it is counted.
struct Figure {
    std::string name;
    std::optional<double> (*of)(const aapor::RatesLine& line, std::size_t index);
    std::size_t index;
};

std::vector<Figure> figures() {
    std::vector<Figure> all{
        {"e", [](const auto& line, std::size_t) { return line.eligibility.e; }, 0}};
    const auto add = [&](const char* name, std::size_t count, auto of) {
        for (std::size_t i = 0; i < count; ++i)
            all.push_back({name + std::to_string(i + 1), of, i});
    };
    add("RR", 6, [](const auto& line, std::size_t i) { return line.rates.response[i]; });
    add("COOP", 4, [](const auto& line, std::size_t i) { return line.rates.cooperation[i]; });
    add("REF", 3, [](const auto& line, std::size_t i) { return line.rates.refusal[i]; });
    add("CON", 3, [](const auto& line, std::size_t i) { return line.rates.contact[i]; });
    return all;
}

Json rates_json(const aapor::OutcomeReport& report) {
    Json rows = Json::array();
    for (const auto& figure : figures()) {
        Json row{
            {"rate", figure.name},
            {"value", rounded(figure.of(report.plain, figure.index))},
            {"quota_closed_by_design", rounded(figure.of(report.closed_by_design, figure.index))}};
        if (report.is_weighted) {
            row["weighted"] = rounded(figure.of(report.weighted, figure.index));
            row["weighted_quota_closed"] =
                rounded(figure.of(report.weighted_closed_by_design, figure.index));
        }
        rows.push_back(std::move(row));
    }
    return rows;
}

Json counts_json(const aapor::Tally& tally) {
    return {{"I", rounded_sum(tally.interviews)},
            {"P", rounded_sum(tally.partials)},
            {"R", rounded_sum(tally.refusals)},
            {"NC", rounded_sum(tally.noncontacts)},
            {"O", rounded_sum(tally.others)},
            {"UH", rounded_sum(tally.unknown_households)},
            {"UO", rounded_sum(tally.unknown_others)},
            {"NE", rounded_sum(tally.not_eligible)},
            {"NE_households", rounded_sum(tally.not_eligible_households)}};
}

Json codes_json(const aapor::OutcomeReport& report) {
    Json rows = Json::array();
    for (const auto& count : report.codes) {
        Json row{{"code", count.code->code},
                 {"label", count.code->label},
                 {"class", name_of(count.code->counts_as)},
                 {"cases", count.cases}};
        if (report.is_weighted) row["weight"] = rounded_sum(count.weight);
        rows.push_back(std::move(row));
    }
    return rows;
}

Json report_json(const SampleReading& reading, const aapor::EChoice& choice,
                 const SampleOutcomes& outcomes, const aapor::OutcomeReport& report) {
    Json json{{"edition", reading.table.edition},
              {"sample", name_of(reading.rules.sample)},
              {"e_method", name_of(choice.method)}};
    if (choice.method == aapor::EMethod::Fixed) json["e_citation"] = choice.citation;
    if (choice.method == aapor::EMethod::TwoStage) {
        json["e1"] = rounded(report.plain.eligibility.e1);
        json["e2"] = rounded(report.plain.eligibility.e2);
    }
    json["cases"] = report.cases;
    json["not_of_the_sample"] = outcomes.suppressed_before_dialing;
    if (reading.released_only) json["not_released"] = outcomes.not_released;
    json["ever_abandoned"] = report.ever_abandoned;
    json["only_abandoned"] = report.only_abandoned;
    json["codes"] = codes_json(report);
    json["counts"] = counts_json(report.plain.tally);
    if (report.is_weighted) json["weighted_counts"] = counts_json(report.weighted.tally);
    json["rates"] = rates_json(report);
    return json;
}

std::string cell(const Json& row, const char* key) {
    const auto found = row.find(key);
    if (found == row.end() || found->is_null()) return {};
    return found->is_string() ? found->get<std::string>() : found->dump();
}

/// One file with a row for each code and each rate, so that a spreadsheet has all of it.
std::string report_csv(const Json& report) {
    std::string csv =
        csv_row({"edition", "kind", "name", "label", "class", "cases", "weight", "value",
                 "quota_closed_by_design", "weighted", "weighted_quota_closed"});
    const std::string edition = cell(report, "edition");
    for (const auto& row : report["codes"]) {
        csv += csv_row({edition, "code", cell(row, "code"), cell(row, "label"), cell(row, "class"),
                        cell(row, "cases"), cell(row, "weight"), "", "", "", ""});
    }
    for (const auto& row : report["rates"]) {
        const std::string method = row["rate"] == "e" ? cell(report, "e_method") : "";
        csv += csv_row({edition, "rate", cell(row, "rate"), method, "", "", "", cell(row, "value"),
                        cell(row, "quota_closed_by_design"), cell(row, "weighted"),
                        cell(row, "weighted_quota_closed")});
    }
    return csv;
}

}  // namespace

api::Response report_aapor(Backend& backend, const Call& call) {
    if (call.query_value("campaign").empty())
        return api::problem({Errc::InvalidInput, "`campaign` is missing: a report is of one"});
    const auto campaign = find_campaign(backend, call.query_value("campaign"));
    if (!campaign) return api::problem(campaign.error());
    std::optional<store::Period> period;
    if (has_period(call)) {
        const auto read = read_period(call, backend.utc_now());
        if (!read) return api::problem(read.error());
        period = *read;
    }
    const auto choice = read_e(call);
    if (!choice) return api::problem(choice.error());
    const auto reading = read_settings(backend, call, *campaign);
    if (!reading) return api::problem(reading.error().error, reading.error().faults);

    const auto outcomes = read_sample_outcomes(backend, campaign->id, period, *reading);
    if (!outcomes) return api::problem(outcomes.error());
    const auto report = aapor::report_outcomes(reading->table, outcomes->cases, *choice);
    Json json{{"campaign", campaign->name}};
    if (period) {
        json["from"] = iso_time(period->from);
        json["to"] = iso_time(period->to);
    }
    json.update(report_json(*reading, *choice, *outcomes, report));
    if (call.query_value("format") == "csv")
        return {200, "text/csv; charset=utf-8", report_csv(json), {}};
    return json_response(json);
}

}  // namespace bellwether::app
