#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/enum_names.h"
#include "campaigns/form/form.h"

namespace bellwether::campaigns::form {

/// Why an item needs no more asking.
enum class Settled : std::uint8_t {
    Played,    ///< a note that was heard (or read out)
    Answered,  ///< with a value
    DontKnow,
    Refused,
    NoInput,
    NoMatch,
    None,      ///< left empty on purpose: a lone #
    Recorded,  ///< with a recording, whose id is the value; its words are not known yet
};

/// Why an answer that was given is taken back.
enum class ClearCause : std::uint8_t {
    NotRelevant,  ///< an answer before it has changed, and it is not asked any more
    ChoiceGone,   ///< the filter leaves a chosen one out
    Constraint,   ///< it has become impossible
};

/// Where a row stands: the instance, from 1, of each repeat around it, outermost first.
using InstancePath = std::vector<std::uint16_t>;

/// A note or a question, or one instance of it. A repeat without a count has an item per instance
/// too, its own index last: whether there is (another) one.
struct ItemId {
    RowIndex row = kNoRow;
    InstancePath instance;

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("row", self.row);
        visit("instance", self.instance);
    }
    friend auto operator<=>(const ItemId&, const ItemId&) = default;
};

/// An item that is settled.
struct Mark {
    ItemId item;
    Settled how = Settled::Played;
    std::string value;  ///< canonical; empty unless Answered or Recorded

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("item", self.item);
        visit("how", self.how);
        visit("value", self.value);
    }
    friend bool operator==(const Mark&, const Mark&) = default;
};

/// A value that stays: of a default, or of a calculation with once().
struct KeptValue {
    ItemId item;
    std::string value;

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("item", self.item);
        visit("value", self.value);
    }
    friend bool operator==(const KeptValue&, const KeptValue&) = default;
};

/// A name and a value: a column of the contact, a field of the call.
struct NamedText {
    std::string name;
    std::string value;

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("name", self.name);
        visit("value", self.value);
    }
    friend bool operator==(const NamedText&, const NamedText&) = default;
};

enum class Mode : std::uint8_t { Line, Interviewer };

/// What an interview knows that is not of the form: given when an attempt begins.
struct InterviewFacts {
    std::uint32_t seed = 1;  ///< of the interview, 31 bits; the same at each attempt
    std::string now;         ///< the call was answered, YYYY-MM-DDTHH:MM:SS±HH:MM, campaign's zone
    std::string language;    ///< a code of Form::languages; empty or unknown: the form's default
    Mode mode = Mode::Line;
    /// An interviewer has the person, or waits while he answers by keypad: what only one mode asks
    /// is left to it, and the interview is over when both have asked.
    bool mixed = false;
    bool agents = false;             ///< may the person ask for an agent?
    bool promised_agent = false;     ///< he expects one, who is free: sought before the first item
    bool quotas = false;             ///< quotas decide before each item (InterviewStep::ask_quotas)
    std::vector<NamedText> contact;  ///< Form::contact_columns are enough; personal data
    std::vector<NamedText> tel;  ///< fields of ${tel.…} besides language and mode; personal data

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("seed", self.seed);
        visit("now", self.now);
        visit("language", self.language);
        visit("mode", self.mode);
        visit("mixed", self.mixed);
        visit("agents", self.agents);
        visit("promised_agent", self.promised_agent);
        visit("quotas", self.quotas);
        visit.personal("contact", self.contact);
        visit.personal("tel", self.tel);
    }
};

/// The answers of an interview and what they were given under. Plain data.
struct Answers {
    InterviewFacts facts;
    std::vector<Mark> marks;              ///< by item, each once
    std::vector<KeptValue> kept;          ///< by item; defaults, and once() calculations
    std::vector<RowIndex> closed_groups;  ///< not relevant any more: their quota cell is full

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("facts", self.facts);
        visit.personal("marks", self.marks);
        visit.personal("kept", self.kept);
        visit("closed_groups", self.closed_groups);
    }
};

/// `visit[1]/spent`: how an item is named in paths, answer files and exports. Groups are not in it.
[[nodiscard]] std::string key_of(const Form& form, const ItemId& item);
/// The inverse; none: no such row, or the instances do not fit its repeats.
[[nodiscard]] std::optional<ItemId> item_of(const Form& form, std::string_view key);

/// null: the item is not settled.
[[nodiscard]] const Mark* find_mark(const Answers& answers, const ItemId& item);
/// Sets or replaces the mark of its item.
void put_mark(Answers& answers, Mark mark);

}  // namespace bellwether::campaigns::form

namespace bellwether {
template <>
inline constexpr auto kEnumNames<campaigns::form::Settled> = names("PLAYED", "ANSWERED", "DK",
                                                                   "REFUSED", "NO_INPUT",
                                                                   "NO_MATCH", "NONE", "RECORDED");
template <>
inline constexpr auto kEnumNames<campaigns::form::ClearCause> = names("NOT_RELEVANT", "CHOICE_GONE",
                                                                      "CONSTRAINT");
template <>
inline constexpr auto kEnumNames<campaigns::form::Mode> = names("LINE", "INTERVIEWER");
}  // namespace bellwether
