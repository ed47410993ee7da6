#include "dialer/app/handlers/repeat_guard.h"

#include <gtest/gtest.h>

namespace bellwether::app {
namespace {

class RepeatGuardTest : public ::testing::Test {
protected:
    api::Response post(const std::string& key, const std::string& body = "{}") {
        return guard_.handle({"POST", "/x", body, key});
    }
    int handled_ = 0;
    int status_ = 200;
    RepeatGuard guard_{[this](const api::Request&) {
        return api::Response{status_, "application/json", std::to_string(++handled_), {}};
    }};
};

TEST_F(RepeatGuardTest, AnswersARepetitionAsTheFirst) {
    EXPECT_EQ(post("k").body, "1");
    EXPECT_EQ(post("k").body, "1");
    EXPECT_EQ(post("other").body, "2");
    EXPECT_EQ(handled_, 2);
}

TEST_F(RepeatGuardTest, RequestsWithoutKeyAreAlwaysDone) {
    post("");
    post("");
    EXPECT_EQ(handled_, 2);
}

TEST_F(RepeatGuardTest, RefusesAKeyWithAnotherRequest) {
    post("k");
    EXPECT_EQ(post("k", "{\"a\":1}").status, 422);
}

TEST_F(RepeatGuardTest, AFailureMayBeTriedAgain) {
    status_ = 503;
    post("k");
    status_ = 200;
    EXPECT_EQ(post("k").body, "2");
}

TEST_F(RepeatGuardTest, SaysThatTheFirstIsAtWork) {
    RepeatGuard* guard = nullptr;
    int inner = 0;
    RepeatGuard nested{[&](const api::Request& request) {
        inner = guard->handle(request).status;
        return api::Response{};
    }};
    guard = &nested;
    EXPECT_EQ(nested.handle({"POST", "/x", "", "k"}).status, 200);
    EXPECT_EQ(inner, 409);
}

TEST_F(RepeatGuardTest, ForgetsTheOldest) {
    post("first");
    for (std::size_t i = 0; i < RepeatGuard::kKeysMax; ++i) post("k" + std::to_string(i));
    const int before = handled_;
    post("first");
    EXPECT_EQ(handled_, before + 1);
}

}  // namespace
}  // namespace bellwether::app
