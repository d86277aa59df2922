// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/metrics.h"

#include "ui/theme/theme.h"

#include <QFontMetrics>

#include <cmath>

namespace roadstead::ui {

int scaled(int px)
{
    return static_cast<int>(std::lround(px * Theme::instance().textScale()));
}

int lineHeight(FontRole role)
{
    return scaled(fontTokens[static_cast<std::size_t>(role)].line);
}

int heightFor(FontRole role, int base)
{
    return std::max(scaled(base), lineHeight(role) + 2);
}

QString elideMiddle(const QFontMetrics &metrics, const QString &text, int width)
{
    return metrics.elidedText(text, Qt::ElideMiddle, width);
}

} // namespace roadstead::ui
