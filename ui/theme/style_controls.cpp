// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/style_parts.h"

#include "ui/theme/icons.h"
#include "ui/theme/metrics.h"
#include "ui/theme/paint.h"
#include "ui/theme/theme.h"

#include <QPainter>
#include <QPushButton>
#include <QToolButton>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace roadstead::ui::parts {

namespace {

struct Look
{
    QColor fill;
    QColor line;
    QColor text;
};

Look buttonLook(QStyle::State state, ButtonKind kind, const QWidget *widget)
{
    const Color hover = isOnRaised(widget) ? Color::BgTrack : Color::BgHover;
    const bool enabled = state & QStyle::State_Enabled;
    const bool hovered = enabled && (state & QStyle::State_MouseOver);
    const bool pressed = enabled && (state & QStyle::State_Sunken);
    const bool checked = state & QStyle::State_On;
    if (!enabled) {
        const bool solid = kind == ButtonKind::Primary || kind == ButtonKind::DangerSolid;
        return {solid                       ? color(Color::BgTrack)
                : kind == ButtonKind::Quiet ? QColor()
                                            : color(Color::BgSurface),
                solid || kind == ButtonKind::Quiet ? QColor() : color(Color::Border),
                color(Color::TextDisabled)};
    }
    if (checked && kind != ButtonKind::Primary && kind != ButtonKind::DangerSolid) {
        return {color(Color::AccentTint), color(Color::AccentBorder), color(Color::Accent)};
    }
    const QColor fill = pressed   ? color(Color::BgTrack)
                        : hovered ? color(hover)
                                  : color(Color::BgSurface);
    switch (kind) {
    case ButtonKind::Primary:
        return {color(hovered || pressed ? Color::AccentSolidHover : Color::AccentSolid), QColor(),
                color(Color::OnAccent)};
    case ButtonKind::DangerSolid: {
        const QColor solid = color(Color::DangerSolid);
        return {hovered || pressed ? solid.darker(112) : solid, QColor(), color(Color::OnAccent)};
    }
    case ButtonKind::Danger:
        return {fill, color(Color::BorderStrong), color(Color::Danger)};
    case ButtonKind::Quiet:
        return {pressed || hovered ? color(pressed ? Color::BgTrack : hover) : QColor(), QColor(),
                color(Color::Text)};
    default:
        return {fill, color(Color::BorderStrong), color(Color::Text)};
    }
}

int heightOf(const QWidget *widget)
{
    switch (buttonSize(widget)) {
    case ButtonSize::Small:
        return heightFor(FontRole::Small, size::buttonSmall);
    case ButtonSize::TopBar:
        return heightFor(FontRole::Body, size::buttonTopbar);
    case ButtonSize::Large:
        return heightFor(FontRole::Body, size::buttonLarge);
    default:
        return heightFor(FontRole::Body, size::button);
    }
}

/// Paints icon and text side by side, centred as one.
void iconAndText(QPainter *painter, const QRect &rect, const QIcon &buttonIcon, QSize iconSize,
                 const QString &text, const QColor &tone, QIcon::Mode mode,
                 Qt::LayoutDirection direction)
{
    constexpr int gap = 7;
    const int flags = Qt::AlignVCenter | Qt::TextSingleLine | Qt::TextHideMnemonic;
    const QFontMetrics metrics = painter->fontMetrics();
    const int iconWidth = buttonIcon.isNull() ? 0 : iconSize.width();
    const int both = iconWidth > 0 && !text.isEmpty() ? gap : 0;
    const int available = rect.width() - iconWidth - both;
    const QString shown = metrics.elidedText(text, Qt::ElideRight, available, Qt::TextHideMnemonic);
    const int textWidth = metrics.size(flags, shown).width();
    int x = rect.x() + (rect.width() - iconWidth - both - textWidth) / 2;
    if (iconWidth > 0) {
        const QRect box =
            QStyle::visualRect(direction, rect,
                               QRect(x, rect.y() + (rect.height() - iconSize.height()) / 2,
                                     iconWidth, iconSize.height()));
        buttonIcon.paint(painter, box, Qt::AlignCenter, mode);
        x += iconWidth + both;
    }
    painter->setPen(tone);
    painter->drawText(
        QStyle::visualRect(direction, rect, QRect(x, rect.y(), textWidth + 1, rect.height())),
        flags, shown);
}

QIcon::Mode iconMode(QStyle::State state, ButtonKind kind)
{
    if (!(state & QStyle::State_Enabled)) {
        return QIcon::Disabled;
    }
    return kind == ButtonKind::Primary || kind == ButtonKind::DangerSolid ? QIcon::Selected
                                                                          : QIcon::Normal;
}

} // namespace

void pushButtonPanel(const QStyleOptionButton &option, QPainter *painter, const QWidget *widget)
{
    const Look look = buttonLook(option.state, buttonKind(widget), widget);
    if (look.fill.isValid() || look.line.isValid()) {
        paintBox(painter, option.rect, radius::control, look.fill, look.line);
    }
}

void pushButtonLabel(const QStyleOptionButton &option, QPainter *painter, const QWidget *widget)
{
    const ButtonKind kind = buttonKind(widget);
    const Look look = buttonLook(option.state, kind, widget);
    QRect rect = option.rect.adjusted(4, 0, -4, 0);
    if (option.features & QStyleOptionButton::HasMenu) {
        const QRect arrow =
            QStyle::visualRect(option.direction, option.rect,
                               QRect(option.rect.right() - 20,
                                     option.rect.y() + (option.rect.height() - 12) / 2, 12, 12));
        paintIcon(painter, arrow, u"chevron-down"_s, look.text);
        rect = QStyle::visualRect(option.direction, option.rect, rect.adjusted(0, 0, -16, 0));
    }
    const int side = scaled(buttonSize(widget) == ButtonSize::Small ? 14 : 16);
    iconAndText(painter, rect, option.icon, QSize(side, side), option.text, look.text,
                iconMode(option.state, kind), option.direction);
}

QSize buttonSizeHint(const QStyleOptionButton &option, const QWidget *widget)
{
    const QFontMetrics metrics = option.fontMetrics;
    int width = metrics.size(Qt::TextShowMnemonic, option.text).width();
    const bool isSmall = buttonSize(widget) == ButtonSize::Small;
    const int padding = isSmall ? 10 : 12;
    if (!option.icon.isNull()) {
        width += scaled(16) + (option.text.isEmpty() ? 0 : 7);
    }
    if (option.features & QStyleOptionButton::HasMenu) {
        width += 16;
    }
    const int height = heightOf(widget);
    return {std::max(width + 2 * padding, option.text.isEmpty() ? height : scaled(56)), height};
}

QSize toolButtonSizeHint(const QStyleOptionToolButton &option, const QSize &contents,
                         const QWidget *widget)
{
    const int height = heightOf(widget);
    if (option.toolButtonStyle == Qt::ToolButtonIconOnly || option.text.isEmpty()) {
        return {height, height};
    }
    int width = option.fontMetrics.size(Qt::TextShowMnemonic, option.text).width() + 2 * 9;
    if (option.toolButtonStyle != Qt::ToolButtonTextOnly && !option.icon.isNull()) {
        width += scaled(14) + 7;
    }
    if (option.features & QStyleOptionToolButton::HasMenu) {
        width += 16;
    }
    return {std::max(width, std::min(contents.width(), height)), height};
}

void toolButton(const Style &style, const QStyleOptionToolButton &option, QPainter *painter,
                const QWidget *widget)
{
    Q_UNUSED(style)
    ButtonKind kind = buttonKind(widget);
    if (kind == ButtonKind::Normal && (option.state & QStyle::State_AutoRaise)) {
        kind = ButtonKind::Quiet;
    }
    QStyle::State state = option.state;
    if (option.activeSubControls & QStyle::SC_ToolButtonMenu) {
        state |= QStyle::State_MouseOver;
    }
    const Look look = buttonLook(state, kind, widget);
    if (look.fill.isValid() || look.line.isValid()) {
        paintBox(painter, option.rect, radius::control, look.fill, look.line);
    }
    QRect rect = option.rect;
    const bool iconOnly = option.toolButtonStyle == Qt::ToolButtonIconOnly || option.text.isEmpty();
    if ((option.features & QStyleOptionToolButton::HasMenu) && !iconOnly) {
        const QRect arrow = QStyle::visualRect(
            option.direction, option.rect,
            QRect(rect.right() - 20, rect.y() + (rect.height() - 12) / 2, 12, 12));
        paintIcon(painter, arrow, u"chevron-down"_s, look.text);
        rect = QStyle::visualRect(option.direction, option.rect, rect.adjusted(0, 0, -16, 0));
    }
    painter->save();
    painter->setFont(option.font);
    const bool textOnly = option.toolButtonStyle == Qt::ToolButtonTextOnly;
    const int side = iconOnly && buttonSize(widget) != ButtonSize::Small ? scaled(16) : scaled(14);
    iconAndText(painter, rect, textOnly ? QIcon() : option.icon, QSize(side, side),
                iconOnly ? QString() : option.text, look.text, iconMode(option.state, kind),
                option.direction);
    painter->restore();
}

void fieldFrame(const QStyleOption &option, QPainter *painter, const QWidget *widget)
{
    const bool enabled = option.state & QStyle::State_Enabled;
    paintBox(painter, option.rect, radius::control,
             color(enabled ? Color::BgSurface : Color::BgSunken),
             color(isFaulty(widget) ? Color::DangerMark
                   : enabled        ? Color::BorderControl
                                    : Color::Border));
}

void checkBox(const QStyleOption &option, const QRect &rect, QPainter *painter)
{
    const bool enabled = option.state & QStyle::State_Enabled;
    const bool on = option.state & QStyle::State_On;
    const bool partly = option.state & QStyle::State_NoChange;
    const int side = std::min(scaled(size::checkbox), std::min(rect.width(), rect.height()));
    QRectF box(0, 0, side, side);
    box.moveCenter(QRectF(rect).center());
    box.moveTopLeft(QPointF(box.topLeft().toPoint()));
    if (on || partly) {
        paintBox(painter, box, radius::small, color(enabled ? Color::AccentSolid : Color::BgTrack));
        const QColor tone = color(enabled ? Color::OnAccent : Color::TextDisabled);
        if (on) {
            paintTick(painter, box, tone);
        } else {
            const qreal s = box.width() / 16;
            paintBox(painter, QRectF(box.x() + 4 * s, box.y() + 7.2 * s, 8 * s, 1.8 * s), 0.8 * s,
                     tone);
        }
    } else {
        paintBox(painter, box, radius::small, color(Color::BgSurface),
                 color(enabled ? Color::BorderControl : Color::Border));
    }
}

void radioButton(const QStyleOption &option, const QRect &rect, QPainter *painter)
{
    const bool enabled = option.state & QStyle::State_Enabled;
    const bool on = option.state & QStyle::State_On;
    const int side = scaled(size::checkbox);
    QRectF box(0, 0, side, side);
    box.moveCenter(QRectF(rect).center());
    if (on) {
        paintBox(painter, box, side / 2.0, color(enabled ? Color::AccentSolid : Color::BgTrack));
        QRectF dot(0, 0, side * 0.4, side * 0.4);
        dot.moveCenter(box.center());
        paintBox(painter, dot, dot.width() / 2, color(Color::OnAccent));
    } else {
        paintBox(painter, box, side / 2.0, color(Color::BgSurface),
                 color(enabled ? Color::BorderControl : Color::Border));
    }
}

void comboBox(const QStyleOptionComboBox &option, QPainter *painter, const QWidget *widget)
{
    fieldFrame(option, painter, widget);
    const QRect r = option.rect;
    const QRect arrow = QStyle::visualRect(
        option.direction, r, QRect(r.right() - 21, r.y() + (r.height() - 12) / 2, 12, 12));
    paintIcon(painter, arrow, u"chevron-down"_s,
              option.state & QStyle::State_Enabled ? Color::Text2 : Color::TextDisabled);
}

void spinBox(const Style &style, const QStyleOptionSpinBox &option, QPainter *painter,
             const QWidget *widget)
{
    fieldFrame(option, painter, widget);
    if (option.buttonSymbols == QAbstractSpinBox::NoButtons) {
        return;
    }
    const auto arrow = [&](QStyle::SubControl part, const QString &name, bool enabled) {
        const QRect rect = style.subControlRect(QStyle::CC_SpinBox, &option, part, widget);
        QRectF box(0, 0, 10, 10);
        box.moveCenter(QRectF(rect).center());
        paintIcon(painter, box, name, enabled ? Color::Text2 : Color::TextDisabled);
    };
    arrow(QStyle::SC_SpinBoxUp, u"chevron-up"_s,
          option.stepEnabled & QAbstractSpinBox::StepUpEnabled);
    arrow(QStyle::SC_SpinBoxDown, u"chevron-down"_s,
          option.stepEnabled & QAbstractSpinBox::StepDownEnabled);
}

void progressBar(const QStyleOptionProgressBar &option, QPainter *painter)
{
    const int range = option.maximum - option.minimum;
    const qreal share =
        range > 0 ? static_cast<qreal>(option.progress - option.minimum) / range : 0.0;
    QRectF track(option.rect);
    track.setHeight(std::min<qreal>(track.height(), size::progress[1]));
    track.moveCenter(QRectF(option.rect).center());
    paintBar(painter, track, share, color(Color::AccentSolid), option.direction);
}

} // namespace roadstead::ui::parts
