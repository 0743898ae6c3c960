#pragma once
// Views for tests.

#include "engine/api/view.h"

namespace alphascope::tests {

/// A view that uses every part, with numbers that have no short decimal form.
inline engine::ViewDocument fullView() {
    engine::ViewDocument view;
    view.model = {"run/checkpoints/step-000000000003.safetensors", "abc123", "alpha-gan", 3, 3};
    view.show = engine::ViewKind::Film;
    view.at = engine::ViewCode{{0.1F, -1.0F / 3.0F, 1.17549435e-38F}, 0, 0, "gr\u00fcn"};
    view.truncation = 0.7;
    view.keyframes = {{{0.1F, 0.2F, 0.3F}, 0, 0, "a"}, {{}, 18'446'744'073'709'551'615U, 4, "b"}};
    view.path = engine::PathKind::Geodesic;
    engine::Codes way(3, 3);
    way.values = {0.1F, 0.2F, 0.3F, 2.0F / 3.0F, 1e-7F, -5.0F, 1.0F, 1.0F, 1.0F};
    view.ways = {way, engine::Codes(0, 3)};
    view.loop = true;
    view.evenSpeed = true;
    view.pull = 1.0 / 7.0;
    view.frames = 25;
    view.framesPerSecond = 1.0 / 0.3;
    view.repeat = false;
    view.scale = 3;
    view.side = 64;
    view.columns = 5;
    engine::LatentDirection direction;
    direction.name = "bold";
    direction.kind = engine::DirectionKind::Attribute;
    direction.vector = {0.6F, 0.8F, 0.0F};
    view.directions = {direction};
    return view;
}

} // namespace alphascope::tests
