#pragma once
// The pictures of a folder to choose from: small pictures that are decoded as they come in sight, those that
// cannot be read marked. Arrow keys and clicks choose, and the picture is encoded at once; Return or Escape
// closes. GUI thread only.

#include <QFrame>
#include <QTimer>

#include "ui/session/folder_pictures.h"

class QLabel;
class QListView;

namespace alphascope::ui {

class ElidedLabel;

class FolderPopup : public QFrame {
    Q_OBJECT
public:
    explicit FolderPopup(FolderPictures& pictures, QWidget* parent = nullptr);

    /// To the right of `anchor`, or where there is room, at the picture that is current.
    void open(const QWidget* anchor);
    QListView* list() const { return list_; }

private:
    class Model;
    void wantVisible();
    void refresh();
    void showCurrent();

    FolderPictures& pictures_;
    QLabel* title_;
    ElidedLabel* name_;
    QListView* list_;
    Model* model_;
    QTimer asking_;
};

} // namespace alphascope::ui
