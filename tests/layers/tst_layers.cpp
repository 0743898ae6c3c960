// The arrows between the layers hold in this tree; and the check can fail, shown on small trees made for it.

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include "tests/layers/layer_rules.h"

using namespace alphascope::tests;

namespace {

struct SourceFile {
    QString path;
    QString text;
};

void write(const QTemporaryDir& root, const SourceFile& file) {
    const QString path = root.filePath(file.path);
    QVERIFY(QDir().mkpath(QFileInfo(path).path()));
    QFile out(path);
    QVERIFY(out.open(QIODevice::WriteOnly));
    out.write(file.text.toUtf8());
}

QString include(const char* header) {
    return QStringLiteral("#include <%1>\n").arg(QLatin1String(header));
}

} // namespace

class TestLayers : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void thisTreeKeepsItsLayers() {
        const QByteArray root = qgetenv("ALPHASCOPE_SOURCE_DIR");
        QVERIFY2(!root.isEmpty(), "Set ALPHASCOPE_SOURCE_DIR to the root of the sources.");
        QVERIFY(layerFileCount(root.toStdString()) > 50);
        const auto violations = layerViolations(root.toStdString());
        for (const Violation& violation : violations) {
            qWarning("%s: %s", violation.rule.c_str(), violation.chain.c_str());
        }
        QCOMPARE(violations.size(), std::size_t(0));
    }

    void aWrongIncludeIsFound_data() {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("text");
        const auto row = [](const char* path, const char* header) {
            QTest::addRow("%s includes %s", path, header) << QString::fromLatin1(path) << include(header);
        };
        row("models/a.h", "QString");
        row("models/a.cpp", "QtCore/QObject");
        row("models/deep/er/a.cpp", "qstring.h");
        row("models/a.cpp", "opencv2/core.hpp");
        row("models/a.cpp", "engine/api/image.h");
        row("models/a.cpp", "ui/main_window.h");
        row("engine/training/a.cpp", "QThread");
        row("engine/training/a.cpp", "opencv2/imgproc.hpp");
        row("engine/storage/a.cpp", "opencv2/imgcodecs.hpp");
        row("engine/data/a.cpp", "opencv2/imgcodecs.hpp");
        row("engine/imaging/a.cpp", "opencv2/core.hpp");
        row("engine/api/a.h", "torch/torch.h");
        row("engine/api/a.h", "opencv2/core.hpp");
        row("engine/session/a.cpp", "ATen/ATen.h");
        row("engine/concurrency/a.h", "c10/util/Exception.h");
        row("engine/data/a.cpp", "ui/main_window.h");
        row("engine/data/a.cpp", "app/options.h");
        row("ui/a.cpp", "torch/torch.h");
        row("ui/a.cpp", "opencv2/core.hpp");
        row("ui/a.cpp", "engine/training/method_trainer.h");
        row("ui/a.cpp", "models/methods/method.h");
        row("ui/a.cpp", "app/options.h");
        row("app/a.cpp", "c10/core/Device.h");
        row("app/a.cpp", "opencv2/core.hpp");
        row("app/a.cpp", "engine/storage/npy.h");
        QTest::newRow("spaces and quotes")
            << QStringLiteral("models/a.cpp") << QStringLiteral("int x;\n  #  include \"QString\"\n");
    }
    void aWrongIncludeIsFound() {
        QFETCH(QString, path);
        QFETCH(QString, text);
        const QTemporaryDir root;
        write(root, {path, text});
        const auto violations = layerViolations(root.path().toStdString());
        QCOMPARE(violations.size(), std::size_t(1));
        QCOMPARE(QString::fromStdString(violations[0].file), path);
    }

    void aWrongHeaderBehindAnotherIsFound() {
        const QTemporaryDir root;
        write(root, {QStringLiteral("engine/api/clean.h"),
                     QStringLiteral("#include \"engine/training/leak.h\"\n")});
        write(root, {QStringLiteral("engine/training/leak.h"), QStringLiteral("#include \"tensors.h\"\n")});
        write(root, {QStringLiteral("engine/training/tensors.h"), include("torch/torch.h")});
        write(root, {QStringLiteral("ui/window.cpp"), QStringLiteral("#include \"engine/api/clean.h\"\n")});
        const auto violations = layerViolations(root.path().toStdString());
        QCOMPARE(violations.size(), std::size_t(2)); // the header of the border, and the window behind it
        QCOMPARE(violations[1].chain,
                 std::string("ui/window.cpp -> engine/api/clean.h -> engine/training/leak.h -> "
                             "engine/training/tensors.h -> torch/torch.h"));
    }

    void whatIsAllowedIsNotFound() {
        const QTemporaryDir root;
        write(root, {QStringLiteral("models/a.h"), include("torch/torch.h") + include("models/a.h")});
        write(root, {QStringLiteral("engine/imaging/opencv/a.cpp"), include("opencv2/core.hpp")});
        write(root, {QStringLiteral("engine/training/a.cpp"),
                     include("torch/torch.h") + include("models/a.h") + include("engine/api/image.h")});
        write(root, {QStringLiteral("engine/api/image.h"), include("vector") + include("queue")});
        write(root, {QStringLiteral("ui/a.cpp"), include("QString") + include("engine/api/image.h") +
                                                     include("models/schema/parameter.h") +
                                                     QStringLiteral("// #include <torch/torch.h>\n")});
        write(root, {QStringLiteral("app/a.cpp"), include("CLI/CLI.hpp") + include("ui/a.h")});
        write(root, {QStringLiteral("tests/a.cpp"), include("QTest") + include("torch/torch.h")});
        const auto violations = layerViolations(root.path().toStdString());
        for (const Violation& violation : violations) {
            qWarning("%s: %s", violation.rule.c_str(), violation.chain.c_str());
        }
        QVERIFY(violations.empty());
    }
};

QTEST_APPLESS_MAIN(TestLayers)
#include "tst_layers.moc"
