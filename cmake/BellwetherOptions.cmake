# Compiler settings shared by every target.

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)

set(BELLWETHER_FLAVOUR release CACHE STRING "dev, release, asan, tsan or fuzz")
option(BELLWETHER_WERROR "Treat warnings as errors (scripts/check and CI)" OFF)

add_library(bellwether_options INTERFACE)
target_include_directories(bellwether_options INTERFACE ${PROJECT_SOURCE_DIR})
target_compile_options(bellwether_options INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wnon-virtual-dtor
  # Designated initialisers name what matters; members left out take their defaults.
  -Wno-missing-field-initializers
  # g++ 12 sees them in std::string and tl::expected where there are none (GCC PR 105329, 105651), and a
  # precompiled header no longer counts as a system header.
  $<$<CXX_COMPILER_ID:GNU>:-Wno-array-bounds> $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict>
  $<$<CXX_COMPILER_ID:GNU>:-Wno-stringop-overflow> $<$<CXX_COMPILER_ID:GNU>:-Wno-stringop-overread>
  # The same result on every x86-64: no contraction into fused multiply-add, no -march.
  -ffp-contract=off)
if(BELLWETHER_WERROR)
  target_compile_options(bellwether_options INTERFACE -Werror)
endif()

if(NOT BELLWETHER_FLAVOUR STREQUAL "release")
  target_compile_options(bellwether_options INTERFACE -g)
endif()
if(BELLWETHER_FLAVOUR STREQUAL "dev")
  target_compile_options(bellwether_options INTERFACE -O1)
  target_compile_definitions(bellwether_options INTERFACE _GLIBCXX_ASSERTIONS)
elseif(BELLWETHER_FLAVOUR STREQUAL "release")
  # -g1: functions and lines for a stack trace; full debug information doubles the time of a build.
  target_compile_options(bellwether_options INTERFACE -O2 -g1)
elseif(BELLWETHER_FLAVOUR STREQUAL "asan")
  target_compile_options(bellwether_options INTERFACE
    -O1 -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=undefined)
  target_link_options(bellwether_options INTERFACE -fsanitize=address,undefined)
elseif(BELLWETHER_FLAVOUR STREQUAL "tsan")
  target_compile_options(bellwether_options INTERFACE -O1 -fsanitize=thread)
  target_link_options(bellwether_options INTERFACE -fsanitize=thread)
elseif(BELLWETHER_FLAVOUR STREQUAL "fuzz")
  target_compile_options(bellwether_options INTERFACE -O1 -fsanitize=address,undefined,fuzzer-no-link)
  target_link_options(bellwether_options INTERFACE -fsanitize=address,undefined)
else()
  message(FATAL_ERROR "BELLWETHER_FLAVOUR '${BELLWETHER_FLAVOUR}' is not dev, release, asan, tsan or fuzz")
endif()

find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  # Precompiled headers are cached too, once ccache is told what it may overlook and g++ names them.
  set(CMAKE_CXX_COMPILER_LAUNCHER
    ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros ${CCACHE_PROGRAM})
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    target_compile_options(bellwether_options INTERFACE -fpch-preprocess)
  endif()
endif()
find_program(LLD_PROGRAM ld.lld)
if(LLD_PROGRAM)
  add_link_options(-fuse-ld=lld)
endif()
