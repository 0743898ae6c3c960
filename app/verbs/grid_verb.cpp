// alphascope-cli corner-grid: pictures between four codes. Not "grid", which is a data set: "data grid" would
// mean this.

#include <memory>

#include <fmt/format.h>

#include "app/code_finding.h"
#include "app/options.h"
#include "app/picture_output.h"
#include "app/verb.h"
#include "engine/api/paths.h"

namespace alphascope::app {

namespace {

struct GridArguments {
    ModelArguments model;
    std::vector<std::string> corners;
    std::size_t size = 8;
    std::string path = "slerp";
    double pull = 0.0;
    std::string output;
};

void runGrid(const GridArguments& arguments) {
    const OutputKind kind = outputKind(
        arguments.output,
        {{OutputKind::Sheet, "FILE.png"}, {OutputKind::Array, "FILE.npy"}, {OutputKind::Folder, "FOLDER/"}});
    engine::Model model = arguments.model.open();
    const auto path = arguments.path == "lerp" ? engine::PathKind::Lerp : engine::PathKind::Slerp;
    const engine::Codes corners = namedCodes(model, "--corners", arguments.corners);
    const std::vector<engine::Image> pictures =
        model.decode(model.pulledToData(engine::cornerGrid(corners, arguments.size, path), arguments.pull));
    writePictures(arguments.output, kind, pictures, pictures, static_cast<int>(arguments.size));
    fmt::print(stderr, "{} x {} pictures in {}\n", arguments.size, arguments.size, arguments.output);
}

} // namespace

Verb addGridVerb(CLI::App& root) {
    CLI::App* verb = root.add_subcommand("corner-grid", "Pictures between four codes");
    const auto arguments = std::make_shared<GridArguments>();
    addModelOptions(*verb, arguments->model);
    addEncodingOptions(*verb, arguments->model);
    verb->add_option("--corners", arguments->corners, "Top left, top right, bottom left, bottom right")
        ->required()
        ->expected(4)
        ->type_name(codeTypeName);
    addWholeNumber<std::size_t>(*verb, "--size", arguments->size, 2, 128, "Pictures a side");
    addChoice(*verb, "--path", arguments->path, {"lerp", "slerp"}, "Straight, or along the sphere");
    addPullOption(*verb, arguments->pull);
    verb->add_option("--output", arguments->output, "Sheet, array [N,H,W,C], or folder of pictures")
        ->required()
        ->type_name("FILE.png|FILE.npy|FOLDER/");
    return {verb, [arguments] { runGrid(*arguments); }};
}

} // namespace alphascope::app
