#pragma once
// The scalars that a run has written so far, read in one go: EventReader. Never locks the run. Any thread.

#include "engine/storage/event_file.h" // IWYU pragma: export
