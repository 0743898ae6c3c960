#pragma once
// The codes of a data set on a map: layouts, colours, search, selection, the critic's field, and the way from
// a point into Explore. GUI thread only.

#include <QElapsedTimer>
#include <QTimer>
#include <QWidget>

#include <cstdint>
#include <span>
#include <vector>

#include "ui/models/map_places.h"
#include "ui/session/atlas_controller.h"
#include "ui/session/attribute_sets.h"
#include "ui/session/explore_controller.h"

class QCheckBox;
class QComboBox;
class QLineEdit;
class QPushButton;
class QSplitter;
class QToolButton;

namespace alphascope::ui {

class CodeSpacePanel;
class IDialogs;
class Panel;
class ProgressRow;
class ScatterMap;
class SelectionPanel;

class MapWorkspace : public QWidget {
    Q_OBJECT
public:
    MapWorkspace(EngineBridge& bridge, AtlasController& atlas, ExploreController& explore,
                 AttributeSets& sets, IDialogs& dialogs, QWidget* parent = nullptr);

    ScatterMap* map() const { return map_; }
    SelectionPanel* selection() const { return selection_; }
    CodeSpacePanel* codeSpace() const { return codeSpace_; }
    Panel* messagePanel() const;
    ProgressRow* progress() const { return progress_; }

    void setActive(bool active);
    /// As its button does; without an encoder of codes from the prior, which are there at once.
    void loadAtOnce();
    void exportMap();
    QByteArray saveLayout() const;
    void restoreLayout(const QByteArray& layout);

Q_SIGNALS:
    /// The code that was chosen here is to be looked at in Explore.
    void exploreRequested();

private:
    enum class Colour { Label, Error, Density, None };

    QWidget* buildBar();
    void connectAtlas();
    void connectMap();
    engine::AtlasCodes codesMeant() const;
    void load();
    void layOut();
    void refresh();
    void refreshCounts();
    void refreshPlane();
    bool atAnotherStep() const;
    QString loadText();
    QString emptyHint() const;
    void showMap();
    void showColours();
    void showMarks();
    void showHover(int index);
    void find();
    void selectRows(const std::vector<std::uint32_t>& rows);
    void wantField(bool wanted);
    void askField();
    void walk();
    void openRow(std::uint32_t row);
    void seekHole();
    void takeField(quint64 stamp, const std::vector<float>& logRatios);
    void markPlaces(std::span<const float> logRatios);
    void dropPlaces();
    void decodePlace(int index);
    void wantCloud(bool wanted);
    void askCloud();
    void showCloud();
    void followTraining();
    void showProblem(const QString& message, const QString& hint);
    std::uint32_t rowOf(int index) const;

    EngineBridge& bridge_;
    AtlasController& atlas_;
    ExploreController& explore_;
    AttributeSets& sets_;
    IDialogs& dialogs_;
    Panel* panel_;
    ScatterMap* map_;
    SelectionPanel* selection_;
    CodeSpacePanel* codeSpace_;
    QSplitter* columns_;
    ProgressRow* progress_;
    QComboBox* count_ = nullptr;
    QComboBox* split_ = nullptr;
    QPushButton* load_ = nullptr;
    QComboBox* kind_ = nullptr;
    QComboBox* colour_ = nullptr;
    QLineEdit* find_ = nullptr;
    QCheckBox* field_ = nullptr;
    QCheckBox* cloudBox_ = nullptr;
    QCheckBox* follow_ = nullptr;
    QToolButton* export_ = nullptr;

    bool active_ = false;
    int hovered_ = -1;
    std::uint64_t hoverStamp_ = 0;
    std::uint64_t fieldStamp_ = 0;
    std::uint64_t holeStamp_ = 0;
    engine::Codes holeCodes_; ///< prior codes that were asked about
    QRectF fieldPlace_;
    engine::Codes probes_;            ///< those that holes and leaks are looked for among
    std::vector<MapPlace> places_;    ///< holes and leaks
    int firstPlace_ = 0;              ///< of the map's marks
    engine::ExploreResult variation_; ///< the many codes of the person's own picture
    QElapsedTimer followed_;          ///< since the last reload for the training's sake
};

} // namespace alphascope::ui
