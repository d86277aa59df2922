// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/tokens.h"
#include "ui/widgets/badge.h"

#include <QWidget>

class QVBoxLayout;
class QHBoxLayout;

namespace roadstead::ui {

class Button;
class Label;
class StateIcon;

/// What stands in place of content that is not there: one icon or picture, one line of what, one
/// of why, one primary button, at most one other. Wraps, and scrolls when the window is small.
class EmptyState : public QWidget
{
    Q_OBJECT
public:
    explicit EmptyState(const QString &name, QWidget *parent = nullptr);

    /// An icon on a tinted square; Tone::Neutral for facts, Danger for faults.
    void setIconName(const QString &iconName, Tone tone = Tone::Neutral);
    /// The picture of an empty berth, for lists with nothing in them.
    void setPicture();
    /// A busy arc, for what is under way.
    void setBusy();
    void setTexts(const QString &what, const QString &why);
    /// Creates the button on first use; an empty text hides it.
    Button *setPrimary(const QString &text, const QString &iconName = {});
    Button *setSecondary(const QString &text);
    /// Below the buttons, for details; at most one.
    void setExtra(QWidget *widget);
    [[nodiscard]] QString what() const;
    [[nodiscard]] QString why() const;

Q_SIGNALS:
    void primaryPressed();
    void secondaryPressed();

private:
    StateIcon *m_icon;
    Label *m_what;
    Label *m_why;
    Button *m_primary;
    Button *m_secondary;
    QVBoxLayout *m_column;
    QWidget *m_extra = nullptr;
};

/// The icon of an EmptyState.
class StateIcon : public QWidget
{
    Q_OBJECT
public:
    explicit StateIcon(QWidget *parent = nullptr);
    void setIconName(const QString &iconName, Tone tone);
    void setPicture();
    void setBusy();
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    enum class Kind { Icon, Picture, Busy };
    void setKind(Kind kind);
    QString m_iconName;
    Tone m_tone = Tone::Neutral;
    Kind m_kind = Kind::Icon;
};

} // namespace roadstead::ui
