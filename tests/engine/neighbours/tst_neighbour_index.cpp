// The graph: what it finds, that it may be left unfinished, and files that are no such graph.

#include <QTemporaryDir>
#include <QtTest>

#include <atomic>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <limits>
#include <memory>
#include <thread>

#include "engine/data/data_set.h"
#include "engine/exploring/neighbours/neighbour_index.h"
#include "engine/storage/crc.h"
#include "neighbour_support.h"

using namespace alphascope::engine;
using namespace alphascope::tests;

namespace {

constexpr NeighbourOptions smallGraph{.links = 8, .buildBreadth = 50, .searchBreadth = 60, .exactBelow = 10};

std::shared_ptr<const Codes> shared(Codes rows) {
    return std::make_shared<const Codes>(std::move(rows));
}

void finish(NeighbourIndex& index, int threads = 2) {
    while (!index.finished()) {
        index.addSome(500, threads);
    }
}

double recall(const NeighbourIndex& index, const Codes& queries, std::size_t k) {
    std::size_t hits = 0;
    for (std::size_t i = 0; i < queries.count; ++i) {
        const float farthest = exactNearest(index.rows(), queries.row(i), k).back().distance;
        for (const Neighbour& found : index.nearest(queries.row(i), k)) {
            hits += found.distance <= farthest ? 1 : 0;
        }
    }
    return double(hits) / double(k * queries.count);
}

std::string bytesOf(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

void writeBytes(const std::string& path, const std::string& bytes) {
    std::ofstream(path, std::ios::binary) << bytes;
}

/// With the check sum that fits: what somebody does who wants the file to be believed.
std::string sealed(std::string bytes) {
    bytes.resize(bytes.size() - 8);
    Crc64 crc;
    crc.add(bytes);
    const std::uint64_t sum = crc.value();
    bytes.append(reinterpret_cast<const char*>(&sum), sizeof sum);
    return bytes;
}

template <typename Number>
void overwrite(std::string& bytes, std::size_t at, Number number) {
    std::memcpy(bytes.data() + at, &number, sizeof number);
}

} // namespace

class TestNeighbourIndex : public QObject {
    Q_OBJECT

private:
    QTemporaryDir folder_;
    std::shared_ptr<const Codes> rows_ = shared(normalRows(2000, 12, 1));
    std::string path_;
    std::string good_;

    std::string refusal(const std::string& bytes) const {
        writeBytes(path_, bytes);
        const auto error = errorOf([&] { NeighbourIndex::load(path_, rows_, smallGraph); });
        if (!error) {
            return "nothing was refused";
        }
        const std::string text = error->what();
        const bool sentence = text.back() == '.' && text.find(path_) != std::string::npos;
        return error->kind() != ErrorKind::BadInput ? "of the wrong kind: " + text
               : sentence                           ? text
                                                    : "no sentence: " + text;
    }

private Q_SLOTS:
    void initTestCase() {
        path_ = folder_.filePath(QStringLiteral("graph.index")).toStdString();
        NeighbourIndex index(rows_, smallGraph);
        finish(index);
        index.save(path_);
        good_ = bytesOf(path_);
    }

    void fewRowsNeedNoGraph() {
        const NeighbourIndex index(shared(normalRows(100, 5, 1)));
        QVERIFY(index.isExact() && index.finished());
        QCOMPARE(index.nearest(index.rows().row(3), 1).at(0), (Neighbour{3, 0.0F}));
        QVERIFY(errorOf([&] { index.save(path_); }).has_value());
    }

    void findsAlmostAll() {
        for (const int threads : {1, 3}) {
            NeighbourIndex index(rows_, smallGraph);
            finish(index, threads);
            QVERIFY(!index.isExact());
            QVERIFY(recall(index, normalRows(50, 12, 2), 10) >= 0.95);
            const auto found = index.nearest(rows_->row(5), 3);
            QCOMPARE(found[0], (Neighbour{5, 0.0F}));
            QVERIFY(found[0].distance <= found[1].distance && found[1].distance <= found[2].distance);
        }
    }

    void findsAlmostAllOfMnist() {
        const char* const given = std::getenv("ALPHASCOPE_MNIST");
        const std::string root = std::getenv("ALPHASCOPE_SOURCE_DIR");
        const std::string folder = given != nullptr ? given : root + "/../shared/data/mnist";
        if (!std::filesystem::is_directory(folder)) {
            QSKIP("MNIST is not here.");
        }
        const auto set = openDataSet(folder, {}, 28, 1);
        Codes rows(6000, 784);
        Codes queries(50, 784);
        for (std::size_t i = 0; i < rows.count; ++i) {
            set->get(Split::Train, i, 0, rows.row(i));
        }
        for (std::size_t i = 0; i < queries.count; ++i) {
            set->get(Split::Test, i, 0, queries.row(i));
        }
        NeighbourIndex index(shared(std::move(rows)));
        QVERIFY(!index.isExact());
        finish(index);
        QVERIFY(recall(index, queries, 10) >= 0.99);
    }

    void unfinishedItSearchesExactly() {
        NeighbourIndex index(rows_, smallGraph);
        QCOMPARE(index.addSome(300, 2), std::size_t(300));
        QCOMPARE(index.added(), std::size_t(300));
        QVERIFY(!index.finished());
        QCOMPARE(index.nearest(rows_->row(1999), 1).at(0), (Neighbour{1999, 0.0F}));
        QVERIFY(errorOf([&] { index.save(path_); }).has_value());
    }

    void searchingWhileItGrows() {
        NeighbourIndex index(rows_, smallGraph);
        std::atomic<bool> wrong{false};
        std::jthread reader([&] {
            while (!index.finished()) {
                wrong = wrong || index.nearest(rows_->row(77), 1).at(0).index != 77;
            }
        });
        while (!index.finished()) {
            index.addSome(100, 1);
        }
        reader.join();
        QVERIFY(!wrong);
    }

    void badRowsAreRefused() {
        QCOMPARE(errorOf([] { const NeighbourIndex index(shared(Codes())); })->kind(), ErrorKind::BadInput);
        Codes broken(20, 3);
        broken.values[7] = std::numeric_limits<float>::infinity();
        QCOMPARE(errorOf([&] { const NeighbourIndex index(shared(broken)); })->kind(), ErrorKind::BadInput);
        const NeighbourIndex index(rows_, smallGraph);
        QVERIFY(errorOf([&] { index.nearest(std::vector<float>(11), 1); }).has_value());
    }

    void aSavedGraphIsTheSame() {
        writeBytes(path_, good_);
        const NeighbourIndex loaded = NeighbourIndex::load(path_, rows_, smallGraph);
        QVERIFY(loaded.finished());
        QVERIFY(recall(loaded, normalRows(50, 12, 2), 10) >= 0.95);
        const std::string again = folder_.filePath(QStringLiteral("again.index")).toStdString();
        loaded.save(again);
        QCOMPARE(bytesOf(again), good_);
    }

    void otherRowsAreRefused() {
        writeBytes(path_, good_);
        Codes changed = *rows_;
        changed.values[100] += 1.0F;
        const auto other = errorOf([&] { NeighbourIndex::load(path_, shared(changed), smallGraph); });
        QVERIFY(other && QString::fromUtf8(other->what()).contains(QStringLiteral("other pictures")));
        NeighbourOptions options = smallGraph;
        options.links = 9;
        QVERIFY(errorOf([&] { NeighbourIndex::load(path_, rows_, options); }).has_value());
    }

    void truncatedFilesAreRefused() {
        for (const std::size_t size :
             {std::size_t(0), std::size_t(7), std::size_t(50), good_.size() / 2, good_.size() - 1}) {
            const std::string answer = refusal(good_.substr(0, size));
            QVERIFY2(answer.find("neighbour index") != std::string::npos, answer.c_str());
        }
        const std::string answer = refusal(good_ + "x");
        QVERIFY2(answer.find("damaged") != std::string::npos, answer.c_str());
    }

    void flippedBitsAreRefused() {
        for (std::size_t at = 0; at < good_.size(); at += good_.size() / 37) {
            std::string bytes = good_;
            bytes[at] = char(bytes[at] ^ 0x10);
            const std::string answer = refusal(bytes);
            QVERIFY2(answer.find("neighbour index") != std::string::npos, answer.c_str());
        }
    }

    void foreignFilesAreRefused() {
        QVERIFY(refusal(std::string(100'000, 'a')).find("is no neighbour index") != std::string::npos);
        std::filesystem::remove(path_);
        QVERIFY(errorOf([&] { NeighbourIndex::load(path_, rows_, smallGraph); }).has_value());
        QVERIFY(errorOf([&] {
                    NeighbourIndex::load(folder_.path().toStdString(), rows_, smallGraph);
                }).has_value());
        writeBytes(path_, std::string(10'000'000, 'a')); // more than such a graph can need
        QVERIFY(errorOf([&] { NeighbourIndex::load(path_, rows_, smallGraph); }).has_value());
    }

    /// Their check sums are right, so only the numbers themselves can give them away.
    void hostileFilesAreRefused() {
        constexpr std::size_t firstNode = 48; // after the header
        const auto tamper = [&](std::size_t at, std::uint32_t number) {
            std::string bytes = good_;
            overwrite(bytes, at, number);
            return refusal(sealed(bytes));
        };
        const std::vector<std::pair<std::size_t, std::uint32_t>> faults = {
            {8, 2U},                      // version
            {12, 0xFFFFFFFFU},            // links
            {16, 0xFFFFFFFFU},            // rows
            {40, 1000U},                  // highest level
            {44, 0x7FFFFFFFU},            // entry node
            {44, 1999U},                  // an entry that does not reach the highest level, most likely
            {firstNode, 0x7FFFFFFFU},     // the row of a node
            {firstNode + 4, 60U},         // its level
            {firstNode + 8, 0xFFFFFFFFU}, // how many neighbours
            {firstNode + 8, 16U + 1U},
            {firstNode + 12, 0x7FFFFFFFU}, // a neighbour
            {firstNode + 12, 2000U},
        };
        for (const auto& [at, number] : faults) {
            const std::string answer = tamper(at, number);
            QVERIFY2(answer.find("neighbour index") != std::string::npos, answer.c_str());
        }
        // A second node that claims to be the first one's row.
        std::uint32_t row = 0;
        std::uint32_t level = 0;
        std::memcpy(&row, good_.data() + firstNode, sizeof row);
        std::memcpy(&level, good_.data() + firstNode + 4, sizeof level);
        std::size_t second = firstNode + 8;
        for (std::uint32_t l = 0; l <= level; ++l) {
            std::uint32_t count = 0;
            std::memcpy(&count, good_.data() + second, sizeof count);
            second += 4 + 4 * count;
        }
        QVERIFY(tamper(second, row).find("is damaged") != std::string::npos);
    }
};

QTEST_GUILESS_MAIN(TestNeighbourIndex)
#include "tst_neighbour_index.moc"
