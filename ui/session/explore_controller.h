#pragma once
// Exploring without widgets: holds where the user stands, asks the explorer for every move, takes whatever
// newer answer comes, and can undo all of it. GUI thread only.
//
// A gesture (a drag, keys held down) is one undo step: every move of it carries the same merge key until
// endGesture(). Nothing here waits: moves are sent at once and the explorer keeps the newest.

#include <QElapsedTimer>
#include <QImage>
#include <QObject>
#include <QTimer>
#include <QUndoStack>

#include <map>
#include <optional>
#include <span>
#include <utility>
#include <variant>

#include "ui/models/explore_view.h"
#include "ui/session/engine_bridge.h"
#include "ui/session/performance.h"

namespace alphascope::ui {

/// Which part of the view changed.
enum class ViewPart { All, Code, Pad, Keyframes };

class ExploreController : public QObject {
    Q_OBJECT
public:
    explicit ExploreController(EngineBridge& bridge, QObject* parent = nullptr);

    const ExploreView& view() const { return view_; }
    QUndoStack& undoStack() { return undo_; }
    LatencyMeter& latency() { return latency_; }
    bool hasModel() const { return !view_.code.empty(); }
    const engine::ModelInfo* modelInfo() const;
    bool canEncode() const; ///< with an encoder, at once
    /// Without one, codes of pictures are found by search, which takes a while.
    bool searchesCodes() const;
    /// In either way.
    bool takesPictures() const { return canEncode() || searchesCodes(); }
    bool hasCodeCritic() const;
    /// Names of the classes that a conditional model can be asked for; empty for other models.
    std::vector<std::string> classes() const;

    /// While inactive (another workspace is in front) new weights cause no work here.
    void setActive(bool active);
    bool active() const { return active_; }

    // ---- sources
    void setSeed(std::uint64_t seed);
    void randomize();
    void setCode(std::vector<float> code, const QString& source);
    /// With `keyframe` >= 0 the code also becomes a keyframe at that place.
    void encodeFile(const QString& path, int keyframe = -1);
    void encodePicture(const QImage& picture, const QString& name, int keyframe = -1,
                       const std::optional<engine::CropSquare>& crop = {});

    // ---- the picture encoded last (explore_pictures.cpp)
    /// Searches on from its encoder's code; without an encoder, from random ones once more. The code found
    /// becomes the code.
    void refine();
    /// Takes another square of it and encodes that.
    void setCrop(const engine::CropSquare& crop);
    /// Decodes many codes of an encoded picture; variationComputed() tells how far they lie apart.
    void varyPicture(const engine::ExploreResult& encoded);
    /// The one encoded last, finished; empty before the first, and with another model until it is again.
    const engine::ExploreResult& encodedPicture() const { return encoded_; }
    const QString& pictureName() const { return encodeName_; }
    /// "codes of the encoder's posterior", or where else many codes of a picture are from.
    static QString spreadText(engine::CodeSpread spread);
    struct HeldOutRank {
        double share = 0.0;    ///< of the held-out pictures, those that are rebuilt better
        std::size_t count = 0; ///< held-out pictures
        qint64 step = 0;       ///< of the weights they were measured with
    };
    /// Where an encoded picture's error lies among those of held-out pictures whose codes were found in the
    /// same way; nothing while they are not measured.
    std::optional<HeldOutRank> heldOutRank(const engine::ExploreResult& encoded) const;
    /// For a code that was searched for: searches the codes of some held-out pictures too, in the background.
    /// searchedHeldOutProgressed() tells where it is, heldOutChanged() that it ended.
    void searchHeldOut();
    void cancelSearchedHeldOut();
    bool searchesHeldOut() const { return heldOutSearch_ != 0; }

    // ---- pictures of a camera, as they come: the view stays (explore_pictures.cpp)
    /// liveEncoded() and liveAnswered() follow, or liveAnswered() alone when it failed.
    void encodeLive(engine::Image picture);
    /// The square that setCrop() chose while they came.
    const std::optional<engine::CropSquare>& liveCrop() const { return liveCrop_; }
    void endLive();

    /// Ends the search for a picture's code; what was found until then is taken.
    void cancelSearch();
    /// Walks from a code of `seed` towards a class, step by step; the end becomes the code.
    void sampleClass(int label, int steps, std::uint64_t seed);
    void cancelWalk();

    /// The code of a picture, for the inspector: changes nothing here. `done` is not called when it fails.
    /// Nothing happens where it would take a search.
    void inspectPicture(engine::Image picture, std::function<void(const engine::ExploreResult&)> done);

    // ---- moves
    void setDimension(int dimension, double value);
    void resetDimension(int dimension);
    void resetCode();
    void setTruncation(double truncation);
    void movePad(const QPointF& position);
    /// Along the pad's axes, in the pad's units: dragging on the picture.
    void nudge(const QPointF& by);
    void endGesture();
    /// To any code, as one move of a gesture: moves of the same `mergeKey`, from 10,000 on, join.
    void moveCode(std::vector<float> code, const QString& text, int mergeKey);

    // ---- pad
    void setPadMode(PadMode mode);
    void setAxes(int u, int v);
    void setAnchor(int index); ///< from the present code
    void setAnchorCode(int index, std::vector<float> code, const QString& label);
    void setPadRange(double range);
    double padRange() const { return padRange_; }

    /// The code becomes the one that the encoder gives its picture, when the model can encode.
    void pullCode();

    // ---- film strip
    void addKeyframe();
    void insertKeyframe(int index, std::vector<float> code, const QString& label);
    void removeKeyframe(int id);
    void clearKeyframes();
    void reorderKeyframes(const QVector<int>& ids);
    void loadKeyframe(int id);
    void setPath(engine::PathKind path);
    void setLoop(bool loop);
    void setPlaying(bool playing);
    bool playing() const { return playTimer_.isActive(); }
    void setPosition(double t);
    double position() const { return position_; }
    void setFramesPerSecond(int fps);
    int framesPerSecond() const { return framesPerSecond_; }
    void setSecondsPerSegment(double seconds);
    double secondsPerSegment() const { return secondsPerSegment_; }

    // ---- the way through the keyframes (explore_paths.cpp)
    const engine::KeyframePath& path() const { return path_; }
    struct PathLength {
        double codes = 0.0;             ///< sum of |dz|
        std::optional<double> pictures; ///< sum of |dG(z)| over elements in [-1,1]; once measured
    };
    PathLength pathLength() const;
    void setEvenSpeed(bool even);
    /// Between keyframes, the share of the way from each code to where the encoder puts its picture.
    void setPull(double share);
    double pull() const { return canEncode() ? view_.pull : 0.0; }
    /// False while the film is to play at an even speed and its path is still being measured.
    bool filmReady() const { return !view_.evenSpeed || measured_; }
    /// `count` codes as the film plays them, both ends included.
    engine::Codes filmCodes(std::size_t count) const;
    /// Searches for the geodesics of a geodesic path that are not known yet, one after the other. They are
    /// kept per pair of codes until another model is opened.
    void findWays();
    /// Ends the search; the best way until then is kept.
    void cancelWays();
    bool findingWays() const { return wayInSearch_.has_value(); }

    // ---- views as documents (explore_documents.cpp)
    /// What is shown now, so that it can be shown again anywhere; it names no checkpoint while the model
    /// trains.
    engine::ViewDocument document(engine::ViewKind show) const;
    /// Goes where a document says, as one step to undo. Codes of another size are a problem().
    void loadDocument(const engine::ViewDocument& document);

    // ---- results for export
    /// Decodes `codes` on a lane of its own and hands the pictures over; an empty list when it failed
    /// or the model was changed meanwhile.
    void decodeSheet(engine::Codes codes, double pull, std::function<void(std::vector<engine::Image>)> done);
    const engine::Image& decoded() const { return decoded_; }

Q_SIGNALS:
    void viewChanged(alphascope::ui::ViewPart part);
    void modelChanged();
    void pictureDecoded(const QImage& picture, const alphascope::engine::ExploreResult& result);
    void pictureEncoded(const alphascope::engine::ExploreResult& result);
    void variationComputed(const alphascope::engine::ExploreResult& result);
    /// heldOutRank() may answer otherwise now.
    void heldOutChanged();
    void searchedHeldOutProgressed(double fraction);
    void liveEncoded(const alphascope::engine::ExploreResult& result);
    void liveAnswered();
    void stripDecoded(const QVector<QImage>& frames);
    void keyframesDecoded(const QVector<QImage>& thumbnails);
    void anchorsDecoded(const QVector<QImage>& thumbnails);
    void fieldComputed(const QVector<float>& values, int n);
    void fieldOutdated();
    void positionChanged(double t);
    void playingChanged(bool playing);
    void encodingChanged(bool busy);
    /// A step of a search for a picture's code; the last one is `finished`.
    void searchProgressed(const alphascope::engine::ExploreResult& result);
    /// A step of a walk towards a class; the last one is `finished`.
    void walkProgressed(const alphascope::engine::ExploreResult& result);
    /// Another path, another length, or more of its ways are geodesics.
    void pathChanged();
    /// A step of the search for a geodesic; the last one is `finished`.
    void wayProgressed(const alphascope::engine::ExploreResult& result);
    /// A search or walk ended without its last step: it failed, or another model was opened.
    void longWorkEnded();
    void gestureEnded();
    void activated(); ///< this workspace came to the front
    void problem(const QString& message, const QString& hint);

private:
    /// Moves of one kind within a gesture are one step to undo.
    enum MergeKey { MergePad = 1, MergeTruncation, MergeNudge, MergeCrop, MergeDimension = 100 };

    friend class ViewCommand;
    enum class EncodePurpose { Load, Crop, Refine, Refresh, Inspect, Live };

    void apply(ExploreView next, const QString& text, int mergeKey = -1);
    void restore(const ExploreView& view); ///< by the undo stack
    void onModelOpened(const engine::ModelOpened& opened);
    void onWeightsUpdated();
    void onResult(const engine::ExploreResult& result);
    void takePicture(const engine::ExploreResult& result);
    void takeEncoding(const engine::ExploreResult& result);
    void useEncoded(const engine::ExploreResult& result, EncodePurpose purpose);
    void measureHeldOut(const engine::ExploreResult& encoded);
    void takeHeldOut(const engine::ExploreResult& result);
    void forgetPictures();
    void dropSheets();
    void takeWalk(const engine::ExploreResult& result);
    void takeStrip(const engine::ExploreResult& result);
    void sendEncode(EncodePurpose purpose);
    void requestPicture();
    void requestPictureForInput(); ///< the same, and measures until it is painted
    void requestStrip();
    void outdateField(); ///< and asks for it anew in a moment
    void requestField();
    void refreshAll();
    void advance();
    std::vector<float> codeShown() const;
    void rebuildPath();
    void requestMeasure();
    void takeMeasure(const engine::ExploreResult& result);
    void takeWay(const engine::ExploreResult& result);
    void forgetWays();
    void rememberWays(const engine::KeyframePath& path, const std::vector<engine::Codes>& ways);
    const engine::Codes* foundWay(std::span<const float> from, std::span<const float> to) const;
    const engine::PathSpeed& playSpeed() const;

    EngineBridge& bridge_;
    ExploreView view_;
    QUndoStack undo_;
    LatencyMeter latency_;
    engine::Image decoded_;
    std::uint64_t pullStamp_ = 0; ///< of the request that pulls the code; 0 = none
    std::vector<float>
        decodedAt_; ///< its code: on a way that is pulled to the data known by this answer only
    std::uint64_t lastPicture_ = 0; ///< stamp of the newest request
    int gesture_ = 0;
    int nextKeyframe_ = 1;
    double padRange_ = codeRange;
    bool active_ = true;

    QTimer fieldTimer_;
    QTimer stripTimer_;
    QTimer refreshTimer_; ///< slow repeats of strip, field and encoding while weights keep coming
    QTimer playTimer_;
    QElapsedTimer playClock_;
    double position_ = 0.0;
    bool showPath_ = false; ///< the picture shows the path's position instead of the code
    engine::KeyframePath path_;
    engine::PathSpeed speed_; ///< of path_, once measured_
    bool measured_ = false;
    std::uint64_t measureStamp_ = 0;
    using WayEnds = std::pair<std::vector<float>, std::vector<float>>;
    std::map<WayEnds, engine::Codes> ways_; ///< geodesics of the current model, both directions
    std::optional<WayEnds> wayInSearch_;
    int framesPerSecond_ = 30;
    double secondsPerSegment_ = 1.0;

    using EncodeSource = std::variant<std::monostate, engine::EncodeImage, engine::EncodeFile>;
    EncodeSource encodeSource_;
    QString encodeName_;
    int keyframeAfterEncode_ = -1;
    bool refined_ = false; ///< the picture's code was searched for: newer weights do not encode it again
    struct HeldOut {
        std::uint64_t epoch = 0;
        std::int64_t step = -1;
        std::vector<float> l1; ///< rising; empty where they cannot be measured
    };
    HeldOut heldOut_;
    HeldOut searchedHeldOut_; ///< the same of codes that were searched for as the picture's was
    bool measuresHeldOut_ = false;
    std::uint64_t heldOutSearch_ = 0; ///< stamp of the search under way
    engine::ExploreResult encoded_;
    bool live_ = false;
    std::optional<engine::CropSquare> liveCrop_;
    QString walkName_;
    std::map<std::uint64_t, EncodePurpose> encodePurposes_;
    std::function<void(const engine::ExploreResult&)> inspected_;
    std::map<std::uint64_t, std::function<void(std::vector<engine::Image>)>> sheets_;
    std::size_t stripKeyframes_ = 0; ///< how many of the requested strip's codes are keyframes
    std::size_t stripAnchors_ = 0;
};

} // namespace alphascope::ui
