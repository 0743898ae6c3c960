// .npy files: what we write comes back, and what is none is refused with a reason.
#include "engine/storage/npy.h"
#include "engine/storage/npy_header.h"
#include "storage_support.h"

using namespace alphascope::engine;
using namespace alphascope::tests;
using namespace std::string_literals;

namespace {

std::string npy(const std::string& header, const std::string& data, char version = 1) {
    std::string bytes = "\x93NUMPY"s + version + '\0';
    for (unsigned byte = 0; byte < (version == 1 ? 2U : 4U); ++byte) {
        bytes += static_cast<char>(header.size() >> 8 * byte & 0xff);
    }
    return bytes + header + data;
}

std::string dictionary(const std::string& dtype, const std::string& shape,
                       const std::string& order = "False") {
    return "{'descr': '" + dtype + "', 'fortran_order': " + order + ", 'shape': (" + shape + "), }\n";
}

std::vector<Image> someImages(int count, int width, int height, int channels) {
    std::vector<Image> images(std::size_t(count), Image(width, height, channels));
    std::uint8_t value = 0;
    for (Image& image : images) {
        for (std::uint8_t& pixel : image.pixels) {
            pixel = value += 7;
        }
    }
    return images;
}

} // namespace

class TestNpy : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void imagesRoundTrip() {
        const Scratch scratch;
        for (const int channels : {1, 3}) {
            const auto images = someImages(5, 4, 3, channels);
            writeNpy(scratch.path("a.npy"), images);
            QVERIFY(readImagesNpy(scratch.path("a.npy")) == images);
            QCOMPARE(readAll(scratch.path("a.npy")).find('\n') % 64, 63U);
        }
        auto different = someImages(2, 4, 3, 1);
        different[1] = Image(3, 4, 1);
        QVERIFY(errorOf([&] { writeNpy(scratch.path("a.npy"), different); }));
    }

    void codesRoundTrip() {
        const Scratch scratch;
        const Codes codes = priorLike(7, 5);
        writeNpy(scratch.path("c.npy"), codes);
        QVERIFY(readCodesNpy(scratch.path("c.npy")) == codes);
        writeNpy(scratch.path("none.npy"), Codes(0, 5));
        QVERIFY(readCodesNpy(scratch.path("none.npy")) == Codes(0, 5));
    }

    void otherHeadersAreUnderstood_data() {
        QTest::addColumn<QByteArray>("header");
        QTest::addColumn<int>("version");
        const auto row = [](const char* name, const std::string& header, int version) {
            QTest::newRow(name) << QByteArray::fromStdString(header) << version;
        };
        row("version 2", dictionary("|u1", "2, 1, 1, 3"), 2);
        row("version 3", dictionary("|u1", "2, 1, 1, 3"), 3);
        row("no byte order", dictionary("u1", "2, 1, 1, 3"), 1);
        row("other order", "{ \"shape\" :(2,1 ,1,3,),'fortran_order':False , 'descr':\"<u1\"}", 1);
        row("long numbers", dictionary("|u1", "2L, 1L, 1L, 3L"), 1);
    }
    void otherHeadersAreUnderstood() {
        QFETCH(QByteArray, header);
        QFETCH(int, version);
        const Scratch scratch;
        writeAll(scratch.path("a.npy"), npy(header.toStdString(), "abcdef", char(version)));
        const auto images = readImagesNpy(scratch.path("a.npy"));
        QCOMPARE(images.size(), 2U);
        QCOMPARE(images[1].pixels[2], std::uint8_t('f'));
    }

    void bad_data() {
        QTest::addColumn<QByteArray>("file");
        QTest::addColumn<QString>("says");
        const auto row = [](const char* name, const std::string& bytes, const char* says) {
            QTest::newRow(name) << QByteArray::fromStdString(bytes) << QString::fromUtf8(says);
        };
        const std::string good = npy(dictionary("|u1", "2, 1, 1, 3"), "abcdef");
        row("empty", "", "no .npy file");
        row("short", good.substr(0, 9), "no .npy file");
        row("text", "hello world, this is text", "no .npy file");
        row("version 4", npy(dictionary("|u1", "2, 1, 1, 3"), "abcdef", 4), "version 4.0");
        row("in the header", good.substr(0, 30), "within its header");
        row("version 2 cut", npy("", "", 2).substr(0, 11), "within its header");
        row("huge header", "\x93NUMPY\x02\0\xff\xff\xff\xff{"s, "within its header");
        row("short data", good.substr(0, good.size() - 1), "does not fit");
        row("long data", good + "x", "does not fit");
        row("no dictionary", npy("[]", ""), "makes no sense");
        row("missing key", npy("{'descr': '|u1', 'shape': (1,1,1,1)}", "x"), "makes no sense");
        row("extra key", npy("{'descr': '|u1', 'fortran_order': False, 'shape': (1,1,1,1), 'x': 1}", "x"),
            "makes no sense");
        row("key twice", npy("{'descr': '|u1', 'descr': '|u1', 'shape': (1,1,1,1)}", "x"), "makes no sense");
        row("trailing text", npy(dictionary("|u1", "1, 1, 1, 1") + "x", "x"), "makes no sense");
        row("negative", npy(dictionary("|u1", "-1, 1, 1, 1"), "x"), "makes no sense");
        row("too many digits", npy(dictionary("|u1", "99999999999999999999, 1, 1, 1"), "x"),
            "makes no sense");
        row("record type", npy("{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (1,)}", "xxxx"),
            "makes no sense");
        row("code", npy("__import__('os').system('true')", ""), "makes no sense");
        row("open text", npy("{'descr: ", ""), "makes no sense");
        row("rank 33", npy(dictionary("|u1", QByteArray("1,").repeated(33).toStdString()), "x"),
            "makes no sense");
        row("objects", npy(dictionary("|O", "2, 1, 1, 3"), "abcdef"), "no pictures");
        row("floats", npy(dictionary("<f4", "1, 1, 1, 1"), "abcd"), "no pictures");
        row("two dimensions", npy(dictionary("|u1", "2, 3"), "abcdef"), "no pictures");
        row("four channels", npy(dictionary("|u1", "1, 1, 1, 4"), "abcd"), "no pictures");
        row("columns first", npy(dictionary("|u1", "2, 1, 1, 3", "True"), "abcdef"), "by columns");
        row("overflow", npy(dictionary("|u1", "4611686018427387904, 4, 1, 1"), ""), "too many");
        row("overflow 2", npy(dictionary("|u1", "18446744073709551615, 16384, 16384, 3"), ""), "too many");
        row("large side", npy(dictionary("|u1", "1, 20000, 1, 1"), std::string(20000, 'x')), "1 x 20000");
        row("no pixels", npy(dictionary("|u1", "1, 0, 1, 1"), ""), "1 x 0");
    }
    void bad() {
        QFETCH(QByteArray, file);
        QFETCH(QString, says);
        const Scratch scratch;
        writeAll(scratch.path("a.npy"), file.toStdString());
        const auto error = errorOf([&] { readImagesNpy(scratch.path("a.npy")); });
        QVERIFY(error && error->kind() == ErrorKind::BadInput);
        const std::string what = error->what();
        QVERIFY2(what.find(says.toStdString()) != std::string::npos, what.c_str());
        QVERIFY2(isSentence(what) && what.find("a.npy") != std::string::npos && !error->hint().empty(),
                 what.c_str());
        QVERIFY(errorOf([&] { readCodesNpy(scratch.path("a.npy")); }));
    }

    void badCodes_data() {
        QTest::addColumn<QString>("dtype");
        QTest::addColumn<QString>("shape");
        QTest::newRow("double") << QStringLiteral("<f8") << QStringLiteral("1, 1");
        QTest::newRow("big endian") << QStringLiteral(">f4") << QStringLiteral("1, 2");
        QTest::newRow("one dimension") << QStringLiteral("<f4") << QStringLiteral("2,");
        QTest::newRow("no size") << QStringLiteral("<f4") << QStringLiteral("2, 0");
        QTest::newRow("overflow") << QStringLiteral("<f4") << QStringLiteral("4611686018427387906, 1");
    }
    void badCodes() {
        QFETCH(QString, dtype);
        QFETCH(QString, shape);
        const Scratch scratch;
        writeAll(scratch.path("c.npy"),
                 npy(dictionary(dtype.toStdString(), shape.toStdString()), "12345678"));
        QCOMPARE(errorOf([&] { readCodesNpy(scratch.path("c.npy")); })->kind(), ErrorKind::BadInput);
    }

    void noFile() {
        const Scratch scratch;
        QCOMPARE(errorOf([&] { readCodesNpy(scratch.path()); })->kind(), ErrorKind::BadInput);
        QCOMPARE(errorOf([&] { readCodesNpy(scratch.path("missing")); })->kind(), ErrorKind::BadInput);
        QCOMPARE(errorOf([&] { writeNpy(scratch.path("no/c.npy"), Codes(1, 1)); })->kind(),
                 ErrorKind::InputOutput);
    }

private:
    static Codes priorLike(std::size_t count, std::size_t size) {
        Codes codes(count, size);
        float value = -3.0F;
        for (float& number : codes.values) {
            number = value += 0.37F;
        }
        return codes;
    }
};

QTEST_APPLESS_MAIN(TestNpy)
#include "tst_npy.moc"
