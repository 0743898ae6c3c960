#include "ui/panels/long_work_view.h"

#include <QVBoxLayout>

#include "ui/widgets/curve_plot.h"
#include "ui/widgets/progress_row.h"

namespace alphascope::ui {

namespace {

constexpr int plotHeight = 84;
const QString series = QStringLiteral("curve");

} // namespace

LongWorkView::LongWorkView(const QString& curve, const QString& unit, QWidget* parent)
    : QWidget(parent), progress_(new ProgressRow(this)), plot_(new CurvePlot(this)), curve_(curve) {
    plot_->setSmoothing(0.0);
    plot_->setUnit(unit);
    plot_->setAccessibleName(curve);
    plot_->setFixedHeight(plotHeight);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addWidget(progress_);
    layout->addWidget(plot_);
    connect(progress_, &ProgressRow::cancelRequested, this, &LongWorkView::cancelRequested);
    progress_->finish();
    hide();
}

void LongWorkView::showStep(const engine::ExploreResult& result, const QString& what) {
    if (result.stamp != stamp_ || !running_) {
        stamp_ = result.stamp;
        running_ = true;
        shown_ = 0;
        plot_->clear();
        plot_->addSeries(series, curve_);
        clock_.start();
        progress_->finish();
        progress_->show();
        show();
    }
    QVector<double> steps;
    QVector<double> values;
    for (; shown_ < qsizetype(result.curve.size()); ++shown_) {
        steps.append(double(shown_ + 1));
        values.append(double(result.curve[std::size_t(shown_)]));
    }
    plot_->addPoints(series, steps, steps, values); // seen by steps only: the clock does not matter
    plot_->flush();
    progress_->setText(what);
    progress_->setProgress(qint64(result.progress * 1000), 1000);
    const double seconds = double(clock_.elapsed()) * 1e-3;
    progress_->setSecondsLeft(result.progress > 0.05 ? seconds * (1.0 - result.progress) / result.progress
                                                     : -1.0);
    if (result.finished) {
        running_ = false;
        found_ = result.codes.values;
        progress_->finish();
    }
}

void LongWorkView::close() {
    running_ = false;
    progress_->finish();
    hide();
}

} // namespace alphascope::ui
