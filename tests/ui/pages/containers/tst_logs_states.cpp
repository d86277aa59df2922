// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/test_program/test_program.h"
#include "tests/ui/support/fake_container_engine.h"
#include "ui/pages/containers/logs/log_view.h"
#include "ui/pages/containers/logs/logs_tab.h"
#include "ui/theme/theme.h"
#include "ui/widgets/command_strip.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/label.h"
#include "ui/widgets/search_field.h"

#include <QAbstractButton>
#include <QDir>
#include <QLabel>
#include <QStandardPaths>
#include <QTest>

#include <memory>
#include <string>
#include <utility>

namespace tst_logs_states {

using namespace roadstead;
using namespace roadstead::ui;

/// What a log says where there is none, or no more of it, or nothing of it is wanted.
class LogsStatesTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        Theme::instance().install(*qApp);
    }
    void init()
    {
        m_engine = std::make_unique<test::FakeContainerEngine>();
        m_tab = std::make_unique<LogsTab>(m_engine.get());
        m_tab->resize(1064, 560);
        setState(docker::ContainerState::Running);
        m_tab->show();
    }
    void cleanup()
    {
        m_tab.reset();
        m_engine.reset();
    }

    void anEmptyLogSaysWhetherSomethingMayCome()
    {
        m_tab->setShown(true);
        QTRY_COMPARE(message()->what(), QString("Nothing was written yet"));
        QTRY_COMPARE(status(), QString("Following"));
        QVERIFY(!primary()->isVisible());
        QCOMPARE(label("logsCount"), QString());
        keepPictures("logs-empty");
        setState(docker::ContainerState::Exited);
        m_engine->log.end({});
        QTRY_COMPARE(message()->what(), QString("The container wrote nothing"));
        QVERIFY(message()->why().startsWith("It does not run."));
        keepPictures("logs-empty-ended");
        m_engine->log.fault = {ErrorKind::NotFound, 404, "No such container", "container.logs"};
        setState(docker::ContainerState::Running);
        QTRY_COMPARE(message()->what(), QString("The container was removed"));
        keepPictures("logs-removed");
    }

    void aLogThatEndsSaysSoBelowItsLines()
    {
        write(60);
        m_tab->setShown(true);
        QTRY_COMPARE(status(), QString("Following"));
        QVERIFY(mark()->isVisible());
        QCOMPARE(mark()->mark(), StateMark::Running);
        setState(docker::ContainerState::Exited);
        m_engine->log.end({});
        QTRY_COMPARE(status(), QString("The container does not run"));
        QVERIFY(mark()->isVisible());
        QCOMPARE(mark()->mark(), StateMark::Exited);
        QVERIFY(view()->isVisible());
        m_tab->findChild<SearchField *>("logsSearch")->setText("no such text");
        QTRY_COMPARE(label("logsFound"), QString("No match"));
        keepPictures("logs-ended");
    }

    void aFilterThatNoLinePassesIsClearedByAButton()
    {
        write(60);
        m_tab->setShown(true);
        QTRY_COMPARE(view()->rows(), 60);
        button("logsErrors")->click();
        button("logsStderr")->click();
        QTRY_COMPARE(message()->what(), QString("No line passes the filter"));
        QVERIFY(message()->isVisible());
        QCOMPARE(message()->why(), QString("Lines of other levels or of the other stream: 60."));
        QVERIFY(label("logsCount").startsWith("Lines: 60 · "));
        QVERIFY(label("logsCount").endsWith(" · None shown"));
        QCOMPARE(primary()->text(), QString("Clear filter"));
        keepPictures("logs-no-line-passes");
        primary()->click();
        QCOMPARE(view()->rows(), 60);
        QVERIFY(view()->isVisible());
        QVERIFY(button("logsAllLevels")->isChecked());
        QVERIFY(button("logsBoth")->isChecked());
    }

private:
    void setState(docker::ContainerState state)
    {
        docker::ContainerSummary summary;
        summary.id = std::string(64, 'a');
        summary.name = "api";
        summary.state = state;
        m_engine->show({summary});
        m_tab->setContainer(ContainerRow(summary));
    }
    void write(int lines)
    {
        for (int i = 0; i < lines; ++i) {
            m_engine->log.write({test::fakeDay + i * 1'000'000'000LL,
                                 "INFO GET /health 200 ms=" + std::to_string(i % 7)});
        }
    }
    EmptyState *message() const { return m_tab->findChild<EmptyState *>("logsMessage"); }
    QAbstractButton *primary() const { return button("logsMessagePrimary"); }
    QAbstractButton *button(const char *name) const
    {
        return m_tab->findChild<QAbstractButton *>(QLatin1StringView(name));
    }
    QString status() const { return m_tab->findChild<QLabel *>("logsStatus")->text(); }
    QString label(const char *name) const
    {
        return m_tab->findChild<ElidedLabel *>(QLatin1StringView(name))->fullText();
    }
    MarkLabel *mark() const { return m_tab->findChild<MarkLabel *>("logsMark"); }
    LogView *view() const { return m_tab->view(); }

    /// In both appearances, where ROADSTEAD_PICTURES names a folder.
    void keepPictures(const char *name)
    {
        const QString folder = qEnvironmentVariable("ROADSTEAD_PICTURES");
        if (folder.isEmpty()) {
            return;
        }
        QDir().mkpath(folder);
        for (const auto &[appearance, suffix] : {std::pair(Appearance::Dark, "-dark.png"),
                                                 std::pair(Appearance::Light, "-light.png")}) {
            Theme::instance().setAppearance(appearance);
            QTest::qWait(50);
            QVERIFY(m_tab->grab().save(folder + u'/' + QLatin1StringView(name) +
                                       QLatin1StringView(suffix)));
        }
    }

    std::unique_ptr<test::FakeContainerEngine> m_engine;
    std::unique_ptr<LogsTab> m_tab;
};

} // namespace tst_logs_states

ROADSTEAD_WIDGET_TEST(tst_logs_states::LogsStatesTest)
#include "tst_logs_states.moc"
