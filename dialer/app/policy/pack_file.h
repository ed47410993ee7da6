#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "compliance/policy/pack.h"
#include "dialer/app/files/problem.h"

namespace bellwether::app {

/// A policy pack from its TOML (docs/guide/packs.md). Every problem comes with its line: an unknown
/// kind or key, a missing citation, overlapping dates.
/// @param file  how problems name it.
[[nodiscard]] Checked<compliance::policy::Pack> parse_pack(std::string_view toml,
                                                           const std::string& file);

/// The packs of a program: those it ships, each replaced by one of a folder that has its id, and
/// the folder's own.
class PackShelf {
public:
    /// @param folder  its *.toml are read; empty: the shipped ones alone. Never changes afterwards.
    [[nodiscard]] static Checked<PackShelf> open(const std::filesystem::path& folder);

    /// By id. They live as long as any copy of the shelf.
    [[nodiscard]] const std::vector<const compliance::policy::Pack*>& packs() const {
        return by_id_;
    }
    /// Every zone that a rule names ("America/Chicago"), each once.
    [[nodiscard]] std::vector<std::string> rule_zones() const;

private:
    [[nodiscard]] Checked<void> add(std::string_view toml, const std::string& file);

    std::vector<std::shared_ptr<const compliance::policy::Pack>> packs_;
    std::vector<const compliance::policy::Pack*> by_id_;
};

}  // namespace bellwether::app
