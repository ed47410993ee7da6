#include "dialer/app/commands/command_groups.h"

namespace bellwether::app {

namespace {

Argument questionnaire() {
    return word("DIR", "the questionnaire: a folder, an .xlsx workbook or one .csv");
}

Result<Plan> plan_run(const Given& given) {
    if (given.has("--answers") == given.has("--tty")) {
        return fail(Errc::InvalidInput,
                    "give --answers FILE, or --tty to take the interview by yourself");
    }
    return local(Plan::Local::SurveyRun);
}

}  // namespace

std::vector<Command> survey_commands() {
    return {
        {"survey",
         "lint",
         "what is wrong with a questionnaire, how long it takes, what is not translated",
         {questionnaire()},
         [](const Given&) { return local(Plan::Local::SurveyLint); }},
        {"survey",
         "preview",
         "draw the way through a questionnaire",
         {questionnaire(), required("--out", "FILE", "gets the drawing, as SVG")},
         [](const Given&) { return local(Plan::Local::SurveyPreview); }},
        {"survey",
         "run",
         "take an interview, by an answer file or in the terminal",
         {questionnaire(),
          option("--answers", "FILE", "the keys pressed, as JSON"),
          flag("--tty", "answer by yourself, a line for each question"),
          option("--language", "CODE", "of the interview, with --tty (default: the form's)"),
          {Argument::Kind::Repeated, "--contact", "COLUMN=VALUE",
           "a column of the contact, with --tty; may be repeated", false},
          option("--seed", "N", "of shuffles, with --tty (default: 1)"),
          option("--quotas", "FILE",
                 "how the cells stand: what `survey quota --json` prints (default: empty)")},
         plan_run},
        {"survey",
         "import",
         "turn a LimeSurvey or queXML questionnaire into sheets",
         {word("FILE", "LimeSurvey's tab-separated structure (.txt, .tsv), or queXML (.xml)"),
          required("--out", "DIR", "gets survey.csv and its fellows; made if it is not there"),
          option("--format", "NAME", "limesurvey or quexml (default: by the file's first bytes)")},
         [](const Given&) { return local(Plan::Local::SurveyImport); }},
    };
}

}  // namespace bellwether::app
