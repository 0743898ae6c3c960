#pragma once
// Work in Explore that takes many steps, seen while it goes on: a progress bar with Cancel, and the curve of
// what it improves. GUI thread only.

#include <QElapsedTimer>
#include <QWidget>

#include "engine/api/explorer.h"

namespace alphascope::ui {

class CurvePlot;
class ProgressRow;

class LongWorkView : public QWidget {
    Q_OBJECT
public:
    /// `curve` names what is drawn ("smallest L1 error"), `unit` what it is measured in.
    LongWorkView(const QString& curve, const QString& unit, QWidget* parent = nullptr);

    /// Shows a step; the first one of a new stamp begins anew. After the last one the bar goes and the curve
    /// stays, until close().
    void showStep(const engine::ExploreResult& result, const QString& what);
    void close();
    bool isRunning() const { return running_; }
    /// What the last finished work ended at; empty before.
    const std::vector<float>& foundCode() const { return found_; }
    CurvePlot* plot() const { return plot_; }

Q_SIGNALS:
    void cancelRequested();

private:
    ProgressRow* progress_;
    CurvePlot* plot_;
    QString curve_;
    QElapsedTimer clock_;
    std::uint64_t stamp_ = 0;
    bool running_ = false;
    std::vector<float> found_;
    qsizetype shown_ = 0; ///< points of the curve
};

} // namespace alphascope::ui
