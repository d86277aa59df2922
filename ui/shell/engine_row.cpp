// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/engine_row.h"

#include "ui/text/display_text.h"
#include "ui/theme/icons.h"
#include "ui/theme/metrics.h"
#include "ui/theme/paint.h"
#include "ui/theme/state_mark.h"
#include "ui/theme/theme.h"
#include "ui/widgets/button.h"
#include "ui/widgets/command_hint.h"

#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QStyle>

using namespace Qt::StringLiterals;

namespace roadstead::ui {

namespace {

constexpr int rowPadding = space::s2;
constexpr int gap = 10;

QRect placed(const QWidget *widget, const QRect &leftToRight)
{
    return QStyle::visualRect(widget->layoutDirection(), widget->rect(), leftToRight);
}

} // namespace

EngineRow::EngineRow(const EngineRowText &text, QWidget *parent)
    : QAbstractButton(parent)
    , m_action(new Button(u"engineRowAction"_s, {}, ButtonKind::Normal, this))
{
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_Hover);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    m_action->setLook(ButtonKind::Normal, ButtonSize::Small);
    m_action->hide();
    connect(m_action, &QPushButton::clicked, this, &EngineRow::actionWanted);
    setRow(text);
}

void EngineRow::setRow(const EngineRowText &text)
{
    m_text = text;
    setObjectName(u"engineRow:"_s + QString::fromStdString(text.id));
    QStringList words{text.name, text.state};
    for (const QString &more : {text.address, text.badge}) {
        if (!more.isEmpty()) {
            words << more;
        }
    }
    setAccessibleName(words.join(u", "_s));
    setAccessibleDescription(text.isCurrent ? tr("Shown in this window") : QString());
    setToolTip(plainTip(text.address.isEmpty() ? text.name : text.name + u'\n' + text.address));
    setCommandHint(this, text.isCurrent ? QString() : EngineChoice::command(text),
                   tr("when you press Enter. Running containers stay as they are."));
    update();
}

void EngineRow::setAction(const QString &text, const QString &iconName)
{
    m_action->setVisible(!text.isEmpty());
    m_action->setText(text);
    m_action->setAccessibleName(tr("%1, %2", "action, engine").arg(text, m_text.name));
    m_action->setIconName(iconName);
    placeAction();
    update();
}

QSize EngineRow::sizeHint() const
{
    return {scaled(438), lineHeight(FontRole::Body) + lineHeight(FontRole::Small) + 10};
}

void EngineRow::placeAction()
{
    const QSize size = m_action->sizeHint();
    m_action->setGeometry(
        placed(this, QRect(width() - rowPadding - size.width(), (height() - size.height()) / 2,
                           size.width(), size.height())));
}

void EngineRow::resizeEvent(QResizeEvent *event)
{
    QAbstractButton::resizeEvent(event);
    placeAction();
}

void EngineRow::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        click();
        return;
    }
    if (event->key() == Qt::Key_Up || event->key() == Qt::Key_Down) {
        Q_EMIT stepWanted(event->key() == Qt::Key_Down ? 1 : -1);
        return;
    }
    QAbstractButton::keyPressEvent(event);
}

void EngineRow::contextMenuEvent(QContextMenuEvent *event)
{
    Q_EMIT menuWanted(event->reason() == QContextMenuEvent::Keyboard
                          ? mapToGlobal(QPoint(rowPadding, height()))
                          : event->globalPos());
}

/// Paints what stands at the end, and returns where the text has to end.
int EngineRow::paintEnd(QPainter &painter) const
{
    int end = width() - rowPadding;
    if (!m_action->isHidden()) {
        end -= m_action->width() + gap;
    } else if (m_text.isCurrent) {
        const int side = scaled(16);
        paintIcon(&painter, placed(this, QRect(end - side, (height() - side) / 2, side, side)),
                  u"check-lg"_s, Color::Accent);
        end -= side + gap;
    }
    painter.setFont(ui::figures(FontRole::Small));
    const int flags = Qt::AlignVCenter | Qt::TextSingleLine | Qt::TextDontClip;
    if (!m_text.trip.isEmpty()) {
        const int w = painter.fontMetrics().horizontalAdvance(m_text.trip);
        painter.setPen(color(Color::Text2));
        painter.drawText(placed(this, QRect(end - w, 0, w, height())), flags, m_text.trip);
        end -= w + gap;
    }
    if (!m_text.badge.isEmpty()) {
        const int w = painter.fontMetrics().horizontalAdvance(m_text.badge) + 14;
        const int h = scaled(20);
        const QRect box = placed(this, QRect(end - w, (height() - h) / 2, w, h));
        paintBox(&painter, box, radius::small, color(tintOf(Tone::Warn)));
        painter.setPen(color(textOf(Tone::Warn)));
        painter.drawText(box, Qt::AlignCenter | Qt::TextSingleLine, m_text.badge);
        end -= w + gap;
    }
    return end;
}

void EngineRow::paintEvent(QPaintEvent *event)
{
    Q_UNUSED(event)
    QPainter painter(this);
    if (m_text.isCurrent) {
        paintBox(&painter, rect(), radius::control, color(Color::AccentTint));
    } else if (underMouse() || hasFocus() || isDown()) {
        paintBox(&painter, rect(), radius::control, color(Color::BgTrack));
    }
    const int side = scaled(14);
    const QRect mark = placed(this, QRect(rowPadding, (height() - side) / 2, side, side));
    if (m_text.isLocked) {
        paintIcon(&painter, mark, u"lock"_s, Color::Danger);
    } else {
        paintStateMark(&painter, mark, m_text.mark);
    }
    const int end = paintEnd(painter);
    const int x = rowPadding + side + 14;
    const int top = (height() - lineHeight(FontRole::Body) - lineHeight(FontRole::Small)) / 2;
    const int flags = Qt::AlignVCenter | Qt::TextSingleLine;
    painter.setFont(ui::font(FontRole::Body, QFont::Medium));
    painter.setPen(color(Color::Text));
    painter.drawText(placed(this, QRect(x, top, end - x, lineHeight(FontRole::Body))), flags,
                     painter.fontMetrics().elidedText(m_text.name, Qt::ElideRight, end - x));
    const int below = top + lineHeight(FontRole::Body);
    const int height = lineHeight(FontRole::Small);
    painter.setFont(ui::font(FontRole::Small));
    painter.setPen(color(Color::Text2));
    const QString state = m_text.address.isEmpty() ? m_text.state : m_text.state + u", "_s;
    const int wanted = painter.fontMetrics().horizontalAdvance(state);
    const int stateWidth = std::min(end - x, wanted);
    painter.drawText(placed(this, QRect(x, below, stateWidth, height)), flags | Qt::TextDontClip,
                     wanted <= end - x
                         ? state
                         : painter.fontMetrics().elidedText(state, Qt::ElideRight, stateWidth));
    const int left = end - x - stateWidth;
    if (!m_text.address.isEmpty() && left > 0) {
        painter.setFont(ui::font(FontRole::Mono));
        painter.drawText(placed(this, QRect(x + stateWidth, below, left, height)), flags,
                         elideMiddle(painter.fontMetrics(), m_text.address, left));
    }
}

} // namespace roadstead::ui
