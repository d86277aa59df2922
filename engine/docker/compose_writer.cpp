// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/docker/compose_writer.h"

#include "engine/base/text.h"

#include <algorithm>
#include <array>
#include <format>
#include <string_view>

namespace roadstead::docker {

namespace {

bool isYamlLetter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// Whether YAML takes it as the text it is without quotes: an understatement, but a safe one.
bool isPlainYaml(std::string_view text)
{
    constexpr std::array<std::string_view, 10> words{"y",   "n",    "yes",   "no",   "on",
                                                     "off", "true", "false", "null", "nan"};
    if (text.empty() || (!isYamlLetter(text.front()) && text.front() != '/') ||
        text.back() == ':') {
        return false;
    }
    const bool isSimple = std::ranges::all_of(text, [](char c) {
        return isYamlLetter(c) || (c >= '0' && c <= '9') ||
               std::string_view("_./@+:-=").contains(c);
    });
    std::string lower(text);
    std::ranges::transform(lower, lower.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : c; });
    return isSimple && std::ranges::find(words, lower) == words.end();
}

/// The length of the UTF-8 sequence that begins with `lead`, in valid text.
std::size_t sequenceLength(unsigned char lead)
{
    return lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
}

char32_t codePointOf(std::string_view sequence)
{
    const auto lead = static_cast<unsigned char>(sequence.front());
    constexpr std::array<unsigned char, 5> masks{0, 0x7f, 0x1f, 0x0f, 0x07};
    char32_t code = lead & masks[sequence.size()];
    for (const char c : sequence.substr(1)) {
        code = (code << 6) | (static_cast<unsigned char>(c) & 0x3fU);
    }
    return code;
}

/// Those that YAML does not take, ends lines at, or that nobody sees: among the latter the ones
/// that turn the direction of text.
bool isEscaped(char32_t code)
{
    return code < 0x20 || (code >= 0x7f && code <= 0xa0) || code == 0xad ||
           (code >= 0x200b && code <= 0x200f) || (code >= 0x2028 && code <= 0x202e) ||
           (code >= 0x2060 && code <= 0x206f) || code == 0xfeff ||
           (code >= 0xfff0 && code <= 0xffff);
}

std::string yamlEscape(char32_t code)
{
    return std::format("\\u{:04x}", static_cast<unsigned>(code));
}

} // namespace

std::string yamlQuoted(const std::string &text)
{
    if (isPlainYaml(text)) {
        return text;
    }
    const std::string valid = repairUtf8(text);
    std::string quoted = "\"";
    for (std::size_t i = 0; i < valid.size();) {
        const std::size_t length = sequenceLength(static_cast<unsigned char>(valid[i]));
        const std::string_view sequence = std::string_view(valid).substr(i, length);
        const char32_t code = codePointOf(sequence);
        i += length;
        if (code == '"' || code == '\\') {
            quoted += '\\';
            quoted += sequence;
        } else if (code == '\n') {
            quoted += "\\n";
        } else if (code == '\t') {
            quoted += "\\t";
        } else if (isEscaped(code)) {
            quoted += yamlEscape(code);
        } else {
            quoted += sequence;
        }
    }
    return quoted + '"';
}

std::string composeQuoted(const std::string &text)
{
    std::string doubled;
    for (const char c : text) {
        doubled.append(c == '$' ? 2 : 1, c);
    }
    return yamlQuoted(doubled);
}

void ComposeWriter::line(const std::string &words)
{
    if (std::exchange(m_beginsItem, false)) {
        m_text.append(2 * (m_depth - 1), ' ').append("- ");
    } else {
        m_text.append(2 * m_depth, ' ');
    }
    m_text.append(words).append("\n");
}

void ComposeWriter::openRaw(const std::string &words)
{
    line(words);
    ++m_depth;
}

void ComposeWriter::openItem()
{
    ++m_depth;
    m_beginsItem = true;
}

void ComposeWriter::close()
{
    --m_depth;
    m_beginsItem = false;
}

void ComposeWriter::text(const char *name, const std::string &value)
{
    if (!value.empty()) {
        raw(name, composeQuoted(value));
    }
}

void ComposeWriter::texts(const char *name, const std::vector<std::string> &values)
{
    if (!values.empty()) {
        list(name, values);
    }
}

void ComposeWriter::list(const char *name, const std::vector<std::string> &values)
{
    if (values.empty()) {
        raw(name, "[]");
        return;
    }
    open(name);
    for (const std::string &value : values) {
        item(value);
    }
    close();
}

void ComposeWriter::item(const std::string &value)
{
    line("- " + composeQuoted(value));
}

void ComposeWriter::pairs(const char *name, const Pairs &pairs)
{
    std::vector<std::string> values;
    for (const auto &[key, value] : pairs) {
        values.push_back(key + "=" + value);
    }
    texts(name, values);
}

void ComposeWriter::map(const char *name, const Pairs &pairs)
{
    if (pairs.empty()) {
        return;
    }
    open(name);
    for (const auto &[key, value] : pairs) {
        raw(yamlQuoted(key), composeQuoted(value));
    }
    close();
}

} // namespace roadstead::docker
