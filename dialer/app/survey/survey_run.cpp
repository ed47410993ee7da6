#include <fmt/format.h>

#include <fstream>
#include <ostream>

#include "campaigns/form/flow.h"
#include "campaigns/quota/scripted.h"
#include "dialer/app/commands/render.h"
#include "dialer/app/files/read_file.h"
#include "dialer/app/survey/answer_file.h"
#include "dialer/app/survey/quota_counts.h"
#include "dialer/app/survey/survey.h"

namespace bellwether::app {

namespace {

namespace form = campaigns::form;

/// Answers to a thousand questions, all of them long.
constexpr std::size_t kAnswersBytesMax = std::size_t{1} << 20;

/// A report of two thousand cells is a tenth of it.
constexpr std::size_t kCountsBytesMax = std::size_t{4} << 20;

/// How the cells stand when the interview begins: as before the first one, or as a file says.
std::optional<campaigns::quota::Tally> tally_of(const ReadQuestionnaire& read, const Given& given,
                                                const Output& output, ExitCode& code) {
    if (!given.has("--quotas")) return campaigns::quota::make_tally(read.plan);
    const std::string file = given.value("--quotas");
    const auto text = read_file(file, kCountsBytesMax);
    if (!text) {
        code = report_error(output, text.error());
        return std::nullopt;
    }
    auto tally = parse_quota_counts(*text, file, read.plan);
    if (tally) return *std::move(tally);
    code = report_problems(output, tally.error());
    return std::nullopt;
}

ExitCode run_by_file(const ReadQuestionnaire& read, campaigns::quota::Tally tally,
                     const std::string& file, const Output& output) {
    const auto text = read_file(file, kAnswersBytesMax);
    if (!text) return report_error(output, text.error());
    const auto script = parse_answer_file(*text, file, read.form);
    if (!script) return report_problems(output, script.error());
    const auto result =
        campaigns::quota::run_script(read.form, read.plan, tally, InterviewId{1}, *script);
    if (!result) return report_problems(output, {{file, 0, "/keys: " + result.error().detail}});
    print_data(output, interview_json(result->path, result->answers, result->end));
    return ExitCode::Done;
}

}  // namespace

ExitCode report_unread(const Output& output, const std::filesystem::path& path,
                       const Problems& problems) {
    std::error_code ignored;
    if (std::filesystem::exists(path, ignored)) return report_problems(output, problems);
    return report_error(output, {Errc::NotFound, path.string() + " is not there"});
}

std::optional<ReadQuestionnaire> questionnaire_of(const Given& given, const Output& output,
                                                  ExitCode& code) {
    const std::filesystem::path path = given.value("DIR");
    auto read = read_questionnaire(path);
    if (read) return *std::move(read);
    code = report_unread(output, path, read.error());
    return std::nullopt;
}

Json interview_json(const std::vector<std::string>& path,
                    const std::vector<form::NamedText>& answers, const form::InterviewEnd& end) {
    Json values = Json::object();
    for (const auto& [name, value] : answers) values[name] = value;
    return {{"path", path},
            {"answers", std::move(values)},
            {"outcome", name_of(end.outcome)},
            {"aapor", end.aapor}};
}

void print_data(const Output& output, const Json& body) {
    output.out << (output.json ? body.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n"
                               : render(body))
               << std::flush;
}

ExitCode survey_run(int input, const Given& given, const Output& output) {
    ExitCode code = ExitCode::Done;
    const auto read = questionnaire_of(given, output, code);
    if (!read) return code;
    auto tally = tally_of(*read, given, output, code);
    if (!tally) return code;
    if (given.has("--tty")) return run_in_terminal(*read, *std::move(tally), input, given, output);
    return run_by_file(*read, *std::move(tally), given.value("--answers"), output);
}

ExitCode survey_preview(const Given& given, const Output& output) {
    ExitCode code = ExitCode::Done;
    const auto read = questionnaire_of(given, output, code);
    if (!read) return code;
    const form::Flow flow = form::flow_of(read->form);
    const std::string file = given.value("--out");
    std::ofstream stream(file, std::ios::binary | std::ios::trunc);
    stream << form::svg_of(flow, read->form.title) << std::flush;
    if (!stream) return report_error(output, {Errc::Unavailable, file + " cannot be written"});
    print_data(output, {{"file", file},
                        {"title", read->form.title},
                        {"items", flow.nodes.size()},
                        {"ways", flow.edges.size()}});
    return ExitCode::Done;
}

}  // namespace bellwether::app
