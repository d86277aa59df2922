// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/embedded/docker_context.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QSaveFile>

#include <nlohmann/json.hpp>

#include <sys/stat.h>

#include <cerrno>
#include <utility>

namespace roadstead::embedded {

using namespace Qt::StringLiterals;
using Json = nlohmann::ordered_json;

namespace {

constexpr qint64 largestFile = 64 * 1024;
constexpr qint64 largestConfig = 4 * 1024 * 1024; // credentials of many registries
constexpr const char *operation = "context.write";

std::unexpected<Error> ioError(const std::string &detail)
{
    const int code = errno;
    const bool isFull = code == ENOSPC || code == EDQUOT;
    return failure(isFull ? ErrorKind::DiskFull : ErrorKind::Io, operation, detail, code);
}

/// Makes the missing folders of a path, each 0700 whatever the umask.
bool makePrivateFolders(const QString &path)
{
    if (QDir(path).exists()) {
        return true;
    }
    const QString parent = QDir(path).absoluteFilePath(u".."_s);
    return makePrivateFolders(QDir::cleanPath(parent)) &&
           (::mkdir(QFile::encodeName(path).constData(), 0700) == 0 || errno == EEXIST);
}

} // namespace

DockerContext::DockerContext(QString configFolder, const QString &socketPath)
    : m_configFolder(QDir::cleanPath(std::move(configFolder)))
    , m_host(u"unix://"_s + socketPath)
{
}

QString DockerContext::defaultConfigFolder()
{
    const QString named = qEnvironmentVariable("DOCKER_CONFIG");
    return named.isEmpty() ? QDir::homePath() + u"/.docker"_s : named;
}

QString DockerContext::metaFolder() const
{
    const QByteArray digest = QCryptographicHash::hash(name, QCryptographicHash::Sha256).toHex();
    return m_configFolder + u"/contexts/meta/"_s + QString::fromLatin1(digest);
}

QString DockerContext::metaFile() const
{
    return metaFolder() + u"/meta.json"_s;
}

DockerContext::Owner DockerContext::owner() const
{
    QFile file(metaFile());
    if (!file.exists()) {
        return Owner::Nobody;
    }
    if (!file.open(QIODevice::ReadOnly)) {
        return Owner::Other;
    }
    const QByteArray bytes = file.read(largestFile);
    const Json json = Json::parse(bytes.cbegin(), bytes.cend(), nullptr, false);
    const Json::json_pointer path("/Endpoints/docker/Host");
    const bool isOurs = json.is_object() && json.contains(path) && json[path].is_string() &&
                        json[path].get<std::string>() == m_host.toStdString();
    return isOurs ? Owner::Us : Owner::Other;
}

Result<void> DockerContext::write()
{
    const Owner present = owner();
    if (present == Owner::Us) {
        return {};
    }
    if (present == Owner::Other) {
        return failure(ErrorKind::Conflict, operation, metaFile().toStdString());
    }
    if (!makePrivateFolders(metaFolder())) {
        return ioError(metaFolder().toStdString());
    }
    const Json meta{
        {"Name", name},
        {"Metadata", {{"Description", "Roadstead's own engine"}}},
        {"Endpoints", {{"docker", {{"Host", m_host.toStdString()}, {"SkipTLSVerify", false}}}}}};
    const std::string text = meta.dump();
    QSaveFile file(metaFile());
    errno = 0;
    if (!file.open(QIODevice::WriteOnly) ||
        !file.setPermissions(QFile::ReadOwner | QFile::WriteOwner) ||
        file.write(text.data(), qint64(text.size())) != qint64(text.size()) || !file.commit()) {
        return ioError(metaFile().toStdString());
    }
    return {};
}

Result<void> DockerContext::remove()
{
    if (owner() != Owner::Us) {
        return {};
    }
    // First the choice, then what was chosen: `docker` must at no moment point at
    // a context that is not there.
    if (auto reset = resetChoice(); !reset) {
        return reset;
    }
    // Only what is ours: anything else in that folder keeps it.
    if (!QFile::remove(metaFile())) {
        return ioError(metaFile().toStdString());
    }
    QDir().rmdir(metaFolder());
    return {};
}

Result<void> DockerContext::resetChoice()
{
    const QString path = m_configFolder + u"/config.json"_s;
    QFile old(path);
    if (!old.open(QIODevice::ReadOnly)) {
        return {};
    }
    const QByteArray bytes = old.read(largestConfig);
    Json config = Json::parse(bytes.cbegin(), bytes.cend(), nullptr, false);
    constexpr const char *key = "currentContext";
    if (!config.is_object() || !config.contains(key) || config[key] != name) {
        return {};
    }
    config.erase(key);
    // As the CLI writes it: tabs, and keys of others as they were.
    const std::string text = config.dump(1, '\t');
    QSaveFile file(path);
    errno = 0;
    if (!file.open(QIODevice::WriteOnly) || !file.setPermissions(old.permissions()) ||
        file.write(text.data(), qint64(text.size())) != qint64(text.size()) || !file.commit()) {
        return ioError(path.toStdString());
    }
    return {};
}

} // namespace roadstead::embedded
