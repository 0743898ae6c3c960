#pragma once
// The holes and leaks that are marked on the map, one by one, with how far the critic can be trusted at each.
// GUI thread only.

#include <QWidget>

#include <optional>
#include <vector>

#include "ui/models/map_places.h"

class QLabel;
class QListWidget;
class QPushButton;

namespace alphascope::ui {

class PlaceList : public QWidget {
    Q_OBJECT
public:
    explicit PlaceList(QWidget* parent = nullptr);

    /// What `report` says of the critic that found them; it is not reliable: no places, and a sentence why.
    void setPlaces(const std::vector<MapPlace>& places, const engine::CodeCriticReport& report);
    void clear(); ///< there is no field
    void setCurrent(int index);
    int current() const;
    QListWidget* list() const { return list_; }
    QPushButton* decodeButton() const { return decode_; }
    QString note() const;

    /// "hole 1"
    static QString nameOf(const MapPlace& place);

Q_SIGNALS:
    void chosen(int index);
    void decodeRequested(int index);

private:
    void refresh();

    std::vector<MapPlace> places_;
    QLabel* note_;
    QListWidget* list_;
    QPushButton* decode_;
};

} // namespace alphascope::ui
