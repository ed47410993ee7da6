#include "dialer/app/files/campaign_work.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/phone_number.h"
#include "dialer/app/files/campaign_words.h"
#include "dialer/app/files/moment.h"
#include "dialer/app/survey/sound_check.h"

namespace bellwether::app {

namespace {

namespace fs = std::filesystem;
using campaigns::CampaignSpec;
using std::chrono::hours;
using std::chrono::seconds;

// Longer does not fit a column of a wallboard, nor VICIdial's status (6) with room for our own.
constexpr std::size_t kCodeMax = 16;

Result<void> check_code(std::string_view code) {
    const bool sound =
        !code.empty() && code.size() <= kCodeMax && std::ranges::all_of(code, [](char c) {
            return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
        });
    if (sound) return {};
    return fail(Errc::InvalidInput, "must be 1 to 16 of A-Z, 0-9 and _, as \"SALE\"");
}

/// What dispositions and pause codes have in common. @return a code and a key that are new
template <class Entry>
void read_coded(TomlReader& table, const std::vector<Entry>& others, Entry& entry) {
    table.require("code", "code = \"SALE\"");
    table.require("key", "key = \"1\"");
    table.parsed("code", [&](const std::string& text) {
        entry.code = text;
        return check_code(text);
    });
    entry.label = entry.code;
    table.text("label", entry.label);
    if (read_key(table, "key", entry.key) && (entry.key < '0' || entry.key > '9'))
        table.problem("key", "must be a digit: * begins the other commands of an agent's phone");
    for (const Entry& other : others) {
        if (other.code == entry.code) table.problem("code", "is another one's already");
        if (other.key == entry.key) table.problem("key", "is " + other.code + "'s already");
    }
}

void read_disposition(TomlReader& table, std::vector<campaigns::Disposition>& all) {
    campaigns::Disposition disposition;
    read_coded(table, all, disposition);
    table.choice("effect", disposition.effect);
    table.duration("delay", seconds{0}, hours{24 * 365}, disposition.delay);
    table.choice("strength", disposition.strength);
    const bool refuses = disposition.effect == campaigns::DispositionEffect::Refusal;
    if (refuses) table.require("strength", "strength = \"soft\" or \"hard\"");
    if (!refuses && table.has("strength")) table.problem("strength", "needs effect = \"refusal\"");
    const bool retries = disposition.effect == campaigns::DispositionEffect::Retry;
    if (retries) table.require("delay", "delay = \"30m\"");
    if (!retries && table.has("delay")) table.problem("delay", "needs effect = \"retry\"");
    std::vector<std::string> words;
    table.texts("flags", words);
    for (const std::string& word : words) {
        const auto flag =
            enum_from_name<campaigns::DispositionFlag>(TomlReader::enum_spelling(word));
        if (flag) {
            disposition.flags.push_back(*flag);
        } else {
            const auto& names = kEnumNames<campaigns::DispositionFlag>;
            table.problem("flags", TomlReader::not_one_of(word, {names.begin(), names.end()}));
        }
    }
    all.push_back(std::move(disposition));
}

void read_pause_code(TomlReader& table, std::vector<campaigns::PauseCode>& all) {
    campaigns::PauseCode code;
    read_coded(table, all, code);
    table.boolean("billable", code.billable);
    all.push_back(std::move(code));
}

void read_transfer(TomlReader& table, std::vector<campaigns::TransferTarget>& all) {
    using Kind = campaigns::TransferTarget::Kind;
    campaigns::TransferTarget target;
    table.require("name", "name = \"support\"");
    table.parsed("name", [&](const std::string& text) {
        target.name = text;
        return check_name(text);
    });
    const bool phone = table.text("phone", target.address);
    const bool number = table.parsed("number", [&](const std::string& text) -> Result<void> {
        target.kind = Kind::Number;
        target.address = text;
        if (PhoneNumber::parse(text)) return {};
        return fail(Errc::InvalidInput, "is not a number in E.164, as \"+12025550100\"");
    });
    if (phone == number)
        table.problem("name", "needs one of phone = \"a registered phone\" and number = \"+1…\"");
    if (std::ranges::find(all, target.name, &campaigns::TransferTarget::name) != all.end())
        table.problem("name", "is another one's already");
    all.push_back(std::move(target));
}

void read_schedule(TomlReader& table, UtcTime now, CampaignSpec& spec) {
    const auto time = [&](std::string_view key, std::optional<UtcTime>& out) {
        table.parsed(key, [&](const std::string& text) -> Result<void> {
            const auto at = parse_appointment(text, spec.hours.zone, now);
            if (!at) return tl::unexpected(at.error());
            // A time of day would mean another day each time the file is read.
            if (text.find('-') == std::string::npos)
                return fail(Errc::InvalidInput, "needs a date, as \"2026-12-01 09:00\"");
            out = *at;
            return {};
        });
    };
    time("start", spec.schedule.start);
    time("stop", spec.schedule.stop);
    if (spec.schedule.start && spec.schedule.stop && *spec.schedule.stop <= *spec.schedule.start)
        table.problem("stop", "must be later than start");
}

void read_agents(TomlReader& table, campaigns::AgentWork& work) {
    table.boolean("match_language", work.match_language);
    table.boolean("spoken", work.speaks);
    table.duration("hold_max", seconds{5}, hours{1}, work.hold_max);
    table.duration("transfer_ring", seconds{5}, seconds{120}, work.transfer_ring);
    table.duration("callback_wait", seconds{0}, hours{24 * 7}, work.callback_wait);
}

void read_choice(TomlReader& table, const fs::path& folder, campaigns::InboundRule& rule) {
    campaigns::MenuChoice choice;
    table.require("key", "key = \"1\"");
    table.require("does", "does = \"agent\", \"opt_out\", \"call_back\", \"play\" or \"hang_up\"");
    read_key(table, "key", choice.key);
    table.choice("does", choice.does);
    choice.prompt = read_audio(table, "prompt", folder).value_or("");
    if (choice.does == campaigns::MenuDoes::Play)
        table.require("prompt", "prompt = \"opening-hours.wav\"");
    const auto same = std::ranges::find(rule.menu, choice.key, &campaigns::MenuChoice::key);
    if (same != rule.menu.end()) table.problem("key", "does something else already");
    rule.menu.push_back(std::move(choice));
}

void read_inbound(TomlReader& table, const fs::path& folder, CampaignSpec& spec) {
    campaigns::InboundRule rule;
    table.require("prompt", "who called and why, as prompt = \"we-called-you.wav\"");
    rule.prompt = read_audio(table, "prompt", folder).value_or("");
    table.integer("repeats", 0, 9, rule.repeats);
    table.duration("key_wait", seconds{1}, seconds{60}, rule.key_wait);
    table.duration("queue_max", seconds{5}, hours{1}, rule.queue_max);
    rule.queue_prompt = read_audio(table, "queue_prompt", folder).value_or("");
    rule.no_number_prompt = read_audio(table, "no_number", folder).value_or("");
    rule.sorry_prompt = read_audio(table, "sorry", folder).value_or("");
    table.sections("menu", [&](TomlReader& choice) { read_choice(choice, folder, rule); });
    const auto does = [&](campaigns::MenuDoes what) {
        return std::ranges::find(rule.menu, what, &campaigns::MenuChoice::does) != rule.menu.end();
    };
    if (!does(campaigns::MenuDoes::OptOut)) {
        table.problem("menu",
                      "has no key to take the number off the list, which the law asks for: add "
                      "[[inbound.menu]] with key = \"9\" and does = \"opt_out\"");
    }
    const bool queues = does(campaigns::MenuDoes::Agent) || does(campaigns::MenuDoes::CallBack);
    if (spec.mode == pacing::DialMode::Unattended && queues)
        table.problem("menu", "leads to agents, of which an unattended campaign has none");
    spec.inbound = std::move(rule);
}

}  // namespace

std::optional<std::string> read_audio(TomlReader& table, std::string_view key,
                                      const fs::path& folder) {
    std::optional<std::string> found;
    table.parsed(key, [&](const std::string& text) -> Result<void> {
        const fs::path file = (folder / text).lexically_normal();
        if (const auto wav = check_sound(file); !wav)
            return fail(Errc::InvalidInput, "names " + wav.error().detail);
        found = file.string();
        return {};
    });
    return found;
}

bool read_key(TomlReader& table, std::string_view name, char& out) {
    return table.parsed(name, [&](const std::string& text) -> Result<void> {
        const auto key = parse_key(text);
        if (!key) return tl::unexpected(key.error());
        out = *key;
        return {};
    });
}

void read_work(TomlReader& top, UtcTime now, const fs::path& folder, CampaignSpec& spec) {
    campaigns::AgentWork& work = spec.agents;
    top.section("schedule", [&](TomlReader& table) { read_schedule(table, now, spec); });
    top.section("agents", [&](TomlReader& table) { read_agents(table, work); });
    top.sections("dispositions",
                 [&](TomlReader& table) { read_disposition(table, work.dispositions); });
    top.sections("pause_codes",
                 [&](TomlReader& table) { read_pause_code(table, work.pause_codes); });
    top.sections("transfers", [&](TomlReader& table) { read_transfer(table, work.transfers); });
    if (work.dispositions.empty()) work.dispositions = campaigns::usual_dispositions();
    if (work.pause_codes.empty()) work.pause_codes = campaigns::usual_pause_codes();
    top.section("inbound", [&](TomlReader& table) { read_inbound(table, folder, spec); });
}

}  // namespace bellwether::app
