// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProxyStyle>

class QAbstractButton;

namespace roadstead::ui {

/// What a button means, and so how it looks.
enum class ButtonKind {
    Normal,      ///< bordered
    Primary,     ///< the one that the page is for
    Danger,      ///< bordered, red text: opens a confirmation
    DangerSolid, ///< the last button of that confirmation
    Quiet        ///< no border until hovered
};

/// How tall a button is: 28, 24, 30 (top bar) or 32 px.
enum class ButtonSize { Normal, Small, TopBar, Large };

/// Set on any QPushButton or QToolButton; read by the style.
void setButtonLook(QAbstractButton *button, ButtonKind kind, ButtonSize size = ButtonSize::Normal);
[[nodiscard]] ButtonKind buttonKind(const QWidget *button);
[[nodiscard]] ButtonSize buttonSize(const QWidget *button);

/// Draws a field's frame in the colour of faults, or not any more. What is wrong has to be said
/// beside it as well.
void setFaulty(QWidget *field, bool faulty);
[[nodiscard]] bool isFaulty(const QWidget *field);

/// Says that a menu-like surface (panel, popover, dialog) is raised: what is hovered on it needs
/// another colour, since the usual one is that of the surface in the dark.
void setRaised(QWidget *surface);
/// Whether a widget stands on such a surface.
[[nodiscard]] bool isOnRaised(const QWidget *widget);

/// Paints and measures every standard widget in the language of the design. A style rather than a
/// style sheet, because a sheet takes the focus rectangle and the primitives away from the style
/// under it and is matched again for each new widget; the reasons are in the README.
class Style : public QProxyStyle
{
    Q_OBJECT
public:
    Style();

    void drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                       const QWidget *widget) const override;
    void drawControl(ControlElement element, const QStyleOption *option, QPainter *painter,
                     const QWidget *widget) const override;
    void drawComplexControl(ComplexControl control, const QStyleOptionComplex *option,
                            QPainter *painter, const QWidget *widget) const override;
    [[nodiscard]] int pixelMetric(PixelMetric metric, const QStyleOption *option,
                                  const QWidget *widget) const override;
    [[nodiscard]] int styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget,
                                QStyleHintReturn *data) const override;
    [[nodiscard]] QSize sizeFromContents(ContentsType type, const QStyleOption *option,
                                         const QSize &size, const QWidget *widget) const override;
    [[nodiscard]] QRect subControlRect(ComplexControl control, const QStyleOptionComplex *option,
                                       SubControl part, const QWidget *widget) const override;
    [[nodiscard]] QRect subElementRect(SubElement element, const QStyleOption *option,
                                       const QWidget *widget) const override;
    [[nodiscard]] QIcon standardIcon(StandardPixmap which, const QStyleOption *option,
                                     const QWidget *widget) const override;
    void polish(QWidget *widget) override;
    void unpolish(QWidget *widget) override;
    using QProxyStyle::polish;
    using QProxyStyle::unpolish;
};

} // namespace roadstead::ui
