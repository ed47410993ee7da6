#include "dialer/engine/codec.h"

#include <array>
#include <cstddef>
#include <nlohmann/json.hpp>
#include <type_traits>
#include <utility>

#include "base/enum_names.h"
#include "base/probability.h"

namespace bellwether::engine {
namespace {

using Json = nlohmann::ordered_json;

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

class Writer {
public:
    Writer(Json& object, Json& personal) : object_{object}, personal_{personal} {}

    template <class T>
    void operator()(const char* name, const T& value) {
        object_[name] = write(value, personal_);
    }

    template <class T>
    void personal(const char* name, const T& value) {
        object_[name] = personal_.size();
        personal_.push_back(write(value, personal_));
    }

    template <class T>
    static Json write(const T& value, Json& personal) {
        if constexpr (HasFields<const T>) {
            Json object = Json::object();
            T::fields(value, Writer{object, personal});
            return object;
        } else if constexpr (NamedEnum<T>) {
            return name_of(value);
        } else if constexpr (IdEnum<T>) {
            return std::to_string(static_cast<std::uint64_t>(value));
        } else if constexpr (kIsDuration<T>) {
            return value.count();
        } else if constexpr (kIsTimePoint<T>) {
            return value.time_since_epoch().count();
        } else if constexpr (kIsOptional<T>) {
            return value ? write(*value, personal) : Json(nullptr);
        } else if constexpr (kIsSequence<T> || kIsSet<T>) {
            Json list = Json::array();
            for (const auto& item : value) list.push_back(write(item, personal));
            return list;
        } else if constexpr (kIsMap<T>) {
            Json list = Json::array();
            for (const auto& [key, item] : value) list.push_back(write(item, personal));
            return list;
        } else if constexpr (std::is_same_v<T, Probability>) {
            return value.value();
        } else if constexpr (std::is_same_v<T, char>) {
            return std::string(1, value);
        } else {
            return value;
        }
    }

private:
    Json& object_;
    Json& personal_;
};

template <class T>
Encoded to_text(const T& value, std::string_view name) {
    Json object = Json::object();
    Json personal = Json::array();
    object["is"] = name;
    T::fields(value, Writer{object, personal});
    return {object.dump(), personal.empty() ? std::string{} : personal.dump()};
}

// --- reading ---

/// What a reading shares: the side table, and the first field that was missing or wrong.
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

class Reader {
public:
    Reader(const Json& object, ReadContext& context) : object_{object}, context_{context} {}

    template <class T>
    void operator()(const char* name, T& value) {
        const auto found = object_.find(name);
        if (found == object_.end()) return context_.note(name);
        read(name, *found, value, context_);
    }

    template <class T>
    void personal(const char* name, T& value) {
        const auto found = object_.find(name);
        if (found == object_.end() || !found->is_number_unsigned()) return context_.note(name);
        const auto index = found->template get<std::size_t>();
        if (index < context_.personal.size()) read(name, context_.personal[index], value, context_);
    }

    template <class T>
    static void read(const char* name, const Json& json, T& value, ReadContext& context) {
        if constexpr (HasFields<T>) {
            if (!json.is_object()) return context.note(name);
            T::fields(value, Reader{json, context});
        } else if constexpr (NamedEnum<T>) {
            const auto parsed = enum_from_name<T>(json.get<std::string>());
            if (!parsed) return context.note(name);
            value = *parsed;
        } else if constexpr (IdEnum<T>) {
            value = static_cast<T>(std::stoull(json.get<std::string>()));
        } else if constexpr (kIsDuration<T>) {
            value = T{json.get<typename T::rep>()};
        } else if constexpr (kIsTimePoint<T>) {
            value = T{typename T::duration{json.get<typename T::rep>()}};
        } else if constexpr (kIsOptional<T>) {
            if (json.is_null()) {
                value.reset();
            } else {
                read(name, json, value.emplace(), context);
            }
        } else if constexpr (kIsSequence<T>) {
            value.clear();
            for (const Json& item : json) read(name, item, value.emplace_back(), context);
        } else if constexpr (kIsSet<T>) {
            value.clear();
            for (const Json& item : json) {
                typename T::value_type member{};
                read(name, item, member, context);
                value.insert(member);
            }
        } else if constexpr (kIsMap<T>) {
            value.clear();
            for (const Json& item : json) {
                typename T::mapped_type mapped{};
                read(name, item, mapped, context);
                value.emplace(key_of<typename T::key_type>(mapped), std::move(mapped));
            }
        } else if constexpr (std::is_same_v<T, Probability>) {
            const double number = json.get<double>();
            if (!(number >= 0.0 && number <= 1.0)) return context.note(name);
            value = Probability{number};
        } else if constexpr (std::is_same_v<T, char>) {
            const auto text = json.get<std::string>();
            if (text.size() != 1) return context.note(name);
            value = text.front();
        } else {
            value = json.get<T>();
        }
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

Encoded encode(const EngineState& state) { return to_text(state, "ENGINE_STATE"); }

Result<Event> decode_event(std::string_view text, std::string_view personal) {
    return from_text<Event>(text, personal, [](const Json& object, ReadContext& context) {
        return read_event(object.at("is").get<std::string>(), object, context);
    });
}

Result<EngineState> decode_state(std::string_view text, std::string_view personal) {
    return from_text<EngineState>(
        text, personal, [](const Json& object, ReadContext& context) -> Result<EngineState> {
            EngineState state;
            EngineState::fields(state, Reader{object, context});
            return state;
        });
}

}  // namespace bellwether::engine
