#include "base/enum_names.h"

#include <gtest/gtest.h>

namespace bellwether {

enum class Colour { Red, DeepBlue };

template <>
inline constexpr auto kEnumNames<Colour> = names("RED", "DEEP_BLUE");

namespace {

static_assert(name_of(Colour::DeepBlue) == "DEEP_BLUE");
static_assert(enum_from_name<Colour>("RED") == Colour::Red);

TEST(EnumNames, GoBothWays) {
    for (const Colour colour : {Colour::Red, Colour::DeepBlue}) {
        EXPECT_EQ(enum_from_name<Colour>(name_of(colour)), colour);
    }
}

TEST(EnumNames, UnknownNameIsNone) {
    EXPECT_FALSE(enum_from_name<Colour>("GREEN").has_value());
    EXPECT_FALSE(enum_from_name<Colour>("red").has_value());
    EXPECT_FALSE(enum_from_name<Colour>("").has_value());
}

TEST(EnumNamesDeath, AValueWithoutANameIsABug) {
    EXPECT_DEATH((void)name_of(static_cast<Colour>(2)), "internal check failed");
}

}  // namespace
}  // namespace bellwether
