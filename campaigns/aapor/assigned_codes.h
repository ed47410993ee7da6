#pragma once

#include <array>
#include <string_view>

// The codes that the product itself gives; a table must have each of them. Numbers:
// research/surveys.md 4.2.

namespace bellwether::campaigns::aapor {

inline constexpr std::string_view kComplete = "1.1";
inline constexpr std::string_view kPartial = "1.2";
inline constexpr std::string_view kRefusal = "2.11";
inline constexpr std::string_view kRespondentRefusal = "2.112";
inline constexpr std::string_view kBreakOff = "2.12";
inline constexpr std::string_view kNonContact = "2.20";
inline constexpr std::string_view kNeverAvailable = "2.21";
inline constexpr std::string_view kMessageLeft = "2.221";
inline constexpr std::string_view kNoMessageLeft = "2.222";
inline constexpr std::string_view kUnknownHousing = "3.10";
inline constexpr std::string_view kNotAttempted = "3.11";
inline constexpr std::string_view kAlwaysBusy = "3.12";
inline constexpr std::string_view kNoAnswer = "3.13";
inline constexpr std::string_view kMachine = "3.14";
inline constexpr std::string_view kBarrier = "3.15";
inline constexpr std::string_view kTechnicalProblem = "3.16";
inline constexpr std::string_view kNoScreener = "3.21";
inline constexpr std::string_view kOtherUnknown = "3.90";
inline constexpr std::string_view kAbandoned = "3.90A";
inline constexpr std::string_view kFax = "4.20";
inline constexpr std::string_view kNonWorkingOrDisconnected = "4.30";
inline constexpr std::string_view kNonWorking = "4.31";
inline constexpr std::string_view kDisconnected = "4.32";
inline constexpr std::string_view kOutOfService = "4.33";
inline constexpr std::string_view kNumberChanged = "4.41";
inline constexpr std::string_view kNoEligibleRespondent = "4.70";
inline constexpr std::string_view kQuotaFilled = "4.80";

inline constexpr std::array kAssigned{kComplete,
                                      kPartial,
                                      kRefusal,
                                      kRespondentRefusal,
                                      kBreakOff,
                                      kNonContact,
                                      kNeverAvailable,
                                      kMessageLeft,
                                      kNoMessageLeft,
                                      kUnknownHousing,
                                      kNotAttempted,
                                      kAlwaysBusy,
                                      kNoAnswer,
                                      kMachine,
                                      kBarrier,
                                      kTechnicalProblem,
                                      kNoScreener,
                                      kOtherUnknown,
                                      kAbandoned,
                                      kFax,
                                      kNonWorkingOrDisconnected,
                                      kNonWorking,
                                      kDisconnected,
                                      kOutOfService,
                                      kNumberChanged,
                                      kNoEligibleRespondent,
                                      kQuotaFilled};

}  // namespace bellwether::campaigns::aapor
