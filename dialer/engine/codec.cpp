#include "dialer/engine/codec.h"

#include <charconv>
#include <cmath>
#include <concepts>
#include <cstddef>
#include <nlohmann/json.hpp>
#include <type_traits>
#include <utility>

#include "base/enum_names.h"
#include "base/probability.h"
#include "dialer/engine/json_text.h"

namespace bellwether::engine {
namespace {

using Json = nlohmann::ordered_json;

constexpr const char* kStateName = "ENGINE_STATE";

// --- which C++ type is written how ---

struct AnyVisitor {
    template <class T>
    void operator()(const char*, T&) {}
    template <class T>
    void personal(const char*, T&) {}
};

template <class T>
concept HasFields = requires(T& value, AnyVisitor visitor) {
    T::fields(value, visitor);
};

template <class T>
concept NamedEnum = std::is_enum_v<T> &&(kEnumNames<T>.size() > 0);

template <class T>
concept IdEnum = std::is_enum_v<T> &&(kEnumNames<T>.size() == 0);

template <class T>
constexpr bool kIsDuration = false;
template <class R, class P>
constexpr bool kIsDuration<std::chrono::duration<R, P>> = true;

template <class T>
constexpr bool kIsTimePoint = false;
template <class C, class D>
constexpr bool kIsTimePoint<std::chrono::time_point<C, D>> = true;

template <class T>
constexpr bool kIsOptional = false;
template <class T>
constexpr bool kIsOptional<std::optional<T>> = true;

template <class T>
constexpr bool kIsSequence = false;
template <class T>
constexpr bool kIsSequence<std::vector<T>> = true;
template <class T>
constexpr bool kIsSequence<std::deque<T>> = true;

template <class T>
constexpr bool kIsSet = false;
template <class T>
constexpr bool kIsSet<std::set<T>> = true;

template <class T>
constexpr bool kIsMap = false;
template <class K, class V>
constexpr bool kIsMap<std::map<K, V>> = true;

// --- writing ---

/// The side table while it is written: items in order of appearance, without the brackets.
struct Side {
    std::string items;
    std::size_t count = 0;
};

class Writer {
public:
    /// @param out  a JSON object's text after its opening brace.
    Writer(std::string& out, Side& side) : out_{out}, side_{side} {}

    template <class T>
    void operator()(const char* name, const T& value) {
        write_name(name);
        write(out_, value, side_);
    }

    template <class T>
    void personal(const char* name, const T& value) {
        write_name(name);
        write_unsigned(out_, side_.count);
        if (side_.count > 0) side_.items += ',';
        ++side_.count;
        write(side_.items, value, side_);
    }

private:
    void write_name(std::string_view name) {
        if (out_.back() != '{') out_ += ',';
        out_ += '"';
        out_ += name;
        out_ += "\":";
    }

    template <class T>
    static void write(std::string& out, const T& value, Side& side) {
        if constexpr (HasFields<const T>) {
            out += '{';
            T::fields(value, Writer{out, side});
            out += '}';
        } else if constexpr (NamedEnum<T>) {
            write_string(out, name_of(value));
        } else if constexpr (IdEnum<T>) {
            out += '"';
            write_unsigned(out, static_cast<std::uint64_t>(value));
            out += '"';
        } else if constexpr (kIsDuration<T>) {
            write_integer(out, value.count());
        } else if constexpr (kIsTimePoint<T>) {
            write_integer(out, value.time_since_epoch().count());
        } else if constexpr (kIsOptional<T>) {
            if (value) return write(out, *value, side);
            out += "null";
        } else if constexpr (kIsSequence<T> || kIsSet<T>) {
            out += '[';
            for (const auto& item : value) write_item(out, item, side);
            out += ']';
        } else if constexpr (kIsMap<T>) {
            out += '[';
            for (const auto& [key, item] : value) write_item(out, item, side);
            out += ']';
        } else {
            write_plain(out, value);
        }
    }

    template <class T>
    static void write_item(std::string& out, const T& item, Side& side) {
        if (out.back() != '[') out += ',';
        write(out, item, side);
    }

    static void write_plain(std::string& out, const Probability& value) {
        write_double(out, value.value());
    }
    static void write_plain(std::string& out, const std::string& value) {
        write_string(out, value);
    }
    static void write_plain(std::string& out, char value) { write_string(out, {&value, 1}); }
    static void write_plain(std::string& out, bool value) { out += value ? "true" : "false"; }
    template <class T>
    requires std::is_arithmetic_v<T>
    static void write_plain(std::string& out, T value) {
        if constexpr (std::is_floating_point_v<T>) {
            write_double(out, value);
        } else if constexpr (std::is_unsigned_v<T>) {
            write_unsigned(out, value);
        } else {
            write_integer(out, value);
        }
    }

    std::string& out_;
    Side& side_;
};

template <class T>
Encoded to_text(const T& value, std::string_view name) {
    Encoded encoded;
    Side side;
    encoded.text = "{\"is\":\"";
    encoded.text += name;
    encoded.text += '"';
    T::fields(value, Writer{encoded.text, side});
    encoded.text += '}';
    if (side.count > 0) encoded.personal = '[' + side.items + ']';
    return encoded;
}

// --- reading ---

/// What a reading shares: the side table, and the first field that was wrong.
struct ReadContext {
    const Json& personal;
    std::string fault;

    void note(const char* field) {
        if (fault.empty()) fault = field;
    }
};

/// A map's value knows its own key, so maps are written as lists.
template <class K>
K key_of(const Campaign& campaign) {
    return campaign.spec.id;
}
template <class K>
K key_of(const Agent& agent) {
    return agent.id;
}
template <class K>
K key_of(const Call& call) {
    return call.id;
}
template <class K>
K key_of(const CoolingNumber& cooling) {
    return cooling.number;
}

template <class K>
K key_of(const campaigns::quota::Respondent& respondent) {
    return respondent.id;
}

/// A field that is not there keeps its default (codec.h).
class Reader {
public:
    Reader(const Json& object, ReadContext& context) : object_{object}, context_{context} {}

    template <class T>
    void operator()(const char* name, T& value) {
        const auto found = object_.find(name);
        if (found != object_.end()) read(name, *found, value, context_);
    }

    template <class T>
    void personal(const char* name, T& value) {
        const auto found = object_.find(name);
        if (found == object_.end()) return;
        if (!found->is_number_unsigned()) return context_.note(name);
        const auto index = found->template get<std::size_t>();
        if (index < context_.personal.size()) read(name, context_.personal[index], value, context_);
    }

    template <class T>
    static void read(const char* name, const Json& json, T& value, ReadContext& context) {
        if constexpr (HasFields<T>) {
            if (!json.is_object()) return context.note(name);
            T::fields(value, Reader{json, context});
        } else if constexpr (kIsDuration<T>) {
            typename T::rep count{};
            read(name, json, count, context);
            value = T{count};
        } else if constexpr (kIsTimePoint<T>) {
            typename T::duration since_epoch{};
            read(name, json, since_epoch, context);
            value = T{since_epoch};
        } else if constexpr (kIsOptional<T>) {
            if (json.is_null()) return value.reset();
            read(name, json, value.emplace(), context);
        } else if constexpr (kIsSequence<T> || kIsSet<T> || kIsMap<T>) {
            if (!json.is_array()) return context.note(name);
            value.clear();
            for (const Json& item : json) read_item(name, item, value, context);
        } else {
            if (!read_plain(json, value)) context.note(name);
        }
    }

    template <class T>
    static void read_item(const char* name, const Json& json, T& values, ReadContext& context) {
        if constexpr (kIsSequence<T>) {
            read(name, json, values.emplace_back(), context);
        } else if constexpr (kIsSet<T>) {
            typename T::value_type member{};
            read(name, json, member, context);
            values.insert(member);
        } else {
            typename T::mapped_type mapped{};
            read(name, json, mapped, context);
            values.emplace(key_of<typename T::key_type>(mapped), std::move(mapped));
        }
    }

    template <class T>
    static bool read_plain(const Json& json, T& value) {
        if constexpr (NamedEnum<T>) {
            if (!json.is_string()) return false;
            const auto parsed = enum_from_name<T>(json.template get_ref<const std::string&>());
            if (parsed) value = *parsed;
            return parsed.has_value();
        } else if constexpr (IdEnum<T>) {
            std::underlying_type_t<T> number{};
            const bool read = json.is_string() &&
                              whole_number(json.template get_ref<const std::string&>(), number);
            value = static_cast<T>(number);
            return read;
        } else if constexpr (std::is_same_v<T, Probability>) {
            if (!json.is_number()) return false;
            const auto number = json.template get<double>();
            if (!(number >= 0.0 && number <= 1.0)) return false;
            value = Probability{number};
            return true;
        } else if constexpr (std::is_same_v<T, char>) {
            if (!json.is_string()) return false;
            const auto& text = json.template get_ref<const std::string&>();
            if (text.size() != 1) return false;
            value = text.front();
            return true;
        } else {
            return read_value(json, value);
        }
    }

    static bool whole_number(const std::string& text, std::unsigned_integral auto& number) {
        const char* end = text.data() + text.size();
        const auto parsed = std::from_chars(text.data(), end, number);
        return parsed.ec == std::errc{} && parsed.ptr == end;
    }

    static bool read_value(const Json& json, std::string& value) {
        if (json.is_string()) value = json.get<std::string>();
        return json.is_string();
    }
    static bool read_value(const Json& json, bool& value) {
        if (json.is_boolean()) value = json.get<bool>();
        return json.is_boolean();
    }
    static bool read_value(const Json& json, double& value) {
        if (json.is_number()) value = json.get<double>();
        return json.is_number() && std::isfinite(value);
    }
    static bool read_value(const Json& json, float& value) {
        double wide = 0;
        const bool read = read_value(json, wide);
        value = static_cast<float>(wide);
        return read && std::isfinite(value);
    }
    /// An integer that the field can hold.
    static bool read_value(const Json& json, std::integral auto& value) {
        using Number = std::remove_reference_t<decltype(value)>;
        if (json.is_number_unsigned()) {
            const auto number = json.get<std::uint64_t>();
            value = static_cast<Number>(number);
            return std::in_range<Number>(number);
        }
        if (!json.is_number_integer()) return false;
        const auto number = json.get<std::int64_t>();
        value = static_cast<Number>(number);
        return std::in_range<Number>(number);
    }

private:
    const Json& object_;
    ReadContext& context_;
};

/// Parses both texts and hands them to `read`; whatever the JSON library throws becomes an Error.
template <class T, class Read>
Result<T> from_text(std::string_view text, std::string_view personal, Read read) {
    try {
        const Json object = Json::parse(text);
        const Json side = personal.empty() ? Json::array() : Json::parse(personal);
        ReadContext context{side, {}};
        Result<T> value = read(object, context);
        if (context.fault.empty()) return value;
        return fail(Errc::Corrupt, "journal text has no valid field '" + context.fault + "'");
    } catch (const std::exception&) {
        return fail(Errc::Corrupt, "journal text is not valid JSON of the expected types");
    }
}

template <std::size_t I = 0>
Result<Event> read_event(const std::string& name, const Json& object, ReadContext& context) {
    if constexpr (I == std::variant_size_v<Event>) {
        return fail(Errc::Corrupt, "journal text names an unknown event");
    } else {
        using E = std::variant_alternative_t<I, Event>;
        if (name != E::kName) return read_event<I + 1>(name, object, context);
        E event;
        E::fields(event, Reader{object, context});
        return Event{std::move(event)};
    }
}

}  // namespace

Encoded encode(const Event& event) {
    return std::visit([](const auto& e) { return to_text(e, e.kName); }, event);
}

Encoded encode(const Action& action) {
    return std::visit([](const auto& a) { return to_text(a, a.kName); }, action);
}

Encoded encode(const EngineState& state) { return to_text(state, kStateName); }

std::string encode(const answer_detect::Evidence& evidence) {
    return to_text(evidence, "EVIDENCE").text;
}

Result<Event> decode_event(std::string_view text, std::string_view personal) {
    return from_text<Event>(text, personal, [](const Json& object, ReadContext& context) {
        return read_event(object.at("is").get<std::string>(), object, context);
    });
}

Result<EngineState> decode_state(std::string_view text, std::string_view personal) {
    return from_text<EngineState>(
        text, personal, [](const Json& object, ReadContext& context) -> Result<EngineState> {
            if (object.at("is").get<std::string>() != kStateName)
                return fail(Errc::Corrupt, "journal text is no state");
            EngineState state;
            EngineState::fields(state, Reader{object, context});
            return state;
        });
}

}  // namespace bellwether::engine
