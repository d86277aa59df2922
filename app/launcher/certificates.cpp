// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/launcher/certificates.h"

#include "app/launcher/descriptor.h"
#include "app/launcher/failures.h"
#include "app/launcher/files.h"
#include "app/launcher/mounts.h"

#include <fcntl.h>
#include <sched.h>
#include <sys/mount.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <utility>

namespace roadstead::launcher {

namespace {

namespace fs = std::filesystem;

constexpr const char *operationName = "launcher.certificates";

/// What is to be in a registry's folder: our text, or a link.
struct Wanted
{
    std::string text;
    std::string target;
};
using WantedFiles = std::map<std::string, Wanted>; ///< by name

std::unexpected<Error> notArranged(const std::error_code &error, const std::string &path)
{
    return failure(ErrorKind::Io, operationName, path + ": " + error.message(), error.value());
}

/// Only what dockerd reads: certificates and, of clients, their keys.
bool isRead(const fs::path &file)
{
    const std::string kind = file.extension();
    return kind == ".crt" || kind == ".cert" || kind == ".key";
}

std::map<std::string, WantedFiles> wantedFolders(const EngineOptions &options,
                                                 const std::string &system)
{
    std::map<std::string, WantedFiles> wanted;
    std::error_code ignored; // there need not be one
    for (fs::directory_iterator at(system, ignored), end; !ignored && at != end;
         at.increment(ignored)) {
        const std::string registry = at->path().filename();
        std::error_code unread; // what is no folder
        for (const auto &file : fs::directory_iterator(at->path(), unread)) {
            if (isRead(file.path())) {
                const std::string name = file.path().filename();
                wanted[registry][name].target =
                    std::string("../") + systemInside + "/" + registry + "/" + name;
            }
        }
    }
    for (const auto &[registry, pem] : options.certificates) {
        wanted[registry][ownCertificate] = {.text = pem, .target = {}};
    }
    return wanted;
}

Result<void> makeLink(const fs::path &path, const std::string &target)
{
    std::error_code error;
    if (fs::read_symlink(path, error) == target) {
        return {};
    }
    fs::remove(path, error);
    fs::create_symlink(target, path, error);
    return error ? notArranged(error, path) : Result<void>();
}

Result<void> makeText(const std::string &path, const std::string &text)
{
    const auto present = readFile(path, longestCertificate);
    return present && *present == text ? Result<void>() : replaceFile(path, text, 0644);
}

/// Removes what is in `folder` and is not to be.
template<typename Map>
void removeOthers(const fs::path &folder, const Map &wanted)
{
    std::error_code error;
    for (const auto &entry : fs::directory_iterator(folder, error)) {
        const std::string name = entry.path().filename();
        if (!wanted.contains(name) && name != systemInside) {
            fs::remove_all(entry.path(), error);
        }
    }
}

Result<void> arrangeFolder(const fs::path &folder, const WantedFiles &files)
{
    if (auto made = openRootFolder(folder, 0755); !made) {
        return std::unexpected(made.error());
    }
    for (const auto &[name, file] : files) {
        const auto done = file.target.empty() ? makeText(folder / name, file.text)
                                              : makeLink(folder / name, file.target);
        if (!done) {
            return done;
        }
    }
    removeOthers(folder, files);
    return {};
}

/// The mount that a folder is in.
Mount mountOf(const std::string &folder)
{
    Mount found;
    found.point = "/";
    for (const Mount &mount : readMounts()) {
        const bool contains =
            mount.point == "/" || folder == mount.point || folder.starts_with(mount.point + "/");
        if (contains && mount.point.size() >= found.point.size()) {
            found = mount;
        }
    }
    return found;
}

bool setPropagation(const std::string &point, unsigned long flag)
{
    return mount(nullptr, point.c_str(), nullptr, flag, nullptr) == 0;
}

/// Puts a detached mount where nobody outside sees it.
bool attach(const Descriptor &tree, const std::string &point)
{
    return move_mount(tree.get(), "", AT_FDCWD, point.c_str(), MOVE_MOUNT_F_EMPTY_PATH) == 0 &&
           setPropagation(point, MS_PRIVATE);
}

Descriptor copyOf(const std::string &folder)
{
    return Descriptor(open_tree(AT_FDCWD, folder.c_str(), OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC));
}

} // namespace

Result<void> arrangeCertificates(const std::string &folder, const EngineOptions &options,
                                 const std::string &system)
{
    const auto wanted = wantedFolders(options, system);
    if (auto made = openRootFolder(folder + "/" + systemInside, 0755); !made) {
        return std::unexpected(made.error());
    }
    for (const auto &[registry, files] : wanted) {
        if (auto arranged = arrangeFolder(fs::path(folder) / registry, files); !arranged) {
            return arranged;
        }
    }
    removeOthers(folder, wanted);
    return {};
}

Result<void> showCertificates(const std::string &folder)
{
    std::error_code error;
    if (fs::create_directories(systemCertificates, error); error) {
        return notArranged(error, systemCertificates);
    }
    const Descriptor before(open("/proc/self/ns/mnt", O_RDONLY | O_CLOEXEC));
    const Mount around = mountOf(systemCertificates);
    const Descriptor outside(open(around.point.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
    const Descriptor ours = copyOf(folder);
    const Descriptor system = copyOf(systemCertificates);
    if (unshare(CLONE_NEWNS) != 0) {
        return ioFailure(operationName, "unshare");
    }
    // What is mounted in a shared mount appears outside, too. So the mount around leaves its group,
    // takes ours in, and joins the group again.
    const bool isShown = setPropagation(around.point, MS_PRIVATE) &&
                         attach(ours, systemCertificates) &&
                         attach(system, std::string(systemCertificates) + "/" + systemInside) &&
                         (!(around.isShared || around.isSlave) ||
                          move_mount(outside.get(), "", AT_FDCWD, around.point.c_str(),
                                     MOVE_MOUNT_F_EMPTY_PATH | MOVE_MOUNT_SET_GROUP) == 0);
    if (isShown) {
        return {};
    }
    auto why = ioFailure(operationName, systemCertificates);
    setns(before.get(), CLONE_NEWNS);
    return why;
}

bool sharesMounts(const std::string &folder)
{
    return mountOf(folder).isShared;
}

Result<void> shareMounts(const std::string &folder)
{
    const Mount around = mountOf(folder);
    if (around.isShared) {
        return {};
    }
    const bool isMount = around.point == folder ||
                         mount(folder.c_str(), folder.c_str(), nullptr, MS_BIND, nullptr) == 0;
    return isMount && setPropagation(folder, MS_SHARED) ? Result<void>()
                                                        : ioFailure(operationName, folder);
}

} // namespace roadstead::launcher
