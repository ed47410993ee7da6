# bellwether_embed_weights(<weights file> <source to write>): the file's bytes as shipped_weights().
function(bellwether_embed_weights weights source)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${weights})
  file(READ ${weights} digits HEX)
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${digits}")
  string(REGEX REPLACE "((0x..,){20})" "\\1\n    " bytes "${bytes}")
  file(CONFIGURE OUTPUT ${source} @ONLY CONTENT [[
// Written by answer-detect/weights/embed.cmake from @weights@.
#include "answer-detect/shipped_weights.h"

namespace bellwether::answer_detect {

std::span<const std::byte> shipped_weights() {
    static constexpr unsigned char kBytes[] = {
    @bytes@};
    return std::as_bytes(std::span(kBytes));
}

}  // namespace bellwether::answer_detect
]])
endfunction()
