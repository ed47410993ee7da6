#include "dialer/engine/codec.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cstddef>
#include <nlohmann/json.hpp>
#include <string>

#include "tests/dialer/engine/random_value.h"

namespace bellwether::engine {
namespace {

using Json = nlohmann::json;
using namespace std::chrono_literals;

Event random_event(std::uint64_t seed) {
    Rng rng{seed, "event"};
    return random_of<Event>(rng, rng.below(std::variant_size_v<Event>));
}

Action random_action(std::uint64_t seed) {
    Rng rng{seed, "action"};
    return random_of<Action>(rng, rng.below(std::variant_size_v<Action>));
}

EngineState random_state(std::uint64_t seed) {
    Rng rng{seed, "state"};
    EngineState state;
    RandomValue{rng}.fill(state);
    return state;
}

// --- laws ---

RC_GTEST_PROP(CodecProperty, EveryEventReadsBackAsItself, (std::uint64_t seed)) {
    const Encoded written = encode(random_event(seed));
    const auto read = decode_event(written.text, written.personal);
    RC_ASSERT(read.has_value());
    RC_ASSERT(encode(*read) == written);
}

RC_GTEST_PROP(CodecProperty, EveryStateReadsBackAsItself, (std::uint64_t seed)) {
    const Encoded written = encode(random_state(seed));
    const auto read = decode_state(written.text, written.personal);
    RC_ASSERT(read.has_value());
    RC_ASSERT(encode(*read) == written);
}

RC_GTEST_PROP(CodecProperty, EveryActionIsOneJsonObjectOnOneLineThatSaysWhatItIs,
              (std::uint64_t seed)) {
    const Action action = random_action(seed);
    const Encoded written = encode(action);
    const Json json = Json::parse(written.text);
    RC_ASSERT(json.at("is") == std::visit([](const auto& a) { return a.kName; }, action));
    RC_ASSERT(written.text.starts_with("{\"is\":"));
    RC_ASSERT(written.text.find('\n') == std::string::npos);
    if (!written.personal.empty()) RC_ASSERT(Json::parse(written.personal).is_array());
}

RC_GTEST_PROP(CodecProperty, PersonalFieldsAreNeverInTheText, (std::uint64_t seed)) {
    RC_ASSERT(encode(random_event(seed)).text.find(kPersonalMark) == std::string::npos);
    RC_ASSERT(encode(random_action(seed)).text.find(kPersonalMark) == std::string::npos);
    RC_ASSERT(encode(random_state(seed)).text.find(kPersonalMark) == std::string::npos);
}

RC_GTEST_PROP(CodecProperty, AnErasedSideTableReadsAsEmpty, (std::uint64_t seed)) {
    const Encoded written = encode(random_event(seed));
    RC_ASSERT(decode_event(written.text, {}).has_value());
}

RC_GTEST_PROP(CodecProperty, TextCutShortIsCorrupt, (std::uint64_t seed)) {
    const std::string text = encode(random_event(seed)).text;
    const auto read = decode_event(std::string_view{text}.substr(0, seed % text.size()), {});
    RC_ASSERT(!read.has_value());
    RC_ASSERT(read.error().code == Errc::Corrupt);
}

/// Journals of versions that did not know the field.
RC_GTEST_PROP(CodecProperty, AMissingFieldHasItsDefault, (std::uint64_t seed)) {
    const Event event = random_event(seed);
    auto json = nlohmann::ordered_json::parse(encode(event).text);
    if (json.size() < 2) return;
    const auto name =
        std::next(json.begin(), static_cast<std::ptrdiff_t>(1 + seed % (json.size() - 1))).key();
    json.erase(name);
    const auto read = decode_event(json.dump(), encode(event).personal);
    RC_ASSERT(read.has_value());
    const Event blank = std::visit(
        [](const auto& is) { return Event{std::remove_cvref_t<decltype(is)>{}}; }, event);
    RC_ASSERT(nlohmann::ordered_json::parse(encode(*read).text)[name] ==
              nlohmann::ordered_json::parse(encode(blank).text)[name]);
}

// --- the written form, which journals on disk have ---

TEST(Codec, WritesAnEventAsTheJournalHasIt) {
    EXPECT_EQ(
        encode(Event{CallFailed{CallId{4294967301}, {.sip_status = 503, .retry_after = 60s}}}).text,
        R"({"is":"CALL_FAILED","call":"4294967301","failure":{"kind":"SIP_STATUS",)"
        R"("sip_status":503,"retry_after_s":60,"q850_cause":null},"trunk":""})");
}

TEST(Codec, KeepsAKeyThatWasPressedApart) {
    const Encoded key = encode(Event{KeyPressed{CallId{7}, '5'}});
    EXPECT_EQ(key.text, R"({"is":"KEY_PRESSED","call":"7","key":0})");
    EXPECT_EQ(key.personal, R"(["5"])");
}

TEST(Codec, KeepsAnAnswerApart) {
    const Encoded answer = encode(Action{StoreAnswers{.call = CallId{7},
                                                      .interview = InterviewId{8},
                                                      .changes = {{.key = "age", .value = "42"}},
                                                      .at = UtcTime{5ms}}});
    EXPECT_EQ(
        answer.text,
        R"({"is":"STORE_ANSWERS","call":"7","interview":"8","changes":0,"at":5,"agent":"0"})");
    EXPECT_EQ(answer.personal, R"([[{"kind":"SETTLE","key":"age","value":"42",)"
                               R"("how":"ANSWERED","cause":"NOT_RELEVANT"}]])");
}

// --- text that is not ours ---

struct BadText {
    const char* name;
    const char* text;
    const char* error;
};
void PrintTo(const BadText& row, std::ostream* out) { *out << row.name; }

class CodecTable : public testing::TestWithParam<BadText> {};

TEST_P(CodecTable, IsCorruptAndTheFieldIsNamed) {
    const auto read = decode_event(GetParam().text, {});
    ASSERT_FALSE(read.has_value());
    EXPECT_EQ(read.error().code, Errc::Corrupt);
    EXPECT_EQ(read.error().detail, GetParam().error);
}

constexpr const char* kNotJson = "journal text is not valid JSON of the expected types";

INSTANTIATE_TEST_SUITE_P(
    Foreign, CodecTable,
    testing::Values(
        BadText{"Empty", "", kNotJson}, BadText{"Prose", "hello", kNotJson},
        BadText{"List", "[]", kNotJson}, BadText{"NoName", "{}", kNotJson},
        BadText{"NameIsANumber", R"({"is":5})", kNotJson},
        BadText{"UnknownEvent", R"({"is":"CALL_TELEPORTED"})",
                "journal text names an unknown event"},
        BadText{"IdIsANumber", R"({"is":"CALL_RINGING","call":7})",
                "journal text has no valid field 'call'"},
        BadText{"IdHasASign", R"({"is":"CALL_RINGING","call":"-7"})",
                "journal text has no valid field 'call'"},
        BadText{"IdHasATail", R"({"is":"CALL_RINGING","call":"7th"})",
                "journal text has no valid field 'call'"},
        BadText{"IdIsTooBig", R"({"is":"CALL_RINGING","call":"18446744073709551616"})",
                "journal text has no valid field 'call'"},
        BadText{"EpochIsTooBig",
                R"({"is":"ENGINE_STARTED","epoch":"4294967296","trunk_lines":1,)"
                R"("trunk_calls_per_second":1.0})",
                "journal text has no valid field 'epoch'"},
        BadText{"NumberIsTooBig",
                R"({"is":"ENGINE_STARTED","epoch":"1","trunk_lines":2147483648,)"
                R"("trunk_calls_per_second":1.0})",
                "journal text has no valid field 'trunk_lines'"},
        BadText{"NumberHasAFraction",
                R"({"is":"ENGINE_STARTED","epoch":"1","trunk_lines":1.5,)"
                R"("trunk_calls_per_second":1.0})",
                "journal text has no valid field 'trunk_lines'"},
        BadText{"UnknownEnumerator", R"({"is":"CALL_ENDED","call":"7","by":"NOBODY"})",
                "journal text has no valid field 'by'"},
        BadText{"BoolIsANumber", R"({"is":"SHUTDOWN_ORDERED","drain":1})",
                "journal text has no valid field 'drain'"},
        BadText{"ListIsNull",
                R"({"is":"CONTACTS_OFFERED","campaign":"1","offers":null,"next_due":null})",
                "journal text has no valid field 'offers'"},
        BadText{"PersonalFieldIsNoPlace", R"({"is":"KEY_PRESSED","call":"7","key":"5"})",
                "journal text has no valid field 'key'"}),
    [](const auto& row) { return row.param.name; });

TEST(Codec, RefusesASideTableThatDoesNotFit) {
    const std::string text = R"({"is":"KEY_PRESSED","call":"7","key":0})";
    EXPECT_FALSE(decode_event(text, "nonsense").has_value());
    EXPECT_FALSE(decode_event(text, R"([5])").has_value());
    EXPECT_FALSE(decode_event(text, R"(["55"])").has_value());
    EXPECT_FALSE(decode_event(text, R"({"0":"5"})").has_value());
    EXPECT_TRUE(decode_event(text, R"(["5"])").has_value());
}

TEST(Codec, RefusesAStateThatIsNone) {
    EXPECT_FALSE(decode_state("{}", {}).has_value());
    EXPECT_FALSE(decode_state("[]", {}).has_value());
    EXPECT_TRUE(decode_state(encode(EngineState{}).text, {}).has_value());
}

}  // namespace
}  // namespace bellwether::engine
