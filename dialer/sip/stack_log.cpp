#include "dialer/sip/stack_log.h"

#include <sofia-sip/su_log.h>

#include <array>
#include <cstdarg>
#include <cstdio>
#include <string_view>
#include <utility>

namespace bellwether::sip {
namespace {

thread_local std::string tls_fault;

// "  err 10:certificate has expired\n" of the library's tls_verify_cb.
constexpr std::string_view kVerifyFormat = "  err %i:%s";
// "tls_post_connection_check(0x…): Peer Subject Mismatch (carrier.example)\n"
constexpr std::string_view kNameMismatch = "Peer Subject Mismatch";

std::string printed(const char* format, va_list values) {
    std::array<char, 256> text{};
    (void)std::vsnprintf(text.data(), text.size(), format, values);
    std::string line{text.data()};
    while (!line.empty() && line.back() == '\n') line.pop_back();
    return line;
}

void on_line(void* /*stream*/, const char* format, va_list values) {
    const std::string_view pattern{format};
    if (pattern.starts_with(kVerifyFormat)) {
        const std::string line = printed(format, values);
        tls_fault = line.substr(line.find(':') + 1);
    } else if (pattern.find(kNameMismatch) != std::string_view::npos) {
        const std::string line = printed(format, values);
        const auto name = line.rfind('(');
        tls_fault = "the certificate does not hold the name " +
                    (name != std::string::npos ? line.substr(name) : std::string{});
    }
}

}  // namespace

void silence_stack_log() { su_log_redirect(nullptr, on_line, nullptr); }

std::string take_tls_fault() { return std::exchange(tls_fault, {}); }

}  // namespace bellwether::sip
