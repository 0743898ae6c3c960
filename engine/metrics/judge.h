#pragma once
// One evaluation in the making: what its figures share. For this room only; one thread.

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/api/metrics.h"
#include "engine/metrics/feature_net.h"
#include "engine/metrics/feature_table.h"
#include "engine/metrics/judged_sides.h"

namespace alphascope::engine {

class Judge {
public:
    Judge(const EvaluationRequest& request, const EvaluationListener& listener);
    Evaluation run();

private:
    void addCritic();
    void addInceptionScore();
    void addFrechet();
    void addKernel();
    void addPrecisionRecall();
    void addDiversity();
    void addReconstruction();
    void addClasses();
    void addCoverage();
    void addPointCoverage();
    void addStackedCoverage();
    void addBinCoverage();
    void addMemory();
    void addCodes();

    void openNet();
    /// The first so many samples that figures are computed of, and the pictures of the data.
    const FeatureTable& samplesTable();
    const FeatureTable& dataTable();
    FeatureTable table(JudgedPictures& source, const std::vector<std::uint64_t>& rows,
                       const std::string& folder, const std::string& what, double begin);
    /// Pairs of neighbours in a shuffled order: mean of 1 - MS-SSIM, and how sure it is.
    struct Diversity {
        double mean = 0.0;
        double margin = 0.0;
        std::size_t pairs = 0;
    };
    Diversity diversityOf(JudgedPictures& source, const std::string& what);

    struct CriticFigures {
        std::vector<double> heldOut, training, floor, noise; ///< one a seed
        std::size_t pictures = 0;                            ///< of each kind, to train on and to judge by
    };
    CriticFigures criticFigures();
    /// Made of pictures piece by piece, where all of them at once would take too much memory.
    using PiecewiseChange = std::function<torch::Tensor(const torch::Tensor& pictures)>;
    torch::Tensor readAll(JudgedPictures& source, const std::vector<std::uint64_t>& rows,
                          const std::string& what, const PiecewiseChange& change = {});

    /// A figure with what every one carries.
    Figure& add(const std::string& name, double value, Better better, const std::string& convention);
    void withMargin(Figure& figure, double margin, const std::string& what) const;
    void warn(const std::string& sentence);
    void require(std::size_t needed, std::size_t there, const std::string& what,
                 const std::string& hint) const;
    /// `share`: of the metric at work. Throws Error(Interrupted) when the listener has had enough.
    void report(const std::string& what, double share);

    EvaluationRequest request_;
    const EvaluationListener& listener_;
    torch::Device device_;
    JudgedSides sides_;
    std::string folder_; ///< of caches; "" = none
    std::unique_ptr<FeatureNet> net_;
    std::vector<std::uint64_t> sampleRows_, dataRows_;
    std::optional<FeatureTable> samplesTable_, dataTable_;
    bool keepFeatures_ = false;
    std::string metric_;    ///< at work
    std::size_t done_ = 0;  ///< metrics
    double furthest_ = 0.0; ///< share of all that was told of
    Evaluation evaluation_;
};

} // namespace alphascope::engine
