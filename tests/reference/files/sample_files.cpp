// Writes one of each of our files for the Python checks, and reads those that Python wrote.
//   sample_files write FOLDER   |   sample_files read FOLDER
// Every array is f(i) = i * 0.25 - 3 (or i for whole numbers), which both sides know.
#include <algorithm>
#include <cstring>
#include <fstream>
#include <iostream>
#include <limits>
#include <string>

#include "engine/api/error.h"
#include "engine/storage/checkpoint_meta.h"
#include "engine/storage/event_file.h"
#include "engine/storage/npy.h"
#include "engine/storage/safetensors.h"

using namespace alphascope::engine;

namespace {

template <typename Number>
NamedArray ramp(const std::string& name, const char* dtype, std::vector<std::int64_t> shape, double factor,
                double offset) {
    std::size_t count = 1;
    for (const std::int64_t side : shape) {
        count *= static_cast<std::size_t>(side);
    }
    NamedArray array{name, dtype, std::move(shape), std::vector<std::byte>(count * sizeof(Number))};
    for (std::size_t i = 0; i < count; ++i) {
        const auto value = static_cast<Number>(double(i) * factor + offset);
        std::memcpy(array.bytes.data() + i * sizeof(Number), &value, sizeof(Number));
    }
    return array;
}

void writeCheckpoint(const std::string& path) {
    CheckpointMeta meta;
    meta.method = "alpha-gan";
    meta.data = "色 \"glyphs\"";
    meta.step = 12000;
    ModelState state;
    state.metadata = toMetadata(meta);
    state.arrays.push_back(ramp<float>("G.conv.weight", "F32", {4, 3, 2, 2}, 0.25, -3));
    state.arrays.push_back(ramp<std::uint8_t>("bytes", "U8", {5}, 1, 0));
    state.arrays.push_back(ramp<double>("scalar", "F64", {}, 0.25, -3));
    state.arrays.push_back(ramp<std::int64_t>("step", "I64", {3}, 1, 0));
    state.arrays.push_back(ramp<float>("empty", "F32", {0, 3}, 0, 0));
    writeSafetensors(path, state);
}

void writeArrays(const std::string& folder) {
    Codes codes(5, 7);
    for (std::size_t i = 0; i < codes.values.size(); ++i) {
        codes.values[i] = static_cast<float>(i) * 0.25F - 3.0F;
    }
    writeNpy(folder + "/codes.npy", codes);
    writeNpy(folder + "/labels.npy", std::vector<int>{3, -1, 999});
    for (const int channels : {1, 3}) {
        std::vector<Image> images(4, Image(6, 5, channels));
        std::uint8_t value = 0;
        for (Image& image : images) {
            std::generate(image.pixels.begin(), image.pixels.end(), [&] { return value++; });
        }
        writeNpy(folder + "/images" + std::to_string(channels) + ".npy", images);
    }
}

/// Steps 1 to 10, interrupted, gone on with from step 6: TensorBoard must show 1 to 6 of the first and 7, 8
/// of the second.
void writeEvents(const std::string& folder) {
    // The smallest PNG there is: one grey pixel.
    const std::string png(
        "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\0\0\0\0\x3a\x7e\x9b\x55"
        "\0\0\0\x0aIDAT\x78\x9c\x63\x60\0\0\0\2\0\1\x48\xaf\xa4\x71\0\0\0\0IEND\xae\x42\x60\x82",
        67);
    {
        EventWriter first(folder, 0);
        for (std::int64_t step = 1; step <= 10; ++step) {
            first.scalars(
                {step, 1000.0 + double(step), {{"loss/G", double(step)}, {"loss/E", -double(step)}}});
        }
        first.flush();
    }
    EventWriter second(folder, 6);
    second.scalars({7, 2000.5, {{"loss/G", 70.0}}});
    second.scalars({8, 2001.5, {{"loss/G", std::numeric_limits<double>::quiet_NaN()}}});
    second.scalars({9, 2002.5, {{"loss/G", std::numeric_limits<double>::infinity()}}});
    second.image("preview/samples", 8, 2001.5, 1, 1, 1, png);
    second.text("config", 8, 2001.5, "learning rate **0.0002**, 色");
    second.scalars({std::int64_t{1} << 40, 2003.5, {{"late", 1.0}}});
    second.flush();
}

/// Prints what it found, one line each, for the script to compare.
void readBack(const std::string& folder) {
    const Codes codes = readCodesNpy(folder + "/codes.npy");
    std::cout << "codes " << codes.count << " " << codes.size << " " << codes.values.back() << "\n";
    const auto images = readImagesNpy(folder + "/images.npy");
    std::cout << "images " << images.size() << " " << images[0].height << " " << images[0].width << " "
              << images[0].channels << " " << int(images.back().pixels.back()) << "\n";
    const ModelState state = readSafetensors(folder + "/python.safetensors");
    std::cout << "metadata " << state.metadata.at("made") << "\n";
    for (const NamedArray& array : state.arrays) {
        std::cout << "tensor " << array.name << " " << array.dtype << " " << array.bytes.size() << "\n";
    }
    const ModelState saved =
        readSafetensors(folder + "/again.safetensors"); // ours, loaded and saved by Python
    std::cout << "again " << parseMetadata(saved.metadata, "again").step << "\n";
}

} // namespace

int main(int argc, char** argv) {
    if (argc != 3) {
        std::cerr << "usage: sample_files write|read FOLDER\n";
        return 2;
    }
    const std::string folder = argv[2];
    try {
        if (std::string(argv[1]) == "read") {
            readBack(folder);
            return 0;
        }
        writeCheckpoint(folder + "/step-000000012000.safetensors");
        writeArrays(folder);
        writeEvents(folder);
    } catch (const Error& error) {
        std::cerr << error.sentence() << "\n";
        return exitCode(error.kind());
    }
    return 0;
}
