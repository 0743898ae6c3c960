// A comparison as a labelled sheet.

#include <cmath>

#include <fmt/format.h>

#include "engine/api/compare.h"
#include "engine/imaging/labelled_sheet.h"

namespace alphascope::engine {

namespace {

constexpr double rowCell = 84.0;
constexpr double crowdedRowCell = 62.0; // of more than six models
constexpr std::size_t crowded = 6;
constexpr double blockCell = 30.0;

/// "12,340"
std::string grouped(std::int64_t number) {
    std::string text = std::to_string(number);
    for (auto place = static_cast<std::ptrdiff_t>(text.size()) - 3; place > 0; place -= 3) {
        text.insert(static_cast<std::size_t>(place), ",");
    }
    return text;
}

std::string lastPart(std::string path) {
    while (path.size() > 1 && path.back() == '/') {
        path.pop_back();
    }
    return path.substr(path.rfind('/') + 1);
}

SheetColumn headingOf(const ComparedModel& model) {
    return {model.name, {comparedDataText(model.info), "step " + grouped(model.info.step)}};
}

std::string noteOf(const ComparedModel& model) {
    const std::optional<double> mean = model.meanL1();
    if (!mean) {
        return model.whyEmpty;
    }
    return fmt::format("L1 {:.3f}{}", *mean, model.searched ? " · by search" : "");
}

int acrossFor(std::size_t pictures, int wanted) {
    return wanted > 0 ? wanted : std::max(1, int(std::ceil(std::sqrt(double(pictures)))));
}

SheetBand samplesBand(const Comparison& comparison, const CompareSheet& options) {
    SheetBand band;
    band.title = "SAMPLES FROM THE SAME CODES";
    const bool rows = options.layout == CompareLayout::Rows;
    band.across = rows ? 1 : acrossFor(comparison.question.samples, options.across);
    for (std::size_t i = 0; rows && i < comparison.question.samples; ++i) {
        band.headLabels.push_back(fmt::format("z {}", i + 1));
    }
    for (const ComparedModel& model : comparison.models) {
        band.blocks.push_back({model.samples, {}});
    }
    return band;
}

SheetBand rebuiltBand(const Comparison& comparison, const CompareSheet& options) {
    SheetBand band;
    const bool rows = options.layout == CompareLayout::Rows;
    band.title = rows ? "THE SAME PICTURES, REBUILT" : "THE SAME PICTURES: ORIGINAL AND REBUILT";
    const auto& originals = comparison.models.front().originals;
    if (rows) {
        band.headTitle = "Original";
        band.heads = originals;
    } else {
        // Pairs in a square take half as many across as pictures do.
        const int pairs =
            options.across > 0 ? options.across : std::max(1, acrossFor(2 * originals.size(), 0) / 2);
        band.across = 2 * pairs;
    }
    for (const ComparedModel& model : comparison.models) {
        SheetBlock block{{}, noteOf(model)};
        for (std::size_t i = 0; i < model.reconstructions.size(); ++i) {
            if (!rows) {
                block.cells.push_back(model.originals[i]);
            }
            block.cells.push_back(model.reconstructions[i]);
        }
        band.blocks.push_back(std::move(block));
    }
    return band;
}

std::string sourceText(const Comparison& comparison) {
    const CompareQuestion& question = comparison.question;
    const std::vector<std::string>& names = comparison.models.front().inputNames;
    if (names.empty()) {
        return {};
    }
    std::string sources;
    for (const std::string& path : question.pictures) {
        sources += (sources.empty() ? "" : ", ") + lastPart(path);
    }
    const std::string which = names.front().rfind("test #", 0) == 0
                                  ? fmt::format("held-out pictures {} to {} of {}", question.firstInput,
                                                question.firstInput + names.size() - 1, sources)
                                  : fmt::format("{} to {} of {}", names.front(), names.back(), sources);
    return fmt::format("Rebuilt: {}; mean L1 over all elements in [-1,1].", which);
}

std::string captionOf(const Comparison& comparison) {
    const CompareQuestion& question = comparison.question;
    std::string caption;
    const auto add = [&](const std::string& sentence) {
        if (!sentence.empty()) {
            caption += (caption.empty() ? "" : " ") + sentence;
        }
    };
    if (question.samples > 0) {
        add(fmt::format("Codes drawn from the prior with seed {}.", question.seed));
    }
    if (question.inputs > 0) {
        add(sourceText(comparison));
    }
    for (const std::string& note : comparison.notes) {
        add(note);
    }
    std::string checkpoints;
    for (const ComparedModel& model : comparison.models) {
        checkpoints += fmt::format("{}{} {}", checkpoints.empty() ? "" : ", ", model.name,
                                   model.info.checksum.substr(0, 8));
    }
    add(fmt::format("Checksums of the checkpoints: {}.", checkpoints));
    return caption;
}

} // namespace

std::string comparedDataText(const ModelInfo& info) {
    const std::string set = lastPart(info.data);
    return info.transform.empty() ? set : set + " + " + info.transform;
}

void writeComparison(const std::string& path, const Comparison& comparison, const CompareSheet& options) {
    LabelledSheet sheet;
    sheet.pictureSide = comparison.size;
    const bool rows = options.layout == CompareLayout::Rows;
    const double inRows = comparison.models.size() > crowded ? crowdedRowCell : rowCell;
    sheet.cellSide = rows ? inRows : blockCell;
    for (const ComparedModel& model : comparison.models) {
        sheet.columns.push_back(headingOf(model));
    }
    if (comparison.question.samples > 0) {
        sheet.bands.push_back(samplesBand(comparison, options));
    }
    if (comparison.question.inputs > 0 && !comparison.models.front().info.isPoints()) {
        sheet.bands.push_back(rebuiltBand(comparison, options));
    }
    sheet.caption = captionOf(comparison);
    writeSheet(path, sheet);
}

} // namespace alphascope::engine
