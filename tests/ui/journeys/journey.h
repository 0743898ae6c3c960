#pragma once
// What the journeys share: a window over the real engine, trained runs to walk through, pictures to bring,
// and a hand that clicks, types and drops. GUI thread only.
//
// The runs are small ones of drawn digits, trained when they are first asked for. ALPHASCOPE_JOURNEY_RUNS
// names a folder with better ones (METHOD/run), and ALPHASCOPE_JOURNEY_PICTURES one into which the window is
// drawn at the end of each journey: that is where the README's pictures come from.

#include <QTemporaryDir>

#include <memory>

#include "../window_bench.h"

class QComboBox;
class QMimeData;

namespace alphascope::ui::test {

/// Generous: the machine may be building something else.
inline constexpr int patience = 180'000;

class Journey {
public:
    Journey();
    ~Journey();

    /// A new window on new settings.
    MainWindow& open();
    MainWindow& window() { return *window_; }
    FakeDialogs& dialogs() { return *dialogs_; }
    QString path(const QString& name) const { return folder_.filePath(name); }
    QString runsRoot() const { return path(QStringLiteral("runs")); }

    /// Of a trained run; "" when it could not be trained.
    QString runFolder(const QString& method);
    /// A small one, below runsRoot() and with several checkpoints.
    QString trainedHere(const QString& method);
    /// Opens a run and waits until Explore shows a picture of it.
    bool explore(const QString& method);
    bool exploreFolder(const QString& folder);

    /// `count` held-out pictures of a run's data, thicker (`bold` > 0) or thinner (< 0) by that many pixels
    /// all around, as files of a new folder.
    QStringList pictures(const QString& method, const QString& name, int count, int bold = 0);

    /// The first of them that shows this digit; "" when none does.
    static QString digit(const QStringList& pictures, int label);

    /// The window as it is now, for the README.
    void keep(const QString& name);

    // ---- the hand
    /// The widget of this name that is seen; null when there is none.
    template <class Widget>
    Widget* find(const char* name) {
        for (auto* widget : window_->findChildren<Widget*>(QString::fromLatin1(name)))
            if (widget->isVisible())
                return widget;
        return nullptr;
    }
    /// By what a screen reader calls it.
    QComboBox* box(const QString& accessibleName);
    /// False when no such button is seen, or it cannot be pressed.
    bool click(const char* button);
    bool canClick(const char* button);
    void key(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier);
    /// By the arrow keys.
    static void choose(QComboBox* box, int index);
    static void drag(QWidget* widget, const QPoint& from, const QPoint& to,
                     Qt::KeyboardModifiers modifiers = Qt::NoModifier);

private:
    QTemporaryDir folder_;
    FakeDialogs* dialogs_ = nullptr;
    std::unique_ptr<MainWindow> window_;
    int windows_ = 0;
};

} // namespace alphascope::ui::test
