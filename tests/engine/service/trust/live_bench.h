// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/service/engine_session.h"
#include "engine/service/registries/cli_registry_desk.h"
#include "engine/service/trust/cli_trust_desk.h"
#include "engine/service/trust/guarded_images.h"
#include "tests/support/real_engine.h"
#include "tests/support/real_registry.h"

#include <QObject>
#include <QSettings>
#include <QStandardPaths>
#include <QTest>

#include <memory>
#include <optional>
#include <string>

namespace roadstead::test {

/// A real engine and a real registry that asks for an account, and the desks over them.
struct TrustLiveBench
{
    static constexpr int patience = 60'000;

    QTemporaryDir folder;
    RealEngine engine;
    RealRegistry registry;
    std::unique_ptr<service::EngineSession> session;
    std::unique_ptr<service::CliRegistryDesk> registries;
    std::unique_ptr<service::CliTrustDesk> desk;
    std::unique_ptr<service::GuardedImages> images;
    QObject owner;

    template<typename T>
    Result<T> resultOf(const service::Operation<T> &operation)
    {
        std::optional<Result<T>> result;
        operation.then(&owner, [&](Result<T> told) { result = std::move(told); });
        [[maybe_unused]] const bool came =
            QTest::qWaitFor([&] { return result.has_value(); }, patience);
        return result.value_or(failure(ErrorKind::NotAnswering, "test"));
    }

    bool start()
    {
        QStandardPaths::setTestModeEnabled(true);
        QCoreApplication::setOrganizationName(QStringLiteral("roadstead-tests"));
        QCoreApplication::setApplicationName(QStringLiteral("trust_live"));
        QSettings().clear();
        qputenv("HOME", folder.path().toUtf8());
        qputenv("DOCKER_CONFIG", folder.filePath(QStringLiteral("docker")).toUtf8());
        if (!engine.start() || !engine.importBusybox() ||
            !registry.start(RealRegistry::Auth::Basic)) {
            return false;
        }
        session = std::make_unique<service::EngineSession>(engine.socketPath());
        session->setCliEngine({.host = "unix://" + engine.socketPath().toStdString()});
        registries = std::make_unique<service::CliRegistryDesk>(session.get());
        desk = std::make_unique<service::CliTrustDesk>(session.get(), registries.get());
        images = std::make_unique<service::GuardedImages>(
            [this](const docker::Command &command,
                   service::EngineSession::ProgressReceiver progress) {
                return session->run(command, std::move(progress));
            },
            desk.get());
        session->open();
        return QTest::qWaitFor([this] { return session->imagesListed(); }, patience) &&
               resultOf(registries->signIn(registry.name(), "mara", RealRegistry::password));
    }

    /// The name of an image of the registry, "127.0.0.1:PORT/team/NAME:TAG".
    [[nodiscard]] std::string name(const std::string &nameAndTag) const
    {
        return registry.name() + "/team/" + nameAndTag;
    }
    [[nodiscard]] static docker::ImageName imageName(const std::string &display)
    {
        const std::size_t colon = display.rfind(':');
        return {display.substr(0, colon), display.substr(colon + 1), display};
    }
    /// Makes an image of its own content and pushes it under that name; yields its digest.
    std::string push(const std::string &nameAndTag, const QString &content)
    {
        const QString made = QString::fromStdString(name(nameAndTag));
        engine.docker({QStringLiteral("rm"), QStringLiteral("-f"), QStringLiteral("maker")});
        engine.docker({QStringLiteral("run"), QStringLiteral("--name"), QStringLiteral("maker"),
                       QStringLiteral("busybox"), QStringLiteral("sh"), QStringLiteral("-c"),
                       QStringLiteral("echo %1 >/made").arg(content)});
        engine.docker({QStringLiteral("commit"), QStringLiteral("maker"), made});
        const auto pushed =
            resultOf(session->run(docker::PushImage{.image = imageName(name(nameAndTag))}));
        if (!pushed) {
            qWarning("%s", pushed.error().detail.c_str());
            return {};
        }
        const std::size_t colon = nameAndTag.rfind(':');
        return resultOf(registries->digestOf(registry.name(), "team/" + nameAndTag.substr(0, colon),
                                             nameAndTag.substr(colon + 1)))
            .value_or("");
    }
    [[nodiscard]] bool isHere(const std::string &reference) const
    {
        return !engine
                    .docker({QStringLiteral("images"), QStringLiteral("-q"),
                             QString::fromStdString(reference)})
                    .trimmed()
                    .isEmpty();
    }
    /// Whether a text stands in the history, its errors, or the settings.
    [[nodiscard]] bool isKept(const char *secret) const
    {
        const QString text = QString::fromUtf8(secret);
        for (const service::CommandRecord &record : session->history()) {
            if (record.line.contains(text) ||
                (record.error && record.error->detail.contains(secret))) {
                return true;
            }
        }
        QSettings settings;
        settings.sync();
        QFile file(settings.fileName());
        return file.open(QIODevice::ReadOnly) && file.readAll().contains(secret);
    }
    [[nodiscard]] QString lastLine() const { return session->history().back().line; }
};

} // namespace roadstead::test
