#include "dialer/app/handlers/repeat_guard.h"

#include <utility>

#include "dialer/api/problem_json.h"

namespace bellwether::app {

api::Response RepeatGuard::handle(const api::Request& request) {
    const std::string& key = request.idempotency_key;
    if (key.empty() || request.method != "POST") return handler_(request);
    {
        const std::scoped_lock lock{mutex_};
        const auto [found, fresh] =
            seen_.try_emplace(key, Seen{request.target, request.body, false, {}});
        if (!fresh) {
            const Seen& first = found->second;
            if (first.target != request.target || first.body != request.body) {
                return api::problem(
                    {Errc::InvalidInput, "this Idempotency-Key came with another request"});
            }
            if (!first.done)
                return api::problem({Errc::Conflict, "the first request with this key is at work"});
            return first.response;
        }
    }
    api::Response response = handler_(request);
    const std::scoped_lock lock{mutex_};
    if (response.status >= 300 || response.more) {
        seen_.erase(key);  // nothing was done, or it cannot be told twice: trying again is right
        return response;
    }
    seen_[key].done = true;
    seen_[key].response = response;
    oldest_first_.push_back(key);
    if (oldest_first_.size() > kKeysMax) {
        seen_.erase(oldest_first_.front());
        oldest_first_.pop_front();
    }
    return response;
}

}  // namespace bellwether::app
