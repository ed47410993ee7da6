#include "dialer/api/problem_json.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace bellwether::api {
namespace {

TEST(ProblemJson, HasTheMembersOfRfc9457) {
    const Response response = problem({Errc::NotFound, "no campaign \"x\""});
    EXPECT_EQ(response.status, 404);
    EXPECT_EQ(response.content_type, "application/problem+json");
    const auto body = nlohmann::json::parse(response.body);
    EXPECT_EQ(body["type"], "about:blank");
    EXPECT_EQ(body["status"], 404);
    EXPECT_EQ(body["detail"], "no campaign \"x\"");
    EXPECT_EQ(body["code"], "NOT_FOUND");
    EXPECT_FALSE(body["title"].get<std::string>().empty());
}

TEST(ProblemJson, ReadsBackEveryKindOfErrorAndItsFaults) {
    for (const Errc code : {Errc::InvalidInput, Errc::NotFound, Errc::Conflict, Errc::Refused,
                            Errc::Unavailable, Errc::Exhausted, Errc::Corrupt}) {
        const auto read = read_problem(problem({code, "why"}, {{"a.toml", 7, "ring_limit …"}}));
        EXPECT_EQ(read.error.code, code);
        EXPECT_EQ(read.error.detail, "why");
        ASSERT_EQ(read.faults.size(), 1U);
        EXPECT_EQ(read.faults[0].file, "a.toml");
        EXPECT_EQ(read.faults[0].line, 7);
    }
}

TEST(ProblemJson, SurvivesTextThatIsNotUtf8) {
    const Response response = problem({Errc::InvalidInput, "file \xff\xfe"});
    EXPECT_TRUE(nlohmann::json::accept(response.body));
}

TEST(ProblemJson, ReadsSomethingElseAsUnavailable) {
    EXPECT_EQ(read_problem({502, "text/html", "<html>", {}}).error.code, Errc::Unavailable);
    EXPECT_EQ(read_problem({500, "application/json", "{\"errors\": [1, {}], \"code\": 3}", {}})
                  .error.code,
              Errc::Unavailable);
}

}  // namespace
}  // namespace bellwether::api
