#include "campaigns/import/xml_tree.h"

#include <expat.h>

#include <algorithm>
#include <limits>
#include <memory>

namespace bellwether::campaigns::import {
namespace {

constexpr std::size_t kDepthMax = 64;  // queXML goes nine deep
constexpr std::size_t kElementsMax = 200'000;
constexpr std::size_t kTextBytesMax = std::size_t{32} << 20;

std::string local_name(std::string_view name) {
    const auto colon = name.rfind(':');
    return std::string{colon == std::string_view::npos ? name : name.substr(colon + 1)};
}

class TreeReader {
public:
    TreeReader() : parser_{XML_ParserCreate(nullptr), &XML_ParserFree} {
        XML_SetUserData(parser_.get(), this);
        XML_SetElementHandler(
            parser_.get(),
            [](void* self, const XML_Char* name, const XML_Char** attributes) {
                static_cast<TreeReader*>(self)->begin(name, attributes);
            },
            [](void* self, const XML_Char*) { static_cast<TreeReader*>(self)->end(); });
        XML_SetCharacterDataHandler(
            parser_.get(), [](void* self, const XML_Char* text, int length) {
                static_cast<TreeReader*>(self)->take_text({text, static_cast<std::size_t>(length)});
            });
        XML_SetEntityDeclHandler(
            parser_.get(), [](void* self, const XML_Char*, int, const XML_Char*, int,
                              const XML_Char*, const XML_Char*, const XML_Char*, const XML_Char*) {
                static_cast<TreeReader*>(self)->stop("declares entities: take them out");
            });
        XML_SetSkippedEntityHandler(parser_.get(), [](void* self, const XML_Char*, int) {
            static_cast<TreeReader*>(self)->stop("uses an entity that is not declared");
        });
    }

    Result<XmlElement> read(std::string_view document) {
        if (document.size() > static_cast<std::size_t>(std::numeric_limits<int>::max()))
            return fail(Errc::InvalidInput, "the document is larger than 2 GB");
        const auto status =
            XML_Parse(parser_.get(), document.data(), static_cast<int>(document.size()), XML_TRUE);
        if (status == XML_STATUS_OK) return std::move(root_.children.front());
        const char* why = XML_ErrorString(XML_GetErrorCode(parser_.get()));
        return fail(Errc::InvalidInput,
                    "line " + std::to_string(XML_GetCurrentLineNumber(parser_.get())) +
                        ", column " +
                        std::to_string(XML_GetCurrentColumnNumber(parser_.get()) + 1) + ": " +
                        (stopped_.empty() ? "no well-formed XML (" + std::string{why} + ")"
                                          : "the document " + stopped_));
    }

private:
    void stop(std::string why) {
        if (!stopped_.empty()) return;
        stopped_ = std::move(why);
        XML_StopParser(parser_.get(), XML_FALSE);
    }

    void begin(const char* name, const char** attributes) {
        if (!stopped_.empty()) return;
        if (open_.size() > kDepthMax) return stop("is nested deeper than 64 elements");
        if (++elements_ > kElementsMax) return stop("has more than 200,000 elements");
        XmlElement& element = open_.back()->children.emplace_back();
        element.name = local_name(name);
        element.line = XML_GetCurrentLineNumber(parser_.get());
        for (; *attributes != nullptr; attributes += 2)
            element.attributes[local_name(attributes[0])] = attributes[1];
        open_.push_back(&element);
    }

    // expat may still report the end of an element at whose beginning it was stopped.
    void end() {
        if (stopped_.empty()) open_.pop_back();
    }

    void take_text(std::string_view text) {
        if (!stopped_.empty()) return;
        text_bytes_ += text.size();
        if (text_bytes_ > kTextBytesMax) return stop("holds more than 32 MB of text");
        open_.back()->text += text;
    }

    std::unique_ptr<XML_ParserStruct, decltype(&XML_ParserFree)> parser_;
    XmlElement root_;  // around the document's own
    // An element's siblings move when one is added; those that are open have none behind them.
    std::vector<XmlElement*> open_{&root_};
    std::size_t elements_ = 0;
    std::size_t text_bytes_ = 0;
    std::string stopped_;
};

}  // namespace

const XmlElement* XmlElement::child(std::string_view wanted) const {
    const auto found = std::ranges::find(children, wanted, &XmlElement::name);
    return found == children.end() ? nullptr : &*found;
}

std::string XmlElement::child_text(std::string_view wanted) const {
    const XmlElement* found = child(wanted);
    return found == nullptr ? std::string{} : found->text;
}

std::string XmlElement::attribute(std::string_view wanted) const {
    const auto found = attributes.find(wanted);
    return found == attributes.end() ? std::string{} : found->second;
}

Result<XmlElement> read_xml(std::string_view document) { return TreeReader{}.read(document); }

}  // namespace bellwether::campaigns::import
