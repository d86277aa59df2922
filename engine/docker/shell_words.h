// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <expected>
#include <string>
#include <string_view>
#include <vector>

/// Reading the words of a pasted command line as a shell does it, without running anything.
namespace roadstead::docker {

/// Why a line is not taken, and exactly where.
struct LineProblem
{
    enum class Kind {
        TooLong,        ///< more than is read
        UnclosedQuote,  ///< a quote that nothing closes
        Expansion,      ///< "$", "`", "~": only a shell knows what stands there
        Operator,       ///< "|", "&&", ";", ">", "(": more than one simple command
        Control,        ///< a character that no command has
        NoCommand,      ///< not docker, or no word after it
        UnknownCommand, ///< not `run` or `create`
        UnknownOption,  ///< an option that they do not have
        MissingValue,   ///< an option at the end that needs a value
        BadValue,       ///< a value that the option does not take
        Conflict,       ///< options that do not go with each other
        MissingImage,   ///< no image
        NotSupported    ///< understood, but nothing Roadstead does
    };

    Kind kind = Kind::BadValue;
    std::size_t word = 0;  ///< number of the word, from 0
    std::size_t begin = 0; ///< its first byte in the line
    std::size_t end = 0;   ///< behind its last one
    std::string detail{};  ///< the characters, option or value that are meant, and why (hostile)
    bool operator==(const LineProblem &) const = default;
};

struct ShellWord
{
    std::string text{};
    std::size_t begin = 0; ///< in the line, quotes included
    std::size_t end = 0;
    bool operator==(const ShellWord &) const = default;
};

/// The words of one simple command (POSIX XCU 2.2 and 2.3): single and double quotes, backslashes,
/// lines that go on after a backslash, comments. Patterns ("*") stay as they are, as in a shell
/// where no file fits. Nothing is expanded: what a shell would expand or do more than one command
/// for is a problem at that word. At most 128 KiB and 4096 words.
std::expected<std::vector<ShellWord>, LineProblem> shellWords(std::string_view line);

/// `word` as a shell reads it back: in single quotes unless all of it is plain.
std::string shellQuoted(std::string_view word);
/// All of them, parted by a blank.
std::string shellLine(const std::vector<std::string> &words);

} // namespace roadstead::docker
