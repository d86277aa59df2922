// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/style.h"
#include "ui/theme/tokens.h"

#include <QPushButton>
#include <QToolButton>

class QAction;

namespace roadstead::ui {

/// A push button. `name` is its object name (tests and accessibility tools find it by that), `text`
/// display text.
class Button : public QPushButton
{
    Q_OBJECT
public:
    Button(const QString &name, const QString &text, ButtonKind kind = ButtonKind::Normal,
           QWidget *parent = nullptr);

    void setLook(ButtonKind kind, ButtonSize size = ButtonSize::Normal);
    /// An icon in the tone that goes with the kind.
    void setIconName(const QString &iconName);
    /// Pressing it triggers `action`; text, icon, enabled state and command follow the action.
    void follow(QAction *action);

private:
    QString m_iconName;
};

/// A square button with an icon alone. `label` is its accessible name and tooltip; the shortcut, if
/// any, is added to the tooltip.
class IconButton : public QToolButton
{
    Q_OBJECT
public:
    IconButton(const QString &name, const QString &iconName, const QString &label,
               QWidget *parent = nullptr);

    void setIconName(const QString &iconName, Color tone = Color::Text2);
    void setLabel(const QString &label, const QKeySequence &keys = {});
    void setBordered(bool bordered);
};

/// A button that looks like a link.
class LinkButton : public QToolButton
{
    Q_OBJECT
public:
    LinkButton(const QString &name, const QString &text, QWidget *parent = nullptr);

    /// As wide as its words, so that they line up with what is above and below.
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
};

} // namespace roadstead::ui
