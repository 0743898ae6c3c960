#include "ui/theme/tokens.h"

#include <QFontInfo>
#include <QStringList>

#include <algorithm>
#include <array>
#include <cmath>

namespace alphascope::ui {

namespace {

Tokens& active() {
    static Tokens value = darkTokens();
    return value;
}

// Neighbours differ in lightness as well as in hue, so that they stay apart for every kind of colour vision.
constexpr std::array<QRgb, 8> darkSeries = {0xff5aa2ff, 0xfff2a33c, 0xff3fcf9b, 0xffe76f86,
                                            0xffc9a5ff, 0xffe8d85a, 0xff4fd6e8, 0xffb9c0cc};
constexpr std::array<QRgb, 8> lightSeries = {0xff1668dc, 0xffc96a00, 0xff0f8a66, 0xffc9304f,
                                             0xff7a45c4, 0xff8f7a00, 0xff0d8aa6, 0xff5a6472};

double clampedUnit(double value) {
    return std::isfinite(value) ? std::clamp(value, 0.0, 1.0) : 0.0;
}

} // namespace

const Tokens& tokens() {
    return active();
}

void setTokens(const Tokens& value) {
    active() = value;
}

Tokens darkTokens() {
    Tokens t;
    t.background = QColor(0x15, 0x17, 0x1c);
    t.panel = QColor(0x1d, 0x20, 0x27);
    t.raised = QColor(0x25, 0x29, 0x32);
    t.line = QColor(0x31, 0x36, 0x42);
    t.text = QColor(0xe6, 0xe8, 0xec);
    t.muted = QColor(0x98, 0xa0, 0xae);
    t.accent = QColor(0x5a, 0xa2, 0xff);
    t.amber = QColor(0xf2, 0xa3, 0x3c);
    t.green = QColor(0x4c, 0xc3, 0x8a);
    t.red = QColor(0xef, 0x6b, 0x73);
    t.onAccent = QColor(0x08, 0x14, 0x26);
    t.imageGround = QColor(0x08, 0x09, 0x0b);
    t.dark = true;
    return t;
}

Tokens lightTokens() {
    Tokens t;
    t.background = QColor(0xec, 0xee, 0xf2);
    t.panel = QColor(0xff, 0xff, 0xff);
    t.raised = QColor(0xf4, 0xf5, 0xf8);
    t.line = QColor(0xd9, 0xdd, 0xe4);
    t.text = QColor(0x1c, 0x21, 0x28);
    t.muted = QColor(0x66, 0x70, 0x80);
    t.accent = QColor(0x16, 0x68, 0xdc);
    t.amber = QColor(0xc0, 0x6a, 0x00);
    t.green = QColor(0x18, 0x79, 0x4e);
    t.red = QColor(0xcd, 0x2b, 0x31);
    t.onAccent = QColor(0xff, 0xff, 0xff);
    t.imageGround = QColor(0x08, 0x09, 0x0b);
    t.dark = false;
    return t;
}

int seriesColorCount() {
    return static_cast<int>(darkSeries.size());
}

QColor seriesColor(int index) {
    const auto& list = tokens().dark ? darkSeries : lightSeries;
    const int count = seriesColorCount();
    return QColor::fromRgb(list[static_cast<std::size_t>(((index % count) + count) % count)]);
}

QColor mix(const QColor& a, const QColor& b, double weight) {
    const double w = clampedUnit(weight);
    const auto channel = [w](double x, double y) { return static_cast<float>(x + (y - x) * w); };
    return QColor::fromRgbF(channel(a.redF(), b.redF()), channel(a.greenF(), b.greenF()),
                            channel(a.blueF(), b.blueF()), channel(a.alphaF(), b.alphaF()));
}

QColor sequentialColor(double value) {
    const Tokens& t = tokens();
    const QColor low = mix(t.panel, t.accent, t.dark ? 0.05 : 0.04);
    const QColor high = mix(t.panel, t.accent, t.dark ? 0.70 : 0.62);
    return mix(low, high, clampedUnit(value));
}

QColor divergingColor(double value) {
    const Tokens& t = tokens();
    const double v = std::isfinite(value) ? std::clamp(value, -1.0, 1.0) : 0.0;
    const QColor neutral = t.dark ? t.raised : mix(t.panel, t.raised, 0.5);
    // The square root would exaggerate noise about zero; a plain ramp leaves the zero contour calm.
    // The negative side stays pale: most of a plane lies there, and the handle must stand out on it.
    return v >= 0 ? mix(neutral, t.accent, 0.70 * v) : mix(neutral, t.amber, (t.dark ? -0.30 : -0.26) * v);
}

QFont tabularFont(QFont font) {
#if QT_VERSION >= QT_VERSION_CHECK(6, 7, 0)
    font.setFeature("tnum", 1);
#endif
    return font;
}

QFont titleFont(const QFont& base) {
    QFont font = base;
    if (base.pixelSize() > 0) {
        font.setPixelSize(std::max(8, static_cast<int>(std::lround(base.pixelSize() * 0.85))));
    } else {
        font.setPointSizeF(base.pointSizeF() * 0.85);
    }
    font.setWeight(QFont::DemiBold);
    font.setLetterSpacing(QFont::AbsoluteSpacing, 0.6);
    return font;
}

QString titleText(const QString& title) {
    QStringList words = title.split(QLatin1Char(' '));
    for (QString& word : words) {
        const bool innerCapital = std::any_of(
            word.cbegin(), word.cend(), [&](const QChar& c) { return c.isUpper() && &c != word.cbegin(); });
        const bool greek = std::any_of(word.cbegin(), word.cend(),
                                       [](QChar c) { return c.script() == QChar::Script_Greek; });
        if (!innerCapital && !greek) {
            word = word.toUpper();
        }
    }
    return words.join(QLatin1Char(' '));
}

} // namespace alphascope::ui
