#include "ui/models/parameter_form.h"

#include <algorithm>
#include <utility>

#include "ui/models/session_actions.h"
#include "ui/models/text.h"

namespace alphascope::ui {

ParameterForm::Switch ParameterForm::setMethod(const models::MethodTraits& traits) {
    Switch result;
    const models::MethodTraits* before = std::exchange(traits_, &traits);
    for (const auto& [name, value] : std::exchange(overrides_, {})) {
        const std::string title = before ? models::findSpec(before->schema, name).title : name;
        (setText(name, value).isEmpty() ? result.kept : result.reset).push_back(title);
    }
    return result;
}

void ParameterForm::setPreset(const std::string& preset) {
    preset_ = preset;
    forgetWhatIsDefault();
}

void ParameterForm::setImage(const models::ImageShape& image) {
    image_ = image;
    forgetWhatIsDefault();
}

void ParameterForm::forgetWhatIsDefault() {
    std::erase_if(overrides_, [this](const auto& entry) { return entry.second == defaultText(entry.first); });
}

std::vector<std::pair<std::string, std::vector<const models::ParameterSpec*>>> ParameterForm::groups() const {
    std::vector<std::pair<std::string, std::vector<const models::ParameterSpec*>>> result;
    if (!traits_)
        return result;
    for (const models::ParameterSpec& spec : traits_->schema) {
        auto found = std::find_if(result.begin(), result.end(),
                                  [&](const auto& group) { return group.first == spec.group; });
        if (found == result.end())
            found = result.insert(result.end(), {spec.group, {}});
        found->second.push_back(&spec);
    }
    return result;
}

std::string ParameterForm::defaultText(const std::string& name) const {
    if (!traits_)
        return {};
    for (const models::MethodPreset& preset : traits_->presets)
        if (preset.name == preset_)
            for (const auto& [parameter, value] : preset.values)
                if (parameter == name)
                    return models::toText(value);
    return models::toText(models::defaultFor(models::findSpec(traits_->schema, name), image_));
}

std::string ParameterForm::text(const std::string& name) const {
    const auto found = overrides_.find(name);
    return found == overrides_.end() ? defaultText(name) : found->second;
}

QString ParameterForm::setText(const std::string& name, const std::string& value) {
    try {
        const models::ParameterSpec& spec = models::findSpec(traits_->schema, name);
        const std::string clean = models::toText(models::parseValue(spec, value));
        if (clean == defaultText(name))
            overrides_.erase(name);
        else
            overrides_[name] = clean;
        return {};
    } catch (const models::SchemaError& error) {
        return QString::fromUtf8(error.what());
    }
}

void ParameterForm::setOverrides(const std::map<std::string, std::string>& overrides) {
    std::map<std::string, std::string> kept;
    for (const auto& [name, value] : overrides) {
        try {
            const models::ParameterSpec& spec = models::findSpec(traits_->schema, name);
            kept[name] = models::toText(models::parseValue(spec, value));
        } catch (const models::SchemaError&) {
        }
    }
    overrides_ = std::move(kept);
}

QString ParameterForm::lockReason(const models::ParameterSpec& spec, engine::SessionState state) {
    const SessionActions actions = enabledActions(state);
    if (spec.live ? actions.editLive : actions.editSetup)
        return {};
    return setupLockReason(state);
}

QString ParameterForm::tooltip(const models::ParameterSpec& spec) const {
    QStringList lines{ui::text(spec.meaning)};
    if (spec.type == models::ParameterType::Integer || spec.type == models::ParameterType::Real)
        lines << tr("From %1 to %2%3.")
                     .arg(QString::number(spec.minimum, 'g', 6), QString::number(spec.maximum, 'g', 6),
                          spec.unit.empty() ? QString() : QLatin1Char(' ') + ui::text(spec.unit));
    lines << tr("Default: %1. Name: %2.").arg(ui::text(defaultText(spec.name)), ui::text(spec.name));
    if (spec.live)
        lines << tr("May change while training.");
    return lines.join(QLatin1Char('\n'));
}

} // namespace alphascope::ui
