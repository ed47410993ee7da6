#pragma once

#include <string>

#include "campaigns/form/evaluate.h"
#include "campaigns/form/picture.h"

namespace bellwether::campaigns::form {

/// What an expression of a row sees from one scope of a picture.
class CellFacts final : public Facts {
public:
    CellFacts(const Picture& picture, RowIndex row, std::uint32_t scope)
        : picture_{picture}, row_{row}, scope_{scope} {}

    /// The answer that a constraint is about.
    void set_own(std::string own) { own_ = std::move(own); }
    /// The choice that a filter is about.
    void set_choice(const Choice* choice) { choice_ = choice; }

    [[nodiscard]] std::string value(RowIndex row) const override;
    [[nodiscard]] NodeSet values(RowIndex row) const override;
    [[nodiscard]] std::size_t instances(RowIndex repeat) const override;
    [[nodiscard]] std::string indexed(RowIndex row, std::span<const Instance> where) const override;
    [[nodiscard]] std::string own() const override { return own_; }
    [[nodiscard]] std::string kept() const override;
    [[nodiscard]] std::size_t position(int levels) const override;
    [[nodiscard]] std::string contact(std::string_view column) const override;
    [[nodiscard]] std::string tel(std::string_view field) const override;
    [[nodiscard]] std::string choice_column(std::string_view column) const override;
    [[nodiscard]] std::string choice_label(RowIndex row, std::string_view name) const override;
    [[nodiscard]] std::string missing(RowIndex row) const override;
    [[nodiscard]] std::string now() const override { return picture_.answers_.facts.now; }
    [[nodiscard]] double random() const override;
    [[nodiscard]] std::string language() const override;

private:
    /// The scopes at the end of `chain`, below the deepest of its repeats that encloses this cell.
    [[nodiscard]] std::vector<std::uint32_t> scopes_below(const std::vector<RowIndex>& chain) const;
    void gather(std::uint32_t scope, std::span<const RowIndex> chain,
                std::vector<std::uint32_t>& found) const;

    const Picture& picture_;
    RowIndex row_;
    std::uint32_t scope_;
    std::string own_;
    const Choice* choice_ = nullptr;
};

}  // namespace bellwether::campaigns::form
