// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/label.h"

#include "ui/text/display_text.h"
#include "ui/theme/theme.h"

#include <QHelpEvent>
#include <QPainter>
#include <QStyle>
#include <QToolTip>

namespace roadstead::ui {

Label::Label(const QString &text, FontRole role, Color tone, QWidget *parent)
    : QLabel(parent)
    , m_role(role)
    , m_tone(tone)
{
    setTextFormat(Qt::PlainText);
    setText(text);
    setForegroundRole(QPalette::WindowText); // not what a parent's background would make it
    connect(&Theme::instance(), &Theme::changed, this, &Label::restyle);
    restyle();
}

void Label::setRole(FontRole role, int weight)
{
    m_role = role;
    m_weight = weight;
    restyle();
}

void Label::setTone(Color tone)
{
    if (tone != m_tone) {
        m_tone = tone;
        restyle();
    }
}

void Label::restyle()
{
    setFont(ui::font(m_role, m_weight));
    QPalette p = palette();
    p.setColor(QPalette::WindowText, color(m_tone));
    setPalette(p);
}

ElidedLabel::ElidedLabel(const QString &text, FontRole role, Color tone, QWidget *parent)
    : Label({}, role, tone, parent)
{
    setFullText(text);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

void ElidedLabel::setFullText(const QString &text)
{
    if (text == m_text) {
        return;
    }
    m_text = text;
    setAccessibleName(text);
    updateGeometry();
    update();
}

void ElidedLabel::setElideMode(Qt::TextElideMode mode)
{
    m_mode = mode;
    update();
}

bool ElidedLabel::isElided() const
{
    return fontMetrics().horizontalAdvance(m_text) > contentsRect().width();
}

QSize ElidedLabel::sizeHint() const
{
    return {fontMetrics().horizontalAdvance(m_text) + 2, fontMetrics().height() + 2};
}

QSize ElidedLabel::minimumSizeHint() const
{
    return {std::min(sizeHint().width(), fontMetrics().averageCharWidth() * 4),
            sizeHint().height()};
}

void ElidedLabel::paintEvent(QPaintEvent *event)
{
    Q_UNUSED(event)
    QPainter painter(this);
    painter.setPen(palette().color(QPalette::WindowText));
    painter.setFont(font());
    const Qt::Alignment align = QStyle::visualAlignment(layoutDirection(), alignment());
    // A label that is set left to right (a command) stays so in a mirrored window.
    const int direction =
        layoutDirection() == Qt::LeftToRight && testAttribute(Qt::WA_SetLayoutDirection)
            ? Qt::TextForceLeftToRight
            : 0;
    painter.drawText(contentsRect(), static_cast<int>(align) | Qt::TextSingleLine | direction,
                     fontMetrics().elidedText(m_text, m_mode, contentsRect().width()));
}

bool ElidedLabel::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip && toolTip().isEmpty() && isElided()) {
        QToolTip::showText(static_cast<QHelpEvent *>(event)->globalPos(), plainTip(m_text), this);
        return true;
    }
    return Label::event(event);
}

} // namespace roadstead::ui
