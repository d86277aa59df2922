// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/containers/logs/log_line_layout.h"

#include "ui/theme/theme.h"

#include <QFontMetricsF>
#include <QPainter>

namespace roadstead::ui {

namespace {

constexpr qreal widestLine = 1e6;

} // namespace

LogLineLayout::LogLineLayout(const LogLineText &text, int width)
    : m_layout(text.text, ui::font(FontRole::Mono))
{
    QTextOption option;
    option.setWrapMode(width > 0 ? QTextOption::WrapAtWordBoundaryOrAnywhere : QTextOption::NoWrap);
    option.setTextDirection(Qt::LeftToRight);
    option.setTabStopDistance(QFontMetricsF(m_layout.font()).horizontalAdvance(u'0') * 8);
    m_layout.setTextOption(option);
    m_layout.setFormats(text.formats);
    m_layout.beginLayout();
    for (QTextLine line = m_layout.createLine(); line.isValid(); line = m_layout.createLine()) {
        line.setLineWidth(width > 0 ? qreal(width) : widestLine);
        if (width == 0) {
            break;
        }
    }
    m_layout.endLayout();
}

int LogLineLayout::width() const
{
    qreal widest = 0;
    for (int i = 0; i < m_layout.lineCount(); ++i) {
        widest = std::max(widest, m_layout.lineAt(i).naturalTextWidth());
    }
    return int(widest) + 1;
}

void LogLineLayout::draw(QPainter *painter, int left, int top, int lineHeight)
{
    for (int i = 0; i < m_layout.lineCount(); ++i) {
        QTextLine line = m_layout.lineAt(i);
        line.setPosition({0, i * lineHeight + (lineHeight - line.height()) / 2});
    }
    m_layout.draw(painter, QPointF(left, top));
}

} // namespace roadstead::ui
