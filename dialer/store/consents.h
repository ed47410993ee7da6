#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/enum_names.h"
#include "base/ids.h"
#include "base/phone_number.h"
#include "base/result.h"
#include "base/time.h"

namespace bellwether::store {

class Store;

enum class ConsentForm { Written, Oral };

/// How a consent came to be, or was taken back.
enum class ConsentChannel {
    Web,
    Paper,
    Voice,  ///< said on a recorded line
    Api,
    Agent,    ///< told an agent
    Keypad,   ///< pressed the opt-out key
    Command,  ///< an operator entered it
};

struct Revocation {
    UtcTime at;
    ConsentChannel channel = ConsentChannel::Command;
    std::string actor;
    std::string reason;    ///< free text; may be empty
    std::string artefact;  ///< where the proof of it is; may be empty
};

/// One consent to be called, with what every regime asks to be kept of it (research: compliance
/// 1.8). Days and instants are ISO 8601 text, as they were given: a day begins where the number is.
/// Empty text: not known.
struct ConsentRecord {
    std::int64_t id = 0;  ///< given by the store
    ClientId client{};    ///< the seller it was given to; 0: every client of this store
    PhoneNumber number;
    std::string name;
    std::string given;                  ///< a day, or an instant with its offset
    std::vector<std::string> purposes;  ///< empty: any
    std::vector<std::string> topics;
    std::vector<std::string> channels;  ///< "live", "autodialed", "prerecorded", "sms"
    ConsentForm form = ConsentForm::Oral;
    std::string jurisdiction;
    std::optional<ConsentChannel> method;
    std::string request_sha256;   ///< of the request as it was presented
    std::string response_sha256;  ///< of the answer: signature, recording, form
    std::string evidence_uri;     ///< where both are kept
    std::string script_version;
    std::string collector;
    std::string expires;
    std::string rnd_checked;           ///< the day the reassigned-numbers database was asked
    std::string rnd_result;            ///< its answer: yes, no, no data
    std::optional<UtcTime> last_used;  ///< the last call that rested on it
    std::optional<Revocation> revoked;
    UtcTime recorded;
    std::string actor;  ///< who recorded it
};

/// Adds all of them, or none. Returns how many were new: one that says the same as one on record
/// (client, number, given, channels, request) is not added again.
[[nodiscard]] Result<std::int64_t> add_consents(Store& store,
                                                std::span<const ConsentRecord> consents);

/// Of one number for one client (0: for every client), the oldest first, revoked ones too.
[[nodiscard]] Result<std::vector<ConsentRecord>> consents_of(const Store& store, PhoneNumber number,
                                                             ClientId client);

/// Takes back every consent of the number to the client (0: to every client); in force when this
/// returns: no INVITE that rests on it is sent, and one already sent is cancelled unless answered
/// (as promise R7). Returns how many were in force.
[[nodiscard]] Result<std::int64_t> revoke_consents(Store& store, PhoneNumber number,
                                                   ClientId client, const Revocation& revocation);

}  // namespace bellwether::store

namespace bellwether {
template <>
inline constexpr auto kEnumNames<store::ConsentForm> = names("written", "oral");
template <>
inline constexpr auto kEnumNames<store::ConsentChannel> = names("web", "paper", "voice", "api",
                                                                "agent", "keypad", "command");
}  // namespace bellwether
