#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "campaigns/form/lint.h"
#include "campaigns/form/read_form.h"
#include "campaigns/form/script.h"
#include "campaigns/import/imported.h"

namespace bellwether::campaigns::import {

/// Notes as "line: what", which tests match in part.
inline std::vector<std::string> brief(const std::vector<ImportNote>& notes) {
    std::vector<std::string> texts;
    for (const ImportNote& note : notes)
        texts.push_back(std::to_string(note.line) + ": " + note.what);
    return texts;
}

/// The form of the sheets that were made; every problem fails the test.
inline form::Form form_of(const Imported& made) {
    auto read = form::read_form(
        {.survey = made.survey, .choices = made.choices, .settings = made.settings});
    if (read) return *std::move(read);
    for (const auto& problem : read.error()) ADD_FAILURE() << describe(problem);
    return {};
}

/// The path of an interview in which the same keys are pressed each time an item is presented.
inline std::vector<std::string> path_of(
    const form::Form& read, const std::vector<std::pair<std::string, std::string>>& keys) {
    form::Script script;
    for (const auto& [item, pressed] : keys) script.keys[item] = {{pressed}, true};
    const auto result = form::run_script(read, script);
    if (result) return result->path;
    ADD_FAILURE() << result.error().detail;
    return {};
}

/// Lines of cells between tabs, written with | for the tab.
inline std::string tabbed(std::string text) {
    for (char& c : text) c = c == '|' ? '\t' : c;
    return text;
}

}  // namespace bellwether::campaigns::import
