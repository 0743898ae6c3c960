#pragma once
// What the set-up form holds: one method's schema, a preset, and what the user changed. No widgets.

#include <QString>

#include <map>
#include <string>
#include <vector>

#include "engine/api/session.h"
#include "models/schema/method_traits.h"

namespace alphascope::ui {

class ParameterForm {
public:
    /// What became of the user's changes when the method changed; titles of parameters.
    struct Switch {
        std::vector<std::string> kept;  ///< the new method has a parameter of that name that takes the value
        std::vector<std::string> reset; ///< it has none, or does not take it
    };

    /// `traits` must outlive the form. Changes that the new method knows by name are kept.
    Switch setMethod(const models::MethodTraits& traits);
    /// Of the data, which some defaults depend on.
    void setImage(const models::ImageShape& image);
    /// An unknown preset means the schema's own defaults.
    void setPreset(const std::string& preset);

    const models::MethodTraits* method() const { return traits_; }
    const std::string& preset() const { return preset_; }
    /// The schema's groups in order of appearance, with their parameters.
    std::vector<std::pair<std::string, std::vector<const models::ParameterSpec*>>> groups() const;

    std::string text(const std::string& name) const;        ///< current value
    std::string defaultText(const std::string& name) const; ///< the preset's value, or the schema's
    bool changed(const std::string& name) const { return overrides_.count(name) != 0; }
    /// "" when the text was taken, otherwise one sentence why not; the form then keeps its old value.
    QString setText(const std::string& name, const std::string& text);
    void reset(const std::string& name) { overrides_.erase(name); }
    void resetAll() { overrides_.clear(); }

    const std::map<std::string, std::string>& overrides() const { return overrides_; }
    /// Takes what fits the schema, silently leaves out the rest (settings of an older version). A value that
    /// is the default stays too: the data, which the default depends on, may become known only later
    /// (setImage).
    void setOverrides(const std::map<std::string, std::string>& overrides);

    /// "" when the parameter may be edited in this state, otherwise the reason.
    static QString lockReason(const models::ParameterSpec& spec, engine::SessionState state);
    /// Meaning, range, unit, default: the tooltip.
    QString tooltip(const models::ParameterSpec& spec) const;

private:
    /// What equals the default, now another one, is no change any more.
    void forgetWhatIsDefault();

    const models::MethodTraits* traits_ = nullptr;
    std::string preset_;
    models::ImageShape image_;
    std::map<std::string, std::string> overrides_;
};

} // namespace alphascope::ui
