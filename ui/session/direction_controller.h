#pragma once
// Directions to move the explored code along: which set is chosen, where the code stands on each, how they
// are found, named and kept with the run. GUI thread only.
//
// Components come with the atlas's codes; local ones are found anew wherever the code comes to rest, factors
// once per model; the user's own lie in the run folder.

#include <QObject>
#include <QString>
#include <QTimer>

#include <map>
#include <string>
#include <vector>

#include "engine/api/directions.h"
#include "ui/session/atlas_controller.h"
#include "ui/session/explore_controller.h"

namespace alphascope::ui {

enum class DirectionSet { Dimensions, Components, Local, Factors, Own };
inline constexpr int directionSetCount = 5;

class DirectionController : public QObject {
    Q_OBJECT
public:
    DirectionController(EngineBridge& bridge, ExploreController& explore, AtlasController& atlas,
                        QObject* parent = nullptr);

    ExploreController& explore() { return explore_; }
    AtlasController& atlas() { return atlas_; }

    void choose(DirectionSet set);
    DirectionSet chosen() const { return set_; }
    /// Of the chosen set; of Dimensions, the axes.
    const std::vector<engine::LatentDirection>& directions() const { return lists_[std::size_t(set_)]; }
    const std::vector<engine::LatentDirection>& directions(DirectionSet set) const {
        return lists_[std::size_t(set)];
    }
    /// Where the code stands, in sigmas.
    double position(int index) const;

    void move(int index, double position);
    /// Back to the middle of the direction: 0.
    void reset(int index);
    void setRange(int index, double sigmas);

    /// The one whose strip and fidelity are shown; -1 for none.
    void setCurrent(int index);
    int current() const { return current_; }

    /// Copies a direction of any set into the user's own under a name, and keeps them with the run.
    void keep(int index, const QString& name);
    void removeOwn(int index);
    /// From the codes without to those with; at right angles to the user's own directions of these names.
    void makeAttribute(const QString& name, engine::Codes with, engine::Codes without,
                       const QStringList& apart);

    /// Why the chosen set is empty and what to do; "" where nothing is to be said.
    QString emptyReason() const;
    bool canMeasureFidelity() const { return explore_.canEncode(); }

Q_SIGNALS:
    void chosenChanged();
    void directionsChanged(); ///< those of the chosen set
    void currentChanged();
    /// Along the current direction, from one end of its range to the other, for the code as it is.
    void fidelityMeasured(const std::vector<float>& distances);
    void stripDecoded(const QVector<QImage>& pictures);
    void attributeMade(const QString& name);
    void problem(const QString& message, const QString& hint);

private:
    std::vector<engine::LatentDirection>& list(DirectionSet set) { return lists_[std::size_t(set)]; }
    void onModel();
    void onCode();
    void onResult(const engine::ExploreResult& result);
    void replace(DirectionSet set, std::vector<engine::LatentDirection> directions);
    void settle();
    void findLocal();
    void showCurrent();
    void loadOwn();
    void saveOwn();
    /// Of the model in training; "" for a file, whose run folder has to be looked for.
    std::string knownRunFolder() const;

    EngineBridge& bridge_;
    ExploreController& explore_;
    AtlasController& atlas_;
    DirectionSet set_ = DirectionSet::Dimensions;
    std::vector<engine::LatentDirection> lists_[directionSetCount];
    int current_ = 0;
    bool moving_ = false; ///< a gesture along a direction goes on
    QTimer settleTimer_;  ///< the code came to rest
    std::uint64_t fidelityStamp_ = 0;
    std::uint64_t question_ = 0; ///< of the newest look at the run folder
    std::string runFolder_;      ///< of the explored model
};

} // namespace alphascope::ui
