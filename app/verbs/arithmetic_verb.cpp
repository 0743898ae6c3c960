// alphascope-cli arithmetic: a code minus another plus a third, as Radford, Metz and Chintala (2015,
// "Unsupervised representation learning with deep convolutional generative adversarial networks") showed it.

#include <memory>

#include <fmt/format.h>

#include "app/code_finding.h"
#include "app/options.h"
#include "app/picture_output.h"
#include "app/verb.h"
#include "engine/api/output.h"
#include "engine/api/paths.h"

namespace alphascope::app {

namespace {

struct ArithmeticArguments {
    ModelArguments model;
    std::string a;
    std::string b;
    std::string c;
    bool plain = false;
    double pull = 0.0;
    std::string output;
};

void runArithmetic(const ArithmeticArguments& arguments) {
    const OutputKind kind =
        outputKind(arguments.output, {{OutputKind::Sheet, "FILE.png"}, {OutputKind::Array, "FILE.npy"}});
    engine::Model model = arguments.model.open();
    engine::Codes sum(1, model.info().latentSize);
    sum.values =
        engine::codeAnalogy(namedCode(model, "--a", arguments.a), namedCode(model, "--b", arguments.b),
                            namedCode(model, "--c", arguments.c), !arguments.plain);
    sum = model.pulledToData(sum, arguments.pull);
    if (kind == OutputKind::Array) {
        engine::writeNpy(arguments.output, sum);
    } else {
        engine::writeImage(arguments.output, model.decode(sum).front());
    }
    fmt::print(stderr, "{} - {} + {} in {}\n", arguments.a, arguments.b, arguments.c, arguments.output);
}

} // namespace

Verb addArithmeticVerb(CLI::App& root) {
    CLI::App* verb =
        root.add_subcommand("arithmetic", "Add what makes one code differ from another to a third");
    const auto arguments = std::make_shared<ArithmeticArguments>();
    addModelOptions(*verb, arguments->model);
    addEncodingOptions(*verb, arguments->model);
    for (const auto& [name, target, help] :
         {std::tuple{"--a", &arguments->a, "Of A - B + C: a picture, or a random code by its seed"},
          std::tuple{"--b", &arguments->b, "What is taken away"},
          std::tuple{"--c", &arguments->c, "What is added"}}) {
        verb->add_option(name, *target, help)->required()->type_name(codeTypeName);
    }
    verb->add_flag("--plain", arguments->plain, "Leave the sum as long as it is, not |A| - |B| + |C|");
    addPullOption(*verb, arguments->pull);
    verb->add_option("--output", arguments->output, "The picture of the sum, or its code: float32 [1,Z]")
        ->required()
        ->type_name("FILE.png|FILE.npy");
    return {verb, [arguments] { runArithmetic(*arguments); }};
}

} // namespace alphascope::app
