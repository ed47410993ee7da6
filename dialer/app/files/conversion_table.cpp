#include "dialer/app/files/conversion_table.h"

#include <algorithm>

#include "dialer/app/files/campaign_words.h"

namespace bellwether::app {

namespace {

using campaigns::CampaignSpec;
using std::chrono::hours;
using std::chrono::seconds;

// Sooner it is not a second question but pressure; later than a year the survey is over.
constexpr hours kCoolingMin{24};
constexpr hours kCoolingMax{24 * 365};

bool tells_refusals(const CampaignSpec& spec) {
    return spec.questionnaire ||
           std::ranges::find(spec.agents.dispositions, campaigns::DispositionEffect::Refusal,
                             &campaigns::Disposition::effect) != spec.agents.dispositions.end();
}

void check(TomlReader& table, const CampaignSpec& spec) {
    if (spec.mode == pacing::DialMode::Unattended) {
        table.problem("enabled",
                      "needs a dial_mode with agents: who refuses by a key is not called again");
    } else if (!tells_refusals(spec)) {
        table.problem("enabled",
                      "has nothing that tells a refusal: add a questionnaire, or one of "
                      "[[dispositions]] with effect = \"refusal\"");
    }
    if (spec.retry.attempts_max < 2) {
        table.problem("enabled",
                      "leaves no attempt for the conversion: set attempts = 2 or more in [retry], "
                      "which counts it too");
    }
}

}  // namespace

void read_conversion(TomlReader& top, CampaignSpec& spec) {
    top.section("conversion", [&](TomlReader& table) {
        bool enabled = false;
        // Written out: a second call to somebody who has refused is nobody's default.
        table.require("enabled",
                      "enabled = true, or false where the law takes a refusal as an objection");
        table.boolean("enabled", enabled);
        campaigns::ConversionRule rule;
        table.duration("cooling", kCoolingMin, kCoolingMax, rule.cooling);
        table.parsed("skill", [&](const std::string& text) {
            rule.skill = text;
            return check_name(text);
        });
        table.boolean("same_interviewer", rule.same_interviewer);
        table.text("script", rule.script);
        if (!enabled) return;
        check(table, spec);
        spec.conversion = std::move(rule);
    });
}

}  // namespace bellwether::app
