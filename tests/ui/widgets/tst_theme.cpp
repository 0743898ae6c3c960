// Theme, icons, panel and the small widgets.

#include "ui/theme/icons.h"
#include "ui/theme/style_sheet.h"
#include "ui/theme/theme.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/panel.h"
#include "ui/widgets/progress_row.h"
#include "ui/widgets/status_pill.h"

#include <QLabel>
#include <QPushButton>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QToolButton>
#include <QtTest>

#include <cmath>

using namespace alphascope::ui;

namespace {

// WCAG 2: relative luminance and contrast.
double luminance(const QColor& color) {
    const auto linear = [](double c) {
        return c <= 0.03928 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
}

double contrast(const QColor& a, const QColor& b) {
    const double x = luminance(a) + 0.05;
    const double y = luminance(b) + 0.05;
    return std::max(x, y) / std::min(x, y);
}

} // namespace

class TestTheme : public QObject {
    Q_OBJECT

private:
    Theme* theme_ = nullptr;

private Q_SLOTS:
    void initTestCase() { theme_ = new Theme(qobject_cast<QApplication*>(qApp)); }

    void isFoundThroughTheApplication() { QCOMPARE(Theme::instance(), theme_); }

    void switchesAtOnce() {
        QSignalSpy changed(theme_, &Theme::changed);
        Panel panel(QStringLiteral("Setup"));
        panel.resize(200, 100);
        panel.show();
        for (const ThemeKind kind : {ThemeKind::Light, ThemeKind::Dark}) {
            theme_->apply(kind);
            QCOMPARE(theme_->isDark(), kind == ThemeKind::Dark);
            QCOMPARE(panel.grab().toImage().pixelColor(100, 80), tokens().panel);
            QCOMPARE(QApplication::palette().color(QPalette::Window), tokens().background);
        }
        QCOMPARE(changed.count(), 2);
    }

    void namesAreStable() {
        for (const ThemeKind kind : {ThemeKind::System, ThemeKind::Light, ThemeKind::Dark}) {
            QCOMPARE(themeFromName(themeName(kind)), kind);
        }
        QCOMPARE(themeFromName(QStringLiteral("sepia")), ThemeKind::System);
    }

    void styleSheetHasNoHoles() {
        for (const Tokens& t : {lightTokens(), darkTokens()}) {
            const QString sheet = styleSheet(t);
            QVERIFY(!sheet.contains(QLatin1Char('@')));
            QVERIFY(!sheet.contains(QStringLiteral(": ;")));
            QCOMPARE(sheet.count(QLatin1Char('{')), sheet.count(QLatin1Char('}')));
        }
    }

    void textIsReadable() {
        for (const Tokens& t : {lightTokens(), darkTokens()}) {
            for (const QColor& ground : {t.background, t.panel, t.raised}) {
                QVERIFY(contrast(t.text, ground) >= 7.0);
                QVERIFY(contrast(t.muted, ground) >= 4.2);
            }
            QVERIFY(contrast(t.onAccent, t.accent) >= 4.5);
        }
    }

    void curvesStandOutInBothThemes() {
        for (const ThemeKind kind : {ThemeKind::Light, ThemeKind::Dark}) {
            theme_->apply(kind);
            for (int i = 0; i < seriesColorCount(); ++i) {
                QVERIFY(contrast(seriesColor(i), tokens().panel) >= 3.0);
                QVERIFY(seriesColor(i) != seriesColor(i + 1));
            }
        }
        QCOMPARE(seriesColor(-1), seriesColor(seriesColorCount() - 1));
    }

    void styleSheetsPicturesAreDrawn() {
        for (const ThemeKind kind : {ThemeKind::Light, ThemeKind::Dark}) {
            theme_->apply(kind);
            static const QRegularExpression link(QStringLiteral(R"(url\(([^)]+)\))"));
            int pictures = 0;
            for (auto found = link.globalMatch(styleSheet(tokens())); found.hasNext(); ++pictures) {
                const QString path = found.next().captured(1);
                QVERIFY2(!QPixmap(path).isNull(), qPrintable(path)); // null, too, without Qt's SVG plugin
            }
            QVERIFY(pictures > 8);
        }
    }

    void everyIconDrawsAndFollowsTheTheme() {
        const QStringList names = iconNames();
        QVERIFY(names.size() > 50);
        const QIcon start = icon(QStringLiteral("start"));
        for (const ThemeKind kind : {ThemeKind::Light, ThemeKind::Dark}) {
            theme_->apply(kind);
            for (const QString& name : names) {
                const QImage image = icon(name).pixmap(QSize(16, 16), 2.0).toImage();
                QCOMPARE(image.size(), QSize(32, 32));
                bool drawn = false;
                for (int i = 0; i < 32 * 32 && !drawn; ++i) {
                    drawn = qAlpha(image.pixel(i % 32, i / 32)) > 128;
                }
                QVERIFY2(drawn, qPrintable(name));
            }
            QCOMPARE(start.pixmap(QSize(16, 16), 1.0).toImage().pixelColor(7, 8).rgb(), tokens().text.rgb());
        }
        QVERIFY(icon(QStringLiteral("no-such-icon")).isNull());
        QVERIFY(!applicationIcon().pixmap(64, 64).isNull());
    }

    void titlesKeepNamesWithCapitals() {
        QCOMPARE(titleText(QStringLiteral("Wasserstein critic · ColorMNIST")),
                 QStringLiteral("WASSERSTEIN CRITIC · ColorMNIST"));
        QCOMPARE(titleText(QStringLiteral("Same codes, α-GAN")), QStringLiteral("SAME CODES, α-GAN"));
    }

    void panelShowsOneMessageAndForgetsIt() {
        Panel panel(QStringLiteral("Setup"));
        panel.show();
        int pressed = 0;
        QSignalSpy dismissed(&panel, &Panel::messageDismissed);
        panel.showMessage(MessageKind::Error, QStringLiteral("Cannot read <b>a.zip</b>."),
                          QStringLiteral("Details"), QStringLiteral("Choose another…"), [&] {
                              ++pressed;
                              panel.showMessage(MessageKind::Info, QStringLiteral("Reading…"));
                          });
        QVERIFY(panel.hasMessage());
        QCOMPARE(panel.messageBar()->text(), QStringLiteral("Cannot read <b>a.zip</b>."));
        auto* details = panel.findChild<QLabel*>(QStringLiteral("messageDetails"));
        QVERIFY(!details->isVisible());
        panel.findChild<QToolButton*>(QStringLiteral("messageUnfold"))->click();
        QVERIFY(details->isVisible());
        panel.findChild<QPushButton*>(QStringLiteral("messageAction"))->click();
        QCOMPARE(pressed, 1);
        QCOMPARE(panel.messageBar()->kind(), MessageKind::Info);
        QCOMPARE(panel.findChildren<MessageBar*>().size(), 1);
        QTest::keyClick(panel.messageBar(), Qt::Key_Escape);
        QVERIFY(!panel.hasMessage());
        QCOMPARE(dismissed.count(), 1);
    }

    void pillsAreLabelsUnlessClickable() {
        StatusPill pill(QStringLiteral("CPU × 2"), PillDot::Good);
        QSignalSpy clicked(&pill, &StatusPill::clicked);
        QTest::mouseClick(&pill, Qt::LeftButton);
        QCOMPARE(clicked.count(), 0);
        QCOMPARE(pill.focusPolicy(), Qt::NoFocus);
        pill.setClickable(true);
        QTest::mouseClick(&pill, Qt::LeftButton);
        QCOMPARE(clicked.count(), 1);
    }

    void progressAsksOnceToCancel() {
        ProgressRow row;
        row.show();
        row.setProgress(5000000000, 10000000000);
        row.setSecondsLeft(3725);
        QSignalSpy cancelled(&row, &ProgressRow::cancelRequested);
        auto* button = row.findChild<QPushButton*>(QStringLiteral("progressCancel"));
        button->click();
        button->click();
        QCOMPARE(cancelled.count(), 1);
        row.finish();
        QVERIFY(button->isEnabled());
        QVERIFY(row.isHidden());
        QCOMPARE(durationText(7440), QStringLiteral("2 h 04"));
        QCOMPARE(durationText(65), QStringLiteral("1 min 05"));
        QCOMPARE(durationText(-1), QString());
        QCOMPARE(durationText(std::nan("")), QString());
    }
};

QTEST_MAIN(TestTheme)
#include "tst_theme.moc"
