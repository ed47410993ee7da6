#pragma once

#include <filesystem>
#include <string>
#include <variant>
#include <vector>

#include "dialer/app/commands/command_table.h"
#include "dialer/app/commands/exit_code.h"

namespace bellwether::app {

/// What stands before or behind every command.
struct GlobalOptions {
    std::filesystem::path config;  ///< --config; empty: the defaults
    std::filesystem::path socket;  ///< --socket overrides the configuration's
    bool json = false;
    bool print_config = false;
};

/// A command line that was understood. `command` is null only with print_config.
struct Invocation {
    GlobalOptions global;
    const Command* command = nullptr;
    Given given;
};

/// A command line that ends here: help (Done) or a usage error (Usage), with its text.
struct CliEnd {
    ExitCode code;
    std::string text;
};

/// @param arguments  without the program's name.
[[nodiscard]] std::variant<Invocation, CliEnd> parse_command_line(
    std::vector<std::string> arguments);

}  // namespace bellwether::app
