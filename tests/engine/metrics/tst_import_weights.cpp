// Weights of PyTorch's files as safetensors: files that PyTorch wrote, in both its layouts; and files that
// lie, break off, or want to run something.

#include <QtTest>

#include <cstring>
#include <functional>

#include "engine/api/error.h"
#include "engine/api/metrics.h"
#include "engine/metrics/torch_file.h"
#include "engine/storage/atomic_file.h"
#include "engine/storage/safetensors.h"

using namespace alphascope::engine;

namespace {

std::string fixturePath(const std::string& name) {
    return std::string(std::getenv("ALPHASCOPE_SOURCE_DIR")) + "/tests/reference/torch_files/" + name;
}

std::string fixtureBytes(const std::string& name) {
    return readFile(fixturePath(name), 1 << 20);
}

template <typename T>
std::vector<T> numbersOf(const NamedArray& array) {
    std::vector<T> numbers(array.bytes.size() / sizeof(T));
    std::memcpy(numbers.data(), array.bytes.data(), array.bytes.size());
    return numbers;
}

const NamedArray& arrayIn(const ModelState& state, const std::string& name) {
    for (const NamedArray& array : state.arrays) {
        if (array.name == name) {
            return array;
        }
    }
    throw std::logic_error("there is no array " + name);
}

/// The reason of a refusal, "read" when there is none.
std::string reasonFor(const std::string& bytes) {
    try {
        readTorchFile(bytes);
        return "read";
    } catch (const Error& error) {
        return error.kind() == ErrorKind::BadInput ? error.what() : "another kind";
    }
}

bool has(const std::string& text, const char* part) {
    return text.find(part) != std::string::npos;
}

/// As the old layout begins, with `pickle` in place of the state_dict.
std::string oldLayout(const std::string& pickle) {
    const std::string magic("\x80\x02\x8a\x0a\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19.", 15);
    return magic + std::string("\x80\x02M\xe9\x03.", 6) + std::string("\x80\x02}.", 4) + pickle +
           std::string("\x80\x02].", 4);
}

} // namespace

class TestImportWeights : public QObject {
    Q_OBJECT

private:
    QTemporaryDir folder_;
    std::string place(const char* name) { return folder_.filePath(QString::fromLatin1(name)).toStdString(); }

private Q_SLOTS:
    void readsWhatPyTorchWrote_data() {
        QTest::addColumn<QByteArray>("file");
        QTest::newRow("zip archive") << QByteArray("state.pth");
        QTest::newRow("old layout") << QByteArray("state_old.pth");
    }
    void readsWhatPyTorchWrote() {
        QFETCH(QByteArray, file);
        const std::string output = place("imported.safetensors");
        const ImportedWeights imported = importWeights(fixturePath(file.toStdString()), output);
        const ModelState state = readSafetensors(output);
        QCOMPARE(imported.tensors, std::size_t{11});
        QCOMPARE(imported.numbers, std::size_t{8 + 2 + 4 * 2 + 1 + 6 + 4 + 2 + 2});
        QCOMPARE(imported.checksum, dataChecksum(state));

        const NamedArray& kernel = arrayIn(state, "0.weight");
        QCOMPARE(kernel.dtype, std::string("F32"));
        QCOMPARE(kernel.shape, (std::vector<std::int64_t>{2, 1, 2, 2}));
        QCOMPARE(numbersOf<float>(kernel), (std::vector<float>{0, 1, 2, 3, 4, 5, 6, 7}));
        QCOMPARE(numbersOf<float>(arrayIn(state, "1.running_var")), (std::vector<float>{50, 51}));
        const NamedArray& seen = arrayIn(state, "1.num_batches_tracked");
        QCOMPARE(seen.dtype, std::string("I64"));
        QVERIFY(seen.shape.empty());
        QCOMPARE(numbersOf<std::int64_t>(seen), std::vector<std::int64_t>{60});
        QCOMPARE(numbersOf<float>(arrayIn(state, "turned")), (std::vector<float>{0, 3, 1, 4, 2, 5}));
        QCOMPARE(arrayIn(state, "turned").shape, (std::vector<std::int64_t>{3, 2}));
        QCOMPARE(numbersOf<float>(arrayIn(state, "part")), (std::vector<float>{3, 4, 5, 6}));
        QCOMPARE(arrayIn(state, "half").dtype, std::string("F16"));
        QCOMPARE(numbersOf<std::uint16_t>(arrayIn(state, "half")),
                 (std::vector<std::uint16_t>{0x3800, 0xC000}));
        QCOMPARE(numbersOf<float>(arrayIn(state, "parameter")), (std::vector<float>{7, 8}));
    }

    void refusesWhatIsNoTensor_data() {
        QTest::addColumn<QByteArray>("file");
        QTest::addColumn<QByteArray>("reason");
        QTest::newRow("text") << QByteArray("text.pth") << QByteArray("its entry 'name' is no tensor");
        QTest::newRow("a call") << QByteArray("hostile.pth")
                                << QByteArray("it asks for '__builtin__.print', which no tensor needs");
        QTest::newRow("a call, old") << QByteArray("hostile_old.pth")
                                     << QByteArray("it asks for '__builtin__.print', which no tensor needs");
        QTest::newRow("a module")
            << QByteArray("module.pth")
            << QByteArray("it asks for 'torch.nn.modules.container.Sequential', which no tensor needs");
    }
    void refusesWhatIsNoTensor() {
        QFETCH(QByteArray, file);
        QFETCH(QByteArray, reason);
        const std::string output = place("refused.safetensors");
        try {
            importWeights(fixturePath(file.toStdString()), output);
            QFAIL("it was imported");
        } catch (const Error& error) {
            QCOMPARE(error.kind(), ErrorKind::BadInput);
            QCOMPARE(std::string(error.what()), "'" + fixturePath(file.toStdString()) +
                                                    "' cannot be imported: " + reason.toStdString() + ".");
        }
        QVERIFY(!QFileInfo::exists(QString::fromStdString(output)));
    }

    void refusesAnotherOperation() {
        QVERIFY(has(reasonFor(oldLayout(std::string("\x80\x02i__main__\nRun\n.", 17))), "0x69"));
        QVERIFY(has(reasonFor(oldLayout("\x80\x02\x82\x01.")), "0x82"));
        QVERIFY(has(reasonFor(oldLayout("\x80\x02"
                                        "cposix\nsystem\n(X\x02\x00\x00\x00id\x85R.")),
                    "'posix.system'"));
    }

    void refusesStacksThatDoNotFit() {
        for (const std::string& pickle :
             {std::string("\x80\x02."), std::string("\x80\x02s."), std::string("\x80\x02u."),
              std::string("\x80\x02t."), std::string("\x80\x02h\x07.", 5), std::string("\x80\x02}K\x01s.", 7),
              std::string("\x80\x02(}Ku."), std::string("\x80\x02]Q."),
              std::string("\x80\x02K\x01K\x02R.", 8), std::string("\x80\x02X\xff\xff\xff\xff", 7)}) {
            QVERIFY(reasonFor(oldLayout(pickle)) != "read");
        }
    }

    void refusesEveryBeginningOfAFile_data() { readsWhatPyTorchWrote_data(); }
    void refusesEveryBeginningOfAFile() {
        QFETCH(QByteArray, file);
        const std::string whole = fixtureBytes(file.toStdString());
        QCOMPARE(reasonFor(whole), std::string("read"));
        // A zip archive's last two bytes are the length of a comment that nobody reads.
        for (std::size_t length = 0; length + 2 < whole.size(); ++length) {
            QVERIFY2(reasonFor(whole.substr(0, length)) != "read", qPrintable(QString::number(length)));
        }
    }

    void survivesEveryDamagedByte_data() { readsWhatPyTorchWrote_data(); }
    void survivesEveryDamagedByte() {
        QFETCH(QByteArray, file);
        const std::string whole = fixtureBytes(file.toStdString());
        for (std::size_t at = 0; at < whole.size(); ++at) {
            for (const char mask : {'\x01', '\x80', '\xff'}) {
                std::string damaged = whole;
                damaged[at] = static_cast<char>(damaged[at] ^ mask);
                const std::string reason = reasonFor(damaged); // read or refused, nothing else
                QVERIFY(reason != "another kind");
            }
        }
    }

    void saysWhatOtherFilesAre() {
        QVERIFY(has(reasonFor(""), "no file of torch.save"));
        QVERIFY(has(reasonFor("{\"a\": 1}"), "no file of torch.save"));
        QVERIFY(has(reasonFor(std::string("\x80\x02}.", 4)), "a pickle, but not of torch.save"));
        const Error missing = [&] {
            try {
                importWeights(place("missing.pth"), place("out.safetensors"));
            } catch (const Error& error) {
                return error;
            }
            return Error(ErrorKind::Internal, "imported");
        }();
        QVERIFY(missing.kind() == ErrorKind::BadInput || missing.kind() == ErrorKind::InputOutput);
    }
};

QTEST_GUILESS_MAIN(TestImportWeights)
#include "tst_import_weights.moc"
