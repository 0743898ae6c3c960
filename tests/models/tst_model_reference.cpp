// Losses and gradients against fixtures that tests/reference/make_alpha_gan.py and make_vae.py computed with
// PyTorch in float64.
#include "model_test_support.h"

#include <cstring>

#include "engine/storage/safetensors.h"

using namespace alphascope::models;
using namespace alphascope::tests;
using torch::Tensor;

namespace {

TensorMap readFixture(const std::string& name) {
    const char* const root = std::getenv("ALPHASCOPE_SOURCE_DIR");
    if (root == nullptr) {
        throw std::runtime_error("ALPHASCOPE_SOURCE_DIR is not set");
    }
    TensorMap map;
    for (const auto& array :
         alphascope::engine::readSafetensors(std::string(root) + "/tests/reference/" + name).arrays) {
        Tensor tensor = torch::empty(array.shape, array.dtype == "F64" ? torch::kFloat64 : torch::kFloat32);
        std::memcpy(tensor.data_ptr(), array.bytes.data(), array.bytes.size());
        map.emplace(array.name, tensor);
    }
    return map;
}

/// Gives a fixture's numbers instead of drawing.
class GivenNumbers : public RandomStreams {
public:
    explicit GivenNumbers(Tensor numbers) : RandomStreams(0), numbers_(std::move(numbers)) {}
    Tensor normal(const std::string&, torch::IntArrayRef sizes, const torch::Device&) override {
        if (numbers_.sizes() != sizes) {
            throw std::logic_error("the fixture has other sizes");
        }
        return numbers_;
    }

private:
    Tensor numbers_;
};

/// The method with the fixture's weights.
std::unique_ptr<Method> withWeights(const ModelSpec& spec, const TensorMap& fixture) {
    auto model = smallMethod(spec);
    TensorMap state = stateOf(*model);
    for (auto& [name, tensor] : state) {
        if (const auto found = fixture.find(name); found != fixture.end()) {
            tensor = found->second;
        }
    }
    loadState(*model, state);
    return model;
}

bool close(double actual, const Tensor& expected) {
    const double reference = expected.item<double>();
    return std::abs(actual - reference) <= 1e-5 * std::max(1.0, std::abs(reference));
}

/// After one step from zero moments m = (1 - b1) * gradient.
void compareGradients(Method& model, const TensorMap& fixture, const std::string& prefix,
                      const std::string& network, double beta1) {
    const TensorMap state = stateOf(model);
    int compared = 0;
    for (const auto& [name, expected] : fixture) {
        if (!name.starts_with(prefix + network + ".")) {
            continue;
        }
        const Tensor actual = state.at("adam." + name.substr(prefix.size()) + ".m") / (1.0 - beta1);
        const double largest = expected.abs().max().item<double>();
        const double error = (actual - expected).abs().max().item<double>();
        QVERIFY2(error <= 2e-4 * largest + 1e-6, (name + " is off by " + std::to_string(error)).c_str());
        ++compared;
    }
    QVERIFY(compared > 0);
}

} // namespace

class TestModelReference : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void alphaGan_data() {
        QTest::addColumn<QString>("part");
        QTest::addColumn<QString>("network");
        QTest::newRow("encoder") << QStringLiteral("E") << QStringLiteral("encoder");
        QTest::newRow("generator") << QStringLiteral("G") << QStringLiteral("generator");
        QTest::newRow("discriminator") << QStringLiteral("D") << QStringLiteral("discriminator");
        QTest::newRow("code discriminator") << QStringLiteral("C") << QStringLiteral("codeDiscriminator");
    }
    void alphaGan() {
        QFETCH(QString, part);
        QFETCH(QString, network);
        const TensorMap fixture = readFixture("alpha_gan.safetensors");
        const auto model = withWeights(
            smallSpec("alpha-gan", {{"batchSize", "4"}, {"lambdaEncoder", "10"}, {"lambdaGenerator", "15"}}),
            fixture);
        FixedBatches batches(fixture.at("input.pictures"));
        GivenNumbers prior(fixture.at("input.prior"));
        const std::string name = part.toStdString();
        const double loss = scalarOf(model->updatePart(name, batches, prior), "loss/" + name);
        QVERIFY2(close(loss, fixture.at("loss." + name)), std::to_string(loss).c_str());
        compareGradients(*model, fixture, "gradient.", network.toStdString(), 0.5);
    }

    void vae_data() {
        QTest::addColumn<QString>("likelihood");
        QTest::newRow("laplace") << QStringLiteral("laplace");
        QTest::newRow("gaussian") << QStringLiteral("gaussian");
    }
    void vae() {
        QFETCH(QString, likelihood);
        const std::string name = likelihood.toStdString();
        const TensorMap fixture = readFixture("vae.safetensors");
        const ModelSpec spec = smallSpec("vae",
                                         {{"latentSize", "5"},
                                          {"batchSize", "4"},
                                          {"likelihood", name},
                                          {"scale", "0.5"},
                                          {"beta", "1.5"}},
                                         {3, 32});
        const auto model = withWeights(spec, fixture);
        FixedBatches batches(fixture.at("input.pictures"));
        GivenNumbers noise(fixture.at("input.noise"));
        const UpdateReport report = model->update(batches, noise);
        for (const char* const term : {"total", "reconstruction", "KL"}) {
            QVERIFY2(close(scalarOf(report, std::string("loss/") + term), fixture.at(name + "." + term)),
                     term);
        }
        compareGradients(*model, fixture, name + ".gradient.", "encoder", 0.9);
        compareGradients(*model, fixture, name + ".gradient.", "generator", 0.9);
    }
};

QTEST_APPLESS_MAIN(TestModelReference)
#include "tst_model_reference.moc"
