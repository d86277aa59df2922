// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/service/build/build_process.h"

#include "engine/base/files.h"
#include "engine/json/tree.h"
#include "engine/service/build/builder_probe.h"
#include "engine/service/build/cli_words.h"

#include <QProcessEnvironment>

#include <chrono>
#include <utility>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace roadstead::service {

namespace {

constexpr auto tellEvery = 100ms;
constexpr auto patienceWithBuildx = 5s;
constexpr std::size_t longestMetadata = std::size_t(1) << 20U;

/// What buildx wrote of the result: the digest of the image, and what the builder calls the build.
BuildEnding factsIn(const std::string &metadataFile)
{
    const auto file = readFile(metadataFile, longestMetadata);
    const auto facts = file ? json::parse(*file, "build metadata") : std::unexpected(file.error());
    const auto text = [&facts](std::string_view name) {
        const json::Value *value = facts ? facts->find(name) : nullptr;
        return value != nullptr && value->isText() ? value->characters() : std::string();
    };
    return {.imageDigest = text("containerimage.digest"), .ref = text("buildx.build.ref")};
}

} // namespace

ErrorKind kindOfBuildFailure(std::string_view message)
{
    if (message.contains("no space left on device") || message.contains("disk quota exceeded")) {
        return ErrorKind::DiskFull;
    }
    if (message.contains("401 Unauthorized") || message.contains("insufficient_scope") ||
        message.contains("authorization failed") || message.contains("denied: ")) {
        return ErrorKind::Unauthorized;
    }
    return ErrorKind::EngineFailed;
}

BuildProcess::BuildProcess(docker::BuildxBuild build, docker::CliEngine engine, QString program,
                           std::shared_ptr<BuildLines> lines)
    : m_build(std::move(build))
    , m_engine(std::move(engine))
    , m_program(std::move(program))
    , m_lines(std::move(lines))
    , m_process(this)
    , m_told(this)
    , m_trace([this](const build::BuildOutput &output) { m_lines->append(output); })
{
    m_told.setSingleShot(true);
    m_told.setInterval(tellEvery);
    connect(&m_told, &QTimer::timeout, this, &BuildProcess::tell);
    connect(&m_process, &QProcess::readyReadStandardError, this, &BuildProcess::read);
    connect(&m_process, &QProcess::finished, this, [this](int exitCode, QProcess::ExitStatus how) {
        end(how == QProcess::NormalExit ? exitCode : 128);
    });
    connect(&m_process, &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart) {
            failToStart();
        }
    });
}

BuildProcess::~BuildProcess()
{
    if (m_process.state() != QProcess::NotRunning) {
        m_process.disconnect(this);
        m_process.kill();
        m_process.waitForFinished(); // in our own thread, and a killed process ends at once
    }
}

std::string BuildProcess::metadataFile() const
{
    return m_folder.filePath(u"metadata.json"_s).toStdString();
}

QStringList BuildProcess::arguments() const
{
    QStringList all = engineWords(m_engine);
    for (const std::string &argument : m_build.arguments(metadataFile())) {
        all << QString::fromStdString(argument);
    }
    return all;
}

void BuildProcess::start()
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const auto &[name, value] : m_build.environment()) {
        environment.insert(QString::fromStdString(name), QString::fromStdString(value));
    }
    m_process.setProcessEnvironment(environment);
    m_process.setStandardInputFile(QProcess::nullDevice());
    m_process.setStandardOutputFile(QProcess::nullDevice());
    m_process.start(m_program, arguments(), QIODevice::ReadOnly);
}

void BuildProcess::stop()
{
    if (m_process.state() == QProcess::NotRunning) {
        return;
    }
    m_process.terminate();
    QTimer::singleShot(patienceWithBuildx, this, [this] { m_process.kill(); });
}

void BuildProcess::read()
{
    m_trace.feed(m_process.readAllStandardError().toStdString());
    if (!m_told.isActive()) {
        m_told.start();
    }
}

void BuildProcess::tell()
{
    m_told.stop();
    Q_EMIT seen(
        std::make_shared<const BuildSnapshot>(BuildSnapshot{.steps = m_trace.steps(),
                                                            .warnings = m_trace.warnings(),
                                                            .failure = m_trace.failure(),
                                                            .failedStep = m_trace.failedStep()}));
}

void BuildProcess::end(int exitStatus)
{
    m_trace.feed(m_process.readAllStandardError().toStdString());
    m_trace.finish();
    tell();
    BuildEnding ending = factsIn(metadataFile());
    if (exitStatus != 0) {
        ending.error = failureOf(exitStatus);
        ending.imageDigest.clear();
    }
    Q_EMIT ended(ending);
}

Error BuildProcess::failureOf(int exitStatus) const
{
    const std::string operation(docker::BuildxBuild::operation);
    if (lacksBuildx(m_trace.words())) {
        return {ErrorKind::NotInstalled, exitStatus, "buildx", operation};
    }
    const std::string message = m_trace.failure() ? m_trace.failure()->message : m_trace.words();
    return {kindOfBuildFailure(message), exitStatus, message, operation};
}

void BuildProcess::failToStart()
{
    Q_EMIT ended({.error = Error{ErrorKind::NotInstalled, 0, m_program.toStdString(),
                                 std::string(docker::BuildxBuild::operation)}});
}

} // namespace roadstead::service
