#pragma once

#include <cstdint>

namespace bellwether {

// One type per thing, so that ids cannot be mixed. 0 names nothing. All fit a signed 64-bit column.
enum class ClientId : std::uint64_t {};    ///< client organisation on whose behalf we call
enum class CampaignId : std::uint64_t {};  ///< one job done with one list
enum class ListId : std::uint64_t {};      ///< imported contact list
enum class ContactId : std::uint64_t {};   ///< the person (or household) to reach
enum class NumberId : std::uint64_t {
};  ///< stands for a phone number wherever the number must not be
enum class AttemptId : std::uint64_t {};    ///< one try at one number of one contact
enum class CallId : std::uint64_t {};       ///< one SIP leg, to a contact or to an agent's phone
enum class AgentId : std::uint64_t {};      ///< a person who takes bridged calls
enum class InterviewId : std::uint64_t {};  ///< one pass through a questionnaire
enum class CallbackId : std::uint64_t {};   ///< a promise to call somebody again
enum class RequestId : std::uint64_t {};    ///< a command waiting for its reply; 0: nobody waits
enum class Epoch : std::uint32_t {
};  ///< counts starts of the service on one store; fences old owners

template <class Id>
[[nodiscard]] constexpr std::uint64_t value_of(Id id) {
    return static_cast<std::uint64_t>(id);
}

}  // namespace bellwether
