// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/context/context_store.h"
#include "engine/context/current_context.h"
#include "tests/support/fake_engine/fake_engine.h"
#include "tests/support/stub_system.h"
#include "tests/support/test_program/test_program.h"
#include "tests/ui/shell/window_test.h"
#include "ui/shell/engine_choice.h"
#include "ui/shell/engine_dialog.h"
#include "ui/shell/engine_editor.h"
#include "ui/shell/engine_popup.h"
#include "ui/shell/engine_row.h"
#include "ui/widgets/button.h"
#include "ui/widgets/toast.h"

#include <QCheckBox>
#include <QLineEdit>
#include <QMenu>
#include <QSettings>
#include <QTemporaryDir>

namespace tst_engine_switcher {

using namespace roadstead;
using namespace roadstead::ui;
using namespace Qt::StringLiterals;

/// The engine switcher: what it lists, says, chooses, adds and removes.
class TestEngineSwitcher : public WindowTest
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void enginesAreListedInGroupsWithTheirStates();
    void aPressChoosesAndTheCommandIsShown();
    void theTerminalFollowsWhenItIsAskedTo();
    void arrowsGoThroughTheList();
    void whyIsSaidBelowTheRow();
    void anEngineIsAddedAsAContext();
    void whatIsWrongWithANewOneIsSaid();
    void anEngineIsTriedBeforeItIsKept();
    void anEngineIsChangedAndRemoved();
    void aStoppedEngineLeadsToAnother();
    void itIsChosenOnceAPersonHasLeftTheOther();

private:
    [[nodiscard]] std::string folder() const { return m_folder->path().toStdString(); }
    [[nodiscard]] std::string socket(const char *name) const { return folder() + "/" + name; }
    [[nodiscard]] EnginePopup *popup() const { return m_window->findChild<EnginePopup *>(); }
    [[nodiscard]] EngineRow *row(const char *id) const
    {
        return popup()->findChild<EngineRow *>(u"engineRow:"_s + QString::fromUtf8(id));
    }
    template<typename T>
    [[nodiscard]] T *field(const char *name) const
    {
        const auto dialogs = m_window->findChildren<EngineDialog *>();
        return dialogs.isEmpty() ? nullptr
                                 : dialogs.back()->findChild<T *>(QString::fromUtf8(name));
    }
    void openSwitcher()
    {
        find<QAbstractButton>("engineButton")->click();
        QTRY_VERIFY(m_directory->isRead());
        // The offscreen platform takes the focus from the application with the first popup.
        if (!popup()->isVisible()) {
            find<QAbstractButton>("engineButton")->click();
            QTest::qWait(50);
        }
        QVERIFY(popup()->isVisible());
    }
    void pickFromMenu(const char *id, const char *action)
    {
        QContextMenuEvent event(QContextMenuEvent::Keyboard, QPoint(5, 5),
                                row(id)->mapToGlobal(QPoint(5, 5)));
        QCoreApplication::sendEvent(row(id), &event);
        auto *menu = popup()->findChild<QMenu *>(u"engineMenu"_s);
        QVERIFY(menu != nullptr);
        auto *picked = menu->findChild<QAction *>(QString::fromUtf8(action));
        QVERIFY(picked != nullptr);
        picked->trigger();
        menu->close();
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::shared_ptr<test::StubSystem> m_system;
    std::unique_ptr<test::FakeEngine> m_near;
    std::unique_ptr<embedded::EmbeddedEngine> m_embedded;
    std::unique_ptr<service::EngineDirectory> m_directory;
    std::unique_ptr<EngineChoice> m_choice;
    std::unique_ptr<EngineEditor> m_editor;
    QStringList m_opened;
    bool m_isHeld = false; ///< a person is being asked about what is not saved
    std::function<void()> m_goOn;
};

void TestEngineSwitcher::init()
{
    QCursor::setPos(2000,
                    2000); // over nothing: what is under the mouse has the word in the command bar
    WindowTest::init();
    m_folder = std::make_unique<QTemporaryDir>();
    m_opened.clear();
    m_isHeld = false;
    m_near = std::make_unique<test::FakeEngine>(
        test::FakeEngineOptions{.socketPath = socket("near"), .containers = 16, .running = 14});
    QVERIFY(m_near->start());
    m_system = std::make_shared<test::StubSystem>();
    m_system->variables["DOCKER_CONFIG"] = folder();
    context::ContextStore store(folder());
    QVERIFY(store.create({.name = "alpha", .description = {}, .host = "unix://" + socket("near")}));
    QVERIFY(store.create({.name = "gone", .description = {}, .host = "unix://" + socket("gone")}));
    QVERIFY(store.create({.name = "far", .description = {}, .host = "tcp://127.0.0.1:1"}));
    m_embedded = std::make_unique<embedded::EmbeddedEngine>();
    m_directory = std::make_unique<service::EngineDirectory>(
        [system = m_system] { return service::knownEngines(*system); });
    m_editor = std::make_unique<EngineEditor>(folder(), m_directory.get(), m_window.get());
    EngineChoice::Parts parts;
    parts.directory = m_directory.get();
    parts.embedded = m_embedded.get();
    parts.view = m_engine.get();
    parts.open = [this](const service::KnownEngine *engine) {
        m_opened << (engine != nullptr ? QString::fromStdString(engine->id) : u"embedded"_s);
    };
    parts.leave = [this](std::function<void()> goOn) {
        m_isHeld ? std::swap(m_goOn, goOn) : goOn();
    };
    parts.useContext = [this](const QString &name) { m_editor->use(name, [](const auto &) {}); };
    m_choice = std::make_unique<EngineChoice>(std::move(parts), EngineChoice::embeddedId);
    m_window->setEngineChoice(m_choice.get());
    openSwitcher();
    QTRY_VERIFY(row("context:far") != nullptr);
}

void TestEngineSwitcher::cleanup()
{
    WindowTest::cleanup();
    m_editor.reset();
    m_choice.reset();
    m_directory.reset();
    m_embedded.reset();
}

void TestEngineSwitcher::enginesAreListedInGroupsWithTheirStates()
{
    QTRY_COMPARE(row("context:alpha")->row().state, u"Running, Docker 26.1.5, 14 of 16 running"_s);
    QCOMPARE(row("context:alpha")->row().mark, StateMark::Running);
    QVERIFY(row("context:alpha")->row().trip.endsWith(u" ms"_s));
    QVERIFY(row("context:alpha")->action()->isHidden());
    QTRY_COMPARE(row("context:gone")->row().state, u"Stopped"_s);
    QVERIFY(row("context:gone")->row().address.endsWith(u"/gone"_s));
    QTRY_VERIFY(row("context:far")->row().state.startsWith(u"Not reachable since "_s));
    QCOMPARE(row("context:far")->row().group, EngineGroup::Elsewhere);
    QCOMPARE(row("embedded")->row().group, EngineGroup::ThisComputer);
    QCOMPARE(row("embedded")->row().state, u"Running, Docker 26.1.5, 9 of 19 running"_s);
    QVERIFY(row("embedded")->accessibleName().startsWith(u"Embedded engine, Running"_s));
    QStringList titles;
    for (const QLabel *label : popup()->findChildren<QLabel *>()) {
        for (const EngineGroup group :
             {EngineGroup::ThisComputer, EngineGroup::Elsewhere, EngineGroup::Contexts}) {
            if (label->text() == groupTitle(group)) {
                titles << label->text();
            }
        }
    }
    QCOMPARE(titles, (QStringList{u"On this computer"_s, u"Elsewhere"_s, u"Docker contexts"_s}));
    // No row wider than the popup, none cut.
    for (const EngineRow *each : popup()->findChildren<EngineRow *>()) {
        QVERIFY(each->height() >= each->sizeHint().height());
    }
    QCOMPARE(m_near->requests().empty(), false);
}

void TestEngineSwitcher::aPressChoosesAndTheCommandIsShown()
{
    row("context:alpha")->setFocus(Qt::TabFocusReason);
    QTRY_COMPARE(shownCommand(), u"docker context use alpha"_s);
    QTest::keyClick(row("context:alpha"), Qt::Key_Return);
    QCOMPARE(m_opened, QStringList{u"context:alpha"_s});
    QVERIFY(!popup()->isVisible());
    QCOMPARE(m_choice->current(), "context:alpha");
    openSwitcher();
    QVERIFY(row("context:alpha")->row().isCurrent);
    QVERIFY(!row("embedded")->row().isCurrent);
    QTest::mouseClick(row("embedded"), Qt::LeftButton);
    QCOMPARE(m_opened, (QStringList{u"context:alpha"_s, u"embedded"_s}));
    // Not the terminal: nobody asked for that.
    QCOMPARE(*context::currentContext(folder()), "");
}

void TestEngineSwitcher::theTerminalFollowsWhenItIsAskedTo()
{
    popup()->findChild<QCheckBox *>(u"switchTerminalToo"_s)->click();
    row("context:alpha")->click();
    QTRY_COMPARE(*context::currentContext(folder()), "alpha");
    openSwitcher();
    QTRY_VERIFY(row("context:alpha")->row().isTerminals);
    pickFromMenu("context:gone", "engineUse");
    QTRY_COMPARE(*context::currentContext(folder()), "gone");
    QCOMPARE(m_opened, QStringList{u"context:alpha"_s});
    // Ours has no context before it was started: the docker command would be left with none.
    row("embedded")->click();
    QTRY_VERIFY(!m_window->toasts()->toasts().isEmpty());
    QCOMPARE(*context::currentContext(folder()), "gone");
}

void TestEngineSwitcher::arrowsGoThroughTheList()
{
    const auto ids = [this] {
        QStringList all;
        for (const EngineRow *each : popup()->findChildren<EngineRow *>()) {
            all << each->objectName();
        }
        return all;
    };
    QTRY_COMPARE(ids().size(), 4); // rows of before have gone
    // The place of the keyboard stays, although the list came after the popup.
    QVERIFY(row("embedded")->hasFocus());
    QTest::keyClick(row("embedded"), Qt::Key_Down);
    QVERIFY(row("context:far")->hasFocus());
    QTest::keyClick(row("context:far"), Qt::Key_Down);
    QVERIFY(row("context:alpha")->hasFocus());
    QTest::keyClick(row("context:alpha"), Qt::Key_Up);
    QVERIFY(row("context:far")->hasFocus());
    QTest::keyClick(row("context:far"), Qt::Key_Escape);
    QVERIFY(!popup()->isVisible());
}

void TestEngineSwitcher::whyIsSaidBelowTheRow()
{
    QTRY_VERIFY(!row("context:gone")->action()->isHidden());
    QCOMPARE(row("context:gone")->action()->text(), u"Show why"_s);
    QVERIFY(popup()->isVisible());
    row("context:gone")->action()->click();
    QVERIFY(popup()->isVisible());
    QVERIFY(m_opened.isEmpty());
    const auto why = [this] {
        QStringList said;
        for (const QLabel *label : popup()->findChildren<QLabel *>()) {
            if (label->isVisible()) {
                said << label->text();
            }
        }
        return said.join(u'\n');
    };
    QTRY_VERIFY2(why().contains(u"socket"_s), qPrintable(why()));
    row("context:gone")->action()->click();
    QTRY_VERIFY(!why().contains(u"socket"_s));
}

void TestEngineSwitcher::anEngineIsAddedAsAContext()
{
    popup()->findChild<QAbstractButton *>(u"addEngine"_s)->click();
    QTRY_VERIFY(field<QLineEdit>("engineName") != nullptr);
    QTest::keyClicks(field<QLineEdit>("engineName"), u"build-host"_s);
    QTest::keyClicks(field<QLineEdit>("engineHost"), u"ssh://me@build-host"_s);
    QTest::keyClicks(field<QLineEdit>("engineDescription"), u"the fast one"_s);
    auto *dialog = m_window->findChild<EngineDialog *>();
    QCOMPARE(dialog->command(), u"docker context create --description 'the fast one' --docker "
                                u"host=ssh://me@build-host build-host"_s);
    QVERIFY(field<QLineEdit>("engineAuthority")->isHidden() ||
            !field<QLineEdit>("engineAuthority")->isVisible());
    dialog->verbButton()->click();
    QTRY_VERIFY(m_window->findChild<EngineDialog *>() == nullptr);
    const auto made = context::ContextStore(folder()).read("build-host");
    QVERIFY(made.has_value());
    QCOMPARE(made->host, "ssh://me@build-host");
    QCOMPARE(made->description, "the fast one");
    QTRY_VERIFY(m_directory->find("context:build-host") != nullptr);
}

void TestEngineSwitcher::whatIsWrongWithANewOneIsSaid()
{
    popup()->findChild<QAbstractButton *>(u"addEngine"_s)->click();
    QTRY_VERIFY(field<QLineEdit>("engineName") != nullptr);
    auto *dialog = m_window->findChild<EngineDialog *>();
    const auto said = [dialog] {
        QStringList all;
        for (const QLabel *label : dialog->findChildren<QLabel *>()) {
            if (label->isVisible()) {
                all << label->text();
            }
        }
        return all.join(u'\n');
    };
    dialog->verbButton()->click();
    QVERIFY(said().contains(u"A name has two or more letters"_s));
    field<QLineEdit>("engineName")->setText(u"alpha"_s);
    field<QLineEdit>("engineHost")->setText(u"ssh://me:secret@host"_s);
    QVERIFY(said().contains(u"without a password"_s));
    QVERIFY(dialog->command().isEmpty());
    field<QLineEdit>("engineHost")->setText(u"tcp://host:2376"_s);
    QTRY_VERIFY(field<QLineEdit>("engineKey")->isVisible());
    field<QLineEdit>("engineKey")->setText(u"/a/key.pem"_s);
    QVERIFY(said().contains(u"belong together"_s));
    field<QLineEdit>("engineKey")->clear();
    dialog->verbButton()->click();
    QTRY_VERIFY(said().contains(u"There is a context of that name already"_s));
    QVERIFY(dialog->isVisible());
    QCOMPARE(context::ContextStore(folder()).read("alpha")->host, "unix://" + socket("near"));
    dialog->reject();
}

void TestEngineSwitcher::anEngineIsTriedBeforeItIsKept()
{
    popup()->findChild<QAbstractButton *>(u"addEngine"_s)->click();
    QTRY_VERIFY(field<QLineEdit>("engineName") != nullptr);
    QVERIFY(!field<QAbstractButton>("engineTest")->isEnabled());
    field<QLineEdit>("engineHost")->setText(u"unix://"_s + QString::fromStdString(socket("near")));
    field<QAbstractButton>("engineTest")->click();
    QTRY_VERIFY(field<QLabel>("engineTestResult")->text().contains(u"Docker 26.1.5 answers in"_s));
    field<QLineEdit>("engineHost")->setText(u"tcp://127.0.0.1:1"_s);
    QVERIFY(!field<QLabel>("engineTestResult")->isVisible());
    field<QAbstractButton>("engineTest")->click();
    QTRY_VERIFY(field<QLabel>("engineTestResult")->text().contains(u"127.0.0.1"_s) ||
                field<QLabel>("engineTestResult")->text().contains(u"refused"_s));
    QVERIFY(!context::ContextStore(folder()).exists("near"));
    m_window->findChild<EngineDialog *>()->reject();
}

void TestEngineSwitcher::anEngineIsChangedAndRemoved()
{
    pickFromMenu("context:gone", "engineEdit");
    QTRY_VERIFY(field<QLineEdit>("engineHost") != nullptr);
    QVERIFY(field<QLineEdit>("engineName")->isReadOnly());
    field<QLineEdit>("engineHost")->setText(u"unix://"_s + QString::fromStdString(socket("near")));
    m_window->findChild<EngineDialog *>()->verbButton()->click();
    QTRY_COMPARE(context::ContextStore(folder()).read("gone")->host, "unix://" + socket("near"));
    QTRY_VERIFY(m_window->findChild<EngineDialog *>() == nullptr);
    QTRY_COMPARE(m_directory->find("context:gone")->look.reach, service::Reach::Reachable);

    openSwitcher();
    pickFromMenu("context:gone", "engineRemove");
    QTRY_VERIFY(m_window->findChild<ConfirmDialog *>() != nullptr);
    auto *question = m_window->findChild<ConfirmDialog *>();
    QCOMPARE(question->command(), u"docker context rm gone"_s);
    QVERIFY(context::ContextStore(folder()).exists("gone"));
    question->verbButton()->click();
    QTRY_VERIFY(m_directory->find("context:gone") == nullptr);
    QVERIFY(!context::ContextStore(folder()).exists("gone"));
}

void TestEngineSwitcher::aStoppedEngineLeadsToAnother()
{
    popup()->close();
    m_engine->become(embedded::State::Stopped, service::Link::Unreachable);
    auto *another = find<QPushButton>("engineStateSecondary");
    QTRY_VERIFY(another->isVisible());
    QCOMPARE(another->text(), u"Use another engine"_s);
    another->click();
    QTRY_VERIFY(popup()->isVisible());
    // One that is on its way needs a moment, not a replacement.
    m_engine->become(embedded::State::Starting, service::Link::Unreachable);
    QVERIFY(another->isHidden());
}

void TestEngineSwitcher::itIsChosenOnceAPersonHasLeftTheOther()
{
    m_isHeld = true;
    m_choice->choose("context:alpha", false);
    QVERIFY(m_opened.isEmpty());
    QCOMPARE(m_choice->current(), std::string(EngineChoice::embeddedId));
    m_goOn();
    QCOMPARE(m_opened, QStringList{u"context:alpha"_s});
    QCOMPARE(m_choice->current(), std::string("context:alpha"));
    m_goOn = {};
    m_choice->choose("context:alpha", false);
    QVERIFY2(!m_goOn, "it is that already");
}

} // namespace tst_engine_switcher

ROADSTEAD_WIDGET_TEST(tst_engine_switcher::TestEngineSwitcher)
#include "tst_engine_switcher.moc"
