# bellwether_embed_codes(<CSV file> <source to write>): the table of outcome codes as shipped_code_table().
function(bellwether_embed_codes table source)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${table})
  # As hexadecimal escapes: CMake would read brackets and semicolons of the text as its own.
  file(READ ${table} digits HEX)
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "\\\\x\\1" bytes "${digits}")
  string(REGEX REPLACE "((\\\\x..){30})" "\\1\"\n    \"" bytes "${bytes}")
  file(CONFIGURE OUTPUT ${source} @ONLY CONTENT [[
// Written by campaigns/aapor/embed.cmake from campaigns/aapor/codes.csv.
#include "campaigns/aapor/code_table.h"

namespace bellwether::campaigns::aapor {

std::string_view shipped_code_table() {
    return
    "@bytes@";
}

}  // namespace bellwether::campaigns::aapor
]])
endfunction()
