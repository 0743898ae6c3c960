#include "models/schema/method_traits.h"

namespace alphascope::models {

const char* toText(MethodFamily family) {
    switch (family) {
    case MethodFamily::AutoEncodingGan:
        return "Auto-encoding GAN";
    case MethodFamily::Adversarial:
        return "Adversarial";
    case MethodFamily::AutoEncoderAsDiscriminator:
        return "Auto-encoder as discriminator";
    case MethodFamily::Variational:
        break;
    }
    return "Variational";
}

} // namespace alphascope::models
