#pragma once
// The codes of a data set on the GUI thread: what is loaded, its map, its errors, its critic, and what is at
// work. GUI thread only; the atlas is made when it is first asked for something.

#include <QObject>
#include <QString>

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "ui/session/engine_bridge.h"

namespace alphascope::ui {

class AtlasController : public QObject {
    Q_OBJECT
public:
    explicit AtlasController(EngineBridge& bridge, QObject* parent = nullptr);
    ~AtlasController() override;

    /// Encodes `data` ("" = the model's own) with the model that is being explored, or finds its codes
    /// otherwise; they are mapped then.
    void load(const QString& data = {}, const QString& split = QStringLiteral("train"), std::size_t count = 0,
              engine::AtlasCodes codes = engine::AtlasCodes::Encoder);
    /// The same pictures again, with the weights of now.
    void reload();
    void map(const engine::MapOrder& order);
    void measureErrors();
    void trainCritic();
    /// log q/p at each of the codes; the answer is fieldComputed() with the stamp given here.
    std::uint64_t askField(engine::Codes codes);
    void cancel();

    const engine::CodeSet* codes() const { return codes_.get(); }
    std::shared_ptr<const engine::CodeSet> sharedCodes() const { return codes_; }
    const std::vector<engine::LatentDirection>& components() const { return components_; }
    const engine::CodeMap* map() const { return map_.get(); }
    const std::vector<float>* errors() const { return errors_.get(); }
    const std::optional<engine::CodeCriticReport>& critic() const { return critic_; }
    /// The kind of work that goes on, if any.
    const std::optional<engine::AtlasTask>& busy() const { return busy_; }
    /// The codes are of the model that is explored now, whatever its step.
    bool fitsModel() const;

Q_SIGNALS:
    void codesLoaded();
    void mapMoved();
    void errorsMeasured();
    void criticTrained();
    void fieldComputed(quint64 stamp, const std::vector<float>& logRatios);
    void progressed(alphascope::engine::AtlasTask task, double fraction, double secondsLeft);
    void idle(); ///< what was at work is done, cancelled or failed
    void problem(const QString& message, const QString& hint);

private:
    IAtlas& atlas();
    void drain();
    void take(const engine::AtlasEvent& event);
    void begin(engine::AtlasTask task);
    void end(engine::AtlasTask task);

    EngineBridge& bridge_;
    std::unique_ptr<IAtlas> atlas_;
    Doorbell bell_;
    QString data_;
    QString split_ = QStringLiteral("train");
    std::size_t count_ = 0;
    engine::AtlasCodes source_ = engine::AtlasCodes::Encoder;
    std::shared_ptr<const engine::CodeSet> codes_;
    std::vector<engine::LatentDirection> components_;
    std::shared_ptr<const engine::CodeMap> map_;
    std::shared_ptr<const std::vector<float>> errors_;
    std::optional<engine::CodeCriticReport> critic_;
    std::optional<engine::AtlasTask> busy_;
    std::uint64_t fieldStamp_ = 0;
};

} // namespace alphascope::ui
