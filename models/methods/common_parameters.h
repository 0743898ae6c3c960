#pragma once
// Parameters and state that several methods share, so that each is written once.

#include <string>

#include "models/methods/learner.h"
#include "models/methods/method.h"
#include "models/schema/method_traits.h"

namespace alphascope::models {

// One entry of a schema each.
ParameterSpec latentSizeSpec();
ParameterSpec filtersSpec();
/// "prior": normal, or uniform through toCube() (models/networks/priors.h).
ParameterSpec priorSpec();
ParameterSpec codeWidthSpec(std::int64_t defaultWidth);
ParameterSpec batchSizeSpec();
ParameterSpec precisionSpec();
ParameterSpec emaDecaySpec();
ParameterSpec adamBeta1Spec(double defaultValue);
ParameterSpec adamBeta2Spec(double defaultValue);
/// A live learning rate: rateSpec("rateEncoder", "encoder", 2e-4); 1e-3 for points, whose networks are small.
ParameterSpec rateSpec(const std::string& name, const std::string& network, double defaultRate);
/// `spec` with another default for points.
ParameterSpec forPoints(ParameterSpec spec, ParameterValue value);
/// What halvedRate() takes (models/optimizers/rate_schedule.h): "halveRatesEvery" and "rateFloor".
ParameterSpec halveRatesEverySpec(std::int64_t defaultUpdates);
ParameterSpec rateFloorSpec(double defaultFloor);
/// A live weight of one term of a loss, 0 to `maximum`.
ParameterSpec weightSpec(const std::string& name, const std::string& title, const std::string& meaning,
                         double defaultValue, double maximum = 1000.0);

// Curves that several methods report.
Curve trainErrorCurve();      ///< "metric/train_l1": mean L1 between the batch and its reconstruction
Curve codeMeanCurve();        ///< "metric/code_mean"
Curve codeSpreadCurve();      ///< "metric/code_std"
Curve pictureAccuracyCurve(); ///< "metric/d_accuracy"
Curve codeAccuracyCurve();    ///< "metric/c_accuracy"

/// Settings under which Rosca et al. 2017 compare their models, "comparison": the same networks (32 filters),
/// latent size (50), Adam (0.5, 0.9) and batch (64) for all; a method may add `values` of its own.
MethodPreset comparisonPreset(std::vector<std::pair<std::string, ParameterValue>> values = {});

/// What the parameters above say about a network called `name`; `averaged` networks keep a moving average.
LearnerOptions learnerOptions(const std::string& name, bool averaged, const ModelSpec& spec,
                              std::uint64_t seed, const torch::Device& device, Purpose purpose);

/// Sets a live parameter of `spec`. Throws SchemaError when there is none of that name or it is not live.
void setLiveParameter(ModelSpec& spec, const std::string& name, const ParameterValue& value);

/// Throws SchemaError for pictures of a size or a number of channels that no network is made for.
void checkImageShape(const ImageShape& image);

/// Throws SchemaError that lists the parts when `part` is none of them.
void checkPart(const MethodTraits& traits, const std::string& part);

} // namespace alphascope::models
