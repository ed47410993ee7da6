#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "base/phone_number.h"
#include "base/result.h"

namespace bellwether::app {

/// What a file of numbers held. read == numbers.size() + rejects.size().
struct NumberFile {
    struct Reject {
        std::uint64_t row = 0;  ///< from 1
        std::string reason;     ///< never the number
    };
    std::int64_t read = 0;
    std::vector<PhoneNumber> numbers;
    std::vector<Reject> rejects;
};

/// Numbers from CSV with a heading that names a phone column (as `list import`), or without one:
/// then the first column. A faulty row costs itself alone.
/// @param region  for numbers without a country code; may be empty.
/// Errors: NotFound, Unavailable; InvalidInput: the heading has no phone column.
[[nodiscard]] Result<NumberFile> read_number_file(const std::filesystem::path& file,
                                                  const std::string& region);

}  // namespace bellwether::app
