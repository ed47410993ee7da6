#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <vector>

#include "base/result.h"

namespace bellwether::app {

/// What a program beside us may use before it is ended.
struct ChildLimits {
    std::chrono::milliseconds within{20'000};
    std::size_t output_bytes_max = std::size_t{1} << 20;  ///< of what it prints
    std::size_t memory_bytes_max = std::size_t{1} << 29;  ///< address space
};

struct ChildEnd {
    std::string out;  ///< its standard output
    std::string err;  ///< its standard error, at most 4 kB
    int code = 0;     ///< exit code; 128 + signal, as shells have it
};

/// Runs a program to its end: no shell, standard input empty. Blocks; thread-safe.
///
/// @param words  the program, looked for in PATH, and its arguments.
/// @return what it printed and how it ended. Errors: NotFound: there is no such program;
///         Exhausted: it took longer or printed more than allowed, and was ended; Unavailable.
[[nodiscard]] Result<ChildEnd> run_program(std::vector<std::string> words,
                                           const ChildLimits& limits);

}  // namespace bellwether::app
