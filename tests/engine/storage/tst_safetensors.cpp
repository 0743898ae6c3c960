// The safetensors reader against everything a file can be, and the writer against the reader. Cases of the
// format's reference implementation carry their names there.
#include <sys/stat.h>

#include <limits>

#include "engine/storage/crc.h"
#include "engine/storage/safetensors.h"
#include "storage_support.h"

using namespace alphascope::engine;
using namespace alphascope::tests;
using namespace std::string_literals;

namespace {

/// A file from its parts, with nothing checked.
std::string rawFile(const std::string& header, const std::string& data = {}) {
    std::string bytes;
    for (unsigned shift = 0; shift < 64; shift += 8) {
        bytes += static_cast<char>(std::uint64_t{header.size()} >> shift & 0xff);
    }
    return bytes + header + data;
}

std::string tensor(const std::string& name, const std::string& dtype, const std::string& shape,
                   const std::string& range) {
    return "\"" + name + "\":{\"dtype\":\"" + dtype + "\",\"shape\":[" + shape + "],\"data_offsets\":[" +
           range + "]}";
}

std::string manyTensors(int count, bool sameRange) {
    std::string header = "{";
    for (int i = 0; i < count; ++i) {
        const int at = sameRange ? 0 : i * 16;
        header += (i ? "," : "") + tensor("weight_" + std::to_string(i), "F32", "2,2",
                                          std::to_string(at) + "," + std::to_string(at + 16));
    }
    return header + "}";
}

} // namespace

class TestSafetensors : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void checksumVectors() {
        QCOMPARE(crc32c("123456789"), 0xE3069283U);
        QCOMPARE(maskedCrc32c("123456789"), 0xC78AB0E5U);
        QCOMPARE(crc32("123456789"), 0xCBF43926U);
        Crc64 crc;
        crc.add("123456789");
        QCOMPARE(crc.value(), 0x995DC9BBDF1939FAULL);
        Crc64 pieces;
        pieces.add("1234");
        pieces.add("56789");
        QCOMPARE(pieces.value(), crc.value());
    }

    void roundTrip() {
        const Scratch scratch;
        const ModelState state = sampleState();
        writeSafetensors(scratch.path("a.safetensors"), state);
        QVERIFY(readAll(scratch.path("a.safetensors")) == encodeSafetensors(state));
        const ModelState back = readSafetensors(scratch.path("a.safetensors"));
        QVERIFY(sameArrays(state, back));
        QVERIFY(back.metadata == state.metadata);
        QVERIFY(encodeSafetensors(back) == encodeSafetensors(state));
        const ModelState header = readSafetensorsHeader(scratch.path("a.safetensors"));
        QVERIFY(header.metadata == state.metadata);
        QCOMPARE(header.arrays.size(), state.arrays.size());
        QVERIFY(header.arrays[0].bytes.empty());
        QVERIFY(header.arrays[0].shape == state.arrays[0].shape);
    }

    void dataBeginsAligned() {
        const std::string bytes = encodeSafetensors(sampleState());
        std::uint64_t length = 0;
        std::memcpy(&length, bytes.data(), 8);
        QCOMPARE(length % 8, 0U);
        QCOMPARE(bytes[8], '{');
    }

    void emptyStateRoundTrips() {
        const Scratch scratch;
        writeSafetensors(scratch.path("a"), ModelState{});
        QVERIFY(readSafetensors(scratch.path("a")).arrays.empty());
    }

    void good_data() {
        QTest::addColumn<QByteArray>("file");
        QTest::addColumn<int>("tensors");
        const auto row = [](const char* name, const std::string& bytes, int tensors) {
            QTest::newRow(name) << QByteArray::fromStdString(bytes) << tensors;
        };
        row("empty", rawFile("{}"), 0);
        row("whitespace_leading_padded_header", rawFile("\t {}  "), 0);
        row("whitespace_trailing", rawFile("{}\r\n      "), 0);
        row("zero_sized_tensor", rawFile("{" + tensor("test", "I32", "2,0", "0,0") + "}"), 1);
        row("empty_shapes_allowed", rawFile("{" + tensor("test", "I32", "", "0,4") + "}", "\0\0\0\0"s), 1);
        row("escaped name", rawFile("{" + tensor("t\\u00e4\\n", "U8", "1", "0,1") + "}", "x"), 1);
        row("any order",
            rawFile("{" + tensor("b", "U8", "1", "1,2") + "," + tensor("a", "U8", "1", "0,1") + "}", "xy"),
            2);
        row("empty among others",
            rawFile("{" + tensor("b", "U8", "1", "0,1") + "," + tensor("a", "U8", "0", "1,1") + "}", "x"), 2);
        row("metadata only", rawFile("{\"__metadata__\":{\"a\":\"b\"}}"), 0);
        row("many", rawFile(manyTensors(1000, false), std::string(16000, 'x')), 1000);
    }
    void good() {
        QFETCH(QByteArray, file);
        QFETCH(int, tensors);
        const Scratch scratch;
        writeAll(scratch.path("f"), file.toStdString());
        QCOMPARE(int(readSafetensors(scratch.path("f")).arrays.size()), tensors);
        QCOMPARE(int(readSafetensorsHeader(scratch.path("f")).arrays.size()), tensors);
    }

    void bad_data() {
        QTest::addColumn<QByteArray>("file");
        QTest::addColumn<QString>("says");
        const auto row = [](const char* name, const std::string& bytes, const char* says) {
            QTest::newRow(name) << QByteArray::fromStdString(bytes) << QString::fromUtf8(says);
        };
        const std::string eight(8, '\0');
        const std::string test = tensor("test", "I32", "2,2", "0,16");
        row("header_too_small", "", "0 bytes");
        row("one byte", "{", "1 bytes");
        row("header length alone", eight, "no JSON object");
        row("header_too_large", "<\0\0\0\0\xff\xff\xff"s, "header would be larger");
        row("header 2^63", "\0\0\0\0\0\0\0\x80{}"s, "header would be larger");
        row("header limit + 1", "\x01\xe1\xf5\x05\0\0\0\0{"s, "header would be larger");
        row("invalid_header_length", "<\0\0\0\0\0\0\0"s, "ends within its header");
        row("non_utf8", rawFile("\x01\xff"), "no JSON object");
        row("non_utf8 name",
            rawFile("{\"\xff\":{\"dtype\":\"U8\",\"shape\":[],\"data_offsets\":[0,1]}}", "x"), "JSON");
        row("not_json", rawFile("{"), "JSON");
        row("array", rawFile("[]"), "no JSON object");
        row("two objects", rawFile("{}{}"), "JSON");
        row("comment", rawFile("{/* */}"), "JSON");
        row("byte order mark", rawFile("\xef\xbb\xbf{}"), "no JSON object");
        row("nul padding", rawFile("{}\0\0"s), "zero byte");
        row("deep nesting", rawFile("{\"a\":" + std::string(1'000'000, '[')), "a list");
        row("deep objects", rawFile("{\"a\":{\"a\":{\"a\":{}}}}"), "unknown key");
        row("json_attack", rawFile(manyTensors(10, true), std::string(16, 'x')), "overlap");
        row("metadata_incomplete_buffer: polyglot",
            rawFile("{" + test + "}", std::string(16, 'x') + "extra_bogus_data_for_polyglot_file"),
            "34 bytes too many");
        row("metadata_incomplete_buffer: short", rawFile("{" + test + "}", std::string(14, 'x')),
            "2 bytes too early");
        row("invalid_info", rawFile("{" + tensor("test", "I32", "2,2", "0,4") + "}", "xxxx"), "does not fit");
        row("validation_overflow 1",
            rawFile("{" + tensor("test", "I32", "2,18446744073709551614", "0,16") + "}",
                    std::string(16, 'x')),
            "impossible");
        row("validation_overflow 2",
            rawFile("{" + tensor("test", "I32", "2,9223372036854775807", "0,16") + "}", std::string(16, 'x')),
            "does not fit");
        row("overflow to zero", rawFile("{" + tensor("t", "U8", "4294967296,4294967296", "0,0") + "}"),
            "does not fit");
        row("number beyond 64 bits", rawFile("{" + tensor("t", "U8", "99999999999999999999", "0,0") + "}"),
            "huge number");
        row("hole",
            rawFile("{" + tensor("a", "U8", "1", "0,1") + "," + tensor("b", "U8", "1", "2,3") + "}", "xxx"),
            "hole");
        row("hole at the start", rawFile("{" + tensor("a", "U8", "1", "1,2") + "}", "xx"), "hole");
        row("overlap",
            rawFile("{" + tensor("a", "U8", "2", "0,2") + "," + tensor("b", "U8", "2", "1,3") + "}", "xxx"),
            "overlap");
        row("backwards", rawFile("{" + tensor("a", "U8", "1", "1,0") + "}", "x"), "overlap");
        row("negative offset", rawFile("{" + tensor("a", "U8", "1", "-1,0") + "}", "x"), "negative");
        row("negative side", rawFile("{" + tensor("a", "U8", "-1", "0,1") + "}", "x"), "negative");
        row("fraction", rawFile("{" + tensor("a", "U8", "1.0", "0,1") + "}", "x"), "fraction");
        row("one offset", rawFile("{" + tensor("a", "U8", "1", "0") + "}", "x"), "two offsets");
        row("three offsets", rawFile("{" + tensor("a", "U8", "1", "0,1,2") + "}", "x"), "a number");
        row("unknown dtype", rawFile("{" + tensor("a", "F31", "1", "0,1") + "}", "x"), "F31");
        row("dtype as number", rawFile("{\"a\":{\"dtype\":4,\"shape\":[1],\"data_offsets\":[0,1]}}", "x"),
            "a number");
        row("missing dtype", rawFile("{\"a\":{\"shape\":[1],\"data_offsets\":[0,1]}}", "x"), "incomplete");
        row("missing offsets", rawFile("{\"a\":{\"dtype\":\"U8\",\"shape\":[1]}}", "x"), "incomplete");
        row("null", rawFile("{\"a\":null}"), "null");
        row("duplicate name",
            rawFile("{" + tensor("a", "U8", "1", "0,1") + "," + tensor("a", "U8", "1", "0,1") + "}", "x"),
            "twice");
        row("duplicate key",
            rawFile("{\"a\":{\"dtype\":\"U8\",\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1]}}", "x"),
            "twice");
        row("duplicate metadata", rawFile("{\"__metadata__\":{\"a\":\"b\",\"a\":\"c\"}}"), "twice");
        row("metadata twice", rawFile("{\"__metadata__\":{},\"__metadata__\":{}}"), "twice");
        row("metadata number", rawFile("{\"__metadata__\":{\"a\":1}}"), "a number");
        row("metadata list", rawFile("{\"__metadata__\":[]}"), "a list");
        row("rank 65",
            rawFile("{" + tensor("a", "U8", "1" + QByteArray(",1").repeated(64).toStdString(), "0,1") + "}",
                    "x"),
            "impossible");
        row("PyTorch zip", "PK\x03\x04\0\0\x08\x08\0\0\0\0\0\0\0\0archive/data.pkl"s, "PyTorch zip");
        row("PyTorch pickle", "\x80\x02\x8a\x0a\x6c\xfc\x9c\x46\xf9 j\xa8P\x19.\x80\x02"s, "pickle");
        row("pickle 4", "\x80\x04\x95\x1f\0\0\0\0\0\0\0\x8c\x05posix"s, "pickle");
        row("NumPy", "\x93NUMPY\x01\0\x76\0{'descr'"s, "NumPy");
        row("picture", "\x89PNG\r\n\x1a\n\0\0\0\rIHDR"s, "picture");
        row("GGUF", "GGUF\x03\0\0\0\x01\0\0\0\0\0\0\0"s, "GGUF");
        row("text", "this is just some text", "header would be larger");
    }
    void bad() {
        QFETCH(QByteArray, file);
        QFETCH(QString, says);
        const Scratch scratch;
        writeAll(scratch.path("f"), file.toStdString());
        const auto error = errorOf([&] { readSafetensors(scratch.path("f")); });
        QVERIFY(error);
        QCOMPARE(error->kind(), ErrorKind::BadInput);
        const std::string what = error->what();
        QVERIFY2(what.find(says.toStdString()) != std::string::npos, what.c_str());
        QVERIFY2(what.find(scratch.path("f")) != std::string::npos && isSentence(what) &&
                     !error->hint().empty(),
                 what.c_str());
        QVERIFY(errorOf([&] { readSafetensorsHeader(scratch.path("f")); }));
    }

    void lengthThatLooksLikeAPickleIsRead() {
        const Scratch scratch;
        const std::string header = "{}" + std::string(640 - 2, ' '); // 640 = 80 02 00 ...
        writeAll(scratch.path("f"), rawFile(header));
        QVERIFY(readSafetensors(scratch.path("f")).arrays.empty());
    }

    void everyTruncationIsRefused() {
        const Scratch scratch;
        const std::string bytes = encodeSafetensors(sampleState());
        writeAll(scratch.path("f"), bytes);
        for (std::size_t length = bytes.size(); length-- > 0;) {
            std::filesystem::resize_file(scratch.path("f"), length);
            const auto error = errorOf([&] { readSafetensors(scratch.path("f")); });
            QVERIFY2(error && error->kind() == ErrorKind::BadInput, std::to_string(length).c_str());
        }
        writeAll(scratch.path("f"), bytes + "x");
        QVERIFY(errorOf([&] { readSafetensors(scratch.path("f")); }));
    }

    void everyFlippedBitIsFound() {
        const Scratch scratch;
        const std::string bytes = encodeSafetensors(sampleState(1, 8));
        writeAll(scratch.path("f"), bytes);
        std::fstream file(scratch.path("f"), std::ios::binary | std::ios::in | std::ios::out);
        const auto put = [&](std::size_t at, char value) {
            file.seekp(std::streamoff(at)).put(value).flush();
        };
        for (std::size_t bit = 0; bit < bytes.size() * 8; ++bit) {
            put(bit / 8, static_cast<char>(bytes[bit / 8] ^ 1 << bit % 8));
            const auto error = errorOf([&] { readSafetensors(scratch.path("f")); });
            QVERIFY2(error && error->kind() == ErrorKind::BadInput, std::to_string(bit).c_str());
            put(bit / 8, bytes[bit / 8]);
        }
        QVERIFY(sameArrays(readSafetensors(scratch.path("f")), sampleState(1, 8)));
    }

    void otherOrderKeepsChecksum() {
        ModelState state = sampleState();
        const std::string checksum = dataChecksum(state);
        std::reverse(state.arrays.begin(), state.arrays.end());
        QVERIFY(dataChecksum(state) == checksum);
        state.arrays.back().bytes[0] ^= std::byte{1};
        QVERIFY(dataChecksum(state) != checksum);
    }

    void noRegularFile_data() {
        QTest::addColumn<QString>("kind");
        for (const char* kind :
             {"missing", "folder", "fifo", "device", "loop", "long name", "below a file"}) {
            QTest::newRow(kind) << QString::fromUtf8(kind);
        }
    }
    void noRegularFile() {
        QFETCH(QString, kind);
        const Scratch scratch;
        std::string path = scratch.path("f");
        if (kind == QLatin1String("folder")) {
            path = scratch.path();
        } else if (kind == QLatin1String("fifo")) {
            QCOMPARE(::mkfifo(path.c_str(), 0600), 0);
        } else if (kind == QLatin1String("device")) {
            path = "/dev/zero";
        } else if (kind == QLatin1String("loop")) {
            std::filesystem::create_symlink("f", path);
        } else if (kind == QLatin1String("long name")) {
            path = scratch.path(std::string(300, 'n'));
        } else if (kind == QLatin1String("below a file")) {
            writeAll(path, "x");
            path += "/g";
        }
        const auto error = errorOf([&] { readSafetensors(path); });
        QVERIFY(error);
        QCOMPARE(error->kind(), ErrorKind::BadInput);
        QVERIFY2(isSentence(error->what()), error->what());
    }

    void hugeFileWithHolesIsRefused() {
        const Scratch scratch;
        const std::string header = "{" + tensor("a", "U8", "4398046511104", "0,4398046511104") + "}";
        writeAll(scratch.path("f"), rawFile(header));
        std::error_code failed;
        std::filesystem::resize_file(scratch.path("f"), 8 + header.size() + 4398046511104ULL, failed);
        if (failed) {
            QSKIP("this file system has no files of 4 TB");
        }
        const auto error = errorOf([&] { readSafetensors(scratch.path("f")); });
        QVERIFY(error && error->kind() == ErrorKind::BadInput);
        QVERIFY2(std::string(error->what()).find("memory") != std::string::npos, error->what());
    }

    void writerRefusesNonsense_data() {
        QTest::addColumn<int>("what");
        QTest::newRow("bytes") << 0;
        QTest::newRow("dtype") << 1;
        QTest::newRow("twice") << 2;
        QTest::newRow("reserved name") << 3;
        QTest::newRow("not UTF-8") << 4;
        QTest::newRow("metadata not UTF-8") << 5;
        QTest::newRow("negative side") << 6;
    }
    void writerRefusesNonsense() {
        QFETCH(int, what);
        ModelState state = sampleState();
        switch (what) {
        case 0:
            state.arrays[0].bytes.pop_back();
            break;
        case 1:
            state.arrays[0].dtype = "F31";
            break;
        case 2:
            state.arrays[1].name = state.arrays[0].name;
            break;
        case 3:
            state.arrays[0].name = "__metadata__";
            break;
        case 4:
            state.arrays[0].name = "\xff";
            break;
        case 5:
            state.metadata["a"] = "\xff";
            break;
        default:
            state.arrays[0].shape = {-2, -32};
        }
        const auto error = errorOf([&] { encodeSafetensors(state); });
        QVERIFY(error && error->kind() == ErrorKind::Internal);
        QVERIFY2(isSentence(error->what()), error->what());
    }

    void nonFiniteNamesTheTensor() {
        ModelState state = sampleState();
        QVERIFY(!findNonFinite(state));
        state.arrays.push_back(makeArray<float>(
            "D.bias", "F32", {3},
            {std::numeric_limits<float>::quiet_NaN(), 1.0F, -std::numeric_limits<float>::infinity()}));
        const auto broken = findNonFinite(state);
        QVERIFY(broken && broken->name == "D.bias");
        QCOMPARE(broken->count, 2U);
        QCOMPARE(broken->total, 3U);
        ModelState halves;
        halves.arrays.push_back(
            makeArray<std::uint16_t>("half", "F16", {1}, {0x7BFF})); // the largest finite one
        halves.arrays.push_back(makeArray<std::uint16_t>("brain", "BF16", {1}, {0x7F7F}));
        halves.arrays.push_back(makeArray<std::uint8_t>("bytes", "U8", {1}, {0xFF}));
        QVERIFY(!findNonFinite(halves));
        halves.arrays[1].bytes[0] = std::byte{0x80};
        QVERIFY(findNonFinite(halves)->name == "brain");
        halves.arrays[0].bytes[1] = std::byte{0x7C};
        QVERIFY(findNonFinite(halves)->name == "half");
    }

    void metadataRoundTrips() {
        const CheckpointMeta meta = sampleMeta(77);
        const CheckpointMeta back = parseMetadata(toMetadata(meta), "p");
        QVERIFY(toMetadata(back) == toMetadata(meta));
        QCOMPARE(back.seed, meta.seed);
        QVERIFY(back.parameters == meta.parameters);
    }

    void filesFromBeforeThereWereCropsAreRead() {
        auto metadata = toMetadata(sampleMeta(1));
        QCOMPARE(parseMetadata(metadata, "p").crop, std::string("ali"));
        metadata.erase("crop");
        QCOMPARE(parseMetadata(metadata, "p").crop, std::string());
    }

    void badMetadata_data() {
        QTest::addColumn<QString>("key");
        QTest::addColumn<QString>("value");
        QTest::addColumn<QString>("says");
        const auto row = [](const char* key, const char* value, const char* says) {
            QTest::addRow("%s=%s", key, value)
                << QString::fromUtf8(key) << QString::fromUtf8(value) << QString::fromUtf8(says);
        };
        row("alphascope.format", "", "no Alphascope checkpoint");
        row("alphascope.format", "2", "newer Alphascope");
        row("alphascope.format", "zwei", "no version");
        row("alphascope.format", "0", "no version");
        row("method", "", "'method' is missing");
        row("step", "", "'step' is missing");
        row("step", "12x", "'step' is '12x'");
        row("step", "-1", "negative");
        row("step", "99999999999999999999", "'step'");
        row("seed", "-1", "'seed'");
        row("channels", "0", "negative");
        row("size", "1e3", "'size'");
        row("ema", "yes", "'ema'");
    }
    void badMetadata() {
        QFETCH(QString, key);
        QFETCH(QString, value);
        QFETCH(QString, says);
        auto metadata = toMetadata(sampleMeta(1));
        if (value.isEmpty()) {
            metadata.erase(key.toStdString());
        } else {
            metadata[key.toStdString()] = value.toStdString();
        }
        const auto error = errorOf([&] { parseMetadata(metadata, "some/file"); });
        QVERIFY(error && error->kind() == ErrorKind::BadInput);
        const std::string what = error->what();
        QVERIFY2(what.find(says.toStdString()) != std::string::npos &&
                     what.find("some/file") != std::string::npos,
                 what.c_str());
    }
};

QTEST_APPLESS_MAIN(TestSafetensors)
#include "tst_safetensors.moc"
