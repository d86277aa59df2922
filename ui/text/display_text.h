// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <cstddef>
#include <string_view>

/// Text from outside, made safe to show. Thread-safe.
namespace roadstead::ui {

/// One line: control, invisible and direction-changing characters are made visible, the length is
/// capped with an ellipsis. To be drawn as plain text; copying uses the original.
[[nodiscard]] QString displayText(std::string_view hostile, std::size_t maxCharacters = 512);
[[nodiscard]] QString displayText(const QString &hostile, std::size_t maxCharacters = 512);

/// Several lines: line feeds and tabs stay.
[[nodiscard]] QString displayBlock(std::string_view hostile, std::size_t maxCharacters = 16384);

/// A text (already display text) for a tooltip: Qt would read it as rich text if it looked like it.
[[nodiscard]] QString plainTip(const QString &text);

/// A text (already display text) for a button, tab or menu: "&" is a character, no accelerator.
[[nodiscard]] QString plainLabel(const QString &text);

} // namespace roadstead::ui
