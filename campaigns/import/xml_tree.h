#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace bellwether::campaigns::import {

/// An element of an XML document.
struct XmlElement {
    std::string name;  ///< without its namespace's prefix
    std::map<std::string, std::string, std::less<>> attributes;
    std::string text;  ///< its own character data, joined
    std::vector<XmlElement> children;
    std::uint64_t line = 0;  ///< on which it begins, from 1

    /// The first child of a name; null: none.
    [[nodiscard]] const XmlElement* child(std::string_view wanted) const;
    /// The text of the first child of a name; empty: none.
    [[nodiscard]] std::string child_text(std::string_view wanted) const;
    [[nodiscard]] std::string attribute(std::string_view wanted) const;
};

/// Reads an XML document, hostile ones too: nothing outside of it is opened, entities that it
/// declares itself are refused, the rest of a DTD is passed over. Limits: 64 elements deep, 200,000
/// elements, 32 MB of text. Pure: the parser (expat, docs/decisions/0028) works on the bytes alone.
/// @return the root; or InvalidInput with line and column.
[[nodiscard]] Result<XmlElement> read_xml(std::string_view document);

}  // namespace bellwether::campaigns::import
