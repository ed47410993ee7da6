#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace bellwether::campaigns::import {

/// Something of the other program's questionnaire that did not come over as it was.
struct ImportNote {
    std::uint64_t line = 0;  ///< of the file, from 1; 0: the file as a whole
    std::string what;
    std::string mend;

    friend bool operator==(const ImportNote&, const ImportNote&) = default;
};

/// A questionnaire made from another program's.
struct Imported {
    std::string survey;  ///< CSV, as in form::FormSheets
    std::string choices;
    std::string settings;
    std::string quotas;             ///< empty: none
    std::vector<ImportNote> lost;   ///< constructs that are not in the sheets; by line
    std::vector<ImportNote> notes;  ///< what was changed or passed over without harm; by line
};

/// A sheet being made: rows of cells by the names of their columns.
class SheetRows {
public:
    using Row = std::map<std::string, std::string, std::less<>>;

    /// @param columns  in the order in which they are to stand.
    explicit SheetRows(std::vector<std::string> columns) : columns_{std::move(columns)} {}

    /// A new row at the end; its reference holds until the next.
    Row& add() { return rows_.emplace_back(); }
    [[nodiscard]] std::vector<Row>& rows() { return rows_; }
    [[nodiscard]] const std::vector<Row>& rows() const { return rows_; }

    /// RFC 4180, with the columns in which anything stands; empty without rows. A cell of a column
    /// that was not named is a bug.
    [[nodiscard]] std::string csv() const;

private:
    std::vector<std::string> columns_;
    std::vector<Row> rows_;
};

/// Makes names of columns from other programs' names, each once.
class Names {
public:
    /// `wanted` with `_` for what a name cannot hold and a letter in front, at most 64 bytes; with
    /// a number behind it if it is taken already (letter case ignored).
    [[nodiscard]] std::string make(std::string_view wanted);

private:
    std::map<std::string, int> taken_;
};

/// `text` as a literal of an expression: 'text', "text", or concat() where it holds both quotes.
[[nodiscard]] std::string literal_of(std::string_view text);

/// Conditions joined by `and`, each in brackets unless it is the only one; empty ones are left out.
[[nodiscard]] std::string all_of(const std::vector<std::string>& conditions);

/// Adds a character to a UTF-8 text. Source: RFC 3629, 3. `c` must be at most U+10FFFF.
void append_utf8(std::string& out, char32_t c);

/// A text without its HTML: tags out, `<br>`, `<p>` and their like as blanks, entities as their
/// characters, runs of white space as one blank.
struct PlainText {
    std::string text;
    bool had_html = false;  ///< something was taken out
};
[[nodiscard]] PlainText plain_text(std::string_view html);

}  // namespace bellwether::campaigns::import
