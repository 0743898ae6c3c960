// alphascope-cli interpolate: a walk from code to code.

#include <memory>

#include <fmt/format.h>

#include "app/code_finding.h"
#include "app/options.h"
#include "app/picture_output.h"
#include "app/progress_line.h"
#include "app/verb.h"
#include "engine/api/output.h"
#include "engine/api/paths.h"
#include "engine/api/view.h"

namespace alphascope::app {

namespace {

using engine::PathKind;

struct InterpolateArguments {
    ModelArguments model;
    std::string from;
    std::vector<std::string> via;
    std::string to;
    std::size_t steps = 9;
    std::string path = "slerp";
    bool loop = false;
    bool evenSpeed = false;
    double pull = 0.0;
    engine::GeodesicOptions geodesic;
    double framesPerSecond = 12.0;
    engine::VideoOptions film{.scale = 0, .progress = {}};
    std::string output;
};

PathKind kindNamed(const std::string& name) {
    return name == "lerp"       ? PathKind::Lerp
           : name == "cubic"    ? PathKind::Cubic
           : name == "geodesic" ? PathKind::Geodesic
                                : PathKind::Slerp;
}

void findGeodesics(engine::Model& model, engine::KeyframePath& path, const engine::GeodesicOptions& options) {
    ProgressLine line(ProgressLine::isQuiet(false));
    for (std::size_t way = 0; way < path.ways(); ++way) {
        const auto begin = path.wayBegin(way);
        const auto end = path.wayEnd(way);
        engine::GeodesicPath found =
            model.findGeodesic({begin.begin(), begin.end()}, {end.begin(), end.end()}, options,
                               [&](double fraction, float energy) {
                                   line.show({.step = static_cast<std::int64_t>(way),
                                              .target = static_cast<std::int64_t>(path.ways()),
                                              .unit = "way",
                                              .fraction = (static_cast<double>(way) + fraction) /
                                                          static_cast<double>(path.ways()),
                                              .state = "searching geodesics",
                                              .losses = {{"energy", energy}}});
                               });
        line.note(fmt::format("Way {}: energy {:.4g} along the sphere, {:.4g} along the geodesic", way + 1,
                              found.curve.front(), found.curve.back()));
        path.setWay(way, std::move(found.codes));
    }
    line.close();
}

engine::KeyframePath pathOf(engine::Model& model, const InterpolateArguments& arguments) {
    std::vector<std::string> names{arguments.from};
    names.insert(names.end(), arguments.via.begin(), arguments.via.end());
    names.push_back(arguments.to);
    engine::Codes keyframes(names.size(), model.info().latentSize);
    for (std::size_t i = 0; i < names.size(); ++i) {
        const std::string option = i == 0 ? "--from" : i + 1 == names.size() ? "--to" : "--via";
        const std::vector<float> code = namedCode(model, option, names[i]);
        std::copy(code.begin(), code.end(), keyframes.row(i).begin());
    }
    engine::KeyframePath path(std::move(keyframes), kindNamed(arguments.path), arguments.loop);
    if (path.waysMissing() > 0) {
        findGeodesics(model, path, arguments.geodesic);
    }
    return path;
}

void runInterpolate(const InterpolateArguments& arguments) {
    const OutputKind kind = outputKind(arguments.output, {{OutputKind::Sheet, "FILE.png"},
                                                          {OutputKind::Array, "FILE.npy"},
                                                          {OutputKind::Video, "FILE.mp4"},
                                                          {OutputKind::Video, "FILE.gif"},
                                                          {OutputKind::Folder, "FOLDER/"}});
    engine::Model model = arguments.model.open();
    if (kind == OutputKind::Video) { // before the work
        checkFilm(arguments.output, model.info().size, arguments.framesPerSecond, arguments.film);
    }
    const engine::KeyframePath path = pathOf(model, arguments);
    const engine::Codes codes = model.pulledToData(
        path.sample(engine::playTimes(model, path, arguments.steps, arguments.evenSpeed, arguments.pull)),
        arguments.pull);
    const std::vector<engine::Image> frames = model.decode(codes);
    if (kind == OutputKind::Video) {
        writeFilm(arguments.output, frames, arguments.framesPerSecond, arguments.film);
    } else {
        writePictures(arguments.output, kind, frames, frames, static_cast<int>(frames.size()));
    }
    double pictureLength = 0.0;
    for (const float step : model.pictureSteps(codes)) {
        pictureLength += step;
    }
    fmt::print(stderr, "{} steps from {} to {}, {:.4g} long in codes and {:.4g} in pictures, in {}\n",
               frames.size(), arguments.from, arguments.loop ? arguments.from : arguments.to,
               engine::codeLength(codes), pictureLength, arguments.output);
}

} // namespace

Verb addInterpolateVerb(CLI::App& root) {
    CLI::App* verb = root.add_subcommand("interpolate", "Walk from code to code");
    const auto arguments = std::make_shared<InterpolateArguments>();
    addModelOptions(*verb, arguments->model);
    addEncodingOptions(*verb, arguments->model);
    verb->add_option("--from", arguments->from, "Start: a picture, or a random code by its seed")
        ->required()
        ->type_name(codeTypeName);
    verb->add_option("--via", arguments->via, "More codes on the way, in order")->type_name(codeTypeName);
    verb->add_option("--to", arguments->to, "End: a picture, or a random code by its seed")
        ->required()
        ->type_name(codeTypeName);
    verb->add_flag("--loop", arguments->loop, "Go back to the start");
    addWholeNumber<std::size_t>(*verb, "--steps", arguments->steps, 2, 10'000,
                                "Pictures in all, both ends included");
    addChoice(*verb, "--path", arguments->path, {"lerp", "slerp", "cubic", "geodesic"},
              "Straight, along the sphere, one smooth curve, or where pictures change least (by search)");
    addWholeNumber(*verb, "--geodesic-steps", arguments->geodesic.steps, 1, 100'000,
                   "Of a search for a geodesic");
    addWholeNumber(*verb, "--geodesic-points", arguments->geodesic.points, 3, 257,
                   "Of a geodesic, ends included");
    verb->add_flag("--even-speed", arguments->evenSpeed, "Equal steps in pictures instead of in time");
    addPullOption(*verb, arguments->pull);
    addRealNumber(*verb, "--fps", arguments->framesPerSecond, 1.0, 120.0, "Frames per second of a film");
    CLI::Option* scale = addWholeNumber(*verb, "--scale", arguments->film.scale, 1, 256,
                                        "Of a film: enlarge by a whole factor (else to 256 pixels or more)");
    addWholeNumber(*verb, "--size", arguments->film.side, 8, 4096, "Of a film: pixels of its longer side")
        ->excludes(scale);
    verb->add_option("--output", arguments->output, "Strip, array [N,H,W,C], film, or folder of pictures")
        ->required()
        ->type_name("FILE.png|FILE.npy|FILE.mp4|FILE.gif|FOLDER/");
    return {verb, [arguments] { runInterpolate(*arguments); }};
}

} // namespace alphascope::app
