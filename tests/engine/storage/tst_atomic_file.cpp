// Saving on disks that are full, read-only or gone, and under kill -9: the old file or the whole new one,
// never less.
#include <fcntl.h>
#include <signal.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <random>

#include "engine/storage/atomic_file.h"
#include "engine/storage/run_folder.h"
#include "engine/storage/run_lock.h"
#include "storage_support.h"

using namespace alphascope::engine;
using namespace alphascope::tests;

namespace {

/// A file system of a few kilobytes in memory; needs root.
class SmallDisk {
public:
    explicit SmallDisk(const std::string& options) : folder_(scratch_.path("disk")) {
        std::filesystem::create_directory(folder_);
        mounted_ = ::mount("tmpfs", folder_.c_str(), "tmpfs", 0, options.c_str()) == 0;
    }
    ~SmallDisk() {
        if (mounted_) {
            ::umount2(folder_.c_str(), MNT_DETACH);
        }
    }
    bool mounted() const { return mounted_; }
    std::string path(const std::string& name = {}) const {
        return name.empty() ? folder_ : folder_ + "/" + name;
    }
    bool remountReadOnly() const {
        return ::mount(nullptr, folder_.c_str(), nullptr, MS_REMOUNT | MS_RDONLY, nullptr) == 0;
    }

private:
    Scratch scratch_;
    std::string folder_;
    bool mounted_ = false;
};

/// No file may grow beyond this while it lives: the write fails in the middle, as on a disk that fills up.
class FileSizeLimit {
public:
    explicit FileSizeLimit(rlim_t bytes) {
        ::getrlimit(RLIMIT_FSIZE, &old_);
        const rlimit limit{bytes, old_.rlim_max};
        previous_ = ::signal(SIGXFSZ, SIG_IGN);
        ::setrlimit(RLIMIT_FSIZE, &limit);
    }
    ~FileSizeLimit() {
        ::setrlimit(RLIMIT_FSIZE, &old_);
        ::signal(SIGXFSZ, previous_);
    }

private:
    rlimit old_{};
    sighandler_t previous_ = SIG_DFL;
};

/// Not root while it lives.
class OtherUser {
public:
    OtherUser() : dropped_(::geteuid() != 0 || ::seteuid(65534) == 0) {}
    ~OtherUser() {
        if (::getuid() == 0 && ::seteuid(0) != 0) {
            std::abort();
        }
    }
    bool dropped() const { return dropped_; }

private:
    bool dropped_;
};

bool says(const std::optional<Error>& error, const char* text) {
    return error && std::string(error->what()).find(text) != std::string::npos;
}

/// The child of the kill test: saves for ever, tells each saved step on standard output.
int saveForEver(const std::string& folder) {
    RunFolder run = RunFolder::openForWriting(folder);
    const ResolvedCheckpoint last = resolveCheckpoint(folder);
    for (std::int64_t step = parseMetadata(last.state.metadata, last.path).step + 1;; ++step) {
        run.saveCheckpoint(sampleState(step, 200'000), step, {3, 50});
        if (::write(STDOUT_FILENO, &step, sizeof(step)) != sizeof(step)) {
            return 1;
        }
    }
}

} // namespace

class TestAtomicFile : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void writesAndReplaces() {
        const Scratch scratch;
        const std::string path = scratch.path("some file 文件 🙂.bin");
        writeFileAtomically(path, "first");
        QVERIFY(readAll(path) == "first");
        const std::string large(3'000'000, 'x');
        const std::array<std::string_view, 3> pieces{"head", large, ""};
        writeFileAtomically(path, pieces);
        QVERIFY(readAll(path) == "head" + large);
        QCOMPARE(namesIn(scratch.path()).size(), 1U);
    }

    void keepsModeAndLink() {
        const Scratch scratch;
        writeAll(scratch.path("real"), "old");
        std::filesystem::permissions(scratch.path("real"), std::filesystem::perms(0640));
        std::filesystem::create_symlink("real", scratch.path("link"));
        writeFileAtomically(scratch.path("link"), "new");
        QVERIFY(std::filesystem::is_symlink(scratch.path("link")));
        QVERIFY(readAll(scratch.path("real")) == "new");
        QVERIFY(std::filesystem::status(scratch.path("real")).permissions() == std::filesystem::perms(0640));
    }

    void readerOfTheOldFileKeepsIt() {
        const Scratch scratch;
        writeAll(scratch.path("f"), "old");
        std::ifstream reader(scratch.path("f"));
        writeFileAtomically(scratch.path("f"), "new content");
        std::string text;
        reader >> text;
        QVERIFY(text == "old");
    }

    void longNameWorksUpToTheSystemsLimit() {
        const Scratch scratch;
        writeFileAtomically(scratch.path(std::string(255, 'n')), "x"); // the temp file's own name is short
        QVERIFY(errorOf([&] { writeFileAtomically(scratch.path(std::string(256, 'n')), "x"); }));
    }

    void devicesAreWrittenDirectly() {
        writeFileAtomically("/dev/null", "x");
        QVERIFY(std::filesystem::is_character_file("/dev/null"));
        const auto error = errorOf([] { writeFileAtomically("/dev/full", "x"); });
        QVERIFY(says(error, "the disk is full"));
        QCOMPARE(error->kind(), ErrorKind::InputOutput);
    }

    void refusals_data() {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("reason");
        const auto row = [](const char* path, const char* reason) {
            QTest::newRow(path) << QString::fromUtf8(path) << QString::fromUtf8(reason);
        };
        row("missing/f", "the folder");
        row("folder", "it is a folder");
        row("file/f", "is a file and not a folder");
        row("loop", "run in a circle");
    }
    void refusals() {
        QFETCH(QString, path);
        QFETCH(QString, reason);
        const Scratch scratch;
        std::filesystem::create_directory(scratch.path("folder"));
        writeAll(scratch.path("file"), "x");
        std::filesystem::create_symlink("loop", scratch.path("loop"));
        const auto error = errorOf([&] { writeFileAtomically(scratch.path(path.toStdString()), "x"); });
        QVERIFY(error && error->kind() == ErrorKind::InputOutput);
        QVERIFY2(says(error, reason.toUtf8()) && isSentence(error->what()), error->what());
    }

    void permissionDenied() {
        const Scratch scratch;
        std::filesystem::permissions(scratch.path(), std::filesystem::perms(0755));
        writeAll(scratch.path("f"), "old");
        if (::geteuid() != 0) {
            std::filesystem::permissions(scratch.path(), std::filesystem::perms(0555));
        }
        std::optional<Error> error;
        {
            const OtherUser other;
            if (!other.dropped()) {
                QSKIP("cannot become another user");
            }
            error = errorOf([&] { writeFileAtomically(scratch.path("f"), "new"); });
        }
        std::filesystem::permissions(scratch.path(), std::filesystem::perms(0755));
        QVERIFY2(says(error, "permission denied"), error ? error->what() : "no error");
        QVERIFY(readAll(scratch.path("f")) == "old");
    }

    void fullDisk() {
        const SmallDisk disk("size=256k");
        if (!disk.mounted()) {
            QSKIP("mounting a small disk needs root");
        }
        writeFileAtomically(disk.path("f"), std::string(100'000, 'a'));
        const auto error = errorOf([&] { writeFileAtomically(disk.path("f"), std::string(200'000, 'b')); });
        QVERIFY(says(error, "the disk is full (needs 200.0 kB, 1"));
        QVERIFY(says(error, " kB free in "));
        QVERIFY(isSentence(error->what()) && !error->hint().empty());
        QVERIFY(readAll(disk.path("f")) == std::string(100'000, 'a'));
        QCOMPARE(namesIn(disk.path()).size(), 1U);
        writeFileAtomically(disk.path("f"), std::string(50'000, 'c')); // room enough
        QVERIFY(readAll(disk.path("f")) == std::string(50'000, 'c'));
    }

    void noMoreFiles() {
        const SmallDisk disk("size=1m,nr_inodes=2"); // the folder itself and one file
        if (!disk.mounted()) {
            QSKIP("mounting a small disk needs root");
        }
        writeAll(disk.path("f"), "old");
        const auto error = errorOf([&] { writeFileAtomically(disk.path("f"), "new"); });
        QVERIFY2(says(error, "no more files can be made"), error ? error->what() : "no error");
        QVERIFY(readAll(disk.path("f")) == "old");
    }

    void readOnlyDisk() {
        const SmallDisk disk("size=256k");
        if (!disk.mounted() || (writeAll(disk.path("f"), "old"), !disk.remountReadOnly())) {
            QSKIP("mounting a small disk needs root");
        }
        const auto error = errorOf([&] { writeFileAtomically(disk.path("f"), "new"); });
        QVERIFY2(says(error, "the file system is read-only"), error ? error->what() : "no error");
        const auto run = errorOf([&] { RunFolder::create(disk.path("run"), {}, {}); });
        QVERIFY2(says(run, "the file system is read-only"), run ? run->what() : "no error");
        QCOMPARE(run->kind(), ErrorKind::InputOutput);
    }

    void cutOffAtEveryStage() {
        const Scratch scratch;
        const std::string old(10'000, 'a');
        writeAll(scratch.path("f"), old);
        const std::string larger(2'500'000, 'b');
        for (const rlim_t limit : {rlim_t{0}, rlim_t{1}, rlim_t{4096}, rlim_t{1 << 20}, rlim_t{2'499'999}}) {
            const FileSizeLimit small(limit);
            const auto error = errorOf([&] { writeFileAtomically(scratch.path("f"), larger); });
            QVERIFY2(says(error, "larger than the system allows"), error ? error->what() : "no error");
            QVERIFY(readAll(scratch.path("f")) == old);
            QCOMPARE(namesIn(scratch.path()).size(), 1U);
        }
        writeFileAtomically(scratch.path("f"), larger);
        QVERIFY(readAll(scratch.path("f")) == larger);
    }

    void fullDiskKeepsTheRun() {
        const SmallDisk disk("size=900k");
        if (!disk.mounted()) {
            QSKIP("mounting a small disk needs root");
        }
        RunFolder run = RunFolder::create(disk.path("run"), {}, {});
        std::int64_t step = 0;
        std::optional<Error> error;
        while (!error && step < 20) {
            ++step;
            error = errorOf([&] { run.saveCheckpoint(sampleState(step, 50'000), step, {20, 0}); });
        }
        QVERIFY2(says(error, "the disk is full"), error ? error->what() : "no error");
        QCOMPARE(step, 5);
        const ResolvedCheckpoint newest = resolveCheckpoint(disk.path("run"));
        QVERIFY(newest.path.ends_with("step-000000000004.safetensors") && newest.passedOver.empty());
        std::filesystem::remove(disk.path("run/checkpoints/step-000000000001.safetensors"));
        run.saveCheckpoint(sampleState(step, 50'000), step, {20, 0}); // room again: goes on
        QVERIFY(resolveCheckpoint(disk.path("run")).path.ends_with("step-000000000005.safetensors"));
    }

    void sweepTakesOnlyWhatIsDead() {
        const Scratch scratch;
        const pid_t dead = ::fork();
        if (dead == 0) {
            ::_exit(0);
        }
        ::waitpid(dead, nullptr, 0);
        const std::string ofDead = ".alphascope-" + std::to_string(dead) + "-0.tmp";
        const std::string ofLiving = ".alphascope-" + std::to_string(::getppid()) + "-0.tmp";
        for (const std::string& name :
             {ofDead, ofLiving, std::string(".alphascope-x-0.tmp"), std::string("other.tmp")}) {
            writeAll(scratch.path(name), "x");
        }
        QCOMPARE(sweepTempFiles(scratch.path()), 1U);
        QVERIFY(!std::filesystem::exists(scratch.path(ofDead)));
        std::filesystem::last_write_time(
            scratch.path(ofLiving), std::filesystem::file_time_type::clock::now() - std::chrono::hours(2));
        QCOMPARE(sweepTempFiles(scratch.path()), 1U);
        QCOMPARE(namesIn(scratch.path()).size(), 2U);
        QCOMPARE(sweepTempFiles(scratch.path("missing")), 0U);
    }

    void readFileLimits() {
        const Scratch scratch;
        writeAll(scratch.path("f"), "12345");
        QVERIFY(readFile(scratch.path("f"), 5) == "12345");
        const auto error = errorOf([&] { readFile(scratch.path("f"), 4); });
        QVERIFY(says(error, "too large") && error->kind() == ErrorKind::BadInput);
        QCOMPARE(errorOf([&] { readFile(scratch.path("missing"), 4); })->kind(), ErrorKind::BadInput);
    }

    /// A process that saves in a loop is killed 40 times at random moments. After each, the lock is free,
    /// nothing is left over, and the newest good checkpoint is at least the last one that the process spoke
    /// of.
    void killedAtRandomTimes() {
        const Scratch scratch;
        const std::string folder = scratch.path("run");
        RunFolder::create(folder, {}, {}).saveCheckpoint(sampleState(0, 200'000), 0, {3, 50});
        std::mt19937 random(7);
        std::int64_t spoken = 0;
        for (int kill = 0; kill < 40; ++kill) {
            int ends[2];
            QCOMPARE(::pipe2(ends, O_CLOEXEC), 0);
            const pid_t child = ::fork();
            if (child == 0) {
                ::dup2(ends[1], STDOUT_FILENO);
                ::execl("/proc/self/exe", "tst_atomic_file", "--save-for-ever", folder.c_str(), nullptr);
                ::_exit(1);
            }
            ::close(ends[1]);
            // Waits for a few saves, then a random part of one more, so that the moment is anywhere in a
            // save.
            std::int64_t step = 0;
            for (unsigned saves = 1 + random() % 3;
                 saves > 0 && ::read(ends[0], &step, sizeof(step)) == sizeof(step); --saves) {
                spoken = step;
            }
            ::usleep(random() % 4000);
            ::kill(child, SIGKILL);
            int status = 0;
            ::waitpid(child, &status, 0);
            while (::read(ends[0], &step, sizeof(step)) == sizeof(step)) {
                spoken = step;
            }
            ::close(ends[0]);
            QVERIFY(WIFSIGNALED(status));
            QVERIFY(!isRunActive(folder));
            const ResolvedCheckpoint newest = resolveCheckpoint(folder);
            QVERIFY(newest.passedOver.empty()); // a broken file never gets the name of a good one
            const std::int64_t found = parseMetadata(newest.state.metadata, newest.path).step;
            QVERIFY(found == spoken || found == spoken + 1);
            QVERIFY(sameArrays(newest.state, sampleState(found, 200'000)));
        }
        QVERIFY(spoken >= 40);
        RunFolder::openForWriting(folder); // sweeps
        for (const std::string& name : namesIn(folder + "/checkpoints")) {
            QVERIFY2(name.starts_with("step-"), name.c_str());
        }
    }
};

int main(int argc, char** argv) {
    if (argc == 3 && std::string_view(argv[1]) == "--save-for-ever") {
        return saveForEver(argv[2]);
    }
    TestAtomicFile test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_atomic_file.moc"
