#include "dialer/app/service/agent_news.h"

#include <gtest/gtest.h>

namespace bellwether::app {
namespace {

using engine::AgentNews;
using engine::TellAgent;
using namespace std::chrono_literals;

constexpr AgentId kAnn{1};
constexpr CallId kCall{7};
const UtcTime kNow{1'772'452'800s};

engine::StoreTransfer transfer(engine::TransferResult result) {
    return {.call = kCall, .agent = kAnn, .target = "support", .result = result, .at = kNow};
}

TEST(AgentNewsBook, AReturnedTransferSaysWhy) {
    AgentNewsBook book;
    book.hear(transfer(engine::TransferResult::NoAnswer), kNow);
    book.hear(TellAgent{kAnn, AgentNews::TransferReturned, kCall}, kNow);
    const auto news = book.of(kAnn);
    ASSERT_EQ(news.size(), 1U);
    EXPECT_EQ(news[0].at, kNow);
    EXPECT_EQ(news_text(news[0]), "the transfer came back from support: nobody answered");
}

TEST(AgentNewsBook, TheEndOfAnotherTransferIsNotItsReason) {
    AgentNewsBook book;
    book.hear(transfer(engine::TransferResult::Failed), kNow);
    book.hear(TellAgent{kAnn, AgentNews::TransferReturned, CallId{8}}, kNow);
    EXPECT_EQ(news_text(book.of(kAnn).at(0)), "the transfer came back");
}

TEST(AgentNewsBook, TheNewestComeFirstAndOldOnesGo) {
    AgentNewsBook book;
    for (int i = 0; i < 20; ++i)
        book.hear(TellAgent{kAnn, AgentNews::HoldTooLong, kCall}, kNow + std::chrono::seconds{i});
    const auto news = book.of(kAnn);
    ASSERT_EQ(news.size(), AgentNewsBook::kNewsKept);
    EXPECT_EQ(news.front().at, kNow + 19s);
    EXPECT_EQ(news.back().at, kNow + 12s);
}

TEST(AgentNewsBook, OtherActionsAndOtherAgentsAreNoNews) {
    AgentNewsBook book;
    book.hear(engine::HangUp{kCall, engine::HangUpReason::SignOut}, kNow);
    book.hear(TellAgent{AgentId{2}, AgentNews::ShiftOver, {}}, kNow);
    EXPECT_TRUE(book.of(kAnn).empty());
}

}  // namespace
}  // namespace bellwether::app
