// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/text/port_conflict.h"

#include "ui/text/display_text.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace roadstead::ui {

namespace {

constexpr std::size_t longestMessage = 4096;

} // namespace

std::optional<PortConflict> portConflict(std::string_view message)
{
    // Neither pattern can go back over what it has passed: the text is not ours.
    static const QRegularExpression taken(
        u"listen (?:tcp|udp|sctp)[46]? \\S*?:(\\d{1,5}): bind: address already in use"
        "(?: \\(held by ([^,()]{1,64}), pid (\\d{1,10})\\))?"_s);
    static const QRegularExpression allocated(
        u"Bind for \\S*?:(\\d{1,5}) failed: port is already allocated"_s);
    const QString text = QString::fromUtf8(message.substr(0, longestMessage));
    if (const auto match = taken.match(text); match.hasMatch()) {
        return PortConflict{match.captured(1), displayText(match.captured(2), 64),
                            match.captured(3), false};
    }
    if (const auto match = allocated.match(text); match.hasMatch()) {
        return PortConflict{match.captured(1), {}, {}, true};
    }
    return std::nullopt;
}

} // namespace roadstead::ui
