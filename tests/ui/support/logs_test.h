// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/ui/support/fake_container_engine.h"
#include "ui/pages/containers/logs/log_view.h"
#include "ui/pages/containers/logs/logs_tab.h"
#include "ui/theme/theme.h"
#include "ui/widgets/label.h"

#include <QAbstractButton>
#include <QFile>
#include <QImage>
#include <QLineEdit>
#include <QStandardPaths>
#include <QTest>
#include <QWheelEvent>

#include <memory>
#include <string>

namespace roadstead::ui {

/// A test of the tab "Logs": each of its functions gets a new one, of a container that writes what
/// the test says.
class LogsTest : public QObject
{
    Q_OBJECT

protected:
    static constexpr int patience = 60'000;

    LogView *view() { return m_tab->view(); }
    QAbstractButton *button(const char *name)
    {
        return m_tab->findChild<QAbstractButton *>(QLatin1StringView(name));
    }
    QLineEdit *field() { return m_tab->findChild<QLineEdit *>("logsSearch"); }
    QString saveText() { return m_tab->findChild<ElidedLabel *>("logsSaveText")->fullText(); }
    static int linesIn(const QString &path)
    {
        QFile file(path);
        return file.open(QFile::ReadOnly) ? int(file.readAll().count('\n')) : -1;
    }
    void wheel(int notches)
    {
        const QPointF middle(view()->viewport()->rect().center());
        QWheelEvent event(middle, view()->viewport()->mapToGlobal(middle), {}, {0, 120 * notches},
                          Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase, false);
        QCoreApplication::sendEvent(view()->viewport(), &event);
    }
    QString found() { return m_tab->findChild<ElidedLabel *>("logsFound")->fullText(); }
    void type(const char *text)
    {
        field()->clear();
        QTest::keyClicks(field(), QLatin1StringView(text));
    }
    bool drawn(Color wanted)
    {
        const QImage image = view()->viewport()->grab().toImage();
        const QRgb rgb = color(wanted).rgb();
        for (int y = 0; y < image.height(); ++y) {
            for (int x = 0; x < image.width(); ++x) {
                if (image.pixel(x, y) == rgb) {
                    return true;
                }
            }
        }
        return false;
    }
    void write(int count)
    {
        for (int i = 0; i < count; ++i) {
            const auto number = std::int64_t(m_engine->log.lines.size());
            const char *level = number % 3 == 0 ? "ERROR" : number % 3 == 1 ? "INFO" : "WARN";
            m_engine->log.write(
                {test::fakeDay + 1'000'000'000 + number * 77'000'000,
                 std::string(level) + " GET /health 200 ms=" + std::to_string(number),
                 number % 3 == 0 ? docker::LogStream::Stderr : docker::LogStream::Stdout});
        }
    }

    std::unique_ptr<test::FakeContainerEngine> m_engine;
    std::unique_ptr<LogsTab> m_tab;

protected Q_SLOTS:
    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        Theme::instance().install(*qApp);
    }
    void init()
    {
        m_engine = std::make_unique<test::FakeContainerEngine>();
        docker::ContainerSummary summary;
        summary.id = std::string(64, 'a');
        summary.name = "api";
        summary.state = docker::ContainerState::Running;
        m_engine->show({summary});
        m_tab = std::make_unique<LogsTab>(m_engine.get());
        m_tab->resize(1064, 560);
        m_tab->setContainer(ContainerRow(summary));
        m_tab->show();
    }
    void cleanup()
    {
        m_tab.reset();
        m_engine.reset();
    }
};

} // namespace roadstead::ui
