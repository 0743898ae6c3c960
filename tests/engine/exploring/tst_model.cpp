// A checkpoint used synchronously: the weights are the averaged ones bit for bit, pictures are prepared the
// same way each time, and files that are no checkpoint are told in one sentence.

#include <QDir>
#include <QTest>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>

#include "engine/api/doctor.h"
#include "engine/api/model.h"
#include "engine/exploring/replica.h"
#include "engine/imaging/crop.h"
#include "engine/imaging/images.h"
#include "engine/storage/atomic_file.h"
#include "engine/storage/safetensors.h"
#include "engine/training/inference.h"
#include "engine/training/snapshot.h"
#include "tests/engine/exploring/explorer_support.h"
#include "tests/engine/training/training_support.h"

using namespace alphascope;
using namespace alphascope::engine;
using namespace alphascope::tests;

namespace {

ModelOptions onOneThread() {
    ModelOptions options;
    options.threads = 1;
    options.device = "cpu";
    return options;
}

bool contains(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

} // namespace

class ModelTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        Trainer trainer(tinyRun("alpha-gan", folderIn(dir_, "run")));
        trainer.steps(3);
        path_ = trainer->saveCheckpoint().path;
        lively_ = livelyCheckpoint(folderIn(dir_, "lively"));
    }

    void opensARunOrAFile() {
        const Model byRun = Model::open(folderIn(dir_, "run"), onOneThread());
        const Model byFile = Model::open(path_, onOneThread());
        QCOMPARE(byRun.info().path, path_);
        QCOMPARE(byFile.info().step, 3);
        QCOMPARE(byFile.info().latentSize, 6U);
        QCOMPARE(byFile.info().channels, 3);
        QCOMPARE(byFile.info().size, 28);
        QVERIFY(byFile.info().ema);
        QVERIFY(byFile.info().parameterCount > 1000);
        QVERIFY(!byFile.info().checksum.empty());
        QVERIFY(byFile.info().checksum == byRun.info().checksum);
    }

    /// The replica of a snapshot gives what the method's own averaged networks give, to the last bit.
    void theReplicaIsTheAverage_data() { addMethods(); }
    void theReplicaIsTheAverage() {
        QFETCH(QString, method);
        const QTemporaryDir dir;
        Trainer trainer(tinyRun(method.toStdString(), folderIn(dir, "run")));
        trainer.steps(5);
        const auto path = trainer->saveCheckpoint().path;
        const auto preview = trainer->makePreview(false);

        // The averages put into a second method by hand, through nothing but the names.
        const ModelState state = readSafetensors(path);
        const auto reference =
            models::makeMethod(trainer->method().spec(), 7, torch::kCPU, models::Purpose::Inference);
        reference->setTraining(false);
        models::TensorMap chosen;
        for (const auto& entry : models::collectState(trainer->method())) {
            const bool average = entry.kind == models::StateKind::Ema;
            const std::string name = average ? entry.name.substr(4) : entry.name;
            if (average) {
                chosen[name] = entry.tensor;
            } else if (entry.kind == models::StateKind::Parameter ||
                       entry.kind == models::StateKind::Buffer) {
                chosen.emplace(name, entry.tensor);
            }
        }
        models::loadWeights(*reference, chosen, models::Weights::Raw);

        Replica replica(state, path, torch::kCPU);
        const Codes codes = priorCodes(previewSeed, previewSamples, 6);
        const auto expected = toImages(decode(*reference, toTensor(codes, torch::kCPU)));
        QVERIFY(replica.decode(codes) == expected);
        QVERIFY(preview->samples == expected);
        if (replica.can(models::Capability::Encode)) {
            QVERIFY(replica.encode(preview->originals) ==
                    toCodes(encode(*reference, toPictures(preview->originals, torch::kCPU))));
        }
    }

    void rawWeightsAreOthers() {
        Model average = Model::open(path_, onOneThread());
        ModelOptions options = onOneThread();
        options.rawWeights = true;
        Model raw = Model::open(path_, options);
        QVERIFY(!raw.info().ema);
        const Codes codes = priorCodes(1, 4, 6);
        QVERIFY(average.decode(codes) != raw.decode(codes));
        QVERIFY(average.decode(codes) == Model::open(path_, onOneThread()).decode(codes));
        QCOMPARE(average.codeLogits(codes).size(), 4U);
    }

    void greyPicturesAreColouredTheSameWayEachTime() {
        auto config = tinyRun("alpha-gan", folderIn(dir_, "coloured"));
        config.data = "glyphs";
        config.transform = "color";
        std::string path;
        {
            Trainer trainer(config);
            trainer.steps(1);
            path = trainer->saveCheckpoint().path;
        }
        const Model model = Model::open(path, onOneThread());
        const auto first = model.prepare({"glyphs"}, "test", 12);
        QCOMPARE(first.images.size(), 12U);
        QCOMPARE(first.names[11], std::string("test #11"));
        QVERIFY(first.labels[3] >= 0 && first.labels[3] <= 9);
        QCOMPARE(first.images[0].channels, 3);
        QVERIFY(Model::open(path, onOneThread()).prepare({"glyphs"}, "test", 12).images == first.images);
        QVERIFY(model.prepare({"glyphs"}, "train", 12).images != first.images);
        QCOMPARE(model.prepare({"color-glyphs"}, "test", 3).images.size(), 3U);

        // and single grey files, by their number
        Image grey(28, 28, 1);
        for (std::size_t i = 0; i < grey.pixels.size(); ++i) {
            grey.pixels[i] = static_cast<std::uint8_t>(i % 251);
        }
        const std::string file = folderIn(dir_, "grey.png");
        writeImage(file, grey);
        const auto twice = model.prepare({file, file});
        QCOMPARE(twice.images.size(), 2U);
        QVERIFY(twice.images[0] != twice.images[1]);
        QVERIFY(model.prepare({file, file}).images == twice.images);
    }

    void picturesAreCutAsInTraining() {
        Image face(178, 218, 3);
        for (std::size_t i = 0; i < face.pixels.size(); ++i) {
            face.pixels[i] = static_cast<std::uint8_t>(i / 3 % 178 + i % 3); // tells the column
        }
        const std::string folder = folderIn(dir_, "faces");
        QVERIFY(QDir().mkpath(QString::fromStdString(folder)));
        for (const char* name : {"a.png", "b.png", "c.png"}) {
            writeImage(folder + "/" + name, face);
        }
        auto config = tinyRun("alpha-gan", folderIn(dir_, "cut"));
        config.data = folder;
        config.crop = "108";
        config.size = 32;
        config.metricsEvery = 0; // three pictures are too few, which would be told
        std::string path;
        {
            Trainer trainer(config);
            path = trainer->saveCheckpoint().path;
        }
        const Model model = Model::open(path, onOneThread());
        QCOMPARE(model.info().crop, std::string("108"));
        const Image expected = cutPicture(face, "108", 32, 3);
        QVERIFY(expected != fitSquare(face, 32, 3));
        QVERIFY(model.prepare({folder + "/a.png"}).images.front() == expected);
        QVERIFY(model.prepare({folder}).images.front() == expected);
        QVERIFY(model.prepare({"glyphs"}, "test", 2).images.size() == 2); // which are not cropped
        config.resume = true;                                             // the crop is the checkpoint's
        config.crop.clear();
        Trainer again(config);
        QVERIFY(again.warnings.empty());
    }

    void pointsAreDecodedAndNeverEncoded() {
        auto config = tinyRun("alpha-gan", folderIn(dir_, "points"));
        config.data = "ring";
        std::string path;
        {
            Trainer trainer(config);
            path = trainer->saveCheckpoint().path;
        }
        Model model = Model::open(path, onOneThread());
        QVERIFY(model.info().isPoints());
        const Codes codes = priorCodes(1, 5, 6);
        const Codes points = model.decodePoints(codes);
        QCOMPARE(points.count, 5U);
        QCOMPARE(points.size, 2U);
        const auto pictures = model.decode(codes);
        for (std::size_t i = 0; i < 5; ++i) {
            QVERIFY(pictures[i] == toImage(points.row(i), 2, 1));
        }
        const Error error = errorOf([&] { model.prepare({"ring"}, "test", 3); });
        QCOMPARE(int(error.kind()), int(ErrorKind::Usage));
        Model other = Model::open(path_, onOneThread());
        QCOMPARE(int(errorOf([&] { other.decodePoints(codes); }).kind()), int(ErrorKind::Usage));
    }

    void reconstructsWhatItWasGiven() {
        Model model = Model::open(path_, onOneThread());
        const auto prepared = model.prepare({"color-glyphs"}, "test", 70); // more than one batch
        std::vector<float> l1;
        const auto rebuilt = model.reconstruct(prepared.images, &l1);
        QCOMPARE(rebuilt.size(), 70U);
        QCOMPARE(l1.size(), 70U);
        QVERIFY(rebuilt == model.decode(model.encode(prepared.images)));
        QVERIFY(l1[0] > 0.0F && l1[0] <= 2.0F);
    }

    void everyMethodReconstructs_data() { addMethods(); }
    void everyMethodReconstructs() {
        QFETCH(QString, method);
        const QTemporaryDir dir;
        Trainer trainer(tinyRun(method.toStdString(), folderIn(dir, "run")));
        trainer.steps(1);
        const std::string path = trainer->saveCheckpoint().path;
        ModelOptions options = onOneThread();
        options.encoding.search = {.steps = 3, .starts = 2};
        Model model = Model::open(path, options);
        const bool encodes = models::findMethod(method.toStdString()).can(models::Capability::Encode);
        QCOMPARE(model.searchesCodes(), !encodes);
        const auto prepared = model.prepare({"color-glyphs"}, "test", 2);
        std::vector<float> l1;
        int heard = 0;
        const auto rebuilt = model.reconstruct(prepared.images, &l1, [&](const auto&) { ++heard; });
        QCOMPARE(rebuilt.size(), 2U);
        QCOMPARE(l1.size(), 2U);
        QCOMPARE(heard, encodes ? 0 : 3);
        QCOMPARE(model.encode(prepared.images).count, 2U);
    }

    void searchesForCodes() {
        ModelOptions options = onOneThread();
        options.encoding = {EncodeBy::Search, {.steps = 40, .starts = 8}};
        Model model = Model::open(lively_, options);
        QVERIFY(model.searchesCodes());
        const auto prepared = model.prepare({"color-glyphs"}, "test", 11); // more than one batch of searches
        std::vector<CodeSearchProgress> heard;
        std::vector<float> l1;
        const auto rebuilt =
            model.reconstruct(prepared.images, &l1, [&](const auto& progress) { heard.push_back(progress); });
        QCOMPARE(rebuilt.size(), 11U);
        QCOMPARE(heard.size(), 80U);
        QVERIFY(std::is_sorted(heard.begin(), heard.end(),
                               [](const auto& a, const auto& b) { return a.fraction < b.fraction; }));
        QCOMPARE(heard.back().fraction, 1.0);
        QCOMPARE(heard.back().pictures, 11U);
        QCOMPARE(heard.back().found, 8U);
        QVERIFY(heard[39].l1 < heard[0].l1);

        const Codes codes = model.encode(prepared.images);
        const auto decoded = model.decode(codes);
        for (std::size_t i = 0; i < rebuilt.size(); ++i) {
            QVERIFY(largestDifference(decoded[i], rebuilt[i]) <= 1);
        }
        const Codes alone = model.encode({prepared.images[9]});
        for (std::size_t i = 0; i < codes.size; ++i) {
            QVERIFY(std::abs(alone.values[i] - codes.row(9)[i]) < 0.01F);
        }
    }

    void refiningIsNeverWorse() {
        Model encoder = Model::open(lively_, onOneThread());
        ModelOptions options = onOneThread();
        options.encoding = {EncodeBy::Refine, {.steps = 10, .starts = 1}};
        Model refined = Model::open(lively_, options);
        const auto prepared = encoder.prepare({"color-glyphs"}, "test", 6);
        std::vector<float> before;
        std::vector<float> after;
        encoder.reconstruct(prepared.images, &before);
        refined.reconstruct(prepared.images, &after);
        for (std::size_t i = 0; i < before.size(); ++i) {
            QVERIFY(after[i] < before[i] + 1e-5F);
        }
        QVERIFY(after != before);
    }

    void impossibleSearchesAreRefused() {
        ModelOptions options = onOneThread();
        options.encoding = {EncodeBy::Search, {.steps = 0}};
        Model model = Model::open(path_, options);
        const auto prepared = model.prepare({"color-glyphs"}, "test", 1);
        QCOMPARE(errorOf([&] { model.encode(prepared.images); }).kind(), ErrorKind::Usage);
        QCOMPARE(errorOf([&] { model.encode({Image(32, 32, 3)}); }).kind(), ErrorKind::Usage);
        QCOMPARE(model.encode({}).count, 0U);
    }

    void wrongSizesAreRefused() {
        Model model = Model::open(path_, onOneThread());
        QCOMPARE(errorOf([&] { model.decode(priorCodes(1, 1, 7)); }).kind(), ErrorKind::Usage);
        QCOMPARE(errorOf([&] { model.encode({Image(32, 32, 3)}); }).kind(), ErrorKind::Usage);
        QCOMPARE(errorOf([&] { model.prepare({"color-glyphs"}, "third"); }).kind(), ErrorKind::Usage);
        QCOMPARE(errorOf([&] { model.prepare({folderIn(dir_, "missing.png")}); }).kind(),
                 ErrorKind::BadInput);
        QCOMPARE(errorOf([&] { model.prepare({}); }).kind(), ErrorKind::BadInput);
        QVERIFY(model.decode(priorCodes(1, 0, 6)).empty());
    }

    void badFilesInAFolderAreListed() {
        const std::string folder = folderIn(dir_, "pictures");
        std::filesystem::create_directories(folder);
        writeImage(folder + "/a.png", Image(40, 30, 3));
        writeFileAtomically(folder + "/b.png", "no picture");
        const Model model = Model::open(path_, onOneThread());
        const auto prepared = model.prepare({folder});
        QCOMPARE(prepared.images.size(), 1U);
        QCOMPARE(prepared.names[0], std::string("a.png"));
        QCOMPARE(prepared.skipped.size(), 1U);
        QVERIFY(contains(prepared.skipped[0], "b.png"));
    }

    void damagedCheckpointsAreTold_data() {
        QTest::addColumn<QString>("damage");
        for (const char* name :
             {"truncated", "empty", "foreign", "other spec", "unknown method", "NaN", "renamed"}) {
            QTest::newRow(name) << QString::fromLatin1(name);
        }
    }
    void damagedCheckpointsAreTold() {
        QFETCH(QString, damage);
        const std::string path = folderIn(dir_, "damaged.safetensors");
        ModelState state = readSafetensors(path_);
        std::string bytes;
        if (damage == QLatin1String("truncated")) {
            bytes = readFile(path_, 1U << 30U);
            bytes.resize(bytes.size() / 2);
        } else if (damage == QLatin1String("foreign")) {
            bytes = "PK\x03\x04 a zip file of another program, long enough to have a header";
        } else if (damage == QLatin1String("other spec")) {
            setParameterText(state, "filters", "8");
        } else if (damage == QLatin1String("unknown method")) {
            replaceValue(state, "alpha-gan", "alpha-gum");
        } else if (damage == QLatin1String("NaN")) {
            std::fill(state.arrays[0].bytes.begin(), state.arrays[0].bytes.end(), std::byte{0xFF});
        } else if (damage == QLatin1String("renamed")) {
            state.arrays[0].name += "2";
        }
        if (bytes.empty() && damage != QLatin1String("empty")) {
            bytes = encodeSafetensors(state);
        }
        writeFileAtomically(path, bytes);
        const Error error = errorOf([&] { Model::open(path, onOneThread()); });
        QCOMPARE(error.kind(), ErrorKind::BadInput);
        QVERIFY2(contains(error.what(), "damaged.safetensors"), error.what());
    }

    void theMachineIsDescribed() {
        const auto findings = examineMachine();
        for (const char* name :
             {"LibTorch", "MKL", "oneDNN", "Threads", "CPU features", "CUDA", "OpenCV", "Cache folder"}) {
            const auto it = std::find_if(findings.begin(), findings.end(),
                                         [&](const Finding& finding) { return finding.name == name; });
            QVERIFY2(it != findings.end() && !it->value.empty(), name);
        }
    }

private:
    /// Metadata values may hold the text as such or inside JSON.
    static void replaceValue(ModelState& state, const std::string& from, const std::string& to) {
        for (auto& [key, value] : state.metadata) {
            for (std::size_t at = value.find(from); at != std::string::npos;
                 at = value.find(from, at + to.size())) {
                value.replace(at, from.size(), to);
            }
        }
    }
    static void setParameterText(ModelState& state, const std::string& name, const std::string& text) {
        CheckpointMeta meta = parseMetadata(state.metadata, "test");
        meta.parameters[name] = text;
        state.metadata = toMetadata(meta);
    }

    QTemporaryDir dir_;
    std::string path_;
    std::string lively_;
};

QTEST_GUILESS_MAIN(ModelTest)
#include "tst_model.moc"
