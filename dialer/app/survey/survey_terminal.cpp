#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <ostream>

#include "campaigns/cell_text.h"
#include "campaigns/form/prompt_list.h"
#include "campaigns/form/script.h"
#include "campaigns/form/speech.h"
#include "campaigns/quota/decide.h"
#include "dialer/app/commands/option_reader.h"
#include "dialer/app/service/utc_now.h"
#include "dialer/app/survey/line_input.h"
#include "dialer/app/survey/nfc.h"
#include "dialer/app/survey/survey.h"

namespace bellwether::app {

namespace {

namespace form = campaigns::form;
namespace quota = campaigns::quota;

/// Of the interview that is taken.
constexpr InterviewId kHere{1};

constexpr std::string_view kHowTo =
    "Type the keys a person would press, and Enter. An empty line is silence; questions that are\n"
    "answered by speaking take words. Ctrl-C, or the end of the input, hangs up.\n";

/// The moment at which the call is answered, as interviews have it.
std::string now_text() {
    return fmt::format("{:%Y-%m-%dT%H:%M:%S}+00:00",
                       fmt::gmtime(std::chrono::system_clock::to_time_t(
                           std::chrono::floor<std::chrono::seconds>(utc_now()))));
}

/// Takes one interview with a person at the keyboard.
class TerminalInterview {
public:
    TerminalInterview(const ReadQuestionnaire& read, quota::Tally tally, int input,
                      std::ostream& out)
        : form_{read.form}, plan_{read.plan}, tally_{std::move(tally)}, input_{input}, out_{out} {
        for (const auto& prompt : form::list_prompts(form_).prompts) {
            if (!prompt.text.empty()) words_[prompt.reference] = prompt.text;
        }
    }

    Result<Json> take(form::InterviewFacts facts) {
        out_ << kHowTo;
        facts.quotas = !plan_.empty();
        follow(form::begin(form_, state_, std::move(facts)));
        while (state_.phase != form::Phase::Ended) {
            if (state_.presentations > form::kPresentationsMax) {
                return fail(Errc::InvalidInput,
                            "more than 1,000 items were presented: the answers go round in a "
                            "circle");
            }
            if (const auto moved = move(); !moved) return tl::unexpected{moved.error()};
        }
        // Who leaves with his last answer on its way is decided on all the same.
        if (!plan_.empty() && quota::counts(form_, state_.end->outcome)) (void)ask_quotas();
        out_ << '\n';
        return interview_json(form::path_of(form_, state_), form::answers_of(form_, state_),
                              *state_.end);
    }

private:
    /// What the interpreter asks for happens at once: nothing here takes time.
    void follow(form::InterviewStep step) {
        while (true) {
            if (step.language) out_ << "(the interview goes on in " << *step.language << ")\n";
            say(step.play);
            const bool decides = !plan_.empty() && state_.phase == form::Phase::Storing;
            if (decides && (step.ask_quotas || !step.store.empty())) {
                step = ask_quotas();
            } else if (!step.store.empty()) {
                step = form::answer_stored(form_, state_);
            } else if (step.opt_out) {
                out_ << "(this number would be on the do-not-call list now)\n";
                step = form::opt_out_stored(form_, state_);
            } else if (step.agent) {
                out_ << "(an agent would be looked for now)\n";
                step = form::agent_unavailable(form_, state_);
            } else {
                return;
            }
        }
    }

    /// Shows what was decided: places taken and given back, and the full cell.
    form::InterviewStep ask_quotas() {
        const auto before = quota::marks_of(plan_, tally_, kHere);
        const auto verdict = quota::decide(form_, plan_, tally_, kHere, state_.answers);
        const auto now = quota::marks_of(plan_, tally_, kHere);
        for (const quota::Mark& mark : before) {
            if (std::ranges::find(now, mark) == now.end() && !mark.cell.empty())
                out_ << "(the place in cell " << mark.cell << " is given back)\n";
        }
        for (const quota::Mark& mark : now) {
            if (std::ranges::find(before, mark) == before.end()) out_ << words_of(mark) << '\n';
        }
        return form::quotas_decided(form_, state_, verdict);
    }

    static std::string words_of(const quota::Mark& mark) {
        switch (mark.standing) {
            case quota::Standing::Held:
            case quota::Standing::Counted:
                return "(a place in cell " + mark.cell + " is taken)";
            case quota::Standing::Rejected:
                return "(cell " + mark.cell + " is full)";
            case quota::Standing::Skipped:
                return "(cell " + mark.cell + " is full: a group of questions is left out)";
            case quota::Standing::Outside:
                return "(no cell of " + mark.group + " is about this person)";
        }
        return "";
    }

    Result<void> move() {
        const bool played = state_.phase == form::Phase::Closing || is_played();
        if (played && state_.asking == form::Asking::Item) {
            follow(form::prompt_ended(form_, state_));
            return {};
        }
        if (state_.asking == form::Asking::Item) show_item();
        const auto line = ask();
        if (!line) return tl::unexpected{line.error()};
        if (!*line) {
            out_ << "(hung up)\n";
            follow(form::hung_up(form_, state_));
        } else if (state_.asking == form::Asking::Item) {
            follow(form::entry_made(form_, state_, to_nfc(campaigns::trimmed(**line))));
        } else {
            answer_yes_or_no(**line);
        }
        return {};
    }

    /// One key, or silence: whether to keep an entry, whether to opt out.
    void answer_yes_or_no(const std::string& line) {
        follow(form::prompt_ended(form_, state_));
        if (state_.phase != form::Phase::Listening) return;
        follow(line.empty() ? form::timed_out(form_, state_)
                            : form::key_pressed(form_, state_, line.front()));
    }

    bool is_played() const {
        const form::Row& row = form_.rows[state_.item.row];
        return row.type == form::RowType::Note || row.read_only;
    }

    Result<std::optional<std::string>> ask() {
        out_ << form::key_of(form_, state_.item) << "> " << std::flush;
        auto line = input_.next();
        const bool shown = input_.is_terminal() && line && *line;
        if (!shown) out_ << (line && *line ? **line : std::string{}) << '\n';
        return line;
    }

    /// The choices with their keys, also where the line does not read them out.
    void show_item() {
        const auto item = form::current(form_, state_);
        if (!item) return;
        for (const auto& offer : item->choices) {
            out_ << fmt::format("  {:>2}  {}\n", offer.key.empty() ? "-" : offer.key,
                                offer.label.empty() ? offer.name : offer.label);
        }
    }

    /// What would be heard: texts as they are spoken, recordings by their names in brackets.
    void say(const std::vector<std::string>& references) {
        if (references.empty()) return;
        learn_words();
        std::string line;
        for (const std::string& reference : references) {
            const auto words = words_.find(reference);
            const bool spoken = words != words_.end();
            line += (line.empty() ? "" : " ") +
                    (spoken ? words->second : "[" + reference + "]" + label_of(reference));
        }
        out_ << line << '\n';
    }

    /// Merge fields become words only now: with the contact and the answers.
    void learn_words() {
        if (state_.item.row >= form_.rows.size()) return;
        const form::Row& row = form_.rows[state_.item.row];
        const form::Picture picture{form_, state_.answers};
        for (const auto* texts : {&row.label, &row.constraint_message, &row.required_message}) {
            for (std::size_t i = 0; i < texts->size() && i < form_.languages.size(); ++i) {
                for (const form::TextPart& part : (*texts)[i]) learn_part(picture, i, part);
            }
        }
    }

    void learn_part(const form::Picture& picture, std::size_t language,
                    const form::TextPart& part) {
        if (part.reference.empty()) return;
        const std::string& code = form_.languages[language];
        for (const auto& spoken : form::spoken_parts(picture.filled(state_.item, {part}), code)) {
            const std::string text{campaigns::trimmed(spoken)};
            words_.try_emplace(form::reference_of({code, text}), text);
        }
    }

    /// The text beside the recording of the item at hand.
    std::string label_of(const std::string& recording) const {
        if (state_.item.row >= form_.rows.size()) return "";
        const auto& audio = form_.rows[state_.item.row].audio;
        if (std::ranges::find(audio, recording) == audio.end()) return "";
        const auto item = form::current(form_, state_);
        return item && !item->text.empty() ? " " + item->text : "";
    }

    const form::Form& form_;
    const quota::Plan& plan_;
    quota::Tally tally_;
    LineInput input_;
    std::ostream& out_;
    form::InterviewState state_;
    std::map<std::string, std::string> words_;  // by reference
};

Result<form::InterviewFacts> facts_of(const form::Form& read, const Given& given) {
    form::InterviewFacts facts{.now = now_text(),
                               .language = campaigns::lower_case(given.value("--language")),
                               .contact = {},
                               .tel = {}};
    const bool known = std::ranges::find(read.languages, facts.language) != read.languages.end();
    if (!facts.language.empty() && !known) {
        std::string codes;
        for (const auto& code : read.languages) codes += (codes.empty() ? "" : ", ") + code;
        return fail(Errc::InvalidInput,
                    fmt::format("--language: \"{}\" is no language of the questionnaire; it has {}",
                                facts.language, codes));
    }
    OptionReader options{given};
    facts.seed = read.seed.value_or(1);
    options.number<std::uint32_t>("--seed", 1, 2'147'483'646, facts.seed);
    const auto columns = given.values.find("--contact");
    if (columns != given.values.end()) {
        for (const std::string& pair : columns->second) {
            const auto equals = pair.find('=');
            if (equals == std::string::npos || equals == 0)
                options.note("--contact", fmt::format("\"{}\" is not COLUMN=VALUE", pair));
            else
                facts.contact.push_back({pair.substr(0, equals), pair.substr(equals + 1)});
        }
    }
    if (options.error()) return tl::unexpected{*options.error()};
    return facts;
}

}  // namespace

ExitCode run_in_terminal(const ReadQuestionnaire& read, quota::Tally tally, int input,
                         const Given& given, const Output& output) {
    auto facts = facts_of(read.form, given);
    if (!facts) return report_error(output, facts.error());
    // With --json the data alone goes to stdout; what is heard goes beside it.
    TerminalInterview interview{read, std::move(tally), input,
                                output.json ? output.err : output.out};
    const auto result = interview.take(*std::move(facts));
    if (!result) return report_error(output, result.error());
    print_data(output, *result);
    return ExitCode::Done;
}

}  // namespace bellwether::app
