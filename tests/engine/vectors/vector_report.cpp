// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/engine/vectors/vector_report.h"

#include "engine/base/text.h"

#include <QByteArray>

#include <cstdio>

namespace roadstead::test {

VectorReport::VectorReport(std::string file)
    : m_file(std::move(file))
{
}

void VectorReport::compare(const std::string &id, const std::string &expected,
                           const std::string &got)
{
    if (expected == got) {
        ++m_passed;
        return;
    }
    ++m_failed;
    constexpr TextRules shown{.maxCharacters = 300};
    std::printf("%s %s: expected %s, got %s\n", m_file.c_str(), id.c_str(),
                safeText(expected, shown).c_str(), safeText(got, shown).c_str());
}

void VectorReport::skip(const std::string &reason)
{
    ++m_skipped[reason];
}

bool VectorReport::finish() const
{
    for (const auto &[reason, count] : m_skipped) {
        std::printf("%s: %d skipped: %s\n", m_file.c_str(), count, reason.c_str());
    }
    std::printf("%s: %d passed, %d failed\n", m_file.c_str(), m_passed, m_failed);
    std::fflush(stdout);
    return m_failed == 0;
}

std::string fromHex(const std::string &hex)
{
    return QByteArray::fromHex(QByteArray::fromStdString(hex)).toStdString();
}

std::string fromBase64(const std::string &text)
{
    return QByteArray::fromBase64(QByteArray::fromStdString(text)).toStdString();
}

} // namespace roadstead::test
