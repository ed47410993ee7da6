#pragma once

namespace bellwether {

/// Reports a broken invariant on stderr (file, line, condition; never data) and aborts the process.
/// Why the process ends rather than carries on:
/// docs/decisions/0003-a-broken-invariant-ends-the-process.md.
[[noreturn]] void check_failed(const char* file, int line, const char* condition);

}  // namespace bellwether

/// An invariant of the program: a bug if false, in every build. Never for input or outcomes.
#define BW_CHECK(condition)                                             \
    do {                                                                \
        if (!(condition)) [[unlikely]]                                  \
            ::bellwether::check_failed(__FILE__, __LINE__, #condition); \
    } while (false)
