#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "base/enum_names.h"
#include "base/time.h"
#include "simulator/carrier/call_script.h"

namespace bellwether::carrier {

/// Why a person wakes up. At most one alarm of each kind is set at a time.
enum class PersonWake {
    Alert,     ///< the phone begins to ring
    Decide,    ///< answer, or refuse
    Greet,     ///< the first word
    Reply,     ///< a word or a key, after the far side has finished speaking
    Leave,     ///< has talked enough
    Patience,  ///< has heard nothing for too long
    StayEnd,   ///< has stayed for too long
};
inline constexpr std::size_t kPersonWakes = 7;

// What a person perceives.
struct Invited {};
struct PersonWoken {
    PersonWake wake;
};
struct FarSpeaks {};
struct FarQuiet {};
using PersonEvent = std::variant<Invited, PersonWoken, FarSpeaks, FarQuiet>;

// What a person does.
struct Ring {};
/// What is heard of somebody or something.
enum class Words { Greeting, Reply, Voicemail, Fax, Screening, Announcement, Ringback };
struct SoundEarly {  ///< 183 with early media
    Words words;
};
struct Answer {};
struct Refuse {
    int status;
};
struct Say {
    Words words;
    std::uint64_t voice;  ///< picks the sound
};
struct PressKeys {
    std::string keys;
};
struct Leave {};  ///< hang up; the last command
/// Wake me in `in`; replaces an alarm of the same kind.
struct SetAlarm {
    PersonWake wake;
    Duration in;
};
struct ClearAlarm {
    PersonWake wake;
};
using PersonCommand =
    std::variant<Ring, SoundEarly, Answer, Refuse, Say, PressKeys, Leave, SetAlarm, ClearAlarm>;

/// A person, or what takes the call in a person's place, behind the practice carrier, from the
/// INVITE to the hang-up: events in, commands out, no clock and no chance of its own. A person who
/// is gone takes no notice of further events, because alarms and sounds cross the hang-up.
///
/// Not responsible for: CANCEL and BYE from the far side (the owner drops the person), and keeping
/// the alarms.
class Person {
public:
    explicit Person(CallScript script) : script_{std::move(script)} {}

    [[nodiscard]] std::vector<PersonCommand> handle(const PersonEvent& event);

    [[nodiscard]] const CallScript& script() const { return script_; }
    [[nodiscard]] bool is_up() const { return stage_ == Stage::Up; }

private:
    enum class Stage { Idle, Ringing, Up, Gone };
    using Commands = std::vector<PersonCommand>;

    void on(const Invited&, Commands& out);
    void on(const PersonWoken& woken, Commands& out);
    void on(const FarSpeaks&, Commands& out);
    void on(const FarQuiet&, Commands& out);
    void alert(Commands& out);
    void decide(Commands& out);
    void talk(Commands& out);
    void greet(Commands& out);
    void reply(Commands& out);
    void may_leave(Commands& out);
    void hang_up(Commands& out);
    [[nodiscard]] bool talks() const { return script_.replies.empty(); }
    /// A machine or a fax: it goes on, whatever is said to it.
    [[nodiscard]] bool is_deaf() const {
        return script_.party == Party::Machine || script_.party == Party::Fax;
    }
    [[nodiscard]] bool has_reply() const { return next_reply_ < script_.replies.size(); }

    CallScript script_;
    Stage stage_ = Stage::Idle;
    bool screens_ = false;  // an assistant has the call
    std::size_t next_reply_ = 0;
    std::uint64_t said_ = 0;
    bool far_speaks_ = false;
    bool about_to_reply_ = false;
    bool courtesy_given_ = false;
};

}  // namespace bellwether::carrier

namespace bellwether {

template <>
inline constexpr auto kEnumNames<carrier::PersonWake> = names("ALERT", "DECIDE", "GREET", "REPLY",
                                                              "LEAVE", "PATIENCE", "STAY_END");

}  // namespace bellwether
