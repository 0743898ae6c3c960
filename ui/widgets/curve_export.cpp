#include "ui/widgets/curve_axes.h"
#include "ui/widgets/curve_plot_private.h"

#include <QFileInfo>
#include <QSaveFile>
#include <QSvgGenerator>

#include <algorithm>

namespace alphascope::ui {

namespace {

constexpr double pngScale = 2;

QString quoted(const QString& field) {
    QString text = field;
    return QLatin1Char('"') + text.replace(QLatin1Char('"'), QLatin1String("\"\"")) + QLatin1Char('"');
}

QString plainNumber(double value) {
    if (std::isnan(value)) {
        return QStringLiteral("nan");
    }
    if (std::isinf(value)) {
        return value > 0 ? QStringLiteral("inf") : QStringLiteral("-inf");
    }
    return QString::number(value, 'g', QLocale::FloatingPointShortest);
}

bool writeCsv(QIODevice& device, const std::vector<const CurveSeries*>& list) {
    QByteArray text = "series,step,wall_time,value,low,high\n";
    const auto bound = [](const QVector<double>& bounds, int index) {
        return index < bounds.size() && std::isfinite(bounds[index]) ? plainNumber(bounds[index]).toLatin1()
                                                                     : QByteArray();
    };
    for (const CurveSeries* series : list) {
        const QByteArray name = quoted(series->name).toUtf8();
        for (int i = 0; i < series->count(); ++i) {
            text += name + ',' + plainNumber(series->steps[i]).toLatin1() + ',' +
                    QByteArray::number(series->walls[i], 'f', 3) + ',' +
                    plainNumber(series->values[i]).toLatin1() + ',' + bound(series->lows, i) + ',' +
                    bound(series->highs, i) + '\n';
        }
    }
    return device.write(text) == text.size();
}

} // namespace

// On paper nobody can ask the legend bar or the overlay: names and units go into the drawing.
void CurvePlot::Private::addExportLegend(bool on) {
    plot->legend->clearItems();
    for (Drawn* series : order) {
        if (on && series->data.visible) {
            series->line->setName(series->data.label);
            series->line->addToLegend(plot->legend);
        }
    }
    plot->legend->setVisible(on);
    // In a row of its own above the curves, where it hides nothing.
    QCPLayoutInset* inset = plot->axisRect()->insetLayout();
    if (on) {
        inset->take(plot->legend);
        plot->plotLayout()->insertRow(0);
        plot->plotLayout()->addElement(0, 0, plot->legend);
        plot->plotLayout()->setRowStretchFactor(0, 0.001);
        plot->legend->setFillOrder(QCPLegend::foColumnsFirst);
    } else {
        plot->plotLayout()->take(plot->legend);
        plot->plotLayout()->simplify();
        inset->addElement(plot->legend, Qt::AlignTop | Qt::AlignRight);
    }
    static const QString names[] = {CurvePlot::tr("step"), CurvePlot::tr("time since start"),
                                    CurvePlot::tr("time")};
    plot->xAxis->setLabel(on ? names[static_cast<int>(axis)] : QString());
    plot->yAxis->setLabel(on ? unit : QString());
}

bool CurvePlot::exportTo(const QString& path, QString* error) {
    return exportTogether({this}, path, error);
}

namespace {

QSize exportSize(const CurvePlot& plot) {
    return plot.size().expandedTo({480, 300});
}

/// The size of all, one below the other.
QSize stackedSize(const QVector<CurvePlot*>& plots) {
    QSize total(0, 0);
    for (const CurvePlot* plot : plots) {
        const QSize size = exportSize(*plot);
        total = {std::max(total.width(), size.width()), total.height() + size.height()};
    }
    return total;
}

} // namespace

bool CurvePlot::Private::drawInto(QIODevice& device, const QVector<CurvePlot*>& plots, bool vector) {
    const QSize total = stackedSize(plots);
    const QBrush ground = plots.first()->d_->plot->palette().base();
    if (!vector) {
        QImage picture(total * pngScale, QImage::Format_RGB32);
        QPainter painter(&picture);
        painter.fillRect(picture.rect(), ground);
        int top = 0;
        for (const CurvePlot* plot : plots) {
            const QSize size = exportSize(*plot);
            painter.drawPixmap(0, top, plot->d_->plot->toPixmap(total.width(), size.height(), pngScale));
            top += int(size.height() * pngScale);
        }
        return painter.end() && picture.save(&device, "PNG");
    }
    QSvgGenerator generator;
    generator.setOutputDevice(&device);
    generator.setSize(total);
    generator.setViewBox(QRect(QPoint(0, 0), total));
    generator.setTitle(plots.first()->accessibleName());
    QCPPainter painter;
    if (!painter.begin(&generator)) {
        return false;
    }
    painter.setMode(QCPPainter::pmVectorized);
    painter.setMode(QCPPainter::pmNoCaching);
    painter.fillRect(QRect(QPoint(0, 0), total), ground);
    for (const CurvePlot* plot : plots) {
        const QSize size = exportSize(*plot);
        plot->d_->plot->toPainter(&painter, total.width(), size.height());
        painter.translate(0, size.height());
    }
    return painter.end();
}

bool CurvePlot::exportTogether(const QVector<CurvePlot*>& plots, const QString& path, QString* error) {
    const auto fail = [&](const QString& sentence) {
        if (error) {
            *error = sentence;
        }
        return false;
    };
    std::vector<const CurveSeries*> list;
    for (const CurvePlot* plot : plots) {
        for (const Private::Drawn* series : plot->d_->order) {
            if (series->data.count() > 0) {
                list.push_back(&series->data);
            }
        }
    }
    if (list.empty()) {
        return fail(tr("There are no curves to export yet."));
    }
    const QString suffix = QFileInfo(path).suffix().toLower();
    if (suffix != QLatin1String("png") && suffix != QLatin1String("svg") && suffix != QLatin1String("csv")) {
        return fail(tr("%1: curves are exported as .png, .svg or .csv.").arg(path));
    }
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly)) {
        return fail(tr("Cannot write %1: %2.").arg(path, file.errorString()));
    }
    bool written = false;
    if (suffix == QLatin1String("csv")) {
        written = writeCsv(file, list);
    } else {
        for (const CurvePlot* plot : plots) {
            plot->d_->prepare(); // the newest points may wait for their replot
            plot->d_->addExportLegend(true);
        }
        written = Private::drawInto(file, plots, suffix == QLatin1String("svg"));
        for (CurvePlot* plot : plots) {
            plot->d_->addExportLegend(false);
            plot->flush();
        }
    }
    if (!written || !file.commit()) {
        file.cancelWriting();
        return fail(tr("Cannot write %1: %2.").arg(path, file.errorString()));
    }
    return true;
}

} // namespace alphascope::ui
