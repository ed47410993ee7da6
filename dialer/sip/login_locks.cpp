#include "dialer/sip/login_locks.h"

#include <algorithm>

namespace bellwether::sip {

bool LoginLocks::locked(std::string_view user, std::string_view source_ip, Elapsed now) const {
    const auto found = failures_.find(Key{user, source_ip});
    if (found == failures_.end()) return false;
    return found->second.count >= kLoginFailuresMax && now - found->second.last < kLoginLock;
}

bool LoginLocks::failed(std::string_view user, std::string_view source_ip, Elapsed now) {
    make_room(now);
    auto& failures = failures_[Key{user, source_ip}];
    if (now - failures.last >= kLoginLock) failures.count = 0;
    ++failures.count;
    failures.last = now;
    return failures.count == kLoginFailuresMax;
}

void LoginLocks::succeeded(std::string_view user, std::string_view source_ip) {
    failures_.erase(Key{user, source_ip});
}

void LoginLocks::make_room(Elapsed now) {
    if (failures_.size() < kLoginPairsMax) return;
    std::erase_if(failures_,
                  [&](const auto& each) { return now - each.second.last >= kLoginLock; });
    if (failures_.size() < kLoginPairsMax) return;
    failures_.erase(std::min_element(
        failures_.begin(), failures_.end(),
        [](const auto& a, const auto& b) { return a.second.last < b.second.last; }));
}

}  // namespace bellwether::sip
