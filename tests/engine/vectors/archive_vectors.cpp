// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/archive/extraction.h"
#include "engine/archive/image_documents.h"
#include "engine/base/files.h"
#include "tests/engine/vectors/vectors.h"

#include <nlohmann/json.hpp>

#include <QDirIterator>
#include <QElapsedTimer>
#include <QProcess>
#include <QTemporaryDir>

#include <filesystem>
#include <system_error>

#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

namespace roadstead::test {

namespace {

using namespace archive;

const std::string secret = "the victim's own words";

/// Every broken promise, or nothing.
std::string brokenPromises(const std::string &root)
{
    std::string broken;
    struct stat status{};
    const QString victim = QString::fromStdString(root + "/victim");
    const QStringList left = QDir(victim).entryList(QDir::AllEntries | QDir::Hidden | QDir::System |
                                                    QDir::NoDotAndDotDot);
    if (left != QStringList{QStringLiteral("hello")} ||
        readFile(root + "/victim/hello", 100).value_or("") != secret ||
        ::lstat((root + "/victim/hello").c_str(), &status) != 0 ||
        (status.st_mode & 07777) != 0640) {
        broken += "victim changed; ";
    }
    QDirIterator at(QString::fromStdString(root + "/dest"),
                    QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot,
                    QDirIterator::Subdirectories);
    while (at.hasNext()) {
        const std::string path = at.next().toStdString();
        if (::lstat(path.c_str(), &status) != 0) {
            continue;
        }
        if ((status.st_mode & (S_ISUID | S_ISGID)) != 0 && !S_ISDIR(status.st_mode)) {
            broken += "set-id; ";
        }
        if (S_ISBLK(status.st_mode) || S_ISCHR(status.st_mode) || S_ISFIFO(status.st_mode)) {
            broken += "device; ";
        }
        if (status.st_uid != ::geteuid()) {
            broken += "owner; ";
        }
        if (readFile(path, 1 << 20).value_or("") == secret) {
            broken += "reads the victim; ";
        }
        if (path.contains(".roadstead-")) {
            broken += "a temporary file stayed; ";
        }
    }
    const QStringList temporary =
        QDir(QStringLiteral("/tmp")).entryList({QStringLiteral("abs-victim*")}, QDir::AllEntries);
    return broken + (temporary.isEmpty() ? "" : "abs-victim");
}

/// 10 GiB of zeros, packed by the gzip program while they are read.
Result<ExtractReport> extractZeros(const std::string &folder)
{
    QProcess gzip;
    gzip.setStandardInputFile(QStringLiteral("/dev/null"));
    gzip.start(QStringLiteral("sh"),
               {QStringLiteral("-c"), QStringLiteral("head -c 10G /dev/zero | gzip -1")});
    QByteArray piece;
    auto report = extract(
        [&gzip, &piece]() -> Result<std::string_view> {
            while (gzip.bytesAvailable() == 0 && gzip.waitForReadyRead(10'000)) {
            }
            piece = gzip.read(64 * 1024);
            return std::string_view(piece.constData(), std::size_t(piece.size()));
        },
        folder);
    gzip.kill();
    gzip.waitForFinished();
    return report;
}

void runTar(const Json &entry, VectorReport &report)
{
    const QTemporaryDir folder;
    const std::string root = folder.path().toStdString();
    static_cast<void>(makeFolders(root + "/dest", 0700));
    static_cast<void>(makeFolders(root + "/victim", 0700));
    static_cast<void>(replaceFile(root + "/victim/hello", secret, 0640));
    QElapsedTimer timer;
    timer.start();
    const std::string generator = textOf(entry, "generator");
    const bool isZeros = generator.contains("0x00");
    if (!generator.empty() && !isZeros) {
        report.skip("a generator that the runner does not know: " + generator);
        return;
    }
    const std::string bytes = fromBase64(textOf(entry, "tar_b64"));
    ExtractRules rules;
    rules.limits = {.mostEntries = 10'000, .mostBytes = 1U << 30};
    const auto done =
        isZeros ? extractZeros(root + "/dest") : extract(sourceOf(bytes), root + "/dest", rules);
    std::string broken = brokenPromises(root);
    if (!done && done.error().detail.empty()) {
        broken += "refused without a word; ";
    }
    if (timer.elapsed() > 5000) {
        broken += "too slow; ";
    }
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    if (usage.ru_maxrss > 256L * 1024) {
        broken += "too much memory; ";
    }
    // Qt leaves what has a name that is not UTF-8.
    std::error_code ignored;
    std::filesystem::remove_all(root + "/dest", ignored);
    report.compare(idOf(entry), "", broken);
}

bool isValid(const std::string &kind, const std::string &document)
{
    if (kind.ends_with("Descriptor")) {
        return parseDescriptor(document).has_value();
    }
    if (kind.ends_with("ImageIndex") || kind.ends_with("ManifestList") || kind.ends_with("Index")) {
        return parseIndex(document).has_value();
    }
    if (kind.ends_with("ImageLayout")) {
        return checkLayout(document).has_value();
    }
    if (kind.ends_with("Config")) {
        return parseImageConfig(document).has_value();
    }
    return parseManifest(document).has_value();
}

} // namespace

void runTarHostile(const Json &file, VectorReport &report)
{
    for (const Json &entry : file["cases"]) {
        runTar(entry, report);
    }
}

void runOciDocuments(const Json &file, VectorReport &report)
{
    for (const Json &entry : file["cases"]) {
        const bool expected = entry["valid"].get<bool>();
        const bool got = isValid(textOf(entry, "kind"), textOf(entry, "document"));
        report.compare(idOf(entry), expected ? "valid" : "invalid", got ? "valid" : "invalid");
    }
}

} // namespace roadstead::test
