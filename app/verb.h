#pragma once
// A command of the program: its options, and what it does once they are read.

#include <functional>
#include <string>

#include <CLI/CLI.hpp>

namespace alphascope::app {

struct Verb {
    CLI::App* options = nullptr;
    std::function<void()> run; ///< throws Error
};

Verb addTrainVerb(CLI::App& root, const std::string& commandLine);
Verb addSampleVerb(CLI::App& root);
Verb addEncodeVerb(CLI::App& root);
Verb addReconstructVerb(CLI::App& root);
Verb addInterpolateVerb(CLI::App& root);
Verb addCompareVerb(CLI::App& root);
Verb addArithmeticVerb(CLI::App& root);
Verb addGridVerb(CLI::App& root);
Verb addNeighboursVerb(CLI::App& root);
Verb addDirectionsVerb(CLI::App& root);
Verb addProjectVerb(CLI::App& root);
Verb addRenderVerb(CLI::App& root);
Verb addEvaluateVerb(CLI::App& root);
Verb addImportVerb(CLI::App& root);
Verb addStudyVerb(CLI::App& root, const std::string& commandLine);
Verb addInfoVerb(CLI::App& root);
Verb addFetchVerb(CLI::App& root);
Verb addDataVerb(CLI::App& root);
Verb addMethodsVerb(CLI::App& root);
Verb addDoctorVerb(CLI::App& root);

} // namespace alphascope::app
