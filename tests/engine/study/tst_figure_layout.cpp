// Scales, ticks and places of a study's figures.

#include "engine/api/figure_layout.h"

#include <QtTest>

#include <cmath>

using namespace alphascope::engine;

namespace {

SensitivityPanel panelAt(const std::vector<double>& places) {
    SensitivityPanel panel;
    for (const double x : places) {
        panel.points.push_back({.x = x});
    }
    return panel;
}

} // namespace

class TestFigureLayout : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void scalesMapBothWays() {
        const FigureScale straight(-2, 6, 100, 20);
        QCOMPARE(straight.at(-2), 100.0);
        QCOMPARE(straight.at(6), 20.0);
        QCOMPARE(straight.valueAt(straight.at(1.5)), 1.5);
        const FigureScale factors(1e-5, 1e-3, 0, 10, true);
        QVERIFY(std::abs(factors.at(1e-4) - 5) < 1e-9);
        QVERIFY(std::abs(factors.valueAt(5) / 1e-4 - 1) < 1e-9);
        QVERIFY(straight.at(1e9) > 15 && straight.at(1e9) < 20); // a little beyond the end
    }

    void oneValueStandsInTheMiddle() {
        for (const double value : {0.0, 3.0, -1e8, 1e-12}) {
            const FigureScale scale(value, value, 0, 10, value > 0);
            QVERIFY(std::abs(scale.at(value) - 5) < 0.2);
        }
    }

    void factorsNeedValuesAboveNought() {
        QVERIFY(!FigureScale(0, 1, 0, 1, true).isLogarithmic());
        QVERIFY(FigureScale(0.1, 1, 0, 1, true).isLogarithmic());
        SensitivityPanel panel = panelAt({0, 10});
        panel.logarithmic = true;
        const FigureScale scale = parameterScale(panel, 0, 1);
        QVERIFY(!scale.isLogarithmic());
        QVERIFY(scale.low() < 0 && scale.high() > 10);
    }

    void ticksAreRound() {
        QCOMPARE(roundTicks(-1.03, 1.2, 4), (std::vector<double>{-1.0, -0.5, 0.0, 0.5, 1.0}));
        QCOMPARE(decadeTicks(1e-4, 0.1, 5).size(), std::size_t{4});
        QCOMPARE(decadeTicks(2, 9, 5).size(), std::size_t{0});
        QVERIFY(decadeTicks(1e-30, 1e30, 5).size() <= 7);
    }

    void fewValuesAreLabelledEach() {
        const SensitivityPanel panel = panelAt({32, 64, 64, 128});
        QCOMPARE(parameterTicks(panel, parameterScale(panel, 0, 1), 3), (std::vector<double>{32, 64, 128}));
    }

    void circlesStandBesideOneAnother() {
        std::vector<std::pair<double, double>> placed;
        for (int i = 0; i < 6; ++i) {
            const double x = placeBeside(placed, 50, 10, 3);
            for (const auto& other : placed) {
                QVERIFY(std::abs(other.first - x) >= 6);
            }
            placed.emplace_back(x, 10);
        }
        QCOMPARE(placed.front().first, 50.0);
        QCOMPARE(placeBeside(placed, 50, 30, 3), 50.0); // free at another height
    }
};

QTEST_APPLESS_MAIN(TestFigureLayout)
#include "tst_figure_layout.moc"
