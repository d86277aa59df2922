// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/button.h"

#include "ui/text/display_text.h"
#include "ui/theme/icons.h"
#include "ui/theme/metrics.h"
#include "ui/theme/theme.h"
#include "ui/widgets/command_hint.h"

#include <QAction>
#include <QPainter>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace roadstead::ui {

namespace {

Color iconTone(ButtonKind kind)
{
    switch (kind) {
    case ButtonKind::Primary:
    case ButtonKind::DangerSolid:
        return Color::OnAccent;
    case ButtonKind::Danger:
        return Color::Danger;
    default:
        return Color::Text2;
    }
}

/// The font follows the theme, medium weight as every button.
void followButtonFont(QAbstractButton *button)
{
    const auto apply = [button] {
        const bool isSmall = buttonSize(button) == ButtonSize::Small;
        button->setFont(font(isSmall ? FontRole::Small : FontRole::Body, QFont::Medium));
    };
    apply();
    QObject::connect(&Theme::instance(), &Theme::changed, button, apply);
}

} // namespace

Button::Button(const QString &name, const QString &text, ButtonKind kind, QWidget *parent)
    : QPushButton(plainLabel(text), parent)
{
    setObjectName(name);
    setAccessibleName(text);
    setAutoDefault(false);
    setLook(kind);
    followButtonFont(this);
}

void Button::setLook(ButtonKind kind, ButtonSize size)
{
    setButtonLook(this, kind, size);
    if (!m_iconName.isEmpty()) {
        setIconName(m_iconName); // in the tone of the new kind
    }
    setFont(ui::font(size == ButtonSize::Small ? FontRole::Small : FontRole::Body, QFont::Medium));
}

void Button::setIconName(const QString &iconName)
{
    m_iconName = iconName;
    setIcon(iconName.isEmpty() ? QIcon() : ui::icon(iconName, iconTone(buttonKind(this))));
}

void Button::follow(QAction *action)
{
    const auto take = [this, action] {
        setText(action->text());
        setAccessibleName(action->text().remove(u'&'));
        setEnabled(action->isEnabled());
        setVisible(action->isVisible());
        setIcon(action->icon());
        const QString keys = action->shortcut().toString(QKeySequence::NativeText);
        setToolTip(keys.isEmpty() ? QString() : plainTip(keys));
        copyCommandHint(action, this);
    };
    take();
    connect(action, &QAction::changed, this, take);
    connect(this, &QPushButton::clicked, action, &QAction::trigger);
}

IconButton::IconButton(const QString &name, const QString &iconName, const QString &label,
                       QWidget *parent)
    : QToolButton(parent)
{
    setObjectName(name);
    setAutoRaise(true);
    setFocusPolicy(Qt::StrongFocus);
    setToolButtonStyle(Qt::ToolButtonIconOnly);
    setIconName(iconName);
    setLabel(label);
}

void IconButton::setIconName(const QString &iconName, Color tone)
{
    setIcon(ui::icon(iconName, tone));
}

void IconButton::setLabel(const QString &label, const QKeySequence &keys)
{
    setAccessibleName(label);
    setToolTip(plainTip(
        keys.isEmpty() ? label : u"%1 (%2)"_s.arg(label, keys.toString(QKeySequence::NativeText))));
}

void IconButton::setBordered(bool bordered)
{
    setAutoRaise(!bordered);
}

LinkButton::LinkButton(const QString &name, const QString &text, QWidget *parent)
    : QToolButton(parent)
{
    setObjectName(name);
    setAccessibleName(text);
    setText(plainLabel(text));
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::PointingHandCursor);
    setToolButtonStyle(Qt::ToolButtonTextOnly);
    setButtonLook(this, ButtonKind::Quiet, ButtonSize::Small);
    const auto apply = [this] { setFont(ui::font(FontRole::Body)); };
    apply();
    connect(&Theme::instance(), &Theme::changed, this, apply);
}

QSize LinkButton::sizeHint() const
{
    const int wide = fontMetrics().horizontalAdvance(text()) + 1;
    return {std::max(wide, scaled(size::hitTargetMin)),
            std::max(QToolButton::sizeHint().height(), scaled(size::hitTargetMin))};
}

void LinkButton::paintEvent(QPaintEvent *event)
{
    Q_UNUSED(event)
    QPainter painter(this);
    QFont f = font();
    f.setUnderline(underMouse());
    painter.setFont(f);
    painter.setPen(color(isEnabled() ? Color::Accent : Color::TextDisabled));
    painter.drawText(rect(), Qt::AlignCenter | Qt::TextSingleLine | Qt::TextHideMnemonic, text());
}

} // namespace roadstead::ui
