#pragma once
// Chooses the data: a combo box whose list is a panel with every set that the program knows, whether it is
// here, a look into it, and how to get it. GUI thread only.

#include "ui/panels/form.h"
#include "ui/session/data_library.h"

namespace alphascope::ui {

class ChooserPopup;

class DataBox : public FormCombo {
    Q_OBJECT
public:
    /// Entries besides sets and paths.
    static QString folderEntry() { return QStringLiteral("folder:"); }
    static QString fileEntry() { return QStringLiteral("file:"); }

    explicit DataBox(DataLibrary& library, const std::vector<engine::DataSetInfo>& builtIn,
                     QWidget* parent = nullptr);
    /// Lists `data` (a name or a path) where it is not listed yet, and chooses it, without a signal.
    void setData(const QString& data, const QString& title);
    void showPopup() override;
    void hidePopup() override;
    ChooserPopup* popup() const { return popup_; }

Q_SIGNALS:
    /// A name, folderEntry() or fileEntry().
    void chosen(const QString& data);
    /// The files of a known set lie somewhere else.
    void folderWanted(const QString& name);

private:
    void fillPopup();
    void choose(const QString& key);
    int insertBeforeChoosers(const QString& title, const QString& data);

    DataLibrary& library_;
    ChooserPopup* popup_;
};

} // namespace alphascope::ui
