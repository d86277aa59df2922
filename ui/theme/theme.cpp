// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/theme.h"

#include "ui/theme/desktop_preferences.h"
#include "ui/theme/focus_ring.h"
#include "ui/theme/style.h"

#include <QApplication>
#include <QFontDatabase>
#include <QFontInfo>
#include <QSettings>
#include <QStyleHints>
#include <QToolTip>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace roadstead::ui {

namespace {

constexpr auto schemeKey = "appearance/scheme";

QColor fromToken(unsigned int rgba)
{
    return QColor::fromRgba(rgba);
}

/// Families that name no real font but whatever fontconfig finds.
bool isGenericFamily(const QString &family)
{
    static const QStringList generic{u"sans"_s, u"sans serif"_s, u"sans-serif"_s, u""_s};
    return generic.contains(family.toLower());
}

/// In high contrast tints go and faint lines and texts take their strong form.
Color strongForm(Color name)
{
    switch (name) {
    case Color::BgHover:
    case Color::BgTrack:
    case Color::BgSunken:
    case Color::BgWindow:
    case Color::AccentTint:
    case Color::OkTint:
    case Color::WarnTint:
    case Color::DangerTint:
    case Color::NeutralTint:
    case Color::ChartFill:
        return Color::BgSurface;
    case Color::Border:
    case Color::BorderStrong:
    case Color::AccentBorder:
    case Color::DangerBorder:
    case Color::ChartGrid:
        return Color::BorderControl;
    case Color::Text2:
    case Color::Text3:
        return Color::Text;
    default:
        return name;
    }
}

} // namespace

Theme &Theme::instance()
{
    static Theme theme;
    return theme;
}

void Theme::install(QApplication &application)
{
    m_application = &application;
    m_systemPalette = QApplication::palette();
    m_systemFont = QApplication::font();
    // 13.33 px is what the common default of 10 pt comes to at 96 dpi: that is the design's size.
    const qreal pixels = m_systemFont.pixelSize() > 0 ? m_systemFont.pixelSize()
                                                      : m_systemFont.pointSizeF() * 96 / 72;
    m_textScale = pixels > 14.5 ? std::clamp(pixels / 13.33, 1.0, 2.5) : 1.0;
    const bool still = !QApplication::isEffectEnabled(Qt::UI_General);
    m_reducedMotion = still;

    const QString stored = QSettings().value(QLatin1StringView(schemeKey)).toString();
    m_appearance = stored == u"light"_s  ? Appearance::Light
                   : stored == u"dark"_s ? Appearance::Dark
                                         : Appearance::System;

    QApplication::setStyle(new Style);
    new FocusRing(&application);
    connect(QGuiApplication::styleHints(), &QStyleHints::colorSchemeChanged, this, &Theme::follow);

    auto *preferences = new DesktopPreferences(&application);
    connect(preferences, &DesktopPreferences::changed, this, [this, preferences, still] {
        m_desktopScheme = preferences->colorScheme();
        m_highContrast = preferences->wantsHighContrast();
        m_reducedMotion = preferences->wantsReducedMotion() || still;
        follow();
    });
    follow();
}

bool Theme::systemIsDark() const
{
    const Qt::ColorScheme scheme = QGuiApplication::styleHints()->colorScheme();
    if (scheme != Qt::ColorScheme::Unknown && m_desktopScheme == 0) {
        return scheme == Qt::ColorScheme::Dark;
    }
    return m_desktopScheme == 1;
}

void Theme::follow()
{
    m_dark = m_appearance == Appearance::System ? systemIsDark() : m_appearance == Appearance::Dark;
    apply();
}

void Theme::apply()
{
    if (m_application != nullptr) {
        QApplication::setPalette(palette());
        QApplication::setFont(font(FontRole::Body));
        QToolTip::setFont(font(FontRole::Small));
        QPalette tip = palette();
        tip.setColor(QPalette::ToolTipBase, color(Color::TooltipBg));
        tip.setColor(QPalette::ToolTipText, color(Color::TooltipText));
        tip.setColor(QPalette::WindowText, color(Color::TooltipText));
        tip.setColor(QPalette::Window, color(Color::TooltipBg));
        QToolTip::setPalette(tip);
    }
    Q_EMIT changed();
}

QColor Theme::color(Color name) const
{
    if (m_highContrast) {
        switch (name) {
        case Color::BgSelected:
        case Color::BgNavSelected:
        case Color::AccentSolid:
        case Color::AccentSolidHover:
            return m_systemPalette.color(QPalette::Highlight);
        case Color::OnAccent:
            return m_systemPalette.color(QPalette::HighlightedText);
        default:
            name = strongForm(name);
        }
    }
    const auto index = static_cast<std::size_t>(name);
    return fromToken(m_dark ? darkColors[index] : lightColors[index]);
}

QPalette Theme::palette() const
{
    QPalette p;
    const auto set = [&](QPalette::ColorRole role, Color name) { p.setColor(role, color(name)); };
    set(QPalette::Window, Color::BgWindow);
    set(QPalette::WindowText, Color::Text);
    set(QPalette::Base, Color::BgSurface);
    set(QPalette::AlternateBase, Color::BgSunken);
    set(QPalette::Text, Color::Text);
    set(QPalette::PlaceholderText, Color::Text3);
    set(QPalette::Button, Color::BgSurface);
    set(QPalette::ButtonText, Color::Text);
    set(QPalette::BrightText, Color::Danger);
    set(QPalette::Highlight, Color::AccentSolid);
    set(QPalette::HighlightedText, Color::OnAccent);
    set(QPalette::Accent, Color::AccentSolid);
    set(QPalette::Link, Color::Accent);
    set(QPalette::LinkVisited, Color::Accent);
    set(QPalette::ToolTipBase, Color::TooltipBg);
    set(QPalette::ToolTipText, Color::TooltipText);
    set(QPalette::Light, Color::BgRaised);
    set(QPalette::Midlight, Color::BgHover);
    set(QPalette::Mid, Color::Border);
    set(QPalette::Dark, Color::BorderStrong);
    set(QPalette::Shadow, Color::BorderControl);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText}) {
        p.setColor(QPalette::Disabled, role, color(Color::TextDisabled));
    }
    p.setColor(QPalette::Disabled, QPalette::Highlight, color(Color::BgTrack));
    return p;
}

QString Theme::uiFamily() const
{
    const QString family = m_systemFont.family();
    if (isGenericFamily(family) || QFontInfo(m_systemFont).family() != family) {
        for (const QString &candidate : {u"Inter"_s, u"Noto Sans"_s}) {
            if (QFontDatabase::hasFamily(candidate)) {
                return candidate;
            }
        }
    }
    return family;
}

QFont Theme::font(FontRole role, int weight) const
{
    const FontToken token = fontTokens[static_cast<std::size_t>(role)];
    QFont f;
    if (role == FontRole::Mono) {
        f.setFamilies({u"JetBrains Mono"_s, u"DejaVu Sans Mono"_s,
                       QFontDatabase::systemFont(QFontDatabase::FixedFont).family()});
        f.setStyleHint(QFont::Monospace);
        f.setFeature(QFont::Tag("liga"), 0);
        f.setFeature(QFont::Tag("calt"), 0);
    } else {
        static const QString family = uiFamily();
        f.setFamily(family);
        f.setStyleHint(QFont::SansSerif);
    }
    const bool heading =
        role == FontRole::Section || role == FontRole::Title || role == FontRole::SetupTitle;
    f.setPixelSize(static_cast<int>(std::lround(token.size * m_textScale)));
    f.setWeight(weight > 0 ? static_cast<QFont::Weight>(weight)
                           : (heading ? QFont::DemiBold : QFont::Normal));
    return f;
}

QFont Theme::figures(FontRole role, int weight) const
{
    QFont f = font(role, weight);
    f.setFeature(QFont::Tag("tnum"), 1);
    return f;
}

void Theme::setAppearance(Appearance appearance)
{
    if (appearance == m_appearance) {
        return;
    }
    m_appearance = appearance;
    QSettings().setValue(QLatin1StringView(schemeKey), appearance == Appearance::Light ? u"light"_s
                                                       : appearance == Appearance::Dark
                                                           ? u"dark"_s
                                                           : u"system"_s);
    follow();
}

void Theme::setHighContrast(bool on)
{
    m_highContrast = on;
    apply();
}

void Theme::setReducedMotion(bool on)
{
    m_reducedMotion = on;
    apply();
}

void Theme::setTextScale(qreal scale)
{
    m_textScale = std::clamp(scale, 1.0, 2.5);
    apply();
}

} // namespace roadstead::ui
