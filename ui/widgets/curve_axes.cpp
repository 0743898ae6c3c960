#include "ui/widgets/curve_axes.h"

#include "ui/widgets/paint_help.h"
#include "ui/widgets/progress_row.h"

#include <QDateTime>

#include <algorithm>
#include <cmath>

namespace alphascope::ui {

namespace {

QString trimmedNumber(double value, int decimals) {
    QString text = QString::number(value, 'f', decimals);
    while (text.contains(QLatin1Char('.')) &&
           (text.endsWith(QLatin1Char('0')) || text.endsWith(QLatin1Char('.')))) {
        const bool point = text.endsWith(QLatin1Char('.'));
        text.chop(1);
        if (point) {
            break;
        }
    }
    return text;
}

class StepTicker : public QCPAxisTicker {
protected:
    QString getTickLabel(double tick, const QLocale&, QChar, int) override { return stepText(tick); }
    // Steps are whole numbers, so ticks between them would repeat labels.
    double getTickStep(const QCPRange& range) override {
        return std::max(1.0, QCPAxisTicker::getTickStep(range));
    }
};

class SecondsTicker : public QCPAxisTicker {
protected:
    double getTickStep(const QCPRange& range) override {
        static constexpr double steps[] = {1,   2,    5,    10,   15,    30,    60,    120,   300,    600,
                                           900, 1800, 3600, 7200, 14400, 21600, 43200, 86400, 172800, 604800};
        for (const double step : steps) {
            if (range.size() / step <= tickCount() + 1) {
                return step;
            }
        }
        return QCPAxisTicker::getTickStep(range);
    }
    QString getTickLabel(double tick, const QLocale&, QChar, int) override {
        const qint64 seconds = std::llround(tick);
        if (seconds <= 0) {
            return seconds == 0 ? QStringLiteral("0") : QString();
        }
        if (seconds % 3600 == 0) {
            return CurvePlot::tr("%1 h").arg(seconds / 3600);
        }
        return seconds < 3600 && seconds % 60 == 0 ? CurvePlot::tr("%1 min").arg(seconds / 60)
                                                   : durationText(tick);
    }
};

class WallTicker : public QCPAxisTickerDateTime {
protected:
    double getTickStep(const QCPRange& range) override {
        setDateTimeFormat(range.size() > 2 * 86400 ? QStringLiteral("MMM d")
                          : range.size() > 10 * 60 ? QStringLiteral("HH:mm")
                                                   : QStringLiteral("HH:mm:ss"));
        return QCPAxisTickerDateTime::getTickStep(range);
    }
};

/// As many ticks as the axis has room for labels.
class ValueTicker : public QCPAxisTicker {
public:
    explicit ValueTicker(const QCPAxis& axis) : axis_(axis) {}

protected:
    QString getTickLabel(double tick, const QLocale&, QChar, int) override {
        const double size = std::abs(tick);
        if (size > 0 && (size < 1e-4 || size >= 1e6)) {
            return curveValueText(tick);
        }
        const int decimals =
            step_ > 0 ? std::max(0, static_cast<int>(std::ceil(-std::log10(step_) - 1e-9))) : 2;
        const bool half =
            std::abs(step_ * std::pow(10, decimals) - std::round(step_ * std::pow(10, decimals))) > 1e-6;
        return numberText(tick, decimals + (half ? 1 : 0));
    }
    double getTickStep(const QCPRange& range) override {
        const double lines = axis_.axisRect()->height() / QFontMetricsF(axis_.tickLabelFont()).height();
        setTickCount(std::clamp(static_cast<int>(lines / 1.8), 2, 4));
        step_ = QCPAxisTicker::getTickStep(range);
        return step_;
    }

private:
    const QCPAxis& axis_;
    double step_ = 0;
};

class LogTicker : public QCPAxisTickerLog {
protected:
    QString getTickLabel(double tick, const QLocale&, QChar, int) override { return curveValueText(tick); }
};

} // namespace

QString stepText(double step) {
    const double size = std::abs(step);
    if (size >= 1e6) {
        return trimmedNumber(step / 1e6, 3) + QLatin1Char('M');
    }
    if (size >= 1e4 || (size >= 1e3 && std::fmod(size, 100) == 0)) {
        return trimmedNumber(step / 1e3, 2) + QLatin1Char('k');
    }
    return QString::number(std::llround(step));
}

QString curveValueText(double value) {
    if (!std::isfinite(value)) {
        return numberText(value, 0);
    }
    const double size = std::abs(value);
    QString text = size != 0 && (size < 1e-4 || size >= 1e6) ? QString::number(value, 'e', 2)
                                                             : QString::number(value, 'g', 4);
    const qsizetype e = text.indexOf(QLatin1Char('e'));
    if (e > 0) { // "1.20e-05" reads better as "1.2e-5"
        QString digits = text.left(e);
        while (digits.contains(QLatin1Char('.')) && (digits.endsWith(QLatin1Char('0')))) {
            digits.chop(1);
        }
        if (digits.endsWith(QLatin1Char('.'))) {
            digits.chop(1);
        }
        text = digits + QLatin1Char('e') + QString::number(text.mid(e + 1).toInt());
    }
    return text.replace(QLatin1Char('-'), QChar(0x2212));
}

QString axisValueText(CurveAxis axis, double x) {
    switch (axis) {
    case CurveAxis::Step:
        return CurvePlot::tr("step %1").arg(groupedText(std::llround(x)));
    case CurveAxis::Relative:
        return durationText(std::max(0.0, x));
    case CurveAxis::Wall:
        return QDateTime::fromMSecsSinceEpoch(static_cast<qint64>(x * 1000))
            .toString(QStringLiteral("yyyy-MM-dd HH:mm:ss"));
    }
    return {};
}

QSharedPointer<QCPAxisTicker> xTicker(CurveAxis axis) {
    QSharedPointer<QCPAxisTicker> ticker;
    switch (axis) {
    case CurveAxis::Step:
        ticker.reset(new StepTicker);
        break;
    case CurveAxis::Relative:
        ticker.reset(new SecondsTicker);
        break;
    case CurveAxis::Wall:
        ticker.reset(new WallTicker);
        break;
    }
    return ticker;
}

int xTickCount(const QCPAxis& axis, CurveAxis kind, int length) {
    const QString widest = kind == CurveAxis::Wall ? QStringLiteral("00:00:00") : QStringLiteral("00.0k");
    const double room = 1.6 * QFontMetricsF(axis.tickLabelFont()).horizontalAdvance(widest);
    return std::clamp(static_cast<int>(length / room), 2, 5);
}

QSharedPointer<QCPAxisTicker> yTicker(const QCPAxis& axis, bool logarithmic) {
    QSharedPointer<QCPAxisTicker> ticker;
    if (logarithmic) {
        ticker.reset(new LogTicker);
    } else {
        ticker.reset(new ValueTicker(axis));
    }
    return ticker;
}

} // namespace alphascope::ui
