// What a run's folder keeps of a search for neighbours: it comes back bit for bit, and a file that is
// damaged, foreign, of another size or huge is told in a sentence and never used.

#include <QTemporaryDir>
#include <QtTest>

#include <cstdint>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <limits>

#include "engine/exploring/neighbours/graph_file.h"
#include "engine/exploring/neighbours/neighbour_cache.h"
#include "engine/storage/safetensors.h"
#include "neighbour_support.h"

using namespace alphascope::engine;
using namespace alphascope::tests;

namespace {

constexpr std::size_t rowSize = 6;
constexpr std::size_t rows = 40;
constexpr std::size_t heldOut = 9;

NeighbourKey codeKey() {
    return {NeighbourSpace::Code, "fingerprint", "checksum", "all of them"};
}

KnownNeighbours someNeighbours() {
    KnownNeighbours known;
    known.rows = normalRows(rows, rowSize, 1);
    known.heldOut = normalRows(heldOut, rowSize, 2);
    for (std::size_t i = 0; i < rows; ++i) {
        known.numbers.push_back(2 * i);
    }
    for (std::size_t i = 0; i < heldOut; ++i) {
        known.heldOutNumbers.push_back(i);
        known.heldOutToTraining.push_back(0.5F + float(i));
    }
    known.checksum = checksumOf(known.rows);
    return known;
}

} // namespace

class TestNeighbourCache : public QObject {
    Q_OBJECT

private:
    QTemporaryDir folder_;
    std::string remark_;

    NeighbourCache cache(const NeighbourKey& key = codeKey()) const {
        return {folder_.path().toStdString(), key};
    }
    std::optional<KnownNeighbours> load(const NeighbourCache& from, std::size_t size = rowSize) {
        remark_.clear();
        return from.load(size, rows, heldOut, remark_);
    }
    void save(const KnownNeighbours& known) {
        remark_.clear();
        cache().save(known, remark_);
        QVERIFY2(remark_.empty(), remark_.c_str());
    }
    /// "" when the file was refused in a sentence.
    QString faultUnlessRefused() {
        if (load(cache())) {
            return QStringLiteral("It was used.");
        }
        const QString said = QString::fromStdString(remark_);
        return said.endsWith(QStringLiteral("made anew.")) ? QString() : QStringLiteral("It said: ") + said;
    }
    /// Another program's file of the same name.
    void write(const ModelState& state) const { writeSafetensors(cache().path(), state); }

private Q_SLOTS:
    void init() { std::filesystem::remove_all(folder_.filePath(QStringLiteral("neighbours")).toStdString()); }

    void whatIsKeptComesBack() {
        QVERIFY(!load(cache()));
        QVERIFY(remark_.empty()); // that there is none yet is no news
        const KnownNeighbours known = someNeighbours();
        save(known);
        const auto back = load(cache());
        QVERIFY2(back.has_value(), remark_.c_str());
        QCOMPARE(back->rows, known.rows);
        QCOMPARE(back->heldOut, known.heldOut);
        QCOMPARE(back->numbers, known.numbers);
        QCOMPARE(back->heldOutNumbers, known.heldOutNumbers);
        QCOMPARE(back->heldOutToTraining, known.heldOutToTraining);
        QCOMPARE(back->checksum, known.checksum);
    }

    void withoutAFolderNothingIsKept() {
        const NeighbourCache none("", codeKey());
        QVERIFY(!none.usable());
        none.save(someNeighbours(), remark_);
        QVERIFY(!load(none));
        QCOMPARE(none.path(), std::string());
    }

    void anotherModelOrSetHasAnotherFile() {
        save(someNeighbours());
        NeighbourKey key = codeKey();
        key.model = "another";
        QVERIFY(!load(cache(key)));
        key = codeKey();
        key.data = "another";
        QVERIFY(!load(cache(key)));
        key = codeKey();
        key.space = NeighbourSpace::Feature;
        QVERIFY(!load(cache(key)));
        // Renamed, it is still the other's.
        std::filesystem::copy_file(cache().path(), cache(key).path());
        QVERIFY(!load(cache(key)));
        QVERIFY(remark_.find("another checkpoint") != std::string::npos);
    }

    void aFolderThatCannotBeWrittenIsSaid() {
        const NeighbourCache nowhere("/nowhere/at/all", codeKey());
        remark_.clear();
        nowhere.save(someNeighbours(), remark_);
        QVERIFY(remark_.find("could not be kept") != std::string::npos);
    }

    void truncatedAndDamagedFilesAreRefused() {
        save(someNeighbours());
        std::string good;
        {
            std::ifstream file(cache().path(), std::ios::binary);
            good.assign(std::istreambuf_iterator<char>(file), {});
        }
        for (const std::size_t size : {std::size_t(0), std::size_t(5), good.size() / 3, good.size() - 1}) {
            std::ofstream(cache().path(), std::ios::binary) << good.substr(0, size);
            QCOMPARE(faultUnlessRefused(), QString());
        }
        for (std::size_t at = 0; at < good.size(); at += good.size() / 41) {
            std::string bytes = good;
            bytes[at] = char(bytes[at] ^ 0x10);
            std::ofstream(cache().path(), std::ios::binary) << bytes;
            QCOMPARE(faultUnlessRefused(), QString());
        }
    }

    void rowsOfAnotherSizeAreRefused() {
        save(someNeighbours());
        QVERIFY(!load(cache(), rowSize + 1));
        QVERIFY(remark_.find("another size") != std::string::npos);
        KnownNeighbours longer = someNeighbours();
        longer.heldOutToTraining.push_back(1.0F);
        save(longer);
        QCOMPARE(faultUnlessRefused(), QString());
        KnownNeighbours more = someNeighbours();
        more.rows = normalRows(rows + 1, rowSize, 1);
        more.numbers.push_back(99);
        more.checksum = checksumOf(more.rows);
        save(more);
        QCOMPARE(faultUnlessRefused(), QString());
    }

    /// Their check sums are right, so only the content can give them away.
    void hostileFilesAreRefused() {
        save(someNeighbours());
        const ModelState good = readSafetensors(cache().path());
        const auto with = [&](const std::function<void(ModelState&)>& change) {
            ModelState state = good;
            change(state);
            write(state);
            return faultUnlessRefused();
        };
        const auto arrayOf = [](ModelState& state, const char* name) -> NamedArray& {
            return *std::find_if(state.arrays.begin(), state.arrays.end(),
                                 [&](const NamedArray& array) { return array.name == name; });
        };
        const auto spoil = [&](const char* name) {
            return with([&](ModelState& state) {
                const float nan = std::numeric_limits<float>::quiet_NaN();
                std::memcpy(arrayOf(state, name).bytes.data(), &nan, sizeof nan);
            });
        };
        QCOMPARE(spoil("rows"), QString());
        QCOMPARE(spoil("held_out"), QString());
        QCOMPARE(spoil("held_out_to_training"), QString());
        QCOMPARE(with([&](ModelState& state) { arrayOf(state, "rows").bytes[1] ^= std::byte{1}; }),
                 QString());
        QCOMPARE(with([](ModelState& state) { state.metadata["rows_checksum"] = "0"; }), QString());
        QCOMPARE(with([](ModelState& state) { state.metadata.erase("format"); }), QString());
        QCOMPARE(with([](ModelState& state) { state.arrays.pop_back(); }), QString());
        QCOMPARE(with([](ModelState& state) { state.arrays.clear(); }), QString());
        QCOMPARE(with([](ModelState& state) {
                     state.arrays.push_back({"more", "U8", {4}, std::vector<std::byte>(4)});
                 }),
                 QString());
        QCOMPARE(with([&](ModelState& state) { arrayOf(state, "numbers").dtype = "F64"; }), QString());
    }

    /// Eight gibibytes that are not there: it is refused by what it says, before any of it is read.
    void hugeFilesAreNotRead() {
        save(someNeighbours());
        const ModelState good = readSafetensorsHeader(cache().path());
        const std::uint64_t many = std::uint64_t(1) << 31;
        const std::string header =
            QStringLiteral("{\"__metadata__\":{\"format\":\"%1\",\"key\":\"%2\"},\"rows\":{\"dtype\":\"F32\","
                           "\"shape\":[%3,1],\"data_offsets\":[0,%4]}}")
                .arg(QString::fromStdString(good.metadata.at("format")),
                     QString::fromStdString(good.metadata.at("key")))
                .arg(many)
                .arg(many * 4)
                .toStdString();
        const std::uint64_t length = header.size();
        {
            std::ofstream file(cache().path(), std::ios::binary);
            file.write(reinterpret_cast<const char*>(&length), sizeof length);
            file << header;
        }
        std::filesystem::resize_file(cache().path(), sizeof length + length + many * 4);
        QCOMPARE(faultUnlessRefused(), QString());
    }
};

QTEST_GUILESS_MAIN(TestNeighbourCache)
#include "tst_neighbour_cache.moc"
