#include <fmt/format.h>

#include <filesystem>
#include <span>
#include <system_error>
#include <utility>

#include "campaigns/export/csv_files.h"
#include "campaigns/export/ddi.h"
#include "campaigns/export/spss.h"
#include "campaigns/export/triple_s.h"
#include "campaigns/form/read_form.h"
#include "dialer/api/problem_json.h"
#include "dialer/app/handlers/handlers.h"
#include "dialer/app/survey/survey_data.h"
#include "dialer/app/survey/survey_weights.h"
#include "dialer/app/version.h"
#include "dialer/store/durable_file.h"

namespace bellwether::app {

namespace {

namespace exports = campaigns::exports;
namespace weighting = campaigns::weighting;
namespace fs = std::filesystem;

enum class Format { Csv, TripleS, Ddi, Spss, Paradata };
constexpr auto kFormats = names("csv", "triple-s", "ddi", "spss", "paradata");

std::optional<Format> format_of(const std::string& text) {
    const auto found = std::ranges::find(kFormats, std::string_view{text});
    if (found == kFormats.end()) return std::nullopt;
    return static_cast<Format>(found - kFormats.begin());
}

/// What is asked for.
struct ExportOrder {
    Format format = Format::Csv;
    fs::path folder;
    bool partials = false;
    HouseholdVariables households;
    std::optional<WeightingOrder> weights;
};

/// A positive number of the body, or of a text in it.
Result<std::optional<double>> read_factor(const Json& body, const char* key) {
    const auto factor = parse_base_weight(text_member(body, key));
    if (!factor)
        return fail(Errc::InvalidInput, fmt::format("`{}` {}", key, factor.error().detail));
    return *factor;
}

Result<WeightingOrder> read_weighting(const Json& body) {
    WeightingOrder order{.margins_file = text_member(body, "weights")};
    const std::string missing = text_member(body, "missing");
    if (missing == "own-category") {
        order.rules.missing = weighting::MissingValue::OwnCategory;
    } else if (missing == "impute") {
        order.rules.missing = weighting::MissingValue::Impute;
    } else if (!missing.empty() && missing != "refuse") {
        return fail(Errc::InvalidInput, "`missing` is refuse, own-category or impute");
    }
    const auto cap = read_factor(body, "cap");
    if (!cap) return tl::unexpected(cap.error());
    const auto floor = read_factor(body, "floor");
    if (!floor) return tl::unexpected(floor.error());
    if (*cap && **cap <= 1)
        return fail(Errc::InvalidInput, "`cap` is a multiple of the mean weight: above 1");
    if (*floor && **floor >= 1)
        return fail(Errc::InvalidInput, "`floor` is a part of the mean weight: below 1");
    order.rules.cap = *cap;
    order.rules.floor = *floor;
    return order;
}

Result<ExportOrder> read_order(const Json& body) {
    ExportOrder order{.folder = text_member(body, "folder"),
                      .partials = flag_member(body, "partials")};
    const auto format = format_of(text_member(body, "format"));
    if (!format) {
        return fail(Errc::InvalidInput, "`format` is csv, triple-s, ddi, spss or paradata");
    }
    order.format = *format;
    if (!order.folder.is_absolute())
        return fail(Errc::InvalidInput, "`folder` must be an absolute path");
    order.households = {text_member(body, "adults"), text_member(body, "lines")};
    const bool is_weighted = !text_member(body, "weights").empty();
    if (!is_weighted && order.households.empty()) return order;
    if (*format == Format::Paradata)
        return fail(Errc::InvalidInput,
                    "paradata have no weights: leave `weights`, `adults` and `lines` out");
    if (!is_weighted) return order;
    auto weights = read_weighting(body);
    if (!weights) return tl::unexpected(weights.error());
    order.weights = *std::move(weights);
    return order;
}

/// The cases of the campaign by the shipped codes, with the settings of `report aapor` where
/// nothing else is said.
Result<SampleReading> shipped_reading(const SurveyScope& scope) {
    SampleReading reading;
    auto table = campaigns::aapor::read_code_table({}, campaigns::aapor::shipped_code_table());
    if (!table) return fail(Errc::Corrupt, "the shipped table of codes is faulty");
    reading.table = *std::move(table);
    reading.dispositions = scope.file.spec.agents.dispositions;
    return reading;
}

exports::TripleSMoment moment_of(UtcTime at) {
    static constexpr const char* kMonths[] = {"January",   "February", "March",    "April",
                                              "May",       "June",     "July",     "August",
                                              "September", "October",  "November", "December"};
    const auto day = std::chrono::floor<std::chrono::days>(at);
    const std::chrono::year_month_day date{day};
    const std::chrono::hh_mm_ss clock{std::chrono::floor<std::chrono::minutes>(at - day)};
    return {fmt::format("{} {} {}", static_cast<unsigned>(date.day()),
                        kMonths[static_cast<unsigned>(date.month()) - 1],
                        static_cast<int>(date.year())),
            fmt::format("{:02}:{:02}", clock.hours().count(), clock.minutes().count())};
}

/// "AAPOR RR3 0.195 (e = 0.401, proportional allocation; 9th edition)": of all contacts, each by
/// its final code, with the shipped codes and settings. Empty: nothing to work it out from.
Result<std::string> response_rate_of(Backend& backend, const SurveyScope& scope) {
    auto reading = shipped_reading(scope);
    if (!reading) return tl::unexpected(reading.error());
    const auto sample = read_sample_outcomes(backend, scope.campaign.id, {}, *reading);
    if (!sample) return tl::unexpected(sample.error());
    const auto report = campaigns::aapor::report_outcomes(reading->table, sample->cases, {});
    const auto& line = report.is_weighted ? report.weighted : report.plain;
    constexpr std::size_t kRr3 = 2;
    const auto rate = line.rates.response[kRr3];
    if (!rate) return std::string{};
    const std::string e = line.eligibility.e ? fmt::format("e = {:.3f}, proportional allocation; ",
                                                           *line.eligibility.e)
                                             : "";
    return fmt::format("AAPOR RR3 {:.3f} ({}{}{})", *rate, e,
                       report.is_weighted ? "weighted by base weights; " : "",
                       reading->table.edition);
}

std::vector<exports::OutputFile> files_of(const exports::Dataset& data, Format format,
                                          const std::string& response_rate, UtcTime now) {
    switch (format) {
        case Format::TripleS:
            return exports::triple_s_files(data, moment_of(now));
        case Format::Ddi:
            return exports::ddi_files(data, {.id = data.name,
                                             .software = BELLWETHER_VERSION,
                                             .mode = "Telephone interview",
                                             .response_rate = response_rate});
        case Format::Spss:
            return exports::spss_files(data);
        default:
            return exports::csv_files(data);
    }
}

/// All of them, or an error that names the first that could not be written.
Result<Json> write_files(const fs::path& folder, const std::vector<exports::OutputFile>& files) {
    std::error_code error;
    fs::create_directories(folder, error);
    if (error) {
        return fail(Errc::Unavailable, fmt::format("the folder {} cannot be made: {}",
                                                   folder.string(), error.message()));
    }
    Json written = Json::array();
    for (const auto& output : files) {
        auto file = store::DurableFile::create(folder / output.name);
        if (!file) return tl::unexpected(file.error());
        auto done = file->write(std::as_bytes(std::span{output.text}));
        if (done) done = file->sync();
        if (done) done = file->keep();
        if (!done) return tl::unexpected(done.error());
        // People's answers: for the service's user and group, not for everybody.
        fs::permissions(folder / output.name,
                        fs::perms::owner_read | fs::perms::owner_write | fs::perms::group_read,
                        error);
        written.push_back(
            {{"file", (folder / output.name).string()}, {"bytes", output.text.size()}});
    }
    return written;
}

Json steps_json(const weighting::Raked& raked) {
    Json steps = Json::array();
    for (const auto& step : raked.steps) {
        steps.push_back({{"step", step.name},
                         {"design_effect", fmt::format("{:.4f}", step.precision.design_effect)},
                         {"effective_cases", fmt::format("{:.1f}", step.precision.effective_cases)},
                         {"loss_of_precision", fmt::format("{:.4f}", step.precision.margin)}});
    }
    return steps;
}

api::Response faults(const std::string& what, const Problems& problems) {
    std::vector<api::Fault> list;
    for (const auto& problem : problems) list.push_back({problem.file, problem.line, problem.text});
    return api::problem({Errc::InvalidInput, what}, list);
}

api::Response export_paradata(Backend& backend, const SurveyScope& scope, const ExportOrder& order,
                              const std::string& name) {
    const auto reading = shipped_reading(scope);
    if (!reading) return api::problem(reading.error());
    const auto paradata = collect_paradata(backend, scope, *reading);
    if (!paradata) return api::problem(paradata.error());
    auto written = write_files(order.folder, exports::paradata_files(name, *paradata));
    if (!written) return api::problem(written.error());
    return json_response({{"attempts", paradata->attempts.size()},
                          {"items", paradata->items.size()},
                          {"notes", paradata->notes.size()},
                          {"refusals", paradata->refusals.size()},
                          {"files", *std::move(written)}});
}

}  // namespace

api::Response export_survey_data(Backend& backend, const Call& call) {
    const auto order = read_order(call.body);
    if (!order) return api::problem(order.error());
    const auto campaign = find_campaign(backend, call.names.at(0));
    if (!campaign) return api::problem(campaign.error());
    const auto file = file_of(backend, *campaign);
    if (!file || !file->spec.questionnaire) {
        return api::problem({Errc::NotFound, fmt::format("campaign \"{}\" has no questionnaire, or "
                                                         "its folder is gone: see 'campaign check'",
                                                         campaign->name)});
    }
    const auto form = campaigns::form::read_form(file->spec.questionnaire->sheets);
    if (!form)
        return api::problem({Errc::InvalidInput,
                             "the questionnaire's sheets cannot be read any "
                             "more: see 'campaign check'"});
    const SurveyScope scope{*campaign, *file, *form, order->partials};
    const auto interviews = collect_interviews(backend, scope);
    if (!interviews) return api::problem(interviews.error());
    auto data = exports::make_dataset(*form, *interviews);
    if (!data) {
        Problems problems;
        for (const auto& fault : data.error())
            problems.push_back({file->spec.questionnaire->folder, 0, fault});
        return faults("the choices cannot be coded", problems);
    }
    if (order->format == Format::Paradata)
        return export_paradata(backend, scope, *order, data->name);

    Json json{{"campaign", campaign->name},
              {"interviews", data->rows.size()},
              {"variables", data->variables.size()},
              {"answers_left_out", data->answers_left_out}};
    if (!order->households.empty()) {
        const auto weighed = weigh_households(*data, order->households);
        if (!weighed) return faults("no base weights were made", weighed.error());
    }
    if (order->weights) {
        const auto raked = weigh(*data, *order->weights);
        if (!raked) return faults("no weights were made", raked.error());
        json["iterations"] = raked->iterations;
        json["trim_rounds"] = raked->trim_rounds;
        json["weighting"] = steps_json(*raked);
    }
    std::string response_rate;
    if (order->format == Format::Ddi) {
        auto rate = response_rate_of(backend, scope);
        if (!rate) return api::problem(rate.error());
        response_rate = *std::move(rate);
    }
    auto written = write_files(order->folder,
                               files_of(*data, order->format, response_rate, backend.utc_now()));
    if (!written) return api::problem(written.error());
    json["files"] = *std::move(written);
    return json_response(json);
}

}  // namespace bellwether::app
