// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/helper/audit.h"

#include "engine/privilege/contract/messages.h"

#include <QtLogging>

#include <syslog.h>

namespace roadstead::helper {

void audit(int uid, QStringView verb, QStringView result, QStringView detail)
{
    ::syslog(LOG_AUTHPRIV | LOG_NOTICE, "uid=%d verb=%s result=%s detail=%s", uid,
             qPrintable(privilege::plainWord(verb)), qPrintable(privilege::plainWord(result)),
             qPrintable(privilege::plainWord(detail)));
}

void keepMessagesOffTheBus()
{
    qInstallMessageHandler([](QtMsgType, const QMessageLogContext &, const QString &message) {
        ::syslog(LOG_AUTHPRIV | LOG_DEBUG, "qt=%s", qPrintable(privilege::plainWord(message)));
    });
}

} // namespace roadstead::helper
