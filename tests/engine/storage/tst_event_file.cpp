// Event files: bytes as TensorBoard expects them, following a file that grows, and what a resume does to
// curves.
#include <cmath>
#include <signal.h>
#include <sys/resource.h>

#include <limits>

#include "engine/storage/crc.h"
#include "engine/storage/event_file.h"
#include "engine/storage/event_records.h"
#include "engine/storage/run_notes.h"
#include "storage_support.h"

using namespace alphascope::engine;
using namespace alphascope::tests;
using namespace std::string_literals;

namespace {

MetricPoint point(std::int64_t step, double value, const std::string& tag = "loss/G") {
    return {step, 1000.5 + double(step), {{tag, value}}};
}

std::vector<std::int64_t> stepsOf(const std::vector<MetricPoint>& points) {
    std::vector<std::int64_t> steps;
    for (const MetricPoint& each : points) {
        steps.push_back(each.step);
    }
    return steps;
}

using Steps = std::vector<std::int64_t>;

/// A record that claims 2^62 bytes, and does so undamaged.
std::string hugeLength() {
    const std::string length("\0\0\0\0\0\0\0\x40", 8);
    const std::uint32_t crc = maskedCrc32c(length);
    return length + std::string(reinterpret_cast<const char*>(&crc), sizeof(crc));
}

std::string scalarRecords(std::int64_t from, std::int64_t to) {
    std::string bytes;
    for (std::int64_t step = from; step < to; ++step) {
        bytes += frameRecord(scalarsEvent(point(step, double(step))));
    }
    return bytes;
}

} // namespace

class TestEventFile : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void firstRecordVector() {
        const std::string event = fileVersionEvent(0.0);
        QCOMPARE(QByteArray::fromStdString(event).toHex(),
                 QByteArray("0900000000000000001a0d627261696e2e4576656e743a32"));
        const QByteArray record = QByteArray::fromStdString(frameRecord(event));
        QCOMPARE(record.left(12).toHex(), QByteArray("1800000000000000a37f4b22"));
        QCOMPARE(record.right(4).toHex(), QByteArray("eedf28a3"));
    }

    void namesAndFirstRecords() {
        const Scratch scratch;
        const EventWriter first(scratch.path(), 0);
        const EventWriter second(scratch.path(), 100);
        const auto names = namesIn(scratch.path());
        QCOMPARE(names.size(), 2U); // also within one second
        QVERIFY(names[0].starts_with("events.out.tfevents."));
        QVERIFY(first.path() < second.path());
        const std::string bytes = readAll(second.path());
        const Frame version = readFrame(bytes);
        QVERIFY(version.status == FrameStatus::Complete &&
                version.data.find("brain.Event:2") != std::string::npos);
        const Frame start = readFrame(std::string_view(bytes).substr(version.length));
        const auto event = parseEvent(start.data);
        QVERIFY(event && event->sessionStart);
        QCOMPARE(event->point.step, 101);
    }

    void aClockSetBackKeepsTheOrder() {
        const Scratch scratch;
        writeAll(scratch.path("events.out.tfevents.9999999998.host.1.0"), "");
        const EventWriter writer(scratch.path(), 0);
        QVERIFY(namesIn(scratch.path()).back().starts_with("events.out.tfevents.9999999999."));
    }

    void scalarsComeBack() {
        const Scratch scratch;
        EventWriter writer(scratch.path(), 0);
        EventReader reader(scratch.path());
        QVERIFY(reader.poll().empty());
        const double nan = std::numeric_limits<double>::quiet_NaN();
        const double inf = std::numeric_limits<double>::infinity();
        writer.scalars(
            {1, 12.25, {{"loss/E", 0.5}, {"loss/G", -2.0}, {"metric/ä", nan}, {"a", inf}, {"b", -inf}}});
        writer.scalars({1, 12.5, {{"later", 3.0}}});
        writer.scalars({std::int64_t{1} << 40, 13.0, {{"loss/E", 0.1}}});
        writer.scalars({7, 13.0, {}});
        writer.image("samples", 8, 14.0, 2, 2, 3, "no real png");
        writer.text("config", 8, 14.0, "text");
        QVERIFY(reader.poll().empty()); // nothing on the disk before the flush
        writer.flush();
        const auto points = reader.poll();
        QCOMPARE(points.size(), 2U);
        QCOMPARE(points[0].step, 1);
        QCOMPARE(points[0].wallTime, 12.25);
        QCOMPARE(points[0].values.size(), 6U); // neighbours of one step are merged
        QVERIFY(points[0].values[1] == std::pair("loss/G"s, -2.0));
        QVERIFY(std::isnan(points[0].values[2].second) && points[0].values[2].first == "metric/ä");
        QCOMPARE(points[0].values[3].second, inf);
        QCOMPARE(points[0].values[4].second, -inf);
        QCOMPARE(points[1].step, std::int64_t{1} << 40);
        QCOMPARE(points[1].values[0].second, double(0.1F));
        QVERIFY(reader.poll().empty());
        QVERIFY(reader.takeWarnings().empty());
    }

    void everySplitOfAGrowingFileIsFollowed() {
        const std::string bytes = frameRecord(fileVersionEvent(1.0)) + scalarRecords(1, 5);
        for (std::size_t cut = 0; cut <= bytes.size(); ++cut) {
            const Scratch scratch;
            writeAll(scratch.path("x.tfevents.1"), bytes.substr(0, cut));
            EventReader reader(scratch.path());
            Steps steps = stepsOf(reader.poll());
            std::ofstream(scratch.path("x.tfevents.1"), std::ios::binary | std::ios::app)
                << bytes.substr(cut);
            for (const std::int64_t step : stepsOf(reader.poll())) {
                steps.push_back(step);
            }
            QVERIFY2((steps == Steps{1, 2, 3, 4}), std::to_string(cut).c_str());
            QVERIFY(reader.takeWarnings().empty());
        }
    }

    void recordsLargerThanOneRead() {
        const Scratch scratch;
        EventWriter writer(scratch.path(), 0);
        for (std::int64_t step = 1; step <= 40; ++step) {
            writer.image("samples", step, 1.0, 10, 10, 3, std::string(300'000, 'p'));
            writer.scalars(point(step, 1.0));
        }
        writer.image("large", 40, 1.0, 10, 10, 3, std::string(5'000'000, 'p'));
        writer.scalars(point(41, 1.0));
        writer.flush();
        EventReader reader(scratch.path());
        QCOMPARE(reader.poll().size(), 41U);
    }

    void alarmsAndChangesComeBack() {
        const Scratch scratch;
        EventWriter writer(scratch.path(), 0);
        const auto note = [&](const auto& what) {
            const RunNote note = noteOf(what);
            writer.text(note.tag, what.step, 1.0, note.text);
        };
        writer.scalars(point(1, 1.0));
        note(Alarm{"collapse", false, "The samples resemble each other.", "Go back.", 900, 400});
        note(ParameterChanged{"rateGenerator", "0.001", "0.0005", 950});
        note(Alarm{"collapse", true, "The samples differ again.", "", 1000, 1000});
        writer.text("a note of somebody", 1001, 1.0, "alarm/collapse");
        writer.image("samples", 1001, 1.0, 1, 1, 1, "png");
        writer.flush();
        EventReader reader(scratch.path());
        QVERIFY(stepsOf(reader.poll()) == Steps{1});
        const std::vector<SessionEvent> events = reader.takeEvents();
        QCOMPARE(events.size(), 3U);
        const auto& begun = std::get<Alarm>(events[0]);
        QVERIFY(begun.kind == "collapse" && !begun.over && begun.hint == "Go back.");
        QVERIFY(begun.message == "The samples resemble each other.");
        QVERIFY(begun.step == 900 && begun.since == 400);
        const auto& changed = std::get<ParameterChanged>(events[1]);
        QVERIFY(changed.name == "rateGenerator" && changed.oldText == "0.001" &&
                changed.newText == "0.0005" && changed.step == 950);
        const auto& over = std::get<Alarm>(events[2]);
        QVERIFY(over.kind == "collapse" && over.over && over.hint.empty() && over.since == 1000);
        QVERIFY(reader.takeEvents().empty());

        EventWriter resumed(scratch.path(), 920); // went back to before the change and the end
        resumed.flush();
        EventReader fresh(scratch.path());
        fresh.poll();
        QCOMPARE(fresh.takeEvents().size(), 1U);
    }

    void notesOfOtherKindsAreNone() {
        for (const char* tag : {"", "alarm", "alarm/", "parameter/x", "loss/E"}) {
            QVERIFY2(!eventOf(tag, 1, "text without an arrow"), tag);
        }
        const auto old = eventOf("alarm/d_saturated", 7, "One sentence.");
        QVERIFY(old && std::get<Alarm>(*old).since == 7 && std::get<Alarm>(*old).hint.empty());
        const auto strange = eventOf("alarm/x", 7, "One.\nSince step many.\n");
        QVERIFY(strange && std::get<Alarm>(*strange).hint == "Since step many.");
    }

    void resumeDropsWhatCameAfter() {
        const Scratch scratch;
        {
            EventWriter writer(scratch.path(), 0);
            for (std::int64_t step = 0; step <= 10; ++step) {
                writer.scalars(point(step, 1.0));
            }
        } // the destructor flushes
        EventReader live(scratch.path());
        QCOMPARE(live.poll().size(), 11U);
        EventWriter resumed(scratch.path(), 6);
        resumed.scalars(point(7, 2.0));
        resumed.scalars(point(8, 2.0));
        resumed.flush();
        EventReader fresh(scratch.path());
        const auto points = fresh.poll();
        QVERIFY((stepsOf(points) == Steps{0, 1, 2, 3, 4, 5, 6, 7, 8}));
        QCOMPARE(points[6].values[0].second, 1.0); // the last good step stays
        QCOMPARE(points[7].values[0].second, 2.0);
        QVERIFY((stepsOf(live.poll()) == Steps{7, 8})); // its owner sees that steps went back
        EventWriter again(scratch.path(), 0);
        again.scalars(point(1, 3.0));
        again.flush();
        QVERIFY(stepsOf(EventReader(scratch.path()).poll()) == Steps{1});
    }

    void damage_data() {
        QTest::addColumn<QByteArray>("tail");
        const std::string good = scalarRecords(3, 4);
        const auto row = [](const char* name, const std::string& bytes) {
            QTest::newRow(name) << QByteArray::fromStdString(bytes);
        };
        row("zeros", std::string(64, '\0'));
        row("length", std::string(1, char(good[0] + 1)) + good.substr(1));
        row("length crc", good.substr(0, 9) + std::string(1, char(good[9] + 1)) + good.substr(10));
        row("data", good.substr(0, 20) + std::string(1, char(good[20] + 1)) + good.substr(21));
        row("data crc", good.substr(0, good.size() - 1) + std::string(1, char(good.back() + 1)));
        row("huge length", hugeLength());
        row("no event: wire type", frameRecord("\x0f\x01"));
        row("no event: length", frameRecord("\x2a\x7f\x01"));
        row("no event: varint", frameRecord("\x10\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff"));
        row("no event: summary", frameRecord("\x2a\x02\x0a\x09"));
        row("no event: value", frameRecord("\x2a\x05\x0a\x03\x0a\x09x"));
    }
    void damage() {
        QFETCH(QByteArray, tail);
        const Scratch scratch;
        writeAll(scratch.path("a.tfevents.1"),
                 scalarRecords(1, 3) + tail.toStdString() + scalarRecords(8, 9));
        writeAll(scratch.path("a.tfevents.2"), scalarRecords(9, 10));
        EventReader reader(scratch.path());
        QVERIFY((stepsOf(reader.poll()) == Steps{1, 2, 9}));
        const auto warnings = reader.takeWarnings();
        QCOMPARE(warnings.size(), 1U);
        QVERIFY2(warnings[0].find("a.tfevents.1") != std::string::npos && isSentence(warnings[0]),
                 warnings[0].c_str());
        QVERIFY(reader.poll().empty() && reader.takeWarnings().empty()); // said once
    }

    void strangeFilesAreToleratedAndNamed() {
        const Scratch scratch;
        std::filesystem::create_directory(scratch.path("b.tfevents.folder"));
        writeAll(scratch.path("a.tfevents"), scalarRecords(1, 4));
        writeAll(scratch.path("notes.txt"), "x");
        EventReader reader(scratch.path());
        QCOMPARE(reader.poll().size(), 3U);
        QCOMPARE(reader.takeWarnings().size(), 1U);
        std::filesystem::resize_file(scratch.path("a.tfevents"), 10);
        QVERIFY(reader.poll().empty());
        QCOMPARE(reader.takeWarnings().size(), 1U);
    }

    void missingFolder() {
        const Scratch scratch;
        EventReader reader(scratch.path("later"));
        QVERIFY(reader.poll().empty());
        std::filesystem::create_directory(scratch.path("later"));
        EventWriter writer(scratch.path("later"), 0);
        writer.scalars(point(1, 1.0));
        writer.flush();
        QCOMPARE(reader.poll().size(), 1U);
        std::filesystem::remove_all(scratch.path("later"));
        QVERIFY(reader.poll().empty());
        QCOMPARE(errorOf([&] { EventWriter(scratch.path("nowhere"), 0); })->kind(), ErrorKind::InputOutput);
    }

    /// The disk fills in the middle of a record, later there is room again: nothing is lost, nothing is
    /// damaged.
    void fullDiskGoesOnWhereItWasCutOff() {
        const Scratch scratch;
        EventWriter writer(scratch.path(), 0);
        rlimit old{};
        ::getrlimit(RLIMIT_FSIZE, &old);
        const rlimit small{std::filesystem::file_size(writer.path()) + 30, old.rlim_max};
        const auto previous = ::signal(SIGXFSZ, SIG_IGN);
        ::setrlimit(RLIMIT_FSIZE, &small);
        writer.scalars(point(1, 1.0));
        const auto error = errorOf([&] { writer.flush(); });
        writer.scalars(point(2, 2.0));
        const auto second = errorOf([&] { writer.flush(); });
        ::setrlimit(RLIMIT_FSIZE, &old);
        ::signal(SIGXFSZ, previous);
        QVERIFY(error && second && error->kind() == ErrorKind::InputOutput && isSentence(error->what()));
        EventReader reader(scratch.path());
        QVERIFY(reader.poll().empty() && reader.takeWarnings().empty());
        writer.flush();
        QVERIFY((stepsOf(reader.poll()) == Steps{1, 2}));
    }
};

QTEST_APPLESS_MAIN(TestEventFile)
#include "tst_event_file.moc"
