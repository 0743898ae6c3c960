#pragma once
// Two pictures in one place: left of a divider that can be dragged the first one, right of it the second; or
// a third one, such as their difference, instead. The largest whole zoom, nearest neighbour. Pictures of
// different sizes are stretched to the larger one. GUI thread only.

#include <QImage>
#include <QWidget>

namespace alphascope::ui {

class SplitView : public QWidget {
    Q_OBJECT
public:
    explicit SplitView(QWidget* parent = nullptr);

    /// A null picture leaves its side empty; with both null the empty text is shown.
    void setPictures(const QImage& first, const QImage& second);
    void setLabels(const QString& first, const QString& second);
    /// Shown whole instead of the two, until it is set null.
    void setInstead(const QImage& picture, const QString& label);
    void setEmptyText(const QString& title, const QString& hint = {});

    /// From 0 (only the second is seen) to 1.
    void setDivider(double place);
    double divider() const { return divider_; }

    QImage first() const { return first_; }
    QImage second() const { return second_; }
    bool showsInstead() const { return !instead_.isNull(); }
    QRectF imageRect() const;

    QSize sizeHint() const override { return {280, 280}; }
    QSize minimumSizeHint() const override { return {120, 120}; }

Q_SIGNALS:
    void dividerMoved(double place);
    void activated(bool second);     ///< double click on a side, or Return
    void rowChangeRequested(int by); ///< up and down keys

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    bool splits() const { return !showsInstead() && !first_.isNull() && !second_.isNull(); }
    void moveTo(double x);
    void paintSplit(QPainter& painter, const QRectF& picture) const;
    void paintLabel(QPainter& painter, const QRectF& area, Qt::Alignment side, const QString& label) const;

    QImage first_;
    QImage second_;
    QImage instead_;
    QString firstLabel_;
    QString secondLabel_;
    QString insteadLabel_;
    QString emptyTitle_;
    QString emptyHint_;
    double divider_ = 0.5;
};

} // namespace alphascope::ui
