#include "compliance/policy/policy_set.h"

namespace bellwether::compliance::policy {
namespace {

Rule core(const char* id, const char* cite, const char* note, Parameters parameters) {
    using namespace std::chrono_literals;
    Rule rule;
    rule.id = id;
    rule.cite = cite;
    rule.source = "research/compliance.md";
    rule.seen = Date{2026y / std::chrono::November / 22};
    rule.note = note;
    rule.parameters = std::move(parameters);
    return rule;
}

CoreRules make() {
    CoreRules rules;
    rules.internal_dnc = core("core.dnc.internal",
                              "47 CFR 64.1200(d)(3); 16 CFR 310.4(b)(1)(iii)(A); GDPR art. 21(3)",
                              "Whoever asked this client organisation not to be called is not: at "
                              "once, for every purpose.",
                              Suppression{.list = ListName::Internal});
    rules.revoked = core("core.revoked", "47 CFR 64.1200(a)(10); GDPR art. 7(3)",
                         "A consent that was taken back ends the calls, although the law grants "
                         "some days; only a later consent mends it.",
                         Suppression{.list = ListName::Revocation});
    rules.number = core(
        "core.number", "47 CFR 64.1200(a)(1)(i); ITU-T E.164",
        "Numbers that do not exist, cost the caller or are for emergencies.",
        NumberType{.refused = {NumberKind::Invalid, NumberKind::Premium, NumberKind::Emergency}});
    rules.caller_id = core("core.caller_id", "47 CFR 64.1604; PECR reg. 21(A1)",
                           "Only numbers that the caller may show.", CallerId{.is_owned = true});
    rules.no_window =
        core("core.no_window", "47 CFR 64.1200(c)(1); house rule",
             "No common instant of all hours within 14 days: never pick one zone.", Window{});
    rules.no_pack = core("core.no_pack", "house rule",
                         "No pack covers the number's country: nobody has looked into its rules.",
                         NumberType{});
    rules.house_hours = core("house.hours", "the campaign's own hours",
                             "Hours that the campaign itself keeps.", Window{});
    return rules;
}

}  // namespace

const CoreRules& core_rules() {
    static const CoreRules rules = make();
    return rules;
}

}  // namespace bellwether::compliance::policy
