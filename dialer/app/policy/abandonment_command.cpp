#include "dialer/app/policy/abandonment_command.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <istream>
#include <iterator>

#include "compliance/abandonment_figures.h"
#include "dialer/app/commands/render.h"

namespace bellwether::app {
namespace {

using compliance::AbandonmentFigures;
using compliance::AbandonmentRegime;
using compliance::AnsweredCalls;

struct Count {
    const char* key;
    std::int64_t AnsweredCalls::*member;
};

constexpr std::array kCounts = {
    Count{"connected", &AnsweredCalls::connected},
    Count{"late", &AnsweredCalls::late},
    Count{"message_played", &AnsweredCalls::message_played},
    Count{"silent", &AnsweredCalls::silent},
    Count{"hung_up_early", &AnsweredCalls::hung_up_early},
    Count{"machine_verdicts", &AnsweredCalls::machine_verdicts},
    Count{"machines_put_through", &AnsweredCalls::machines_put_through}};
constexpr std::string_view kError = "amd_error";
constexpr std::int64_t kMostCalls = 1'000'000'000'000;  // of a window: no carrier has so many

/// Every window's amd_error as it was written: a double would have rounded it.
class WrittenErrors final : public nlohmann::json_sax<Json> {
public:
    std::vector<std::string> of_window;  ///< empty: it has none

    bool start_object(std::size_t) override {
        if (++depth_ == 2) of_window.emplace_back();
        return true;
    }
    bool end_object() override {
        --depth_;
        return true;
    }
    bool key(string_t& name) override {
        is_error_ = depth_ == 2 && name == kError;
        return true;
    }
    bool number_integer(number_integer_t value) override { return number(std::to_string(value)); }
    bool number_unsigned(number_unsigned_t value) override { return number(std::to_string(value)); }
    bool number_float(number_float_t, const string_t& text) override { return number(text); }
    bool null() override { return true; }
    bool boolean(bool) override { return true; }
    bool string(string_t&) override { return true; }
    bool binary(binary_t&) override { return true; }
    bool start_array(std::size_t) override { return true; }
    bool end_array() override { return true; }
    bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception&) override {
        return false;
    }

private:
    bool number(std::string text) {
        if (is_error_) of_window.back() = std::move(text);
        is_error_ = false;
        return true;
    }

    int depth_ = 0;
    bool is_error_ = false;
};

tl::unexpected<Error> refuse(const std::string& place, std::string_view what) {
    return fail(Errc::InvalidInput, fmt::format("{} {}", place, what));
}

Result<std::int64_t> read_count(const Json& value, const std::string& place) {
    if (!value.is_number_integer()) return refuse(place, "must be a whole number");
    const bool is_large = value.is_number_unsigned() &&
                          value.get<std::uint64_t>() > static_cast<std::uint64_t>(kMostCalls);
    if (is_large || value.get<std::int64_t>() < 0 || value.get<std::int64_t>() > kMostCalls) {
        return refuse(place, fmt::format("must be 0 .. {}", kMostCalls));
    }
    return value.get<std::int64_t>();
}

Result<compliance::Rational> read_error(const Json& value, const std::string& written,
                                        const std::string& place) {
    if (!value.is_number()) return refuse(place, "must be a number");
    auto error = compliance::read_decimal(written);
    if (!error) return refuse(place, error.error().detail);
    if (*error < 0 || *error > 1) return refuse(place, "must be a share: 0 .. 1");
    return error;
}

Result<AnsweredCalls> read_window(const Json& window, const std::string& error_text,
                                  const std::string& place) {
    if (!window.is_object()) return refuse(place, "must be an object");
    AnsweredCalls calls;
    for (const auto& [key, value] : window.items()) {
        const std::string here = place + "." + key;
        if (key == kError) {
            const auto error = read_error(value, error_text, here);
            if (!error) return tl::unexpected(error.error());
            calls.amd_error = *error;
            continue;
        }
        const auto known =
            std::ranges::find_if(kCounts, [&](const Count& count) { return key == count.key; });
        if (known == kCounts.end()) return refuse(here, "is not known");
        const auto count = read_count(value, here);
        if (!count) return tl::unexpected(count.error());
        calls.*(known->member) = *count;
    }
    return calls;
}

struct Header {
    AbandonmentRegime regime = AbandonmentRegime::Us;
    bool amd = false;
};

Result<Header> read_header(const Json& body) {
    if (!body.is_object()) return refuse("the input", "must be an object");
    for (const auto& [key, value] : body.items()) {
        if (key != "regime" && key != "amd" && key != "windows")
            return refuse("`" + key + "`", "is not known");
    }
    const auto regime = enum_from_name<AbandonmentRegime>(text_member(body, "regime"));
    if (!regime) return refuse("`regime`", "must be \"us\", \"uk\" or \"ca\"");
    if (body.contains("amd") && !body["amd"].is_boolean())
        return refuse("`amd`", "must be true or false");
    if (!body.contains("windows") || !body["windows"].is_array())
        return refuse("`windows`", "must be an array");
    return Header{*regime, flag_member(body, "amd")};
}

Json figures_json(const AbandonmentFigures& figures) {
    return {{"numerator", compliance::fraction_text(figures.numerator)},
            {"denominator", compliance::fraction_text(figures.denominator)},
            {"rate", compliance::six_places(figures.rate())},
            {"cap", compliance::six_places(figures.cap)},
            {"verdict", figures.is_breach ? "BREACH" : "PASS"},
            {"silent_violation", figures.silent_violation}};
}

}  // namespace

Result<Json> abandonment_of(std::string_view text) {
    const Json body = Json::parse(text, nullptr, false);
    if (body.is_discarded()) return refuse("the input", "is not JSON");
    const auto header = read_header(body);
    if (!header) return tl::unexpected(header.error());
    WrittenErrors written;
    Json::sax_parse(text, &written);

    Json windows = Json::array();
    for (std::size_t i = 0; i < body["windows"].size(); ++i) {
        const std::string place = fmt::format("windows[{}]", i);
        const Json& window = body["windows"][i];
        if (!window.is_object()) return refuse(place, "must be an object");
        const auto calls = read_window(window, written.of_window[i], place);
        if (!calls) return tl::unexpected(calls.error());
        windows.push_back(
            figures_json(compliance::abandonment_figures(header->regime, header->amd, *calls)));
    }
    return Json{{"windows", std::move(windows)}};
}

ExitCode compliance_abandonment(std::istream& in, const Output& output) {
    const std::string text{std::istreambuf_iterator<char>{in}, {}};
    const auto answer = abandonment_of(text);
    if (!answer) return report_error(output, answer.error());
    output.out << (output.json ? answer->dump() + "\n" : render(*answer));
    return ExitCode::Done;
}

}  // namespace bellwether::app
