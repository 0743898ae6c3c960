// Previews as pictures: the cells come back bit by bit, and damaged sheets are refused.
#include <cmath>
#include <limits>

#include "engine/imaging/images.h"
#include "engine/storage/runs/png_text.h"
#include "engine/storage/runs/preview_sheet.h"
#include "preview_support.h"
#include "storage_support.h"

using namespace alphascope::engine;
using namespace alphascope::tests;

class TestPreviewSheet : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void roundTrip_data() {
        QTest::addColumn<int>("pairs");
        QTest::addColumn<int>("samples");
        QTest::addColumn<int>("width");
        QTest::addColumn<int>("height");
        QTest::addColumn<int>("channels");
        QTest::newRow("colour 28") << 16 << 64 << 28 << 28 << 3;
        QTest::newRow("grey 32") << 8 << 8 << 32 << 32 << 1;
        QTest::newRow("64") << 5 << 7 << 64 << 64 << 3;
        QTest::newRow("128") << 3 << 2 << 128 << 128 << 3;
        QTest::newRow("one") << 1 << 1 << 28 << 28 << 1;
        QTest::newRow("wide") << 2 << 3 << 90 << 7 << 3;
        QTest::newRow("no encoder") << 0 << 9 << 28 << 28 << 3;
        QTest::newRow("no samples") << 4 << 0 << 28 << 28 << 3;
    }
    void roundTrip() {
        QFETCH(int, pairs);
        QFETCH(int, samples);
        QFETCH(int, width);
        QFETCH(int, height);
        QFETCH(int, channels);
        Preview preview = makePreview(12345678901, pairs, samples, width, height, channels);
        const PreviewSheets sheets = composePreview(preview);
        QCOMPARE(sheets.reconstructions.png.empty(), pairs == 0);
        QCOMPARE(sheets.samples.png.empty(), samples == 0);
        const Preview back = parsePreview(sheets.reconstructions.png, sheets.samples.png, "name");
        QCOMPARE(back.step, preview.step);
        QCOMPARE(back.ema, preview.ema);
        QVERIFY(back.originals == preview.originals);
        QVERIFY(back.reconstructions == preview.reconstructions);
        QVERIFY(back.samples == preview.samples);
        QVERIFY(back.l1 == preview.l1);
    }

    void sheetsAreWellShapedPictures() {
        const PreviewSheets sheets = composePreview(makePreview(1, 32, 64, 28, 28, 3));
        for (const PreviewSheet& sheet : {sheets.reconstructions, sheets.samples}) {
            const auto* bytes = reinterpret_cast<const std::uint8_t*>(sheet.png.data());
            const Image image = decodeImage({bytes, sheet.png.size()}, "sheet"); // a plain PNG for everybody
            QCOMPARE(image.width, sheet.width);
            QCOMPARE(image.height, sheet.height);
            QCOMPARE(image.channels, sheet.channels);
            QVERIFY(image.width < 2 * image.height && image.height < 2 * image.width);
        }
    }

    void oddValuesSurvive() {
        Preview preview = makePreview(0, 2, 1, 28, 28, 1);
        preview.l1 = {std::numeric_limits<float>::quiet_NaN(), 0.1F};
        preview.ema = false;
        const PreviewSheets sheets = composePreview(preview);
        const Preview back = parsePreview(sheets.reconstructions.png, sheets.samples.png, "name");
        QVERIFY(std::isnan(back.l1[0]) && back.l1[1] == 0.1F && !back.ema);
    }

    void pointsComeBackBitByBit() {
        Preview preview = makePreview(7, 2, 3, 28, 28, 1);
        PointsPreview& points = preview.points.emplace();
        points.real = {0.1F, -0.2F, 1e-20F, 0.3F};
        points.samples = {1.25F, 100.0F};
        points.originals = {0.1F, -0.2F};
        points.reconstructions = {0.7F, 0.7F};
        points.fieldSide = 2;
        points.field = {1.0F / 3.0F, -2.0F, 3.0F, 4.0F};
        points.fieldIsEnergy = true;
        points.arrowStarts = {0.5F, 0.5F};
        points.arrowDirections = {-1.0F, 1e6F};
        const PreviewSheets sheets = composePreview(preview);
        const auto back =
            parsePreview(sheets.reconstructions.png, sheets.samples.png, "name", sheets.points.png);
        QVERIFY(back.points == preview.points);
        QVERIFY(!parsePreview({}, sheets.samples.png, "name").points.has_value());
        const auto* bytes = reinterpret_cast<const std::uint8_t*>(sheets.points.png.data());
        const Image plot = decodeImage({bytes, sheets.points.png.size()}, "plot"); // and a picture for people
        QCOMPARE(plot.width, sheets.points.width);
        QCOMPARE(plot.channels, 3);

        points.field = {std::numeric_limits<float>::quiet_NaN(), -2.0F, 3.0F, 4.0F};
        const auto broken = parsePreview({}, {}, "name", composePreview(preview).points.png);
        QVERIFY(std::isnan(broken.points->field[0]));
        points.field.pop_back();
        const std::string unfit = composePreview(preview).points.png;
        QCOMPARE(errorOf([&] { parsePreview({}, {}, "name", unfit); })->kind(), ErrorKind::BadInput);
        QCOMPARE(errorOf([&] { parsePreview({}, {}, "name", sheets.samples.png); })->kind(),
                 ErrorKind::BadInput);
    }

    void differentSizesAreRefused() {
        Preview preview = makePreview(1, 2, 2, 28, 28, 1);
        preview.samples[1] = Image(27, 28, 1);
        QCOMPARE(errorOf([&] { composePreview(preview); })->kind(), ErrorKind::Internal);
        preview = makePreview(1, 2, 2, 28, 28, 1);
        preview.reconstructions.pop_back();
        QCOMPARE(errorOf([&] { composePreview(preview); })->kind(), ErrorKind::Internal);
    }

    void badSheets_data() {
        QTest::addColumn<QByteArray>("png");
        const PreviewSheets sheets = composePreview(makePreview(1, 2, 3, 28, 28, 1));
        const std::string samples = sheets.samples.png;
        const std::string plain = encodePng(Image(88, 88, 1));
        const auto row = [](const char* name, const std::string& png) {
            QTest::newRow(name) << QByteArray::fromStdString(png);
        };
        const auto described = [&](const char* text) { return withPngText(plain, "alphascope", text); };
        row("text", "no picture");
        row("plain picture", plain);
        row("other sheet", sheets.reconstructions.png);
        row("cut in the text", samples.substr(0, 50));
        row("cut in the pixels", samples.substr(0, samples.size() / 2));
        row("no JSON", described("{"));
        row("no object", described("[]"));
        row("nothing said", described("{}"));
        row("negative",
            described(
                R"({"step":1,"count":-1,"columns":1,"parts":1,"width":9,"height":9,"channels":1,"zoom":8})"));
        row("huge",
            described(
                R"({"step":1,"count":1e99,"columns":1,"parts":1,"width":9,"height":9,"channels":1,"zoom":8})"));
        row("other size",
            described(
                R"({"step":1,"count":1,"columns":1,"parts":1,"width":8,"height":9,"channels":1,"zoom":8})"));
        row("no step",
            described(R"({"count":1,"columns":1,"parts":1,"width":9,"height":9,"channels":1,"zoom":8})"));
        std::string flipped = samples;
        flipped[60] = static_cast<char>(flipped[60] ^ 1);
        row("damaged text", flipped);
    }
    void badSheets() {
        QFETCH(QByteArray, png);
        const auto error = errorOf([&] { parsePreview({}, png.toStdString(), "previews/x.png"); });
        QVERIFY(error && error->kind() == ErrorKind::BadInput);
        QVERIFY2(isSentence(error->what()), error->what());
    }
};

QTEST_APPLESS_MAIN(TestPreviewSheet)
#include "tst_preview_sheet.moc"
