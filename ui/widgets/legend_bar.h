#pragma once
// The names of the curves as chips that wrap into lines: click (or Space) shows and hides a curve, the
// pointer on a chip brings its curve forward. GUI thread only.

#include <QAbstractButton>
#include <QVector>
#include <QWidget>

namespace alphascope::ui {

class LegendChip : public QAbstractButton {
    Q_OBJECT
public:
    LegendChip(const QString& text, int seriesIndex, QWidget* parent);

    /// Whether the curve has a band around it, as its sign then has.
    void setBanded(bool banded);

    QSize sizeHint() const override;

Q_SIGNALS:
    void hovered(bool inside);

protected:
    void paintEvent(QPaintEvent* event) override;
    void enterEvent(QEnterEvent* event) override;
    void leaveEvent(QEvent* event) override;
    /// Space belongs to the window (start and pause), so Return toggles too.
    void keyPressEvent(QKeyEvent* event) override;

private:
    int index_;
    bool banded_ = false;
};

class LegendBar : public QWidget {
    Q_OBJECT
public:
    explicit LegendBar(QWidget* parent = nullptr);

    struct Entry {
        QString name;
        QString label;
        int colorIndex = 0;
        bool visible = true;
        QString meaning = {}; ///< one line for the tool tip
        bool banded = false;  ///< it has an interval around it
    };
    void setEntries(const QVector<Entry>& entries);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;

Q_SIGNALS:
    void toggled(const QString& name, bool visible);
    /// Empty when the pointer left.
    void highlighted(const QString& name);

protected:
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    int place(int width, bool apply) const;

    QVector<Entry> entries_;
    QVector<LegendChip*> chips_;
};

} // namespace alphascope::ui
