#pragma once

#include <gtest/gtest.h>

#include <string>

#include "dialer/app/handlers/router.h"
#include "tests/dialer/app/handlers/fake_backend.h"

namespace bellwether::app {

/// One request to the router and its answer as JSON; the status must be the given one.
inline Json ask(Backend& backend, const std::string& method, const std::string& path,
                const Json& body = Json::object(), int status = 200) {
    const auto response =
        route(backend, {method, "/api/v1" + path, body.empty() ? "" : body.dump(), ""});
    EXPECT_EQ(response.status, status) << method << " " << path << ": " << response.body;
    auto json = Json::parse(response.body, nullptr, false);
    return json.is_discarded() ? Json(response.body) : json;
}

/// The whole text of an answer that is a file.
inline std::string ask_text(Backend& backend, const std::string& path) {
    const auto response = route(backend, {"GET", "/api/v1" + path, "", ""});
    EXPECT_EQ(response.status, 200) << response.body;
    std::string text = response.body;
    for (std::string piece; response.more && response.more(piece); piece.clear()) text += piece;
    return text;
}

/// A folder with a campaign that needs nothing else, and its request body.
inline Json notice_campaign(const std::filesystem::path& folder, const std::string& name = "spring",
                            const std::string& list = "people") {
    write_wav(folder / "notice.wav");
    const std::string toml = "name = \"" + name + "\"\nlist = \"" + list +
                             "\"\npurpose = \"notice\"\ndial_mode = \"unattended\"\nlines = 5\n"
                             "caller_id = \"+12025550100\"\nnotice = \"notice.wav\"\n"
                             "[hours]\nzone = \"UTC\"\nwindows = [{days = \"daily\", from = "
                             "\"00:00\", to = \"24:00\"}]\n";
    return {{"toml", toml}, {"file", name + ".toml"}, {"folder", folder.string()}};
}

}  // namespace bellwether::app
