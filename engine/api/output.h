#pragma once
// What a program that uses the engine needs to leave results as files: pictures, sheets, videos, arrays and
// text, each written atomically. Any thread. All of it throws Error.

#include "engine/imaging/images.h"      // IWYU pragma: export  writeImage, makeGrid, enlarge, writeVideo
#include "engine/storage/atomic_file.h" // IWYU pragma: export  writeFileAtomically
#include "engine/storage/csv.h"         // IWYU pragma: export  csvField
#include "engine/storage/npy.h"         // IWYU pragma: export  writeNpy
