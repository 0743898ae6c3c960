#pragma once
// A few errors side by side: name, bar and number in a row each, all on one scale from zero. GUI thread only.

#include <QList>
#include <QWidget>

namespace alphascope::ui {

class ErrorBars : public QWidget {
    Q_OBJECT
public:
    struct Bar {
        QString name;
        double value = 0.0;
        QString toolTip;
        bool operator==(const Bar&) const = default;
    };

    explicit ErrorBars(QWidget* parent = nullptr);

    /// The smallest one is marked.
    void setBars(QList<Bar> bars);
    const QList<Bar>& bars() const { return bars_; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    int rowHeight() const;

    QList<Bar> bars_;
};

} // namespace alphascope::ui
