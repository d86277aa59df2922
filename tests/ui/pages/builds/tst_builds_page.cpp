// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/test_program/test_program.h"
#include "tests/ui/support/fake_build_engine.h"
#include "ui/pages/builds/builds_page.h"
#include "ui/theme/theme.h"

#include <QAbstractButton>
#include <QAbstractItemModelTester>
#include <QAction>
#include <QFile>
#include <QLabel>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeView>

namespace tst_builds_page {

using namespace roadstead;
using namespace roadstead::ui;
using namespace Qt::StringLiterals;
using Step = BuildController::Step;

/// The page "Builds", its list and what is kept.
class TestBuildsPage : public QObject
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
        m_folder = std::make_unique<QTemporaryDir>();
        QFile file(m_folder->filePath(u"Dockerfile"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("FROM busybox\nRUN true\n");
        m_engine.setScript("exit 0\n");
        m_page = page();
    }
    void cleanup() { m_page.reset(); }

    void emptyPageOffersABuild()
    {
        auto *empty = find("noBuilds");
        QTRY_VERIFY(empty->isVisibleTo(m_page->widget()));
        auto *button = empty->findChild<QAbstractButton *>();
        QVERIFY(button != nullptr);
        button->click();
        QVERIFY(find("buildWizard")->isVisibleTo(m_page->widget()));
        QVERIFY(m_page->canGoBack());
        QVERIFY(m_page->primaryAction() == nullptr);
        m_page->goBack();
        QVERIFY(m_page->primaryAction() != nullptr);
    }
    void buildsAreListedAndKept()
    {
        build({.tags = {"shop:1"}, .arguments = {"A=1", "API_TOKEN=canary"}});
        m_engine.setScript("echo 'ERROR: failed to solve: no' >&2; exit 1\n");
        build({.tags = {"shop:2"}});
        const QAbstractItemModel *model = table()->model();
        QCOMPARE(model->rowCount(), 2);
        QCOMPARE(cell(0, BuildColumn::Name), u"shop:2"_s);
        QCOMPARE(cell(0, BuildColumn::Result), u"Failed"_s);
        QCOMPARE(cell(1, BuildColumn::Result), u"Built"_s);
        m_page.reset();

        QFile kept(historyPath());
        QVERIFY(kept.open(QIODevice::ReadOnly));
        const QByteArray text = kept.readAll();
        QVERIFY(text.contains("shop:1"));
        QVERIFY(!text.contains("canary"));
        QCOMPARE(kept.permissions() & (QFile::ReadOther | QFile::ReadGroup), QFile::Permissions());

        m_page = page();
        QTRY_COMPARE(table()->model()->rowCount(), 2);
        table()->setCurrentIndex(table()->model()->index(1, 0));
        find("buildAgain")->setFocus();
        m_page->widget()->findChild<QAbstractButton *>(u"buildAgain"_s)->click();
        QCOMPARE(m_page->controller()->form().tags, std::vector<std::string>{"shop:1"});
        QCOMPARE(m_page->controller()->form().arguments,
                 (std::vector<std::string>{"A=1", "API_TOKEN="}));
    }
    void runningBuildIsOnTop()
    {
        m_engine.setScript("while :; do sleep 0.05; done\n");
        begin({.tags = {"shop:1"}});
        QVERIFY(m_page->controller()->build());
        QCOMPARE(m_page->count().value_or(0), 1);
        m_page->goBack();
        auto *running = m_page->widget()->findChild<QLabel *>(u"runningBuild"_s);
        QVERIFY(running->isVisibleTo(m_page->widget()));
        QVERIFY(running->text().contains(u"shop:1"_s));
    }

private:
    [[nodiscard]] QString historyPath() const { return m_folder->filePath(u"builds.json"_s); }
    std::unique_ptr<BuildsPage> page()
    {
        auto page = std::make_unique<BuildsPage>(
            BuildsPage::Parts{.engine = &m_engine, .history = historyPath()});
        page->widget()->resize(1064, 722);
        return page;
    }
    [[nodiscard]] QWidget *find(const char *name) const
    {
        return m_page->widget()->findChild<QWidget *>(QLatin1StringView(name));
    }
    [[nodiscard]] QTreeView *table() const
    {
        return m_page->widget()->findChild<QTreeView *>(u"buildsTable"_s);
    }
    [[nodiscard]] QString cell(int row, int column) const
    {
        return table()->model()->index(row, column).data().toString();
    }
    void begin(BuildForm form)
    {
        form.context = m_folder->path().toStdString();
        m_page->build(form);
        QTRY_VERIFY(!m_page->controller()->isLooking());
    }
    void build(const BuildForm &form)
    {
        begin(form);
        QVERIFY(m_page->controller()->build());
        QTRY_COMPARE_WITH_TIMEOUT(m_page->controller()->step(), Step::Result, 20'000);
    }

    test::FakeBuildEngine m_engine;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<BuildsPage> m_page;
};

} // namespace tst_builds_page

ROADSTEAD_WIDGET_TEST(tst_builds_page::TestBuildsPage)
#include "tst_builds_page.moc"
