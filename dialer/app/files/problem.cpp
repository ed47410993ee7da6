#include "dialer/app/files/problem.h"

namespace bellwether::app {

std::string to_text(const Problem& problem) {
    std::string text = problem.file;
    if (problem.line > 0) text += ":" + std::to_string(problem.line);
    return text + ": " + problem.text;
}

std::string to_text(const Problems& problems) {
    std::string text;
    for (const Problem& problem : problems) {
        if (!text.empty()) text += '\n';
        text += to_text(problem);
    }
    return text;
}

}  // namespace bellwether::app
