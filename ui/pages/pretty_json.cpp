// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pages/pretty_json.h"

#include <algorithm>

namespace roadstead::ui {

namespace {

/// Deeper nesting is indented no further: hostile input must not grow by its square.
constexpr std::size_t deepestIndent = 64;

bool isSpace(char c)
{
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

class Printer
{
public:
    explicit Printer(std::string_view json)
        : m_json(json)
    {
    }

    std::string print(std::size_t maxBytes)
    {
        while (m_at < m_json.size()) {
            if (m_out.size() >= maxBytes) {
                m_out += "\n…";
                break;
            }
            step();
        }
        return std::move(m_out);
    }

private:
    void step()
    {
        const char c = m_json[m_at++];
        if (isSpace(c)) {
            return;
        }
        if (c == '"') {
            m_out += c;
            copyString();
        } else if (c == '{' || c == '[') {
            open(c);
        } else if (c == '}' || c == ']') {
            m_depth -= std::min<std::size_t>(m_depth, 1);
            newLine();
            m_out += c;
        } else if (c == ',') {
            m_out += c;
            newLine();
        } else if (c == ':') {
            m_out += ": ";
        } else {
            m_out += c;
        }
    }

    void copyString()
    {
        while (m_at < m_json.size()) {
            const char c = m_json[m_at++];
            m_out += c;
            if (c == '\\' && m_at < m_json.size()) {
                m_out += m_json[m_at++];
            } else if (c == '"') {
                return;
            }
        }
    }

    void open(char bracket)
    {
        m_out += bracket;
        std::size_t next = m_at;
        while (next < m_json.size() && isSpace(m_json[next])) {
            ++next;
        }
        const char close = bracket == '{' ? '}' : ']';
        if (next < m_json.size() && m_json[next] == close) {
            m_out += close;
            m_at = next + 1;
            return;
        }
        ++m_depth;
        newLine();
    }

    void newLine()
    {
        m_out += '\n';
        m_out.append(2 * std::min(m_depth, deepestIndent), ' ');
    }

    std::string_view m_json;
    std::size_t m_at = 0;
    std::size_t m_depth = 0;
    std::string m_out;
};

} // namespace

std::string prettyJson(std::string_view json, std::size_t maxBytes)
{
    return Printer(json).print(maxBytes);
}

} // namespace roadstead::ui
