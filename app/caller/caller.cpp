// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/caller/caller.h"

#include <algorithm>
#include <fstream>
#include <sstream>
#include <string>
#include <sys/stat.h>
#include <unistd.h>
#include <vector>

namespace roadstead {
namespace {

std::string linkTarget(const std::string &path)
{
    std::string target(4096, '\0');
    const ssize_t length = readlink(path.c_str(), target.data(), target.size());
    target.resize(length < 0 ? 0 : static_cast<std::size_t>(length));
    return target;
}

/// The first numbers of a line of /proc/<pid>/status, such as "Uid:\t0\t0\t0\t0".
std::vector<long> statusNumbers(pid_t process, std::string_view field)
{
    std::ifstream status("/proc/" + std::to_string(process) + "/status");
    std::vector<long> numbers;
    std::string line;
    while (std::getline(status, line)) {
        if (line.starts_with(field)) {
            std::istringstream values(line.substr(field.size()));
            for (long number = 0; values >> number;) {
                numbers.push_back(number);
            }
            break;
        }
    }
    return numbers;
}

/// Real, effective, saved and file system user of a process are all root.
bool isRunByRoot(pid_t process)
{
    return statusNumbers(process, "Uid:") == std::vector<long>{0, 0, 0, 0};
}

/// What a process runs; without the mark of the kernel for a file that has been replaced since.
std::string programOf(pid_t process)
{
    std::string program = linkTarget("/proc/" + std::to_string(process) + "/exe");
    constexpr std::string_view replaced = " (deleted)";
    if (program.ends_with(replaced)) {
        program.resize(program.size() - replaced.size());
    }
    return program;
}

bool isRootsOnly(const struct stat &entry)
{
    return entry.st_uid == 0 && (entry.st_mode & (S_IWGRP | S_IWOTH)) == 0;
}

/// Every folder above `path` can be changed by root only.
bool isInRootsFolders(const std::string &path)
{
    std::size_t slash = path.rfind('/');
    while (slash != std::string::npos) {
        const std::string folder = slash == 0 ? "/" : path.substr(0, slash);
        struct stat entry = {};
        if (stat(folder.c_str(), &entry) != 0 || !S_ISDIR(entry.st_mode) || !isRootsOnly(entry)) {
            return false;
        }
        if (slash == 0) {
            return true;
        }
        slash = path.rfind('/', slash - 1);
    }
    return false;
}

} // namespace

bool isRootsOwnFile(const std::string &path)
{
    struct stat entry = {};
    return stat(path.c_str(), &entry) == 0 && S_ISREG(entry.st_mode) && isRootsOnly(entry) &&
           isInRootsFolders(path);
}

std::string besideThisProgram(std::string_view name)
{
    std::string path = linkTarget("/proc/self/exe");
    const std::size_t slash = path.rfind('/');
    if (slash == std::string::npos) {
        return {};
    }
    path.resize(slash + 1);
    path += name;
    return path;
}

pid_t parentOf(pid_t process)
{
    const std::vector<long> parent = statusNumbers(process, "PPid:");
    return parent.empty() ? 0 : static_cast<pid_t>(parent.front());
}

bool isRootsProgram(pid_t process, std::span<const std::string_view> programs)
{
    const std::string program = programOf(process);
    return std::ranges::find(programs, program) != programs.end() && isInRootsFolders(program) &&
           isRunByRoot(process);
}

Result<pid_t> checkCaller(std::span<const std::string_view> programs)
{
    const pid_t parent = getppid();
    if (!isRootsProgram(parent, programs) || getppid() != parent) {
        const std::string program = programOf(parent);
        return failure(ErrorKind::Denied, "caller.check",
                       "started by " + (program.empty() ? "an unknown program" : program));
    }
    return parent;
}

} // namespace roadstead
