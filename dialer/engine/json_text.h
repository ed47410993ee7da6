#pragma once

#include <cstdint>
#include <string>
#include <string_view>

// JSON written straight into a string: the journal's text is made on the engine's thread, and
// building a tree first costs ten times as much.

namespace bellwether::engine {

/// Quoted and escaped (RFC 8259 §7). Bytes that are not UTF-8 become U+FFFD, so that the text can
/// always be read back; whoever takes text into the system has checked it before.
void write_string(std::string& out, std::string_view text);

/// The shortest text that reads back as the same number, always with a point or an exponent.
/// Checked: finite.
void write_double(std::string& out, double number);

void write_integer(std::string& out, std::int64_t number);
void write_unsigned(std::string& out, std::uint64_t number);

}  // namespace bellwether::engine
