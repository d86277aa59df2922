// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pages/containers/terminal/external_terminal.h"

#include <QFileInfo>
#include <QProcess>
#include <QStandardPaths>

#include <algorithm>
#include <array>
#include <vector>

namespace roadstead::ui {

namespace {

/// A terminal and what stands before the command that it is to run, each word of which is a word
/// of its own.
struct KnownTerminal
{
    const char *program;
    std::array<const char *, 2> before;
    const char *desktop; ///< where it is at home, as XDG_CURRENT_DESKTOP says
};

constexpr std::array knownTerminals{
    KnownTerminal{"konsole", {"-e", nullptr}, "KDE"},
    KnownTerminal{"ptyxis", {"--", nullptr}, "GNOME"},
    KnownTerminal{"kgx", {"--", nullptr}, "GNOME"},
    KnownTerminal{"gnome-terminal", {"--", nullptr}, "GNOME"},
    KnownTerminal{"xfce4-terminal", {"-x", nullptr}, "XFCE"},
    KnownTerminal{"mate-terminal", {"-x", nullptr}, "MATE"},
    KnownTerminal{"qterminal", {"-e", nullptr}, "LXQt"},
    KnownTerminal{"cosmic-term", {"--", nullptr}, "COSMIC"},
    KnownTerminal{"tilix", {"-e", nullptr}, ""},
    KnownTerminal{"terminator", {"-x", nullptr}, ""},
    KnownTerminal{"alacritty", {"-e", nullptr}, ""},
    KnownTerminal{"kitty", {nullptr, nullptr}, ""},
    KnownTerminal{"foot", {nullptr, nullptr}, ""},
    KnownTerminal{"wezterm", {"start", "--"}, ""},
    KnownTerminal{"ghostty", {"-e", nullptr}, ""},
    KnownTerminal{"urxvt", {"-e", nullptr}, ""},
    KnownTerminal{"st", {"-e", nullptr}, ""},
    KnownTerminal{"xterm", {"-e", nullptr}, ""},
    // These two are whatever somebody chose.
    KnownTerminal{"xdg-terminal-exec", {nullptr, nullptr}, ""},
    KnownTerminal{"x-terminal-emulator", {"-e", nullptr}, ""},
};

QStringList leading(const QString &path, const KnownTerminal &terminal)
{
    QStringList words{path};
    for (const char *word : terminal.before) {
        if (word != nullptr) {
            words.append(QLatin1StringView(word));
        }
    }
    return words;
}

const KnownTerminal *terminalNamed(const QString &program)
{
    const auto found = std::ranges::find_if(knownTerminals, [&program](const KnownTerminal &each) {
        return program == QLatin1StringView(each.program);
    });
    return found == knownTerminals.end() ? nullptr : &*found;
}

/// What a person has named: a program, maybe with arguments of its own.
QStringList chosenTerminal(const ExternalTerminal::Surroundings &surroundings)
{
    QStringList words = QProcess::splitCommand(surroundings.variable(QStringLiteral("TERMINAL")));
    const QString path = words.isEmpty() ? QString() : surroundings.find(words.constFirst());
    if (path.isEmpty()) {
        return {};
    }
    const KnownTerminal *known = terminalNamed(QFileInfo(path).fileName());
    const QStringList own = words.mid(1);
    words = known ? leading(path, *known) : QStringList{path, QStringLiteral("-e")};
    return QStringList{words.constFirst()} + own + words.mid(1);
}

QStringList terminalOf(const ExternalTerminal::Surroundings &surroundings)
{
    if (const QStringList chosen = chosenTerminal(surroundings); !chosen.isEmpty()) {
        return chosen;
    }
    const QStringList desktops =
        surroundings.variable(QStringLiteral("XDG_CURRENT_DESKTOP")).split(u':');
    std::vector<const KnownTerminal *> order{terminalNamed(QStringLiteral("xdg-terminal-exec"))};
    for (const KnownTerminal &each : knownTerminals) {
        if (*each.desktop != '\0' &&
            desktops.contains(QLatin1StringView(each.desktop), Qt::CaseInsensitive)) {
            order.push_back(&each);
        }
    }
    order.push_back(terminalNamed(QStringLiteral("x-terminal-emulator")));
    for (const KnownTerminal &each : knownTerminals) {
        order.push_back(&each);
    }
    for (const KnownTerminal *each : order) {
        const QString path = surroundings.find(QLatin1StringView(each->program));
        if (!path.isEmpty()) {
            return leading(path, *each);
        }
    }
    return {};
}

} // namespace

ExternalTerminal::Surroundings ExternalTerminal::system()
{
    return {
        .find = [](const QString &program) { return QStandardPaths::findExecutable(program); },
        .variable =
            [](const QString &name) { return qEnvironmentVariable(name.toLatin1().constData()); }};
}

docker::Arguments ExternalTerminal::withEngine(const docker::CliEngine &engine,
                                               const docker::Arguments &line)
{
    docker::Arguments words;
    if (!engine.context.empty()) {
        words = {"--context", engine.context};
    } else if (!engine.host.empty()) {
        words = {"--host", engine.host};
    }
    words.insert(words.end(), line.begin(), line.end());
    return words;
}

QString ExternalTerminal::shownLine(const docker::CliEngine &engine, const docker::Arguments &line)
{
    return QString::fromStdString(docker::commandLine(withEngine(engine, line)));
}

std::expected<QStringList, ExternalTerminal::Problem>
ExternalTerminal::words(const Surroundings &surroundings, const docker::CliEngine &engine,
                        const docker::Arguments &line)
{
    const QString docker = surroundings.find(QStringLiteral("docker"));
    if (docker.isEmpty()) {
        return std::unexpected(Problem::NoDocker);
    }
    QStringList words = terminalOf(surroundings);
    if (words.isEmpty()) {
        return std::unexpected(Problem::NoTerminal);
    }
    words.append(docker);
    for (const std::string &word : withEngine(engine, line)) {
        words.append(QString::fromStdString(word));
    }
    return words;
}

} // namespace roadstead::ui
