# bellwether_embed_packs(<folder> <source to write>): every .toml of the folder as shipped_packs().
function(bellwether_embed_packs folder source)
  file(GLOB packs CONFIGURE_DEPENDS ${folder}/*.toml)
  list(SORT packs)
  set(entries "")
  foreach(pack IN LISTS packs)
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${pack})
    get_filename_component(name ${pack} NAME_WE)
    # As hexadecimal escapes: CMake would read brackets and semicolons of the text as its own.
    file(READ ${pack} digits HEX)
    string(REGEX REPLACE "([0-9a-f][0-9a-f])" "\\\\x\\1" bytes "${digits}")
    string(REGEX REPLACE "((\\\\x..){30})" "\\1\"\n     \"" bytes "${bytes}")
    string(APPEND entries "    {\"${name}\",\n     \"${bytes}\"},\n")
  endforeach()
  file(CONFIGURE OUTPUT ${source} @ONLY CONTENT [[
// Written by compliance/packs/embed.cmake from compliance/packs/*.toml.
#include "compliance/packs/shipped_packs.h"

namespace bellwether::compliance {

std::span<const ShippedPack> shipped_packs() {
    static constexpr ShippedPack kPacks[] = {
@entries@    };
    return kPacks;
}

}  // namespace bellwether::compliance
]])
endfunction()
