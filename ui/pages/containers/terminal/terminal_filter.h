// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace roadstead::ui {

/// Takes out of what a container writes what a terminal emulator must not see: titles, clipboard,
/// hyperlinks and other strings (OSC, DCS, APC, PM, SOS), window operations, printing, the
/// answerback, C1 controls, and numbers that would keep the emulator busy. The rest passes as it
/// is. Sequences may be split over calls.
class TerminalFilter
{
public:
    [[nodiscard]] std::string pass(std::string_view hostile);

private:
    enum class State { Text, Lead, Escape, Control, Skip, String, StringEscape };

    void step(unsigned char byte, std::string &out);
    void text(unsigned char byte, std::string &out);
    void lead(unsigned char byte, std::string &out);
    void escape(unsigned char byte, std::string &out);
    void control(unsigned char byte, std::string &out);
    void string(unsigned char byte);
    bool runsWithin(unsigned char byte, std::string &out);

    State m_state = State::Text;
    std::string m_sequence;      ///< begun, not yet whole
    std::size_t m_swallowed = 0; ///< of a string
    int m_continuation = 0;      ///< bytes that the character still has
};

} // namespace roadstead::ui
