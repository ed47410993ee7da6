#include "campaigns/export/ddi.h"

#include <utility>

#include "base/xml_text.h"
#include "campaigns/form/values.h"

namespace bellwether::campaigns::exports {
namespace {

std::string element(const std::string& name, std::string_view text) {
    if (text.empty()) return {};
    return "<" + name + ">" + xml_escaped(on_one_line(text)) + "</" + name + ">";
}

class CodebookWriter {
public:
    CodebookWriter(const Dataset& data, const StudyFacts& study)
        : data_{data}, study_{study}, columns_{flat_columns(data)} {}

    std::string write() {
        text_ =
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<codeBook xmlns=\"ddi:codebook:2_5\" "
            "version=\"2.5\" xml:lang=\"" +
            xml_escaped(data_.languages.front()) + "\">\n";
        add_study();
        add_file();
        text_ += "  <dataDscr>\n";
        for (const auto& variable : data_.variables) add_group(variable);
        for (const auto& column : columns_) add_variable(column);
        text_ += "  </dataDscr>\n</codeBook>\n";
        return std::move(text_);
    }

private:
    void add_study() {
        text_ += "  <stdyDscr>\n    <citation><titlStmt>" + element("titl", data_.title) +
                 element("IDNo", study_.id) + "</titlStmt>\n      <prodStmt><software version=\"" +
                 xml_escaped(study_.software) + "\">Bellwether</software></prodStmt></citation>\n";
        const std::string collection =
            element("collMode", study_.mode) + element("weight", data_.weighting);
        std::string method;
        if (!collection.empty()) method += "<dataColl>" + collection + "</dataColl>";
        if (!study_.response_rate.empty())
            method += "<anlyInfo>" + element("respRate", study_.response_rate) + "</anlyInfo>";
        if (!method.empty()) text_ += "    <method>" + method + "</method>\n";
        text_ += "  </stdyDscr>\n";
    }

    void add_file() {
        text_ += "  <fileDscr ID=\"F1\"><fileTxt>" + element("fileName", data_.name + ".csv") +
                 "\n    <dimensns>" + element("caseQnty", std::to_string(data_.rows.size())) +
                 element("varQnty", std::to_string(columns_.size())) +
                 "</dimensns><fileType>text/csv; charset=utf-8</fileType></fileTxt></fileDscr>\n";
    }

    /// labl elements in every language that says something.
    void add_labels(const char* level, const std::vector<std::string>& labels) {
        for (std::size_t i = 0; i < labels.size(); ++i) {
            if (labels[i].empty()) continue;
            text_ += "<labl level=\"" + std::string{level} + "\" xml:lang=\"" +
                     xml_escaped(data_.languages[i]) + "\">" + xml_escaped(on_one_line(labels[i])) +
                     "</labl>";
        }
    }

    void add_group(const Variable& variable) {
        if (variable.part_names.empty()) return;
        text_ += "    <varGrp ID=\"VG_" + variable.name + "\" type=\"multipleResp\" var=\"";
        for (std::size_t i = 0; i < variable.part_names.size(); ++i)
            text_ += (i == 0 ? "V_" : " V_") + variable.part_names[i];
        text_ += "\" name=\"" + variable.name + "\">";
        for (std::size_t i = 0; i < data_.languages.size(); ++i) {
            if (variable.labels[i].empty()) continue;
            text_ += "<labl xml:lang=\"" + xml_escaped(data_.languages[i]) + "\">" +
                     xml_escaped(on_one_line(variable.labels[i])) + "</labl>";
        }
        text_ += "</varGrp>\n";
    }

    static const char* domain_of(Kind kind) {
        switch (kind) {
            case Kind::Single:
                return "category";
            case Kind::Multiple:
                return "multiple";
            case Kind::Number:
                return "numeric";
            case Kind::Date:
            case Kind::Time:
                return "datetime";
            case Kind::Text:
                break;
        }
        return "text";
    }

    /// Children in the order that the schema demands: labl, qstn, valrng, invalrng, universe,
    /// catgry, varFormat.
    void add_variable(const FlatColumn& column) {
        const Variable& variable = data_.variables[column.variable];
        text_ += "    <var ID=\"V_" + column.name + "\" name=\"" + column.name + "\" files=\"F1\"";
        if (variable.use == Use::Weight && !data_.weighting.empty()) text_ += " wgt=\"wgt\"";
        if (!is_text(variable)) text_ += " dcml=\"" + std::to_string(variable.decimals) + "\"";
        text_ += std::string{" intrvl=\""} +
                 (variable.kind == Kind::Number && variable.decimals > 0 ? "contin" : "discrete") +
                 "\">";
        std::vector<std::string> labels;
        for (std::size_t i = 0; i < data_.languages.size(); ++i)
            labels.push_back(flat_label(data_, column, i));
        add_labels("variable", labels);
        add_question(column, variable);
        add_ranges(variable);
        text_ += element("universe", variable.relevant.empty() ? std::string{}
                                                               : "Asked if " + variable.relevant);
        add_categories(column, variable);
        text_ += std::string{"<varFormat type=\""} + (is_text(variable) ? "character" : "numeric") +
                 "\"/></var>\n";
    }

    void add_question(const FlatColumn& column, const Variable& variable) {
        if (variable.key.empty()) return;
        text_ += "<qstn ID=\"Q_" + column.name + "\" responseDomainType=\"" +
                 domain_of(variable.kind) + "\">";
        for (std::size_t i = 0; i < data_.languages.size(); ++i) {
            if (variable.labels[i].empty()) continue;
            text_ += "<qstnLit xml:lang=\"" + xml_escaped(data_.languages[i]) + "\">" +
                     xml_escaped(on_one_line(variable.labels[i])) + "</qstnLit>";
        }
        text_ += "</qstn>";
    }

    void add_ranges(const Variable& variable) {
        if (variable.kind == Kind::Number) {
            text_ += "<valrng><range min=\"" + form::number_text(variable.low) + "\" max=\"" +
                     form::number_text(variable.high) + "\"/></valrng>";
        }
        std::string items;
        for (const auto& category : variable.categories) {
            if (category.is_missing)
                items += "<item VALUE=\"" + std::to_string(category.code) + "\"/>";
        }
        if (!items.empty()) text_ += "<invalrng>" + items + "</invalrng>";
    }

    void add_categories(const FlatColumn& column, const Variable& variable) {
        if (column.part != nullptr) {
            add_category("", "0", form::ByLanguage(data_.languages.size(), "Not mentioned"));
            add_category("", "1", form::ByLanguage(data_.languages.size(), "Mentioned"));
        }
        for (const auto& category : variable.categories) {
            if (column.part != nullptr && !category.is_missing) continue;
            add_category(category.is_missing ? " missing=\"Y\"" : "", std::to_string(category.code),
                         category.labels);
        }
    }

    void add_category(const std::string& attributes, const std::string& code,
                      const form::ByLanguage& labels) {
        text_ += "\n      <catgry" + attributes + "><catValu>" + code + "</catValu>";
        add_labels("category", labels);
        text_ += "</catgry>";
    }

    const Dataset& data_;
    const StudyFacts& study_;
    std::vector<FlatColumn> columns_;
    std::string text_;
};

}  // namespace

std::vector<OutputFile> ddi_files(const Dataset& data, const StudyFacts& study) {
    return {{data.name + ".xml", CodebookWriter{data, study}.write()},
            {data.name + ".csv", plain_csv(data)}};
}

}  // namespace bellwether::campaigns::exports
