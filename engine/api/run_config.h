#pragma once
// What a training run is started with. Standard library only.

#include <cstdint>
#include <map>
#include <string>

namespace alphascope::engine {

struct RunConfig {
    std::string method = "alpha-gan";
    std::string data = "color-glyphs"; ///< a built-in set's name, or a path to a file or folder
    std::string transform;             ///< "", "color" (ColorMNIST) or "stacked"
    std::string crop;                  ///< "" or one of cropNames() (data_sets.h)
    int size = 0;                      ///< side in pixels: 28, 32, 64; 0 = the data's own
    std::string preset = "quick";
    std::map<std::string, std::string> overrides; ///< parameter name -> text
    std::int64_t steps = 0;                       ///< iterations in all; 0 = until stopped
    std::uint64_t seed = 1;
    int threads = 0;             ///< CPU threads of the training loop; 0 = as many as pay for themselves
    std::string device = "auto"; ///< auto | cpu | cuda
    std::string runFolder;
    bool resume = false; ///< go on from the newest good checkpoint of runFolder
    /// Or a new run, in a new folder, that goes on from this checkpoint file or run with these overrides;
    /// what they leave open stays as the checkpoint has it. See fork.h.
    std::string forkFrom;
    std::int64_t checkpointEvery = 1000; ///< steps; 0 = only on demand and at the end
    std::int64_t metricsEvery = 100;     ///< steps between looks at the samples (session.h); 0 = none
    int keepNewest = 5;                  ///< rotation: how many of the newest stay
    std::int64_t keepEvery = 10000;      ///< and every n-th step stays for good; 0 = none
    std::string
        keepBest; ///< and the one with the lowest value of this scalar ("metric/heldout_l1"); "" = none
    std::string commandLine; ///< as typed, for the manifest
};

} // namespace alphascope::engine
