#include "dialer/sip/sip_event.h"

#include <gtest/gtest.h>

namespace bellwether::sip {
namespace {

TEST(SipEvent, EveryEnumeratorHasItsName) {
    EXPECT_EQ(name_of(FailureKind::SipStatus), "SIP_STATUS");
    EXPECT_EQ(name_of(FailureKind::Redirected), "REDIRECTED");
    EXPECT_EQ(name_of(FailureKind::AuthRefused), "AUTH_REFUSED");
    EXPECT_EQ(name_of(FailureKind::Unreachable), "UNREACHABLE");
    EXPECT_EQ(name_of(FailureKind::DestinationDenied), "DESTINATION_DENIED");
    EXPECT_EQ(name_of(FailureKind::NotRegistered), "NOT_REGISTERED");
    EXPECT_EQ(name_of(FailureKind::LocalError), "LOCAL_ERROR");
    EXPECT_EQ(name_of(PhoneLostReason::Unregistered), "UNREGISTERED");
    EXPECT_EQ(name_of(RegisterRefusal::Malformed), "MALFORMED");
}

}  // namespace
}  // namespace bellwether::sip
