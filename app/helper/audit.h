// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringView>

namespace roadstead::helper {

/// One line to syslog (authpriv), which the journal takes too where there is one:
/// "uid=1001 verb=engine.start result=accepted detail=-". Whatever is given is made plain first.
void audit(int uid, QStringView verb, QStringView result, QStringView detail = {});

/// Sends Qt's messages to syslog too, made plain as well: they may quote a caller. KAuth would
/// broadcast them to every user on the bus.
void keepMessagesOffTheBus();

} // namespace roadstead::helper
