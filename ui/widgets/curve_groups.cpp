#include "ui/widgets/curve_groups.h"

#include "ui/theme/tokens.h"

#include <algorithm>

namespace alphascope::ui {

namespace {

constexpr QSize leastRoom(150, 92); // in which curves can still be read
constexpr double goodShape = 1.7;   // width by height

struct Layout {
    int columns = 1;
    QSize cell;
};

/// The number of columns that gives `count` plots the best shape in `room`.
Layout bestLayout(int count, const QSize& room, int gap) {
    Layout best;
    double score = -1;
    for (int columns = 1; columns <= count; ++columns) {
        const int rows = (count + columns - 1) / columns;
        const QSize cell((room.width() - (columns - 1) * gap) / columns,
                         (room.height() - (rows - 1) * gap) / rows);
        const double value = std::min(cell.width() / goodShape, double(cell.height()));
        if (value > score) {
            score = value;
            best = {columns, cell};
        }
    }
    return best;
}

} // namespace

CurveGroups::CurveGroups(QWidget* parent) : QWidget(parent), plots_{new CurvePlot(this)} {
    setObjectName(QStringLiteral("curveGroups"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
}

CurvePlot* CurveGroups::plotFor(const QString& unit) {
    if (const qsizetype known = units_.indexOf(unit); known >= 0) {
        return plots_[known];
    }
    if (!units_.isEmpty()) {
        auto* plot = new CurvePlot(this);
        plot->setObjectName(QStringLiteral("curvePlot:") + unit);
        plot->setSmoothing(first()->smoothing());
        plot->setAxis(first()->axis());
        plot->setLogScale(first()->logScale());
        plot->setIgnoreOutliers(first()->ignoreOutliers());
        plots_.append(plot);
    }
    units_.append(unit);
    plots_.last()->setUnit(unit);
    plots_.last()->setAccessibleName(unit.isEmpty() ? tr("Curves of pure numbers")
                                                    : tr("Curves in %1").arg(unit));
    arrange();
    Q_EMIT unitsChanged();
    return plots_.last();
}

void CurveGroups::clear() {
    while (plots_.size() > 1) {
        delete plots_.takeLast();
    }
    units_.clear();
    first()->clear();
    first()->setUnit({});
    arrange();
    Q_EMIT unitsChanged();
}

void CurveGroups::showOnly(const std::optional<QString>& unit) {
    only_ = unit;
    arrange();
}

QVector<CurvePlot*> CurveGroups::shownPlots() const {
    QVector<CurvePlot*> shown;
    std::copy_if(plots_.begin(), plots_.end(), std::back_inserter(shown),
                 [](const CurvePlot* plot) { return !plot->isHidden(); });
    return shown;
}

void CurveGroups::arrange() {
    const QVector<CurvePlot*> before = shownPlots();
    const int gap = tokens().gap;
    QVector<CurvePlot*> shown = plots_;
    if (const qsizetype alone = only_ ? units_.indexOf(*only_) : -1; alone >= 0) {
        shown = {plots_[alone]};
    }
    Layout layout = bestLayout(int(shown.size()), size(), gap);
    while (shown.size() > 1 &&
           (layout.cell.width() < leastRoom.width() || layout.cell.height() < leastRoom.height())) {
        shown.removeLast();
        layout = bestLayout(int(shown.size()), size(), gap);
    }
    for (CurvePlot* plot : plots_) {
        plot->setVisible(shown.contains(plot));
    }
    const int rows = (int(shown.size()) + layout.columns - 1) / layout.columns;
    for (int i = 0; i < shown.size(); ++i) {
        // The last row shares its width among what is left for it.
        const int row = i / layout.columns;
        const int inRow = row + 1 < rows ? layout.columns : int(shown.size()) - row * layout.columns;
        const int width = (size().width() - (inRow - 1) * gap) / inRow;
        shown[i]->setGeometry((i % layout.columns) * (width + gap), row * (layout.cell.height() + gap), width,
                              layout.cell.height());
    }
    if (shown != before) {
        Q_EMIT shownChanged();
    }
}

QSize CurveGroups::sizeHint() const {
    return first()->sizeHint();
}

QSize CurveGroups::minimumSizeHint() const {
    return first()->minimumSizeHint();
}

void CurveGroups::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    arrange();
}

} // namespace alphascope::ui
