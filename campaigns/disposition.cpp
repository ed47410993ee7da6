#include "campaigns/disposition.h"

#include <algorithm>

namespace bellwether::campaigns {
namespace {

using namespace std::chrono_literals;
using Effect = DispositionEffect;
using Flag = DispositionFlag;

/// By its code, or by its key where one character was given.
template <class Entry>
const Entry* find_entry(const std::vector<Entry>& all, std::string_view code_or_key) {
    const auto found = std::ranges::find_if(all, [&](const Entry& entry) {
        return entry.code == code_or_key || std::string_view{&entry.key, 1} == code_or_key;
    });
    return found == all.end() ? nullptr : &*found;
}

// VICIdial recycles leads after half an hour by default (field study 2.6).
constexpr auto kRecycle = 30min;

}  // namespace

std::vector<Disposition> usual_dispositions() {
    return {
        {"SALE",
         "Sale",
         '1',
         Effect::Done,
         0s,
         {Flag::HumanAnswered, Flag::Sale, Flag::CustomerContact, Flag::Completed}},
        {"NI",
         "Not interested",
         '2',
         Effect::Done,
         0s,
         {Flag::HumanAnswered, Flag::CustomerContact, Flag::NotInterested}},
        {"CALLBK",
         "Call back",
         '3',
         Effect::CallBack,
         0s,
         {Flag::HumanAnswered, Flag::CustomerContact, Flag::ScheduledCallback}},
        {"NP", "No pitch, no price", '4', Effect::Done, 0s, {Flag::HumanAnswered}},
        {"DEC", "Declined", '5', Effect::Done, 0s, {Flag::HumanAnswered, Flag::CustomerContact}},
        {"A", "Answering machine", '6', Effect::Retry, kRecycle, {}},
        {"DC", "Disconnected number", '7', Effect::Done, 0s, {Flag::Unworkable}},
        {"N", "Nobody there", '8', Effect::Retry, kRecycle, {}},
        {"DNC", "Do not call", '9', Effect::DoNotCall, 0s, {Flag::HumanAnswered}},
    };
}

const Disposition* find_disposition(const std::vector<Disposition>& all,
                                    std::string_view code_or_key) {
    return find_entry(all, code_or_key);
}

std::vector<PauseCode> usual_pause_codes() {
    return {{"BREAK", "Break", '1', true},
            {"LUNCH", "Lunch", '2', false},
            {"TRAIN", "Training", '3', true},
            {"TECH", "Technical trouble", '4', true}};
}

const PauseCode* find_pause_code(const std::vector<PauseCode>& all, std::string_view code_or_key) {
    return find_entry(all, code_or_key);
}

int level_of(const std::vector<Skill>& skills, std::string_view name) {
    const auto found = std::ranges::find(skills, name, &Skill::name);
    return found == skills.end() ? 0 : found->level;
}

}  // namespace bellwether::campaigns
