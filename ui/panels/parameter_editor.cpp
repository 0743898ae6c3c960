#include "ui/panels/parameter_editor.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>

#include <algorithm>
#include <cmath>

#include "ui/panels/form.h"
#include "ui/theme/tokens.h"

namespace alphascope::ui {

ParameterEditor::ParameterEditor(const models::ParameterSpec& spec, QWidget* parent)
    : QWidget(parent), spec_(spec) {
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    switch (spec.type) {
    case models::ParameterType::Boolean:
        box_ = new QCheckBox(this);
        layout->addStretch(1);
        layout->addWidget(box_);
        setFocusProxy(box_);
        connect(box_, &QCheckBox::clicked, this, [this] { Q_EMIT edited(text()); });
        break;
    case models::ParameterType::Choice:
        choice_ = new FormCombo(this);
        for (const std::string& name : spec.choices)
            choice_->addItem(QString::fromStdString(name));
        choice_->setSizeAdjustPolicy(QComboBox::AdjustToContents);
        layout->addWidget(choice_);
        setFocusProxy(choice_);
        connect(choice_, &QComboBox::activated, this, [this] { Q_EMIT edited(text()); });
        break;
    case models::ParameterType::Integer:
    case models::ParameterType::Real:
        line_ = new QLineEdit(this);
        line_->setAlignment(Qt::AlignRight);
        line_->setMinimumWidth(60);
        line_->setFont(tabularFont(line_->font()));
        line_->installEventFilter(this);
        layout->addWidget(line_);
        setFocusProxy(line_);
        connect(line_, &QLineEdit::editingFinished, this, [this] {
            if (line_->isModified()) {
                line_->setModified(false);
                Q_EMIT edited(text());
            }
        });
        break;
    }
}

void ParameterEditor::setText(const QString& text, bool changed) {
    if (box_)
        box_->setChecked(text == QStringLiteral("true") || text == QStringLiteral("1"));
    else if (choice_)
        choice_->setCurrentText(text);
    else if (line_->text() != text)
        line_->setText(text);
    QWidget* control = line_ ? static_cast<QWidget*>(line_) : choice_ ? static_cast<QWidget*>(choice_) : box_;
    QFont font = control->font();
    font.setBold(changed);
    control->setFont(font);
}

QString ParameterEditor::text() const {
    if (box_)
        return box_->isChecked() ? QStringLiteral("true") : QStringLiteral("false");
    return choice_ ? choice_->currentText() : line_->text().trimmed();
}

bool ParameterEditor::eventFilter(QObject* watched, QEvent* event) {
    if (watched == line_ && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        if (key == Qt::Key_Up || key == Qt::Key_Down) {
            step(key == Qt::Key_Up ? 1 : -1);
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

void ParameterEditor::step(int direction) {
    bool number = false;
    const double value = line_->text().toDouble(&number);
    if (!number)
        return;
    double next = value;
    if (spec_.type == models::ParameterType::Integer)
        next = value + direction;
    else if (spec_.logarithmic && value > 0.0)
        next = direction > 0 ? value * 1.25 : value / 1.25;
    else
        next = value + direction * std::max(std::abs(value) * 0.1, (spec_.maximum - spec_.minimum) / 1000.0);
    next = std::clamp(next, spec_.minimum, spec_.maximum);
    const QString shown = QString::number(next, 'g', 6);
    if (shown == line_->text())
        return;
    line_->setText(shown);
    Q_EMIT edited(shown);
}

} // namespace alphascope::ui
