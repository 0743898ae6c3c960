// alphascope-cli: everything without a window.

#include <csignal>
#include <cstdio>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "app/options.h"
#include "app/run_verb.h"
#include "app/verb.h"
#include "engine/api/error.h"

namespace {

using namespace alphascope::app;

/// The command as typed, for the run's manifest.
std::string joinArguments(int count, char** arguments) {
    std::string text;
    for (int i = 0; i < count; ++i) {
        const std::string argument = arguments[i];
        const bool plain =
            !argument.empty() && argument.find_first_of(" \t\n\"'\\$*?;&|<>()") == std::string::npos;
        text += (i == 0 ? "" : " ") + (plain ? argument : fmt::format("'{}'", argument));
    }
    return text;
}

int run(int count, char** arguments) {
    CLI::App root("Trains auto-encoding GANs and looks inside them, without a window.", "alphascope-cli");
    root.set_version_flag("--version", std::string("alphascope-cli " ALPHASCOPE_VERSION));
    root.set_help_flag("--help", "Show this help");
    root.footer(
        "'alphascope-cli COMMAND --help' explains a command. Exit codes: 0 done, 2 usage, 3 bad input,\n"
        "4 cannot read or write, 5 training failed, 130 interrupted after saving.");
    const std::vector<Verb> verbs = {addTrainVerb(root, joinArguments(count, arguments)),
                                     addSampleVerb(root),
                                     addEncodeVerb(root),
                                     addReconstructVerb(root),
                                     addInterpolateVerb(root),
                                     addCompareVerb(root),
                                     addArithmeticVerb(root),
                                     addGridVerb(root),
                                     addNeighboursVerb(root),
                                     addDirectionsVerb(root),
                                     addProjectVerb(root),
                                     addRenderVerb(root),
                                     addEvaluateVerb(root),
                                     addImportVerb(root),
                                     addStudyVerb(root, joinArguments(count, arguments)),
                                     addInfoVerb(root),
                                     addFetchVerb(root),
                                     addDataVerb(root),
                                     addMethodsVerb(root),
                                     addDoctorVerb(root)};
    try {
        root.parse(count, arguments);
    } catch (const CLI::Success& answer) {
        return root.exit(answer);
    } catch (const CLI::ParseError& error) {
        reportError(oneSentence(describeParseError(root, error), {}));
        return alphascope::engine::exitCode(alphascope::engine::ErrorKind::Usage);
    }
    for (const Verb& verb : verbs) {
        if (verb.options->parsed()) {
            verb.run();
            return 0;
        }
    }
    throw alphascope::engine::Error(alphascope::engine::ErrorKind::Usage, "No command is given.",
                                    "Use 'alphascope-cli --help' to see what there is.");
}

} // namespace

int main(int argc, char** argv) {
    // A reader that goes away (| head) is an ordinary write error, not a reason to die without saving.
    std::signal(SIGPIPE, SIG_IGN);
    std::signal(SIGXFSZ, SIG_IGN); // and so is a file that grows past its limit
    int code = 0;
    const int fault = runGuarded([&] { code = run(argc, argv); });
    return fault != 0 ? fault : code;
}
