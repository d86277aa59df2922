// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/support/fake_run_engine.h"
#include "tests/ui/support/harbour.h"
#include "ui/pages/containers/container_table.h"
#include "ui/pages/containers/containers_page.h"
#include "ui/theme/theme.h"
#include "ui/widgets/toast.h"
#include "ui/wizards/recreate/recreate_controller.h"
#include "ui/wizards/run/run_controller.h"

#include <QAbstractButton>
#include <QLineEdit>
#include <QMenu>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

using namespace roadstead;
using namespace roadstead::ui;

namespace {

/// A container "web", and "web-before" that it replaced.
struct RecreatePageBench
{
    QTemporaryDir folder;
    QWidget window;
    ToastHost toasts{&window};
    test::FakeContainerEngine engine;
    test::FakeRunEngine runEngine;
    ContainersPage page;
    std::string web = test::containerId(1);
    std::string before = test::containerId(2);

    RecreatePageBench()
        : page(parts())
    {
        docker::ContainerSummary newer = test::container(1, "web");
        newer.labels["io.roadstead.replaces"] = before;
        const auto older = test::container(2, "web-before", {}, docker::ContainerState::Exited);
        engine.show({newer, older});
        runEngine.showImages({"nginx:1.27"});
        page.widget()->setParent(&window);
        window.resize(1064, 722);
        page.widget()->resize(window.size());
        window.show();
        window.activateWindow();
        [[maybe_unused]] const bool active = QTest::qWaitForWindowActive(&window);
    }
    ContainersPage::Parts parts()
    {
        ContainersPage::Parts parts;
        parts.engine = &engine;
        parts.runEngine = &runEngine;
        parts.presets = folder.filePath("presets.json");
        parts.toasts = &toasts;
        return parts;
    }
    template<typename Widget = QWidget>
    [[nodiscard]] Widget *find(const char *name) const
    {
        for (auto *widget : window.findChildren<Widget *>(QLatin1StringView(name))) {
            if (widget->isVisible()) {
                return widget;
            }
        }
        return nullptr;
    }
    void answerCommand()
    {
        docker::CreateContainer create{.image = "nginx:1.27", .name = "web"};
        create.labels = {{"io.roadstead.replaces", before}, {"team", "harbour"}};
        engine.answer<docker::CreateContainer>(engine.commandQuestions.back().promise, create);
        QCoreApplication::processEvents();
    }
    /// The entry of the menu of a container; null when it has none.
    [[nodiscard]] QAction *entry(const std::string &id, const char *name) const
    {
        auto *table = window.findChild<ContainerTable *>();
        Q_EMIT table->menuWanted({id}, window.mapToGlobal(QPoint(10, 10)));
        auto *menu = find<QMenu>("containerMenu");
        if (menu == nullptr) {
            return nullptr;
        }
        menu->hide();
        return menu->findChild<QAction *>(QLatin1StringView(name));
    }
};

} // namespace

class TestContainersRecreate : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        Theme::instance().install(*qApp);
    }

    void theButtonBesideTheTabsOpensTheForm()
    {
        RecreatePageBench bench;
        bench.page.showDetails(bench.web);
        auto *button = bench.find<QAbstractButton>("detailsRecreate");
        QVERIFY(button != nullptr);
        QTest::mouseClick(button, Qt::LeftButton);
        bench.answerCommand();
        QVERIFY(bench.find("recreateWizard") != nullptr);
        QCOMPARE(bench.page.recreation()->form()->form().image, "nginx:1.27");
        QVERIFY(bench.page.recreation()->differences().empty());
        QVERIFY(bench.page.primaryAction() == nullptr);
        bench.page.goBack();
        QVERIFY(bench.find("recreateWizard") == nullptr);
        QVERIFY(!bench.page.canGoBack());
    }

    void aContainerThatCannotBeReadIsTold()
    {
        RecreatePageBench bench;
        bench.page.recreate(bench.web);
        bench.engine.answer<docker::CreateContainer>(
            bench.engine.commandQuestions.back().promise,
            std::unexpected(Error{ErrorKind::NotFound, 404, "no such container", "inspect"}));
        QCoreApplication::processEvents();
        QVERIFY(bench.find("recreateWizard") == nullptr);
        QCOMPARE(bench.toasts.toasts().size(), 1);
    }

    void aCopyHasNoNameAndNoLabelsOfTheSwap()
    {
        RecreatePageBench bench;
        bench.page.duplicate(bench.web);
        bench.answerCommand();
        QVERIFY(bench.find("runWizard") != nullptr);
        const RunForm &form = bench.page.run()->form();
        QCOMPARE(form.image, "nginx:1.27");
        QVERIFY(form.name.empty());
        QCOMPARE(form.options.at("label"), std::vector<std::string>{"team=harbour"});
    }

    void onlyWhatReplacedAnotherOffersUndo()
    {
        RecreatePageBench bench;
        QVERIFY(bench.entry(bench.before, "menuRecreate") != nullptr);
        QVERIFY(bench.entry(bench.before, "menuUndoRecreate") == nullptr);
        QAction *undo = bench.entry(bench.web, "menuUndoRecreate");
        QVERIFY(undo != nullptr);
        undo->trigger();
        QVERIFY(bench.page.recreation()->isUndo());
        QCOMPARE(bench.engine.inspections.back().id, bench.web);
    }
};

QTEST_MAIN(TestContainersRecreate)
#include "tst_containers_recreate.moc"
