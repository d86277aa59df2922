// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/service/files/file_access.h"

#include "engine/docker/command.h"

namespace roadstead::service {

namespace {

QString copyLine(const docker::Arguments &arguments)
{
    return QString::fromStdString(docker::commandLine(arguments));
}

} // namespace

QString CopyOut::line() const
{
    return copyLine({"cp", container.display + ":" + path + (isFolder ? "/." : ""), localPath});
}

QString CopyIn::line() const
{
    return copyLine({"cp", "-a", localPath + (isFolder ? "/." : ""),
                     container.display + ":" + joinPath(folder, name)});
}

QString ExportTo::line() const
{
    return copyLine({"export", "-o", localPath, container.display});
}

} // namespace roadstead::service
