// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/store/ansi_text.h"

#include <algorithm>
#include <array>
#include <utility>

namespace roadstead::store {

namespace {

constexpr char escapeByte = '\x1b';
constexpr char bellByte = '\x07';

bool isBetween(char c, char first, char last)
{
    return c >= first && c <= last;
}

constexpr std::array<AnsiColor, 8> basicColors{
    AnsiColor::Grey, AnsiColor::Red,     AnsiColor::Green, AnsiColor::Yellow,
    AnsiColor::Blue, AnsiColor::Magenta, AnsiColor::Cyan,  AnsiColor::White};

/// The named colour nearest to one of three parts, 0 to 255 each.
AnsiColor nearest(int red, int green, int blue)
{
    const int most = std::max({red, green, blue});
    const int least = std::min({red, green, blue});
    if (most - least < 48) {
        return most < 160 ? AnsiColor::Grey : AnsiColor::White;
    }
    const int middle = least + (most - least) / 2;
    const int bits = (red > middle ? 1 : 0) | (green > middle ? 2 : 0) | (blue > middle ? 4 : 0);
    return basicColors.at(static_cast<std::size_t>(bits));
}

AnsiColor ofPalette(int index)
{
    if (index < 16) {
        return index == 8 ? AnsiColor::Grey : basicColors.at(static_cast<std::size_t>(index % 8));
    }
    if (index >= 232) {
        return index < 246 ? AnsiColor::Grey : AnsiColor::White;
    }
    constexpr int step = 51;
    const int cube = index - 16;
    return nearest(cube / 36 * step, cube / 6 % 6 * step, cube % 6 * step);
}

/// Reads one select graphic rendition after the other into a style.
class Rendition
{
public:
    explicit Rendition(AnsiStyle &style)
        : m_style(style)
    {
    }

    void apply(std::string_view parameters)
    {
        std::vector<int> numbers{0};
        for (const char c : parameters) {
            if (isBetween(c, '0', '9')) {
                numbers.back() = std::min(numbers.back() * 10 + (c - '0'), 9999);
            } else if (c == ';' || c == ':') {
                numbers.push_back(0);
            } else {
                return; // private: no colour
            }
            if (numbers.size() > 64) {
                return;
            }
        }
        for (std::size_t i = 0; i < numbers.size(); ++i) {
            if (numbers[i] == 38 || numbers[i] == 48) {
                AnsiColor &color = numbers[i] == 38 ? m_style.text : m_style.background;
                i = extended(numbers, i + 1, color);
            } else {
                applyOne(numbers[i]);
            }
        }
    }

private:
    /// "5;n" or "2;r;g;b" from `at` on; returns the last number that was used.
    static std::size_t extended(const std::vector<int> &numbers, std::size_t at, AnsiColor &color)
    {
        if (at + 1 < numbers.size() && numbers[at] == 5) {
            color = ofPalette(std::min(numbers[at + 1], 255));
            return at + 1;
        }
        if (at + 3 < numbers.size() && numbers[at] == 2) {
            color = nearest(std::min(numbers[at + 1], 255), std::min(numbers[at + 2], 255),
                            std::min(numbers[at + 3], 255));
            return at + 3;
        }
        return numbers.size();
    }

    void applyOne(int number)
    {
        const auto basic = [](int offset) {
            return basicColors.at(static_cast<std::size_t>(offset));
        };
        if (number >= 30 && number <= 37) {
            m_style.text = basic(number - 30);
        } else if (number >= 90 && number <= 97) {
            m_style.text = basic(number - 90);
        } else if (number >= 40 && number <= 47) {
            m_style.background = basic(number - 40);
        } else if (number >= 100 && number <= 107) {
            m_style.background = basic(number - 100);
        } else {
            applyAttribute(number);
        }
    }

    void applyAttribute(int number)
    {
        switch (number) {
        case 0:
            m_style = {};
            break;
        case 1:
            m_style.bold = true;
            break;
        case 2:
            m_style.faint = true;
            break;
        case 3:
            m_style.italic = true;
            break;
        case 4:
            m_style.underline = true;
            break;
        case 7:
            m_style.inverse = true;
            break;
        case 22:
            m_style.bold = m_style.faint = false;
            break;
        case 23:
            m_style.italic = false;
            break;
        case 24:
            m_style.underline = false;
            break;
        case 27:
            m_style.inverse = false;
            break;
        case 39:
            m_style.text = AnsiColor::Default;
            break;
        case 49:
            m_style.background = AnsiColor::Default;
            break;
        default:
            break;
        }
    }

    AnsiStyle &m_style;
};

/// Where the text goes on after the control sequence whose escape is at `at`; its parameters where
/// it selects a rendition.
std::size_t afterEscape(std::string_view raw, std::size_t at, std::string_view *rendition)
{
    std::size_t next = at + 1;
    const auto skip = [&](char first, char last) {
        while (next < raw.size() && isBetween(raw[next], first, last)) {
            ++next;
        }
    };
    if (next >= raw.size()) {
        return next;
    }
    const char kind = raw[next];
    if (kind == '[') {
        const std::size_t begin = ++next;
        skip('0', '?');
        const std::size_t end = next;
        skip(' ', '/');
        if (next < raw.size() && raw[next] == 'm' && next == end) {
            *rendition = raw.substr(begin, end - begin);
        }
        return next < raw.size() && isBetween(raw[next], '@', '~') ? next + 1 : next;
    }
    if (kind == ']' || kind == 'P' || kind == 'X' || kind == '^' || kind == '_') {
        for (; next < raw.size(); ++next) {
            if (raw[next] == bellByte) {
                return next + 1;
            }
            if (raw[next] == escapeByte) {
                return next + 1 < raw.size() && raw[next + 1] == '\\' ? next + 2 : next;
            }
        }
        return next;
    }
    skip(' ', '/');
    return next < raw.size() && isBetween(raw[next], '0', '~') ? next + 1 : next;
}

} // namespace

AnsiLine parseAnsi(std::string_view raw)
{
    AnsiLine line;
    line.text.reserve(raw.size());
    AnsiStyle style;
    const auto add = [&](std::string_view text) {
        if (text.empty()) {
            return;
        }
        const std::size_t begin = line.text.size();
        line.text += text;
        if (style == AnsiStyle()) {
            return;
        }
        if (!line.runs.empty() && line.runs.back().end == begin &&
            line.runs.back().style == style) {
            line.runs.back().end = line.text.size();
        } else {
            line.runs.push_back({begin, line.text.size(), style});
        }
    };
    std::size_t at = 0;
    while (at < raw.size()) {
        const std::size_t escape = raw.find(escapeByte, at);
        add(raw.substr(at, escape - at));
        if (escape == std::string_view::npos) {
            break;
        }
        // An empty list of parameters is a rendition too: it resets.
        std::string_view rendition("?");
        at = afterEscape(raw, escape, &rendition);
        Rendition(style).apply(rendition);
    }
    return line;
}

} // namespace roadstead::store
