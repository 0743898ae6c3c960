#include "engine/session/failure.h"

#include <exception>
#include <new>
#include <string>

namespace alphascope::engine {

Error currentError() {
    try {
        throw;
    } catch (const Error& error) {
        return error;
    } catch (const std::bad_alloc&) {
        return {ErrorKind::TrainingFailed, "Memory ran out during training.",
                "Choose a smaller batch or preset, or close other programs."};
    } catch (const std::exception& error) {
        const std::string text = error.what();
        return {ErrorKind::Internal, "Training met an unexpected fault: " + text.substr(0, text.find('\n')),
                "Start again from the last checkpoint."};
    } catch (...) {
        return {ErrorKind::Internal, "Training met an unknown fault.",
                "Start again from the last checkpoint."};
    }
}

} // namespace alphascope::engine
