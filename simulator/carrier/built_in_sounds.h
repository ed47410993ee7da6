#pragma once

#include <cstdint>
#include <vector>

namespace bellwether::carrier {

// Sounds for who gives no files: 8 kHz, 16 bits. The voice is a syllable train that no supervisory
// tone is taken for; the tones are what their names say.

/// A 150 Hz buzz with its overtones to 1.2 kHz, four syllables a second; about -22 dBm0.
[[nodiscard]] std::vector<std::int16_t> built_in_voice(double length_s);

/// Six seconds of voice, half a second of nothing, a beep of 1000 Hz for 0.4 s.
[[nodiscard]] std::vector<std::int16_t> built_in_voicemail();

/// The called fax's tone: 2100 Hz for 3 s (ITU-T T.30, CED).
[[nodiscard]] std::vector<std::int16_t> built_in_fax();

/// Special information tones "vacant code", VC: 985.2, 1370.6 and 1776.7 Hz (Bellcore SR-2275), and
/// two seconds of voice.
[[nodiscard]] std::vector<std::int16_t> built_in_announcement();

}  // namespace bellwether::carrier
