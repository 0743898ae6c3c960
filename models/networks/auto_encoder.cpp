#include "models/networks/auto_encoder.h"

namespace alphascope::models {

AutoEncoder::AutoEncoder(const ImageShape& image, std::int64_t filters, std::int64_t codeSize) {
    encoder_ = register_module("encoder", std::make_shared<Encoder>(image, filters, codeSize));
    decoder_ = register_module("decoder", std::make_shared<Generator>(image, filters, codeSize));
}

} // namespace alphascope::models
