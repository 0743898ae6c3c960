#include "engine/imaging/gif.h"

#include <array>
#include <cmath>
#include <memory>
#include <optional>
#include <utility>

#include <fmt/format.h>
#include <gif_lib.h>

#include "engine/api/error.h"
#include "engine/imaging/film.h"
#include "engine/imaging/palette.h"
#include "engine/storage/atomic_file.h"

namespace alphascope::engine {

namespace {

constexpr int bitsPerChannel = 8;
constexpr double hundredths = 100.0;

/// giflib's writer, in memory.
class GifWriter {
public:
    explicit GifWriter(const std::string& path) : path_(path) {
        int error = 0;
        gif_ = EGifOpen(&bytes_, append, &error);
        if (gif_ == nullptr) {
            fail(error);
        }
    }
    ~GifWriter() {
        if (gif_ != nullptr) {
            EGifCloseFile(gif_, nullptr);
        }
    }
    GifWriter(const GifWriter&) = delete;
    GifWriter& operator=(const GifWriter&) = delete;

    void begin(int width, int height, const std::optional<Palette>& shared, bool loop) {
        EGifSetGifVersion(gif_, true);
        const ColorMap map = shared ? colorMap(*shared) : nullptr;
        check(EGifPutScreenDesc(gif_, width, height, bitsPerChannel, 0, map.get()));
        if (loop) { // the extension that every player knows: again, without end
            const std::array<GifByteType, 3> forever{1, 0, 0};
            check(EGifPutExtensionLeader(gif_, APPLICATION_EXT_FUNC_CODE));
            check(EGifPutExtensionBlock(gif_, 11, "NETSCAPE2.0"));
            check(EGifPutExtensionBlock(gif_, int(forever.size()), forever.data()));
            check(EGifPutExtensionTrailer(gif_));
        }
    }

    /// `own`: null when the film's palette holds the frame's colours.
    void addFrame(const Image& frame, const Palette& palette, bool own, int delay) {
        const GraphicsControlBlock control{DISPOSE_DO_NOT, false, delay, NO_TRANSPARENT_COLOR};
        std::array<GifByteType, 4> extension{};
        EGifGCBToExtension(&control, extension.data());
        check(EGifPutExtension(gif_, GRAPHICS_EXT_FUNC_CODE, int(extension.size()), extension.data()));
        const ColorMap map = own ? colorMap(palette) : nullptr;
        check(EGifPutImageDesc(gif_, 0, 0, frame.width, frame.height, false, map.get()));
        std::vector<std::uint8_t> indices = palette.indicesOf(frame);
        for (int y = 0; y < frame.height; ++y) {
            check(EGifPutLine(gif_, indices.data() + std::size_t(y) * frame.width, frame.width));
        }
    }

    std::string finish() {
        int error = 0;
        if (EGifCloseFile(std::exchange(gif_, nullptr), &error) != GIF_OK) {
            fail(error);
        }
        return std::move(bytes_);
    }

private:
    struct FreeMap {
        void operator()(ColorMapObject* map) const { GifFreeMapObject(map); }
    };
    using ColorMap = std::unique_ptr<ColorMapObject, FreeMap>;

    static int append(GifFileType* gif, const GifByteType* bytes, int count) {
        static_cast<std::string*>(gif->UserData)
            ->append(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(count));
        return count;
    }

    /// Of a length that a GIF can have: a power of two.
    ColorMap colorMap(const Palette& palette) const {
        int size = 2;
        while (size < int(palette.colors().size())) {
            size *= 2;
        }
        std::vector<GifColorType> colors(static_cast<std::size_t>(size));
        for (std::size_t i = 0; i < palette.colors().size(); ++i) {
            const Rgb color = palette.colors()[i];
            colors[i] = {redOf(color), greenOf(color), blueOf(color)};
        }
        ColorMap map(GifMakeMapObject(size, colors.data()));
        if (!map) {
            fail(E_GIF_ERR_NOT_ENOUGH_MEM);
        }
        return map;
    }

    void check(int result) const {
        if (result != GIF_OK) {
            fail(gif_->Error);
        }
    }

    [[noreturn]] void fail(int error) const {
        const char* why = GifErrorString(error);
        throw Error(ErrorKind::InputOutput, fmt::format("The film '{}' cannot be written: {}.", path_,
                                                        why != nullptr ? why : "giflib gave no reason"));
    }

    std::string path_;
    std::string bytes_;
    GifFileType* gif_ = nullptr;
};

/// One palette for the whole film where that loses nothing; colours then never flicker.
std::optional<Palette> sharedPalette(const std::vector<Image>& frames) {
    ColorCounts all;
    for (const Image& frame : frames) {
        all.add(frame);
        if (all.size() > Palette::most) {
            return std::nullopt;
        }
    }
    return Palette(all);
}

/// In 1/100 s, spread so that frame i begins at i / rate as nearly as can be.
int delayOf(std::size_t frame, double framesPerSecond) {
    const auto begin = [&](std::size_t i) { return std::lround(double(i) * hundredths / framesPerSecond); };
    return int(begin(frame + 1) - begin(frame));
}

} // namespace

void writeGif(const std::string& path, const std::vector<Image>& frames, double framesPerSecond,
              const VideoOptions& options) {
    // Whole-pixel zooms make no new colours; resized frames do.
    const std::optional<Palette> shared = options.side == 0 ? sharedPalette(frames) : std::nullopt;
    GifWriter gif(path);
    for (std::size_t i = 0; i < frames.size(); ++i) {
        tellProgress(path, i, frames.size(), options);
        const Image frame = filmFrame(frames[i], options);
        if (i == 0) {
            gif.begin(frame.width, frame.height, shared, options.loop);
        }
        if (shared) {
            gif.addFrame(frame, *shared, false, delayOf(i, framesPerSecond));
        } else {
            ColorCounts counts;
            counts.add(frame);
            gif.addFrame(frame, Palette(counts), true, delayOf(i, framesPerSecond));
        }
    }
    writeFileAtomically(path, gif.finish());
}

} // namespace alphascope::engine
