#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/nearest_name.h"
#include "compliance/evidence/canonical_json.h"
#include "compliance/policy/text_forms.h"

namespace bellwether::compliance::policy {

/// The first thing wrong with a case; empty: nothing.
using CaseFault = std::string;

/// Reads the members of one JSON object. Null counts as absent. Each reader leaves its variable
/// alone when the member is absent, and notes the first fault when it has another form. finish()
/// refuses members that nobody asked for.
class Fields {
public:
    /// @param where  how faults name the object: "campaign", or "" for the case itself.
    Fields(const evidence::Value& value, std::string where, CaseFault& fault)
        : object_{value.object()}, where_{std::move(where)}, fault_{fault} {
        if (object_ == nullptr) note({}, "must be an object");
    }

    /// The member, asked for; null if absent or null.
    const evidence::Value* find(std::string_view key) {
        asked_.emplace_back(key);
        if (object_ == nullptr) return nullptr;
        const auto found = object_->find(key);
        return found == object_->end() || found->second.is_null() ? nullptr : &found->second;
    }
    /// Is it there, and null?
    [[nodiscard]] bool is_null(std::string_view key) const {
        if (object_ == nullptr) return false;
        const auto found = object_->find(key);
        return found != object_->end() && found->second.is_null();
    }

    void boolean(std::string_view key, bool& out) {
        const auto* member = find(key);
        if (member == nullptr) return;
        if (const bool* value = member->boolean()) {
            out = *value;
        } else {
            note(key, "must be true or false");
        }
    }

    bool integer(std::string_view key, std::int64_t low, std::int64_t high, std::int64_t& out) {
        const auto* member = find(key);
        if (member == nullptr) return false;
        const auto* value = member->integer();
        if (value == nullptr || *value < low || *value > high) {
            note(key,
                 "must be a whole number, " + std::to_string(low) + " to " + std::to_string(high));
        } else {
            out = *value;
        }
        return true;
    }

    /// Keeps the member's text with `keep`, which answers with the kept view.
    template <class Keep>
    void text(std::string_view key, std::string_view& out, const Keep& keep) {
        if (const auto* value = text_of(key)) out = keep(*value);
    }

    template <class E>
    bool choice(std::string_view key, E& out) {
        const auto* value = text_of(key);
        if (value == nullptr) return false;
        if (const auto known = enum_from_name<E>(*value)) {
            out = *known;
        } else {
            note(key, "is not known: " + *value);
        }
        return true;
    }
    template <class E>
    void choice(std::string_view key, std::optional<E>& out) {
        E value{};
        if (choice(key, value)) out = value;
    }

    void when(std::string_view key, std::optional<When>& out) {
        const auto* value = text_of(key);
        if (value == nullptr) return;
        out = parse_when(*value);
        if (!out) note(key, "must be a date, or an instant with Z");
    }

    void instant(std::string_view key, std::optional<UtcTime>& out) {
        const auto* value = text_of(key);
        if (value == nullptr) return;
        out = parse_instant(*value);
        if (!out) note(key, "must be an instant, as 2026-11-23T13:00:00Z");
    }

    template <class Read>
    void object(std::string_view key, const Read& read) {
        const auto* member = find(key);
        if (member == nullptr) return;
        Fields fields{*member, name_of_key(key), fault_};
        read(fields);
        fields.finish();
    }

    /// Calls `read(value, name)` for each member of a list.
    template <class Read>
    bool list(std::string_view key, const Read& read) {
        const auto* member = find(key);
        if (member == nullptr) return false;
        const auto* array = member->array();
        if (array == nullptr) {
            note(key, "must be a list");
            return true;
        }
        for (std::size_t i = 0; i < array->size(); ++i) {
            read((*array)[i], name_of_key(key) + "[" + std::to_string(i) + "]");
        }
        return true;
    }
    template <class Read>
    bool objects(std::string_view key, const Read& read) {
        return list(key, [&](const evidence::Value& value, std::string name) {
            Fields fields{value, std::move(name), fault_};
            read(fields);
            fields.finish();
        });
    }
    bool texts(std::string_view key, std::vector<std::string>& out) {
        return list(key, [&](const evidence::Value& value, const std::string& name) {
            if (const auto* text = value.text()) {
                out.push_back(*text);
            } else {
                note_at(name, "must be text");
            }
        });
    }

    void require(std::string_view key) {
        if (object_ == nullptr) return;
        const auto found = object_->find(key);
        if (found == object_->end() || found->second.is_null()) note(key, "is missing");
    }

    /// Visits the object's members, asked for or not, as texts.
    template <class Visit>
    void each_text(const Visit& visit) {
        if (object_ == nullptr) return;
        for (const auto& [key, value] : *object_) {
            asked_.push_back(key);
            if (const auto* text = value.text()) {
                visit(key, *text);
            } else {
                note(key, "must be text");
            }
        }
    }

    void finish() {
        if (object_ == nullptr) return;
        for (const auto& [key, value] : *object_) {
            bool is_asked = false;
            for (const std::string& name : asked_) is_asked = is_asked || name == key;
            if (is_asked) continue;
            const std::vector<std::string_view> known(asked_.begin(), asked_.end());
            const auto near = nearest_name(key, known);
            note(key,
                 near ? "is not known: did you mean " + std::string{*near} + "?" : "is not known");
        }
    }

    void note(std::string_view key, const std::string& text) { note_at(name_of_key(key), text); }

private:
    const std::string* text_of(std::string_view key) {
        const auto* member = find(key);
        if (member == nullptr) return nullptr;
        if (member->text() == nullptr) note(key, "must be text");
        return member->text();
    }
    [[nodiscard]] std::string name_of_key(std::string_view key) const {
        if (key.empty()) return where_.empty() ? "the case" : where_;
        return where_.empty() ? std::string{key} : where_ + "." + std::string{key};
    }
    void note_at(const std::string& name, const std::string& text) {
        if (fault_.empty()) fault_ = name + " " + text;
    }

    const evidence::Object* object_;
    std::string where_;
    CaseFault& fault_;
    std::vector<std::string> asked_;
};

}  // namespace bellwether::compliance::policy
