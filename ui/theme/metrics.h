// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/tokens.h"

#include <QString>

class QFontMetrics;

namespace roadstead::ui {

/// A length of the design, grown with the desktop's text size, so that nothing clips. Lengths that
/// hold no text (lines, radii, icons in a row) are used as they are.
[[nodiscard]] int scaled(int px);

/// The line height of a text role, grown likewise.
[[nodiscard]] int lineHeight(FontRole role);

/// Height of something that holds one line of `role`, at least `base` design pixels.
[[nodiscard]] int heightFor(FontRole role, int base);

/// Elides so that the end survives as well as the start: image references keep their tag.
[[nodiscard]] QString elideMiddle(const QFontMetrics &metrics, const QString &text, int width);

} // namespace roadstead::ui
