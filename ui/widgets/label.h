// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/tokens.h"

#include <QLabel>

namespace roadstead::ui {

/// A plain-text label in a text role and a colour of the theme; follows both when they change.
class Label : public QLabel
{
    Q_OBJECT
public:
    explicit Label(const QString &text = {}, FontRole role = FontRole::Body,
                   Color tone = Color::Text, QWidget *parent = nullptr);

    void setRole(FontRole role, int weight = 0);
    void setTone(Color tone);
    [[nodiscard]] Color tone() const { return m_tone; }

private:
    void restyle();

    FontRole m_role;
    int m_weight = 0;
    Color m_tone;
};

/// A label that shortens its text to its width; the whole text is its accessible name, its tooltip
/// when shortened, and what fullText() returns.
class ElidedLabel : public Label
{
    Q_OBJECT
public:
    explicit ElidedLabel(const QString &text = {}, FontRole role = FontRole::Body,
                         Color tone = Color::Text, QWidget *parent = nullptr);

    void setFullText(const QString &text);
    [[nodiscard]] QString fullText() const { return m_text; }
    [[nodiscard]] bool isElided() const;
    void setElideMode(Qt::TextElideMode mode);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    bool event(QEvent *event) override;

private:
    QString m_text;
    Qt::TextElideMode m_mode = Qt::ElideRight;
};

} // namespace roadstead::ui
