// Fetching over HTTP from a server on the loopback address, one that works and ones that do not.

#include <QProcess>
#include <QtTest>

#include <archive.h>
#include <archive_entry.h>

#include "engine/data/fetch/download.h"
#include "engine/data/fetch/fetch.h"
#include "engine/data/fetch/md5.h"
#include "engine/data/fetch/unpack.h"
#include "engine/storage/atomic_file.h"
#include "tests/engine/data/data_support.h"

using namespace alphascope::engine;
using namespace alphascope::tests;

namespace {

class Server {
public:
    explicit Server(const TestFolder& folder) {
        process_.start(QStringLiteral("python3"), {QString::fromLocal8Bit(qgetenv("ALPHASCOPE_SOURCE_DIR")) +
                                                       QStringLiteral("/tests/engine/data/range_server.py"),
                                                   QString::fromStdString(folder.path())});
        process_.waitForStarted();
        while (!process_.canReadLine() && process_.waitForReadyRead()) {
        }
        port_ = process_.readLine().trimmed().toStdString();
    }
    ~Server() {
        process_.closeWriteChannel();
        process_.waitForFinished();
    }

    bool runs() const { return !port_.empty(); }
    std::string address(const std::string& way) const { return "http://127.0.0.1:" + port_ + "/" + way; }
    /// Requests so far: "/good/x bytes=5-".
    std::string log(const TestFolder& folder) const {
        const std::string path = folder.path("log");
        QFile::remove(QString::fromStdString(path));
        download(address("log"), path, {});
        return bytesOf(path);
    }

private:
    QProcess process_;
    std::string port_;
};

std::string someBytes(std::size_t count, int first = 0) {
    std::string bytes;
    for (std::size_t i = 0; i < count; ++i) {
        bytes.push_back(static_cast<char>((first + i * 7 + i / 251) & 0xFF));
    }
    return bytes;
}

std::string md5Of(const std::string& bytes) {
    Md5 md5;
    md5.add(asBytes(bytes));
    return md5.finish();
}

SourceFile plain(const std::string& name, const std::string& content) {
    return {.name = name,
            .address = {},
            .md5 = md5Of(content),
            .bytes = content.size(),
            .archive = false,
            .folder = {},
            .holds = {}};
}

/// An archive (.tar.gz or .zip) with these files.
std::string archiveOf(bool zip, const std::vector<std::pair<std::string, std::string>>& files) {
    std::string bytes(1 << 20, '\0');
    std::size_t used = 0;
    archive* writer = archive_write_new();
    if (zip) {
        archive_write_set_format_zip(writer);
    } else {
        archive_write_add_filter_gzip(writer);
        archive_write_set_format_ustar(writer);
    }
    archive_write_open_memory(writer, bytes.data(), bytes.size(), &used);
    for (const auto& [name, content] : files) {
        archive_entry* entry = archive_entry_new();
        archive_entry_set_pathname(entry, name.c_str());
        archive_entry_set_size(entry, static_cast<la_int64_t>(content.size()));
        archive_entry_set_filetype(entry, name.ends_with('/') ? AE_IFDIR : AE_IFREG);
        archive_entry_set_perm(entry, 0644);
        archive_write_header(writer, entry);
        archive_write_data(writer, content.data(), content.size());
        archive_entry_free(entry);
    }
    archive_write_close(writer);
    archive_write_free(writer);
    bytes.resize(used);
    return bytes;
}

bool there(const std::string& path) {
    return QFile::exists(QString::fromStdString(path));
}

} // namespace

class TestFetch : public QObject {
    Q_OBJECT

private:
    TestFolder served_;
    std::unique_ptr<Server> server_;

    FetchOptions from(const std::string& way) const {
        FetchOptions options;
        options.mirror = server_->address(way);
        return options;
    }

private Q_SLOTS:
    void initTestCase() {
        server_ = std::make_unique<Server>(served_);
        QVERIFY2(server_->runs(), "python3 is needed");
    }

    void md5KnowsItsTestVectors() { // RFC 1321, appendix A.5
        QCOMPARE(md5Of(""), std::string("d41d8cd98f00b204e9800998ecf8427e"));
        QCOMPARE(md5Of("abc"), std::string("900150983cd24fb0d6963f7d28e17f72"));
        QCOMPARE(md5Of("message digest"), std::string("f96b697d7cb7938d525a2f31aaf161d0"));
        const std::string digits =
            "12345678901234567890123456789012345678901234567890123456789012345678901234567890";
        QCOMPARE(md5Of(digits), std::string("57edf4a22be3c955ac49da2e2107b67a"));
        for (const std::size_t length : {55, 56, 63, 64, 65, 119, 120, 128}) { // around the padding's edges
            const std::string bytes = someBytes(length);
            Md5 inPieces;
            for (std::size_t i = 0; i < length; i += 3) {
                inPieces.add(asBytes(bytes).subspan(i, std::min<std::size_t>(3, length - i)));
            }
            QCOMPARE(inPieces.finish(),
                     QCryptographicHash::hash(QByteArray::fromStdString(bytes), QCryptographicHash::Md5)
                         .toHex()
                         .toStdString());
        }
    }

    void filesAreFetchedOnce() {
        const TestFolder folder;
        const std::string a = someBytes(300'000), b = someBytes(5);
        served_.write("once-a", a);
        served_.write("once-b", b);
        std::vector<FetchProgress> reports;
        FetchOptions options = from("good");
        options.progress = [&](const FetchProgress& progress) { reports.push_back(progress); };
        fetchFiles({plain("once-a", a), plain("once-b", b)}, folder.path("set"), options);
        QVERIFY(bytesOf(folder.path("set/once-a")) == a);
        QVERIFY(bytesOf(folder.path("set/once-b")) == b);
        QVERIFY(!there(folder.path("set/once-a.part")));
        QCOMPARE(reports.back().number, std::size_t(2));
        QCOMPARE(reports.back().count, std::size_t(2));
        const auto whole = std::any_of(reports.begin(), reports.end(), [&](const FetchProgress& progress) {
            return progress.file == "once-a" && progress.bytes == a.size() && progress.total == a.size();
        });
        QVERIFY(whole);
        const std::string before = server_->log(folder);
        fetchFiles({plain("once-a", a), plain("once-b", b)}, folder.path("set"), options);
        QCOMPARE(server_->log(folder), before); // not asked for again
        folder.write("set/once-a", "somebody's own");
        EXPECT_ERROR(fetchFiles({plain("once-a", a)}, folder.path("set"), options), ErrorKind::BadInput,
                     "is not the published file");
        QVERIFY(bytesOf(folder.path("set/once-a")) == "somebody's own");
    }

    void aBrokenConnectionIsTakenUpAgain() {
        const TestFolder folder;
        const std::string content = someBytes(100'000);
        served_.write("halves", content);
        download(server_->address("halves/halves"), folder.path("part"), {});
        QVERIFY(bytesOf(folder.path("part")) == content);
        QVERIFY(server_->log(folder).find("/halves/halves bytes=50000-\n") != std::string::npos);
    }

    void whatIsThereIsGoneOnFrom() {
        const TestFolder folder;
        const std::string content = someBytes(20'000);
        served_.write("dies", content);
        EXPECT_ERROR(fetchFiles({plain("dies", content)}, folder.path(), from("dies")),
                     ErrorKind::InputOutput, "the next attempt goes on from there");
        QVERIFY(bytesOf(folder.path("dies.part")) == content.substr(0, 1000));
        QVERIFY(!there(folder.path("dies")));
        fetchFiles({plain("dies", content)}, folder.path(), from("good"));
        QVERIFY(bytesOf(folder.path("dies")) == content);
        QVERIFY(server_->log(folder).find("/good/dies bytes=1000-\n") != std::string::npos);
    }

    void aServerWithoutRangesIsReadFromTheStart() {
        const TestFolder folder;
        const std::string content = someBytes(20'000);
        served_.write("whole", content);
        folder.write("whole.part", content.substr(0, 7000));
        fetchFiles({plain("whole", content)}, folder.path(), from("whole"));
        QVERIFY(bytesOf(folder.path("whole")) == content);
    }

    void aWholePartNeedsItsNameOnly() {
        const TestFolder folder;
        const std::string content = someBytes(2'000);
        folder.write("named.part", content); // and the server has none
        fetchFiles({plain("named", content)}, folder.path(), from("good"));
        QVERIFY(bytesOf(folder.path("named")) == content);
    }

    void aLongerPartIsBegunAnew() {
        const TestFolder folder;
        const std::string content = someBytes(2'000);
        served_.write("longer", content);
        folder.write("longer.part", someBytes(3'000, 5));
        fetchFiles({plain("longer", content)}, folder.path(), from("good"));
        QVERIFY(bytesOf(folder.path("longer")) == content);
    }

    void wrongContentIsNotKept() {
        const TestFolder folder;
        served_.write("wrong", someBytes(500));
        const SourceFile expected = plain("wrong", someBytes(500, 1));
        EXPECT_ERROR(fetchFiles({expected}, folder.path(), from("good")), ErrorKind::BadInput,
                     "damaged or another file: its MD5 is");
        QVERIFY(!there(folder.path("wrong")) && !there(folder.path("wrong.part")));
        served_.write("endless", someBytes(2'000'000));
        EXPECT_ERROR(fetchFiles({plain("endless", "few")}, folder.path(), from("good")), ErrorKind::BadInput,
                     "larger than");
    }

    void failuresAreExplained() {
        const TestFolder folder;
        const SourceFile file = plain("absent", "x");
        EXPECT_ERROR(fetchFiles({file}, folder.path(), from("good")), ErrorKind::InputOutput,
                     "answers 404 (not found)");
        FetchOptions options;
        options.mirror = "http://127.0.0.1:1"; // nobody listens there
        EXPECT_ERROR(fetchFiles({file}, folder.path(), options), ErrorKind::InputOutput,
                     "'http://127.0.0.1:1/absent' cannot be downloaded");
        options.mirror = "ftp://127.0.0.1";
        EXPECT_ERROR(fetchFiles({file}, folder.path(), options), ErrorKind::Usage, "http://");
        const std::string taken = folder.write("taken", "a file");
        EXPECT_ERROR(fetchFiles({file}, taken, from("good")), ErrorKind::InputOutput, "cannot be made");
        EXPECT_ERROR(fetchDataSet("mnits", from("good")), ErrorKind::Usage, "Did you mean 'mnist'?");
        options = from("good");
        options.folder = folder.path("mnist");
        EXPECT_ERROR(fetchDataSet("mnist", options), ErrorKind::InputOutput, "404");
        options.mirror.clear();
        options.folder = folder.path("celeba");
        EXPECT_ERROR(fetchDataSet("celeba", options), ErrorKind::BadInput, "Google Drive");
    }

    void cancellingKeepsThePart() {
        const TestFolder folder;
        const std::string content = someBytes(3'000'000);
        served_.write("long", content);
        std::atomic<bool> cancel{false};
        FetchOptions options = from("good");
        options.cancel = &cancel;
        options.progress = [&](const FetchProgress& progress) { cancel = cancel || progress.bytes > 0; };
        EXPECT_ERROR(fetchFiles({plain("long", content)}, folder.path(), options), ErrorKind::Interrupted,
                     "was stopped");
        QVERIFY(there(folder.path("long.part")) && !there(folder.path("long")));
        fetchFiles({plain("long", content)}, folder.path(), from("good"));
        QVERIFY(bytesOf(folder.path("long")) == content);
    }

    void archivesAreUnpackedAndNotKept_data() {
        QTest::addColumn<bool>("zip");
        QTest::newRow("tar.gz") << false;
        QTest::newRow("zip") << true;
    }
    void archivesAreUnpackedAndNotKept() {
        QFETCH(bool, zip);
        const TestFolder folder;
        const std::string name = zip ? "set.zip" : "set.tar.gz";
        const std::string content =
            archiveOf(zip, {{"set/", ""}, {"set/one.bin", someBytes(70'000)}, {"set/two.txt", "two"}});
        served_.write(name, content);
        SourceFile file = plain(name, content);
        file.archive = true;
        file.folder = "inside";
        file.holds = {"one.bin", "two.txt"};
        fetchFiles({file}, folder.path(), from("good"));
        QVERIFY(bytesOf(folder.path("inside/one.bin")) == someBytes(70'000));
        QVERIFY(bytesOf(folder.path("inside/two.txt")) == "two");
        QVERIFY(!there(folder.path(name)) && !there(folder.path("inside.unpacking")));
        const std::string before = server_->log(folder);
        fetchFiles({file}, folder.path(), from("good"));
        QCOMPARE(server_->log(folder), before);
        file.holds.emplace_back("three.bin");
        EXPECT_ERROR(fetchFiles({file}, folder.path(), from("good")), ErrorKind::BadInput,
                     "does not hold 'three.bin'");
    }

    void nothingLandsOutsideTheFolder() {
        const TestFolder folder;
        const std::string path = folder.write(
            "evil.tar.gz",
            archiveOf(false, {{"../../evil", "1"}, {"/tmp/../evil2", "2"}, {"a/../evil3", "3"}}));
        folder.makeFolder("deep");
        unpackInto(path, folder.path("deep/target"), {}, nullptr);
        for (const char* name : {"evil", "evil2", "evil3"}) {
            QVERIFY(there(folder.path(std::string("deep/target/") + name)));
        }
        QVERIFY(!there(folder.path("evil")));
    }

    void damagedArchivesAreExplained() {
        const TestFolder folder;
        const std::string good = archiveOf(false, {{"one", someBytes(50'000)}});
        const std::string cut = folder.write("cut.tar.gz", good.substr(0, good.size() / 2));
        EXPECT_ERROR(unpackInto(cut, folder.path("out"), {}, nullptr), ErrorKind::BadInput,
                     "cut.tar.gz' is damaged");
        QVERIFY(!there(folder.path("out")) && !there(folder.path("out.unpacking")));
        EXPECT_ERROR(unpackInto(folder.write("text", "no archive at all"), folder.path("out"), {}, nullptr),
                     ErrorKind::BadInput, "text' is damaged");
    }
};

QTEST_GUILESS_MAIN(TestFetch)
#include "tst_fetch.moc"
