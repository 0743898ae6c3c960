#pragma once
// One parameter's control, made from its schema entry: a number to type, a box to tick, a choice. It holds no
// value of its own: the form does. GUI thread only.

#include <QWidget>

#include "models/schema/parameter.h"

class QCheckBox;
class QComboBox;
class QLineEdit;

namespace alphascope::ui {

class ParameterEditor : public QWidget {
    Q_OBJECT
public:
    explicit ParameterEditor(const models::ParameterSpec& spec, QWidget* parent = nullptr);

    const models::ParameterSpec& spec() const { return spec_; }
    /// Does not emit. A changed value is shown in bold, so that what differs from the preset stands out.
    void setText(const QString& text, bool changed);
    QString text() const;

Q_SIGNALS:
    void edited(const QString& text);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void step(int direction);

    models::ParameterSpec spec_;
    QLineEdit* line_ = nullptr;
    QCheckBox* box_ = nullptr;
    QComboBox* choice_ = nullptr;
};

} // namespace alphascope::ui
