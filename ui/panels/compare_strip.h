#pragma once
// The columns of a comparison side by side: each model's pictures with its name and figures beneath. One
// strip shows samples, another one reconstructions; a selected cell is selected in all columns. GUI thread
// only.

#include <QScrollArea>

#include "ui/session/compare_controller.h"

class QHBoxLayout;
class QLabel;
class QMenu;
class QToolButton;

namespace alphascope::ui {

class ElidedLabel;
class ImageGrid;

/// One column.
class CompareBlock : public QWidget {
    Q_OBJECT
public:
    CompareBlock(CompareController& controller, CompareRows rows, int index, QWidget* parent = nullptr);

    void refresh();
    void refreshSelection();
    ImageGrid* grid() const { return grid_; }
    QString title() const;
    QString caption() const;
    /// What can be done with the column; the caller owns it.
    QMenu* makeMenu();

private:
    const CompareColumn& column() const { return controller_.columns()[std::size_t(index_)]; }
    void refreshSamples(const engine::ComparedModel& model);
    void refreshInputs(const engine::ComparedModel& model);
    QString captionText() const;
    QString toolTipText() const;

    CompareController& controller_;
    CompareRows rows_;
    int index_;
    ImageGrid* grid_;
    QLabel* badge_;
    ElidedLabel* title_;
    ElidedLabel* caption_;
    QToolButton* menu_;
};

class CompareStrip : public QScrollArea {
    Q_OBJECT
public:
    CompareStrip(CompareController& controller, CompareRows rows, QWidget* parent = nullptr);

    CompareBlock* block(int index) const { return blocks_.value(index); }
    int count() const { return int(blocks_.size()); }

private:
    void rebuild();

    CompareController& controller_;
    CompareRows rows_;
    QHBoxLayout* layout_;
    QList<CompareBlock*> blocks_;
};

} // namespace alphascope::ui
