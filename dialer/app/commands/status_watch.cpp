#include "dialer/app/commands/status_watch.h"

#include <fmt/format.h>
#include <poll.h>

#include <ostream>

#include "dialer/api/client.h"
#include "dialer/app/commands/terminal.h"
#include "dialer/app/commands/wallboard.h"

namespace bellwether::app {

namespace {

using std::chrono::milliseconds;

constexpr milliseconds kBetweenLooks{900};  // a picture is never older than a second

Result<Json> ask(const Config& config) {
    const api::ClientOptions options{.socket = config.socket,
                                     .connect_timeout = std::chrono::seconds{2},
                                     .answer_timeout = std::chrono::seconds{5}};
    const auto response = api::exchange(options, {"GET", "/api/v1/status", "", ""});
    if (!response) return tl::unexpected(response.error());
    auto status = Json::parse(response->body, nullptr, false);
    if (response->status >= 300 || !status.is_object())
        return fail(Errc::Unavailable, "the service's answer cannot be read");
    return status;
}

/// What is on the screen, and what is known.
class Watch {
public:
    Watch(const Config& config, Terminal terminal)
        : config_{config}, terminal_{std::move(terminal)} {}

    ExitCode run() {
        while (true) {
            if (!view_.frozen) look();
            const auto size = Terminal::size();
            view_.columns = std::max(size.columns, 20);
            view_.rows = std::max(size.rows, 5);
            terminal_.show(draw_wallboard(status_, view_));
            const auto key = terminal_.wait_for_key(kBetweenLooks);
            if (key == 'q' || key == 'Q') return ExitCode::Done;
            if (key == 'p' || key == 'P') view_.frozen = !view_.frozen;
        }
    }

private:
    void look() {
        auto status = ask(config_);
        view_.fault = status ? std::string{} : status.error().detail;
        if (status) status_ = *std::move(status);
    }

    const Config& config_;
    Terminal terminal_;
    WallboardView view_;
    Json status_ = Json::object();
};

/// The time of the picture changes with every look: a picture that differs in it alone is no news.
std::vector<std::string> without_clock(std::vector<std::string> lines) {
    lines.erase(lines.begin());
    return lines;
}

ExitCode print_plainly(const Config& config, const Output& output) {
    std::vector<std::string> printed;
    while (output.out) {
        const auto status = ask(config);
        if (!status) return report_error(output, status.error());
        if (output.json) {
            output.out << status->dump() << std::endl;
        } else {
            const auto lines =
                draw_wallboard(*status, {.columns = 200, .rows = 0, .colour = false});
            if (without_clock(lines) != printed) {
                for (const std::string& line : lines) output.out << line << "\n";
                output.out << std::endl;
                printed = without_clock(lines);
            }
        }
        ::poll(nullptr, 0, static_cast<int>(kBetweenLooks.count()));
    }
    return ExitCode::Done;
}

}  // namespace

ExitCode watch_status(const Given&, const Config& config, const Output& output) {
    if (!api::is_listening(config.socket)) {
        return report_error(
            output, {Errc::Unavailable,
                     fmt::format("no service is running on {}: start one with 'bellwether serve'",
                                 config.socket.string())});
    }
    if (output.json || !Terminal::is_there()) return print_plainly(config, output);
    auto terminal = Terminal::take();
    if (!terminal) return report_error(output, terminal.error());
    return Watch{config, *std::move(terminal)}.run();
}

}  // namespace bellwether::app
