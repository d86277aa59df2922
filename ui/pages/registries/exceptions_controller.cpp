// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/registries/exceptions_controller.h"

#include "engine/docker/command.h"
#include "ui/text/display_text.h"
#include "ui/text/engine_action_text.h"

#include <algorithm>
#include <ranges>
#include <set>
#include <utility>

using namespace Qt::StringLiterals;

namespace roadstead::ui {

namespace {

/// A word of a shell line.
QString quoted(const QString &word)
{
    return QString::fromStdString(docker::commandLine({word.toStdString()}))
        .section(u' ', 1); // it begins with the docker command
}

} // namespace

ExceptionsController::ExceptionsController(Parts parts, QObject *parent)
    : QObject(parent)
    , m_parts(std::move(parts))
{
    refresh();
}

void ExceptionsController::refresh()
{
    EngineOptions options = m_parts.current ? m_parts.current() : EngineOptions{};
    std::vector<std::string> insecure =
        m_parts.insecure ? m_parts.insecure() : std::vector<std::string>();
    if (options != m_options || insecure != m_insecure) {
        m_options = std::move(options);
        m_insecure = std::move(insecure);
        Q_EMIT changed();
    }
}

std::vector<std::string> ExceptionsController::registries() const
{
    std::set<std::string> names = m_options.insecureRegistries;
    for (const std::string &registry : m_options.certificates | std::views::keys) {
        names.insert(registry);
    }
    names.insert(m_insecure.begin(), m_insecure.end());
    return {names.begin(), names.end()};
}

ExceptionsController::Kind ExceptionsController::kindOf(const std::string &registry) const
{
    if (m_options.insecureRegistries.contains(registry) ||
        std::ranges::contains(m_insecure, registry)) {
        return Kind::Insecure;
    }
    return m_options.certificates.contains(registry) ? Kind::OwnCertificate : Kind::None;
}

bool ExceptionsController::isSettled(const std::string &registry) const
{
    return m_options.insecureRegistries.contains(registry) ==
           std::ranges::contains(m_insecure, registry);
}

void ExceptionsController::trust(const std::string &registry, const std::string &pem,
                                 const QString &file)
{
    EngineOptions wanted = m_options;
    wanted.insecureRegistries.erase(registry); // one or the other
    wanted.certificates[registry] = pem;
    set(registry, wanted, trustLine(registry, file));
}

void ExceptionsController::useInsecure(const std::string &registry)
{
    EngineOptions wanted = m_options;
    wanted.insecureRegistries.insert(registry);
    wanted.certificates.erase(registry);
    set(registry, wanted, insecureLine(registry));
}

void ExceptionsController::remove(const std::string &registry)
{
    EngineOptions wanted = m_options;
    wanted.insecureRegistries.erase(registry);
    wanted.certificates.erase(registry);
    set(registry, wanted, removalLine(registry));
}

void ExceptionsController::set(const std::string &registry, const EngineOptions &wanted,
                               const QString &line)
{
    if (m_isBusy || !m_parts.set) {
        return;
    }
    if (const auto fits = checkEngineOptions(wanted); !fits) {
        const bool isFull = fits.error().detail == "too-many" || fits.error().detail == "too-long";
        Q_EMIT failed({.title = tr("Nothing was changed for %1").arg(displayText(registry, 80)),
                       .reason = isFull ? tr("That would be more exceptions than an engine takes.")
                                        : tr("An engine takes no exception of this form."),
                       .advice = isFull ? tr("Remove one that is not needed any more.")
                                        : tr("Enter a registry such as registry.example:5000."),
                       .rawDetail = {}});
        return;
    }
    m_isBusy = true;
    Q_EMIT changed();
    m_parts.set(wanted, line)
        .then(this, [this, registry, line](const Result<service::Done> &result) {
            m_isBusy = false;
            refresh();
            Q_EMIT changed();
            if (result) {
                Q_EMIT done(registry);
            } else if (result.error().kind == ErrorKind::Cancelled) {
                Q_EMIT cancelled();
            } else {
                Explanation words = describeEngineAction(result.error(), line);
                words.title = tr("Nothing was changed for %1").arg(displayText(registry, 80));
                Q_EMIT failed(words);
            }
        });
}

QString ExceptionsController::trustLine(const std::string &registry, const QString &file) const
{
    return u"(echo certificate=%1; cat %2) | sudo tee -a %3"_s.arg(
        QString::fromStdString(registry), file.isEmpty() ? u"CERTIFICATE.pem"_s : quoted(file),
        m_parts.file);
}

QString ExceptionsController::insecureLine(const std::string &registry) const
{
    return u"echo insecure-registry=%1 | sudo tee -a %2"_s.arg(QString::fromStdString(registry),
                                                               m_parts.file);
}

QString ExceptionsController::removalLine(const std::string &registry) const
{
    const QString name = QString::fromStdString(registry);
    return kindOf(registry) == Kind::OwnCertificate
               ? u"sudo sed -i '/^certificate=%1$/,/^-*END/d' %2"_s.arg(name, m_parts.file)
               : u"sudo sed -i '/^insecure-registry=%1$/d' %2"_s.arg(name, m_parts.file);
}

} // namespace roadstead::ui
