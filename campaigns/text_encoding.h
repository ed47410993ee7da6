#pragma once

#include <span>
#include <string>

#include "base/enum_names.h"
#include "base/result.h"
#include "campaigns/csv.h"

namespace bellwether::campaigns {

/// How the bytes of a list stand for characters.
enum class TextEncoding {
    Utf8,         ///< with or without a byte order mark
    Latin1,       ///< ISO 8859-1
    Windows1252,  ///< what Western spreadsheets call ANSI: Latin-1 with quotes, dashes and the euro
};

/// Another source's bytes as UTF-8. UTF-8 itself is passed on as it is, right or wrong: the reader
/// of the rows judges it. No byte of the other two is invalid; the five that Windows-1252 leaves
/// open become the control characters of the same number, as browsers read them.
///
/// Fails with InvalidInput where the text begins as UTF-16 does: nothing of it could be read.
/// Source of the table: WHATWG Encoding Standard, index windows-1252.
class Utf8Source final : public ByteSource {
public:
    /// @param source  must outlive it.
    Utf8Source(ByteSource& source, TextEncoding encoding) : source_{source}, encoding_{encoding} {}

    [[nodiscard]] Result<std::span<const char>> next_chunk() override;

private:
    ByteSource& source_;
    const TextEncoding encoding_;
    bool begun_ = false;
    std::string converted_;  ///< the chunk handed out
};

}  // namespace bellwether::campaigns

namespace bellwether {
template <>
inline constexpr auto kEnumNames<campaigns::TextEncoding> = names("UTF_8", "LATIN_1",
                                                                  "WINDOWS_1252");
}  // namespace bellwether
