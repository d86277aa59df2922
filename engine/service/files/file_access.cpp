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

docker::CreateExec removalOf(const docker::Target &container, const std::vector<std::string> &paths)
{
    docker::CreateExec command;
    command.container = container;
    command.user = "0"; // as copies are made
    command.command = {"rm", "-rf", "--"};
    command.command.insert(command.command.end(), paths.begin(), paths.end());
    return command;
}

docker::CreateExec renamingOf(const docker::Target &container, const std::string &from,
                              const std::string &to)
{
    docker::CreateExec command;
    command.container = container;
    command.user = "0";
    command.command = {"mv", "--", from, to};
    return command;
}

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
