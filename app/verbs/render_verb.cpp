// alphascope-cli render: the picture, strip, grid or film that a view tells of.

#include <memory>

#include <fmt/format.h>

#include "app/describe.h"
#include "app/picture_output.h"
#include "app/progress_line.h"
#include "app/standard_output.h"
#include "app/verb.h"
#include "engine/api/view.h"

namespace alphascope::app {

namespace {

struct RenderArguments {
    std::string view;
    std::string checkpoint;
    bool anyCheckpoint = false;
    std::string output;
    bool json = false;
};

void checkOutput(const engine::ViewDocument& view, const std::string& output) {
    if (view.show == engine::ViewKind::Film) {
        outputKind(output, {{OutputKind::Video, "FILE.mp4"}, {OutputKind::Video, "FILE.gif"}});
    } else {
        outputKind(output, {{OutputKind::Sheet, "FILE.png"}});
    }
}

engine::ViewListener listenerOf(ProgressLine& line) {
    return [&line](std::size_t done, std::size_t total) {
        line.show({.step = static_cast<std::int64_t>(done),
                   .target = static_cast<std::int64_t>(total),
                   .unit = "picture",
                   .state = "drawing"});
        return true;
    };
}

void runRender(const RenderArguments& arguments) {
    engine::ViewDocument view = engine::readView(arguments.view);
    checkOutput(view, arguments.output);
    const std::string checkpoint =
        arguments.checkpoint.empty() ? engine::viewCheckpoint(view, arguments.view) : arguments.checkpoint;
    const std::string wanted = view.model.checksum;
    engine::Model model = engine::openViewModel(view, checkpoint, arguments.anyCheckpoint);
    const bool other = view.model.checksum != wanted;
    if (other) {
        fmt::print(stderr, "This is not the checkpoint of the view: drawn with {} (step {}) instead\n",
                   model.info().path, model.info().step);
    }
    ProgressLine line(ProgressLine::isQuiet(arguments.json));
    engine::renderView(model, view, arguments.output, listenerOf(line));
    line.close();
    if (arguments.json) {
        printLine(toLine({{"output", arguments.output},
                          {"show", engine::toText(view.show)},
                          {"frames", view.frames},
                          {"checkpoint", model.info().path},
                          {"checksum", model.info().checksum},
                          {"step", model.info().step},
                          {"other_checkpoint", other}}));
    }
    fmt::print(stderr, "The view's {} of step {} in {}\n", engine::toText(view.show), model.info().step,
               arguments.output);
}

} // namespace

Verb addRenderVerb(CLI::App& root) {
    CLI::App* verb =
        root.add_subcommand("render", "Draw a view that was saved: the same bytes as the window's");
    const auto arguments = std::make_shared<RenderArguments>();
    verb->add_option("view", arguments->view, "The view, or a picture that carries it")
        ->required()
        ->type_name("VIEW.json|FILE.png");
    verb->add_option("--checkpoint", arguments->checkpoint,
                     "The view's checkpoint, when it no longer lies where the view says")
        ->type_name("FILE|RUN");
    verb->add_flag("--any-checkpoint", arguments->anyCheckpoint,
                   "Draw with that checkpoint even when it is another than the view's");
    verb->add_option("--output", arguments->output, "Picture, or film, as the view is one or the other")
        ->required()
        ->type_name("FILE.png|FILE.mp4|FILE.gif");
    verb->add_flag("--json", arguments->json, "One JSON object on standard output");
    return {verb, [arguments] { runRender(*arguments); }};
}

} // namespace alphascope::app
