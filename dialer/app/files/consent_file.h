#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "base/result.h"
#include "dialer/store/consents.h"

namespace bellwether::app {

/// What a file of consents held. read == consents.size() + rejects.size().
struct ConsentFile {
    struct Reject {
        std::uint64_t row = 0;  ///< from 1
        std::string reason;     ///< never the number
    };
    std::int64_t read = 0;
    std::vector<store::ConsentRecord> consents;  ///< without client, recorded and actor
    std::vector<Reject> rejects;
    std::string hash;  ///< of the file: SHA-256, hex
};

/// Consents from CSV with a heading. `phone`, `given`, `channels` and `form` must be there; `name`,
/// `purposes`, `topics`, `jurisdiction`, `method`, `request_sha256`, `response_sha256`,
/// `evidence_uri`, `script_version`, `collector`, `expires`, `rnd_checked` and `rnd_result` may.
/// Several words in a cell are separated by blanks, semicolons or bars. A faulty row costs itself
/// alone.
/// @param region  for numbers without a country code; may be empty.
/// Errors: NotFound, Unavailable; InvalidInput: a column is missing, unknown or there twice.
[[nodiscard]] Result<ConsentFile> read_consent_file(const std::filesystem::path& file,
                                                    const std::string& region);

}  // namespace bellwether::app
