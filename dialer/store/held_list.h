#pragma once

#include <bitset>
#include <filesystem>
#include <memory>
#include <optional>

#include "compliance/suppression/listed_numbers.h"
#include "dialer/store/mapped_file.h"
#include "dialer/store/number_list_records.h"

namespace bellwether::store {

/// One list's version in force, mapped. Never changes.
struct HeldList {
    NumberListRecord record;  ///< `fault` says why there are no numbers
    std::shared_ptr<const MappedFile> file;
    std::optional<compliance::suppression::ListedNumbers> numbers;  ///< a view of `file`
    std::bitset<1000> areas;  ///< area codes of North America that it has numbers of

    /// Maps the files of record.version in `folder`, and reads the first whole for its checksum.
    [[nodiscard]] static std::shared_ptr<const HeldList> open(NumberListRecord record,
                                                              const std::filesystem::path& folder);

    /// The list's own answer; never NotHeld.
    [[nodiscard]] ListFinding ask(PhoneNumber number) const;
};

}  // namespace bellwether::store
