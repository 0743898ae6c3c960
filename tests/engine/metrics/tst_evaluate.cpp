// Whole evaluations: of arrays, folders, sets and a model, with a classifier of their own; pairs of known
// order; and what must be refused.

#include <QtTest>

#include <QDir>

#include "engine/api/data_sets.h"
#include "engine/api/error.h"
#include "engine/api/metrics.h"
#include "engine/api/output.h"
#include "engine/metrics/judged_pictures.h"
#include "engine/metrics/wasserstein_critic.h"
#include "tests/engine/training/training_support.h"

using namespace alphascope::engine;

namespace {

std::vector<Image> glyphs(const std::string& split, std::size_t count, int size = 28) {
    return dataSetPictures({.data = "glyphs", .size = size, .split = split, .count = count}).pictures;
}

/// Means of 3 x 3 pixels, the rim left alone.
Image blurred(const Image& image) {
    Image result = image;
    for (int y = 1; y + 1 < image.height; ++y) {
        for (int x = 1; x + 1 < image.width; ++x) {
            int sum = 0;
            for (int dy = -1; dy <= 1; ++dy) {
                for (int dx = -1; dx <= 1; ++dx) {
                    sum += image.pixels[std::size_t(y + dy) * image.width + x + dx];
                }
            }
            result.pixels[std::size_t(y) * image.width + x] = static_cast<std::uint8_t>(sum / 9);
        }
    }
    return result;
}

std::vector<Image> noise(std::size_t count) {
    torch::manual_seed(1);
    const torch::Tensor random = torch::randint(0, 256, {std::int64_t(count), 28 * 28}, torch::kUInt8);
    std::vector<Image> images;
    for (std::size_t i = 0; i < count; ++i) {
        Image image(28, 28, 1);
        std::copy_n(random[std::int64_t(i)].const_data_ptr<std::uint8_t>(), image.pixels.size(),
                    image.pixels.begin());
        images.push_back(std::move(image));
    }
    return images;
}

bool has(const std::string& text, const char* part) {
    return text.find(part) != std::string::npos;
}

} // namespace

class TestEvaluate : public QObject {
    Q_OBJECT

private:
    QTemporaryDir folder_;
    std::string place(const char* name) const {
        return folder_.filePath(QString::fromLatin1(name)).toStdString();
    }

    std::string array(const char* name, const std::vector<Image>& images) const {
        writeNpy(place(name), images);
        return place(name);
    }

    EvaluationRequest request(const std::string& images, const std::string& data,
                              std::vector<std::string> metrics) const {
        EvaluationRequest made;
        made.images = images;
        made.data = data;
        made.metrics = std::move(metrics);
        made.count = 600;
        made.kidSubsets = 5;
        made.kidSubsetSize = 200;
        made.threads =
            1; // others may be at work beside the tests, and two threads that wait for each other crawl
        made.device = "cpu";
        made.cacheFolder = place("cache");
        return made;
    }

    static double value(const Evaluation& evaluation, const char* name) {
        const Figure* const figure = evaluation.find(name);
        return figure == nullptr ? std::nan("") : figure->value;
    }

    /// The sentence of a refusal.
    static std::string refusal(const EvaluationRequest& request, ErrorKind kind) {
        try {
            evaluate(request);
            return "evaluated";
        } catch (const Error& error) {
            return error.kind() == kind ? error.sentence() : std::string("another kind: ") + error.what();
        }
    }

private Q_SLOTS:
    void initTestCase() { torch::set_num_threads(1); }

    void criticsOrderKnownPairs() {
        const std::vector<Image> all = glyphs("train", 2400);
        const auto part = [&](std::size_t begin, std::size_t end) {
            return toBytes({all.begin() + std::ptrdiff_t(begin), all.begin() + std::ptrdiff_t(end)});
        };
        const torch::Tensor real = part(0, 800);
        const torch::Tensor judged = part(800, 1200);
        const auto gapTo = [&](const torch::Tensor& made, const torch::Tensor& madeJudged) {
            return criticGap({real, made}, {judged, madeJudged}, {.steps = 100, .filters = 8, .rate = 1e-3},
                             1, torch::kCPU);
        };
        std::vector<Image> soft;
        for (const Image& image : all) {
            soft.push_back(blurred(image));
        }
        const auto labels = dataSetPictures({.data = "glyphs", .split = "train", .count = 2400}).labels;
        std::vector<Image> few; // without five of ten classes
        for (std::size_t i = 1200; i < all.size(); ++i) {
            if (labels[i] >= 5) {
                few.push_back(all[i]);
            }
        }
        const auto middle = few.begin() + std::ptrdiff_t(few.size() / 2);
        const double same = gapTo(part(1200, 2000), part(2000, 2400));
        const double without = gapTo(toBytes({few.begin(), middle}), toBytes({middle, few.end()}));
        const double blur = gapTo(toBytes({soft.begin() + 1200, soft.begin() + 2000}),
                                  toBytes({soft.begin() + 2000, soft.end()}));
        const double random = gapTo(toBytes(noise(800)), toBytes(noise(400)));
        qInfo("gaps: data %.3f, classes missing %.3f, blurred %.3f, noise %.3f", same, without, blur, random);
        QVERIFY(std::abs(same) < without);
        QVERIFY(without < random);
        QVERIFY(std::abs(same) < blur);
        QVERIFY(blur < random);
        // The same critic again, to the last bit.
        QCOMPARE(gapTo(part(1200, 2000), part(2000, 2400)), same);
    }

    void intervalsAreStudents() {
        const MeanWithMargin found = meanWithMargin({1.0, 2.0, 3.0});
        QCOMPARE(found.mean, 2.0);
        QVERIFY(std::abs(found.margin - 4.303 / std::sqrt(3.0)) < 1e-9);
        QCOMPARE(meanWithMargin({5.0}).margin, 0.0);
    }

    void judgesArraysByAnOwnClassifier() {
        const std::vector<std::string> metrics{"is", "fid", "kid", "prc", "classes"};
        const std::vector<Image> real = glyphs("test", 600);
        std::vector<Image> soft;
        for (const Image& image : real) {
            soft.push_back(blurred(image));
        }
        const Evaluation same = evaluate(request(array("same.npy", real), "glyphs", metrics));
        const Evaluation blur = evaluate(request(array("soft.npy", soft), "glyphs", metrics));
        const Evaluation random = evaluate(request(array("noise.npy", noise(600)), "glyphs", metrics));
        QVERIFY(value(same, "fid") < value(blur, "fid"));
        QVERIFY(value(blur, "fid") < value(random, "fid"));
        QVERIFY(value(same, "kid") < value(blur, "kid"));
        QVERIFY(value(blur, "kid") < value(random, "kid"));
        QVERIFY(value(same, "precision") > value(random, "precision"));
        QVERIFY(value(same, "recall") > value(random, "recall"));
        QVERIFY(value(same, "is") > value(random, "is"));
        QVERIFY(value(same, "is") > 8.0 && value(same, "is") <= 10.0);
        QVERIFY(value(same, "class_kl") < value(random, "class_kl"));
        QCOMPARE(value(same, "classes_reached"), 10.0);

        const Figure& fid = *same.find("fid");
        QCOMPARE(fid.count, std::size_t{600});
        QCOMPARE(fid.dataCount, std::size_t{600});
        QVERIFY(fid.net.find("not comparable with published scores") != std::string::npos);
        QVERIFY(fid.convention.find("N - 1") != std::string::npos);
        const Figure& kid = *same.find("kid");
        QVERIFY(kid.low < kid.value && kid.value < kid.high);
        QCOMPARE(kid.seeds, (std::vector<std::uint64_t>{1, 2020}));
        // Classifier and features of the data come from the cache; the figures do not change.
        const Evaluation again = evaluate(request(place("soft.npy"), "glyphs", metrics));
        for (const Figure& figure : again.figures) {
            QCOMPARE(figure.value, value(blur, figure.name.c_str()));
        }
        const QStringList kept = QDir(QString::fromStdString(place("cache"))).entryList(QDir::Files);
        QCOMPARE(kept.filter(QLatin1String("classifier-")).size(), 1);
        QCOMPARE(kept.filter(QLatin1String("features-")).size(), 1);
    }

    void evaluationsSurviveAsText() {
        Evaluation evaluation = evaluate(request(place("same.npy"), "glyphs", {"is", "kid"}));
        evaluation.warnings = {"A warning."};
        const Evaluation read = evaluationFromJson(toJson(evaluation));
        QCOMPARE(toJson(read), toJson(evaluation));
        QCOMPARE(read.figures.size(), evaluation.figures.size());
        QCOMPARE(read.find("kid")->high, evaluation.find("kid")->high);
        QVERIFY_THROWS_EXCEPTION(Error, evaluationFromJson("{}"));
        QVERIFY_THROWS_EXCEPTION(Error, evaluationFromJson("no json"));
    }

    void judgesTwoArraysWithoutAModel() {
        EvaluationRequest asked = request(place("soft.npy"), place("same.npy"), {"critic"});
        asked.criticSteps = 60;
        asked.criticSeeds = 2;
        const Evaluation found = evaluate(asked);
        const Figure& critic = *found.find("critic");
        QCOMPARE(critic.seeds, (std::vector<std::uint64_t>{1, 2}));
        QVERIFY(critic.low.has_value() && critic.reference.has_value());
        QVERIFY(value(found, "critic_noise") < value(found, "critic_floor"));
        QVERIFY(found.find("critic_gap") != nullptr);
        const Evaluation again = evaluate(asked); // floor and noise from the cache
        QCOMPARE(value(again, "critic"), critic.value);
        QCOMPARE(value(again, "critic_floor"), value(found, "critic_floor"));
        QVERIFY(has(refusal(request(place("soft.npy"), place("same.npy"), {"fid"}), ErrorKind::Usage),
                    "has no labels to train a classifier with"));
    }

    void measuresDiversityFrom64PixelsOn() {
        const std::string large = array("large.npy", glyphs("test", 40, 64));
        EvaluationRequest asked = request(large, "glyphs", {"msssim"});
        asked.pairs = 20;
        const Evaluation found = evaluate(asked);
        const Figure& figure = *found.find("msssim_diversity");
        QCOMPARE(figure.count, std::size_t{40});
        QVERIFY(figure.value > 0.0 && figure.value < 1.0 && figure.reference > 0.0);
        const Evaluation small = evaluate(request(place("same.npy"), "glyphs", {"msssim"}));
        QVERIFY(small.figures.empty());
        QVERIFY(small.warnings.at(0).find("not defined for pictures of 28 x 28") != std::string::npos);
    }

    void countsModes() {
        EvaluationRequest asked = request("ring", "ring", {"coverage"});
        asked.count = 2000;
        const Evaluation ring = evaluate(asked);
        QCOMPARE(value(ring, "modes_hit"), 8.0);
        QVERIFY(std::abs(value(ring, "mode_near_share") - 0.9889) < 0.01);
        QVERIFY(value(ring, "mode_kl") < 0.02);

        EvaluationRequest stacked = request("stacked-glyphs", "stacked-glyphs", {"coverage"});
        stacked.count = 2000;
        const Evaluation modes = evaluate(stacked);
        QCOMPARE(*modes.find("modes_hit")->reference, 1000.0);
        QVERIFY(value(modes, "modes_hit") > 750.0); // 865 are expected of 2000 draws from 1000
        QVERIFY(value(modes, "modes_hit") < 950.0);

        EvaluationRequest bins = request(place("noise.npy"), "glyphs", {"coverage"});
        QVERIFY(has(refusal(bins, ErrorKind::Usage), "Coverage by 100 bins needs 1000 pictures"));
        bins.images = array("many.npy", noise(1000));
        bins.count = 1000;
        const Evaluation apart = evaluate(bins);
        QVERIFY(value(apart, "bins_different") > *apart.find("bins_different")->reference);
    }

    void judgesAModel() {
        RunConfig config = alphascope::tests::tinyRun("alpha-gan", place("run"));
        alphascope::tests::Trainer trainer(config);
        trainer.steps(3);
        const std::string checkpoint = trainer->saveCheckpoint().path;
        EvaluationRequest asked = request("", "", {"reconstruction", "memorisation", "codes", "critic"});
        asked.checkpoint = checkpoint;
        asked.count = 200;
        asked.criticSeeds = 1;
        asked.criticSteps = 5;
        std::vector<std::string> told;
        double last = 0.0;
        bool rising = true;
        const Evaluation found = evaluate(asked, [&](const std::string& what, double share) {
            told.push_back(what);
            rising = rising && share >= last && share <= 1.0;
            last = share;
            return true;
        });
        QVERIFY(rising);
        QVERIFY(told.size() > 4);
        QCOMPARE(found.method, std::string("alpha-gan"));
        QCOMPARE(found.step, std::int64_t{3});
        QCOMPARE(found.weights, std::string("ema"));
        QVERIFY(!found.checksum.empty());
        for (const char* name :
             {"reconstruction_l1", "reconstruction_l2", "reconstruction_psnr", "memorisation_ratio",
              "memorisation_p", "code_kl", "code_two_sample", "critic"}) {
            QVERIFY2(std::isfinite(value(found, name)), name);
        }
        asked.rawWeights = true;
        asked.metrics = {"codes"}; // after so few steps pictures are the same when rounded to 8 bits
        const Evaluation raw = evaluate(asked);
        QCOMPARE(raw.weights, std::string("raw"));
        QVERIFY(value(raw, "code_kl") != value(found, "code_kl"));
    }

    void canBeCancelled() {
        int calls = 0;
        try {
            evaluate(request(place("soft.npy"), place("same.npy"), {"critic"}),
                     [&](const std::string&, double) { return ++calls < 3; });
            QFAIL("it went on");
        } catch (const Error& error) {
            QCOMPARE(error.kind(), ErrorKind::Interrupted);
        }
    }

    void refusesWhatCannotBeJudged() {
        const std::string same = place("same.npy");
        QVERIFY(has(refusal(request(same, "glyphs", {"fidd"}), ErrorKind::Usage), "Did you mean 'fid'?"));
        QVERIFY(has(refusal(request(same, "glyphs", {}), ErrorKind::Usage), "no metric"));
        QVERIFY(has(refusal(request("", "glyphs", {"fid"}), ErrorKind::Usage), "a checkpoint or pictures"));
        QVERIFY(has(refusal(request(same, "", {"fid"}), ErrorKind::Usage), "Give --data"));
        QVERIFY(has(refusal(request(same, "glyphs", {"codes"}), ErrorKind::Usage), "a figure of a model"));
        QVERIFY(has(refusal(request(same, place("nowhere"), {"fid"}), ErrorKind::Usage), "nowhere"));
        QVERIFY(
            has(refusal(request(place("nowhere.npy"), "glyphs", {"fid"}), ErrorKind::BadInput), "nowhere"));

        EvaluationRequest kid = request(same, "glyphs", {"kid"});
        kid.kidSubsetSize = 1000;
        QVERIFY(has(refusal(kid, ErrorKind::Usage),
                    "subsets of 1000 pictures from each side, and there are 600"));
        EvaluationRequest critic = request(array("few.npy", glyphs("test", 20)), "glyphs", {"critic"});
        QVERIFY(has(refusal(critic, ErrorKind::Usage), "The critic needs 100 pictures of each kind"));
        critic.metrics = {"is"};
        critic.images = array("fewer.npy", glyphs("test", 5));
        QVERIFY(has(refusal(critic, ErrorKind::Usage), "needs as many samples, and there are 5"));
        QVERIFY(has(
            refusal(request(array("wide.npy", {Image(30, 28, 1)}), "glyphs", {"fid"}), ErrorKind::BadInput),
            "30 x 28 pixels"));

        EvaluationRequest inception = request(same, "glyphs", {"fid"});
        inception.features = place("cache/none.safetensors");
        QVERIFY(has(refusal(inception, ErrorKind::BadInput), "none.safetensors"));
        const QStringList kept = QDir(QString::fromStdString(place("cache")))
                                     .entryList({QLatin1String("classifier-*")}, QDir::Files);
        inception.features = place("cache/") + kept.front().toStdString();
        QVERIFY(has(refusal(inception, ErrorKind::BadInput), "does not fit the Inception net"));
    }

    void refusesFoldersOfDifferentSizes() {
        QVERIFY(QDir(folder_.path()).mkpath(QLatin1String("mixed")));
        writeImage(place("mixed/a.png"), Image(28, 28, 1));
        writeImage(place("mixed/b.png"), Image(28, 27, 1));
        EvaluationRequest asked = request(place("mixed"), "glyphs", {"fid"});
        const std::string sentence = refusal(asked, ErrorKind::BadInput);
        QVERIFY2(has(sentence, "differ in size: 'a.png' is 28 x 28"), sentence.c_str());
        QVERIFY(has(sentence, "'b.png' 28 x 27"));
        writeImage(place("mixed/b.png"), Image(28, 28, 1));
        const Evaluation found = evaluate(asked);
        QVERIFY(found.warnings.at(0).find("singular covariance") != std::string::npos);
    }
};

QTEST_GUILESS_MAIN(TestEvaluate)
#include "tst_evaluate.moc"
