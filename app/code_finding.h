#pragma once
// How the verbs that take pictures find their codes: the options, the progress of a search, and what is said
// about it afterwards.

#include <string>
#include <vector>

#include "app/describe.h"
#include "app/options.h"
#include "app/progress_line.h"
#include "engine/api/encoding.h"

namespace alphascope::app {

/// --encode-by, --search-steps, --search-starts, --search-rate
void addEncodingOptions(CLI::App& verb, ModelArguments& target);

/// A search for codes on standard error. One thread; lives while it goes on.
class SearchLine {
public:
    /// `json`: of the verb; see ProgressLine::isQuiet.
    explicit SearchLine(bool json = false) : line_(ProgressLine::isQuiet(json)) {}
    ~SearchLine() { line_.close(); }
    SearchLine(const SearchLine&) = delete;
    SearchLine& operator=(const SearchLine&) = delete;

    engine::CodeSearchListener listener();

private:
    ProgressLine line_;
};

/// What a code is named by on a command line, for its help: a picture, or a random code by its seed.
inline constexpr const char* codeTypeName = "IMAGE|seed:N";
/// The code that `text` names: of a picture file, or of "seed:7". `option` is for messages. Throws Error.
std::vector<float> namedCode(engine::Model& model, const std::string& option, const std::string& text);
/// Several of them, in order.
engine::Codes namedCodes(engine::Model& model, const std::string& option,
                         const std::vector<std::string>& texts);

/// --pull, as Model::pulledToData() takes it.
void addPullOption(CLI::App& verb, double& pull);

/// {"by": "encoder"}, or {"by": "search", ...} with the settings that the codes depend on.
nlohmann::ordered_json codesJson(const engine::Model& model, const ModelArguments& arguments);
/// The second of them.
nlohmann::ordered_json searchJson(const engine::ModelInfo& model, const ModelArguments& arguments);

/// "found by search (300 steps from 3 starts)", "found by the encoder"
std::string codesText(const engine::Model& model, const ModelArguments& arguments);

} // namespace alphascope::app
