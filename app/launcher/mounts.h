// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

namespace roadstead::launcher {

/// One line of /proc/self/mountinfo, proc_pid_mountinfo(5).
struct Mount
{
    std::string id;
    std::string parent; ///< id of the mount it lies on
    std::string device; ///< major:minor
    std::string root;   ///< which folder of the file system it shows
    std::string point;  ///< where
    /// It has a peer group: what is mounted in it appears in the namespaces made from this one.
    bool isShared = false;
    bool isSlave = false; ///< it has what is mounted in another group, and gives nothing back
};

/// In the order of the text, oldest first; incomplete lines are left out.
std::vector<Mount> parseMounts(const std::string &mountinfo);

/// Those of this process.
std::vector<Mount> readMounts();

/// Mount points beneath a folder, the latest first, which may lie over or in earlier ones.
std::vector<std::string> mountsBeneath(const std::vector<Mount> &mounts, const std::string &folder);

/// Whether a folder is mounted onto itself, as dockerd does with its data folder. A file system
/// that an administrator mounted there is not.
bool isBoundOntoItself(const std::vector<Mount> &mounts, const std::string &folder);

} // namespace roadstead::launcher
