#include "ui/panels/study_axes_panel.h"

#include <QMenu>
#include <QToolButton>

#include <algorithm>
#include <limits>

#include "ui/models/text.h"
#include "ui/panels/form.h"
#include "ui/panels/study_actions.h"
#include "ui/panels/study_parts.h"
#include "ui/theme/icons.h"
#include "ui/widgets/parallel_axes.h"

namespace alphascope::ui {

namespace {

constexpr double noValue = std::numeric_limits<double>::quiet_NaN();

bool varies(const engine::StudyMethod& method, const std::string& parameter, bool withFollowers) {
    return std::any_of(method.ranges.begin(), method.ranges.end(), [&](const engine::StudyRange& range) {
        const bool follows = std::find(range.also.begin(), range.also.end(), parameter) != range.also.end();
        return range.parameter == parameter || (withFollowers && follows);
    });
}

/// Parameters of one method; of all methods, those that two or more share (else there would be more axes than
/// room, most of them for one method only), or all where they share none.
std::vector<const StudyParameter*> variedBy(const StudyReading& reading, std::optional<std::size_t> method) {
    std::vector<const StudyParameter*> all;
    std::vector<const StudyParameter*> shared;
    const std::vector<engine::StudyMethod>& methods = reading.study().methods;
    for (const StudyParameter& parameter : reading.table.parameters) {
        if (method && !varies(methods[*method], parameter.name, false))
            continue;
        all.push_back(&parameter);
        if (std::count_if(methods.begin(), methods.end(), [&](const engine::StudyMethod& one) {
                return varies(one, parameter.name, true);
            }) > 1)
            shared.push_back(&parameter);
    }
    return method || shared.empty() ? all : shared;
}

/// "generator rate" for "Rate, generator": axes stand close, and what tells them apart comes first.
QString axisTitle(const StudyParameter& parameter) {
    const QString title = text(parameter.title);
    const qsizetype comma = title.indexOf(QStringLiteral(", "));
    return comma < 0 ? title : title.mid(comma + 2) + QLatin1Char(' ') + title.left(comma).toLower();
}

} // namespace

StudyAxesPanel::StudyAxesPanel(StudyController& controller, StudyActions& actions, QWidget* parent)
    : Panel(tr("Axes"), parent), controller_(controller), actions_(actions), axes_(new ParallelAxes(this)),
      methods_(new FormCombo(this)), clear_(new QToolButton(this)) {
    axes_->setObjectName(QStringLiteral("studyAxes"));
    axes_->setAccessibleName(tr("Parallel coordinates of the settings"));
    axes_->setEmptyText(tr("No figures yet"), tr("Lines appear as trials finish."));
    axes_->setToolTip(tr("Drag along an axis to filter, drag a title to reorder the axes"));
    methods_->setObjectName(QStringLiteral("axesMethod"));
    methods_->setFixedWidth(132);
    methods_->setAccessibleName(tr("Method"));
    methods_->setToolTip(tr("Whose settings: of all methods, over the parameters that they share"));
    clear_->setObjectName(QStringLiteral("clearBrushes"));
    clear_->setProperty("flat", true);
    clear_->setIcon(icon(QStringLiteral("reset"), IconColor::Muted));
    clear_->setAccessibleName(tr("Clear the brushes"));
    clear_->setToolTip(tr("Clear the brushes"));
    clear_->hide(); // until there are some
    addHeaderWidget(methods_);
    addHeaderWidget(clear_);
    setContent(axes_);
    connect(methods_, &QComboBox::currentIndexChanged, this, &StudyAxesPanel::refresh);
    connect(clear_, &QToolButton::clicked, axes_, &ParallelAxes::clearBrushes);
    connect(axes_, &ParallelAxes::brushedChanged, this, &StudyAxesPanel::takeBrushes);
    connect(axes_, &ParallelAxes::clicked, this, [this](int line) { controller_.select(keyAt(line)); });
    connect(axes_, &ParallelAxes::activated, this, [this](int line) {
        if (const auto key = keyAt(line))
            actions_.explore(*key);
    });
    axes_->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(axes_, &QWidget::customContextMenuRequested, this, [this](const QPoint& place) {
        if (controller_.selected())
            actions_.makeMenu(*controller_.selected(), this)->popup(axes_->mapToGlobal(place));
    });
    connect(&controller_, &StudyController::opened, this, [this] { axes_->clearBrushes(); });
    connect(&controller_, &StudyController::readingChanged, this, &StudyAxesPanel::refresh);
    connect(&controller_, &StudyController::dataChanged, this, &StudyAxesPanel::refresh);
    connect(&controller_, &StudyController::closed, this, &StudyAxesPanel::refresh);
    connect(&controller_, &StudyController::selectionChanged, this, &StudyAxesPanel::refreshMarks);
    connect(&controller_, &StudyController::highlightChanged, this, &StudyAxesPanel::refreshMarks);
    refresh();
}

std::optional<SettingKey> StudyAxesPanel::keyAt(int line) const {
    return line >= 0 && std::size_t(line) < lines_.size() ? std::optional(lines_[std::size_t(line)])
                                                          : std::nullopt;
}

void StudyAxesPanel::refresh() {
    fillMethodChooser(methods_, controller_);
    const auto& reading = controller_.reading();
    const Content content{reading ? reading->figures : decltype(content_.figures)(), controller_.data(),
                          chosenMethod(methods_)};
    if (reading && content == content_)
        return; // only steps went on
    content_ = content;
    lines_.clear();
    if (!reading) {
        axes_->clear();
        return;
    }
    const std::optional<std::size_t> method = chosenMethod(methods_);
    const std::vector<const StudyParameter*> parameters = variedBy(*reading, method);
    const std::vector<std::size_t> figures = reading->shownColumns();
    QVector<ParallelAxis> axes;
    for (const StudyParameter* parameter : parameters) {
        QStringList choices;
        for (const std::string& choice : parameter->choices)
            choices << text(choice);
        axes.append({axisTitle(*parameter), parameter->logarithmic, choices});
    }
    for (const std::size_t i : figures)
        axes.append({text(reading->table.metrics[i])});
    QVector<ParallelLine> lines;
    for (const StudySettingRow& row : reading->table.rows) {
        if (row.key.data != controller_.data() || row.rank == 0 || (method && row.key.method != *method))
            continue;
        ParallelLine line{.values = {}, .series = int(row.key.method)};
        for (const StudyParameter* parameter : parameters)
            line.values.append(parameterNumber(*parameter, row).value_or(noValue));
        for (const std::size_t i : figures)
            line.values.append(row.figures[i] ? row.figures[i]->mean : noValue);
        lines.append(line);
        lines_.push_back(row.key);
    }
    axes_->setContent(axes, lines_.empty() ? QVector<ParallelLine>() : lines);
    takeBrushes();
    refreshMarks();
}

void StudyAxesPanel::takeBrushes() {
    clear_->setVisible(axes_->hasBrush());
    setCaption(axes_->hasBrush() ? tr("%1 left").arg(axes_->brushed().size()) : QString());
    if (!axes_->hasBrush()) {
        controller_.setBrushed(std::nullopt);
        return;
    }
    SettingKeys keys;
    for (const int line : axes_->brushed())
        if (const auto key = keyAt(line))
            keys.insert(*key);
    controller_.setBrushed(keys);
}

void StudyAxesPanel::refreshMarks() {
    QSet<int> shown;
    int selected = -1;
    const auto& keys = controller_.highlighted();
    for (std::size_t i = 0; i < lines_.size(); ++i) {
        if (keys && keys->count(lines_[i]) > 0)
            shown.insert(int(i));
        if (controller_.selected() == lines_[i])
            selected = int(i);
    }
    if (keys && shown.isEmpty())
        shown.insert(-1); // all are left out, which an empty set would not say
    axes_->setHighlighted(shown);
    axes_->setSelected(selected);
}

} // namespace alphascope::ui
