#pragma once
// Walking through the latent space: the picture, the pad, the sliders, the film strip. GUI thread only.

#include <QWidget>

#include "ui/session/explore_exports.h"

class QMenu;
class QSplitter;
class QStackedWidget;
class QTabBar;

namespace alphascope::ui {

class AttributeSets;
class ArithmeticPanel;
class DecodedPanel;
class DirectionController;
class DirectionsPanel;
class FilmPanel;
class IDialogs;
class NeighbourController;
class NeighboursPanel;
class OwnPictures;
class PadPanel;

class ExploreWorkspace : public QWidget {
    Q_OBJECT
public:
    ExploreWorkspace(EngineBridge& bridge, ExploreController& controller, DirectionController& directions,
                     NeighbourController& neighbours, AttributeSets& sets, IDialogs& dialogs,
                     QWidget* parent = nullptr);

    DecodedPanel* decoded() const { return decoded_; }
    PadPanel* padPanel() const { return pad_; }
    DirectionsPanel* directions() const { return directions_; }
    NeighboursPanel* neighbours() const { return neighbours_; }
    /// Directions and neighbours, of which one is seen.
    QTabBar* sideTabs() const { return sideTabs_; }
    FilmPanel* film() const { return film_; }
    ArithmeticPanel* arithmetic() const { return arithmetic_; }
    OwnPictures* ownPictures() const { return own_; }
    /// The panel that shows this workspace's messages.
    void showProblem(const QString& message, const QString& hint);

    void exportPicture(int scale);
    void exportStrip();
    void exportVideo();
    /// Pictures between the first four keyframes.
    void exportGrid();
    void copyPicture();
    void copyView();
    void saveView(engine::ViewKind show);
    /// Encodes a picture and, when it carries a view, offers to go there.
    void openPicture(const QString& path);
    /// Of a folder its pictures, to choose from.
    void openDropped(const QString& path);
    void showWarning(const QString& message, const QString& hint);
    /// Gives up a video that is being saved.
    void cancelExport() { exports_.cancel(); }

    QByteArray saveLayout() const;
    void restoreLayout(const QByteArray& layout);

Q_SIGNALS:
    /// The user wants the view that a picture carries.
    void viewWanted(const alphascope::engine::ViewDocument& view, const QString& file);

private:
    void connectOwnPictures();
    QWidget* buildSide();
    void buildMenus();
    void offerView(const QString& picture, const engine::ViewDocument& view);
    void warnOfTraining();

    ExploreController& controller_;
    IDialogs& dialogs_;
    ExploreExports exports_;
    bool offering_ = false; ///< the message is of a view that the picture being encoded carries
    DecodedPanel* decoded_;
    PadPanel* pad_;
    DirectionsPanel* directions_;
    NeighboursPanel* neighbours_;
    QTabBar* sideTabs_;
    FilmPanel* film_;
    ArithmeticPanel* arithmetic_;
    OwnPictures* own_;
    QSplitter* rows_;
    QSplitter* columns_;
};

} // namespace alphascope::ui
