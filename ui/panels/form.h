#pragma once
// Small parts of a form: a label that can be marked "live", two aligned columns, a section that folds.
// GUI thread only.

#include <QComboBox>
#include <QGridLayout>
#include <QWidget>

class QToolButton;

class QLabel;

namespace alphascope::ui {

/// A form label; live ones carry an accent dot and the word.
class FormLabel : public QWidget {
    Q_OBJECT
public:
    explicit FormLabel(const QString& text, bool live = false, QWidget* parent = nullptr);
    QString text() const { return text_; }
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString text_;
    bool live_;
};

/// A wrapping label with an object name and a role of the style sheet ("heading", "caption", "hint" or "").
QLabel* textLabel(QWidget* parent, const char* name, const char* role);

/// Labels on the left, controls of one width on the right.
class FormGrid : public QWidget {
    Q_OBJECT
public:
    explicit FormGrid(int controlWidth, QWidget* parent = nullptr);
    /// Takes the control over, names it for screen readers and gives both the tool tip.
    FormLabel* addRow(const QString& label, QWidget* control, const QString& toolTip = {}, bool live = false);
    /// Over both columns.
    void addWide(QWidget* widget);

private:
    int controlWidth_;
    QGridLayout* grid_;
};

/// A heading that folds what lies below.
class FoldingSection : public QWidget {
    Q_OBJECT
public:
    explicit FoldingSection(const QString& title, QWidget* content, bool open, QWidget* parent = nullptr);
    void setOpen(bool open);
    bool isOpen() const { return open_; }

private:
    bool open_ = false;
    QToolButton* heading_;
    QWidget* content_;
};

/// A combo box that the wheel changes only when it has the focus, so that scrolling a form changes nothing.
class FormCombo : public QComboBox {
    Q_OBJECT
public:
    explicit FormCombo(QWidget* parent = nullptr);

protected:
    void wheelEvent(QWheelEvent* event) override;
};

} // namespace alphascope::ui
