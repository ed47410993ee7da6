#pragma once

#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "campaigns/form/expression.h"
#include "campaigns/form/values.h"

namespace bellwether::campaigns::form {

/// What an expression may ask of the interview it is evaluated in. An implementation stands at one
/// row and instance; it answers the same to the same question for as long as it lives.
class Facts {
public:
    /// A repeat and the instance of it that is meant, from 1.
    using Instance = std::pair<RowIndex, double>;

    virtual ~Facts() = default;

    [[nodiscard]] virtual std::string value(RowIndex row) const = 0;
    [[nodiscard]] virtual NodeSet values(RowIndex row) const = 0;
    /// Of a repeat, below the place where the expression stands.
    [[nodiscard]] virtual std::size_t instances(RowIndex repeat) const = 0;
    /// Empty if there is no such instance.
    [[nodiscard]] virtual std::string indexed(RowIndex row,
                                              std::span<const Instance> where) const = 0;
    [[nodiscard]] virtual std::string own() const = 0;  ///< `.`
    [[nodiscard]] virtual std::string kept()
        const = 0;  ///< what once() gave before; empty: nothing
    /// Index from 1 of the enclosing instance, `levels` up.
    [[nodiscard]] virtual std::size_t position(int levels) const = 0;
    [[nodiscard]] virtual std::string contact(std::string_view column) const = 0;
    [[nodiscard]] virtual std::string tel(std::string_view field) const = 0;
    [[nodiscard]] virtual std::string choice_column(std::string_view column) const = 0;
    /// The label of a choice of a question in the language of the interview.
    [[nodiscard]] virtual std::string choice_label(RowIndex row, std::string_view name) const = 0;
    [[nodiscard]] virtual std::string missing(RowIndex row) const = 0;
    /// The moment the call was answered, `YYYY-MM-DDTHH:MM:SS±HH:MM` in the campaign's zone.
    [[nodiscard]] virtual std::string now() const = 0;
    [[nodiscard]] virtual double random() const = 0;
    [[nodiscard]] virtual std::string language() const = 0;
};

/// Texts that grow beyond this are cut: a calculation that doubles a text each time would otherwise
/// fill the memory.
inline constexpr std::size_t kTextBytesMax = 65'536;

/// The value of a bound expression. Rules: research/surveys.md 1.5 to 1.7. Cannot fail.
/// @param expression  not empty.
[[nodiscard]] Value evaluate(const Expression& expression, const Facts& facts);

}  // namespace bellwether::campaigns::form
