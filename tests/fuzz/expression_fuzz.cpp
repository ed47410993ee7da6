// Any bytes as an expression: no crash, faults with their place, and evaluation of whatever parses
// ends, with texts within their limit.

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/check.h"
#include "campaigns/form/evaluate.h"

namespace {

using namespace bellwether::campaigns::form;

class AnyFacts final : public Facts {
public:
    std::string value(RowIndex) const override { return "12 a"; }
    NodeSet values(RowIndex) const override { return {"1", "", "x"}; }
    std::size_t instances(RowIndex) const override { return 2; }
    std::string indexed(RowIndex, std::span<const Instance>) const override { return "3"; }
    std::string own() const override { return "5"; }
    std::string kept() const override { return ""; }
    std::size_t position(int) const override { return 1; }
    std::string contact(std::string_view) const override { return "2026-02-28"; }
    std::string tel(std::string_view) const override { return "en"; }
    std::string choice_column(std::string_view) const override { return "7"; }
    std::string choice_label(RowIndex, std::string_view) const override { return "Ay"; }
    std::string missing(RowIndex) const override { return "dk"; }
    std::string now() const override { return "2026-01-15T12:00:00+00:00"; }
    double random() const override { return 0.25; }
    std::string language() const override { return "hu"; }
};

/// Does it hold what only binding refuses?
bool can_be_evaluated(const Expression& expression) {
    for (const Node& node : expression.nodes) {
        if (node.op == Op::Parents) return false;
    }
    return true;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view source{reinterpret_cast<const char*>(data), size};
    const auto expression = parse_expression(source);
    if (!expression) {
        BW_CHECK(expression.error().at <= size && !expression.error().what.empty());
        return 0;
    }
    if (!can_be_evaluated(*expression)) return 0;
    const Value value = evaluate(*expression, AnyFacts{});
    BW_CHECK(to_text(value).size() <= kTextBytesMax || size > 60'000);
    return 0;
}
