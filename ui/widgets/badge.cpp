// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/badge.h"

#include "ui/theme/icons.h"
#include "ui/theme/metrics.h"
#include "ui/theme/paint.h"
#include "ui/theme/state_mark.h"
#include "ui/theme/theme.h"

#include <QPainter>
#include <QStyle>

namespace roadstead::ui {

namespace {
constexpr int badgePadding = 7;
constexpr int badgeGap = 5;
constexpr int badgeMarkSide = 11;
} // namespace

Color tintOf(Tone tone)
{
    switch (tone) {
    case Tone::Accent:
        return Color::AccentTint;
    case Tone::Ok:
        return Color::OkTint;
    case Tone::Warn:
        return Color::WarnTint;
    case Tone::Danger:
        return Color::DangerTint;
    default:
        return Color::NeutralTint;
    }
}

Color textOf(Tone tone)
{
    switch (tone) {
    case Tone::Accent:
        return Color::Accent;
    case Tone::Ok:
        return Color::Ok;
    case Tone::Warn:
        return Color::Warn;
    case Tone::Danger:
        return Color::Danger;
    default:
        return Color::Text2;
    }
}

Badge::Badge(const QString &text, Tone tone, QWidget *parent)
    : QWidget(parent)
    , m_tone(tone)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setText(text);
    connect(&Theme::instance(), &Theme::changed, this, [this] {
        updateGeometry();
        update();
    });
}

void Badge::setText(const QString &text)
{
    m_text = text;
    setAccessibleName(text);
    updateGeometry();
    update();
}

void Badge::setTone(Tone tone)
{
    m_tone = tone;
    update();
}

void Badge::setMark(std::optional<StateMark> mark)
{
    m_mark = mark;
    updateGeometry();
    update();
}

void Badge::setIconName(const QString &iconName)
{
    m_iconName = iconName;
    updateGeometry();
    update();
}

QSize Badge::sizeHint() const
{
    const QFontMetrics metrics(ui::font(FontRole::Caption, QFont::Medium));
    const bool leading = m_mark || !m_iconName.isEmpty();
    return {metrics.horizontalAdvance(m_text) + 2 * badgePadding +
                (leading ? scaled(badgeMarkSide) + badgeGap : 0),
            heightFor(FontRole::Caption, size::badge)};
}

void Badge::paintEvent(QPaintEvent *event)
{
    Q_UNUSED(event)
    QPainter painter(this);
    paintBox(&painter, rect(), radius::small, color(tintOf(m_tone)),
             Theme::instance().isHighContrast() ? color(Color::BorderControl) : QColor());
    const int side = scaled(badgeMarkSide);
    int x = badgePadding;
    const QRect lead =
        QStyle::visualRect(layoutDirection(), rect(), QRect(x, (height() - side) / 2, side, side));
    if (m_mark) {
        paintStateMark(&painter, lead, *m_mark);
        x += side + badgeGap;
    } else if (!m_iconName.isEmpty()) {
        paintIcon(&painter, lead, m_iconName, textOf(m_tone));
        x += side + badgeGap;
    }
    painter.setFont(ui::font(FontRole::Caption, QFont::Medium));
    painter.setPen(color(textOf(m_tone)));
    painter.drawText(QStyle::visualRect(layoutDirection(), rect(),
                                        QRect(x, 0, width() - x - badgePadding + 1, height())),
                     Qt::AlignVCenter | Qt::TextSingleLine | Qt::TextDontClip, m_text);
}

} // namespace roadstead::ui
