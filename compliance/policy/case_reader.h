#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "compliance/evidence/canonical_json.h"
#include "compliance/policy/dial_case.h"

namespace bellwether::compliance::policy {

/// What the reader must ask somebody else.
struct CaseSources {
    /// The zone of that IANA name, with data from before `now` on; null: there is none. What it
    /// returns must outlive the case.
    std::function<Zone(std::string_view name, UtcTime now)> zone;
    /// Where the number may be, as zone names; asked only where the case names none.
    std::function<std::vector<std::string>(std::string_view e164)> zones_of_number;
    /// Every zone of a region ("US-FL"); asked only where the case names none.
    std::function<std::vector<std::string>(std::string_view region)> zones_of_region;
    /// What the numbering plan says; asked only where the case does not say so itself.
    std::function<NumberKind(std::string_view e164)> kind_of_number;
    /// Zones that rules name ("America/Chicago").
    std::vector<std::string> rule_zones{};
    /// A stored case says number.kind; one that a caller writes may not.
    bool is_stored = false;
};

/// A case with all that it points to. Moves keep its views right.
class ReadCase {
public:
    [[nodiscard]] const DialCase& facts() const;
    /// The packs that the case asks for; none: they are to be chosen.
    [[nodiscard]] const std::optional<std::vector<std::string>>& packs() const;

    struct Held;
    explicit ReadCase(std::unique_ptr<Held> held);
    ReadCase(ReadCase&&) noexcept;
    ReadCase& operator=(ReadCase&&) noexcept;
    ReadCase(const ReadCase&) = delete;
    ReadCase& operator=(const ReadCase&) = delete;
    ~ReadCase();

private:
    std::unique_ptr<Held> held_;
};

/// Reads a case in the shape of `bellwether compliance decide`. Errors: InvalidInput, naming the
/// key: a key that is unknown, missing or of another form, a zone that does not exist.
[[nodiscard]] Result<ReadCase> read_case(const evidence::Value& value, const CaseSources& sources);

}  // namespace bellwether::compliance::policy
