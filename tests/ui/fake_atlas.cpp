#include "fake_engine.h"

namespace alphascope::ui::test {

void FakeAtlas::push(engine::AtlasEvent event) {
    events_.push_back(std::move(event));
    notify_();
}

void FakeAtlas::askField(std::uint64_t stamp, engine::Codes codes) {
    engine::CriticField field{stamp, {}};
    for (std::size_t i = 0; i < codes.count; ++i)
        field.logRatios.push_back(codes.row(i)[0]);
    push(std::move(field));
}

void FakeAtlas::pushCodes(std::size_t count, engine::AtlasCodes source) {
    auto set = std::make_shared<engine::CodeSet>();
    set->source = source;
    set->model.method = "alpha-gan";
    set->model.latentSize = 8;
    set->data = "glyphs";
    set->split = "train";
    set->codes = engine::priorCodes(5, count, 8);
    set->side = 28;
    set->channels = 3;
    set->labelNames = {"zero", "one"};
    auto map = std::make_shared<engine::CodeMap>();
    auto rows = std::make_shared<std::vector<std::uint32_t>>();
    for (std::size_t i = 0; i < count; ++i) {
        const int label = int(i % 2);
        set->codes.row(i)[0] += label ? 6.0F : -6.0F;
        set->labels.push_back(label);
        set->numbers.push_back(i);
        set->pixels.insert(set->pixels.end(), std::size_t(28) * 28 * 3, std::uint8_t(label ? 200 : 90));
        rows->push_back(std::uint32_t(i));
        map->positions.push_back(set->codes.row(i)[0]);
        map->positions.push_back(set->codes.row(i)[1]);
    }
    map->rows = rows;
    map->finished = true;
    map->origin.assign(8, 0.0F);
    map->across.assign(8, 0.0F);
    map->up.assign(8, 0.0F);
    map->across[0] = map->up[1] = 1.0F;
    engine::LatentDirection component;
    component.name = "component 1";
    component.vector = map->across;
    component.centre = map->origin;
    component.share = 0.5;
    push(engine::CodesLoaded{set, {component}, 0.5});
    push(engine::MapMoved{map});
}

} // namespace alphascope::ui::test
