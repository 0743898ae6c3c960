#include "engine/imaging/cairo/page.h"

#include <cairo-pdf.h>

#include <cstddef>
#include <cstdint>
#include <memory>

#include "engine/api/error.h"

namespace alphascope::engine {

namespace {

using Page = std::unique_ptr<cairo_surface_t, void (*)(cairo_surface_t*)>;

void requireDrawn(cairo_surface_t* page) {
    if (const cairo_status_t status = cairo_surface_status(page); status != CAIRO_STATUS_SUCCESS) {
        throw Error(ErrorKind::Internal,
                    std::string("The sheet could not be drawn: ") + cairo_status_to_string(status) + ".");
    }
}

cairo_status_t append(void* text, const unsigned char* bytes, unsigned int count) {
    static_cast<std::string*>(text)->append(reinterpret_cast<const char*>(bytes), count);
    return CAIRO_STATUS_SUCCESS;
}

} // namespace

Image paintPicture(double width, double height, const PageArtist& artist) {
    const Page page(cairo_image_surface_create(CAIRO_FORMAT_RGB24, int(width * pixelsPerUnit),
                                               int(height * pixelsPerUnit)),
                    cairo_surface_destroy);
    artist(page.get(), pixelsPerUnit);
    cairo_surface_flush(page.get());
    requireDrawn(page.get());
    Image image(cairo_image_surface_get_width(page.get()), cairo_image_surface_get_height(page.get()), 3);
    const unsigned char* const bytes = cairo_image_surface_get_data(page.get());
    const int stride = cairo_image_surface_get_stride(page.get());
    auto* out = image.pixels.data();
    for (int y = 0; y < image.height; ++y) {
        const auto* row = reinterpret_cast<const std::uint32_t*>(bytes + std::ptrdiff_t(y) * stride);
        for (int x = 0; x < image.width; ++x) {
            for (const unsigned shift : {16U, 8U, 0U}) {
                *out++ = static_cast<std::uint8_t>(row[x] >> shift & 0xFFU);
            }
        }
    }
    return image;
}

std::string paintPdf(double width, double height, const PageArtist& artist) {
    std::string bytes;
    {
        const Page page(cairo_pdf_surface_create_for_stream(append, &bytes, width * pointsPerUnit,
                                                            height * pointsPerUnit),
                        cairo_surface_destroy);
        // Without a date the same sheet is the same file.
        cairo_pdf_surface_set_metadata(page.get(), CAIRO_PDF_METADATA_CREATE_DATE, "");
        cairo_pdf_surface_set_metadata(page.get(), CAIRO_PDF_METADATA_CREATOR, "Alphascope");
        artist(page.get(), pointsPerUnit);
        cairo_surface_finish(page.get());
        requireDrawn(page.get());
    }
    return bytes;
}

void useUnhintedText(cairo_t* cairo) {
    cairo_font_options_t* options = cairo_font_options_create();
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
    cairo_set_font_options(cairo, options);
    cairo_font_options_destroy(options);
}

} // namespace alphascope::engine
