// The loader: the same batches whatever the workers do.

#include <atomic>
#include <set>
#include <thread>

#include <QtTest>

#include "engine/data/batch_loader.h"
#include "tests/engine/data/data_support.h"

using namespace alphascope::engine;
using namespace alphascope::tests;

namespace {

/// Picture i is one pixel of value i / 1000, its label is i; those in `broken` cannot be decoded. Counts
/// calls.
class NumberedSet : public DataSet {
public:
    explicit NumberedSet(std::uint64_t count, std::set<std::uint64_t> broken = {})
        : count_(count), broken_(std::move(broken)) {
        info_.name = "numbered";
    }
    const DataSetInfo& info() const override { return info_; }
    int channels() const override { return 1; }
    int size() const override { return 1; }
    std::uint64_t count(Split) const override { return count_; }
    int get(Split, std::uint64_t index, std::uint64_t draw, std::span<float> out) const override {
        ++calls;
        if (broken_.contains(index)) {
            throw Error(ErrorKind::BadInput, "The picture '" + std::to_string(index) + "' is truncated.");
        }
        out[0] = static_cast<float>(draw);
        return static_cast<int>(index);
    }
    std::string fingerprint() const override { return "numbered"; }

    mutable std::atomic<int> calls{0};

private:
    std::uint64_t count_;
    std::set<std::uint64_t> broken_;
    DataSetInfo info_;
};

std::vector<Batch> take(BatchLoader& loader, int count) {
    std::vector<Batch> batches;
    for (int i = 0; i < count; ++i) {
        batches.push_back(loader.next());
    }
    return batches;
}

bool equal(const Batch& a, const Batch& b) {
    return a.index == b.index && a.count == b.count && a.labels == b.labels && a.pixels == b.pixels;
}

} // namespace

class TestBatchLoader : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void workersAndStartChangeNothing_data() {
        QTest::addColumn<QString>("data");
        QTest::addColumn<QString>("transform");
        QTest::newRow("endless") << QStringLiteral("color-glyphs") << QString();
        QTest::newRow("shapes") << QStringLiteral("shapes") << QString();
        QTest::newRow("file") << QStringLiteral("file") << QString();
        QTest::newRow("coloured file") << QStringLiteral("file") << QStringLiteral("color");
    }
    void workersAndStartChangeNothing() {
        QFETCH(QString, data);
        QFETCH(QString, transform);
        const TestFolder folder;
        std::string name = data.toStdString();
        if (name == "file") {
            name = folder.write("digits", idxPictures(60, 28, 28));
        }
        const auto set = openDataSet(name, transform.toStdString(), 28, 5);
        BatchLoader one(set, 16, 5, 0, 1);
        const auto expected = take(one, 12);
        for (const int workers : {0, 2, 3, 7}) {
            BatchLoader other(set, 16, 5, 4, workers);
            for (std::size_t i = 4; i < expected.size(); ++i) {
                QVERIFY(equal(other.next(), expected[i]));
            }
        }
        BatchLoader seeded(set, 16, 6, 0, 2);
        QVERIFY(name != folder.path("digits") || !equal(seeded.next(), expected[0]));
    }

    void everyPassMeetsEveryPictureOnce() {
        const auto set = std::make_shared<NumberedSet>(50);
        BatchLoader loader(set, 8, 1, 0, 3);
        std::vector<int> order;
        std::vector<float> draws;
        for (const Batch& batch : take(loader, 25)) { // 200 pictures: four passes
            order.insert(order.end(), batch.labels.begin(), batch.labels.end());
            draws.insert(draws.end(), batch.pixels.begin(), batch.pixels.end());
        }
        for (int pass = 0; pass < 4; ++pass) {
            const std::set<int> met(order.begin() + 50 * pass, order.begin() + 50 * (pass + 1));
            QCOMPARE(met.size(), std::size_t(50));
            QCOMPARE(draws[std::size_t(50) * pass], float(pass));
            QCOMPARE(draws[std::size_t(50) * pass + 49], float(pass));
        }
        QVERIFY(!std::equal(order.begin(), order.begin() + 50, order.begin() + 50));
    }

    void batchesMayBeLargerThanTheSet() {
        BatchLoader loader(std::make_shared<NumberedSet>(3), 10, 1, 0, 2);
        const Batch batch = loader.next();
        QCOMPARE(batch.count, 10);
        QCOMPARE(batch.labels.size(), std::size_t(10));
        EXPECT_ERROR(BatchLoader(std::make_shared<NumberedSet>(3), 0, 1, 0, 2), ErrorKind::Usage,
                     "batch of 0");
    }

    void endlessSetsGoOnInOrder() {
        BatchLoader loader(std::make_shared<NumberedSet>(0), 4, 1, 10, 2);
        const Batch batch = loader.next();
        QCOMPARE(batch.index, std::uint64_t(10));
        QVERIFY((batch.labels == std::vector<int>{40, 41, 42, 43}));
    }

    void badPicturesGiveWayAndAreListedOnce() {
        const auto set = std::make_shared<NumberedSet>(20, std::set<std::uint64_t>{3, 4, 19});
        BatchLoader loader(set, 20, 1, 0, 3);
        std::map<int, int> counts;
        for (const Batch& batch : take(loader, 5)) {
            for (const int label : batch.labels) {
                ++counts[label];
            }
        }
        QCOMPARE(counts.size(), std::size_t(17));
        QCOMPARE(counts[5], 15); // its own and those of 3 and 4
        QCOMPARE(counts[0], 10);
        QCOMPARE(loader.skippedCount(), std::uint64_t(3));
        const auto lines = loader.skipped();
        QCOMPARE(lines.size(), std::size_t(3));
        QVERIFY(std::find(lines.begin(), lines.end(), "The picture '19' is truncated.") != lines.end());
    }

    void aSetWithoutGoodPicturesIsAnError() {
        std::set<std::uint64_t> all;
        for (std::uint64_t i = 0; i < 150; ++i) {
            all.insert(i);
        }
        BatchLoader loader(std::make_shared<NumberedSet>(150, all), 4, 1, 0, 2);
        EXPECT_ERROR(loader.next(), ErrorKind::BadInput, "No picture of 'numbered'");
        QCOMPARE(loader.skippedCount(), std::uint64_t(150));
        QCOMPARE(loader.skipped().size(), std::size_t(100));
    }

    void memoryIsBounded() {
        const auto set = std::make_shared<NumberedSet>(0);
        {
            BatchLoader loader(set, 4, 1, 0, 3);
            take(loader, 2);
        } // whatever was made, was made by now
        QVERIFY(set->calls <= 4 * (2 + 3 + 2));
    }

    void stopEndsAWaitFromAnyThread() {
        // A set whose pictures never come while the loader runs.
        class StuckSet : public NumberedSet {
        public:
            StuckSet() : NumberedSet(0) {}
            int get(Split, std::uint64_t, std::uint64_t, std::span<float>) const override {
                entered.store(true);
                entered.notify_all();
                released.wait(false);
                return 0;
            }
            mutable std::atomic<bool> entered{false};
            mutable std::atomic<bool> released{false};
        };
        const auto set = std::make_shared<StuckSet>();
        BatchLoader loader(set, 4, 1, 0, 2);
        std::thread stopper([&] {
            set->entered.wait(false);
            loader.requestStop();
        });
        EXPECT_ERROR(loader.next(), ErrorKind::Interrupted, "stopped");
        stopper.join();
        EXPECT_ERROR(loader.next(), ErrorKind::Interrupted, "stopped");
        set->released.store(true);
        set->released.notify_all();
    }
};

QTEST_APPLESS_MAIN(TestBatchLoader)
#include "tst_batch_loader.moc"
