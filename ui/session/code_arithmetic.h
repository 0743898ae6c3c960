#pragma once
// A - B + C of codes, without widgets: the three operands, where they come from and how they look. A picture
// is encoded on a lane of its own, one operand after the other. GUI thread only.

#include <QImage>
#include <QObject>
#include <QString>

#include <array>
#include <deque>
#include <optional>
#include <vector>

#include "ui/session/explore_controller.h"

namespace alphascope::ui {

class CodeArithmetic : public QObject {
    Q_OBJECT
public:
    static constexpr int operandCount = 3;
    struct Operand {
        std::vector<float> code; ///< empty: none, or not found yet
        QString label;
        QImage thumbnail;  ///< the code decoded
        bool busy = false; ///< its code or its thumbnail is on its way
    };

    CodeArithmetic(EngineBridge& bridge, ExploreController& controller, QObject* parent = nullptr);

    const Operand& operand(int index) const { return operands_[std::size_t(index)]; }
    void setCode(int index, std::vector<float> code, const QString& label);
    void setSeed(int index, std::uint64_t seed);
    void setPicture(int index, const QImage& picture, const QString& name);
    void setFile(int index, const QString& path);
    void clear(int index);

    bool complete() const;
    /// The sum becomes the code in view, as one undo step. Nothing without all three operands.
    void apply();

Q_SIGNALS:
    void changed();

private:
    struct Task {
        int index = 0;
        engine::ExploreOrder order;
    };

    void begin(int index, engine::ExploreOrder order, const QString& label);
    void next();
    void onResult(const engine::ExploreResult& result);
    void onModelOpened();

    EngineBridge& bridge_;
    ExploreController& controller_;
    std::array<Operand, operandCount> operands_;
    std::deque<Task> waiting_; ///< at most one for each operand
    std::optional<int> running_;
    std::uint64_t stamp_ = 0; ///< of what is running
};

} // namespace alphascope::ui
