#include "models/methods/basic_method.h"

#include "models/objectives/adversarial.h"

namespace alphascope::models {

using torch::Tensor;

void BasicMethod::teachDiscriminator(Learner<ImageDiscriminator>& discriminator, const Tensor& x,
                                     const std::function<Tensor()>& make, UpdateReport& report) const {
    const LearnerBase::Training training(discriminator);
    Tensor loss, ofReal, ofMade;
    {
        const ReducedPrecision precision = reducedPrecision();
        Tensor made;
        {
            const torch::NoGradGuard noGrad;
            made = make();
        }
        ofReal = discriminator(x, NormMode::MoveStatistics).to(torch::kFloat32);
        ofMade = discriminator(made, NormMode::MoveStatistics).to(torch::kFloat32);
        loss = objectives::realLoss(ofReal) + objectives::fakeLoss(ofMade);
    }
    loss.backward();
    discriminator.step(real("rateDiscriminator"));
    report.add("loss/D", loss);
    const torch::NoGradGuard noGrad;
    report.add("metric/d_accuracy",
               0.5 * (objectives::realAccuracy(ofReal) + objectives::fakeAccuracy(ofMade)));
}

} // namespace alphascope::models
