#pragma once

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include "tests/dialer/api/temp_folder.h"

namespace bellwether::app {

using api::TempFolder;

inline void write_file(const std::filesystem::path& file, const std::string& text) {
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary) << text;
}

inline std::string slurp(const std::filesystem::path& file) {
    std::ostringstream text;
    text << std::ifstream(file, std::ios::binary).rdbuf();
    return text.str();
}

/// A WAV of 20 ms of silence: 8 kHz, 16 bit, mono, its header written out by hand.
inline void write_wav(const std::filesystem::path& file) {
    constexpr int kDataBytes = 320;
    std::string wav = "RIFF";
    const auto put = [&](unsigned value, int bytes) {
        for (int i = 0; i < bytes; ++i)
            wav += static_cast<char>((value >> (8U * static_cast<unsigned>(i))) & 0xFFU);
    };
    put(36 + kDataBytes, 4);
    wav += "WAVEfmt ";
    put(16, 4);
    put(1, 2);
    put(1, 2);
    put(8000, 4);
    put(16000, 4);
    put(2, 2);
    put(16, 2);
    wav += "data";
    put(kDataBytes, 4);
    wav += std::string(kDataBytes, '\0');
    write_file(file, wav);
}

}  // namespace bellwether::app
