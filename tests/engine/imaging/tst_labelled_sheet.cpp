// Labelled sheets: that pictures keep their pixels, that everything has its place, that a PDF is the same
// each time, and what is refused.

#include <QTest>

#include <algorithm>
#include <set>

#include "engine/imaging/images.h"
#include "engine/imaging/labelled_sheet.h"
#include "errors.h"
#include "picture_support.h"

using namespace alphascope::engine;

namespace {

constexpr int side = 8;

Image plain(std::uint8_t red, std::uint8_t green, std::uint8_t blue) {
    Image image(side, side, 3);
    for (std::size_t i = 0; i < image.pixels.size(); i += 3) {
        image.pixels[i] = red;
        image.pixels[i + 1] = green;
        image.pixels[i + 2] = blue;
    }
    return image;
}

/// Two columns: red and green samples, and one that has nothing but a sentence.
LabelledSheet smallSheet() {
    LabelledSheet sheet;
    sheet.pictureSide = side;
    sheet.cellSide = 40;
    sheet.columns = {{"DCGAN", {"glyphs", "step 300"}}, {"α-GAN", {"glyphs", "step 1,200"}}};
    SheetBand samples;
    samples.title = "SAMPLES";
    samples.headLabels = {"z 1", "z 2"};
    samples.blocks = {{{plain(255, 0, 0), plain(255, 0, 0)}, {}}, {{plain(0, 255, 0), plain(0, 255, 0)}, {}}};
    SheetBand rebuilt;
    rebuilt.title = "REBUILT";
    rebuilt.headTitle = "Original";
    rebuilt.heads = {plain(0, 0, 255)};
    rebuilt.blocks = {{{}, "This method has no encoder."}, {{plain(255, 255, 0)}, "L1 0.121"}};
    sheet.bands = {samples, rebuilt};
    sheet.caption = "Seed 1.";
    return sheet;
}

std::size_t countOf(const Image& sheet, std::array<std::uint8_t, 3> colour) {
    std::size_t count = 0;
    for (std::size_t i = 0; i < sheet.pixels.size(); i += 3) {
        count += std::equal(colour.begin(), colour.end(), sheet.pixels.begin() + std::ptrdiff_t(i)) ? 1 : 0;
    }
    return count;
}

} // namespace

class LabelledSheetTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void picturesKeepTheirPixels() {
        const Image sheet = drawSheet(smallSheet());
        QCOMPARE(sheet.channels, 3);
        // 40 units are 80 pixels, ten for each pixel of the picture.
        const std::size_t cell = 80 * 80;
        QCOMPARE(countOf(sheet, {255, 0, 0}), 2 * cell);
        QCOMPARE(countOf(sheet, {0, 255, 0}), 2 * cell);
        QCOMPARE(countOf(sheet, {0, 0, 255}), cell);
        QCOMPARE(countOf(sheet, {255, 255, 0}), cell);
        QVERIFY(countOf(sheet, {255, 255, 255}) > sheet.pixels.size() / 3 / 4);
    }

    void pixelsAreHard() {
        LabelledSheet sheet = smallSheet();
        Image checks(side, side, 1);
        for (std::size_t i = 0; i < checks.pixels.size(); ++i) {
            checks.pixels[i] = (i + i / side) % 2 == 0 ? 200 : 90;
        }
        sheet.columns = {{"", {}}};
        sheet.bands = {{{}, {}, {}, {}, {{{checks}, {}}}, 1}};
        sheet.caption.clear();
        const Image drawn = drawSheet(sheet);
        std::set<std::uint8_t> seen(drawn.pixels.begin(), drawn.pixels.end());
        QCOMPARE(seen, (std::set<std::uint8_t>{90, 200, 255}));
    }

    void textTakesPlace() {
        LabelledSheet silent = smallSheet();
        for (SheetColumn& column : silent.columns) {
            column = {};
        }
        const Image with = drawSheet(smallSheet());
        const Image without = drawSheet(silent);
        QCOMPARE(with.width, without.width);
        QVERIFY(with.height > without.height);
        LabelledSheet wordy = smallSheet();
        wordy.caption =
            std::string(40, 'x') + " " + std::string(40, 'y') + " and more words than fit in a line";
        QVERIFY(drawSheet(wordy).height > with.height);
    }

    void longNamesAreCutBetweenCharacters() {
        LabelledSheet sheet = smallSheet();
        std::string name;
        for (int i = 0; i < 200; ++i) {
            name += "α";
        }
        sheet.columns[0].title = name;
        QCOMPARE(drawSheet(sheet).width, drawSheet(smallSheet()).width);
        QVERIFY(!sheetAsPdf(sheet).empty());
    }

    void aPdfIsTheSameEachTime() {
        const std::string first = sheetAsPdf(smallSheet());
        QVERIFY(first.rfind("%PDF-", 0) == 0);
        QVERIFY(first.find("%%EOF") != std::string::npos);
        QVERIFY(first.find("/CreationDate") == std::string::npos);
        QVERIFY(first.find("/Font") != std::string::npos);
        QVERIFY(first.find("/Image") != std::string::npos);
        QVERIFY(first == sheetAsPdf(smallSheet()));
    }

    void theEndingDecides() {
        const QTemporaryDir dir;
        const std::string png = dir.filePath(QStringLiteral("s.png")).toStdString();
        const std::string pdf = dir.filePath(QStringLiteral("s.PDF")).toStdString();
        writeSheet(png, smallSheet());
        writeSheet(pdf, smallSheet());
        QVERIFY(readImage(png) == drawSheet(smallSheet()));
        QFile file(QString::fromStdString(pdf));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll().toStdString(), sheetAsPdf(smallSheet()));
        EXPECT_ERROR(writeSheet(dir.filePath(QStringLiteral("s.svg")).toStdString(), smallSheet()),
                     ErrorKind::Usage, "s.svg");
        EXPECT_ERROR(writeSheet(dir.filePath(QStringLiteral("no/s.pdf")).toStdString(), smallSheet()),
                     ErrorKind::InputOutput, "s.pdf");
    }

    void refusesWhatCannotBeDrawn() {
        EXPECT_ERROR(drawSheet({}), ErrorKind::Usage, "column");
        LabelledSheet endless = smallSheet();
        endless.bands[0].blocks[0].cells.assign(3000, plain(1, 2, 3));
        EXPECT_ERROR(drawSheet(endless), ErrorKind::Usage, "fewer");
        EXPECT_ERROR(sheetAsPdf(endless), ErrorKind::Usage, "too large");
    }
};

QTEST_GUILESS_MAIN(LabelledSheetTest)
#include "tst_labelled_sheet.moc"
