// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/test_program/test_program.h"
#include "ui/pages/containers/terminal/external_terminal.h"

#include <QMap>
#include <QTest>

namespace tst_external_terminal {

using namespace roadstead;
using namespace roadstead::ui;

/// Which terminal is started, and with which words.
class ExternalTerminalTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void choosesTheTerminal_data()
    {
        QTest::addColumn<QStringList>("installed");
        QTest::addColumn<QString>("named");
        QTest::addColumn<QString>("desktop");
        QTest::addColumn<QStringList>("leading");
        const auto row = [](const char *reason, const QStringList &installed, const QString &named,
                            const QString &desktop, const QStringList &leading) {
            QTest::newRow(reason) << installed << named << desktop << leading;
        };
        row("the desktop's own before others", {"xterm", "gnome-terminal", "konsole"}, "", "KDE",
            {"/bin/konsole", "-e"});
        row("GNOME's newer ones first", {"gnome-terminal", "ptyxis"}, "", "ubuntu:GNOME",
            {"/bin/ptyxis", "--"});
        row("what was chosen for all of them", {"konsole", "xdg-terminal-exec"}, "", "KDE",
            {"/bin/xdg-terminal-exec"});
        row("Debian's alternative where no desktop is known", {"xterm", "x-terminal-emulator"}, "",
            "", {"/bin/x-terminal-emulator", "-e"});
        row("any that is there", {"foot"}, "", "sway", {"/bin/foot"});
        row("the person's choice before all", {"konsole", "kitty"}, "kitty", "KDE", {"/bin/kitty"});
        row("with its arguments", {"xterm"}, "xterm -fa Mono", "",
            {"/bin/xterm", "-fa", "Mono", "-e"});
        row("one nobody knows", {"myterm"}, "myterm", "", {"/bin/myterm", "-e"});
        row("a choice that is not there", {"xterm"}, "gone", "", {"/bin/xterm", "-e"});
    }
    void choosesTheTerminal()
    {
        QFETCH(QStringList, installed);
        QFETCH(QString, named);
        QFETCH(QString, desktop);
        QFETCH(QStringList, leading);
        const auto words =
            ExternalTerminal::words(surroundings(installed + QStringList{"docker"}, named, desktop),
                                    {.context = "roadstead"}, {"exec", "-i", "a b"});
        QVERIFY(words.has_value());
        QCOMPARE(*words, leading + QStringList({"/bin/docker", "--context", "roadstead", "exec",
                                                "-i", "a b"}));
    }
    void anEngineWithoutAContextIsNamedByItsAddress()
    {
        QCOMPARE(ExternalTerminal::shownLine({.host = "unix:///run/x.sock"}, {"exec", "web"}),
                 QStringLiteral("docker --host unix:///run/x.sock exec web"));
        QCOMPARE(ExternalTerminal::shownLine({}, {"exec", "web"}),
                 QStringLiteral("docker exec web"));
    }
    void saysWhatIsMissing()
    {
        const auto none = ExternalTerminal::words(surroundings({"xterm"}, {}, {}), {}, {"exec"});
        QVERIFY(!none && none.error() == ExternalTerminal::Problem::NoDocker);
        const auto bare = ExternalTerminal::words(surroundings({"docker"}, {}, {}), {}, {"exec"});
        QVERIFY(!bare && bare.error() == ExternalTerminal::Problem::NoTerminal);
    }

private:
    static ExternalTerminal::Surroundings surroundings(const QStringList &installed,
                                                       const QString &named, const QString &desktop)
    {
        return {.find =
                    [installed](const QString &program) {
                        return installed.contains(program) ? "/bin/" + program : QString();
                    },
                .variable =
                    [named, desktop](const QString &name) {
                        return name == QLatin1StringView("TERMINAL") ? named : desktop;
                    }};
    }
};

} // namespace tst_external_terminal

ROADSTEAD_GUILESS_TEST(tst_external_terminal::ExternalTerminalTest)
#include "tst_external_terminal.moc"
