#pragma once

#include <string>
#include <tl/expected.hpp>
#include <utility>

namespace bellwether {

/// What kind of expected failure; the command line maps each to an exit code
/// (dialer/app/commands/exit_code.h).
enum class Errc {
    InvalidInput,  ///< the caller's text or file is wrong
    NotFound,      ///< the named thing does not exist
    Conflict,      ///< it exists already, or the state forbids it
    Refused,       ///< a rule forbids it
    Unavailable,   ///< a peer, port or service cannot be reached
    Exhausted,     ///< disk, memory, sockets or a named limit
    Corrupt,       ///< a file is not what it says it is
};

/// An expected failure: what kind, and one sentence an operator can act on. Never holds a phone
/// number, a secret or an answer: error texts end in logs.
struct Error {
    Errc code;
    std::string detail;
};

/// A value or an Error. Spelled like std::expected, so that this alias is the only line that
/// changes once the project's compiler has it. Mark every function that returns one [[nodiscard]].
template <class T>
using Result = tl::expected<T, Error>;

[[nodiscard]] inline tl::unexpected<Error> fail(Errc code, std::string detail) {
    return tl::unexpected<Error>{Error{code, std::move(detail)}};
}

}  // namespace bellwether
