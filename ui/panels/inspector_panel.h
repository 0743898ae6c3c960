#pragma once
// What is selected, in detail: the picture, its reconstruction and error, and figures about picture and code.
// GUI thread only.

#include <QImage>

#include "ui/models/explore_view.h"
#include "ui/widgets/panel.h"

class QGridLayout;
class QLabel;
class QStackedWidget;

namespace alphascope::ui {

class EmptyState;
class ImageView;

struct Inspection {
    QString title; ///< "Held-out picture 3"
    QImage original;
    QImage rebuilt;
    QImage error;
    double l1 = -1.0; ///< negative when there is none
    qint64 step = -1;
    std::vector<float> code; ///< may be empty
};

class InspectorPanel : public Panel {
    Q_OBJECT
public:
    explicit InspectorPanel(QWidget* parent = nullptr);

    void show(const Inspection& inspection);
    /// The code came later than the pictures.
    void setCode(std::vector<float> code);
    const Inspection& inspection() const { return shown_; }

Q_SIGNALS:
    void exploreRequested();

private:
    void refreshFacts();
    QWidget* picture(const QString& title, ImageView** view);

    Inspection shown_;
    QStackedWidget* stack_;
    EmptyState* empty_;
    ImageView* original_ = nullptr;
    ImageView* rebuilt_ = nullptr;
    ImageView* error_ = nullptr;
    QWidget* rebuiltBox_;
    QWidget* errorBox_;
    QLabel* title_;
    QGridLayout* facts_;
};

} // namespace alphascope::ui
