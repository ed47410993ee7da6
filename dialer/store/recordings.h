#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <string>

#include "base/ids.h"
#include "base/result.h"
#include "base/time.h"

namespace bellwether::store {

class Store;

/// The call that a recording is of.
struct RecordedCall {
    AttemptId attempt{};  ///< 0: it came in, and is named by the other two
    Epoch epoch{};
    CallId call{};

    friend bool operator==(const RecordedCall&, const RecordedCall&) = default;
};

/// A recording that stands whole under its name.
struct WholeRecording {
    std::string file;  ///< its name in the recordings folder
    RecordedCall of;
    /// Of the file, pauses included; none: nobody can tell, it was mended after a crash.
    std::optional<std::chrono::milliseconds> length;
    std::string sha256;  ///< of the file, lower-case hexadecimal
    UtcTime at;          ///< when it became whole
};

/// Durable when it returns. A recording of no call that the store knows is left out, and so is one
/// whose name or call has a row. Errors: the store's.
[[nodiscard]] Result<void> keep_recording(Store& store, const WholeRecording& recording);

/// How long the recordings of a contact's attempts are; without an entry: not known, or none. Any
/// thread. Errors: Unavailable, Corrupt.
[[nodiscard]] Result<std::map<AttemptId, std::chrono::milliseconds>> recording_lengths_of(
    const Store& store, ContactId contact);

}  // namespace bellwether::store
