// alphascope-cli sample: pictures from codes drawn from the prior, or from where those get on the way to a
// class.

#include <algorithm>
#include <charconv>
#include <memory>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "app/kept_directions.h"
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
    std::string label; ///< name or number of a class; "" for none
    int classSteps = 200;
    std::vector<std::string> moves; ///< "NAME=2.0"
    int columns = 0;
    std::string output;
};

/// The number of the class called `label`, or whose number it is.
std::int64_t findClass(const engine::ModelInfo& info, const std::string& label) {
    if (info.classes.empty()) {
        throw engine::Error(engine::ErrorKind::Usage,
                            fmt::format("The method {} cannot sample a class.", info.methodTitle),
                            "Leave --class out, or use a model of a conditional method such as ppgn.");
    }
    const auto named = std::find(info.classes.begin(), info.classes.end(), label);
    std::int64_t number = named - info.classes.begin();
    const char* const textEnd = label.data() + label.size();
    if (named == info.classes.end() && std::from_chars(label.data(), textEnd, number).ptr != textEnd) {
        requireKnown("--class", label, info.classes);
    }
    return number; // of a class that is not there, perhaps: the walk says so
}

void runSample(const SampleArguments& arguments) {
    const OutputKind kind = outputKind(
        arguments.output,
        {{OutputKind::Sheet, "FILE.png"}, {OutputKind::Array, "FILE.npy"}, {OutputKind::Folder, "FOLDER/"}});
    engine::Model model = arguments.model.open();
    engine::Codes codes =
        engine::priorCodes(arguments.seed, arguments.count, model.info().latentSize, arguments.truncation);
    if (!arguments.label.empty()) {
        const std::int64_t number = findClass(model.info(), arguments.label);
        engine::WalkedCodes walked = model.walkTowards(number, codes, arguments.classSteps, arguments.seed);
        fmt::print(stderr,
                   "Class {}: mean probability {:.2f} at the start, {:.2f} before the last of {} steps\n",
                   model.info().classes[static_cast<std::size_t>(number)], walked.curve.front(),
                   walked.curve.back(), walked.curve.size());
        codes = std::move(walked.codes);
    }
    moveCodes(codes, model.info(), "--move", arguments.moves);
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
    verb->add_option("--class", arguments->label, "Lead the codes to this class first (conditional methods)")
        ->type_name("NAME|NUMBER");
    const CLI::Option* const steps = addWholeNumber(*verb, "--class-steps", arguments->classSteps, 1, 100'000,
                                                    "Steps on the way to the class");
    verb->add_option("--move", arguments->moves,
                     "Then move every code along a direction that the run keeps, by so many sigmas")
        ->type_name("NAME=X");
    addWholeNumber(*verb, "--columns", arguments->columns, 0, 1000,
                   "Of the sheet; 0 = as square as possible");
    verb->add_option("--output", arguments->output,
                     "Sheet, array [N,H,W,C] (of points float32 [N,2]), or folder of pictures")
        ->required()
        ->type_name("FILE.png|FILE.npy|FOLDER/");
    return {verb, [arguments, steps] {
                if (arguments->label.empty() && steps->count() > 0) {
                    throw engine::Error(engine::ErrorKind::Usage, "--class-steps needs --class.",
                                        "Say which class the steps lead to.");
                }
                for (const std::string& move : arguments->moves) {
                    moveIn("--move", move); // before the work
                }
                runSample(*arguments);
            }};
}

} // namespace alphascope::app
