// alphascope-cli import: weights that PyTorch saved, as safetensors.

#include <memory>

#include <fmt/format.h>

#include "app/describe.h"
#include "app/standard_output.h"
#include "app/verb.h"
#include "engine/api/metrics.h"

namespace alphascope::app {

namespace {

struct ImportArguments {
    std::string weights;
    std::string output;
    bool json = false;
};

void runImport(const ImportArguments& arguments) {
    const engine::ImportedWeights imported = engine::importWeights(arguments.weights, arguments.output);
    if (arguments.json) {
        printLine(toLine({{"done",
                           {{"tensors", imported.tensors},
                            {"numbers", imported.numbers},
                            {"checksum", imported.checksum},
                            {"output", arguments.output}}}}));
    }
    fmt::print(stderr, "{} tensors of {} numbers, checksum {}, in {}\n", imported.tensors, imported.numbers,
               imported.checksum, arguments.output);
}

} // namespace

Verb addImportVerb(CLI::App& root) {
    CLI::App* verb = root.add_subcommand("import", "Make safetensors of weights that PyTorch saved");
    const auto arguments = std::make_shared<ImportArguments>();
    verb->add_option("weights", arguments->weights,
                     "A state_dict as torch.save wrote it; tensors alone are taken")
        ->required()
        ->type_name("WEIGHTS.pth");
    verb->add_option("--output", arguments->output, "Where to")->required()->type_name("FILE.safetensors");
    verb->add_flag("--json", arguments->json, "One JSON object on standard output");
    return {verb, [arguments] { runImport(*arguments); }};
}

} // namespace alphascope::app
