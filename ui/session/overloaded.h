#pragma once
// Several lambdas as one visitor of a variant. Pure.

namespace alphascope::ui {

template <typename... Handlers>
struct Overloaded : Handlers... {
    using Handlers::operator()...;
};
template <typename... Handlers>
Overloaded(Handlers...) -> Overloaded<Handlers...>;

} // namespace alphascope::ui
