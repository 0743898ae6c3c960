#include "ui/panels/setup_panel.h"

#include <QComboBox>
#include <QFileInfo>
#include <QLineEdit>
#include <QScrollArea>
#include <QToolButton>

#include <utility>

#include "ui/dialogs/dialogs.h"
#include "ui/models/figures.h"
#include "ui/models/method_text.h"
#include "ui/models/session_actions.h"
#include "ui/models/text.h"
#include "ui/panels/data_box.h"
#include "ui/panels/form.h"
#include "ui/panels/method_box.h"
#include "ui/panels/method_card.h"
#include "ui/panels/parameter_editor.h"
#include "ui/widgets/progress_row.h"

namespace alphascope::ui {

namespace {

std::int64_t integer(const QLineEdit* line) {
    return line->text().trimmed().toLongLong();
}

void showInteger(QLineEdit* line, std::int64_t value) {
    line->setText(value == 0 ? QString() : QString::number(value));
}

} // namespace

engine::RunConfig SetupPanel::config() const {
    engine::RunConfig config = fork_ ? forkedConfig() : engine::RunConfig();
    config.steps = integer(steps_);
    config.threads = int(integer(threads_));
    config.device = device_->currentData().toString().toStdString();
    config.checkpointEvery = integer(checkpointEvery_);
    config.metricsEvery = integer(metricsEvery_);
    config.runFolder = runFolder_->text().trimmed().toStdString();
    if (fork_)
        return config;
    config.method = method_->currentData().toString().toStdString();
    config.data = data_.toStdString();
    config.transform = transform_->isEnabled() ? transform_->currentData().toString().toStdString() : "";
    config.crop = crop_->isEnabled() ? crop_->currentData().toString().toStdString() : "";
    config.size = awaitedSize_.value_or(size_->currentData().toInt());
    config.preset = preset_->currentData().toString().toStdString();
    config.overrides = form_.overrides();
    config.seed = std::uint64_t(std::max<std::int64_t>(1, integer(seed_)));
    return config;
}

/// What the checkpoint was made with, and the parameters as the form has them: also those that the user set
/// back to their defaults, which the checkpoint has otherwise.
engine::RunConfig SetupPanel::forkedConfig() const {
    engine::RunConfig config = fork_->config;
    config.data = data_.toStdString();
    for (auto& [name, value] : config.overrides)
        value = form_.text(name);
    for (const auto& [name, value] : form_.overrides())
        config.overrides[name] = value;
    return config;
}

void SetupPanel::setFork(const engine::ForkPoint& point) {
    fork_.reset();
    setConfig(point.config);
    runFolder_->clear();
    fork_ = point;
    const QString run = QFileInfo(text(point.run)).fileName();
    const QString origin = run.isEmpty() ? QFileInfo(text(point.config.forkFrom)).fileName() : run;
    forkBar_->setMessage(MessageKind::Info,
                         tr("The next run is a fork of %1 from step %2.").arg(origin, stepText(point.step)),
                         {}, tr("Begin anew instead"), [this] { endFork(); });
    forkBar_->show();
    applyLocks();
    Q_EMIT configChanged();
}

void SetupPanel::endFork() {
    if (!fork_)
        return;
    fork_.reset();
    forkBar_->hide();
    applyLocks();
    Q_EMIT configChanged();
}

QString SetupPanel::forkLockReason() const {
    return fork_ ? tr("A fork takes over the networks of step %1, and with them what they were made for.")
                       .arg(stepText(fork_->step))
                 : QString();
}

void SetupPanel::setConfig(const engine::RunConfig& config) {
    endFork();
    const int method = method_->findData(text(config.method));
    if (method >= 0)
        method_->setCurrentIndex(method);
    form_.resetAll();
    chooseMethod(method_->currentData().toString().toStdString());
    const int preset = preset_->findData(text(config.preset));
    if (preset >= 0)
        preset_->setCurrentIndex(preset);
    form_.setPreset(preset_->currentData().toString().toStdString());
    form_.setOverrides(config.overrides);
    transform_->setCurrentIndex(std::max(0, transform_->findData(text(config.transform))));
    crop_->setCurrentIndex(std::max(0, crop_->findData(text(config.crop))));
    setData(text(config.data));
    if (!config.data.empty())
        awaitedSize_ = config.size;
    showInteger(steps_, config.steps);
    showInteger(seed_, std::int64_t(config.seed));
    showInteger(threads_, config.threads);
    showInteger(checkpointEvery_, config.checkpointEvery);
    showInteger(metricsEvery_, config.metricsEvery);
    device_->setCurrentIndex(std::max(0, device_->findData(text(config.device))));
    showValues();
    Q_EMIT configChanged();
}

ParameterForm::Switch SetupPanel::chooseMethod(const std::string& name) {
    const models::MethodTraits* traits = bridge_.findMethod(name);
    if (!traits)
        return {};
    const QString before = preset_->currentData().toString();
    ParameterForm::Switch outcome = form_.setMethod(*traits);
    preset_->clear();
    for (const models::MethodPreset& preset : traits->presets)
        preset_->addItem(text(preset.title.empty() ? preset.name : preset.title), text(preset.name));
    const int kept = preset_->findData(before);
    preset_->setCurrentIndex(std::max(0, kept >= 0 ? kept : preset_->findData(QStringLiteral("quick"))));
    form_.setPreset(preset_->currentData().toString().toStdString());
    setToolTipOf(method_, methodToolTip(*traits));
    card_->setMethod(*traits);
    rebuildParameters();
    Q_EMIT configChanged();
    return outcome;
}

/// As the user does it: what he had set before is his, so he is told what became of it.
void SetupPanel::switchMethod(const std::string& name) {
    const models::MethodTraits* before = form_.method();
    if (before && before->name == name)
        return;
    const QString presetTitle = preset_->currentText();
    const QString preset = preset_->currentData().toString();
    ParameterForm::Switch outcome = chooseMethod(name);
    if (before && preset_->currentData().toString() != preset)
        outcome.reset.push_back(tr("size “%1”").arg(presetTitle).toStdString());
    clearMessage();
    const auto listed = [](const std::vector<std::string>& titles) {
        QStringList names;
        for (const std::string& title : titles)
            names << text(title);
        return names.join(QStringLiteral(", "));
    };
    const QString title = text(form_.method()->title);
    QStringList sentences;
    if (!outcome.kept.empty())
        sentences << tr("%1 keeps your %2.").arg(title, listed(outcome.kept));
    if (!outcome.reset.empty())
        sentences << tr("Reset, since %1 has no such setting or does not take its value: %2.")
                         .arg(title, listed(outcome.reset));
    if (!sentences.isEmpty())
        showMessage(MessageKind::Info, sentences.join(QLatin1Char(' ')));
    warnOfMissingLabels();
}

void SetupPanel::warnOfMissingLabels() {
    const models::MethodTraits* traits = form_.method();
    const bool known = info_.name == data_.toStdString();
    if (traits && traits->needsLabels && known && info_.labels.empty())
        showMessage(MessageKind::Warning,
                    tr("%1 trains only on data with labels, and %2 has none.")
                        .arg(text(traits->title), dataTitle(info_.name)),
                    tr("Choose data with labels, for instance glyphs, or another method."));
}

void SetupPanel::choosePreset(const QString& name) {
    form_.setPreset(name.toStdString());
    showValues();
    Q_EMIT configChanged();
}

// ---- data -----------------------------------------------------------------------------------------------

void SetupPanel::chooseData(const QString& entry) {
    if (entry == DataBox::folderEntry()) {
        pickDataFolder();
        return;
    }
    if (entry != DataBox::fileEntry()) {
        setData(entry);
        return;
    }
    const QString picked = dialogs_.pickDataFile(this, QFileInfo(data_).exists() ? data_ : QString());
    picked.isEmpty() ? restoreDataSelection() : setData(picked);
}

void SetupPanel::pickDataFolder() {
    const QString picked = dialogs_.pickDataFolder(this, QFileInfo(data_).exists() ? data_ : QString());
    picked.isEmpty() ? restoreDataSelection() : setData(picked);
}

void SetupPanel::restoreDataSelection() {
    dataBox_->setData(data_, dataTitle(data_.toStdString()));
}

void SetupPanel::connectFetching() {
    connect(fetch_, &ProgressRow::cancelRequested, &library_, &DataLibrary::cancelFetch);
    connect(&library_, &DataLibrary::fetchProgressed, this,
            [this](const QString& name, const engine::FetchProgress& progress) {
                fetch_->show();
                QString file = text(progress.file);
                if (progress.count > 1)
                    file += tr(" (%1 of %2)").arg(progress.number).arg(progress.count);
                fetch_->setText(file.isEmpty() ? name : QStringLiteral("%1 · %2").arg(name, file));
                fetch_->setProgress(qint64(progress.bytes), qint64(progress.total));
            });
    connect(&library_, &DataLibrary::fetchEnded, this,
            [this](const QString& name, const QString& problem, const QString& hint) {
                fetch_->finish();
                if (!problem.isEmpty())
                    showMessage(MessageKind::Error, problem, hint);
                else if (const engine::KnownDataSet* set = library_.find(name))
                    showMessage(MessageKind::Success, tr("%1: the download ended.").arg(text(set->title)));
            });
    library_.refresh();
}

void SetupPanel::setData(const QString& data) {
    if (data.isEmpty())
        return;
    data_ = data;
    awaitedSize_.reset(); // of another set
    restoreDataSelection();
    clearMessage();
    bridge_.inspectDataSet(data.toStdString());
    Q_EMIT configChanged();
}

void SetupPanel::takeImageShape() {
    form_.setImage(info_.isPoints() ? models::pointShape
                                    : models::ImageShape{info_.channels, size_->currentData().toInt()});
    showValues();
}

void SetupPanel::takeDataInfo(const QString& data, const engine::DataSetInfo& info) {
    if (data != data_)
        return;
    info_ = info;
    const int before = std::exchange(awaitedSize_, std::nullopt).value_or(size_->currentData().toInt());
    size_->clear();
    std::vector<int> sizes = info.sizes;
    if (sizes.empty())
        sizes = {info.size};
    for (const int side : sizes)
        size_->addItem(info.isPoints() ? tr("points") : tr("%1 px").arg(side), side);
    const int kept = size_->findData(before);
    size_->setCurrentIndex(kept >= 0 ? kept : std::max(0, size_->findData(info.size)));
    takeImageShape();
    QString count = info.trainCount == 0 ? tr("endless")
                                         : tr("%1 to train on, %2 held out")
                                               .arg(stepText(std::int64_t(info.trainCount)),
                                                    stepText(std::int64_t(info.testCount)));
    const QString about = text(info.description.empty() ? info.name : info.description);
    const QString kind = info.channels == 1 ? tr("grey") : tr("colour");
    setToolTipOf(dataBox_, info.isPoints()
                               ? QStringLiteral("%1\n%2").arg(about, count)
                               : tr("%1\n%2 px, %3, %4").arg(about).arg(info.size).arg(kind, count));
    if (info.skippedCount > 0) {
        QStringList files;
        for (const std::string& line : info.skipped)
            files << text(line);
        showMessage(MessageKind::Warning,
                    tr("%1 files of %2 are no usable pictures and are left out.")
                        .arg(stepText(std::int64_t(info.skippedCount)), dataTitle(info.name)),
                    files.join(QLatin1Char('\n')));
    }
    warnOfMissingLabels();
    applyLocks();
    Q_EMIT configChanged();
}

// ---- parameters -----------------------------------------------------------------------------------------

ParameterEditor* SetupPanel::editor(const QString& parameter) const {
    const auto found = editors_.find(parameter.toStdString());
    return found == editors_.end() ? nullptr : found->second.editor;
}

void SetupPanel::editParameter(const models::ParameterSpec& spec, const QString& value) {
    const std::string before = form_.text(spec.name);
    const QString problem = form_.setText(spec.name, value.toStdString());
    showValues();
    if (!problem.isEmpty()) {
        showMessage(MessageKind::Error, problem);
        return;
    }
    clearMessage();
    const std::string now = form_.text(spec.name);
    if (now == before)
        return;
    if (bridge_.training())
        bridge_.setParameter(spec.name, now);
    Q_EMIT configChanged();
}

void SetupPanel::showValues() {
    for (const auto& [name, row] : editors_) {
        row.editor->setText(text(form_.text(name)), form_.changed(name));
        row.editor->setAccessibleDescription(
            form_.changed(name) ? tr("changed from %1").arg(text(form_.defaultText(name))) : QString());
    }
}

// ---- locks ----------------------------------------------------------------------------------------------

void SetupPanel::setState(engine::SessionState state) {
    state_ = state;
    applyLocks();
}

void SetupPanel::setToolTipOf(const QWidget* control, const QString& toolTip) {
    for (Row& row : rows_)
        if (row.control == control)
            row.toolTip = toolTip;
}

void SetupPanel::lock(QWidget* label, QWidget* control, const QString& toolTip, const QString& reason) {
    const QString shown = reason.isEmpty() ? toolTip : reason + QLatin1Char('\n') + toolTip;
    control->setEnabled(reason.isEmpty());
    control->setToolTip(shown.trimmed());
    if (label) {
        label->setEnabled(reason.isEmpty());
        label->setToolTip(shown.trimmed());
    }
}

void SetupPanel::applyLocks() {
    const QString fixed = setupLockReason(state_);
    const QString forked = forkLockReason();
    for (const Row& row : rows_) {
        QString reason = row.always ? QString() : fixed;
        if (reason.isEmpty() && !row.always && !row.forkable)
            reason = forked;
        if (row.control == transform_ && reason.isEmpty() && info_.channels != 1)
            reason = info_.isPoints()
                         ? tr("Points have no colours.")
                         : tr("Only grey pictures can be coloured; these have colours of their own.");
        if (row.control == crop_ && reason.isEmpty() && !info_.canCrop)
            reason = tr("Only CelebA's pictures are cut in several ways.");
        lock(row.label, row.control, row.toolTip, reason);
    }
    for (const auto& [name, row] : editors_) {
        const models::ParameterSpec& spec = row.editor->spec();
        QString reason = ParameterForm::lockReason(spec, state_);
        if (reason.isEmpty() && spec.structural)
            reason = forked;
        lock(row.label, row.editor, form_.tooltip(spec), reason);
    }
    pickFolder_->setEnabled(fixed.isEmpty());
}

} // namespace alphascope::ui
