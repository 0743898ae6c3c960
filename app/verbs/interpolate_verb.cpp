// alphascope-cli interpolate: a walk between two codes.

#include <charconv>
#include <memory>

#include <fmt/format.h>

#include "app/code_finding.h"
#include "app/options.h"
#include "app/picture_output.h"
#include "app/verb.h"
#include "engine/api/codes.h"

namespace alphascope::app {

namespace {

using engine::Error;
using engine::ErrorKind;

struct InterpolateArguments {
    ModelArguments model;
    std::string from;
    std::string to;
    std::size_t steps = 9;
    std::string path = "slerp";
    double framesPerSecond = 12.0;
    std::string output;
};

constexpr std::string_view seedPrefix = "seed:";

std::uint64_t seedIn(const std::string& option, const std::string& text) {
    const std::string digits = text.substr(seedPrefix.size());
    std::uint64_t seed = 0;
    const auto [end, fault] = std::from_chars(digits.data(), digits.data() + digits.size(), seed);
    if (fault != std::errc() || end != digits.data() + digits.size()) {
        throw Error(ErrorKind::Usage, fmt::format("{} cannot be '{}'.", option, text),
                    "Give seed: and a whole number, as in seed:7, or a picture file.");
    }
    return seed;
}

std::vector<float> endCode(engine::Model& model, const std::string& option, const std::string& text) {
    if (text.starts_with(seedPrefix)) {
        return engine::priorCodes(seedIn(option, text), 1, model.info().latentSize).values;
    }
    const engine::PreparedImages prepared = model.prepare({text}, "test", 1);
    SearchLine line;
    return model.encode({prepared.images.front()}, line.listener()).values;
}

void runInterpolate(const InterpolateArguments& arguments) {
    const OutputKind kind = outputKind(arguments.output, {{OutputKind::Sheet, "FILE.png"},
                                                          {OutputKind::Array, "FILE.npy"},
                                                          {OutputKind::Video, "FILE.mp4"},
                                                          {OutputKind::Folder, "FOLDER/"}});
    engine::Model model = arguments.model.open();
    const std::vector<float> from = endCode(model, "--from", arguments.from);
    const std::vector<float> to = endCode(model, "--to", arguments.to);
    const auto path = arguments.path == "lerp" ? engine::PathKind::Lerp : engine::PathKind::Slerp;
    const std::vector<engine::Image> frames =
        model.decode(engine::interpolatePath(from, to, arguments.steps, path));
    if (kind == OutputKind::Video) {
        writeFilm(arguments.output, frames, arguments.framesPerSecond);
    } else {
        writePictures(arguments.output, kind, frames, frames, static_cast<int>(frames.size()));
    }
    fmt::print(stderr, "{} steps from {} to {} in {}\n", frames.size(), arguments.from, arguments.to,
               arguments.output);
}

} // namespace

Verb addInterpolateVerb(CLI::App& root) {
    CLI::App* verb = root.add_subcommand("interpolate", "Walk from one code to another");
    const auto arguments = std::make_shared<InterpolateArguments>();
    addModelOptions(*verb, arguments->model);
    addEncodingOptions(*verb, arguments->model);
    verb->add_option("--from", arguments->from, "Start: a picture, or a random code by its seed")
        ->required()
        ->type_name("IMAGE|seed:N");
    verb->add_option("--to", arguments->to, "End: a picture, or a random code by its seed")
        ->required()
        ->type_name("IMAGE|seed:N");
    addWholeNumber<std::size_t>(*verb, "--steps", arguments->steps, 2, 10'000,
                                "Pictures, both ends included");
    addChoice(*verb, "--path", arguments->path, {"lerp", "slerp"}, "Straight, or along the sphere");
    addRealNumber(*verb, "--fps", arguments->framesPerSecond, 1.0, 120.0, "Frames per second of a film");
    verb->add_option("--output", arguments->output, "Strip, array [N,H,W,C], film, or folder of pictures")
        ->required()
        ->type_name("FILE.png|FILE.npy|FILE.mp4|FOLDER/");
    return {verb, [arguments] { runInterpolate(*arguments); }};
}

} // namespace alphascope::app
