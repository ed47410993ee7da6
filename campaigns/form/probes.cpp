#include "campaigns/form/probes.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "campaigns/cell_text.h"

namespace bellwether::campaigns::form {
namespace {

struct Own {
    std::string_view language;
    std::string_view probes;  // `|` between them, as in the sheet
};

constexpr std::array<Own, 4> kOwn{{
    {"en",
     "Which comes closer?|Could you be more specific?|What do you mean by that?|"
     "Overall, what would you say?|Let me read the question again."},
    {"ru",
     "Что ближе?|Не могли бы вы уточнить?|Что вы имеете в виду?|"
     "Что бы вы сказали в целом?|Я прочитаю вопрос ещё раз."},
    {"nl",
     "Wat komt er het dichtst bij?|Kunt u dat preciezer zeggen?|Wat bedoelt u daarmee?|"
     "Wat zou u over het geheel zeggen?|Ik lees de vraag nog een keer voor."},
    {"hu",
     "Melyik áll közelebb?|Meg tudná mondani pontosabban?|Mire gondol?|"
     "Összességében mit mondana?|Felolvasom még egyszer a kérdést."},
}};

std::string_view own_probes(std::string_view language) {
    const auto base = language.substr(0, language.find('-'));
    const auto at = std::ranges::find(kOwn, base, &Own::language);
    return at == kOwn.end() ? kOwn.front().probes : at->probes;
}

}  // namespace

std::vector<std::string> neutral_probes(const Form& form, std::size_t language) {
    const bool given = language < form.probes.size() && !form.probes[language].empty();
    std::string_view list =
        given ? std::string_view{form.probes[language]} : own_probes(form.languages[language]);
    std::vector<std::string> probes;
    while (!list.empty()) {
        const auto bar = std::min(list.find('|'), list.size());
        if (const auto probe = trimmed(list.substr(0, bar)); !probe.empty())
            probes.emplace_back(probe);
        list.remove_prefix(std::min(bar + 1, list.size()));
    }
    return probes;
}

}  // namespace bellwether::campaigns::form
