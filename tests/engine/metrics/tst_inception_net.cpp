// The Inception net against torch-fidelity's with the same weights, which a formula gives; the figures that
// come of it; and weights that do not fit.

#include <QtTest>

#include <cstring>

#include "engine/api/error.h"
#include "engine/metrics/frechet_distance.h"
#include "engine/metrics/inception_net.h"
#include "engine/metrics/inception_score.h"
#include "engine/metrics/kernel_distance.h"
#include "engine/metrics/precision_recall.h"
#include "inception_support.h"

using namespace alphascope::engine;
using namespace alphascope::tests;

namespace {

/// The largest difference, relative to the largest number.
double difference(const torch::Tensor& a, const torch::Tensor& b) {
    return ((a - b).abs().max() / b.abs().max()).item<double>();
}

bool within(double value, double expected, double relative) {
    return std::abs(value - expected) <= relative * std::abs(expected);
}

std::string refusal(ModelState state) {
    try {
        const InceptionNet net(state, "weights.safetensors", torch::kCPU);
    } catch (const Error& error) {
        return error.kind() == ErrorKind::BadInput ? error.what() : "another kind";
    }
    return "none";
}

NamedArray& arrayNamed(ModelState& state, const std::string& name) {
    for (NamedArray& array : state.arrays) {
        if (array.name == name) {
            return array;
        }
    }
    throw std::logic_error("there is no array " + name);
}

} // namespace

class TestInceptionNet : public QObject {
    Q_OBJECT

private:
    ModelState state_;
    std::unique_ptr<InceptionNet> net_;
    alphascope::models::TensorMap fixture_;

private Q_SLOTS:
    void initTestCase() {
        state_ = inceptionWeights();
        net_ = std::make_unique<InceptionNet>(state_, "weights.safetensors", torch::kCPU);
        fixture_ = readFixture("metrics.safetensors");
    }

    void resizesAsTensorFlow1Does() {
        // Without half pixels: from 0, 1/2, 1 and 3/2, where there is nothing beyond 1.
        const torch::Tensor line = torch::tensor({0.0F, 30.0F}).view({1, 1, 1, 2});
        const torch::Tensor wide = resizeLikeTensorFlow1(line, 1, 4);
        QVERIFY(at::allclose(wide.flatten(), torch::tensor({0.0F, 15.0F, 30.0F, 30.0F})));
        QVERIFY(at::equal(resizeLikeTensorFlow1(wide, 1, 2).flatten(), torch::tensor({0.0F, 30.0F})));
    }

    void givesTheFeaturesOfTorchFidelity() {
        const std::vector<torch::Tensor> shown{patternPictures(0, 2, 3, 32, 32),
                                               patternPictures(7, 1, 3, 40, 28),
                                               patternPictures(9, 1, 3, 320, 310)};
        for (std::size_t i = 0; i < shown.size(); ++i) {
            const FeatureBatch found = net_->run(shown[i]);
            const std::string name = "inception." + std::to_string(i);
            QCOMPARE(found.features.size(1), 2048);
            QCOMPARE(found.logits.size(1), 1008);
            QVERIFY(difference(found.features.slice(1, 0, 2048, 64), fixture_.at(name + ".features")) < 1e-4);
            QVERIFY(difference(found.logits.slice(1, 0, 1008, 63), fixture_.at(name + ".logits")) < 1e-4);
        }
    }

    void givesTheFiguresOfTorchFidelity() {
        const FeatureBatch made = net_->run(patternPictures(0, 14, 3, 32, 32));
        const FeatureBatch real = net_->run(patternPictures(20, 14, 3, 32, 32));
        const torch::Tensor expected = fixture_.at("inception.figures");
        const auto figure = [&](int i) { return expected[i].item<double>(); };
        QVERIFY(within(inceptionScore(made.logits, 10, 2020).mean, figure(0), 1e-3));
        FeatureStatistics a;
        FeatureStatistics b;
        a.add(made.features);
        b.add(real.features);
        QVERIFY(within(frechetDistance(a, b), figure(2), 1e-4));
        const MeanAndDeviation kernel = kernelDistance(made.features, real.features, 5, 10, 2020);
        QVERIFY(within(kernel.mean, figure(3), 1e-4));
        QVERIFY(within(kernel.deviation, figure(4), 1e-4));
        const PrecisionRecall found = precisionRecall(made.features, real.features);
        QVERIFY(within(found.precision, figure(5), 1e-6));
        QVERIFY(within(found.recall, figure(6), 1e-6));
    }

    void repeatsGreyPictures() {
        const torch::Tensor grey = patternPictures(3, 1, 1, 28, 28);
        QVERIFY(at::equal(net_->run(grey).features, net_->run(grey.repeat({1, 3, 1, 1})).features));
    }

    void refusesWeightsThatDoNotFit() {
        ModelState missing = state_;
        arrayNamed(missing, "Mixed_7c.branch_pool.bn.bias").name = "another";
        QVERIFY(refusal(missing).find("no float32 tensor 'Mixed_7c.branch_pool.bn.bias'") !=
                std::string::npos);
        ModelState bent = state_;
        arrayNamed(bent, "Conv2d_3b_1x1.conv.weight").shape = {64, 80, 1, 1};
        QVERIFY(refusal(bent).find("has the shape (64, 80, 1, 1) instead of (80, 64, 1, 1)") !=
                std::string::npos);
        ModelState broken = state_;
        const float none = std::numeric_limits<float>::quiet_NaN();
        std::memcpy(arrayNamed(broken, "fc.weight").bytes.data(), &none, sizeof none);
        QVERIFY(refusal(broken).find("1 of the 2064384 numbers of 'fc.weight' are NaN") != std::string::npos);
        QVERIFY(refusal({}).find("no float32 tensor 'fc.weight'") != std::string::npos);
    }
};

QTEST_GUILESS_MAIN(TestInceptionNet)
#include "tst_inception_net.moc"
