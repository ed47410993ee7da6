#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/enum_names.h"

// Does a bundle prove what it says? compliance/verifier/bellwether_verify.cpp answers the same
// question with code of its own; tests hold the two together.

namespace bellwether::compliance::evidence {

enum class BundleVerdict {
    Ok,
    Altered,       ///< a record or file is not what was logged or signed
    Missing,       ///< a record or file that should be there is not
    Reordered,     ///< records stand in another order than they were logged
    Truncated,     ///< the log is shorter than an earlier checkpoint says
    BadSignature,  ///< the owner's key did not sign this
    Inconsistent,  ///< the log does not begin with what an earlier checkpoint signed
    Inconclusive,  ///< the bundle is too narrow to tell; export the whole log
    BadBundle,     ///< it cannot be read as a bundle
};

/// The first thing that is wrong, or Ok.
struct Finding {
    BundleVerdict verdict = BundleVerdict::Ok;
    std::optional<std::uint64_t> seq;  ///< the first record that is concerned, where one is
    std::string file;                  ///< likewise a file
    std::string why;                   ///< one sentence
    std::uint64_t records = 0;         ///< verified, if Ok
    std::uint64_t log_size = 0;        ///< of the bundle's checkpoint
    std::uint64_t sealed =
        0;  ///< records with a personal part, if Ok and the bundle has such parts
    std::uint64_t erased = 0;  ///< of these, whose part was erased
    std::string key;           ///< the verifier key that was believed
    bool is_key_own = false;   ///< it came from outside of the bundle
};

/// The bytes of a bundle's file; none: not there.
using BundleReader = std::function<std::optional<std::string>(const std::string& name)>;

struct CheckOptions {
    std::string key;  ///< a verifier key's text; empty: the bundle's own, which proves less
    std::vector<std::string> earlier;  ///< signed checkpoints kept from before
};

[[nodiscard]] Finding check_bundle(const BundleReader& read, const CheckOptions& options);

/// The same for one record's proof (`audit prove`), a JSON object.
[[nodiscard]] Finding check_proof(std::string_view proof, const CheckOptions& options);

}  // namespace bellwether::compliance::evidence

namespace bellwether {
template <>
inline constexpr auto kEnumNames<compliance::evidence::BundleVerdict> =
    names("OK", "ALTERED", "MISSING", "REORDERED", "TRUNCATED", "BAD_SIGNATURE", "INCONSISTENT",
          "INCONCLUSIVE", "BAD_BUNDLE");
}  // namespace bellwether
