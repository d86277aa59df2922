// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pages/masked_text.h"

#include "ui/text/display_text.h"
#include "ui/text/secret_text.h"

#include <QStringList>

#include <algorithm>
#include <iterator>
#include <sstream>
#include <utility>

namespace roadstead::ui {

namespace {

bool namesSecret(std::string_view word)
{
    return word.starts_with('-') && looksSecret(word, {});
}

/// Where the part of a word to be masked begins; npos for none. `before`: the word in front of it.
std::size_t secretStart(std::string_view word, std::string_view before)
{
    if (namesSecret(before) && before.find('=') == std::string_view::npos &&
        !word.starts_with('-')) {
        return 0;
    }
    const auto equals = word.find('=');
    if (equals != std::string_view::npos && equals + 1 < word.size() &&
        looksSecret(word.substr(0, equals), word.substr(equals + 1))) {
        return equals + 1;
    }
    return looksSecret({}, word) ? 0 : std::string_view::npos;
}

/// The end of the JSON string whose opening quote is at `open`: its closing quote, or npos.
std::size_t closingQuote(std::string_view line, std::size_t open)
{
    for (std::size_t i = open + 1; i < line.size(); ++i) {
        if (line[i] == '\\') {
            ++i;
        } else if (line[i] == '"') {
            return i;
        }
    }
    return std::string_view::npos;
}

/// Masks one line; `before` is the array's element in front of it, and becomes this one.
std::string maskedLine(std::string_view line, std::string &before, int &masked)
{
    const auto open = line.find_first_not_of(' ');
    const auto close = open == std::string_view::npos || line[open] != '"'
                           ? std::string_view::npos
                           : closingQuote(line, open);
    std::string last = std::exchange(before, {});
    if (close == std::string_view::npos) {
        return std::string(line);
    }
    std::size_t from = std::string_view::npos;
    std::size_t to = close;
    const std::string_view text = line.substr(open + 1, close - open - 1);
    if (line.substr(close + 1).starts_with(": \"")) {
        const std::size_t valueOpen = close + 3;
        to = closingQuote(line, valueOpen);
        if (to == std::string_view::npos || to == valueOpen + 1) {
            return std::string(line);
        }
        const std::string_view value = line.substr(valueOpen + 1, to - valueOpen - 1);
        // The engine's own word for a path, no secret.
        from = text != "SandboxKey" && looksSecret(text, value) ? valueOpen + 1 : from;
    } else {
        const std::size_t start = secretStart(text, last);
        from = start == std::string_view::npos ? start : open + 1 + start;
        before = text;
    }
    if (from == std::string_view::npos) {
        return std::string(line);
    }
    ++masked;
    return std::string(line.substr(0, from)) + maskedText().toStdString() +
           std::string(line.substr(to));
}

} // namespace

QString maskedCommand(const std::vector<std::string> &words)
{
    QStringList shown;
    std::string_view before;
    for (const std::string &word : words) {
        const std::size_t start = secretStart(word, before);
        shown.append(start == std::string_view::npos
                         ? displayText(word)
                         : displayText(std::string_view(word).substr(0, start)) + maskedText());
        before = word;
    }
    return shown.join(u' ');
}

QString maskedCommand(const std::string &line)
{
    std::istringstream stream(line);
    const std::istream_iterator<std::string> first(stream);
    return maskedCommand(std::vector<std::string>(first, {}));
}

std::string maskedJson(std::string_view pretty, int &masked)
{
    std::string text;
    text.reserve(pretty.size());
    std::string before;
    while (!pretty.empty()) {
        const std::size_t end = std::min(pretty.find('\n'), pretty.size());
        text += maskedLine(pretty.substr(0, end), before, masked);
        pretty.remove_prefix(end);
        if (!pretty.empty()) {
            text += '\n';
            pretty.remove_prefix(1);
        }
    }
    return text;
}

} // namespace roadstead::ui
