# The layers of docs/ARCHITECTURE.md as functions: a wrong link fails at configure time, with a reason.

# What a pure core may link: no sockets, files, database, threads or clock.
set(BELLWETHER_CORES_MAY_LINK
  bellwether_base bellwether_pacing bellwether_answer_detect bellwether_compliance
  bellwether_campaigns bellwether_engine
  PkgConfig::Sodium  # hashes, signatures and sealing: functions of bytes (compliance/evidence)
  bellwether_world bellwether_day  # for the simulator's other parts; includes are checked by tests/tidy
  Eigen3::Eigen date::date tl::expected nlohmann_json::nlohmann_json
  roaring::roaring  # sets of numbers in memory: no file, no thread of its own
  PkgConfig::Re2)  # patterns over texts in memory (docs/decisions/0024)

# What an adapter may link from this project: the cores, never another adapter.
set(BELLWETHER_ADAPTERS_MAY_LINK
  bellwether_base bellwether_pacing bellwether_answer_detect bellwether_compliance
  bellwether_campaigns bellwether_engine)

# bellwether_core(<name> SOURCES <file>... [LINKS <target>...] [PRIVATE_LINKS <target>...])
function(bellwether_core name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;LINKS;PRIVATE_LINKS")
  foreach(target IN LISTS arg_LINKS arg_PRIVATE_LINKS)
    if(NOT target IN_LIST BELLWETHER_CORES_MAY_LINK)
      message(FATAL_ERROR "core '${name}' may not link '${target}' (docs/ARCHITECTURE.md, Layers)")
    endif()
  endforeach()
  bellwether_library(${name} "${arg_SOURCES}" "${arg_LINKS}" "${arg_PRIVATE_LINKS}")
endfunction()

# bellwether_adapter(<name> SOURCES <file>... [LINKS <target>...] [PRIVATE_LINKS <target>...])
#
# An adapter touches the world through third-party libraries, and knows no other adapter.
function(bellwether_adapter name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;LINKS;PRIVATE_LINKS")
  foreach(target IN LISTS arg_LINKS arg_PRIVATE_LINKS)
    if(target MATCHES "^bellwether_" AND NOT target IN_LIST BELLWETHER_ADAPTERS_MAY_LINK)
      message(FATAL_ERROR "adapter '${name}' may not link '${target}' (docs/ARCHITECTURE.md, Layers)")
    endif()
  endforeach()
  bellwether_library(${name} "${arg_SOURCES}" "${arg_LINKS}" "${arg_PRIVATE_LINKS}")
  bellwether_precompile(bellwether_${name})
endfunction()

# bellwether_precompile(<target> [<header>...])
#
# Standard headers that nearly every source of the shell includes, parsed once a target. Cores have none:
# they stay honest about their includes, and do not need it (docs/decisions/0001).
function(bellwether_precompile target)
  target_precompile_headers(${target} PRIVATE
    <algorithm> <chrono> <cstdint> <filesystem> <functional> <map> <memory> <optional> <string> <variant>
    <vector> <tl/expected.hpp> ${ARGN})
endfunction()

# bellwether_library(<name> <sources> <links> <private links>): the common part; use the two above.
function(bellwether_library name sources links private_links)
  add_library(bellwether_${name} STATIC ${sources})
  target_link_libraries(bellwether_${name}
    PUBLIC bellwether_options ${links}
    PRIVATE ${private_links})
  if(NOT name STREQUAL "base")
    target_link_libraries(bellwether_${name} PUBLIC bellwether_base)
  endif()
endfunction()

# What scripts/test builds beside the program.
add_custom_target(bellwether_tests)

# bellwether_test(<module> LABEL <label> SOURCES <file>... LINKS <target>... [TIMEOUT <s>] [SERIAL])
#
# One binary per module, one ctest entry per test case; a test may link whatever it tests.
# Labels: unit property scenario golden sip fuzz-replay tidy.
function(bellwether_test module)
  cmake_parse_arguments(PARSE_ARGV 1 arg "SERIAL" "LABEL;TIMEOUT" "SOURCES;LINKS")
  if(NOT arg_TIMEOUT)
    set(arg_TIMEOUT 10)
  endif()
  add_executable(${module}_test EXCLUDE_FROM_ALL ${arg_SOURCES})
  add_dependencies(bellwether_tests ${module}_test)
  bellwether_precompile(${module}_test <gmock/gmock.h> <gtest/gtest.h>)
  target_link_libraries(${module}_test PRIVATE
    bellwether_options ${arg_LINKS} GTest::gtest GTest::gmock GTest::gtest_main rapidcheck)
  set(properties LABELS ${arg_LABEL} TIMEOUT ${arg_TIMEOUT})
  if(arg_SERIAL)
    list(APPEND properties RUN_SERIAL ON)
  endif()
  gtest_discover_tests(${module}_test
    TEST_PREFIX "${module}." PROPERTIES ${properties} DISCOVERY_TIMEOUT 60)
endfunction()
include(GoogleTest)
