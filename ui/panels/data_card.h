#pragma once
// One data set introduced: whether it is here, how much it is, 64 of its pictures, its labels; or how to get
// it. GUI thread only.

#include <QWidget>

#include "ui/session/data_library.h"

class QLabel;
class QPushButton;

namespace alphascope::ui {

class ImageGrid;

class DataCard : public QWidget {
    Q_OBJECT
public:
    explicit DataCard(DataLibrary& library, QWidget* parent = nullptr);
    /// A set that the library knows; its pictures follow.
    void setSet(const QString& name);
    const QString& set() const { return name_; }

Q_SIGNALS:
    /// The user wants to point to the folder of `name`.
    void folderWanted(const QString& name);
    void fetchWanted(const QString& name);

private:
    void refresh();
    void showSample(const DataSample& sample);

    DataLibrary& library_;
    QString name_;
    QLabel* title_;
    QLabel* state_;
    QLabel* description_;
    QLabel* byHand_;
    QPushButton* fetch_;
    QPushButton* folder_;
    ImageGrid* pictures_;
    QLabel* labels_;
};

/// "10 labels: 0, 1, 2, …": at most `shown` of them.
QString labelsText(const std::vector<std::string>& labels, int shown = 24);

/// "ready · 70,000 pictures of 28 px, grey · 11 MB", "not here · 162 MB to download"
QString stateText(const engine::KnownDataSet& set);

} // namespace alphascope::ui
