#pragma once
// What many samples say about their model: whether training pictures are repeated, with the pairs that look
// most like it; how many different pictures there are; how codes fill the prior, number by number. GUI thread
// only.

#include <QWidget>

#include "engine/api/neighbour_finder.h"

class QComboBox;
class QLabel;

namespace alphascope::ui {

class BarRow;
class ImageGrid;

class JudgementView : public QWidget {
    Q_OBJECT
public:
    explicit JudgementView(QWidget* parent = nullptr);

    /// Null hides it. It is to live until the next call.
    void show(const engine::NeighboursJudged* judged);

    ImageGrid* pairs() const { return pairs_; }
    BarRow* bars() const { return bars_; }
    QComboBox* statistic() const { return statistic_; }
    QString memory() const;
    QString variety() const;
    QString codes() const;

Q_SIGNALS:
    /// A sample was clicked: row of the judged ones.
    void sampleChosen(int row);

private:
    void showPairs();
    void showBars();
    std::size_t rowOf(int cell) const;

    const engine::NeighboursJudged* judged_ = nullptr;
    QLabel* memory_;
    QLabel* variety_;
    QLabel* pairsTitle_;
    ImageGrid* pairs_;
    QLabel* codes_;
    QComboBox* statistic_;
    BarRow* bars_;
};

} // namespace alphascope::ui
