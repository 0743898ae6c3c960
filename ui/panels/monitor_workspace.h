#pragma once
// The training at a glance: held-out pictures beside their reconstructions, samples from fixed codes (or, for
// a model of points, all of them in one plane), losses and metrics. GUI thread only; everything comes from
// the RunDisplay.

#include <QWidget>

#include "ui/panels/inspector_panel.h"
#include "ui/session/run_display.h"

class QSplitter;
class QStackedWidget;

namespace alphascope::ui {

class CurveFeed;
class CurvePanel;
class IDialogs;
class ImageGrid;
class Panel;
class ScatterView;

class MonitorWorkspace : public QWidget {
    Q_OBJECT
public:
    MonitorWorkspace(RunDisplay& display, IDialogs& dialogs, QWidget* parent = nullptr);

    ImageGrid* reconstructions() const { return reconstructions_; }
    ImageGrid* samples() const { return samples_; }
    CurvePanel* losses() const { return losses_; }
    CurvePanel* metrics() const { return metrics_; }
    Panel* reconstructionsPanel() const { return reconstructionsPanel_; }
    Panel* samplesPanel() const { return samplesPanel_; }
    ScatterView* points() const { return points_; }
    Panel* pointsPanel() const { return pointsPanel_; }
    /// Points are shown instead of pictures.
    bool showsPoints() const;
    /// The panel in view that shows messages.
    Panel* messagePanel() const { return showsPoints() ? pointsPanel_ : reconstructionsPanel_; }

    /// The latent size of the model shown, for codes that cells carry; 0 when unknown.
    void setLatentSize(std::size_t size) { latentSize_ = size; }
    void setMethodCanEncode(bool can, const QString& methodTitle);
    /// Whose curves are shown; null when unknown. Must outlive the workspace.
    void setMethod(const models::MethodTraits* method);

    /// One engine picture of the pair, for encoding.
    const engine::Image* originalPicture(int index) const;
    Inspection inspectPair(int index) const;
    Inspection inspectSample(int index) const;
    /// The fixed code of a sample.
    std::vector<float> sampleCode(int index) const;

    QByteArray saveLayout() const;
    void restoreLayout(const QByteArray& layout);

Q_SIGNALS:
    void pairClicked(int index);
    void pairActivated(int index);
    void sampleClicked(int index);
    void sampleActivated(int index);
    /// From an alarm's message.
    void forkRequested(const QString& checkpoint);
    /// The figure that tells best whether the training goes well: "D accuracy", "0.71"; empty without one.
    void healthChanged(const QString& title, const QString& value, const QString& meaning);

protected:
    void showEvent(QShowEvent* event) override;

private:
    void showPreview(const std::shared_ptr<const engine::Preview>& preview);
    void fillGrids();
    void refreshCaptions();
    void refreshEmptyTexts();
    void refreshHealth();
    void showMark(const RunMark& mark);

    RunDisplay& display_;
    Panel* reconstructionsPanel_;
    Panel* samplesPanel_;
    ImageGrid* reconstructions_;
    ImageGrid* samples_;
    Panel* pointsPanel_;
    ScatterView* points_;
    CurvePanel* losses_;
    CurvePanel* metrics_;
    CurveFeed* feed_;
    QSplitter* rows_;
    QSplitter* pictures_;
    QStackedWidget* top_; ///< pictures_ or pointsPanel_
    QSplitter* curves_;
    std::shared_ptr<const engine::Preview> preview_;
    bool gridsStale_ = false; ///< preview_ came while the workspace was hidden
    std::size_t latentSize_ = 0;
    bool canEncode_ = true;
    QString methodTitle_;
};

} // namespace alphascope::ui
