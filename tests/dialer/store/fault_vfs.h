#pragma once

#include <string>

namespace bellwether::store::test {

enum class Fault {
    DiskFull,   ///< this write and all later ones find no room
    DiskError,  ///< this write or sync, and all later ones, report an input/output error
};

/// A SQLite VFS over the system's, whose n-th write or sync from now on fails. One per process,
/// registered at first use; count and fault are shared by all threads.
class FaultVfs {
public:
    /// The name to open a store with.
    [[nodiscard]] static std::string name();

    static void fail_from(long nth, Fault fault);  ///< nth >= 1, counting from this call
    static void heal();
    [[nodiscard]] static bool has_failed();  ///< since fail_from() or heal()
};

}  // namespace bellwether::store::test
