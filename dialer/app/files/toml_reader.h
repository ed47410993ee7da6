#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/enum_names.h"
#include "base/probability.h"
#include "base/result.h"
#include "dialer/app/files/problem.h"
#include "dialer/app/files/toml_tree.h"

namespace bellwether::app {

/// Reads one table of a TOML file into variables. Every reader leaves its variable alone when the
/// key is absent, and notes a problem when the value has another type, unit or range; reading goes
/// on, so that all problems of a file come at once. Call finish() last: a key that nobody asked for
/// is a problem.
class TomlReader {
public:
    using Milliseconds = std::chrono::milliseconds;

    /// @param where  how problems name the table: "" for the top, "trunk" for [trunk].
    /// @param line   of the table: problems with a key that is absent name it.
    /// The table, `file` and `problems` must outlive the reader.
    TomlReader(const TomlTable& table, std::string where, const std::string& file,
               Problems& problems, int line = 0);

    // Each returns whether the key is there (with a right value or not).
    bool text(std::string_view key, std::string& out);
    bool text(std::string_view key, std::optional<std::string>& out);
    bool boolean(std::string_view key, bool& out);
    bool integer(std::string_view key, std::int64_t low, std::int64_t high, std::int64_t& out);
    bool integer(std::string_view key, std::int64_t low, std::int64_t high, int& out);
    bool port(std::string_view key, int low, std::uint16_t& out);
    bool number(std::string_view key, double low, double high, double& out);
    /// A whole number, with a point or without: 25 or 25.0.
    bool whole(std::string_view key, int low, int high, int& out);
    /// A list of so many numbers, as [1.0, 2.5].
    bool numbers(std::string_view key, std::size_t count, double low, double high,
                 std::vector<double>& out);
    bool duration(std::string_view key, Milliseconds low, Milliseconds high, Milliseconds& out);
    bool duration(std::string_view key, Milliseconds low, Milliseconds high,
                  std::chrono::seconds& out);
    bool percent(std::string_view key, Probability& out);
    bool texts(std::string_view key, std::vector<std::string>& out);
    /// A date without quotes and without a time: 2026-11-22.
    bool date(std::string_view key, std::optional<std::chrono::year_month_day>& out);

    /// A value with a rule of its own: `parse` answers with what is wrong ("is not …"), or nothing.
    bool parsed(std::string_view key, const std::function<Result<void>(const std::string&)>& parse);

    /// An enum by its written name, case and '-' for '_' ignored.
    template <class E>
    bool choice(std::string_view key, E& out) {
        return parsed(key, [&out](const std::string& word) -> Result<void> {
            const auto value = enum_from_name<E>(enum_spelling(word));
            if (value) {
                out = *value;
                return {};
            }
            return fail(Errc::InvalidInput,
                        not_one_of(word, {kEnumNames<E>.begin(), kEnumNames<E>.end()}));
        });
    }

    /// Reads a subtable, if there, with its own reader (finished afterwards).
    bool section(std::string_view key, const std::function<void(TomlReader&)>& read);
    /// Reads each table of an array of tables.
    bool sections(std::string_view key, const std::function<void(TomlReader&)>& read);
    /// Visits every key of this table that no reader asked for yet, as text values; asks for them
    /// all.
    void remaining(const std::function<void(const std::string& key, const std::string& value,
                                            int line)>& visit);
    /// Likewise, as whole numbers from `low` to `high`; another value is a problem.
    void remaining_integers(
        std::int64_t low, std::int64_t high,
        const std::function<void(const std::string& key, int value, int line)>& visit);

    /// Asks for every key: for a table of which nothing can be said.
    void ignore_rest();

    void require(std::string_view key, std::string_view example);
    /// Notes a problem at the key's line (at the table's, if the key is absent).
    void problem(std::string_view key, std::string_view text);
    void problem_at(int line, std::string text);
    [[nodiscard]] bool has(std::string_view key) const;
    [[nodiscard]] bool is_text(std::string_view key) const;
    [[nodiscard]] int line_of(std::string_view key) const;

    void finish();

    static std::string enum_spelling(std::string_view word);  ///< "no-answer" -> "NO_ANSWER"
    static std::string not_one_of(std::string_view word, const std::vector<std::string>& allowed);

private:
    const TomlNode* find(std::string_view key);
    std::optional<double> number_of(std::string_view key, const TomlNode& node, double low,
                                    double high);
    template <class T>
    const T* find_as(std::string_view key, std::string_view expected);
    [[nodiscard]] std::string name_of_key(std::string_view key) const;

    const TomlTable& table_;
    std::string where_;
    const std::string& file_;
    Problems& problems_;
    int line_;
    std::vector<std::string> asked_;
};

}  // namespace bellwether::app
