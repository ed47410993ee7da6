#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace bellwether::store {

/// Where the log's files stand, and who gets its checkpoints.
struct EvidenceConfig {
    std::filesystem::path folder;               ///< empty: `evidence` beside the store
    std::string origin;                         ///< of a new log; empty: "<owner>/evidence"
    std::vector<std::filesystem::path> copies;  ///< files that get each checkpoint as one line
    std::string webhook;  ///< "http://host:port/path" that gets each checkpoint; empty: none
};

/// How far the log is published, and what hinders it.
struct EvidenceStatus {
    std::uint64_t published = 0;  ///< records under the newest checkpoint
    std::string checkpoint;       ///< its signed note; empty: none yet
    std::string fault;            ///< why the last attempt to publish failed; empty: it did not
    std::string copy_fault;       ///< likewise for the second places; tried again with the next
};

}  // namespace bellwether::store
