// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/containers/logs/log_line_text.h"

#include <QTextLayout>

class QPainter;

namespace roadstead::ui {

/// A line of a log as it stands on screen: on one line of it, or broken to a width.
class LogLineLayout
{
public:
    /// `width` px; 0 = not broken, however long it is.
    LogLineLayout(const LogLineText &text, int width);

    [[nodiscard]] int lines() const { return std::max(1, m_layout.lineCount()); }
    [[nodiscard]] int width() const; ///< px that it takes, of its widest line
    /// From `left`, the first line between `top` and `top + lineHeight`.
    void draw(QPainter *painter, int left, int top, int lineHeight);

private:
    QTextLayout m_layout;
};

} // namespace roadstead::ui
