// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/helper/engine_host.h"
#include "app/helper/programs.h"

namespace roadstead::helper {

using namespace Qt::StringLiterals;
using privilege::Outcome;

/// The launcher reads the options again, shows them to dockerd and writes the file; the one that
/// runs sees it by itself.
HostAnswer configureEngine(EngineHost &, uid_t uid, const privilege::Request &request)
{
    if (!dockerdIsHere() || !isTrustedProgram(launcherPath)) {
        return {dockerdIsHere() ? Outcome::NoLauncher : Outcome::NoDockerd, {}};
    }
    const EngineOptions &options = request.options.value();
    const int status =
        runToEnd(QString::fromLatin1(launcherPath), {u"configure"_s, QString::number(uid)},
                 QByteArray::fromStdString(serialize(options)));
    return status == 0 ? HostAnswer{Outcome::Accepted, u"insecure-%1.certificates-%2"_s
                                                           .arg(options.insecureRegistries.size())
                                                           .arg(options.certificates.size())}
                       : HostAnswer{Outcome::Failed, u"configure.%1"_s.arg(status)};
}

} // namespace roadstead::helper
