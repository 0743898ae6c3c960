// Models side by side: that all are asked the same, that what differs is said, that faults name the
// checkpoint, and that a search can be given up.

#include <QTest>

#include "engine/api/compare.h"
#include "engine/imaging/images.h"
#include "tests/engine/exploring/explorer_support.h"

using namespace alphascope;
using namespace alphascope::engine;
using namespace alphascope::tests;

namespace {

CompareQuestion smallQuestion() {
    CompareQuestion question;
    question.samples = 3;
    question.inputs = 2;
    question.model.threads = 1;
    question.model.device = "cpu";
    question.model.encoding.search.steps = 3;
    question.model.encoding.search.starts = 2;
    return question;
}

std::string checkpointOf(const RunConfig& config, int steps = 2) {
    Trainer trainer(config);
    trainer.steps(steps);
    return trainer->saveCheckpoint().path;
}

bool contains(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

bool anyContains(const std::vector<std::string>& notes, const std::string& part) {
    return std::any_of(notes.begin(), notes.end(),
                       [&](const std::string& note) { return contains(note, part); });
}

} // namespace

class ComparisonTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        alpha_ = checkpointOf(tinyRun("alpha-gan", folderIn(dir_, "alpha")));
        dcgan_ = checkpointOf(tinyRun("dcgan", folderIn(dir_, "dcgan")));
        RunConfig other = tinyRun("alpha-gan", folderIn(dir_, "other"));
        other.data = "glyphs";
        other.size = 32;
        other.seed = 7;
        other.overrides["latentSize"] = "4";
        other_ = checkpointOf(other);
        RunConfig ring = tinyRun("alpha-gan", folderIn(dir_, "ring"));
        ring.data = "ring";
        ring_ = checkpointOf(ring);
    }

    void aColumnIsWhatTheModelSays() {
        const ComparedModel column = compareModel(alpha_, smallQuestion());
        Model model = Model::open(alpha_, smallQuestion().model);
        QVERIFY(column.sampleCodes == priorCodes(1, 3, 6));
        QVERIFY(column.samples == model.decode(priorCodes(1, 3, 6)));
        const PreparedImages prepared = model.prepare({"color-glyphs"}, "test", 2);
        QVERIFY(column.originals == prepared.images);
        QCOMPARE(column.inputNames, prepared.names);
        std::vector<float> l1;
        QVERIFY(column.reconstructions == model.reconstruct(prepared.images, &l1));
        QVERIFY(column.l1 == l1);
        QVERIFY(column.inputCodes == model.encode(prepared.images));
        QVERIFY(std::abs(*column.meanL1() - double(l1[0] + l1[1]) / 2) < 1e-6);
        QVERIFY(!column.searched && column.whyEmpty.empty());
        QCOMPARE(column.name, model.info().methodTitle);
    }

    void anotherSeedAndAnotherFirstPicture() {
        CompareQuestion question = smallQuestion();
        const ComparedModel before = compareModel(alpha_, question);
        question.seed = 2;
        question.firstInput = 1;
        const ComparedModel after = compareModel(alpha_, question);
        QVERIFY(!(after.sampleCodes == before.sampleCodes));
        QVERIFY(after.originals[0] == before.originals[1]);
        QCOMPARE(after.inputNames[0], std::string("test #1"));
    }

    void withoutEncoderCodesAreSearchedForOrLeftOut() {
        CompareQuestion question = smallQuestion();
        const ComparedModel found = compareModel(dcgan_, question);
        QVERIFY(found.searched);
        QCOMPARE(found.reconstructions.size(), 2U);
        QCOMPARE(found.inputCodes.count, 2U);
        question.search = false;
        const ComparedModel left = compareModel(dcgan_, question);
        QVERIFY(left.reconstructions.empty() && !left.meanL1());
        QCOMPARE(left.originals.size(), 2U);
        QVERIFY(contains(left.whyEmpty, "no encoder"));
    }

    void aSearchTellsHowFarItIsAndCanBeCancelled() {
        std::vector<double> fractions;
        compareModels({alpha_, dcgan_}, smallQuestion(), {}, [&](const CompareProgress& progress) {
            fractions.push_back(progress.fraction);
            return true;
        });
        QVERIFY(fractions.size() > 4);
        QVERIFY(std::is_sorted(fractions.begin(), fractions.end()));
        QCOMPARE(fractions.back(), 1.0);
        int calls = 0;
        const Error error = errorOf([&] {
            compareModel(dcgan_, smallQuestion(),
                         [&](const CompareProgress& progress) { return !progress.searching || ++calls < 2; });
        });
        QVERIFY(error.kind() == ErrorKind::Interrupted);
        QCOMPARE(calls, 2);
    }

    /// Of another seed, size and number of channels, and yet of the same digits.
    void allRebuildTheSamePictures() {
        const Comparison comparison = compareModels({alpha_, other_}, smallQuestion(), {"first", ""});
        const auto& models = comparison.models;
        QCOMPARE(models[0].name, std::string("first"));
        QCOMPARE(models[1].name, std::string(models[1].info.methodTitle));
        QCOMPARE(comparison.size, 32);
        QCOMPARE(comparison.channels, 3);
        QCOMPARE(comparison.question.pictures, std::vector<std::string>{"color-glyphs"});
        QCOMPARE(*comparison.question.pictureSeed, models[0].info.seed);
        for (const ComparedModel& model : models) {
            for (const auto* list : {&model.samples, &model.originals, &model.reconstructions}) {
                for (const Image& image : *list) {
                    QCOMPARE(image.width, 32);
                    QCOMPARE(image.channels, 3);
                }
            }
        }
        // Asked alone, the other model would have drawn digits from its own seed.
        CompareQuestion question = smallQuestion();
        question.pictures = {"color-glyphs"};
        const ComparedModel alone = compareModel(other_, question);
        question.pictureSeed = models[0].info.seed;
        const ComparedModel shared = compareModel(other_, question);
        QVERIFY(!(alone.originals == shared.originals));
        QVERIFY(shared.originals.front().channels == 1);
        QVERIFY(anyContains(comparison.notes, "differ in size (first 6"));
        QVERIFY(anyContains(comparison.notes, "28"));
        QVERIFY(anyContains(comparison.notes, "channels"));
    }

    void smallPicturesGrowByWholeFactors() {
        ComparedModel small;
        small.info.size = 2;
        Image checks(2, 2, 1);
        checks.pixels = {0, 50, 100, 150};
        small.samples = {checks};
        ComparedModel large = small;
        large.info.size = 4;
        large.samples = {Image(4, 4, 1)};
        const Comparison comparison = gatherComparison({small, large}, {});
        QVERIFY(comparison.models[0].samples[0] == enlarge(checks, 2));
        large.info.size = 3;
        large.samples = {Image(3, 3, 1)};
        const Comparison odd = gatherComparison({small, large}, {});
        const std::vector<std::uint8_t> expected{0, 0, 50, 0, 0, 50, 100, 100, 150};
        QCOMPARE(odd.models[0].samples[0].pixels, expected);
    }

    void pointsGoWithPointsOnly() {
        const Comparison points = compareModels({ring_, ring_}, smallQuestion());
        QCOMPARE(points.models[0].samples.size(), 3U);
        QVERIFY(points.models[0].originals.empty());
        QVERIFY(contains(points.models[0].whyEmpty, "points"));
        const Error error = errorOf([&] { compareModels({alpha_, ring_}, smallQuestion()); });
        QVERIFY(error.kind() == ErrorKind::Usage);
        QVERIFY(contains(error.what(), ring_) && contains(error.what(), alpha_));
    }

    void faultsNameTheCheckpoint() {
        const std::string missing = folderIn(dir_, "missing.safetensors");
        QVERIFY(contains(errorOf([&] {
                             compareModels({alpha_, missing}, smallQuestion());
                         }).what(),
                         missing));
        CompareQuestion question = smallQuestion();
        question.pictures = {"no-such-set"};
        const Error noSet = errorOf([&] { compareModel(alpha_, question); });
        QVERIFY2(contains(noSet.what(), alpha_), noSet.what());
        QVERIFY(errorOf([&] { compareModels({alpha_}, smallQuestion()); }).kind() == ErrorKind::Usage);
        const std::vector<std::string> many(mostCompared + 1, ring_);
        QVERIFY(errorOf([&] { compareModels(many, smallQuestion()); }).kind() == ErrorKind::Usage);
    }

    void sheetsOfBothLayouts() {
        const Comparison comparison = compareModels({alpha_, dcgan_, other_}, smallQuestion());
        const std::string rows = folderIn(dir_, "rows.png");
        const std::string blocks = folderIn(dir_, "blocks.png");
        writeComparison(rows, comparison);
        writeComparison(blocks, comparison, {CompareLayout::Blocks, 3});
        writeComparison(folderIn(dir_, "rows.pdf"), comparison);
        // Rows: five pictures under each other; blocks: one row of three, and one of three pairs.
        QVERIFY(readImage(rows).height > readImage(blocks).height);
        QVERIFY(readImage(rows).width != readImage(blocks).width);
        QVERIFY(QFile(QString::fromStdString(folderIn(dir_, "rows.pdf"))).size() > 1000);
    }

private:
    QTemporaryDir dir_;
    std::string alpha_;
    std::string dcgan_;
    std::string other_;
    std::string ring_;
};

QTEST_GUILESS_MAIN(ComparisonTest)
#include "tst_comparison.moc"
