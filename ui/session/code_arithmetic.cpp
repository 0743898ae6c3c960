#include "ui/session/code_arithmetic.h"

#include <algorithm>
#include <utility>

#include "ui/session/image_conversion.h"

namespace alphascope::ui {

using engine::ExploreLane;

namespace {

engine::DecodeCodes decodeOf(const std::vector<float>& code) {
    engine::DecodeCodes order;
    order.codes.values = code;
    order.codes.count = 1;
    order.codes.size = code.size();
    return order;
}

} // namespace

CodeArithmetic::CodeArithmetic(EngineBridge& bridge, ExploreController& controller, QObject* parent)
    : QObject(parent), bridge_(bridge), controller_(controller) {
    connect(&bridge_, &EngineBridge::exploreResult, this, &CodeArithmetic::onResult);
    // After the controller, whose code has the new model's size then.
    connect(&controller_, &ExploreController::modelChanged, this, &CodeArithmetic::onModelOpened);
}

void CodeArithmetic::setCode(int index, std::vector<float> code, const QString& label) {
    if (code.size() != controller_.view().code.size() || code.empty())
        return;
    begin(index, decodeOf(code), label);
    operands_[std::size_t(index)].code = std::move(code);
    Q_EMIT changed();
}

void CodeArithmetic::setSeed(int index, std::uint64_t seed) {
    setCode(index, engine::priorCodes(seed, 1, controller_.view().code.size()).values,
            tr("seed %1").arg(seed));
}

void CodeArithmetic::setPicture(int index, const QImage& picture, const QString& name) {
    begin(index, engine::EncodeImage{toEngineImage(picture), {}}, name);
}

void CodeArithmetic::setFile(int index, const QString& path) {
    begin(index, engine::EncodeFile{path.toStdString(), {}}, path.section(QLatin1Char('/'), -1));
}

void CodeArithmetic::clear(int index) {
    std::erase_if(waiting_, [index](const Task& task) { return task.index == index; });
    if (running_ == index) {
        bridge_.cancelExplore(ExploreLane::Operand);
        running_ = -1; // its answer is for nobody
    }
    operands_[std::size_t(index)] = {};
    Q_EMIT changed();
}

void CodeArithmetic::begin(int index, engine::ExploreOrder order, const QString& label) {
    if (!controller_.hasModel())
        return;
    clear(index);
    operands_[std::size_t(index)].label = label;
    operands_[std::size_t(index)].busy = true;
    waiting_.push_back({index, std::move(order)});
    Q_EMIT changed();
    next();
}

/// A lane keeps only its newest request, so the next one waits for the answer.
void CodeArithmetic::next() {
    if (running_ || waiting_.empty())
        return;
    Task task = std::move(waiting_.front());
    waiting_.pop_front();
    running_ = task.index;
    stamp_ = bridge_.request(ExploreLane::Operand, std::move(task.order));
}

void CodeArithmetic::onResult(const engine::ExploreResult& result) {
    if (result.lane != ExploreLane::Operand || !running_ || result.stamp != stamp_ ||
        (!result.finished && !result.error))
        return;
    const int index = *std::exchange(running_, std::nullopt);
    if (index >= 0) {
        Operand& operand = operands_[std::size_t(index)];
        operand.busy = false;
        if (result.error || result.codes.count == 0) { // the controller says what went wrong
            operand = {};
        } else {
            operand.code = result.codes.values;
            if (!result.images.empty())
                operand.thumbnail = toQImage(result.images.front());
            else // encoded by a model that does not rebuild
                waiting_.push_front({index, decodeOf(operand.code)});
        }
    }
    Q_EMIT changed();
    next();
}

void CodeArithmetic::onModelOpened() {
    waiting_.clear();
    running_.reset();
    for (int index = 0; index < operandCount; ++index) {
        Operand& operand = operands_[std::size_t(index)];
        if (operand.code.empty() || operand.code.size() != controller_.view().code.size())
            operand = {}; // also a picture on its way: its code would have been the other model's
        else
            setCode(index, std::vector<float>(operand.code), QString(operand.label));
    }
    Q_EMIT changed();
}

bool CodeArithmetic::complete() const {
    return std::all_of(operands_.begin(), operands_.end(),
                       [](const Operand& operand) { return !operand.code.empty(); });
}

void CodeArithmetic::apply() {
    if (!complete())
        return;
    const auto& [a, b, c] = operands_;
    controller_.endGesture();
    controller_.setCode(engine::codeAnalogy(a.code, b.code, c.code),
                        tr("%1 − %2 + %3").arg(a.label, b.label, c.label));
}

} // namespace alphascope::ui
