#include "dialer/app/survey/answer_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "base/nearest_name.h"
#include "campaigns/cell_text.h"
#include "campaigns/form/calendar.h"
#include "campaigns/form/values.h"
#include "dialer/app/files/json_text.h"
#include "dialer/app/survey/nfc.h"

namespace bellwether::app {

namespace {

namespace form = campaigns::form;

constexpr std::uint64_t kSeedMax = 2'147'483'646;  // as tel::seed: research/surveys.md 1.8
constexpr std::size_t kProblemsMax = 100;
constexpr std::size_t kNameMax = 64;  // bytes, as names in the sheets; for messages
constexpr int kDepthMax = 8;          // of which three mean something
constexpr std::array<std::string_view, 6> kMembers{"language",   "contact", "keys",
                                                   "hang_up_at", "now",     "seed"};

/// A name as a step of a JSON pointer: RFC 6901, 3.
std::string pointer_step(std::string_view name) {
    std::string step;
    for (const char c : name.substr(0, 80)) {
        if (c == '~') {
            step += "~0";
        } else if (c == '/') {
            step += "~1";
        } else {
            step += c;
        }
    }
    return step;
}

class AnswerReader {
public:
    AnswerReader(std::string file, const form::Form& read) : file_{std::move(file)}, form_{read} {}

    Checked<form::Script> read(std::string_view text) {
        const auto body = parse(text);
        if (body) take(*body);
        if (!problems_.empty()) return tl::unexpected(std::move(problems_));
        return std::move(script_);
    }

private:
    void problem(const std::string& pointer, std::string what) {
        if (problems_.size() < kProblemsMax)
            problems_.push_back(
                {file_, 0, pointer.empty() ? std::move(what) : pointer + ": " + std::move(what)});
    }

    /// The file as JSON. A member that stands twice is a problem: one of them would be lost.
    std::optional<Json> parse(std::string_view text) {
        std::vector<std::set<std::string>> members;
        bool deep = false;
        const auto watch = [&](int depth, Json::parse_event_t event, Json& value) {
            if (event == Json::parse_event_t::object_start) members.emplace_back();
            if (event == Json::parse_event_t::object_end) members.pop_back();
            if (event == Json::parse_event_t::key &&
                !members.back().insert(value.get<std::string>()).second) {
                problem("/" + pointer_step(value.get<std::string>()),
                        "stands twice in one object; keep one of them");
            }
            deep = deep || depth > kDepthMax;
            return depth <= kDepthMax;
        };
        try {
            Json body = Json::parse(text, watch);
            if (deep) problem("", "is nested deeper than an answer file can be");
            return body;
        } catch (const Json::parse_error& error) {
            at_byte(text, std::min<std::size_t>(error.byte, text.size() + 1));
        } catch (const Json::exception&) {  // a number beyond every range
            problem("", "holds a number that is too large");
        }
        return std::nullopt;
    }

    /// @param byte  from 1: where reading stopped
    void at_byte(std::string_view text, std::size_t byte) {
        const std::string_view before = text.substr(0, byte == 0 ? 0 : byte - 1);
        const auto line = 1 + std::ranges::count(before, '\n');
        const auto column = before.size() - (before.rfind('\n') + 1) + 1;
        problems_.push_back(
            {file_, static_cast<int>(line),
             fmt::format("column {}: is not JSON from here on; write an object such "
                         "as {{\"keys\": {{\"question\": \"1\"}}}}",
                         column)});
    }

    void take(const Json& body) {
        if (!body.is_object())
            return problem("", fmt::format("is {}, not an object; write one such as "
                                           "{{\"keys\": {{\"question\": \"1\"}}}}",
                                           body.type_name()));
        for (const auto& [name, value] : body.items()) {
            if (std::ranges::find(kMembers, name) != kMembers.end()) continue;
            const auto nearest = nearest_name(name.substr(0, kNameMax), kMembers);
            problem("/" + pointer_step(name),
                    "is not known; " + (nearest ? fmt::format("did you mean '{}'?", *nearest)
                                                : "known are " + known_members()));
        }
        take_language(body);
        take_contact(body);
        take_keys(body);
        if (const auto key = text(body, "hang_up_at", true)) {
            if (is_item("/hang_up_at", *key)) script_.hang_up_at = *key;
        }
        take_now(body);
        take_seed(body);
    }

    static std::string known_members() {
        std::string names;
        for (const auto name : kMembers) names += (names.empty() ? "" : ", ") + std::string{name};
        return names;
    }

    /// A member that is text; none: it is absent (or null, where that may be), or a problem.
    std::optional<std::string> text(const Json& body, const char* name, bool may_be_null = false) {
        const auto member = body.find(name);
        if (member == body.end() || (may_be_null && member->is_null())) return std::nullopt;
        if (member->is_string()) return member->get<std::string>();
        problem("/" + std::string{name}, fmt::format("is {}, not a string", member->type_name()));
        return std::nullopt;
    }

    void take_language(const Json& body) {
        const auto language = text(body, "language", true);
        if (!language || language->empty()) return;
        script_.language = campaigns::lower_case(*language);
        if (std::ranges::find(form_.languages, script_.language) != form_.languages.end()) return;
        std::string known;
        for (const auto& code : form_.languages) known += (known.empty() ? "" : ", ") + code;
        problem("/language", fmt::format("'{}' is no language of the questionnaire; it has {}",
                                         script_.language.substr(0, 40), known));
    }

    void take_contact(const Json& body) {
        const auto contact = body.find("contact");
        if (contact == body.end()) return;
        if (!contact->is_object())
            return problem("/contact", fmt::format("is {}, not an object", contact->type_name()));
        for (const auto& [name, value] : contact->items()) {
            if (value.is_string()) {
                script_.contact.push_back({name, value.get<std::string>()});
            } else if (value.is_number()) {
                script_.contact.push_back({name, form::number_text(value.get<double>())});
            } else {
                problem("/contact/" + pointer_step(name),
                        fmt::format("is {}; columns of a contact are strings", value.type_name()));
            }
        }
    }

    void take_keys(const Json& body) {
        const auto keys = body.find("keys");
        if (keys == body.end()) return;
        if (!keys->is_object())
            return problem("/keys", fmt::format("is {}, not an object", keys->type_name()));
        for (const auto& [name, value] : keys->items()) {
            const std::string pointer = "/keys/" + pointer_step(name);
            if (!is_item(pointer, name)) continue;
            form::Script::Keys& entry = script_.keys[name];
            if (value.is_string()) {
                entry = {{to_nfc(value.get<std::string>())}, true};
            } else if (value.is_array()) {
                take_entries(pointer, value, entry);
            } else {
                problem(pointer, fmt::format("is {}; give a string, or an array with a string for "
                                             "each time it is asked",
                                             value.type_name()));
            }
        }
    }

    void take_entries(const std::string& pointer, const Json& value, form::Script::Keys& entry) {
        for (std::size_t i = 0; i < value.size(); ++i) {
            if (value[i].is_string()) {
                entry.entries.push_back(to_nfc(value[i].get<std::string>()));
            } else {
                problem(fmt::format("{}/{}", pointer, i),
                        fmt::format("is {}, not a string", value[i].type_name()));
            }
        }
    }

    bool is_item(const std::string& pointer, const std::string& key) {
        const auto item = form::item_of(form_, key);
        if (item) {
            const form::RowType type = form_.rows[item->row].type;
            if (type < form::RowType::Calculate || type == form::RowType::Repeat) return true;
            problem(pointer, "is never presented: it is no note and no question");
            return false;
        }
        const std::string name = key.substr(key.rfind('/') + 1).substr(0, kNameMax);
        const auto row = form::find_row(form_, name);
        if (row != form::kNoRow) {
            std::string written;
            for (const auto repeat : form::repeats_of(form_, row))
                written += form_.rows[repeat].name + "[1]/";
            problem(pointer, fmt::format("names no item; write {}{}", written, name));
            return false;
        }
        std::vector<std::string_view> names;
        for (const form::Row& one : form_.rows) names.push_back(one.name);
        const auto nearest = nearest_name(name, names);
        problem(pointer, "names no item of the questionnaire" +
                             (nearest ? fmt::format("; did you mean '{}'?", *nearest) : ""));
        return false;
    }

    void take_now(const Json& body) {
        const auto now = text(body, "now");
        if (!now) return;
        script_.now = *now;
        if (!form::parse_moment(*now))
            problem("/now", "is no moment; write it as 2026-11-22T18:30:00+01:00");
    }

    void take_seed(const Json& body) {
        const auto seed = body.find("seed");
        if (seed == body.end()) return;
        const bool fits = seed->is_number_unsigned() && seed->get<std::uint64_t>() >= 1 &&
                          seed->get<std::uint64_t>() <= kSeedMax;
        if (!fits) return problem("/seed", "is no whole number from 1 to 2147483646");
        script_.seed = static_cast<std::uint32_t>(seed->get<std::uint64_t>());
    }

    std::string file_;
    const form::Form& form_;
    form::Script script_;
    Problems problems_;
};

}  // namespace

Checked<form::Script> parse_answer_file(std::string_view text, const std::string& file,
                                        const form::Form& read) {
    return AnswerReader{file, read}.read(text);
}

}  // namespace bellwether::app
