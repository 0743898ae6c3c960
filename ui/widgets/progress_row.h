#pragma once
// Long work in one line: what, how far, time left, Cancel. It never blocks anything. GUI thread only.

#include <QWidget>

class QLabel;
class QProgressBar;
class QPushButton;

namespace alphascope::ui {

class ElidedLabel;

class ProgressRow : public QWidget {
    Q_OBJECT
public:
    explicit ProgressRow(QWidget* parent = nullptr);

    void setText(const QString& what);
    /// total 0: it is not known how long it takes.
    void setProgress(qint64 done, qint64 total);
    /// Negative: not known.
    void setSecondsLeft(double seconds);
    /// No Cancel button where work cannot be cancelled; after a click it reads "Cancelling…" until finish().
    void setCancellable(bool cancellable);
    /// Ready for the next work; hides the row.
    void finish();

Q_SIGNALS:
    void cancelRequested();

private:
    ElidedLabel* text_;
    QProgressBar* bar_;
    QLabel* left_;
    QPushButton* cancel_;
};

/// "2 h 04", "3 min 10", "12 s"; empty for negative or endless.
QString durationText(double seconds);

} // namespace alphascope::ui
