#pragma once
// What the project uses of LibTorch. torch/torch.h also brings every layer, data set and optimiser of
// LibTorch's own, whose templates each file would compile anew: twice the time for nothing that is used here.
// It is the project's precompiled header.

#include <torch/autograd.h>  // IWYU pragma: export
#include <torch/nn/module.h> // IWYU pragma: export
#include <torch/types.h>     // IWYU pragma: export
#include <torch/utils.h>     // IWYU pragma: export
#include <torch/version.h>   // IWYU pragma: export
