#include "dialer/app/service/speech.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <thread>

#include "dialer/app/files/sha256.h"

extern char** environ;

namespace bellwether::app {

namespace {

using namespace std::chrono_literals;

constexpr auto kMadeWithin = 20s;  // a minute of speech takes it half a second
constexpr auto kLookEvery = 5ms;
constexpr int kNotFound = 127;  // posix_spawn's child, as a shell has it

/// Runs espeak-ng to its end. The words are one argument after "--": no shell reads them.
Result<int> run_espeak(const std::filesystem::path& out, std::string language, std::string text) {
    std::string program = "espeak-ng";
    std::string voice = "-v";
    std::string write = "-w";
    std::string file = out.string();
    std::string end = "--";
    std::array<char*, 8> words{program.data(), voice.data(), language.data(), write.data(),
                               file.data(),    end.data(),   text.data(),     nullptr};
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO})
        posix_spawn_file_actions_addopen(&actions, stream, "/dev/null", O_RDWR, 0);
    pid_t child = 0;
    const int error =
        posix_spawnp(&child, program.c_str(), &actions, nullptr, words.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    if (error != 0) {
        return fail(Errc::Unavailable,
                    fmt::format("cannot run espeak-ng, which speaks what has no recording: {}; "
                                "install the package espeak-ng",
                                std::strerror(error)));
    }
    int status = 0;
    const auto deadline = std::chrono::steady_clock::now() + kMadeWithin;
    while (waitpid(child, &status, WNOHANG) == 0) {
        if (std::chrono::steady_clock::now() > deadline) {
            kill(child, SIGKILL);
            waitpid(child, &status, 0);
            return fail(Errc::Unavailable, "espeak-ng did not end in time");
        }
        std::this_thread::sleep_for(kLookEvery);
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : kNotFound;
}

}  // namespace

Speech::Speech(std::filesystem::path folder) : folder_{std::move(folder)} {}

Result<std::filesystem::path> Speech::file(std::string_view text, std::string_view language) const {
    Sha256 digest;
    digest.add(fmt::format("{}\n{}", language, text));
    const auto name = digest.hex().substr(0, 32);
    const auto wanted = folder_ / fmt::format("{}-{}.wav", language, name);
    std::error_code error;
    if (std::filesystem::exists(wanted, error)) return wanted;
    std::filesystem::create_directories(folder_, error);
    if (error) {
        return fail(Errc::Unavailable, fmt::format("cannot create the folder {}: {}",
                                                   folder_.string(), error.message()));
    }
    // Beside it first: a name that is there is a sound that is whole.
    const auto half = folder_ / fmt::format("{}.{}.part", name, getpid());
    const auto ended = run_espeak(half, std::string{language}, std::string{text});
    if (!ended) return tl::unexpected(ended.error());
    if (*ended != 0 || !std::filesystem::exists(half, error)) {
        std::filesystem::remove(half, error);
        return fail(
            Errc::InvalidInput,
            fmt::format("espeak-ng cannot speak the language \"{}\": see espeak-ng --voices",
                        language));
    }
    std::filesystem::rename(half, wanted, error);
    if (error) {
        return fail(Errc::Unavailable,
                    fmt::format("cannot write {}: {}", wanted.string(), error.message()));
    }
    return wanted;
}

}  // namespace bellwether::app
