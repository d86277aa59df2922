// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <string>

namespace roadstead::test {

/// Counts and prints what came of one file of vectors.
class VectorReport
{
public:
    explicit VectorReport(std::string file);

    /// Compares; a difference prints one line.
    void compare(const std::string &id, const std::string &expected, const std::string &got);
    void pass() { ++m_passed; }
    /// `reason` is printed once, with how often it held.
    void skip(const std::string &reason);
    /// Prints the sums. True when nothing failed.
    bool finish() const;

private:
    std::string m_file;
    std::map<std::string, int> m_skipped;
    int m_passed = 0;
    int m_failed = 0;
};

/// Bytes from hexadecimal digits and from base64.
std::string fromHex(const std::string &hex);
std::string fromBase64(const std::string &text);

} // namespace roadstead::test
