#include "campaigns/outcome.h"

#include <gtest/gtest.h>

#include <array>
#include <map>
#include <string_view>
#include <utility>

namespace bellwether::campaigns {
namespace {

struct StatusCase {
    int status;
    Outcome outcome;
};

// By hand from RFC 3261 §21 and the tables of RFC 3398 §7.2.4.1 and §8.2.6.1, with the cause in
// words.
constexpr std::array kStatusCases{
    StatusCase{404, Outcome::InvalidNumber},  // cause 1, unallocated number
    StatusCase{410, Outcome::InvalidNumber},  // cause 22, number changed
    StatusCase{484, Outcome::InvalidNumber},  // cause 28, address incomplete
    StatusCase{485, Outcome::InvalidNumber},  // cause 1
    StatusCase{604, Outcome::InvalidNumber},  // cause 1
    StatusCase{486, Outcome::Busy},           // cause 17, user busy
    StatusCase{600, Outcome::Busy},           // cause 17
    StatusCase{408, Outcome::NoAnswer},       // cause 18, no user responding
    StatusCase{487, Outcome::NoAnswer},       // our CANCEL, or the network's
    StatusCase{480, Outcome::Unavailable},    // causes 19, 20 and 31
    StatusCase{482, Outcome::Unavailable},    // cause 25, exchange routing error
    StatusCase{483, Outcome::Unavailable},    // cause 25
    StatusCase{400, Outcome::Rejected},       // our request displeased
    StatusCase{402, Outcome::Rejected},       // cause 21, call rejected
    StatusCase{403, Outcome::Rejected},       // cause 21
    StatusCase{433, Outcome::Rejected},       // anonymity disallowed (RFC 5079)
    StatusCase{603, Outcome::Rejected},       // cause 21
    StatusCase{607, Outcome::Rejected},       // unwanted (RFC 8197)
    StatusCase{608, Outcome::Rejected},       // rejected by an intermediary (RFC 8688)
    StatusCase{401, Outcome::AuthRefused},
    StatusCase{407, Outcome::AuthRefused},
    StatusCase{415, Outcome::NoCommonCodec},
    StatusCase{488, Outcome::NoCommonCodec},  // cause 65, bearer capability not implemented
    StatusCase{606, Outcome::NoCommonCodec},
    StatusCase{500, Outcome::Congestion},  // cause 41, temporary failure
    StatusCase{502, Outcome::Congestion},  // cause 38, network out of order
    StatusCase{503, Outcome::Congestion},  // causes 34, 42 and 47, no circuit
    StatusCase{504, Outcome::Congestion},  // cause 102, recovery on timer expiry
    StatusCase{513, Outcome::Congestion},  // cause 127, interworking
    StatusCase{302, Outcome::Redirected},
    // Unlisted: by the hundred.
    StatusCase{399, Outcome::Redirected},
    StatusCase{499, Outcome::Rejected},
    StatusCase{599, Outcome::Congestion},
    StatusCase{699, Outcome::Rejected},
    StatusCase{0, Outcome::Unreachable},
};

TEST(OutcomeOfFailure, FollowsTheTableOfStatuses) {
    for (const StatusCase& row : kStatusCases) {
        const Outcome outcome = outcome_of_failure({.sip_status = row.status});
        EXPECT_EQ(name_of(outcome), name_of(row.outcome)) << row.status;
    }
}

TEST(OutcomeOfFailure, FollowsTheKindWhereThereIsNoStatus) {
    constexpr std::array kKinds{
        std::pair{FailureKind::Redirected, Outcome::Redirected},
        std::pair{FailureKind::AuthRefused, Outcome::AuthRefused},
        std::pair{FailureKind::Unreachable, Outcome::Unreachable},
        std::pair{FailureKind::DestinationDenied, Outcome::DestinationDenied},
        std::pair{FailureKind::NoCommonCodec, Outcome::NoCommonCodec},
        std::pair{FailureKind::NotRegistered, Outcome::Unavailable},
        std::pair{FailureKind::LocalFailure, Outcome::LocalFailure},
    };
    for (const auto& [kind, outcome] : kKinds) {
        EXPECT_EQ(outcome_of_failure({.kind = kind}), outcome) << name_of(kind);
    }
}

TEST(OutcomeOfFailure, TheKindWinsOverTheStatus) {
    EXPECT_EQ(outcome_of_failure({.kind = FailureKind::AuthRefused, .sip_status = 403}),
              Outcome::AuthRefused);
}

TEST(OutcomeOfFailure, IsNeverAnAnswer) {
    for (int status = 0; status < 1'000; ++status) {
        const OutcomeClass column = class_of(outcome_of_failure({.sip_status = status}));
        EXPECT_TRUE(column == OutcomeClass::Busy || column == OutcomeClass::NoAnswer ||
                    column == OutcomeClass::Failed)
            << status;
    }
}

// The report's columns, by hand from the definitions in outcome.h and the demo's figures.
const std::map<std::string_view, std::string_view> kColumns{
    {"CONNECTED", "ANSWERED"},
    {"ABANDONED", "ANSWERED"},
    {"HUNG_UP", "ANSWERED"},
    {"INTERVIEW_COMPLETE", "ANSWERED"},
    {"INTERVIEW_PARTIAL", "ANSWERED"},
    {"INTERVIEW_SCREENED", "ANSWERED"},
    {"INTERVIEW_QUOTA_FULL", "ANSWERED"},
    {"INTERVIEW_REFUSED", "ANSWERED"},
    {"NOTICE_PLAYED", "ANSWERED"},
    {"OPTED_OUT", "ANSWERED"},
    {"MACHINE", "MACHINE"},
    {"MESSAGE_LEFT", "MACHINE"},
    {"FAX", "MACHINE"},
    {"BUSY", "BUSY"},
    {"NO_ANSWER", "NO_ANSWER"},
    {"CANCELLED", "NO_ANSWER"},
    {"INVALID_NUMBER", "FAILED"},
    {"UNAVAILABLE", "FAILED"},
    {"REJECTED", "FAILED"},
    {"CONGESTION", "FAILED"},
    {"REDIRECTED", "FAILED"},
    {"AUTH_REFUSED", "FAILED"},
    {"UNREACHABLE", "FAILED"},
    {"NO_COMMON_CODEC", "FAILED"},
    {"DESTINATION_DENIED", "NOT_DIALED"},
    {"LOCAL_FAILURE", "FAILED"},
    {"WITHDRAWN", "NOT_DIALED"},
    {"UNKNOWN", "FAILED"},
};

TEST(OutcomeClass, PutsEveryOutcomeIntoItsColumn) {
    EXPECT_EQ(kColumns.size(), kEnumNames<Outcome>.size());
    for (std::size_t i = 0; i < kEnumNames<Outcome>.size(); ++i) {
        const std::string_view name = kEnumNames<Outcome>[i];
        EXPECT_EQ(name_of(class_of(static_cast<Outcome>(i))), kColumns.at(name)) << name;
    }
}

TEST(OutcomeNames, CoverEveryEnumerator) {
    EXPECT_EQ(name_of(Outcome::Unknown), "UNKNOWN");
    EXPECT_EQ(name_of(Outcome::Unknown), kEnumNames<Outcome>.back());
    EXPECT_EQ(name_of(FailureKind::LocalFailure), kEnumNames<FailureKind>.back());
    EXPECT_EQ(name_of(OutcomeClass::NotDialed), kEnumNames<OutcomeClass>.back());
}

}  // namespace
}  // namespace bellwether::campaigns
