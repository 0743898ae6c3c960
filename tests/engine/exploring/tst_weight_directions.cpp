// Directions that a generator's weights give: Jacobian and singular vectors against PyTorch, for every method
// against differences, how far edits leave the encoder, and what the explorer answers.

#include "explorer_support.h"
#include "tests/models/reference_support.h"

#include <QTemporaryDir>
#include <QTest>

#include "engine/api/error.h"
#include "engine/exploring/weight_directions.h"
#include "engine/storage/run_folder.h"
#include "engine/training/inference.h"

using namespace alphascope;
using namespace alphascope::engine;
using namespace alphascope::tests;
using torch::Tensor;

namespace {

double relativeDifference(const Tensor& a, const Tensor& b) {
    const Tensor x = a.to(torch::kFloat64);
    const Tensor y = b.to(torch::kFloat64);
    return ((x - y).abs().max() / y.abs().max()).item<double>();
}

/// Central differences, each code of the batch moved in one number.
Tensor differences(models::Method& method, const Tensor& code, double step) {
    const Tensor moves = step * torch::eye(code.size(1));
    return ((decode(method, code + moves) - decode(method, code - moves)) / (2.0 * step)).flatten(1);
}

ExploreResult answerOf(ExplorerCore& core, ExploreOrder order, ExploreLane lane) {
    core.request({lane, 1, std::move(order)});
    runDry(core);
    std::vector<ExploreResult> results = core.takeResults();
    return results.empty() ? ExploreResult{} : std::move(results.front());
}

} // namespace

class TestWeightDirections : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void jacobianAndSingularVectorsEqualPyTorchs() {
        const models::TensorMap fixture = readFixture("weight_directions.safetensors");
        const auto model = withWeights(smallSpec("dcgan"), fixture);
        model->setTraining(false);
        const Tensor jacobian = generatorJacobian(*model, fixture.at("input.code"));
        QVERIFY(relativeDifference(jacobian, fixture.at("jacobian")) < 1e-4);
        const SingularDirections found = singularDirections(jacobian, 3);
        QCOMPARE(found.values.size(0), 3);
        QVERIFY(relativeDifference(found.values, fixture.at("local.values").narrow(0, 0, 3)) < 1e-4);
        QVERIFY(relativeDifference(found.vectors, fixture.at("local.vectors").narrow(0, 0, 3)) < 1e-3);
        const auto factors = factorDirections(*model, 100);
        QCOMPARE(factors.size(), std::size_t{6});
        const Tensor values = fixture.at("factor.values");
        const double total = values.square().sum().item<double>();
        for (std::int64_t i = 0; i < 6; ++i) {
            const LatentDirection& factor = factors[std::size_t(i)];
            QVERIFY(relativeDifference(torch::tensor(factor.vector), fixture.at("factor.vectors")[i]) < 1e-3);
            QVERIFY(std::abs(factor.share - values[i].item<double>() * values[i].item<double>() / total) <
                    1e-5);
        }
    }

    void everyMethodsJacobianIsItsDerivative_data() {
        QTest::addColumn<QString>("method");
        for (const models::MethodTraits& traits : models::methodCatalog()) {
            QTest::newRow(traits.name.c_str()) << QString::fromStdString(traits.name);
        }
    }
    void everyMethodsJacobianIsItsDerivative() {
        QFETCH(QString, method);
        const auto model = smallMethod(smallSpec(method.toStdString()));
        model->setTraining(false);
        torch::manual_seed(4);
        const Tensor code = torch::randn({1, model->latentSize()});
        const Tensor jacobian = generatorJacobian(*model, code);
        QVERIFY(jacobian.abs().max().item<double>() > 0.0);
        // A kink of a ReLU between the two sides makes single differences wrong, not the whole.
        const Tensor wrong = jacobian - differences(*model, code, 1e-3);
        QVERIFY((wrong.norm() / jacobian.norm()).item<double>() < 0.05);
        QCOMPARE(factorDirections(*model, 2).size(), std::size_t{2});
    }

    void theExplorerFindsThemWhereTheCodeStands() {
        const QTemporaryDir folder;
        ExplorerCore core([] {}, {});
        core.open(livelyCheckpoint(folder.path().toStdString()));
        runDry(core);
        const Codes code = priorCodes(3, 1, 6);
        const ExploreResult local =
            answerOf(core, FindDirections{DirectionKind::Local, code, 4}, ExploreLane::Directions);
        QVERIFY(!local.error);
        QCOMPARE(local.directions.size(), std::size_t{4});
        QVERIFY(local.directions[0].share > 0.0);
        QVERIFY(local.directions[0].share >= local.directions[1].share);
        QVERIFY(std::abs(positionOn(local.directions[0], code.row(0))) < 1e-5); // 0 is where one stands

        const ExploreResult edit =
            answerOf(core, EditFidelity{local.directions[0], code, 5}, ExploreLane::Fidelity);
        QVERIFY(!edit.error);
        QCOMPARE(edit.distances.size(), std::size_t{5});
        QCOMPARE(edit.codes.count, std::size_t{5});
        // The same by hand, through pictures of 8 bits, which round a little.
        Model model = Model::open(folder.path().toStdString());
        const Codes again = model.encode(model.decode(edit.codes));
        for (std::size_t i = 0; i < 5; ++i) {
            double square = 0.0;
            for (std::size_t k = 0; k < 6; ++k) {
                square += std::pow(again.row(i)[k] - edit.codes.row(i)[k], 2);
            }
            QVERIFY(std::abs(std::sqrt(square / 6) - edit.distances[i]) < 0.05);
        }
    }

    void codesArePulledToTheData() {
        const QTemporaryDir folder;
        const std::string path = livelyCheckpoint(folder.path().toStdString());
        Model model = Model::open(path);
        const Codes codes = priorCodes(3, 4, 6);
        QVERIFY(model.pulledToData(codes, 0.0) == codes);
        const Codes whole = model.pulledToData(codes, 1.0);
        const Codes half = model.pulledToData(codes, 0.5);
        const Codes again = model.encode(model.decode(codes)); // through pictures of 8 bits
        for (std::size_t i = 0; i < codes.count; ++i) {
            const std::vector<float> middle = interpolate(codes.row(i), whole.row(i), 0.5, PathKind::Slerp);
            for (std::size_t k = 0; k < 6; ++k) {
                QVERIFY(std::abs(whole.row(i)[k] - again.row(i)[k]) < 0.1);
                QVERIFY(std::abs(half.row(i)[k] - middle[k]) < 1e-4);
            }
        }
        // The explorer pulls all but those at the front.
        ExplorerCore core([] {}, {});
        core.open(path);
        runDry(core);
        const ExploreResult mixed = answerOf(core, DecodeCodes{codes, 1.0, 3}, ExploreLane::Strip);
        QVERIFY(!mixed.error);
        QCOMPARE(mixed.images.size(), std::size_t{4});
        for (std::size_t k = 0; k < 6; ++k) {
            QCOMPARE(mixed.codes.row(2)[k], codes.row(2)[k]);
            QVERIFY(std::abs(mixed.codes.row(3)[k] - whole.row(3)[k]) < 1e-4);
        }
        for (const double share : {-0.1, 1.5, std::nan("")}) {
            QVERIFY(answerOf(core, DecodeCodes{codes, share}, ExploreLane::Strip).error.has_value());
        }
    }

    void noEncoderNoPull() {
        const QTemporaryDir folder;
        const RunConfig config = tinyRun("dcgan", folder.path().toStdString());
        Trainer trainer(config);
        trainer.steps(1);
        Model model = Model::open(trainer->saveCheckpoint().path);
        const Codes codes = priorCodes(3, 1, model.info().latentSize);
        QVERIFY(model.pulledToData(codes, 0.0) == codes);
        QVERIFY_THROWS_EXCEPTION(Error, model.pulledToData(codes, 0.5));
    }

    void whatCannotBeIsSaid() {
        const QTemporaryDir folder;
        ExplorerCore core([] {}, {});
        core.open(livelyCheckpoint(folder.path().toStdString()));
        runDry(core);
        const auto refused = [&](ExploreOrder order) {
            return answerOf(core, std::move(order), ExploreLane::Directions).error.has_value();
        };
        QVERIFY(refused(FindDirections{DirectionKind::Component, priorCodes(1, 1, 6), 4}));
        QVERIFY(refused(FindDirections{DirectionKind::Local, priorCodes(1, 2, 6), 4}));
        QVERIFY(refused(FindDirections{DirectionKind::Local, priorCodes(1, 1, 5), 4}));
        LatentDirection direction;
        direction.vector = {1, 0};
        QVERIFY(refused(EditFidelity{direction, priorCodes(1, 1, 6), 5}));
        direction.vector = {1, 0, 0, 0, 0, 0};
        QVERIFY(refused(EditFidelity{direction, priorCodes(1, 1, 6), 1'000'000'000}));
    }
};

QTEST_GUILESS_MAIN(TestWeightDirections)
#include "tst_weight_directions.moc"
