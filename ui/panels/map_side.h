#pragma once
// Beside the map: the selected pictures with what can be done with them, and figures of the code space. GUI
// thread only.

#include "ui/session/atlas_controller.h"
#include "ui/widgets/panel.h"

class QGridLayout;
class QLabel;
class QPushButton;

namespace alphascope::ui {

class BarRow;
class ImageGrid;
class PlaceList;

class SelectionPanel : public Panel {
    Q_OBJECT
public:
    explicit SelectionPanel(AtlasController& atlas, QWidget* parent = nullptr);
    /// Rows of the code set.
    void setRows(const std::vector<std::uint32_t>& rows);
    const std::vector<std::uint32_t>& rows() const { return rows_; }
    ImageGrid* grid() const { return grid_; }
    QPushButton* walkButton() const { return walk_; }
    QPushButton* setButton(int side) const { return toSet_[side]; }

Q_SIGNALS:
    void walkRequested();
    void setRequested(int side); ///< AttributeSets::Side
    void rowActivated(std::uint32_t row);

private:
    AtlasController& atlas_;
    std::vector<std::uint32_t> rows_;
    std::vector<std::uint32_t> shown_; ///< of the grid's cells
    ImageGrid* grid_;
    QPushButton* walk_;
    QPushButton* toSet_[2];
};

class CodeSpacePanel : public Panel {
    Q_OBJECT
public:
    CodeSpacePanel(EngineBridge& bridge, AtlasController& atlas, QWidget* parent = nullptr);
    QPushButton* criticButton() const { return critic_; }
    QPushButton* holeButton() const { return hole_; }
    PlaceList* places() const { return places_; }
    BarRow* spread() const { return spread_; }
    QString figure(const QString& name) const; ///< by its label's object name

Q_SIGNALS:
    void criticRequested();
    void holeRequested();

private:
    QLabel* addFigure(const QString& name, const QString& title, const QString& toolTip);
    void setFigure(const QString& name, const QString& text);
    void measureSpread();
    void refresh();

    EngineBridge& bridge_;
    AtlasController& atlas_;
    QGridLayout* figures_;
    PlaceList* places_;
    BarRow* spread_;
    QLabel* spreadTitle_;
    QPushButton* critic_;
    QPushButton* hole_;
    std::uint64_t question_ = 0;
};

} // namespace alphascope::ui
