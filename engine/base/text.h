// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace roadstead {

/// Where a text that is too long loses characters.
enum class Elision {
    End,   ///< "a long sente…"
    Middle ///< "registry.example.org/te…/web:1.2": for names whose end matters
};

/// How `safeText` treats a text.
struct TextRules
{
    std::size_t maxCharacters = 512; ///< code points of the result, the ellipsis included
    Elision elision = Elision::End;
    bool keepLineBreaks = false; ///< line feeds and tabs stay (for a text view); CR LF becomes LF
};

/// THE function for text that comes from outside (names, labels, commands, errors, progress): what
/// it returns is safe to draw as plain text. It is valid UTF-8; control characters are drawn as
/// their Unicode pictures (U+2400 …), characters that are invisible or turn the direction of text
/// as "⟨U+202E⟩"; bytes that are not UTF-8 become U+FFFD; the length is capped with an ellipsis.
/// The original is to be kept for copying. Joiners U+200C and U+200D stay: scripts and emoji need
/// them.
std::string safeText(std::string_view hostile, const TextRules &rules = {});

/// The same characters with each byte that is not part of valid UTF-8 (RFC 3629) replaced by
/// U+FFFD, one for each maximal invalid part, as the Unicode standard recommends. Nothing else
/// changes.
std::string repairUtf8(std::string_view bytes);

/// Whether `bytes` is valid UTF-8 (RFC 3629).
bool isValidUtf8(std::string_view bytes);

} // namespace roadstead
