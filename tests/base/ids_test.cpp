#include "base/ids.h"

#include <gtest/gtest.h>

#include <type_traits>

namespace bellwether {
namespace {

static_assert(!std::is_convertible_v<ContactId, CampaignId>);
static_assert(!std::is_convertible_v<std::uint64_t, ContactId>);
static_assert(!std::is_convertible_v<ContactId, std::uint64_t>);

TEST(Ids, CarryTheirNumber) { EXPECT_EQ(value_of(AttemptId{42}), 42U); }

TEST(Ids, ByDefaultNameNothing) { EXPECT_EQ(value_of(RequestId{}), 0U); }

}  // namespace
}  // namespace bellwether
