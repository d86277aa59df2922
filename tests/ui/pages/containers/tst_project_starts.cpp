// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/shell_script.h"
#include "tests/support/test_program/test_program.h"
#include "tests/ui/support/fake_container_engine.h"
#include "ui/pages/containers/project_starts.h"
#include "ui/theme/theme.h"
#include "ui/widgets/toast.h"

#include <QAbstractButton>
#include <QDir>
#include <QLabel>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <memory>

namespace tst_project_starts {

using namespace roadstead;
using namespace roadstead::ui;
using namespace Qt::StringLiterals;

/// A project that is started from its file, with a program in the place of the docker CLI.
class TestProjectStarts : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { Theme::instance().install(*qApp); }
    void init()
    {
        m_window = std::make_unique<QWidget>();
        m_window->resize(900, 600);
        m_toasts = std::make_unique<ToastHost>(m_window.get());
        m_window->show();
        m_engine = std::make_unique<test::FakeContainerEngine>();
        QVERIFY(QDir(m_folder.path()).mkpath(u"shop"_s));
    }
    void cleanup()
    {
        m_starts.reset();
        m_toasts.reset();
        m_window.reset();
    }

    void aProjectThatRunsIsToldAndRecorded()
    {
        begin("echo ' Container shop-web-1  Started'");
        QTRY_VERIFY(m_engine->records.front().isOver);
        QVERIFY(!m_engine->records.front().error);
        QCOMPARE(m_engine->records.front().line, u"docker compose -f %1 up -d"_s.arg(file()));
        QVERIFY(shows(u"The project shop runs"_s));
    }
    void aFailureSaysWhatComposeSaid()
    {
        begin("echo 'reading'; echo 'service \"web\" refers to undefined volume <b>data</b>'; exit "
              "15");
        QTRY_VERIFY(m_engine->records.front().isOver);
        QCOMPARE(m_engine->records.front().error->kind, ErrorKind::EngineFailed);
        QVERIFY(shows(u"The project shop was not started"_s));
        QVERIFY(shows(u"undefined volume <b>data</b>"_s));
    }
    void aMissingPluginIsNamed()
    {
        begin("echo \"docker: 'compose' is not a docker command.\"; exit 1");
        QTRY_VERIFY(m_engine->records.front().isOver);
        QVERIFY(shows(u"Compose is not installed"_s));
    }
    void itCanBeStoppedAndNoOtherBeginsMeanwhile()
    {
        begin("echo begun; while :; do sleep 0.05; done");
        QTRY_VERIFY(shows(u"begun"_s));
        QVERIFY(!m_starts->begin(file()));
        QCOMPARE(m_engine->records.size(), std::size_t(1));
        auto *stop = m_window->findChild<QAbstractButton *>(u"toastStopProject"_s);
        QVERIFY(stop != nullptr);
        stop->click();
        QTRY_VERIFY(m_engine->records.front().isOver);
        QCOMPARE(m_engine->records.front().error->kind, ErrorKind::Cancelled);
        QVERIFY(!shows(u"not started"_s));
    }
    void stopFromTheHistoryWorksToo()
    {
        begin("echo begun; while :; do sleep 0.05; done");
        QTRY_VERIFY(shows(u"begun"_s));
        m_engine->records.front().cancel();
        QTRY_VERIFY(m_engine->records.front().isOver);
        QVERIFY(m_starts->begin(file()));
    }

private:
    [[nodiscard]] QString file() const { return m_folder.filePath(u"shop/compose.yaml"_s); }
    void begin(const QByteArray &script)
    {
        const QString path = test::writeShellScript(m_folder.filePath(u"docker"_s), script + '\n');
        QVERIFY(!path.isEmpty());
        m_starts = std::make_unique<ProjectStarts>(m_engine.get(), m_toasts.get(), path);
        QVERIFY(m_starts->begin(file()));
    }
    [[nodiscard]] bool shows(const QString &words) const
    {
        const auto labels = m_window->findChildren<QLabel *>();
        return std::ranges::any_of(labels, [&words](const QLabel *label) {
            return label->isVisible() && label->text().contains(words);
        });
    }

    QTemporaryDir m_folder;
    std::unique_ptr<QWidget> m_window;
    std::unique_ptr<ToastHost> m_toasts;
    std::unique_ptr<test::FakeContainerEngine> m_engine;
    std::unique_ptr<ProjectStarts> m_starts;
};

} // namespace tst_project_starts

ROADSTEAD_WIDGET_TEST(tst_project_starts::TestProjectStarts)
#include "tst_project_starts.moc"
