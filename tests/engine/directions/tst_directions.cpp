// Directions from codes: figures against numpy and scikit-learn, moves, files that nobody may trust.

#include <QTemporaryDir>
#include <QTest>

#include <cmath>
#include <cstring>
#include <fstream>
#include <map>
#include <numeric>

#include "engine/api/directions.h"
#include "engine/api/error.h"
#include "engine/storage/safetensors.h"

using namespace alphascope::engine;

namespace {

class Fixture {
public:
    Fixture() {
        const std::string root = qgetenv("ALPHASCOPE_SOURCE_DIR").toStdString();
        for (NamedArray& array : readSafetensors(root + "/tests/reference/directions.safetensors").arrays) {
            arrays_.emplace(array.name, std::move(array));
        }
    }
    Codes codes(const std::string& name) const {
        const NamedArray& array = arrays_.at(name);
        Codes codes(std::size_t(array.shape[0]), std::size_t(array.shape[1]));
        std::memcpy(codes.values.data(), array.bytes.data(), array.bytes.size());
        return codes;
    }
    std::vector<double> numbers(const std::string& name) const {
        const NamedArray& array = arrays_.at(name);
        std::vector<double> numbers(array.bytes.size() / sizeof(double));
        std::memcpy(numbers.data(), array.bytes.data(), array.bytes.size());
        return numbers;
    }

private:
    std::map<std::string, NamedArray> arrays_;
};

bool near(double a, double b, double tolerance = 1e-6) {
    return std::abs(a - b) <= tolerance * std::max(1.0, std::abs(b));
}

bool near(const Interval& interval, const std::vector<double>& expected) {
    return near(interval.value, expected[0]) && near(interval.low, expected[1]) &&
           near(interval.high, expected[2]);
}

LatentDirection along(std::vector<float> vector) {
    double square = 0.0;
    for (const float x : vector) {
        square += double(x) * x;
    }
    for (float& x : vector) {
        x = float(x / std::sqrt(square));
    }
    LatentDirection direction;
    direction.name = "other";
    direction.vector = std::move(vector);
    return direction;
}

template <typename Act>
std::optional<ErrorKind> kindOf(Act act) {
    try {
        act();
    } catch (const Error& error) {
        return error.what()[0] != '\0' ? std::optional(error.kind()) : std::nullopt;
    }
    return std::nullopt;
}

AttributeOptions referenceOptions() {
    AttributeOptions options;
    options.name = "bold";
    options.seed = 11;
    options.resamples = 200;
    return options;
}

} // namespace

class TestDirections : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void figuresEqualNumpysAndScikitLearns_data() {
        QTest::addColumn<bool>("apart");
        QTest::newRow("plain") << false;
        QTest::newRow("orthogonalised") << true;
    }
    void figuresEqualNumpysAndScikitLearns() {
        QFETCH(bool, apart);
        const Fixture fixture;
        AttributeOptions options = referenceOptions();
        if (apart) {
            const Codes others = fixture.codes("against");
            for (std::size_t i = 0; i < others.count; ++i) {
                options.against.push_back(along({others.row(i).begin(), others.row(i).end()}));
            }
        }
        const LatentDirection found =
            attributeDirection(fixture.codes("with"), fixture.codes("without"), options);
        const std::string name = apart ? "apart." : "plain.";
        const std::vector<double> vector = fixture.numbers(name + "vector");
        for (std::size_t i = 0; i < vector.size(); ++i) {
            QVERIFY(near(found.vector[i], vector[i]));
        }
        QVERIFY(near(found.sigma, fixture.numbers(name + "sigma")[0]));
        QVERIFY(near(found.quality->shift, fixture.numbers(name + "shift")));
        QVERIFY(found.quality->auc.has_value());
        QVERIFY(near(*found.quality->auc, fixture.numbers(name + "auc")));
        QVERIFY(near(found.quality->stability, fixture.numbers(name + "stability")[0]));
        QCOMPARE(found.quality->with, std::size_t{43});
        for (const LatentDirection& other : options.against) {
            QVERIFY(std::abs(std::inner_product(found.vector.begin(), found.vector.end(),
                                                other.vector.begin(), 0.0)) < 1e-6);
        }
    }

    void areasCountTiesHalf() {
        const std::vector<double> high{3, 2, 2};
        const std::vector<double> low{1, 2};
        QCOMPARE(areaUnderCurve(high, low), 5.0 / 6.0);
        QCOMPARE(areaUnderCurve(low, high), 1.0 - areaUnderCurve(high, low));
    }

    void fewPicturesGiveADirectionWithoutArea() {
        Codes with(1, 3);
        with.values = {2, 0, 0};
        Codes without(2, 3);
        without.values = {0, 0, 0, 0, 0, 0};
        const LatentDirection found = attributeDirection(with, without);
        QCOMPARE(found.vector, (std::vector<float>{1, 0, 0}));
        QVERIFY(!found.quality->auc.has_value());
        QCOMPARE(found.sigma, 1.0);
        QCOMPARE(found.quality->shift.value, 2.0);
    }

    void whatCannotBeIsRefused() {
        const Codes codes = priorCodes(1, 5, 4);
        QVERIFY(kindOf([&] { attributeDirection(codes, Codes(0, 4)); }) == ErrorKind::Usage);
        QVERIFY(kindOf([&] { attributeDirection(codes, priorCodes(1, 5, 3)); }) == ErrorKind::Usage);
        QVERIFY(kindOf([&] { attributeDirection(codes, codes); }) == ErrorKind::BadInput);
        AttributeOptions options;
        options.resamples = 1'000'000'000;
        QVERIFY(kindOf([&] { attributeDirection(codes, priorCodes(2, 5, 4), options); }) == ErrorKind::Usage);
        options = {};
        options.heldOutShare = std::nan("");
        QVERIFY(kindOf([&] { attributeDirection(codes, priorCodes(2, 5, 4), options); }) == ErrorKind::Usage);
        options = {};
        options.against = {along({1, 2, 3})};
        QVERIFY(kindOf([&] { attributeDirection(codes, priorCodes(2, 5, 4), options); }) == ErrorKind::Usage);
        options.against = {along({1, 0, 0, 0}), along({0, 1, 0, 0}), along({0, 0, 1, 0}),
                           along({0, 0, 0, 1})};
        QVERIFY(kindOf([&] { attributeDirection(codes, priorCodes(2, 5, 4), options); }) ==
                ErrorKind::BadInput);
    }

    void movesStandWhereTheyWereSent() {
        LatentDirection direction = along({3, 4, 0});
        direction.sigma = 2.0;
        direction.centre = {1, 1, 1};
        const std::vector<float> code{5, -2, 7};
        const std::vector<float> moved = movedTo(direction, code, 1.5);
        QVERIFY(near(positionOn(direction, moved), 1.5));
        // At right angles nothing moves.
        QCOMPARE(moved[2], 7.0F);
        QVERIFY(near(moved[0] * 4 - moved[1] * 3, code[0] * 4 - code[1] * 3));
        QCOMPARE(movedTo(direction, moved, positionOn(direction, moved)), moved);
    }

    void aStripGoesFromEndToEnd() {
        LatentDirection direction = along({0, 1});
        direction.range = 2.0;
        direction.sigma = 0.5;
        const std::vector<float> code{7, 9};
        const Codes strip = stripAlong(direction, code, 5);
        QCOMPARE(strip.values, (std::vector<float>{7, -1, 7, -0.5, 7, 0, 7, 0.5, 7, 1}));
        QCOMPARE(stripAlong(direction, code, 1).values, (std::vector<float>{7, 0}));
    }

    void aRunKeepsThem() {
        const QTemporaryDir folder;
        const std::string run = folder.path().toStdString();
        QVERIFY(savedDirections(run, 8).empty());
        const Fixture fixture;
        const LatentDirection bold =
            attributeDirection(fixture.codes("with"), fixture.codes("without"), referenceOptions());
        saveDirection(run, bold);
        LatentDirection other = along({1, 0, 0, 0, 0, 0, 0, 1});
        other.kind = DirectionKind::Local;
        saveDirection(run, other);
        std::vector<LatentDirection> read = savedDirections(run, 8);
        QCOMPARE(read.size(), std::size_t{2});
        QCOMPARE(read[0].vector, bold.vector);
        QCOMPARE(read[0].sigma, bold.sigma);
        QVERIFY(read[0].quality.has_value());
        QVERIFY(near(read[0].quality->auc->low, bold.quality->auc->low));
        QVERIFY(read[1] == other);
        other.range = 5.0;
        saveDirection(run, other); // takes the place of the one of its name
        read = savedDirections(run, 8);
        QCOMPARE(read.size(), std::size_t{2});
        QCOMPARE(read[1].range, 5.0);
        QVERIFY(kindOf([&] { savedDirections(run, 9); }) == ErrorKind::BadInput);
    }

    void badFilesAreRefusedWithASentence_data() {
        QTest::addColumn<QByteArray>("text");
        const auto valid = [](const char* change, const char* to) {
            QByteArray text = R"([{"name":"a","kind":"local","sigma":1,"range":3,"share":0.5,"origin":"",)"
                              R"("vector":[1,0],"centre":[]}])";
            return text.replace(change, to);
        };
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("no list") << QByteArray("{}");
        QTest::newRow("truncated") << valid("}]", "");
        QTest::newRow("deep") << QByteArray(100'000, '[');
        QTest::newRow("a number") << QByteArray("[3]");
        QTest::newRow("kind") << valid("local", "sideways");
        QTest::newRow("no name") << valid("\"a\"", "\"\"");
        QTest::newRow("wrong type") << valid("\"sigma\":1", "\"sigma\":\"1\"");
        QTest::newRow("no spread") << valid("\"sigma\":1", "\"sigma\":0");
        QTest::newRow("huge range") << valid("\"range\":3", "\"range\":1e300");
        QTest::newRow("length") << valid("[1,0]", "[1,1]");
        QTest::newRow("text in the vector") << valid("[1,0]", "[1,\"0\"]");
        QTest::newRow("infinite") << valid("[1,0]", "[1,1e400]");
        QTest::newRow("other centre") << valid("\"centre\":[]", "\"centre\":[1]");
    }
    void badFilesAreRefusedWithASentence() {
        QFETCH(QByteArray, text);
        const QTemporaryDir folder;
        std::ofstream(folder.path().toStdString() + "/directions.json") << text.toStdString();
        QVERIFY(kindOf([&] { savedDirections(folder.path().toStdString(), 2); }) == ErrorKind::BadInput);
    }
};

QTEST_GUILESS_MAIN(TestDirections)
#include "tst_directions.moc"
