// Training on points in the plane: the scatter view of a preview, and going on.

#include <algorithm>
#include <cmath>

#include <QTest>

#include "engine/api/codes.h"
#include "engine/storage/runs/preview_files.h"
#include "engine/training/inference.h"
#include "engine/training/points_preview.h"
#include "tests/engine/training/training_support.h"

using namespace alphascope;
using namespace alphascope::engine;
using namespace alphascope::tests;

namespace {

RunConfig ringRun(const std::string& method, const std::string& folder) {
    RunConfig config = tinyRun(method, folder);
    config.data = "ring";
    return config;
}

bool finite(const std::vector<float>& values) {
    return std::all_of(values.begin(), values.end(), [](float v) { return std::isfinite(v); });
}

} // namespace

class PointsTrainingTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aPreviewShowsThePlane() {
        const QTemporaryDir dir;
        Trainer trainer(ringRun("alpha-gan", folderIn(dir, "run")));
        trainer.steps(3);
        const auto preview = trainer->makePreview(false);
        QVERIFY(preview->points.has_value());
        const PointsPreview& points = *preview->points;
        QCOMPARE(points.samples.size(), points.real.size());
        QVERIFY(points.samples.size() >= 2 * 256);
        QCOMPARE(points.originals.size(), points.reconstructions.size());
        QVERIFY(std::equal(points.originals.begin(), points.originals.end(), points.real.begin()));
        QCOMPARE(points.field.size(), std::size_t(points.fieldSide) * points.fieldSide);
        QCOMPARE(points.arrowStarts.size(), std::size_t(2 * 64));
        QCOMPARE(points.arrowDirections.size(), points.arrowStarts.size());
        QVERIFY(std::equal(points.arrowStarts.begin(), points.arrowStarts.end(), points.samples.begin()));
        for (const auto* list : {&points.real, &points.samples, &points.reconstructions, &points.field,
                                 &points.arrowDirections}) {
            QVERIFY(finite(*list));
        }
        for (std::size_t i = 0; i < points.real.size(); i += 2) {
            QVERIFY(std::abs(std::hypot(points.real[i], points.real[i + 1]) - 0.8F) < 0.15F);
        }
        // The other views have pictures of single points.
        QCOMPARE(preview->samples.size(), std::size_t(64));
        QCOMPARE(preview->samples.front().width, 28);
        QVERIFY(trainer->makePreview(false)->points->real == points.real);
    }

    void fieldAndArrowsAreOfTheSamePlane() {
        // Of D(x, y) = its own networks, checked against calls of D itself at the nodes and nearby.
        const auto parameters = models::resolveParameters(models::findMethod("alpha-gan"), "quick",
                                                          {{"filters", "4"}, {"latentSize", "6"}});
        const models::ModelSpec spec{"alpha-gan", models::pointShape, parameters};
        const auto set = openDataSet("ring", "", 0, 1);
        const auto method = models::makeMethod(spec, 3, torch::kCPU, models::Purpose::Inference);
        method->setTraining(false);
        const PointsPreview points = PointsPreviewMaker(spec, torch::kCPU, *set).make(*method);
        const auto critic = [&](double x, double y) {
            const torch::NoGradGuard guard;
            return method->criticise(torch::tensor({x, y}, torch::kFloat).view({1, 2, 1, 1})).item<double>();
        };
        const int side = points.fieldSide;
        const auto place = [&](int k) { return -1.25 + 2.5 * k / (side - 1); };
        for (const auto& [column, row] : {std::pair(0, 0), std::pair(side - 1, 0), std::pair(5, 17)}) {
            const double expected = critic(place(column), place(row));
            QVERIFY(std::abs(points.field[std::size_t(row) * side + column] - expected) < 1e-5);
        }
        constexpr double h = 1e-2;
        double worst = 0.0, largest = 0.0;
        for (std::size_t i = 0; i < 20; i += 2) {
            const double x = points.arrowStarts[i], y = points.arrowStarts[i + 1];
            const double dx = (critic(x + h, y) - critic(x - h, y)) / (2 * h);
            const double dy = (critic(x, y + h) - critic(x, y - h)) / (2 * h);
            worst = std::max({worst, std::abs(dx - points.arrowDirections[i]),
                              std::abs(dy - points.arrowDirections[i + 1])});
            largest = std::max({largest, std::abs(dx), std::abs(dy)});
        }
        // A leaky unit whose corner lies within h of a point changes its slope there by a part of the whole.
        QVERIFY2(largest > 0.0 && worst < 0.3 * largest, qPrintable(QString::number(worst)));
    }

    void theViewComesBackFromTheRunFolder() {
        const QTemporaryDir dir;
        const std::string folder = folderIn(dir, "run");
        Trainer trainer(ringRun("alpha-gan", folder));
        trainer.steps(1);
        const auto preview = trainer->makePreview(true);
        const auto files = listPreviews(folder);
        QCOMPARE(files.size(), std::size_t(1));
        QVERIFY(files.front().points.ends_with("-points.png"));
        const auto back = loadPreview(files.front());
        QVERIFY(back != nullptr && back->points.has_value());
        QVERIFY(*back->points == *preview->points);
        QVERIFY(back->samples == preview->samples);
    }

    void methodsWithoutACriticHaveNoField() {
        const QTemporaryDir dir;
        Trainer trainer(ringRun("vae", folderIn(dir, "run")));
        const auto preview = trainer->makePreview(false);
        QVERIFY(preview->points->field.empty() && preview->points->arrowStarts.empty());
        QCOMPARE(preview->points->fieldSide, 0);
        QVERIFY(!preview->points->reconstructions.empty());
    }

    void picturesHaveNoScatterView() {
        const QTemporaryDir dir;
        Trainer trainer(tinyRun("vae", folderIn(dir, "run")));
        QVERIFY(!trainer->makePreview(false)->points.has_value());
    }

    void goingOnEqualsAnUninterruptedRun() {
        const QTemporaryDir dir;
        Trainer whole(ringRun("alpha-gan", folderIn(dir, "whole")));
        whole.steps(6);
        auto config = ringRun("alpha-gan", folderIn(dir, "parts"));
        {
            Trainer first(config);
            first.steps(2);
            first->makePreview(true);
            first->saveCheckpoint();
        }
        config.resume = true;
        Trainer second(config);
        QVERIFY(second.warnings.empty());
        second.steps(4);
        QCOMPARE(firstDifference(whole->method(), second->method()), std::string());
    }

    void otherDataAreRefused() {
        const QTemporaryDir dir;
        auto config = ringRun("alpha-gan", folderIn(dir, "run"));
        {
            Trainer trainer(config);
            trainer->saveCheckpoint();
        }
        config.resume = true;
        config.data = "glyphs";
        QCOMPARE(int(errorOf([&] { Trainer again(config); }).kind()), int(ErrorKind::Usage));
        config.data = "grid"; // points too: that is the user's to choose, with a word
        Trainer other(config);
        QCOMPARE(other.warnings.size(), std::size_t(1));
    }
};

QTEST_APPLESS_MAIN(PointsTrainingTest)
#include "tst_points_training.moc"
