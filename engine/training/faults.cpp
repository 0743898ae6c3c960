#include "engine/training/faults.h"

#include <new>
#include <string>

#include "models/libtorch.h"

#include "models/schema/parameter.h"

namespace alphascope::engine {

namespace {

bool contains(const std::string& text, const char* part) {
    return text.find(part) != std::string::npos;
}

/// LibTorch's messages go on for pages; the first line says what happened.
std::string firstLine(const std::string& text) {
    return text.substr(0, text.find('\n'));
}

Error outOfMemory(const char* where) {
    return {ErrorKind::TrainingFailed, std::string(where) + " ran out.",
            "Choose a smaller batchSize or preset, or close other programs."};
}

Error fromLibTorch(const std::string& message) {
    if (contains(message, "can't allocate memory") || contains(message, "not enough memory")) {
        return outOfMemory("Memory");
    }
    if (contains(message, "CUDA out of memory")) {
        return outOfMemory("The GPU's memory");
    }
    if (contains(message, "CUDA error") || contains(message, "CUBLAS_") || contains(message, "CUDNN_")) {
        return {ErrorKind::TrainingFailed, "The GPU was lost: " + firstLine(message) + ".",
                "Start the program again and resume from the last checkpoint."};
    }
    return {ErrorKind::TrainingFailed, "LibTorch refused an operation: " + firstLine(message),
            "Start again from the last checkpoint, or with other settings."};
}

} // namespace

Error faultInFlight() {
    try {
        throw;
    } catch (const Error& error) {
        return error;
    } catch (const models::SchemaError& error) {
        return {ErrorKind::Usage, error.what()};
    } catch (const c10::OutOfMemoryError&) {
        return outOfMemory("The GPU's memory");
    } catch (const c10::Error& error) {
        return fromLibTorch(error.what_without_backtrace());
    } catch (const std::bad_alloc&) {
        return outOfMemory("Memory");
    } catch (const std::exception& error) {
        return {ErrorKind::Internal, "An unexpected fault: " + firstLine(error.what()),
                "Start again from the last checkpoint."};
    } catch (...) {
        return {ErrorKind::Internal, "An unknown fault.", "Start again from the last checkpoint."};
    }
}

} // namespace alphascope::engine
