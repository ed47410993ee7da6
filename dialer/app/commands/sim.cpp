#include <utility>

#include "dialer/app/commands/command_groups.h"

namespace bellwether::app {

namespace {

std::vector<Argument> practice_arguments() {
    return {option("--listen", "IP", "IPv4 address for SIP and RTP (default: 127.0.0.1)"),
            option("--media-port-min", "PORT", "first RTP port"),
            option("--media-port-max", "PORT", "last RTP port"),
            option("--seed", "N", "of everything drawn (default: 1)"),
            option("--audio", "FOLDER", "WAV files that are spoken (default: a tone)"),
            required("--log", "FILE", "NDJSON of what happened; appended"),
            option("--duration", "TIME", "end after so long, as 90s (default: until a signal)")};
}

std::vector<Argument> carrier_arguments() {
    auto arguments = practice_arguments();
    arguments.push_back(option("--port", "PORT", "SIP over UDP (default: any free one)"));
    arguments.push_back(option("--port-file", "FILE", "gets the port once calls are taken"));
    arguments.push_back(
        option("--username", "NAME", "challenge INVITEs (default: nobody is challenged)"));
    arguments.push_back(option("--password-file", "FILE", "its first line is the password"));
    arguments.push_back(
        option("--max-calls", "N", "at once; more are answered 503 (default: 1000)"));
    arguments.push_back(
        {Argument::Kind::Repeated, "--set", "KEY=VALUE",
         "how people behave: answer=0.5, ring=3, keys_invalid=0.1, answers=1-3,18-90#…", false});
    return arguments;
}

std::vector<Argument> agents_arguments() {
    auto arguments = practice_arguments();
    arguments.push_back(required("--credentials", "FILE",
                                 "NDJSON with user and password, as agent add --json prints"));
    arguments.push_back(option("-n", "N", "only the first N phones (default: all)"));
    arguments.push_back(
        option("--registrar", "HOST:PORT", "the service's SIP address (default: 127.0.0.1:5060)"));
    arguments.push_back(option("--ready-file", "FILE", "written once every phone has registered"));
    arguments.push_back(
        option("--drops", "P", "chance per call that a phone hangs up, 0 to 1 (default: 0)"));
    return arguments;
}

/// What `run` and `compare` have in common.
std::vector<Argument> study_arguments(Argument controller) {
    return {word("FILE", "a scenario: see docs/guide/simulator.md"),
            std::move(controller),
            option("--seed", "N", "of the first day; the others count on (default: 1)"),
            option("--days", "D", "how many days (default: 1)"),
            flag("--carry", "learning and abandonment accounts go on from day to day"),
            flag("--per-minute", "add the figures of every minute, all days together"),
            flag("--check", "hold the run to the engine's promises after every event: slow"),
            option("--plot", "FILE", "draw the day as SVG")};
}

std::vector<Argument> run_arguments() {
    return study_arguments(
        option("--controller", "NAME",
               "predictive, progressive, ratio, vicidial, expectation or clairvoyant "
               "(default: predictive)"));
}

std::vector<Argument> compare_arguments() {
    return study_arguments(option("--controller", "NAMES",
                                  "those to be compared, as predictive,vicidial (default: all)"));
}

}  // namespace

std::vector<Command> sim_commands() {
    Argument journal =
        word("JOURNAL",
             "a store (.db), 'journal export --personal' (default: the service's journal), or with "
             "--with the calls of another system as CSV");
    journal.required = false;
    return {
        {"sim", "carrier", "a practice carrier: rings, answers, talks, presses keys, hangs up",
         carrier_arguments(), [](const Given&) { return local(Plan::Local::SimCarrier); }},
        {"sim", "agents", "practice phones that register, answer and talk", agents_arguments(),
         [](const Given&) { return local(Plan::Local::SimAgents); }},
        {"sim", "run", "days of one campaign in virtual time, by the engine that dials",
         run_arguments(), [](const Given&) { return local(Plan::Local::SimRun); }},
        {"sim", "compare", "the same days under several controllers, side by side",
         compare_arguments(), [](const Given&) { return local(Plan::Local::SimCompare); }},
        {"sim",
         "replay",
         "run a journal through the engine again and compare every action; or try other settings",
         {journal,
          option("--with", "CAMPAIGN",
                 "what this campaign file would have made of the same people"),
          option("--seed", "N", "of what the record does not know (default: 1)"),
          option("--mapping", "FILE", "JOURNAL is another system's calls as CSV: its columns"),
          option("--preset", "NAME", "likewise, by the columns of: vicidial")},
         [](const Given&) { return local(Plan::Local::SimReplay); }},
    };
}

}  // namespace bellwether::app
