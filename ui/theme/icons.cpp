#include "ui/theme/icons.h"

#include "ui/theme/tokens.h"

#include <QDir>
#include <QFile>
#include <QHash>
#include <QIconEngine>
#include <QPainter>
#include <QSvgRenderer>

// Resources in a static library have to be asked for, outside of any namespace.
static void initialiseIconResources() {
    Q_INIT_RESOURCE(alphascope_widgets);
}

namespace alphascope::ui {

namespace {

QString iconPath(const QString& name) {
    return QStringLiteral(":/icons/%1.svg").arg(name);
}

QByteArray source(const QString& name) {
    static QHash<QString, QByteArray> cache;
    const auto found = cache.constFind(name);
    if (found != cache.constEnd()) {
        return *found;
    }
    QFile file(iconPath(name));
    QByteArray text = file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    cache.insert(name, text);
    return text;
}

QColor colorOf(IconColor color) {
    const Tokens& t = tokens();
    switch (color) {
    case IconColor::Text:
        return t.text;
    case IconColor::Muted:
        return t.muted;
    case IconColor::Accent:
        return t.accent;
    case IconColor::OnAccent:
        return t.onAccent;
    case IconColor::Amber:
        return t.amber;
    case IconColor::Green:
        return t.green;
    case IconColor::Red:
        return t.red;
    }
    return t.text;
}

// Reads the tokens at paint time, so an icon handed out once is right in every theme.
class TokenIconEngine : public QIconEngine {
public:
    TokenIconEngine(QString name, IconColor color) : name_(std::move(name)), color_(color) {}

    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State state) override {
        QColor color = colorOf(color_);
        if (mode == QIcon::Disabled) {
            color = mix(tokens().panel, tokens().muted, 0.55);
        } else if (state == QIcon::On && color_ == IconColor::Text) {
            color = tokens().accent;
        }
        QByteArray text = source(name_);
        text.replace("currentColor", color.name(QColor::HexRgb).toLatin1());
        QSvgRenderer renderer(text);
        const int side = std::min(rect.width(), rect.height());
        renderer.render(painter, QRectF(rect.x() + (rect.width() - side) / 2.0,
                                        rect.y() + (rect.height() - side) / 2.0, side, side));
    }

    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override {
        QPixmap result(size);
        result.fill(Qt::transparent);
        QPainter painter(&result);
        paint(&painter, QRect(QPoint(0, 0), size), mode, state);
        return result;
    }

    bool isNull() override { return source(name_).isEmpty(); }
    QString key() const override { return QStringLiteral("AlphascopeIconEngine"); }
    QIconEngine* clone() const override { return new TokenIconEngine(*this); }

private:
    QString name_;
    IconColor color_;
};

} // namespace

QIcon icon(const QString& name, IconColor color) {
    ensureThemeResources();
    return source(name).isEmpty() ? QIcon() : QIcon(new TokenIconEngine(name, color));
}

QIcon applicationIcon() {
    return icon(QStringLiteral("alphascope"));
}

QStringList iconNames() {
    ensureThemeResources();
    QStringList names;
    for (const QString& file :
         QDir(QStringLiteral(":/icons")).entryList({QStringLiteral("*.svg")}, QDir::Files)) {
        names.append(file.chopped(4));
    }
    return names;
}

void ensureThemeResources() {
    static const bool done = [] {
        initialiseIconResources();
        return true;
    }();
    Q_UNUSED(done)
}

} // namespace alphascope::ui
