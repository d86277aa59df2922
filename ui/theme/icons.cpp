// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/icons.h"

#include "ui/theme/theme.h"

#include <QDir>
#include <QFile>
#include <QHash>
#include <QIconEngine>
#include <QPainter>
#include <QPixmapCache>
#include <QSvgRenderer>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

/// A static library's resources are linked only when someone asks for them, outside a namespace.
static void initializeIcons()
{
    static const bool done = [] {
        Q_INIT_RESOURCE(icons);
        return true;
    }();
    Q_UNUSED(done)
}

namespace roadstead::ui {

namespace {

/// The SVG text of an icon, read once.
const QByteArray &source(const QString &name)
{
    static QHash<QString, QByteArray> sources;
    auto it = sources.find(name);
    if (it == sources.end()) {
        initializeIcons();
        QFile file(u":/icons/%1.svg"_s.arg(name));
        if (!file.open(QIODevice::ReadOnly)) {
            qWarning("no icon named %s", qUtf8Printable(name));
        }
        it = sources.insert(name, file.readAll());
    }
    return it.value();
}

/// The icon at `side` device pixels in one colour.
QPixmap rendered(const QString &name, QSize pixels, const QColor &tone)
{
    const QString key = u"roadstead-icon/%1/%2x%3/%4"_s.arg(name)
                            .arg(pixels.width())
                            .arg(pixels.height())
                            .arg(tone.rgba());
    QPixmap pixmap;
    if (QPixmapCache::find(key, &pixmap)) {
        return pixmap;
    }
    QByteArray svg = source(name);
    pixmap = QPixmap(pixels);
    pixmap.fill(Qt::transparent);
    if (!svg.isEmpty()) {
        // These reach from edge to edge of their grid, and would look larger than the rest.
        static const QStringList wholeGrid{u"x-lg"_s,          u"plus-lg"_s,       u"check-lg"_s,
                                           u"chevron-left"_s,  u"chevron-right"_s, u"chevron-up"_s,
                                           u"chevron-down"_s,  u"copy"_s,          u"trash"_s,
                                           u"clock-history"_s, u"search"_s};
        const qreal inset = wholeGrid.contains(name) ? pixels.width() / 14.0 : 0;
        QSvgRenderer renderer(svg.replace("currentColor", tone.name().toLatin1()));
        renderer.setAspectRatioMode(Qt::KeepAspectRatio);
        QPainter painter(&pixmap);
        painter.setOpacity(tone.alphaF());
        renderer.render(&painter,
                        QRectF(QPointF(0, 0), pixels).adjusted(inset, inset, -inset, -inset));
    }
    QPixmapCache::insert(key, pixmap);
    return pixmap;
}

class ThemedIconEngine : public QIconEngine
{
public:
    ThemedIconEngine(QString name, Color tone)
        : m_name(std::move(name))
        , m_tone(tone)
    {
    }

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State) override
    {
        paintIcon(painter, rect, m_name, toneFor(mode));
    }
    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State) override
    {
        return rendered(m_name, size, toneFor(mode));
    }
    QPixmap scaledPixmap(const QSize &size, QIcon::Mode mode, QIcon::State, qreal scale) override
    {
        QPixmap result = rendered(m_name, size, toneFor(mode));
        result.setDevicePixelRatio(scale);
        return result;
    }
    [[nodiscard]] QIconEngine *clone() const override
    {
        return new ThemedIconEngine(m_name, m_tone);
    }
    [[nodiscard]] QString key() const override { return u"RoadsteadIcon"_s; }
    QString iconName() override { return m_name; }
    bool isNull() override { return false; }

private:
    [[nodiscard]] QColor toneFor(QIcon::Mode mode) const
    {
        switch (mode) {
        case QIcon::Disabled:
            return color(Color::TextDisabled);
        case QIcon::Selected:
            return color(Color::OnAccent);
        default:
            return color(m_tone);
        }
    }

    QString m_name;
    Color m_tone;
};

} // namespace

QIcon icon(const QString &name, Color tone)
{
    return QIcon(new ThemedIconEngine(name, tone));
}

void paintIcon(QPainter *painter, const QRectF &rect, const QString &name, const QColor &tone)
{
    // Rendered at the size in device pixels and placed on one, so that no line is blurred twice.
    const qreal scale = painter->device()->devicePixelRatio();
    const QSize pixels(std::max(1, static_cast<int>(std::lround(rect.width() * scale))),
                       std::max(1, static_cast<int>(std::lround(rect.height() * scale))));
    QPixmap pixmap = rendered(name, pixels, tone);
    pixmap.setDevicePixelRatio(scale);
    const QPointF at(std::round(rect.x() * scale) / scale, std::round(rect.y() * scale) / scale);
    painter->drawPixmap(at, pixmap);
}

void paintIcon(QPainter *painter, const QRectF &rect, const QString &name, Color tone)
{
    paintIcon(painter, rect, name, color(tone));
}

QStringList iconNames()
{
    initializeIcons();
    QStringList names = QDir(u":/icons"_s).entryList({u"*.svg"_s}, QDir::Files, QDir::Name);
    for (QString &name : names) {
        name.chop(4);
    }
    return names;
}

} // namespace roadstead::ui
