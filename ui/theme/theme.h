// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/tokens.h"

#include <QColor>
#include <QFont>
#include <QObject>
#include <QPalette>

class QApplication;

namespace roadstead::ui {

/// What a person chose; System follows the desktop.
enum class Appearance { System, Light, Dark };

/// The look of the whole program: colours, fonts and motion, from the tokens, for the scheme in
/// use. One instance, GUI thread only. Colours are read when something is painted, never stored:
/// then a change of scheme needs nothing but a repaint.
class Theme : public QObject
{
    Q_OBJECT
public:
    static Theme &instance();

    /// Gives `application` the style, palette, fonts and focus ring, and follows the desktop from
    /// then on. Once, before the first widget.
    void install(QApplication &application);

    [[nodiscard]] bool isDark() const { return m_dark; }
    [[nodiscard]] bool isHighContrast() const { return m_highContrast; }
    [[nodiscard]] bool reducesMotion() const { return m_reducedMotion; }
    /// Size of the desktop's text against the design's 13 px: 1 to 2.5.
    [[nodiscard]] qreal textScale() const { return m_textScale; }

    [[nodiscard]] QColor color(Color name) const;
    [[nodiscard]] QPalette palette() const;
    /// The font of a role. `weight` 0 = the role's own.
    [[nodiscard]] QFont font(FontRole role, int weight = 0) const;
    /// The same with tabular figures, for columns of numbers and numbers that change. Not for
    /// names: in Inter, tabular widths apply to hyphens and points as well.
    [[nodiscard]] QFont figures(FontRole role, int weight = 0) const;
    /// The family of the interface and of code, as found on this machine.
    [[nodiscard]] QString uiFamily() const;

    /// The choice, remembered in QSettings ("appearance/scheme").
    [[nodiscard]] Appearance appearance() const { return m_appearance; }
    void setAppearance(Appearance appearance);

    /// For tests and for a person's own choice: overrides what the desktop says.
    void setHighContrast(bool on);
    void setReducedMotion(bool on);
    void setTextScale(qreal scale);

Q_SIGNALS:
    void changed(); ///< colours, fonts or motion are different now

private:
    Theme() = default;
    void follow();
    void apply();
    [[nodiscard]] bool systemIsDark() const;

    QApplication *m_application = nullptr;
    QPalette m_systemPalette;
    QFont m_systemFont;
    Appearance m_appearance = Appearance::System;
    qreal m_textScale = 1;
    int m_desktopScheme = 0; ///< of the portal: 1 dark, 2 light, 0 no preference
    bool m_dark = false;
    bool m_highContrast = false;
    bool m_reducedMotion = false;
};

/// Shorthands for painting code.
[[nodiscard]] inline QColor color(Color name)
{
    return Theme::instance().color(name);
}
[[nodiscard]] inline QFont font(FontRole role, int weight = 0)
{
    return Theme::instance().font(role, weight);
}
[[nodiscard]] inline QFont figures(FontRole role, int weight = 0)
{
    return Theme::instance().figures(role, weight);
}

} // namespace roadstead::ui
