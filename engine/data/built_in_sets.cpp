#include "engine/data/built_in_sets.h"

#include <algorithm>

#include "engine/data/color_transform.h"
#include "engine/data/glyph_set.h"
#include "engine/data/point_set.h"
#include "engine/data/shape_set.h"
#include "engine/data/stacked_transform.h"

namespace alphascope::engine {

const std::vector<BuiltInSet>& builtInSets() {
    static const std::vector<BuiltInSet> sets{
        {glyphSetInfo(), makeGlyphSet},
        {colorGlyphSetInfo(),
         [](int size, std::uint64_t seed) {
             return makeColored(makeGlyphSet(size, seed), seed, colorGlyphSetInfo());
         }},
        {stackedGlyphSetInfo(),
         [](int size, std::uint64_t seed) {
             return makeStacked(makeGlyphSet(size, seed), seed, stackedGlyphSetInfo());
         }},
        {shapeSetInfo(), makeShapeSet},
        {ringSetInfo(), makeRingSet},
        {gridSetInfo(), makeGridSet},
    };
    return sets;
}

const BuiltInSet* findBuiltInSet(const std::string& name) {
    const auto& sets = builtInSets();
    const auto found =
        std::find_if(sets.begin(), sets.end(), [&](const BuiltInSet& set) { return set.info.name == name; });
    return found == sets.end() ? nullptr : &*found;
}

std::vector<DataSetInfo> builtInDataSets() {
    std::vector<DataSetInfo> infos;
    for (const BuiltInSet& set : builtInSets()) {
        infos.push_back(set.info);
    }
    return infos;
}

} // namespace alphascope::engine
