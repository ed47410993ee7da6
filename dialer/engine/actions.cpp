#include "dialer/engine/actions.h"

#include <type_traits>

namespace bellwether::engine {
namespace {

template <class A>
constexpr bool kStores =
    std::is_same_v<A, AskForContacts> || std::is_same_v<A, ReleaseContact> ||
    std::is_same_v<A, StoreAttempt> || std::is_same_v<A, StoreMilestone> ||
    std::is_same_v<A, StoreOutcome> || std::is_same_v<A, StoreAccount> ||
    std::is_same_v<A, StoreInterview> || std::is_same_v<A, StoreAnswers> ||
    std::is_same_v<A, StoreQuota> || std::is_same_v<A, StoreInterviewNote> ||
    std::is_same_v<A, StoreRefusal> || std::is_same_v<A, StoreSuppression> ||
    std::is_same_v<A, StoreAgentState> || std::is_same_v<A, StoreCampaignState> ||
    std::is_same_v<A, StoreDetection> || std::is_same_v<A, StoreDetectionTruth> ||
    std::is_same_v<A, StoreDisposition> || std::is_same_v<A, StoreCallback> ||
    std::is_same_v<A, StoreConversion> || std::is_same_v<A, StoreTransfer> || std::is_same_v<A, StoreInbound> ||
    std::is_same_v<A, StoreInboundStep> || std::is_same_v<A, StoreQuality>;

}  // namespace

bool is_store_action(const Action& action) {
    return std::visit([](const auto& a) { return kStores<std::decay_t<decltype(a)>>; }, action);
}

}  // namespace bellwether::engine
