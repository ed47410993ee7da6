#include "dialer/sip/fork_watch.h"

#include <algorithm>

namespace bellwether::sip {

void ForkWatch::watch(const std::string& sip_call_id, CallId call) {
    calls_.insert_or_assign(sip_call_id, Watched{call, {}});
}

void ForkWatch::release(const std::string& sip_call_id, Elapsed now) {
    if (calls_.contains(sip_call_id)) released_.emplace_back(now, sip_call_id);
}

void ForkWatch::answered(std::string_view sip_call_id, std::string_view to_tag) {
    const auto found = calls_.find(sip_call_id);
    if (found == calls_.end()) return;
    auto& tags = found->second.tags;
    if (std::find(tags.begin(), tags.end(), to_tag) != tags.end()) return;
    tags.emplace_back(to_tag);
    if (tags.size() > 1) on_extra_(found->second.call);
}

void ForkWatch::expire(Elapsed now) {
    while (!released_.empty() && now - released_.front().first > kForkMemory) {
        calls_.erase(released_.front().second);
        released_.pop_front();
    }
}

}  // namespace bellwether::sip
