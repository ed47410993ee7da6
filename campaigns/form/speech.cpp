#include "campaigns/form/speech.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "campaigns/cell_text.h"
#include "campaigns/form/calendar.h"
#include "campaigns/form/keys.h"
#include "compliance/evidence/hash.h"

namespace bellwether::campaigns::form {
namespace {

constexpr std::size_t kHashBytes = 16;  // as many as keep two texts apart for good
constexpr int kWholeNumbersMax = 100;   // said as one text
constexpr std::size_t kLanguages = 4;
constexpr std::array<std::string_view, kLanguages> kCodes{"en", "ru", "nl", "hu"};
using Texts = std::array<std::string_view, kLanguages>;

constexpr std::array<Texts, 14> kBuiltIn{{
    {"That is not one of the choices.", "Такого варианта нет.", "Dat is geen van de mogelijkheden.",
     "Ez nincs a lehetőségek között."},
    {"We did not hear your choice.", "Мы не получили ваш ответ.",
     "We hebben uw keuze niet ontvangen.", "Nem érkezett válasz."},
    {"We will not call this number again. To go on with the interview instead, press 2.",
     "Мы больше не будем звонить на этот номер. Чтобы продолжить опрос, нажмите 2.",
     "We bellen dit nummer niet meer. Wilt u toch verdergaan, druk dan op 2.",
     "Ezt a számot nem hívjuk többet. Ha mégis folytatná, nyomja meg a 2-es gombot."},
    {"You will not be called again. Goodbye.", "Мы больше не будем вам звонить. До свидания.",
     "U wordt niet meer gebeld. Tot ziens.", "Nem hívjuk többet. Viszonthallásra."},
    {"You entered", "Вы ввели", "U hebt ingevoerd", "Ön ezt adta meg:"},
    {"To keep it, press 1. To enter it again, press 2.",
     "Чтобы подтвердить, нажмите 1. Чтобы ввести снова, нажмите 2.",
     "Klopt dat, druk dan op 1. Opnieuw invoeren, druk op 2.",
     "Ha jó, nyomja meg az 1-est. Ha újra megadná, a 2-est."},
    {"Is there one more to enter? For yes, press 1. For no, press 2.",
     "Есть ещё что добавить? Да — нажмите 1. Нет — нажмите 2.",
     "Is er nog een? Voor ja, druk op 1. Voor nee, druk op 2.",
     "Van még? Ha igen, nyomja meg az 1-est. Ha nem, a 2-est."},
    {"point", "точка", "komma", "egész"},
    {"No agent is free at the moment. To go on by keypad, press 1. To be called back, press 2.",
     "Сейчас нет свободных операторов. Чтобы продолжить с помощью клавиш, нажмите 1. Чтобы мы "
     "перезвонили вам, нажмите 2.",
     "Er is nu geen medewerker vrij. Wilt u met de toetsen verdergaan, druk op 1. Wilt u worden "
     "teruggebeld, druk op 2.",
     "Most nincs szabad munkatárs. Ha a billentyűkkel folytatná, nyomja meg az 1-est. Ha "
     "visszahívást kér, a 2-est."},
    {"Thank you for your answers. Our time is up. Goodbye.",
     "Спасибо за ваши ответы. Наше время вышло. До свидания.",
     "Bedankt voor uw antwoorden. Onze tijd is om. Tot ziens.",
     "Köszönjük a válaszait. Lejárt az időnk. Viszonthallásra."},
    {"That is an unusual answer.", "Это необычный ответ.", "Dat is een ongewoon antwoord.",
     "Ez szokatlan válasz."},
    {"If it is right, enter it again.", "Если всё верно, введите его ещё раз.",
     "Klopt het, voer het dan nog een keer in.", "Ha helyes, adja meg újra."},
    {"We will call you back. Goodbye.", "Мы вам перезвоним. До свидания.",
     "We bellen u terug. Tot ziens.", "Visszahívjuk. Viszonthallásra."},
    {"Anything else?", "Что-нибудь ещё?", "Nog iets anders?", "Még valami?"},
}};

std::size_t place_of_language(std::string_view language) {
    const auto base = language.substr(0, language.find('-'));
    const auto at = std::ranges::find(kCodes, base);
    return at == kCodes.end() ? 0 : static_cast<std::size_t>(at - kCodes.begin());
}

void append_digits(std::string_view digits, std::vector<std::string>& parts) {
    const bool whole = digits.size() < 3 || digits == std::to_string(kWholeNumbersMax);
    if (whole && (digits.size() == 1 || digits.front() != '0')) {
        parts.emplace_back(digits);
        return;
    }
    for (const char digit : digits) parts.emplace_back(1, digit);
}

/// Speaks one item of one picture; collects references.
class Speaker {
public:
    Speaker(const Form& form, const Picture& picture, const ItemId& item)
        : form_{form},
          picture_{picture},
          item_{item},
          row_{form.rows[item.row]},
          language_{picture.language()} {}

    std::vector<std::string> item() {
        const bool recorded = text_or_recording(line_label(row_), row_.audio);
        if (is_select(row_.type) && !row_.read_only && offers_choices(form_, row_, language_)) {
            offer_choices();
        }
        const bool asks = row_.type == RowType::Repeat;
        if (asks && !recorded) say(built_in(BuiltIn::Another, code()));
        return std::move(out_);
    }

    std::vector<std::string> failure(bool no_input, bool refused, int failures) {
        const bool constraint =
            refused &&
            std::ranges::any_of(row_.constraint_message, [](const auto& t) { return !t.empty(); });
        if (constraint) {
            text_or_recording(row_.constraint_message, {});
            return std::move(out_);
        }
        const auto& audio = no_input ? row_.line.noinput_audio : row_.line.invalid_audio;
        if (!audio.empty()) {
            const std::string& file = in_language(form_, audio[failures > 1 ? 1 : 0], language_);
            if (!file.empty()) out_.push_back(file);
        } else if (speaks(form_, language_)) {
            say(built_in(no_input ? BuiltIn::NoInput : BuiltIn::Invalid, code()));
        }
        return std::move(out_);
    }

    std::vector<std::string> doubt() {
        const bool own =
            std::ranges::any_of(row_.soft_message, [](const auto& t) { return !t.empty(); });
        const bool says = speaks(form_, language_);
        if (own) {
            text_or_recording(row_.soft_message, {});
        } else if (says) {
            say(built_in(BuiltIn::Unusual, code()));
        }
        if (says) say(built_in(BuiltIn::SameAgain, code()));
        return std::move(out_);
    }

    std::vector<std::string> confirm(std::string_view value) {
        say(built_in(BuiltIn::ConfirmBefore, code()));
        if (is_select(row_.type)) {
            for (const std::string_view name : words_of(value)) {
                const Choice* choice = find_choice(form_, row_, name);
                if (choice != nullptr) label_of(*choice);
            }
        } else {
            for (const std::string& part : spoken_parts(value, code())) say(part);
        }
        say(built_in(BuiltIn::ConfirmAfter, code()));
        return std::move(out_);
    }

private:
    const std::string& code() const { return form_.languages[language_]; }

    void say(std::string_view text) {
        if (has_words(text)) out_.push_back(reference_of({code(), std::string{trimmed(text)}}));
    }

    void say_in(std::size_t language, std::string_view text) {
        if (has_words(text)) {
            out_.push_back(reference_of({form_.languages[language], std::string{trimmed(text)}}));
        }
    }

    /// The recording in the language, else the text in it, else either in another language.
    /// @return was it a recording?
    bool text_or_recording(const std::vector<Template>& text, const ByLanguage& audio) {
        std::vector<std::size_t> order{language_, form_.default_language};
        for (std::size_t i = 0; i < form_.languages.size(); ++i) order.push_back(i);
        for (const std::size_t i : order) {
            if (i < audio.size() && !audio[i].empty()) {
                out_.push_back(audio[i]);
                return true;
            }
            if (i >= text.size() || text[i].empty()) continue;
            for (const TextPart& part : text[i]) say_part(i, part);
            return false;
        }
        return false;
    }

    void say_part(std::size_t language, const TextPart& part) {
        if (part.reference.empty()) return say_in(language, part.text);
        const std::string value = picture_.filled(item_, {part});
        const RowIndex target = part.reference.root().row;
        if (target != kNoRow && form_.rows[target].type == RowType::SelectMultiple) {
            for (const std::string_view name : words_of(value)) say_in(language, name);
            return;
        }
        for (const std::string& spoken : spoken_parts(value, form_.languages[language])) {
            say_in(language, spoken);
        }
    }

    void label_of(const Choice& choice) {
        const std::string& file = in_language(form_, choice.audio, language_);
        if (!file.empty()) {
            out_.push_back(file);
        } else {
            const std::string& label = in_language(form_, choice.label, language_);
            say(label.empty() ? choice.name : label);
        }
    }

    void offer_choices() {
        const auto presented = picture_.presented(item_);
        const auto keys = keys_of(form_, row_, presented);
        for (std::size_t i = 0; i < presented.size(); ++i) {
            if (keys[i].empty()) continue;
            offer(form_.lists[row_.list].choices[presented[i]], keys[i]);
        }
    }

    void offer(const Choice& choice, std::string_view key) {
        const std::string& label = in_language(form_, choice.label, language_);
        const OfferTexts texts =
            offer_texts(label.empty() ? choice.name : label, key, code(), row_.line.prompt_order);
        const std::string& file = in_language(form_, choice.audio, language_);
        const auto say_choice = [&] {
            if (file.empty()) {
                say(texts.choice);
            } else {
                out_.push_back(file);
            }
        };
        if (row_.line.prompt_order == PromptOrder::KeyThenChoice) say(texts.key);
        say_choice();
        if (row_.line.prompt_order == PromptOrder::ChoiceThenKey) say(texts.key);
    }

    const Form& form_;
    const Picture& picture_;
    const ItemId& item_;
    const Row& row_;
    std::size_t language_;
    std::vector<std::string> out_;
};

bool is_recorded(const ByLanguage& audio, std::size_t language) {
    return language < audio.size() && !audio[language].empty();
}

std::string key_words(std::string_view key) {
    std::string words;
    for (const char c : key) words += (words.empty() ? "" : " ") + std::string{c};
    return words;
}

}  // namespace

bool has_words(std::string_view text) {
    return std::ranges::any_of(text, [](char c) {
        return static_cast<unsigned char>(c) >= 0x80 ||
               std::isalnum(static_cast<unsigned char>(c)) != 0;
    });
}

std::string reference_of(const SpokenText& spoken) {
    const auto hash = compliance::evidence::sha256(spoken.text);
    return "tts:" + spoken.language + ':' +
           compliance::evidence::to_hex(std::span{hash}.first(kHashBytes));
}

std::string_view built_in(BuiltIn what, std::string_view language) {
    return kBuiltIn[static_cast<std::size_t>(what)][place_of_language(language)];
}

bool speaks(const Form& form, std::size_t language) {
    return std::ranges::any_of(form.rows, [&](const Row& row) {
        const bool spoken = row.type < RowType::Calculate && row.line.ivr;
        return spoken && !is_recorded(row.audio, language);
    });
}

std::vector<std::string> prompts_of(const Form& form, const Picture& picture, const ItemId& item) {
    return Speaker{form, picture, item}.item();
}

std::vector<std::string> failure_prompts(const Form& form, const Picture& picture,
                                         const ItemId& item, bool no_input, bool refused,
                                         int failures) {
    return Speaker{form, picture, item}.failure(no_input, refused, failures);
}

std::vector<std::string> doubt_prompts(const Form& form, const Picture& picture,
                                       const ItemId& item) {
    return Speaker{form, picture, item}.doubt();
}

std::vector<std::string> confirm_prompts(const Form& form, const Picture& picture,
                                         const ItemId& item, std::string_view value) {
    return Speaker{form, picture, item}.confirm(value);
}

std::vector<std::string> built_in_prompts(const Form& form, std::size_t language, BuiltIn what) {
    if (!speaks(form, language)) return {};
    const std::string& code = form.languages[language];
    return {reference_of({code, std::string{built_in(what, code)}})};
}

std::vector<std::string> opted_out_prompts(const Form& form, std::size_t language) {
    const std::string& file = in_language(form, form.opt_out_audio, language);
    if (!file.empty()) return {file};
    return built_in_prompts(form, language, BuiltIn::OptOutDone);
}

std::vector<std::string> spoken_parts(std::string_view value, std::string_view language) {
    std::vector<std::string> parts;
    const auto is_number = value.find_first_not_of("0123456789.") == std::string_view::npos;
    if (is_number && !value.empty() && std::ranges::count(value, '.') <= 1) {
        const auto point = std::min(value.find('.'), value.size());
        append_digits(value.substr(0, point), parts);
        if (point == value.size()) return parts;
        parts.emplace_back(built_in(BuiltIn::Point, language));
        for (const char digit : value.substr(point + 1)) parts.emplace_back(1, digit);
        return parts;
    }
    if (const auto date = parse_date(value)) {
        const std::string day = std::to_string(date->day);
        const std::string month = std::to_string(date->month);
        const std::string year = std::to_string(date->year);
        const bool year_first = language.starts_with("hu");  // as its keys are
        if (!year_first) parts = {day, month};
        append_digits(year, parts);
        if (year_first) parts.insert(parts.end(), {month, day});
    } else if (value.size() == 5 && parse_time(value)) {
        for (const std::size_t at : {0U, 3U}) {
            parts.push_back(std::to_string((value[at] - '0') * 10 + (value[at + 1] - '0')));
        }
    } else if (!value.empty()) {
        parts.emplace_back(value);
    }
    return parts;
}

OfferTexts offer_texts(std::string_view label, std::string_view key, std::string_view language,
                       PromptOrder order) {
    constexpr std::array<Texts, 2> kPress{{{"press ", "нажмите ", "druk op ", "nyomja meg: "},
                                           {"Press ", "Нажмите ", "Druk op ", "Nyomja meg: "}}};
    constexpr Texts kFor{"For ", "", "Voor ", ""};
    const std::size_t at = place_of_language(language);
    const bool key_first = order == PromptOrder::KeyThenChoice;
    return {.choice = std::string{kFor[at]} + std::string{label} + (key_first ? "." : ","),
            .key = std::string{kPress[key_first ? 1 : 0][at]} + key_words(key) +
                   (key_first ? "," : ".")};
}

bool offers_choices(const Form& form, const Row& row, std::size_t language) {
    if (row.appearance.find("spontaneous") != std::string::npos) return false;
    if (!is_recorded(row.audio, language)) return true;
    const auto& choices = form.lists[row.list].choices;
    return std::ranges::any_of(
        choices, [&](const Choice& choice) { return is_recorded(choice.audio, language); });
}

}  // namespace bellwether::campaigns::form
