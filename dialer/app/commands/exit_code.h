#pragma once

#include "base/result.h"

namespace bellwether::app {

/// What every command of Bellwether tells the shell (docs/guide/commands.md).
enum class ExitCode : int {
    Done = 0,
    Unexpected = 1,
    Usage = 2,
    ValidationFailed = 3,
    DoneWithRejects = 4,
    NotFound = 5,
    Refused = 6,
    Conflict = 7,
    Unreachable = 8,
    EvidenceDoesNotVerify = 9,
    Interrupted = 130,  ///< 128 + SIGINT, as shells have it
};

[[nodiscard]] constexpr ExitCode exit_code_of(Errc code) {
    switch (code) {
        case Errc::InvalidInput:
            return ExitCode::ValidationFailed;
        case Errc::NotFound:
            return ExitCode::NotFound;
        case Errc::Conflict:
            return ExitCode::Conflict;
        case Errc::Refused:
            return ExitCode::Refused;
        case Errc::Unavailable:
            return ExitCode::Unreachable;
        case Errc::Exhausted:
        case Errc::Corrupt:
            return ExitCode::Unexpected;
    }
    return ExitCode::Unexpected;
}

}  // namespace bellwether::app
