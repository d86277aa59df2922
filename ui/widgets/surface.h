// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/tokens.h"

#include <QWidget>

#include <optional>

namespace roadstead::ui {

/// A frame filled with a colour of the theme, with lines at chosen edges or all round.
class Surface : public QWidget
{
    Q_OBJECT
public:
    explicit Surface(Color fill = Color::BgSurface, QWidget *parent = nullptr);

    void setFill(Color fill);
    /// Lines at these edges; they lie inside.
    void setLines(Qt::Edges edges, Color line = Color::Border);
    /// A line all round and round corners.
    void setRounded(int cornerRadius, Color line = Color::Border);
    /// A 3 px stripe at the leading edge, as toasts have it.
    void setStripe(std::optional<Color> stripe);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Color m_fill;
    Color m_line = Color::Border;
    Qt::Edges m_edges;
    int m_radius = 0;
    bool m_outlined = false;
    std::optional<Color> m_stripe;
};

/// A raised surface with a shadow, as a child of a window: palette, Activity, toasts. The shadow
/// is painted inside the widget: contents start at shadowMargin() from its edge.
class RaisedFrame : public QWidget
{
    Q_OBJECT
public:
    explicit RaisedFrame(QWidget *parent = nullptr);

    static constexpr int shadowMargin = 24;
    void setStripe(std::optional<Color> stripe);
    /// Where the surface itself is, without the shadow.
    [[nodiscard]] QRect surfaceRect() const;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    std::optional<Color> m_stripe;
};

} // namespace roadstead::ui
