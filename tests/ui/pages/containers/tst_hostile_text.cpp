// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/test_program/test_program.h"
#include "tests/ui/shell/fake_engine_view.h"
#include "tests/ui/support/fake_container_engine.h"
#include "tests/ui/support/fake_run_engine.h"
#include "tests/ui/support/harbour.h"
#include "tests/ui/support/literal_text.h"
#include "ui/pages/containers/container_table.h"
#include "ui/pages/containers/containers_page.h"
#include "ui/pages/containers/details_view.h"
#include "ui/pages/containers/files/file_table.h"
#include "ui/pages/containers/files/files_tab.h"
#include "ui/pages/containers/stats/stats_tab.h"
#include "ui/shell/main_window.h"
#include "ui/text/display_text.h"
#include "ui/theme/theme.h"
#include "ui/widgets/tab_bar.h"
#include "ui/widgets/toast.h"

#include <QApplication>
#include <QContextMenuEvent>
#include <QDialog>
#include <QSettings>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

namespace tst_hostile_text {

using namespace roadstead;
using namespace roadstead::ui;
using namespace Qt::StringLiterals;
using namespace std::string_literals;

namespace {

/// A picture that only hostile text names.
QString trap()
{
    static const QTemporaryDir folder;
    const QString path = folder.filePath(u"trap.png"_s);
    if (!QFile::exists(path)) {
        QImage image(4, 4, QImage::Format_RGB32);
        image.fill(Qt::red);
        image.save(path);
    }
    return path;
}

std::string trapped(std::string text)
{
    const std::string mark = "TRAP";
    for (std::size_t at = text.find(mark); at != std::string::npos; at = text.find(mark, at)) {
        text.replace(at, mark.size(), trap().toStdString());
    }
    return text;
}

/// The whole window over an engine whose every word is `evil`.
struct HostileBench
{
    std::string evil;
    QTemporaryDir folder;
    FakeEngineView view;
    test::FakeContainerEngine engine;
    test::FakeRunEngine runEngine;
    MainWindow window;
    QList<QUrl> opened;
    ContainersPage page;
    QStringList faults;

    explicit HostileBench(std::string text)
        : evil(std::move(text))
        , window(&view)
        , page(parts())
    {
        runEngine.showImages({evil, evil + ":1"});
        fillEngine();
        window.addPage(&page);
        window.resize(1280, 800);
        window.show();
        window.activateWindow();
        [[maybe_unused]] const bool active = QTest::qWaitForWindowActive(&window);
        settle();
    }

    ContainersPage::Parts parts()
    {
        ContainersPage::Parts parts;
        parts.engine = &engine;
        parts.runEngine = &runEngine;
        parts.presets = folder.filePath(u"presets.json"_s);
        parts.toasts = window.toasts();
        parts.wallClock = [] { return test::Harbour::now; };
        parts.openUrl = [this](const QUrl &url) { opened.append(url); };
        return parts;
    }

    void fillEngine()
    {
        test::Snapshot snapshot;
        using enum docker::ContainerState;
        for (const auto state : {Running, Paused, Exited, Restarting, Running}) {
            const auto number = unsigned(snapshot.size() + 1);
            docker::ContainerSummary summary = test::container(number, evil, evil, state);
            summary.image = summary.command = evil;
            summary.status = "Up 3 hours (" + evil + ")";
            summary.networks = {evil};
            summary.labels[evil] = evil;
            summary.ports = {{evil, 80, 8080, evil}, {"0.0.0.0", 81, 8081, "tcp"}};
            service::ContainerStats &stats = engine.figures[summary.id];
            stats.id = summary.id;
            stats.memoryBytes = 1 << 20;
            stats.counters.devices = {evil};
            snapshot.push_back(std::move(summary));
        }
        engine.setListedAt(QDateTime::fromSecsSinceEpoch(test::Harbour::now));
        engine.show(snapshot);
        runEngine.show(snapshot);
        for (const service::FileKind kind :
             {service::FileKind::File, service::FileKind::Folder, service::FileKind::Link}) {
            service::FileEntry entry;
            entry.path = "/app/" + std::to_string(int(kind)) + nameOf(evil);
            entry.kind = kind;
            entry.target = kind == service::FileKind::Link ? evil : std::string();
            engine.fileAccess.add(entry, kind == service::FileKind::File ? evil : std::string());
        }
        service::FileEntry users;
        users.path = "/etc/passwd";
        engine.fileAccess.add(users, evil + ":x:0:0:\n");
        engine.fileAccess.changed = {
            {"/app/" + nameOf(evil) + "-gone", docker::ChangeKind::Deleted}};
        for (int i = 0; i < 5; ++i) {
            engine.log.lines.push_back(
                {1'700'000'000'000'000'000 + i, evil,
                 i % 2 ? docker::LogStream::Stderr : docker::LogStream::Stdout});
        }
        docker::Network network;
        network.id = network.name = network.driver = evil;
        runEngine.knownNetworks = {network};
        docker::Volume volume;
        volume.name = volume.driver = evil;
        runEngine.knownVolumes = {volume};
        runEngine.listening = {{.protocol = "tcp", .port = 8080, .holder = evil, .pid = 7}};
        runEngine.lines = {QString::fromStdString(evil)};
        view.addRecord(QString::fromStdString(evil), 5);
        view.addRecord(QString::fromStdString(evil), {});
        view.addRecord(QString::fromStdString(evil), 7,
                       Error{ErrorKind::EngineFailed, 500, evil, "container.start"});
    }

    /// What can be the name of a file.
    static std::string nameOf(std::string text)
    {
        std::erase(text, '/');
        std::erase(text, '\0');
        return text.substr(0, 250);
    }

    [[nodiscard]] docker::ContainerDetails details(const std::string &id) const
    {
        docker::ContainerDetails details = test::apiDetails(id);
        details.name = details.image = details.error = details.user = evil;
        details.hostname = details.restartPolicy = evil;
        details.workingDir = "/app";
        details.command = details.entrypoint = details.environment = {evil, evil};
        details.labels = {{evil, evil}};
        details.mounts = {{evil, evil, evil, evil, true}, {"bind", "", evil, evil, false}};
        details.networks = {{evil, evil, evil, evil, evil, {evil}}};
        details.ports = {{evil, 80, 8080, evil}};
        details.healthLog = {{evil, evil, 1, evil}};
        details.healthCheck.command = evil;
        details.raw = evil;
        return details;
    }

    void settle()
    {
        for (int i = 0; i < 4; ++i) {
            QCoreApplication::processEvents();
        }
    }

    /// Answers each question that waits, with hostile words.
    void answerAll()
    {
        settle();
        for (; m_inspected < engine.inspections.size(); ++m_inspected) {
            const auto &question = engine.inspections[m_inspected];
            engine.answer<docker::ContainerDetails>(question.promise, details(question.id));
        }
        for (; m_logged < engine.logs.size(); ++m_logged) {
            engine.answer<std::string>(engine.logs[m_logged].promise, evil);
        }
        for (; m_listed < engine.processQuestions.size(); ++m_listed) {
            engine.answer<docker::ProcessTable>(
                engine.processQuestions[m_listed].promise,
                docker::ProcessTable{{"PID", evil, "CMD"}, {{"1", evil, evil}}});
        }
        for (; m_charted < engine.historyQuestions.size(); ++m_charted) {
            engine.answer<store::StatsPoints>(engine.historyQuestions[m_charted].promise,
                                              store::StatsPoints{});
        }
        settle();
    }

    /// All windows, menus and dialogs as they are now. Without `paints`: there are fields in which
    /// values are edited as they are, or a terminal, and what those paint does not count.
    void look(const char *where, bool paints = true)
    {
        answerAll();
        for (QWidget *top : QApplication::topLevelWidgets()) {
            if (!top->isVisible()) {
                continue;
            }
            for (const QString &fault : test::literalFaults(top, paints)) {
                faults += u"%1: %2"_s.arg(QLatin1String(where), fault);
            }
            if (!paints) {
                continue;
            }
            for (const QString &text : test::paintedTexts(top)) {
                if (!test::activeIn(text, true).isEmpty()) {
                    faults += u"%1: painted with %2: %3"_s.arg(
                        QLatin1String(where), test::activeIn(text, true), text.left(40));
                }
            }
        }
    }

    template<typename T>
    [[nodiscard]] T *shown(const char *name = nullptr) const
    {
        const auto all = name != nullptr ? window.findChildren<T *>(QLatin1String(name))
                                         : window.findChildren<T *>();
        for (T *each : all) {
            if (each->isVisible()) {
                return each;
            }
        }
        return nullptr;
    }
    [[nodiscard]] std::string first() const { return engine.containers()->front().id; }
    [[nodiscard]] std::string running() const
    {
        return std::ranges::find(*engine.containers(), docker::ContainerState::Running,
                                 &docker::ContainerSummary::state)
            ->id;
    }
    void closeDialogs()
    {
        for (QDialog *dialog : window.findChildren<QDialog *>()) {
            dialog->reject();
        }
        settle();
    }

private:
    std::size_t m_inspected = 0;
    std::size_t m_logged = 0;
    std::size_t m_listed = 0;
    std::size_t m_charted = 0;
};

} // namespace

/// Whatever containers, files and logs are called, it is drawn literally and nothing comes of it.
class HostileTextTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        QApplication::setQuitOnLastWindowClosed(false);
        Theme::instance().install(*qApp);
        Theme::instance().setReducedMotion(true);
    }
    void init() { QSettings().clear(); }

    /// The tools themselves: a test that cannot see anything shows nothing.
    void theWalkerSeesWhatItLooksFor()
    {
        QWidget window;
        auto *rich = new QLabel(u"<b>x</b>"_s, &window);
        auto *turned = new QLabel(u"a\u202Eb"_s, &window);
        turned->setTextFormat(Qt::PlainText);
        auto *button = new QPushButton(u"&Quit"_s, &window);
        button->setToolTip(u"<img src='x'>"_s);
        window.show();
        QVERIFY(!test::literalFaultsOf(rich).isEmpty());
        QVERIFY(!test::literalFaultsOf(turned).isEmpty());
        QCOMPARE(test::literalFaultsOf(button).size(), 2);
        QVERIFY(test::literalFaults(&window).size() >= 4);
        QVERIFY(test::paintedTexts(turned).join(QString()).contains(QChar(0x202E)));
        test::DeedWatch watch(trap());
        QVERIFY(watch.deeds().isEmpty());
        QDesktopServices::openUrl(QUrl(u"http://example.org/"_s));
        QCOMPARE(watch.deeds().size(), 1);
        QVERIFY(!QPixmap(trap()).isNull());
        QVERIFY(watch.deeds().contains(u"the file was opened"_s));
    }

    void tabs_data() { rows(); }
    void tabs()
    {
        QFETCH(const std::string, evil);
        HostileBench bench(evil);
        const test::DeedWatch watch(trap());
        bench.look("list");
        bench.page.showDetails(bench.running());
        auto *view = bench.shown<DetailsView>("containerDetails");
        QVERIFY(view);
        QCOMPARE(view->tabs()->count(), 6);
        for (int i = 0; i < view->tabs()->count(); ++i) {
            view->tabs()->setCurrentIndex(i);
            const QByteArray name = view->tabs()->tabText(i).toUtf8();
            bench.answerAll();
            if (name == "Logs") {
                QTest::qWait(150); // lines come ten times a second
            } else if (name == "Stats") {
                std::vector<std::string> others;
                for (const auto &container : *bench.engine.containers()) {
                    others.push_back(container.id);
                }
                view->findChild<StatsTab *>()->setCompared(others);
            }
            // A terminal draws what programs write; its own tests are of that.
            bench.look(name.constData(), name != "Terminal");
        }
        report(bench, watch);
    }

    void files_data() { rows(); }
    void files()
    {
        QFETCH(const std::string, evil);
        HostileBench bench(evil);
        const test::DeedWatch watch(trap());
        bench.page.showDetails(bench.running());
        bench.answerAll();
        auto *view = bench.shown<DetailsView>("containerDetails");
        view->tabs()->setCurrentIndex(3);
        bench.answerAll();
        auto *tab = bench.shown<FilesTab>("filesTab");
        QVERIFY(tab);
        auto *table = tab->findChild<FileTable *>();
        QTRY_VERIFY(table->model()->rowCount() >= 3);
        for (int row = 0; row < table->model()->rowCount(); ++row) {
            const QModelIndex index = table->model()->index(row, 0);
            table->setFocus();
            table->setCurrentIndex(index);
            QTest::keyClick(table, Qt::Key_F2);
            bench.look("file: rename");
            bench.closeDialogs();
            QTest::keyClick(table, Qt::Key_Delete);
            bench.look("file: remove");
            bench.closeDialogs();
            const QPoint place = table->visualRect(index).center();
            QContextMenuEvent wanted(QContextMenuEvent::Mouse, place,
                                     table->viewport()->mapToGlobal(place));
            QCoreApplication::sendEvent(table->viewport(), &wanted);
            bench.look("file: menu");
            if (auto *menu = bench.window.findChild<QMenu *>("filesMenu")) {
                menu->close();
            }
            bench.settle();
        }
        // Into the folder, and one file open.
        for (int row = 0; row < table->model()->rowCount(); ++row) {
            const QModelIndex index = table->model()->index(row, 0);
            if (!index.data().toString().startsWith(u'1')) { // the folder
                table->setCurrentIndex(index);
                QTest::keyClick(table, Qt::Key_Return);
                bench.look("file: open");
            }
        }
        bench.engine.fileAccess.fault = Error{ErrorKind::EngineFailed, 1, evil, "x"};
        tab->downloadTo(bench.folder.path());
        bench.look("file: failed copy");
        tab->controller()->go("/" + HostileBench::nameOf(evil));
        bench.look("folder: failed");
        report(bench, watch);
    }

    void questions_data() { rows(); }
    void questions()
    {
        QFETCH(const std::string, evil);
        HostileBench bench(evil);
        const test::DeedWatch watch(trap());
        auto *table = bench.shown<ContainerTable>();
        QVERIFY(table);
        table->selectIds({bench.running()});
        for (QAction *action : bench.page.actions()) {
            const QString name = action->objectName();
            if (name == u"pageKill" || name == u"pageRename" || name == u"pageRemove") {
                QVERIFY2(test::activeIn(action->text()).isEmpty(), qPrintable(action->text()));
                QVERIFY2(!test::hasAccelerator(action->text()), qPrintable(action->text()));
                action->trigger();
                bench.look(qPrintable(name));
                bench.closeDialogs();
            }
        }
        QContextMenuEvent wanted(QContextMenuEvent::Keyboard, {}, table->mapToGlobal(QPoint()));
        QCoreApplication::sendEvent(table->viewport(), &wanted);
        bench.look("menu of a container");
        for (QMenu *menu : bench.window.findChildren<QMenu *>()) {
            menu->close();
        }
        bench.page.controller()->perform(ContainerAction::Stop, {bench.running()});
        bench.engine.fail(0, {ErrorKind::EngineFailed, 500, evil, "container.stop"});
        bench.settle();
        QVERIFY(bench.shown<Toast>());
        for (auto *button : bench.window.findChildren<QAbstractButton *>()) {
            if (button->isVisible() && button->text() == u"Show details") {
                button->click();
            }
        }
        bench.look("toast");
        bench.page.recreate(bench.running());
        bench.settle();
        docker::CreateContainer create{.image = evil, .name = evil};
        create.command = create.environment = {evil};
        create.labels = {{evil, evil}};
        create.volumes = {evil};
        create.hostname = create.user = create.workingFolder = evil;
        bench.engine.answer<docker::CreateContainer>(bench.engine.commandQuestions.back().promise,
                                                     create);
        bench.look("recreate", false);
        report(bench, watch);
    }

    void shell_data() { rows(); }
    void shell()
    {
        QFETCH(const std::string, evil);
        HostileBench bench(evil);
        const test::DeedWatch watch(trap());
        QTest::keyClick(&bench.window, Qt::Key_H, Qt::ControlModifier);
        bench.look("history");
        QTest::keyClick(&bench.window, Qt::Key_Escape);
        for (auto *button : bench.window.findChildren<QAbstractButton *>("activityButton")) {
            button->click();
        }
        bench.look("activity");
        QTest::keyClick(&bench.window, Qt::Key_Escape);
        QTest::keyClick(&bench.window, Qt::Key_K, Qt::ControlModifier);
        if (auto *field = bench.shown<QLineEdit>("paletteField")) {
            field->setText(displayText(evil, 3));
        }
        bench.look("palette");
        QTest::keyClick(&bench.window, Qt::Key_Escape);
        bench.page.showRunWizard();
        bench.look("run");
        report(bench, watch);
    }

private:
    static void rows()
    {
        QTest::addColumn<std::string>("evil");
        QTest::newRow("markup") << trapped(
            "<img src=\"file://TRAP\"><a href=\"file://TRAP\">go</a><b>x</b>&lt;</qt><qt>");
        QTest::newRow("turned and invisible")
            << std::string("pay\u202Egnp.exe\u2066\u200f\u061c\u2028\u2029\ufeff\u00ad\u2060end");
        QTest::newRow("controls") << trapped(
            "a\x1b[31mred\x1b]0;title\x07\x1b]8;;file://TRAP\x1b\\\r\nb\tc\x7f\b\0d\xc2\x85"s);
        QTest::newRow("accelerators") << std::string("&Quit && &&Save & <b>&x");
        QTest::newRow("not UTF-8") << std::string("\xff\xfe\x80 caf\xe9 \xed\xa0\x80 \xf4\x90");
        QTest::newRow("64 KiB") << std::string(1 << 16, 'W');
    }

    static void report(const HostileBench &bench, const test::DeedWatch &watch)
    {
        QStringList faults = bench.faults;
        faults.removeDuplicates();
        QVERIFY2(faults.isEmpty(), qPrintable(u'\n' + faults.join(u'\n')));
        QCOMPARE(watch.deeds(), QStringList());
        QCOMPARE(bench.opened, QList<QUrl>());
    }
};

} // namespace tst_hostile_text

ROADSTEAD_WIDGET_TEST(tst_hostile_text::HostileTextTest)
#include "tst_hostile_text.moc"
