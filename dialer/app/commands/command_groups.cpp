#include "dialer/app/commands/command_groups.h"

#include <cstdlib>
#include <filesystem>

#include "dialer/app/handlers/router.h"

namespace bellwether::app {

Argument word(std::string name, std::string help) {
    return {Argument::Kind::Word, std::move(name), "", std::move(help), true};
}
Argument option(std::string name, std::string value, std::string help) {
    return {Argument::Kind::Option, std::move(name), std::move(value), std::move(help), false};
}
Argument required(std::string name, std::string value, std::string help) {
    return {Argument::Kind::Option, std::move(name), std::move(value), std::move(help), true};
}
Argument flag(std::string name, std::string help) {
    return {Argument::Kind::Flag, std::move(name), "", std::move(help), false};
}

Result<Plan> local(Plan::Local what) {
    Plan plan;
    plan.local = what;
    return plan;
}

Plan get(const std::string& path) {
    Plan plan;
    plan.request = {"GET", path, "", ""};
    return plan;
}

Plan post(const std::string& path, const Json& body) {
    Plan plan;
    // Arguments are the user's bytes: what is not UTF-8 is replaced, never thrown at us.
    plan.request = {"POST", path, body.dump(-1, ' ', false, Json::error_handler_t::replace), ""};
    return plan;
}

std::string path_to(std::string_view collection, const std::string& name, std::string_view verb) {
    std::string path = "/api/v1/" + std::string{collection} + "/" + percent_encoded(name);
    if (!verb.empty()) path += "/" + std::string{verb};
    return path;
}

std::string client_query(const Given& given) {
    if (!given.has("--client")) return {};
    return "?client=" + percent_encoded(given.value("--client"));
}

std::string user_name() {
    const char* user = std::getenv("USER");
    return user == nullptr ? "" : user;
}

std::string absolute(const std::string& path) {
    return path.empty() ? path : std::filesystem::absolute(path).lexically_normal().string();
}

}  // namespace bellwether::app
