// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pages/containers/terminal/terminal_filter.h"

#include <algorithm>

namespace roadstead::ui {

namespace {

constexpr unsigned char bellByte = 0x07;
constexpr unsigned char enquiryByte = 0x05;
constexpr unsigned char escapeByte = 0x1b;
constexpr std::size_t longestSequence = 128;
constexpr std::size_t longestString = 1U << 20; ///< one that never ends must not hide the rest
constexpr int mostDigits = 4;

/// CAN and SUB end any sequence.
bool cancelsSequence(unsigned char byte)
{
    return byte == 0x18 || byte == 0x1a;
}

bool isHarmlessControl(std::string_view sequence)
{
    const char final = sequence.back();
    if (final == 't' || final == 'i' || (final == 'T' && sequence.contains('>'))) {
        return false; // window operations, printing, title modes
    }
    int digits = 0;
    return std::ranges::none_of(sequence, [&digits](char c) {
        digits = c >= '0' && c <= '9' ? digits + 1 : 0;
        return digits > mostDigits;
    });
}

} // namespace

std::string TerminalFilter::pass(std::string_view hostile)
{
    std::string out;
    out.reserve(hostile.size());
    for (const char c : hostile) {
        step(static_cast<unsigned char>(c), out);
    }
    return out;
}

void TerminalFilter::step(unsigned char byte, std::string &out)
{
    switch (m_state) {
    case State::Text:
        text(byte, out);
        break;
    case State::Lead:
        lead(byte, out);
        break;
    case State::Escape:
        escape(byte, out);
        break;
    case State::Control:
    case State::Skip:
        control(byte, out);
        break;
    case State::String:
        string(byte);
        break;
    case State::StringEscape:
        m_state = State::Text;
        if (byte != '\\') {
            m_sequence.assign(1, char(escapeByte));
            escape(byte, out);
        }
        break;
    }
}

void TerminalFilter::text(unsigned char byte, std::string &out)
{
    const bool continues = byte >= 0x80 && byte < 0xc0;
    if (continues && m_continuation == 0 && byte < 0xa0) {
        return; // a C1 control as one byte
    }
    m_continuation = continues      ? std::max(0, m_continuation - 1)
                     : byte >= 0xf0 ? 3
                     : byte >= 0xe0 ? 2
                                    : 0;
    if (byte == escapeByte) {
        m_sequence.assign(1, char(byte));
        m_state = State::Escape;
    } else if (byte == 0xc2) {
        m_state = State::Lead;
    } else if (byte >= 0xc3 && byte < 0xe0) {
        m_continuation = 1;
        out.push_back(char(byte));
    } else if (byte != enquiryByte) {
        out.push_back(char(byte));
    }
}

/// After the byte that begins U+0080 to U+00BF.
void TerminalFilter::lead(unsigned char byte, std::string &out)
{
    m_state = State::Text;
    if (byte >= 0x80 && byte < 0xa0) {
        return; // a C1 control in UTF-8
    }
    out.push_back(char(0xc2));
    m_continuation = byte >= 0xa0 && byte < 0xc0 ? 1 : 0;
    text(byte, out);
}

/// Controls within a sequence work as if they stood before it.
bool TerminalFilter::runsWithin(unsigned char byte, std::string &out)
{
    if (byte == escapeByte) {
        m_sequence.assign(1, char(byte));
        m_state = State::Escape;
    } else if (cancelsSequence(byte)) {
        m_state = State::Text;
    } else if (byte >= 0x80) {
        m_state = State::Text;
        text(byte, out);
    } else if (byte < 0x20) {
        if (byte != enquiryByte) {
            out.push_back(char(byte));
        }
    } else {
        return false;
    }
    return true;
}

void TerminalFilter::escape(unsigned char byte, std::string &out)
{
    if (runsWithin(byte, out)) {
        return;
    }
    m_sequence.push_back(char(byte));
    const bool first = m_sequence.size() == 2;
    if (first && byte == '[') {
        m_state = State::Control;
    } else if (first && std::string_view("]PX^_k").contains(char(byte))) {
        m_swallowed = 0;
        m_state = State::String;
    } else if (byte >= 0x30 || m_sequence.size() > longestSequence) {
        if (byte >= 0x30 && byte != 0x7f) {
            out += m_sequence;
        }
        m_state = State::Text;
    } else {
        m_state = State::Escape;
    }
}

void TerminalFilter::control(unsigned char byte, std::string &out)
{
    if (runsWithin(byte, out)) {
        return;
    }
    if (m_sequence.size() >= longestSequence) {
        m_state = State::Skip;
    } else {
        m_sequence.push_back(char(byte));
    }
    if (byte >= 0x40 && byte != 0x7f) {
        if (m_state == State::Control && isHarmlessControl(m_sequence)) {
            out += m_sequence;
        }
        m_state = State::Text;
    }
}

void TerminalFilter::string(unsigned char byte)
{
    if (byte == escapeByte) {
        m_state = State::StringEscape;
    } else if (byte == bellByte || cancelsSequence(byte) || ++m_swallowed >= longestString) {
        m_state = State::Text;
    }
}

} // namespace roadstead::ui
