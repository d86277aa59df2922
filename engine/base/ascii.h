// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

/// What an ASCII character is, whatever the locale.
namespace roadstead {

constexpr bool isLetter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
constexpr bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}
constexpr bool isAlphanumeric(char c)
{
    return isLetter(c) || isDigit(c);
}

} // namespace roadstead
