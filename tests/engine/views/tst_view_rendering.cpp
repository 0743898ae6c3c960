// Views drawn: the same bytes each time, the codes that they name, and one sentence for what cannot be.

#include <QFile>
#include <QTest>

#include <cmath>

#include "engine/imaging/images.h"
#include "engine/storage/atomic_file.h"
#include "tests/engine/exploring/explorer_support.h"
#include "tests/engine/views/view_support.h"

using namespace alphascope;
using namespace alphascope::engine;
using namespace alphascope::tests;

class ViewRenderingTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        path_ = livelyCheckpoint(folderIn(dir_, "run"));
        const Model model = Model::open(path_);
        view_.model = viewModel(model.info());
        view_.at = ViewCode{{}, 5, 2, "seed 5"};
        view_.keyframes = {{{}, 1, 0, ""}, {{}, 2, 0, ""}, {{}, 3, 0, ""}, {{}, 4, 0, ""}};
        view_.columns = 3;
    }

    void aPictureIsItsCode() {
        ViewDocument view = view_;
        view.truncation = 0.5;
        view.scale = 2;
        const std::string drawn = render(view, "picture.png");
        Codes code = priorCodes(5, 3, view.model.latentSize, 0.5);
        const auto row = code.row(2);
        Codes one(1, code.size);
        std::copy(row.begin(), row.end(), one.values.begin());
        Model model = openViewModel(view, path_);
        QCOMPARE(largestDifference(readImage(drawn), enlarge(model.decode(one).front(), 2)), 0);
        QVERIFY(readView(drawn) == view); // the picture carries it
    }

    void theSameViewGivesTheSameBytes_data() {
        QTest::addColumn<int>("kind");
        QTest::addColumn<QString>("ending");
        QTest::newRow("picture") << int(ViewKind::Picture) << ".png";
        QTest::newRow("strip") << int(ViewKind::Strip) << ".png";
        QTest::newRow("grid") << int(ViewKind::Grid) << ".png";
        QTest::newRow("film") << int(ViewKind::Film) << ".gif";
        QTest::newRow("mp4") << int(ViewKind::Film) << ".mp4";
    }
    void theSameViewGivesTheSameBytes() {
        QFETCH(int, kind);
        QFETCH(QString, ending);
        ViewDocument view = view_;
        view.show = static_cast<ViewKind>(kind);
        view.evenSpeed = true;
        view.frames = 70; // more than are decoded together
        view.columns = view.show == ViewKind::Strip ? 10 : view.columns;
        view.scale = 2;
        const std::string first = render(view, "first" + ending.toStdString());
        const std::string again =
            render(viewFromJson(viewToJson(view), "again"), "again" + ending.toStdString());
        QVERIFY(bytesOf(first).size() > 100);
        QVERIFY(bytesOf(first) == bytesOf(again));
        if (view.show == ViewKind::Film) {
            QVERIFY(readView(viewBeside(first)) == view);
        }
        view.keyframes[1].seed = 9;
        view.at->seed = 9;
        QVERIFY(bytesOf(render(view, "other" + ending.toStdString())) != bytesOf(first));
    }

    void whatLiesBetweenKeyframesIsPulled() {
        ViewDocument view = view_;
        view.show = ViewKind::Strip;
        view.frames = 5;
        view.columns = 5;
        const std::string plain = render(view, "plain.png");
        view.pull = 1.0;
        const std::string pulled = render(view, "pulled.png");
        QVERIFY(largestDifference(readImage(plain), readImage(pulled)) > 0);
        Model model = openViewModel(view, path_);
        const Codes codes = model.pulledToData(viewPath(view).sample(PathSpeed().evenTimes(5)), 1.0);
        QCOMPARE(largestDifference(readImage(pulled), makeGrid(model.decode(codes), {.columns = 5})), 0);
        view.show = ViewKind::Picture; // of a code as decoded
        const std::string picture = render(view, "at.png");
        view.pull = 0.0;
        QCOMPARE(largestDifference(readImage(picture), readImage(render(view, "at0.png"))), 0);
    }

    void foundGeodesicsAreFollowed() {
        ViewDocument view = view_;
        view.show = ViewKind::Strip;
        view.path = PathKind::Geodesic;
        view.frames = 3;
        const std::string along = render(view, "sphere.png");
        Codes way(3, view.model.latentSize);
        const Codes far = priorCodes(99, 1, way.size);
        const KeyframePath path = viewPath(view);
        std::copy_n(path.wayBegin(1).begin(), way.size, way.row(0).begin());
        std::copy_n(far.values.begin(), way.size, way.row(1).begin());
        std::copy_n(path.wayEnd(1).begin(), way.size, way.row(2).begin());
        view.ways = {Codes(0, way.size), way}; // the middle of three is the second's middle
        const std::string found = render(view, "found.png");
        QVERIFY(largestDifference(readImage(along), readImage(found)) > 0);
    }

    /// Of a model in training: the program has the pictures, and no file has the model.
    void decodedPicturesCarryTheirView() {
        ViewDocument view = view_;
        view.model.checksum.clear();
        view.show = ViewKind::Strip;
        view.frames = 3;
        view.scale = 2;
        std::vector<Image> pictures(3, Image(8, 8, 1));
        pictures[1].pixels.assign(pictures[1].pixels.size(), 200);
        const std::string strip = folderIn(dir_, "live.png");
        writeView(view, pictures, strip);
        QVERIFY(readView(strip) == view);
        QCOMPARE(largestDifference(readImage(strip), makeGrid(pictures, {.columns = 3, .scale = 2})), 0);
        view.show = ViewKind::Film;
        const std::string film = folderIn(dir_, "live.gif");
        std::size_t told = 0;
        writeView(view, pictures, film, [&](std::size_t, std::size_t total) {
            told = total;
            return true;
        });
        QCOMPARE(told, std::size_t(3));
        QVERIFY(readView(viewBeside(film)) == view);
        pictures.pop_back(); // a film of other pictures than its view's would lie
        QCOMPARE(int(errorOf([&] { writeView(view, pictures, film); }).kind()), int(ErrorKind::Usage));
        QCOMPARE(int(errorOf([&] { writeView(view, {}, film); }).kind()), int(ErrorKind::Usage));
    }

    void anotherCheckpointIsRefused() {
        ViewDocument view = view_;
        view.model.checksum = "else";
        const Error error = errorOf([&] { openViewModel(view, path_); });
        QCOMPARE(int(error.kind()), int(ErrorKind::BadInput));
        QVERIFY(std::string(error.what()).find("not the checkpoint of the view") != std::string::npos);
        openViewModel(view, path_, true);
        QVERIFY(view.model == view_.model); // it names what it is drawn with
        view.model.latentSize = 7;
        QCOMPARE(int(errorOf([&] { openViewModel(view, path_, true); }).kind()), int(ErrorKind::BadInput));
        view.model.checksum.clear();
        QVERIFY(std::string(errorOf([&] { openViewModel(view, path_); }).what()).find("in training") !=
                std::string::npos);
    }

    void whatCannotBeDrawnIsRefusedBeforeAnyWork() {
        Model model = openViewModel(view_, path_);
        const auto kindOf = [&](const ViewDocument& view, const char* name) {
            int decoded = 0;
            const Error error = errorOf([&] {
                renderView(model, view, folderIn(dir_, name), [&](std::size_t, std::size_t) {
                    ++decoded;
                    return true;
                });
            });
            return decoded == 0 ? int(error.kind()) : -1;
        };
        ViewDocument view = view_;
        QCOMPARE(kindOf(view, "picture.gif"), int(ErrorKind::Usage));
        view.show = ViewKind::Film;
        QCOMPARE(kindOf(view, "film.png"), int(ErrorKind::Usage));
        view.show = ViewKind::Strip;
        view.frames = 10'000;
        view.columns = 0;
        QCOMPARE(kindOf(view, "long.png"), int(ErrorKind::Usage));
        view.keyframes.clear();
        QCOMPARE(kindOf(view, "none.png"), int(ErrorKind::BadInput));
    }

    void givingUpLeavesNoFile() {
        Model model = openViewModel(view_, path_);
        ViewDocument view = view_;
        view.show = ViewKind::Film;
        const std::string output = folderIn(dir_, "given-up.gif");
        const Error error = errorOf([&] {
            renderView(model, view, output, [](std::size_t done, std::size_t) { return done < 10; });
        });
        QCOMPARE(int(error.kind()), int(ErrorKind::Interrupted));
        QVERIFY(!QFile::exists(QString::fromStdString(output)));
    }

private:
    std::string render(ViewDocument view, const std::string& name) {
        Model model = openViewModel(view, path_);
        std::string output = folderIn(dir_, name.c_str());
        renderView(model, view, output);
        return output;
    }
    static std::string bytesOf(const std::string& path) { return readFile(path, std::size_t{1} << 30); }

    QTemporaryDir dir_;
    std::string path_;
    ViewDocument view_;
};

QTEST_GUILESS_MAIN(ViewRenderingTest)
#include "tst_view_rendering.moc"
