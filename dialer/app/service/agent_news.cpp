#include "dialer/app/service/agent_news.h"

#include <fmt/format.h>

namespace bellwether::app {

namespace {

std::string_view end_text(engine::TransferResult result) {
    switch (result) {
        case engine::TransferResult::HandedOver:
            return "handed over";
        case engine::TransferResult::NoAnswer:
            return "nobody answered";
        case engine::TransferResult::Failed:
            return "busy, refused, or gone again";
        case engine::TransferResult::TakenBack:
            return "taken back";
        case engine::TransferResult::GoneMeanwhile:
            return "the person hung up";
    }
    return "";
}

}  // namespace

void AgentNewsBook::hear(const engine::Action& action, UtcTime at) {
    const std::lock_guard lock{mutex_};
    // The engine settles a transfer before it tells the agent.
    if (const auto* end = std::get_if<engine::StoreTransfer>(&action)) {
        Page& page = pages_[end->agent];
        page.transferred = end->call;
        page.transfer_end = fmt::format("{}: {}", end->target, end_text(end->result));
    }
    const auto* told = std::get_if<engine::TellAgent>(&action);
    if (told == nullptr) return;
    Page& page = pages_[told->agent];
    AgentNewsItem item{.at = at, .news = told->news, .call = told->call, .detail = {}};
    if (told->news == engine::AgentNews::TransferReturned && told->call == page.transferred)
        item.detail = page.transfer_end;
    page.items.push_front(std::move(item));
    if (page.items.size() > kNewsKept) page.items.pop_back();
}

std::vector<AgentNewsItem> AgentNewsBook::of(AgentId agent) const {
    const std::lock_guard lock{mutex_};
    const auto found = pages_.find(agent);
    if (found == pages_.end()) return {};
    return {found->second.items.begin(), found->second.items.end()};
}

std::string news_text(const AgentNewsItem& item) {
    switch (item.news) {
        case engine::AgentNews::TransferAnswered:
            return "who is to take the call over is on the line";
        case engine::AgentNews::TransferReturned:
            return item.detail.empty() ? "the transfer came back"
                                       : fmt::format("the transfer came back from {}", item.detail);
        case engine::AgentNews::HoldTooLong:
            return "the person is on hold for longer than the campaign allows";
        case engine::AgentNews::ShiftOver:
            return "the shift is over";
        case engine::AgentNews::KeypadPartOver:
            return "the keypad part is over: the person is yours again";
    }
    return "";
}

}  // namespace bellwether::app
