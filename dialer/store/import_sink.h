#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/phone_number.h"
#include "base/result.h"

namespace bellwether::store {

/// One of a contact's numbers.
struct ImportNumber {
    PhoneNumber number;
    std::string kind;  ///< "mobile"; may be empty
};

/// A row of the file that can be a contact: its numbers are valid and a trunk may dial them.
struct ImportRow {
    ImportNumber first;                  ///< tried first
    std::vector<ImportNumber> others{};  ///< in order; none equals another or the first
    int priority = 0;                    ///< 0..campaigns::kPriorityMax
    std::string external_id{};
    std::string first_name{};
    std::string last_name{};
    std::string language{};
    std::string extra{};   ///< a JSON object
    std::int64_t row = 0;  ///< in the file
};

struct ImportCounts {
    std::int64_t accepted = 0;
    std::int64_t duplicate = 0;
    std::int64_t suppressed = 0;
};

/// Where the rows of an import go: into the store, or, for a rehearsal, nowhere.
class ImportSink {
public:
    virtual ~ImportSink() = default;

    /// Decides on each row; the counts add up to rows.size().
    [[nodiscard]] virtual Result<ImportCounts> take(const std::vector<ImportRow>& rows) = 0;
};

}  // namespace bellwether::store
