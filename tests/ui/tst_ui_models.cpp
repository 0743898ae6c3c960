#include <QImage>
#include <QTest>

#include <cmath>
#include <limits>

#include "ui/models/code_payload.h"
#include "ui/models/explore_view.h"
#include "ui/models/figures.h"
#include "ui/models/metric_history.h"
#include "ui/session/image_conversion.h"
#include "ui/session/performance.h"
#include "ui/session/rate_comparison.h"

using namespace alphascope;
using namespace alphascope::ui;

class TestUiModels : public QObject {
    Q_OBJECT

    static ExploreView view(std::size_t size) {
        ExploreView result;
        result.code = engine::priorCodes(3, 1, size).values;
        for (std::size_t a = 0; a < anchorCount; ++a)
            result.anchors[a] = engine::priorCodes(10 + a, 1, size).values;
        return result;
    }

private Q_SLOTS:
    // ---- figures
    void figures() {
        QCOMPARE(stepText(12340), QStringLiteral("12,340"));
        QCOMPARE(stepText(999), QStringLiteral("999"));
        QCOMPARE(stepText(-1234567), QStringLiteral("-1,234,567"));
        QCOMPARE(rateText(31.24), QStringLiteral("31.2 it/s"));
        QCOMPARE(rateText(0.25), QStringLiteral("4.0 s/it"));
        QCOMPARE(rateText(0.0), QString());
        QCOMPARE(bytesText(904000000), QStringLiteral("904 MB"));
        QCOMPARE(figureText(0.12099), QStringLiteral("0.121"));
        QCOMPARE(figureText(std::numeric_limits<double>::quiet_NaN()), QStringLiteral("not a number"));
        QCOMPARE(dataTitle("/data/mnist/", "color"), QStringLiteral("mnist + color"));
        QCOMPARE(dataTitle("glyphs"), QStringLiteral("glyphs"));
    }

    // ---- pad
    void padMovesTwoDimensions() {
        ExploreView start = view(6);
        start.axes = {4, 1};
        const ExploreView moved = movedOnPad(start, {1.5, -2.0});
        QCOMPARE(moved.code[4], 1.5F);
        QCOMPARE(moved.code[1], -2.0F);
        QCOMPARE(moved.code[0], start.code[0]);
        QCOMPARE(padPosition(moved), QPointF(1.5, -2.0));
    }

    void padGoesThroughTheAnchors() {
        ExploreView start = view(6);
        start.padMode = PadMode::Anchors;
        for (std::size_t a = 0; a < anchorCount; ++a) {
            const auto weights = anchorWeights(anchorPositions()[int(a)]);
            for (std::size_t b = 0; b < anchorCount; ++b)
                QVERIFY(std::abs(weights[b] - (a == b ? 1.0 : 0.0)) < 1e-9);
            const auto code = codeOnPad(start, anchorPositions()[int(a)]);
            for (std::size_t i = 0; i < code.size(); ++i)
                QVERIFY(std::abs(code[i] - start.anchors[a][i]) < 1e-5);
        }
        // In the middle the length is the anchors' mean, not shorter.
        const auto middle = codeStatistics(codeOnPad(start, {0, 0}));
        double mean = 0.0;
        for (const auto& anchor : start.anchors)
            mean += codeStatistics(anchor).length / 3.0;
        QVERIFY(std::abs(middle.length - mean) < 1e-4);
    }

    void rasterFollowsThePadsOrder() {
        ExploreView start = view(3);
        start.truncation = 0.5;
        const engine::Codes codes = padRaster(start, 3.0, 3);
        QCOMPARE(codes.count, std::size_t(9));
        // First cell: left, top. Truncated as decoded codes are.
        QCOMPARE(codes.row(0)[0], -1.0F);
        QCOMPARE(codes.row(0)[1], 1.0F);
        QCOMPARE(codes.row(8)[0], 1.0F);
        QCOMPARE(codes.row(8)[1], -1.0F);
        QCOMPARE(codes.row(4)[2], start.code[2] * 0.5F);
    }

    // ---- path
    void pathRunsThroughKeyframes() {
        ExploreView start = view(4);
        for (int i = 0; i < 3; ++i)
            start.keyframes.push_back({i, engine::priorCodes(20 + std::uint64_t(i), 1, 4).values, {}});
        QCOMPARE(pathSegments(start), 2);
        QCOMPARE(keyframePath(start).at(0.0), start.keyframes[0].code);
        const auto near = [](const std::vector<float>& a, const std::vector<float>& b) {
            for (std::size_t i = 0; i < a.size(); ++i)
                if (std::abs(a[i] - b[i]) > 1e-4)
                    return false;
            return true;
        };
        QVERIFY(near(keyframePath(start).at(0.5), start.keyframes[1].code));
        QVERIFY(near(keyframePath(start).at(1.0), start.keyframes[2].code));
        start.loop = true;
        QCOMPARE(pathSegments(start), 3);
        QVERIFY(near(keyframePath(start).at(1.0), start.keyframes[0].code));
        const engine::Codes codes = keyframePath(start).sample(std::size_t(5));
        QCOMPARE(codes.count, std::size_t(5));
        start.keyframes.clear();
        QCOMPARE(pathSegments(start), 0);
        QCOMPARE(keyframePath(start).sample(std::size_t(5)).count, std::size_t(0));
    }

    void statistics() {
        const std::vector<float> code{3.0F, -4.0F};
        const CodeStatistics found = codeStatistics(code);
        QCOMPARE(found.length, 5.0);
        QCOMPARE(found.mean, -0.5);
        QCOMPARE(found.largestDimension, 1);
        QCOMPARE(found.largest, -4.0F);
        QCOMPARE(codeStatistics({}).largestDimension, -1);
    }

    // ---- payloads
    void payloadsComeBack() {
        const CodePayload sent{{0.25F, -1.0F, 3.5F}, QStringLiteral("seed 7")};
        const CodePayload found = unpackCode(packCode(sent));
        QCOMPARE(found.code, sent.code);
        QCOMPARE(found.label, sent.label);
    }
    void foreignPayloadsAreIgnored() {
        QVERIFY(unpackCode({}).empty());
        QVERIFY(unpackCode(QByteArray("something else entirely")).empty());
        QByteArray cut = packCode({{1.0F, 2.0F}, {}});
        cut.chop(3);
        QVERIFY(unpackCode(cut).empty());
        QVERIFY(unpackCode(packCode({{std::numeric_limits<float>::quiet_NaN()}, {}})).empty());
    }

    // ---- curves
    void historyKeepsEverythingByTag() {
        MetricHistory history;
        history.append(
            {{1, 10.0, {{"loss/E", 0.5}}}, {2, 11.0, {{"loss/E", 0.4}, {"metric/heldout_l1", 0.2}}}});
        history.append({{3, 12.0, {{"loss/E", 0.3}}}});
        QCOMPARE(history.series().at("loss/E").steps, QVector<double>({1, 2, 3}));
        QCOMPARE(history.series().at("metric/heldout_l1").values, QVector<double>({0.2}));
        QCOMPARE(history.lastStep(), 3);
        QCOMPARE(history.latest("loss/E"), 0.3);
        QVERIFY(std::isnan(history.latest("loss/X")));
    }
    void intervalsBelongToTheirFigure() {
        MetricHistory history;
        history.append({{1, 10.0, {{"metric/kid_random", 0.5}}},
                        {2,
                         11.0,
                         {{"metric/kid_random", 0.4},
                          {"metric/kid_random_low", 0.3},
                          {"metric/kid_random_high", 0.6},
                          {"metric/water_low", 2.0}}}});
        history.append({{3, 12.0, {{"metric/kid_random", 0.2}}}});
        const MetricSeries& kid = history.series().at("metric/kid_random");
        QCOMPARE(kid.values, QVector<double>({0.5, 0.4, 0.2}));
        QCOMPARE(kid.lows.size(), 3);
        QVERIFY(std::isnan(kid.lows[0]) && std::isnan(kid.highs[2]));
        QCOMPARE(kid.lows[1], 0.3);
        QCOMPARE(kid.highs[1], 0.6);
        QVERIFY(!history.series().contains("metric/kid_random_low"));
        QVERIFY(history.series().contains("metric/water_low")); // of no figure: one by itself
        history.prepend({{0, 9.0, {{"metric/kid_random", 0.9}}}});
        QCOMPARE(history.series().at("metric/kid_random").highs.size(), 4);
        QCOMPARE(history.series().at("metric/kid_random").highs[2], 0.6);
        QVERIFY(history.series().at("metric/water_low").lows.isEmpty());
    }
    void tagsFindTheirPlot() {
        QVERIFY(seriesStyle("loss/G").group == CurveGroup::Loss);
        QCOMPARE(seriesStyle("loss/G").colorIndex, 1);
        QVERIFY(seriesStyle("metric/d_accuracy").group == CurveGroup::Metric);
        QCOMPARE(seriesStyle("metric/d_accuracy").label, QStringLiteral("D accuracy"));
        QVERIFY(seriesStyle("speed").group == CurveGroup::Hidden);
    }
    void methodsNameTheirCurves() {
        models::MethodTraits method;
        method.curves = {{"loss/D", "critic", "Wasserstein", "Mean of real minus mean of generated"},
                         {"balance", "k_t", "", "Weight of the generated half"}};
        const SeriesStyle critic = seriesStyle("loss/D", &method);
        QCOMPARE(critic.label, QStringLiteral("critic"));
        QCOMPARE(critic.unit, QStringLiteral("Wasserstein"));
        QVERIFY(critic.meaning.startsWith(QStringLiteral("Mean of real")));
        QVERIFY(critic.group == CurveGroup::Loss);
        QVERIFY(seriesStyle("balance", &method).group == CurveGroup::Metric);
        // What the method does not report itself is known all the same.
        QCOMPARE(seriesStyle("metric/heldout_l1", &method).unit, QStringLiteral("of range 2"));
        QCOMPARE(seriesStyle("metric/new_figure", &method).label, QStringLiteral("new figure"));
    }

    // ---- pictures
    void picturesChangeHandsWithoutACopy() {
        engine::Image image(2, 3, 3);
        for (std::size_t i = 0; i < image.pixels.size(); ++i)
            image.pixels[i] = std::uint8_t(i);
        const auto* block = image.pixels.data();
        const engine::Image copy = image;
        const QImage shown = toQImage(std::move(image));
        QCOMPARE(static_cast<const void*>(shown.constBits()), static_cast<const void*>(block));
        QCOMPARE(shown.pixelColor(1, 2), QColor(15, 16, 17));
        QVERIFY(toEngineImage(shown) == copy);
        engine::Image wrong(4, 4, 3);
        wrong.pixels = {1, 2, 3, 4, 5};
        QVERIFY(toQImage(std::move(wrong)).isNull());
        QVERIFY(toQImage(engine::Image()).isNull());
    }
    void transparentPicturesLieOnWhite() {
        QImage clear(2, 2, QImage::Format_ARGB32);
        clear.fill(Qt::transparent);
        const engine::Image found = toEngineImage(clear);
        QCOMPARE(found.channels, 3);
        QCOMPARE(int(found.pixels[0]), 255);
        QVERIFY(toEngineImage(QImage()).empty());
    }
    void errorsAreTheMeanOverTheChannels() {
        engine::Image a(1, 1, 3);
        engine::Image b(1, 1, 3);
        b.pixels = {30, 0, 0};
        QCOMPARE(errorPicture(a, b).pixelColor(0, 0), QColor(10, 10, 10));
        QVERIFY(errorPicture(a, engine::Image(2, 1, 3)).isNull());
    }

    // ---- figures about the window itself
    void percentiles() {
        RollingPercentile values(100);
        QCOMPARE(values.percentile(0.5), 0.0);
        for (int i = 1; i <= 200; ++i)
            values.add(i);
        QCOMPARE(values.percentile(0.5), 150.0);
        QCOMPARE(values.percentile(0.95), 195.0);
        QCOMPARE(values.percentile(1.0), 200.0);
    }
    void latencyCountsFromTheOldestReplacedRequest() {
        LatencyMeter meter;
        meter.requested(1, 0);
        meter.requested(2, 5000000);
        meter.requested(3, 9000000);
        meter.arrived(2);
        meter.painted(12000000);
        QCOMPARE(meter.last(), 12.0);
        meter.painted(20000000); // an expose without news counts nothing
        QCOMPARE(meter.last(), 12.0);
        meter.arrived(3);
        meter.painted(19000000);
        QCOMPARE(meter.last(), 10.0);
    }
    void ratesAreKeptApartByTheViewersRequests() {
        constexpr std::int64_t second = 1000000000;
        RateComparison rates;
        std::int64_t step = 0;
        std::uint64_t requests = 0;
        std::int64_t now = 0;
        const auto pass = [&](int seconds, int stepsASecond, bool viewer) {
            for (int i = 0; i < seconds; ++i) {
                now += second;
                step += stepsASecond;
                requests += viewer ? 7 : 0;
                rates.sample(step, requests, now);
            }
        };
        rates.sample(step, requests, now);
        pass(1, 20, false);
        QVERIFY(rates.withoutViewer() < 0.0); // too little is known
        pass(9, 20, false);
        pass(10, 15, true);
        QCOMPARE(rates.withoutViewer(), 20.0);
        QCOMPARE(rates.withViewer(), 15.0);
        rates.interrupt(); // a long pause, in which single steps were taken
        now += 100 * second;
        step += 3;
        rates.sample(step, requests, now);
        QCOMPARE(rates.withoutViewer(), 20.0);
        pass(40, 30, false); // only the last 30 seconds count
        QCOMPARE(rates.withoutViewer(), 30.0);
        QCOMPARE(rates.withViewer(), 15.0);
        rates.reset();
        QVERIFY(rates.withoutViewer() < 0.0 && rates.withViewer() < 0.0);
    }
    void memoryIsKnown() { QVERIFY(residentBytes() > 1000000); }
};

QTEST_GUILESS_MAIN(TestUiModels)
#include "tst_ui_models.moc"
