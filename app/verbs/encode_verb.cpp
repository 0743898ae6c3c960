// alphascope-cli encode: pictures to codes.

#include <memory>

#include <fmt/format.h>

#include "app/code_finding.h"
#include "app/options.h"
#include "app/picture_output.h"
#include "app/standard_output.h"
#include "app/verb.h"
#include "engine/api/output.h"

namespace alphascope::app {

namespace {

struct EncodeArguments {
    ModelArguments model;
    ImageArguments images;
    std::string output;
    bool json = false;
};

std::string quoted(const std::string& text) {
    if (text.find_first_of(",\"\r\n") == std::string::npos) {
        return text;
    }
    std::string result = "\"";
    for (const char c : text) {
        result += c;
        if (c == '"') {
            result += '"';
        }
    }
    return result + '"';
}

std::string codesTable(const engine::PreparedImages& prepared, const engine::Codes& codes) {
    std::string text = "name,label";
    for (std::size_t d = 0; d < codes.size; ++d) {
        text += fmt::format(",z{}", d);
    }
    text += '\n';
    for (std::size_t i = 0; i < codes.count; ++i) {
        text += quoted(prepared.names[i]) + ',';
        text += prepared.labels[i] < 0 ? std::string() : fmt::to_string(prepared.labels[i]);
        for (const float value : codes.row(i)) {
            text += fmt::format(",{}", value);
        }
        text += '\n';
    }
    return text;
}

void runEncode(const EncodeArguments& arguments) {
    const OutputKind kind =
        outputKind(arguments.output, {{OutputKind::Array, "FILE.npy"}, {OutputKind::Table, "FILE.csv"}});
    engine::Model model = arguments.model.open();
    const engine::PreparedImages prepared = arguments.images.prepare(model);
    const engine::Codes codes = [&] {
        SearchLine line(arguments.json);
        return model.encode(prepared.images, line.listener());
    }();
    if (kind == OutputKind::Array) {
        engine::writeNpy(arguments.output, codes);
    } else {
        engine::writeFileAtomically(arguments.output, codesTable(prepared, codes));
    }
    if (arguments.json) {
        printLine(toLine({{"done",
                           {{"count", codes.count},
                            {"latent_size", codes.size},
                            {"codes", codesJson(model, arguments.model)},
                            {"output", arguments.output}}}}));
    }
    fmt::print(stderr, "{} codes of {} numbers, {}, in {}\n", codes.count, codes.size,
               codesText(model, arguments.model), arguments.output);
}

} // namespace

Verb addEncodeVerb(CLI::App& root) {
    CLI::App* verb = root.add_subcommand("encode", "Find the codes of pictures");
    const auto arguments = std::make_shared<EncodeArguments>();
    addModelOptions(*verb, arguments->model);
    addImageOptions(*verb, arguments->images);
    addEncodingOptions(*verb, arguments->model);
    verb->add_option("--output", arguments->output, "Codes: float32 [N,Z], or a table with names and labels")
        ->required()
        ->type_name("FILE.npy|FILE.csv");
    verb->add_flag("--json", arguments->json, "One JSON object on standard output");
    return {verb, [arguments] { runEncode(*arguments); }};
}

} // namespace alphascope::app
