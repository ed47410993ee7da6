#include "dialer/app/files/consent_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <set>

#include "campaigns/csv.h"
#include "compliance/policy/text_forms.h"
#include "dialer/app/handlers/handlers.h"
#include "dialer/store/file_source.h"

namespace bellwether::app {
namespace {

using store::ConsentRecord;

constexpr std::string_view kPhone = "phone";
constexpr std::array<std::string_view, 4> kRequired = {kPhone, "given", "channels", "form"};
constexpr std::array<std::string_view, 4> kChannels = {"live", "autodialed", "prerecorded", "sms"};
constexpr std::array<std::string_view, 3> kRndAnswers = {"yes", "no", "no data"};

std::vector<std::string> words_of(std::string_view cell) {
    std::vector<std::string> words;
    std::string word;
    for (const char c : cell) {
        const bool parts = c == ' ' || c == ';' || c == '|';
        if (!parts) word += c;
        if (parts && !word.empty()) words.push_back(std::exchange(word, {}));
    }
    if (!word.empty()) words.push_back(word);
    std::ranges::sort(words);
    words.erase(std::ranges::unique(words).begin(), words.end());
    return words;
}

using Read = Result<void>;

tl::unexpected<Error> refuse(std::string text) { return fail(Errc::InvalidInput, std::move(text)); }

Read read_day(std::string_view cell, std::string& out) {
    if (!compliance::policy::parse_when(cell))
        return refuse("must be a day (2026-01-05) or an instant with its offset");
    out = cell;
    return {};
}

template <std::size_t count>
bool is_one_of(std::string_view cell, const std::array<std::string_view, count>& words) {
    return std::ranges::find(words, cell) != words.end();
}

Read read_sha256(std::string_view cell, std::string& out) {
    const bool is_hex = std::ranges::all_of(
        cell, [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
    if (cell.size() != 64 || !is_hex) return refuse("must be 64 hex digits, in lower case");
    out = cell;
    return {};
}

Read read_channels(std::string_view cell, ConsentRecord& consent) {
    consent.channels = words_of(cell);
    for (const auto& channel : consent.channels) {
        if (!is_one_of(channel, kChannels))
            return refuse("must be of live, autodialed, prerecorded, sms");
    }
    if (consent.channels.empty()) return refuse("is empty");
    return {};
}

template <class Name, class Out>
Read read_name(std::string_view cell, Out& out, const char* names) {
    const auto found = enum_from_name<Name>(cell);
    if (!found) return refuse(fmt::format("must be {}", names));
    out = *found;
    return {};
}

/// One column's cell, which is not empty.
using CellReader = Read (*)(std::string_view cell, ConsentRecord& out);

template <std::string ConsentRecord::*member>
Read as_text(std::string_view cell, ConsentRecord& out) {
    out.*member = cell;
    return {};
}

template <std::vector<std::string> ConsentRecord::*member>
Read as_words(std::string_view cell, ConsentRecord& out) {
    out.*member = words_of(cell);
    return {};
}

template <std::string ConsentRecord::*member>
Read as_day(std::string_view cell, ConsentRecord& out) {
    return read_day(cell, out.*member);
}

template <std::string ConsentRecord::*member>
Read as_sha256(std::string_view cell, ConsentRecord& out) {
    return read_sha256(cell, out.*member);
}

struct Column {
    std::string_view name;
    CellReader read;
};

const std::array kColumns = {
    Column{"given", as_day<&ConsentRecord::given>},
    Column{"channels",
           [](std::string_view cell, ConsentRecord& out) { return read_channels(cell, out); }},
    Column{"form",
           [](std::string_view cell, ConsentRecord& out) {
               return read_name<store::ConsentForm>(cell, out.form, "written or oral");
           }},
    Column{"name", as_text<&ConsentRecord::name>},
    Column{"purposes", as_words<&ConsentRecord::purposes>},
    Column{"topics", as_words<&ConsentRecord::topics>},
    Column{"jurisdiction", as_text<&ConsentRecord::jurisdiction>},
    Column{"method",
           [](std::string_view cell, ConsentRecord& out) {
               return read_name<store::ConsentChannel>(
                   cell, out.method, "web, paper, voice, api, agent, keypad or command");
           }},
    Column{"request_sha256", as_sha256<&ConsentRecord::request_sha256>},
    Column{"response_sha256", as_sha256<&ConsentRecord::response_sha256>},
    Column{"evidence_uri", as_text<&ConsentRecord::evidence_uri>},
    Column{"script_version", as_text<&ConsentRecord::script_version>},
    Column{"collector", as_text<&ConsentRecord::collector>},
    Column{"expires", as_day<&ConsentRecord::expires>},
    Column{"rnd_checked", as_day<&ConsentRecord::rnd_checked>},
    Column{"rnd_result",
           [](std::string_view cell, ConsentRecord& out) -> Read {
               if (!is_one_of(cell, kRndAnswers)) return refuse("must be yes, no or no data");
               out.rnd_result = cell;
               return {};
           }},
};

class ConsentReader {
public:
    ConsentReader(campaigns::ByteSource& source, const std::string& region)
        : csv_{source, {}}, region_{region} {}

    Result<ConsentFile> run() {
        while (true) {
            const auto step = csv_.next();
            if (!step) return tl::unexpected(step.error());
            if (*step == campaigns::CsvStep::End) break;
            if (*step == campaigns::CsvStep::Fault) {
                reject(csv_.fault().at.row, describe(csv_.fault()));
            } else if (columns_.empty()) {
                if (const auto heading = take_heading(csv_.row()); !heading)
                    return tl::unexpected(heading.error());
            } else {
                take(csv_.row());
            }
        }
        if (columns_.empty()) return refuse("the file is empty: it needs a heading");
        return std::move(file_);
    }

private:
    Read take_heading(const campaigns::CsvRow& row) {
        std::set<std::string_view> seen;
        for (std::size_t i = 0; i < row.fields.size(); ++i) {
            const std::string_view field = row.fields[i];
            const auto found =
                std::ranges::find_if(kColumns, [&](const Column& c) { return c.name == field; });
            if (field != kPhone && found == kColumns.end())
                return refuse(fmt::format("the column \"{}\" is not known", field));
            if (!seen.insert(field).second)
                return refuse(fmt::format("the column \"{}\" stands there twice", field));
            if (field == kPhone) phone_ = i;
            columns_.push_back(field == kPhone ? nullptr : &*found);
        }
        for (const std::string_view name : kRequired) {
            if (!seen.contains(name))
                return refuse(fmt::format("the column \"{}\" is missing", name));
        }
        return {};
    }

    void take(const campaigns::CsvRow& row) {
        const auto number = read_number(std::string{row.fields[phone_]}, region_);
        if (!number) return reject(row.at.row, number.error().detail);
        ConsentRecord consent{.number = *number};
        for (std::size_t i = 0; i < columns_.size(); ++i) {
            if (i == phone_) continue;
            if (const auto read = take_cell(*columns_[i], row.fields[i], consent); !read)
                return reject(row.at.row, read.error().detail);
        }
        ++file_.read;
        file_.consents.push_back(std::move(consent));
    }

    static Read take_cell(const Column& column, std::string_view cell, ConsentRecord& consent) {
        const bool is_required = std::ranges::find(kRequired, column.name) != kRequired.end();
        if (cell.empty() && is_required) return refuse(fmt::format("{} is empty", column.name));
        if (cell.empty()) return {};
        if (const auto read = column.read(cell, consent); !read)
            return refuse(fmt::format("{} {}", column.name, read.error().detail));
        return {};
    }

    void reject(std::uint64_t row, std::string reason) {
        ++file_.read;
        file_.rejects.push_back({row, std::move(reason)});
    }

    campaigns::CsvReader csv_;
    const std::string& region_;
    std::vector<const Column*> columns_;  ///< null: the phone column
    std::size_t phone_ = 0;
    ConsentFile file_;
};

}  // namespace

Result<ConsentFile> read_consent_file(const std::filesystem::path& file,
                                      const std::string& region) {
    const auto source = store::FileSource::open(file);
    if (!source) return tl::unexpected(source.error());
    auto read = ConsentReader{**source, region}.run();
    if (read) read->hash = (*source)->hash();
    return read;
}

}  // namespace bellwether::app
