#include "compliance/policy/rule.h"

namespace bellwether::compliance::policy {

Effect effect_of(RuleKind kind) {
    switch (kind) {
        case RuleKind::Window:
        case RuleKind::Holiday:
        case RuleKind::Frequency:
        case RuleKind::Spacing:
            return Effect::Defer;
        case RuleKind::RecallGuard:
        case RuleKind::MinRing:
        case RuleKind::ConnectLimit:
        case RuleKind::Abandonment:
            return Effect::Oblige;
        case RuleKind::Retention:
        case RuleKind::RecordFields:
            return Effect::Record;
        default:
            return Effect::Deny;
    }
}

Scope scope_of(const Rule& rule) {
    switch (rule.kind()) {
        case RuleKind::ListFreshness:
        case RuleKind::Message:
        case RuleKind::CallerId:
        case RuleKind::ModeBan:
        case RuleKind::Abandonment:
        case RuleKind::MinRing:
        case RuleKind::ConnectLimit:
            return Scope::Campaign;
        case RuleKind::Frequency:
            return std::get<Frequency>(rule.parameters).is_by_person ? Scope::Contact
                                                                     : Scope::Number;
        default:
            return Scope::Number;
    }
}

}  // namespace bellwether::compliance::policy
