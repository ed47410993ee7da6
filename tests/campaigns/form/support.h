#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "campaigns/form/read_form.h"

namespace bellwether::campaigns::form {

/// Problems or notices as "sheet:row:column: what", which tests match in part.
inline std::vector<std::string> brief(const std::vector<SheetProblem>& problems) {
    std::vector<std::string> texts;
    for (const SheetProblem& p : problems) {
        texts.push_back(p.sheet.substr(0, p.sheet.find('.')) + ":" + std::to_string(p.row) + ":" +
                        p.column + ": " + p.what);
    }
    return texts;
}

inline std::vector<std::string> problems_of(FormSheets sheets) {
    const auto form = read_form(std::move(sheets));
    return form ? std::vector<std::string>{} : brief(form.error());
}

inline Form form_of(FormSheets sheets) {
    auto form = read_form(std::move(sheets));
    if (!form) {
        for (const auto& problem : form.error()) ADD_FAILURE() << describe(problem);
        return {};
    }
    return std::move(*form);
}

/// A form of one sheet.
inline Form form_asking(std::string survey) {
    return form_of(FormSheets{.survey = std::move(survey), .choices = {}, .settings = {}});
}

}  // namespace bellwether::campaigns::form
