#pragma once
// Two sets of codes, with and without something, that an attribute's direction is made from. Pictures are
// encoded on the explorer; codes come as they are. GUI thread only.

#include <QImage>
#include <QObject>
#include <QStringList>

#include <array>
#include <deque>

#include "ui/session/engine_bridge.h"

namespace alphascope::ui {

class AttributeSets : public QObject {
    Q_OBJECT
public:
    enum Side { With = 0, Without = 1 };

    explicit AttributeSets(EngineBridge& bridge, QObject* parent = nullptr);

    /// `thumbnails`: as many as codes, or none.
    void add(Side side, const engine::Codes& codes, const QVector<QImage>& thumbnails = {});
    /// Files and folders of pictures; encoded by the model that is explored.
    void addFiles(Side side, const QStringList& paths);
    void addPicture(Side side, const QImage& picture);
    void clear(Side side);

    const engine::Codes& codes(Side side) const { return codes_[side]; }
    /// Of the newest few.
    const QVector<QImage>& thumbnails(Side side) const { return thumbnails_[side]; }
    bool ready() const { return codes_[With].count > 0 && codes_[Without].count > 0; }
    bool busy() const { return !queue_.empty(); }

Q_SIGNALS:
    void changed();
    void problem(const QString& message, const QString& hint);

private:
    struct Waiting {
        Side side;
        engine::EncodeSet order;
    };
    void enqueue(Waiting waiting);
    void sendNext();
    void onResult(const engine::ExploreResult& result);

    EngineBridge& bridge_;
    std::array<engine::Codes, 2> codes_;
    std::array<QVector<QImage>, 2> thumbnails_;
    std::deque<Waiting> queue_; ///< the first is being encoded
    std::uint64_t stamp_ = 0;
};

} // namespace alphascope::ui
