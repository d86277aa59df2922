// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/docker/shell_words.h"

#include <optional>

namespace roadstead::docker {

namespace {

constexpr std::size_t longestLine = 128UL * 1024;
constexpr std::size_t mostWords = 4096;

using Kind = LineProblem::Kind;

class Splitter
{
public:
    explicit Splitter(std::string_view line)
        : m_line(line)
    {
    }

    std::expected<std::vector<ShellWord>, LineProblem> run()
    {
        if (m_line.size() > longestLine) {
            return std::unexpected(LineProblem{Kind::TooLong, 0, 0, m_line.size(), "line"});
        }
        while (!m_problem && m_at < m_line.size()) {
            step();
        }
        endWord();
        if (m_problem) {
            return std::unexpected(*std::move(m_problem));
        }
        return std::move(m_words);
    }

private:
    [[nodiscard]] bool startsWith(std::string_view text) const
    {
        return m_line.substr(m_at).starts_with(text);
    }

    void fail(Kind kind, std::size_t begin, std::size_t end)
    {
        m_problem = LineProblem{kind, m_words.size(), begin, end,
                                std::string(m_line.substr(begin, end - begin))};
    }

    ShellWord &word()
    {
        if (!m_word) {
            m_word = ShellWord{{}, m_at, m_at};
        }
        return *m_word;
    }

    void take(std::size_t count)
    {
        word().text.append(m_line.substr(m_at, count));
        m_at += count;
        word().end = m_at;
    }

    void endWord()
    {
        if (!m_word) {
            return;
        }
        if (m_words.size() == mostWords) {
            fail(Kind::TooLong, m_word->begin, m_word->end);
        } else {
            m_words.push_back(*std::move(m_word));
        }
        m_word.reset();
    }

    /// A line break ends the command; only blanks and comments may follow.
    void lineBreak()
    {
        endWord();
        ++m_at;
        m_ended = m_ended || !m_words.empty();
    }

    void comment()
    {
        while (m_at < m_line.size() && m_line[m_at] != '\n') {
            ++m_at;
        }
    }

    /// A backslash outside of quotes.
    void escape()
    {
        const std::size_t breakLength = startsWith("\\\r\n") ? 3 : startsWith("\\\n") ? 2 : 0;
        if (breakLength > 0) {
            m_at += breakLength;
        } else if (m_at + 1 == m_line.size()) {
            fail(Kind::UnclosedQuote, m_at, m_at + 1);
        } else {
            word();
            ++m_at;
            take(1);
        }
    }

    void singleQuotes()
    {
        const std::size_t begin = m_at;
        const std::size_t close = m_line.find('\'', m_at + 1);
        if (close == std::string_view::npos) {
            fail(Kind::UnclosedQuote, begin, m_line.size());
            return;
        }
        word();
        ++m_at;
        take(close - m_at);
        m_at = close + 1;
        word().end = m_at;
    }

    void doubleQuotes()
    {
        const std::size_t begin = m_at;
        word();
        ++m_at;
        while (!m_problem && m_at < m_line.size() && m_line[m_at] != '"') {
            const char c = m_line[m_at];
            const char next = m_at + 1 < m_line.size() ? m_line[m_at + 1] : '\0';
            if (c == '$' || c == '`') {
                expansion();
            } else if (c == '\\' && (startsWith("\\\n") || startsWith("\\\r\n"))) {
                m_at += next == '\r' ? 3 : 2;
            } else if (c == '\\' && std::string_view("$`\"\\").contains(next) && next != '\0') {
                ++m_at;
                take(1);
            } else {
                take(1);
            }
        }
        if (m_problem) {
            return;
        }
        if (m_at == m_line.size()) {
            fail(Kind::UnclosedQuote, begin, m_line.size());
            return;
        }
        ++m_at;
        word().end = m_at;
    }

    /// "$" and what belongs to it. A lone one is itself.
    void expansion()
    {
        constexpr std::string_view marks = "{(*@#?-$!'\"";
        const char next = m_at + 1 < m_line.size() ? m_line[m_at + 1] : ' ';
        const bool name = (next >= 'a' && next <= 'z') || (next >= 'A' && next <= 'Z') ||
                          (next >= '0' && next <= '9') || next == '_';
        const bool inQuotes = next == '"' || next == '\'';
        if (m_line[m_at] == '$' && !name && (!marks.contains(next) || (inQuotes && m_word))) {
            take(1);
            return;
        }
        std::size_t end = m_at + 1;
        constexpr std::string_view ends = " \t\r\n\"'";
        while (end < m_line.size() && !ends.contains(m_line[end])) {
            ++end;
        }
        fail(Kind::Expansion, m_at, end);
    }

    void shellOperator()
    {
        std::size_t end = m_at + 1;
        while (end < m_line.size() && m_line[end] == m_line[m_at]) {
            ++end;
        }
        endWord();
        fail(Kind::Operator, m_at, end);
    }

    void step()
    {
        const char c = m_line[m_at];
        if (c == '\n' || startsWith("\r\n")) {
            m_at += c == '\r' ? 1 : 0;
            lineBreak();
        } else if (c == ' ' || c == '\t') {
            endWord();
            ++m_at;
        } else if (c == '#' && !m_word) {
            comment();
        } else if (m_ended) {
            fail(Kind::Operator, m_at, m_at + 1);
        } else if (c == '\\') {
            escape();
        } else if (c == '\'') {
            singleQuotes();
        } else if (c == '"') {
            doubleQuotes();
        } else if (c == '$' || c == '`' || (c == '~' && !m_word)) {
            c == '~' ? fail(Kind::Expansion, m_at, m_at + 1) : expansion();
        } else if (std::string_view("|&;<>()").contains(c)) {
            shellOperator();
        } else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) {
            fail(Kind::Control, m_at, m_at + 1);
        } else {
            take(1);
        }
    }

    std::string_view m_line;
    std::size_t m_at = 0;
    std::vector<ShellWord> m_words;
    std::optional<ShellWord> m_word;
    std::optional<LineProblem> m_problem;
    bool m_ended = false; ///< a line break came after words
};

bool isPlainInShell(char c)
{
    constexpr std::string_view plain =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
        "_@%+=:,./-";
    return plain.find(c) != std::string_view::npos;
}

} // namespace

std::expected<std::vector<ShellWord>, LineProblem> shellWords(std::string_view line)
{
    return Splitter(line).run();
}

std::string shellQuoted(std::string_view word)
{
    bool plain = !word.empty();
    for (const char c : word) {
        plain = plain && isPlainInShell(c);
    }
    if (plain) {
        return std::string(word);
    }
    // Nothing is special within single quotes but the single quote (XCU 2.2.2).
    std::string text = "'";
    for (const char c : word) {
        if (c == '\'') {
            text.append("'\\''");
        } else {
            text.push_back(c);
        }
    }
    return text.append("'");
}

std::string shellLine(const std::vector<std::string> &words)
{
    std::string line;
    for (const std::string &word : words) {
        line.append(line.empty() ? "" : " ").append(shellQuoted(word));
    }
    return line;
}

} // namespace roadstead::docker
