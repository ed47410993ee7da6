#include "simulator/world/raw_json.h"

#include <cstddef>
#include <nlohmann/json.hpp>

namespace bellwether::simulator {
namespace {

/// Walks text that is known to be valid JSON.
class Scanner {
public:
    explicit Scanner(std::string_view text) : text_{text} {}

    void skip_space() {
        while (at_ < text_.size() && is_space(text_[at_])) ++at_;
    }
    [[nodiscard]] char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }
    void step() { ++at_; }

    /// The value that begins here, as it stands.
    std::string_view value() {
        const std::size_t begin = at_;
        int depth = 0;
        do {
            const char c = text_[at_];
            if (c == '"') {
                skip_string();
                continue;
            }
            if (depth == 0 && (c == ',' || c == '}' || c == ']' || c == ':' || is_space(c))) break;
            if (c == '{' || c == '[') ++depth;
            if (c == '}' || c == ']') --depth;
            ++at_;
            if (depth == 0 && (c == '}' || c == ']')) break;
        } while (at_ < text_.size());
        return text_.substr(begin, at_ - begin);
    }

private:
    static bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

    void skip_string() {
        for (++at_; text_[at_] != '"'; ++at_) {
            if (text_[at_] == '\\') ++at_;
        }
        ++at_;
    }

    std::string_view text_;
    std::size_t at_ = 0;
};

std::string_view without_quotes(std::string_view key) { return key.substr(1, key.size() - 2); }

}  // namespace

std::optional<std::vector<std::pair<std::string_view, std::string_view>>> raw_members(
    std::string_view text) {
    if (!nlohmann::json::accept(text)) return std::nullopt;
    Scanner scanner{text};
    scanner.skip_space();
    if (scanner.peek() != '{') return std::nullopt;
    scanner.step();
    std::vector<std::pair<std::string_view, std::string_view>> members;
    for (scanner.skip_space(); scanner.peek() != '}'; scanner.skip_space()) {
        if (scanner.peek() == ',') {
            scanner.step();
            scanner.skip_space();
        }
        const std::string_view key = without_quotes(scanner.value());
        scanner.skip_space();
        scanner.step();  // the colon
        scanner.skip_space();
        members.emplace_back(key, scanner.value());
    }
    return members;
}

std::optional<std::vector<std::string_view>> raw_items(std::string_view text) {
    if (!nlohmann::json::accept(text)) return std::nullopt;
    Scanner scanner{text};
    scanner.skip_space();
    if (scanner.peek() != '[') return std::nullopt;
    scanner.step();
    std::vector<std::string_view> items;
    for (scanner.skip_space(); scanner.peek() != ']'; scanner.skip_space()) {
        if (scanner.peek() == ',') {
            scanner.step();
            scanner.skip_space();
        }
        items.push_back(scanner.value());
    }
    return items;
}

}  // namespace bellwether::simulator
