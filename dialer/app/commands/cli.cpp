#include "dialer/app/commands/cli.h"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <algorithm>
#include <deque>
#include <map>
#include <memory>

#include "dialer/app/version.h"

namespace bellwether::app {

namespace {

/// Where CLI11 writes one argument's values.
struct Slot {
    const Argument* argument = nullptr;
    CLI::Option* option = nullptr;
    std::vector<std::string> values;
};

/// One command's CLI11 object with its slots; slots must not move once bound.
struct Bound {
    const Command* command = nullptr;
    CLI::App* app = nullptr;
    std::deque<Slot> slots;
};

void bind_argument(Bound& bound, const Argument& argument) {
    Slot& slot = bound.slots.emplace_back();
    slot.argument = &argument;
    if (argument.kind == Argument::Kind::Flag) {
        slot.option = bound.app->add_flag(argument.name, argument.help);
        return;
    }
    slot.option = bound.app->add_option(argument.name, slot.values, argument.help);
    slot.option->required(argument.required)->type_name(argument.value);
    const bool is_many = argument.kind == Argument::Kind::Words;
    slot.option->expected(is_many ? -1 : 1);  // -1: one or more
    // Else CLI11 hands a list of strings every word that follows, the next argument's among them.
    slot.option->allow_extra_args(is_many);
    if (argument.kind == Argument::Kind::Repeated) slot.option->take_all();
}

void add_global(CLI::App& app, GlobalOptions& global) {
    app.add_option("--config", global.config,
                   "configuration (default: none, every value as documented)")
        ->type_name("FILE");
    app.add_option("--socket", global.socket, "the service's socket (default: the configuration's)")
        ->type_name("PATH");
    app.add_flag("--json", global.json, "print data as JSON");
    app.add_flag("--print-config", global.print_config,
                 "print the effective configuration and end");
}

/// The whole command line as CLI11 sees it.
class Parser {
public:
    Parser() : app_{"Bellwether: predictive dialer and survey engine", "bellwether"} {
        app_.fallthrough();
        app_.set_help_all_flag("--help-all", "help for every command");
        app_.set_version_flag("--version", std::string{"bellwether "} + kVersion);
        add_global(app_, global_);
        for (const Command& command : commands()) add(command);
    }

    std::variant<Invocation, CliEnd> parse(std::vector<std::string> arguments) {
        std::reverse(arguments.begin(), arguments.end());  // CLI11 takes them from the back
        try {
            app_.parse(std::move(arguments));
        } catch (const CLI::CallForVersion& version) {
            return CliEnd{ExitCode::Done, std::string{version.what()} + "\n"};
        } catch (const CLI::Success&) {  // --help and its kin
            return CliEnd{ExitCode::Done, help_text()};
        } catch (const CLI::ParseError& error) {
            return CliEnd{ExitCode::Usage,
                          std::string{error.what()} + "\n" +
                              "try 'bellwether --help' or 'bellwether COMMAND --help'\n"};
        }
        return collect();
    }

private:
    void add(const Command& command) {
        Bound& bound = bound_.emplace_back();
        bound.command = &command;
        const std::string verb = command.verb;
        CLI::App* parent = verb.empty() ? &app_ : noun_app(command.noun);
        bound.app = parent->add_subcommand(verb.empty() ? command.noun : verb, command.help);
        bound.app->fallthrough();
        for (const Argument& argument : command.arguments) bind_argument(bound, argument);
    }

    CLI::App* noun_app(const std::string& noun) {
        auto& app = nouns_[noun];
        if (app == nullptr) {
            const auto space = noun.rfind(' ');  // "list map": a noun under another
            CLI::App* parent = space == std::string::npos ? &app_ : noun_app(noun.substr(0, space));
            app = parent->add_subcommand(noun.substr(space + 1), std::string{noun_help(noun)});
            app->fallthrough();
            app->require_subcommand(1);
        }
        return app;
    }

    std::string help_text() {
        const CLI::App* asked = &app_;
        for (auto chosen = asked->get_subcommands(); !chosen.empty();
             chosen = asked->get_subcommands()) {
            asked = chosen.front();
        }
        const bool all = app_.get_option("--help-all")->count() > 0;
        return asked->help("", all ? CLI::AppFormatMode::All : CLI::AppFormatMode::Normal);
    }

    std::variant<Invocation, CliEnd> collect() {
        Invocation invocation{global_, nullptr, {}};
        for (Bound& bound : bound_) {
            if (!bound.app->parsed()) continue;
            invocation.command = bound.command;
            for (Slot& slot : bound.slots) {
                if (slot.option->count() > 0)
                    invocation.given.values[slot.argument->name] = std::move(slot.values);
            }
        }
        if (invocation.command == nullptr && !global_.print_config) {
            return CliEnd{ExitCode::Usage, app_.help()};
        }
        return invocation;
    }

    CLI::App app_;
    GlobalOptions global_;
    std::map<std::string, CLI::App*> nouns_;
    std::deque<Bound> bound_;
};

}  // namespace

std::variant<Invocation, CliEnd> parse_command_line(std::vector<std::string> arguments) {
    return Parser{}.parse(std::move(arguments));
}

}  // namespace bellwether::app
