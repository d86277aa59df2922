// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/tokens.h"

#include <QWidget>

#include <optional>

namespace roadstead::ui {

/// What a badge says by its tint.
enum class Tone { Neutral, Accent, Ok, Warn, Danger };

[[nodiscard]] Color tintOf(Tone tone);
[[nodiscard]] Color textOf(Tone tone);

/// A tinted word, 18 px high, that informs and is never clickable.
class Badge : public QWidget
{
    Q_OBJECT
public:
    explicit Badge(const QString &text, Tone tone = Tone::Neutral, QWidget *parent = nullptr);

    void setText(const QString &text);
    [[nodiscard]] QString text() const { return m_text; }
    void setTone(Tone tone);
    void setMark(std::optional<StateMark> mark);
    void setIconName(const QString &iconName);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString m_text;
    Tone m_tone;
    std::optional<StateMark> m_mark;
    QString m_iconName;
};

} // namespace roadstead::ui
