#include "dialer/app/commands/command_groups.h"

namespace bellwether::app {

namespace {

Plan order(const Given& given, std::string_view verb, const Json& body) {
    Plan plan = post(path_to("agents", given.value("NAME"), verb), body);
    plan.needs_service = true;
    return plan;
}

template <char const* kVerb>
Result<Plan> plan_order(const Given& given) {
    return order(given, kVerb, Json::object());
}

constexpr char kReady[] = "ready";
constexpr char kWrapUp[] = "wrapup";
constexpr char kDial[] = "dial";
constexpr char kSignOut[] = "signout";
constexpr char kLeave[] = "leave";
constexpr char kKick[] = "kick";
constexpr char kSkip[] = "skip";
constexpr char kHangUp[] = "hangup";
constexpr char kHold[] = "hold";
constexpr char kResume[] = "resume";
constexpr char kHandOver[] = "handover";
constexpr char kTakeBack[] = "takeback";
constexpr char kConference[] = "conference";

Result<Plan> plan_sign_in(const Given& given) {
    Json body{{"campaign", given.value("--campaign")},
              {"ready", given.has("--ready")},
              {"overtime", given.has("--overtime")}};
    const auto further = given.values.find("--also");
    if (further != given.values.end()) body["further"] = further->second;
    return order(given, "signin", body);
}

Result<Plan> plan_pause(const Given& given) {
    return order(given, "pause", {{"code", given.value("--code")}});
}

Result<Plan> plan_recording(const Given& given) {
    const std::string word = given.value("WHAT");
    if (word != "pause" && word != "resume")
        return fail(Errc::InvalidInput, "agent recording takes pause or resume");
    return order(given, word + "recording", Json::object());
}

Result<Plan> plan_outcome(const Given& given) {
    return order(given, "outcome",
                 {{"code", given.value("CODE")},
                  {"at", given.value("--at")},
                  {"mine", given.has("--mine")},
                  {"note", given.value("--note")}});
}

Result<Plan> plan_transfer(const Given& given) {
    return order(given, "transfer",
                 {{"target", given.value("TARGET")}, {"warm", given.has("--warm")}});
}

Result<Plan> plan_listen(const Given& given) {
    return order(given, "listen",
                 {{"phone", given.value("--phone")}, {"role", given.value("--as")}});
}

/// Only what was given is sent: the rest stays.
Json terms_of_work(const Given& given) {
    Json body = Json::object();
    for (const char* key : {"skills", "shift", "phone", "campaign"}) {
        const std::string option = std::string{"--"} + key;
        if (given.has(option)) body[key] = given.value(option);
    }
    return body;
}

std::vector<Argument> work_options() {
    return {option("--skills", "SKILLS", "what he can do and how well, 1 to 9: es:5,nl:9"),
            option("--shift", "HOURS", "\"Mon-Fri 09:00-17:00 Europe/Amsterdam\""),
            option("--phone", "WHERE",
                   "a SIP address or a number, if his phone does not register here"),
            option("--campaign", "NAME",
                   "whose calls he takes when he signs in by phone (default: the last one's)")};
}

std::vector<Argument> with(std::vector<Argument> first, const std::vector<Argument>& more) {
    first.insert(first.end(), more.begin(), more.end());
    return first;
}

Result<Plan> plan_remove(const Given& given) {
    if (given.has("--dry-run")) return get("/api/v1/agents");
    return post(path_to("agents", given.value("NAME"), "remove"), Json::object());
}

}  // namespace

std::vector<Command> agent_commands() {
    const Argument name = word("NAME", "of the agent");
    return {
        {"agent", "add", "make an agent; prints the phone's password, once",
         with({name, option("--client", "NAME", "client organisation (default: default)")},
              work_options()),
         [](const Given& given) -> Result<Plan> {
             Json body = terms_of_work(given);
             body["name"] = given.value("NAME");
             body["client"] = given.value("--client");
             return post("/api/v1/agents", body);
         }},
        {"agent", "change", "skills, shift, phone or campaign of an agent; what is not given stays",
         with({name}, work_options()),
         [](const Given& given) -> Result<Plan> {
             return post(path_to("agents", given.value("NAME"), "change"), terms_of_work(given));
         }},
        {"agent",
         "remove",
         "forget an agent's password; his calls stay on record",
         {name, flag("--dry-run", "show the agents, change nothing")},
         plan_remove},
        {"agent",
         "list",
         "every agent, with state and reason",
         {option("--client", "NAME", "of this client organisation alone (default: of all)")},
         [](const Given& given) -> Result<Plan> {
             return get("/api/v1/agents" + client_query(given));
         }},
        {"agent",
         "signin",
         "ring the agent's phone and keep it up",
         {name, required("--campaign", "NAME", "whose calls he takes"),
          Argument{Argument::Kind::Repeated, "--also", "NAME",
                   "another campaign that he serves, the dearest first", false},
          flag("--ready", "ready as soon as the phone is up (default: paused)"),
          flag("--overtime", "outside his shift, and without its end")},
         plan_sign_in},
        {"agent", "ready", "take calls", {name}, plan_order<kReady>},
        {"agent",
         "pause",
         "take none; during a call: after it",
         {name, option("--code", "CODE", "why: one of the campaign's pause codes")},
         plan_pause},
        {"agent", "hangup", "end the call he has; his phone stays up", {name}, plan_order<kHangUp>},
        {"agent", "hold", "the other side hears music", {name}, plan_order<kHold>},
        {"agent", "resume", "talk on", {name}, plan_order<kResume>},
        {"agent",
         "recording",
         "keep card data out of the recording",
         {name, word("WHAT", "pause or resume")},
         plan_recording},
        {"agent",
         "outcome",
         "how his call came out; a callback with --at",
         {name, word("CODE", "one of the campaign's dispositions, or its key"),
          option("--at", "TIME",
                 "of a callback: 14:30, +2h, 2026-12-01T10:00 on the campaign's clocks"),
          flag("--mine", "of a callback: he calls himself"),
          option("--note", "TEXT", "kept with it")},
         plan_outcome},
        {"agent",
         "interview",
         "the interview of his call: the item at hand, and what was answered",
         {name},
         [](const Given& given) -> Result<Plan> {
             Plan plan = get(path_to("agents", given.value("NAME"), "interview"));
             plan.needs_service = true;
             return plan;
         }},
        {"agent",
         "transfer",
         "hand his call on; nobody answers: it comes back to him",
         {name, word("TARGET", "one of the campaign's transfers"),
          flag("--warm", "talk to the one who takes over first")},
         plan_transfer},
        {"agent",
         "handover",
         "of a transfer: the two talk on without him",
         {name},
         plan_order<kHandOver>},
        {"agent", "takeback", "of a transfer: call it off", {name}, plan_order<kTakeBack>},
        {"agent", "conference", "of a transfer: all three talk", {name}, plan_order<kConference>},
        {"agent",
         "listen",
         "ring a supervisor's phone to hear the agent at work",
         {name, required("--phone", "USER", "of the supervisor's registered phone"),
          required("--as", "ROLE", "monitor, whisper, barge or leave")},
         plan_listen},
        {"agent", "wrapup", "end the wrap-up: ready again", {name}, plan_order<kWrapUp>},
        {"agent",
         "dial",
         "manual and preview mode: one call for this agent",
         {name},
         plan_order<kDial>},
        {"agent", "skip", "preview mode: show another contact", {name}, plan_order<kSkip>},
        {"agent", "signout", "sign out; during a call: after it", {name}, plan_order<kSignOut>},
        {"agent",
         "label",
         "say who or what the agent's last call was: human or machine",
         {name, word("TRUTH", "human or machine")},
         [](const Given& given) -> Result<Plan> {
             Plan plan = post(path_to("agents", given.value("NAME"), "label"),
                              {{"truth", given.value("TRUTH")}});
             plan.needs_service = true;
             return plan;
         }},
        {"agent",
         "optout",
         "the person of his last call wants no more calls: do-not-call, and consents revoked",
         {name, option("--reason", "TEXT", "kept with the entry")},
         [](const Given& given) -> Result<Plan> {
             Plan plan = post(path_to("agents", given.value("NAME"), "optout"),
                              {{"reason", given.value("--reason")}});
             plan.needs_service = true;
             return plan;
         }},
        {"agent",
         "leave",
         "end of shift: sign out after call and wrap-up",
         {name},
         plan_order<kLeave>},
        {"agent", "kick", "sign out at once, whatever goes on", {name}, plan_order<kKick>},
    };
}

}  // namespace bellwether::app
