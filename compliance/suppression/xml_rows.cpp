#include "compliance/suppression/xml_rows.h"

#include <algorithm>
#include <cstring>
#include <optional>
#include <string>
#include <utility>

#include "compliance/suppression/row_batch.h"
#include "compliance/suppression/text_row.h"

namespace bellwether::compliance::suppression {
namespace {

constexpr std::string_view kBlanks = " \t\r\n";

/// `name='value'`, the value in either kind of quotes; none: there is no such attribute.
std::optional<std::string_view> attribute(std::string_view tag, std::string_view name) {
    for (auto at = tag.find(name); at != std::string_view::npos; at = tag.find(name, at + 1)) {
        if (at == 0 || kBlanks.find(tag[at - 1]) == std::string_view::npos) continue;
        std::string_view rest = tag.substr(at + name.size());
        const auto equals = rest.find_first_not_of(kBlanks);
        if (equals == std::string_view::npos || rest[equals] != '=') continue;
        rest.remove_prefix(equals + 1);
        const auto quote = rest.find_first_not_of(kBlanks);
        if (quote == std::string_view::npos) continue;
        if (rest[quote] != '\'' && rest[quote] != '"') continue;
        const auto end = rest.find(rest[quote], quote + 1);
        if (end == std::string_view::npos) continue;
        return rest.substr(quote + 1, end - quote - 1);
    }
    return std::nullopt;
}

class XmlParser final : public RowParser {
public:
    explicit XmlParser(RowTaker& taker) : batch_{taker} {}

    Result<void> push(std::string_view bytes) override {
        while (!bytes.empty()) {
            const auto end = bytes.find(in_tag_ ? '>' : '<');
            const std::string_view part = bytes.substr(0, end);
            carried_ += part;
            if (carried_.size() > kRowMax && !is_blank()) return too_long();
            if (end == std::string_view::npos) return {};
            bytes.remove_prefix(end + 1);
            if (in_tag_ && carried_.starts_with("!--") && !carried_.ends_with("--")) {
                carried_ += '>';  // inside a comment it is a sign like others
                continue;
            }
            if (auto taken = in_tag_ ? tag(carried_) : text(carried_); !taken) return taken;
            lines_ += static_cast<std::uint64_t>(std::ranges::count(carried_, '\n'));
            carried_.clear();
            in_tag_ = !in_tag_;
        }
        return {};
    }

    Result<void> finish() override {
        if (in_tag_) return fail(Errc::InvalidInput, "the file ends inside a tag: is it whole?");
        if (auto taken = text(carried_); !taken) return taken;
        batch_.flush();
        return {};
    }

private:
    [[nodiscard]] bool is_blank() {
        if (carried_.find_first_not_of(kBlanks) != std::string::npos) return false;
        lines_ += static_cast<std::uint64_t>(std::ranges::count(carried_, '\n'));
        carried_.clear();  // blanks without end need no memory
        return true;
    }

    [[nodiscard]] Result<void> too_long() const {
        return fail(Errc::InvalidInput, "line " + std::to_string(lines_) +
                                            " begins a tag or text of more than " +
                                            std::to_string(kRowMax) + " bytes");
    }

    Result<void> text(std::string_view between) {
        const auto first = between.find_first_not_of(kBlanks);
        if (first == std::string_view::npos) return {};
        const auto above = std::ranges::count(between.substr(0, first), '\n');
        batch_.taker().reject(lines_ + static_cast<std::uint64_t>(above), RowFault::Tag,
                              between.substr(first));
        return {};
    }

    Result<void> tag(std::string_view tag) {
        if (tag.empty() || tag.front() == '?' || tag.front() == '!') return {};
        const std::string_view name = tag.substr(0, tag.find_first_of(" \t\r\n/", 1));
        if (name == "/ac") area_.clear();
        if (tag.front() == '/') return {};
        if (name == "list") return list(tag);
        const auto value = attribute(tag, "val");
        if (name == "ac") {
            area_ = value.value_or("");
        } else if (name == "ph") {
            number(value.value_or(""), tag);
        } else if (value) {
            batch_.taker().reject(lines_, RowFault::Tag, tag);
        }
        return {};
    }

    Result<void> list(std::string_view tag) {
        const auto type = attribute(tag, "type");
        if (!type || *type == "full") return {};
        return fail(Errc::InvalidInput,
                    "line " + std::to_string(lines_) +
                        ": the list's type is not full: only full lists are read as XML");
    }

    void number(std::string_view digits, std::string_view tag) {
        constexpr std::size_t kWhole = 10;  // with its area code
        ListRow row{};
        const bool is_whole = digits.size() == kWhole;
        const FoundFault fault = is_whole ? read_nanp(digits.substr(0, 3), digits.substr(3), row)
                                          : read_nanp(area_, digits, row);
        if (fault) {
            batch_.taker().reject(lines_, *fault, tag);
        } else {
            batch_.add(row);
        }
    }

    RowBatch batch_;
    std::string carried_;  ///< of the tag or text that has not ended
    std::string area_;
    bool in_tag_ = false;
    std::uint64_t lines_ = 1;  ///< the one that the tag or text begins on
};

}  // namespace

std::unique_ptr<RowParser> make_xml_parser(RowTaker& taker) {
    return std::make_unique<XmlParser>(taker);
}

}  // namespace bellwether::compliance::suppression
