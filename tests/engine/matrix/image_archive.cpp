// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/engine/matrix/image_archive.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QSysInfo>

namespace roadstead::test {

namespace {

bool write(const QString &path, const QByteArray &text)
{
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(text) == text.size();
}

bool pack(const QString &folder, const QString &archive, const QStringList &names)
{
    return QProcess::execute(QStringLiteral("tar"),
                             QStringList{QStringLiteral("-C"), folder, QStringLiteral("-cf"),
                                         archive, QStringLiteral("--owner=0"),
                                         QStringLiteral("--group=0")} +
                                 names) == 0;
}

/// A root file system of one program and its names.
bool writeRoot(const QString &root)
{
    const QString program = root + QStringLiteral("/bin/busybox");
    QDir().mkpath(root + QStringLiteral("/bin"));
    bool fine = QFile::copy(QStringLiteral("/usr/bin/busybox"), program) &&
                QFile::setPermissions(program, QFile::ReadOwner | QFile::ExeOwner |
                                                   QFile::ReadOther | QFile::ExeOther);
    for (const char *name : {"sh", "sleep", "cat", "touch", "id"}) {
        fine = fine && QFile::link(QStringLiteral("busybox"),
                                   root + QStringLiteral("/bin/") + QLatin1String(name));
    }
    return fine;
}

QByteArray configuration(const QByteArray &layer)
{
    const bool arm = QSysInfo::buildCpuArchitecture() == QLatin1String("arm64");
    const QString created = QStringLiteral("2025-01-01T00:00:00Z");
    const QString digest =
        QStringLiteral("sha256:") +
        QString::fromLatin1(QCryptographicHash::hash(layer, QCryptographicHash::Sha256).toHex());
    return QJsonDocument(
               QJsonObject{
                   {QStringLiteral("architecture"),
                    arm ? QStringLiteral("arm64") : QStringLiteral("amd64")},
                   {QStringLiteral("os"), QStringLiteral("linux")},
                   {QStringLiteral("created"), created},
                   {QStringLiteral("config"),
                    QJsonObject{{QStringLiteral("Env"), QJsonArray{QStringLiteral("PATH=/bin")}},
                                {QStringLiteral("Cmd"), QJsonArray{QStringLiteral("sh")}}}},
                   {QStringLiteral("rootfs"),
                    QJsonObject{{QStringLiteral("type"), QStringLiteral("layers")},
                                {QStringLiteral("diff_ids"), QJsonArray{digest}}}},
                   {QStringLiteral("history"),
                    QJsonArray{
                        QJsonObject{{QStringLiteral("created"), created},
                                    {QStringLiteral("created_by"), QStringLiteral("test")}}}},
               })
        .toJson(QJsonDocument::Compact);
}

} // namespace

QString writeImageArchive(const QString &folder, const QString &name)
{
    const QString layerName = QStringLiteral("layer.tar");
    const QString layerPath = folder + QLatin1Char('/') + layerName;
    const QString root = folder + QStringLiteral("/root");
    if (!writeRoot(root) || !pack(root, layerPath, {QStringLiteral(".")})) {
        return {};
    }
    QFile layer(layerPath);
    if (!layer.open(QIODevice::ReadOnly)) {
        return {};
    }
    const QByteArray text = configuration(layer.readAll());
    const QString textName =
        QString::fromLatin1(QCryptographicHash::hash(text, QCryptographicHash::Sha256).toHex()) +
        QStringLiteral(".json");
    const QByteArray manifest =
        QJsonDocument(QJsonArray{QJsonObject{{QStringLiteral("Config"), textName},
                                             {QStringLiteral("RepoTags"), QJsonArray{name}},
                                             {QStringLiteral("Layers"), QJsonArray{layerName}}}})
            .toJson(QJsonDocument::Compact);
    const QString manifestName = QStringLiteral("manifest.json");
    const QString archive = folder + QStringLiteral("/image.tar");
    const bool fine = write(folder + QLatin1Char('/') + textName, text) &&
                      write(folder + QLatin1Char('/') + manifestName, manifest) &&
                      pack(folder, archive, {manifestName, textName, layerName});
    return fine ? archive : QString();
}

} // namespace roadstead::test
