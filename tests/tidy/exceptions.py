"""Where a rule does not hold, and why. An entry without use should go."""

# Folders that may read a clock: the shell. dialer/runtime and dialer/app are the rule itself.
MAY_READ_CLOCKS = {
    "dialer/runtime": "the real-time driver: it turns the clock into Now",
    "dialer/app": "the outermost shell",
    "dialer/media": "the 20 ms wheel paces real packets",
    "dialer/sip": "registration lifetimes of real phones",
    "dialer/store": "group commit bounds its wait in real milliseconds",
    "dialer/api": "timeouts of real connections",
    "simulator/carrier": "a practice peer on real sockets, in real time",
    "tests": "deadlines of tests that wait for real sockets; cores' tests are checked apart",
}

# Files longer than the wall of 600 lines: {path: reason}.
MAY_BE_LONG = {
    "compliance/verifier/bellwether_verify.cpp": "one source file is its point: who doubts can read it all",
}

# Sources of cores that need no test file of their own name: {path: where they are tested}.
TESTED_ELSEWHERE = {}

# Tests that have no source of their own name: {path: what they test}.
TESTS_WITHOUT_SOURCE = {}

# Sources of cores that may include a header that cores may not: {path: reason}.
IMPURE_CORE_SOURCES = {
    "compliance/verifier/bellwether_verify.cpp": "a program of its own that reads bundles; no part of the core",
    "base/check.cpp": "prints the broken invariant before it ends the process (decision 0003)",
}
