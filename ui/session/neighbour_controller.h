#pragma once
// The nearest training pictures on the GUI thread: what is searched, what was found for the decoded picture,
// what was said of many samples. GUI thread only; the finder is made when it is first asked for something.
//
// Nothing is computed unless it is active: while its panel is hidden the finder pauses and no question is
// asked.

#include <QObject>
#include <QString>

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "ui/session/explore_controller.h"

namespace alphascope::ui {

class NeighbourController : public QObject {
    Q_OBJECT
public:
    NeighbourController(EngineBridge& bridge, ExploreController& explore, QObject* parent = nullptr);
    ~NeighbourController() override;

    /// Its panel is seen.
    void setActive(bool active);
    void setSpace(engine::NeighbourSpace space);
    engine::NeighbourSpace space() const { return space_; }
    /// Why the model has no such space, or nothing to look for; "" when it has.
    QString whyNot(engine::NeighbourSpace space) const;

    /// Searches anew, with the weights of now; also after cancel().
    void search();
    /// Judges samples of the model; of one in training with the weights of now.
    void judge();
    void cancel();
    static constexpr std::size_t samplesJudged = 256;
    /// The samples are those that the command line draws by itself.
    static constexpr std::uint64_t sampleSeed = 1;

    const std::optional<engine::NeighboursReady>& ready() const { return ready_; }
    bool measured() const { return measured_; } ///< samples can be judged
    const std::optional<engine::NeighboursFinished>& finished() const { return finished_; }
    const std::optional<engine::NeighboursFound>& found() const { return found_; }
    const engine::NeighboursJudged* judged() const { return judged_.get(); }
    /// What goes on, if anything.
    const std::optional<engine::NeighbourProgress>& busy() const { return busy_; }
    bool cancelled() const { return cancelled_; } ///< by the user, or it failed: search() begins again
    /// The model in training has moved on since its pictures were placed.
    bool outdated() const;

Q_SIGNALS:
    void changed(); ///< what is searched, what goes on
    void foundChanged();
    void judgedChanged();
    void problem(const QString& message, const QString& hint);

private:
    INeighbourFinder& finder();
    void drain();
    void take(const engine::NeighbourEvent& event);
    void forget();
    void searchIfSeen();
    void begin(engine::NeighbourTask task);
    void end(engine::NeighbourTask task);
    void ask();

    EngineBridge& bridge_;
    ExploreController& explore_;
    std::unique_ptr<INeighbourFinder> finder_;
    Doorbell bell_;
    bool active_ = false;
    engine::NeighbourSpace space_ = engine::NeighbourSpace::Pixel;
    bool opened_ = false; ///< the finder was told of the model and space of now
    bool cancelled_ = false;
    qint64 step_ = -1; ///< newest weights of the model in training
    std::uint64_t stamp_ = 0;
    std::optional<engine::NeighboursReady> ready_;
    bool measured_ = false;
    std::optional<engine::NeighboursFinished> finished_;
    std::optional<engine::NeighboursFound> found_;
    std::unique_ptr<engine::NeighboursJudged> judged_;
    std::optional<engine::NeighbourProgress> busy_;
};

} // namespace alphascope::ui
