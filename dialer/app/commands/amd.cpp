#include "dialer/app/commands/command_groups.h"
#include "dialer/app/handlers/router.h"

namespace bellwether::app {

namespace {

Argument words(std::string name, std::string help) {
    return {Argument::Kind::Words, std::move(name), "", std::move(help), true};
}

Argument policy() {
    return option("--policy", "NAME", "tones, careful, balanced or background (default: balanced)");
}

Argument weights() {
    return option("--weights", "FILE", "a weights file (default: the one in the program)");
}

Argument repeated(std::string name, std::string help, bool is_required) {
    return {Argument::Kind::Repeated, std::move(name), "DIR", std::move(help), is_required};
}

}  // namespace

std::vector<Command> amd_commands() {
    return {
        {"amd",
         "classify",
         "who or what answered, from recordings that begin with the answer",
         {words("FILE", "WAV, one channel: G.711 or PCM"), policy(), weights(),
          flag("--trace", "add the chance of a machine each 0.1 s (with --json)"),
          option("--plot", "OUT", "draw what was heard as SVG; one FILE only")},
         [](const Given&) { return local(Plan::Local::AmdClassify); }},
        {"amd",
         "evaluate",
         "how well labelled recordings are judged: errors with their intervals",
         {words("DIR", "a folder with WAV files and labels.jsonl"), policy(), weights(),
          option("--folds", "DIR", "judge each clip by weights that do not know it (amd train)"),
          flag("--breakdown", "add the errors by language, noise, level and length (with --json)")},
         [](const Given&) { return local(Plan::Local::AmdEvaluate); }},
        {"amd",
         "train",
         "learn weights from labelled recordings",
         {repeated("--corpus", "clips to learn from and to be measured on; may be repeated", true),
          repeated("--more", "clips to learn from alone; may be repeated", false),
          required("--out", "FILE", "gets the weights"),
          option("--folds", "DIR", "gets each fold's weights, and which clip is in which fold"),
          option("--fold-count", "N", "how many folds (default: 5)"),
          option("--seed", "N", "of everything drawn (default: 1)"),
          option("--epochs", "N", "at most (default: 24)"),
          option("--takes", "N", "of each clip, on other lines but the first (default: 6)"),
          option("--threads", "N", "the result does not depend on it (default: all cores)")},
         [](const Given&) { return local(Plan::Local::AmdTrain); }},
        {"amd",
         "recalibrate",
         "fit the probabilities to your own labelled calls",
         {word("DIR", "a folder with WAV files and labels.jsonl: at least 50 of each kind"),
          required("--out", "FILE", "gets the weights"), weights(), policy()},
         [](const Given&) { return local(Plan::Local::AmdRecalibrate); }},
        {"amd",
         "heard",
         "what the detector said of one attempt, and on what that rests",
         {word("ATTEMPT", "its number (lead history)")},
         [](const Given& given) -> Result<Plan> {
             return get("/api/v1/detections/" + percent_encoded(given.value("ATTEMPT")));
         }},
        {"amd",
         "review",
         "machines that were drawn for review: somebody is to listen to the recording",
         {},
         [](const Given&) -> Result<Plan> { return get("/api/v1/detections/to-review"); }},
        {"amd",
         "label",
         "say who or what an attempt's recording is: human or machine",
         {word("ATTEMPT", "its number"), word("TRUTH", "human or machine")},
         [](const Given& given) -> Result<Plan> {
             return post(path_to("detections", given.value("ATTEMPT"), "label"),
                         {{"truth", given.value("TRUTH")}});
         }},
    };
}

}  // namespace bellwether::app
