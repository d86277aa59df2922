// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/window_drop.h"

#include "ui/text/display_text.h"
#include "ui/theme/icons.h"
#include "ui/theme/metrics.h"
#include "ui/theme/theme.h"
#include "ui/widgets/announce.h"

#include <QDropEvent>
#include <QMimeData>
#include <QPainter>

#include <algorithm>
#include <utility>

namespace roadstead::ui {

namespace {

constexpr int outline = 2;
constexpr int labelIcon = 18;

/// All of them, or none where one is not a file of this computer.
QStringList filesIn(const QMimeData *data)
{
    QStringList paths;
    for (const QUrl &url : data->urls()) {
        if (!url.isLocalFile()) {
            return {};
        }
        paths.append(url.toLocalFile());
    }
    return paths;
}

} // namespace

WindowDrop::WindowDrop(Offer offer, QWidget *window)
    : QWidget(window)
    , m_offer(std::move(offer))
    , m_window(window)
{
    setObjectName(QStringLiteral("windowDrop"));
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setFocusPolicy(Qt::NoFocus);
    hide();
    window->setAcceptDrops(true);
    window->installEventFilter(this);
}

bool WindowDrop::eventFilter(QObject *watched, QEvent *event)
{
    if (watched != m_window) {
        return false;
    }
    switch (event->type()) {
    case QEvent::DragEnter:
        return enter(static_cast<QDropEvent *>(event));
    case QEvent::DragMove:
        if (m_held) {
            static_cast<QDropEvent *>(event)->setDropAction(Qt::CopyAction);
            event->accept();
        }
        return m_held.has_value();
    case QEvent::DragLeave:
        leave();
        return true;
    case QEvent::Drop:
        if (const auto held = m_held) {
            static_cast<QDropEvent *>(event)->setDropAction(Qt::CopyAction);
            event->accept();
            leave();
            held->take();
            return true;
        }
        return false;
    default:
        return false;
    }
}

bool WindowDrop::enter(QDropEvent *event)
{
    const QStringList paths = filesIn(event->mimeData());
    m_held = paths.isEmpty() ? std::nullopt : m_offer(paths);
    if (!m_held) {
        return false;
    }
    event->setDropAction(Qt::CopyAction);
    event->accept();
    setGeometry(m_window->rect());
    setAccessibleName(m_held->verb + QStringLiteral(". ") + m_held->text);
    raise();
    show();
    announce(this, accessibleName());
    return true;
}

void WindowDrop::leave()
{
    m_held.reset();
    hide();
}

void WindowDrop::paintEvent(QPaintEvent * /*event*/)
{
    if (!m_held) {
        return;
    }
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(color(Color::Accent), outline));
    painter.drawRoundedRect(QRectF(rect()).adjusted(outline, outline, -outline, -outline),
                            radius::control, radius::control);
    const QFont strong = ui::font(FontRole::Body, 600);
    const QFont small = ui::font(FontRole::Small);
    const QFontMetrics strongSize(strong);
    const QFontMetrics smallSize(small);
    const int textWidth = std::max(strongSize.horizontalAdvance(m_held->verb),
                                   smallSize.horizontalAdvance(m_held->text));
    const int boxWidth = std::min(width() - 2 * space::s4, textWidth + scaled(60));
    const int boxHeight = strongSize.height() + smallSize.height() + scaled(20);
    const QRect box((width() - boxWidth) / 2, (height() - boxHeight) / 2, boxWidth, boxHeight);
    painter.setPen(QPen(color(Color::Accent), 1));
    painter.setBrush(color(Color::BgRaised));
    painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), radius::control,
                            radius::control);
    const bool mirrored = layoutDirection() == Qt::RightToLeft;
    const QRect picture(mirrored ? box.right() - space::s4 - labelIcon : box.left() + space::s4,
                        box.center().y() - labelIcon / 2, labelIcon, labelIcon);
    paintIcon(&painter, picture, m_held->iconName, Color::Accent);
    const QRect words = mirrored ? box.adjusted(space::s3, scaled(8), -scaled(44), -scaled(8))
                                 : box.adjusted(scaled(44), scaled(8), -space::s3, -scaled(8));
    const int side = mirrored ? Qt::AlignRight : Qt::AlignLeft;
    painter.setFont(strong);
    painter.setPen(color(Color::Text));
    painter.drawText(words, side | Qt::AlignTop,
                     strongSize.elidedText(m_held->verb, Qt::ElideMiddle, words.width()));
    painter.setFont(small);
    painter.setPen(color(Color::Text2));
    painter.drawText(words, side | Qt::AlignBottom,
                     smallSize.elidedText(m_held->text, Qt::ElideMiddle, words.width()));
}

} // namespace roadstead::ui
