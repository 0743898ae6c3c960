#pragma once
// One thin bar for each of many numbers, with a dashed line where they should be and a colour for those that
// are out of order. GUI thread only.

#include <QString>
#include <QVector>
#include <QWidget>

namespace alphascope::ui {

class BarRow : public QWidget {
    Q_OBJECT
public:
    explicit BarRow(QWidget* parent = nullptr);

    /// `values` from 0 on; `marked`: those drawn as a warning. `reference`: the height of the dashed line.
    void setValues(const QVector<double>& values, const QVector<bool>& marked, double reference);
    const QVector<double>& values() const { return values_; }
    /// Text of the tool tip over one bar.
    void setDescriptions(const QVector<QString>& texts) { texts_ = texts; }

    QSize sizeHint() const override { return {200, 72}; }
    QSize minimumSizeHint() const override { return {80, 48}; }

protected:
    void paintEvent(QPaintEvent* event) override;
    bool event(QEvent* event) override;

private:
    int barAt(double x) const;

    QVector<double> values_;
    QVector<bool> marked_;
    QVector<QString> texts_;
    double reference_ = 1.0;
};

} // namespace alphascope::ui
