// alphascope-cli sample: pictures from codes drawn from the prior.

#include <memory>

#include <fmt/format.h>

#include "app/options.h"
#include "app/picture_output.h"
#include "app/verb.h"
#include "engine/api/codes.h"
#include "engine/api/output.h"

namespace alphascope::app {

namespace {

struct SampleArguments {
    ModelArguments model;
    std::size_t count = 64;
    std::uint64_t seed = 1;
    double truncation = 1.0;
    int columns = 0;
    std::string output;
};

void runSample(const SampleArguments& arguments) {
    const OutputKind kind = outputKind(
        arguments.output,
        {{OutputKind::Sheet, "FILE.png"}, {OutputKind::Array, "FILE.npy"}, {OutputKind::Folder, "FOLDER/"}});
    engine::Model model = arguments.model.open();
    const engine::Codes codes =
        engine::priorCodes(arguments.seed, arguments.count, model.info().latentSize, arguments.truncation);
    if (kind == OutputKind::Array && model.info().isPoints()) {
        engine::writeNpy(arguments.output, model.decodePoints(codes));
    } else {
        const std::vector<engine::Image> pictures = model.decode(codes);
        writePictures(arguments.output, kind, pictures, pictures, arguments.columns);
    }
    fmt::print(stderr, "{} samples of step {} in {}\n", codes.count, model.info().step, arguments.output);
}

} // namespace

Verb addSampleVerb(CLI::App& root) {
    CLI::App* verb = root.add_subcommand("sample", "Draw pictures from random codes");
    const auto arguments = std::make_shared<SampleArguments>();
    addModelOptions(*verb, arguments->model);
    addWholeNumber<std::size_t>(*verb, "--count", arguments->count, 1, 1'000'000, "Number of pictures");
    addWholeNumber<std::uint64_t>(*verb, "--seed", arguments->seed, 0, UINT64_MAX, "Of the codes");
    addRealNumber(*verb, "--truncation", arguments->truncation, 0.0, 10.0, "Factor on the codes");
    addWholeNumber(*verb, "--columns", arguments->columns, 0, 1000,
                   "Of the sheet; 0 = as square as possible");
    verb->add_option("--output", arguments->output,
                     "Sheet, array [N,H,W,C] (of points float32 [N,2]), or folder of pictures")
        ->required()
        ->type_name("FILE.png|FILE.npy|FOLDER/");
    return {verb, [arguments] { runSample(*arguments); }};
}

} // namespace alphascope::app
