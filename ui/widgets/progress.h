// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/tokens.h"

#include <QTimer>
#include <QWidget>

#include <optional>

namespace roadstead::ui {

/// A bar for a known amount, 4 or 6 px high.
class ProgressBar : public QWidget
{
    Q_OBJECT
public:
    explicit ProgressBar(int thickness = 6, QWidget *parent = nullptr);

    void setShare(double share); ///< 0 to 1
    [[nodiscard]] double share() const { return m_share; }
    void setTone(Color tone);
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    double m_share = 0;
    int m_thickness;
    Color m_tone = Color::AccentSolid;
};

/// The busy arc, or a ring filled to a share, 14 px by design.
class ProgressRing : public QWidget
{
    Q_OBJECT
public:
    explicit ProgressRing(int side = 14, QWidget *parent = nullptr);

    void setShare(std::optional<double> share); ///< none = turns
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    int m_side;
    std::optional<double> m_share;
};

/// A busy arc with words, for work of unknown length: nothing for 300 ms, then it appears; it
/// stands still beside its words with reduced motion.
class Spinner : public QWidget
{
    Q_OBJECT
public:
    explicit Spinner(const QString &text = {}, QWidget *parent = nullptr);

    void start();
    void stop();
    void setText(const QString &text);

private:
    QTimer m_delay;
    QWidget *m_content;
    class Label *m_label;
};

} // namespace roadstead::ui
