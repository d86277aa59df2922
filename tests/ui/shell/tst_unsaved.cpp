// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/test_program/test_program.h"
#include "tests/ui/shell/window_test.h"
#include "tests/ui/support/pictures.h"
#include "ui/shell/loss_question.h"
#include "ui/widgets/button.h"
#include "ui/widgets/dialog.h"

#include <QLineEdit>
#include <QSignalSpy>

namespace tst_unsaved {

using namespace roadstead::ui;
using namespace Qt::StringLiterals;

/// What is not saved, when the program ends or another engine is shown.
class TestUnsaved : public WindowTest
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { WindowTest::initTestCase(); }
    void init()
    {
        WindowTest::init();
        m_quit = std::make_unique<QSignalSpy>(m_window.get(), &MainWindow::quitRequested);
        m_saved = {};
        m_saves = true;
    }
    void cleanup() { WindowTest::cleanup(); }

    void whereAllIsSavedNothingIsAsked()
    {
        m_window->quit();
        QVERIFY(dialog() == nullptr);
        QCOMPARE(m_quit->count(), 1);
        QVERIFY(!m_window->isVisible());
    }

    void cancelKeepsTheProgramAndTheWords()
    {
        m_page->losses = {loss("Changes to nginx.conf in web", true),
                          loss("What is filled in to run a container", false)};
        m_window->quit();
        QVERIFY(dialog() != nullptr);
        QCOMPARE(dialog()->focusWidget(), static_cast<QWidget *>(dialog()->cancelButton()));
        QStringList lines;
        for (const QLabel *label : dialog()->findChildren<QLabel *>()) {
            const auto *elided = qobject_cast<const ElidedLabel *>(label);
            lines.append(elided != nullptr ? elided->fullText() : label->text());
        }
        QVERIFY2(lines.contains(u"Changes to nginx.conf in web"_s), qPrintable(lines.join(u'|')));
        QVERIFY(lines.contains(u"What is filled in to run a container"_s));
        roadstead::test::keepPictures(*dialog(), u"unsaved"_s);
        dialog()->cancelButton()->click();
        settle();
        QCOMPARE(m_quit->count(), 0);
        QVERIFY(m_window->isVisible());
        QVERIFY(m_saved.isEmpty());
    }

    void discardEndsIt()
    {
        m_page->losses = {loss("one", true)};
        m_window->quit();
        dialog()->verbButton()->click();
        QTRY_COMPARE(m_quit->count(), 1);
        QVERIFY(m_saved.isEmpty());
    }

    void saveSavesAndEndsIt()
    {
        m_page->losses = {loss("one", true), loss("two", true)};
        m_window->quit();
        save()->click();
        QTRY_COMPARE(m_quit->count(), 1);
        QCOMPARE(m_saved, (QStringList{u"one"_s, u"two"_s}));
    }

    void whatCannotBeSavedIsAskedAboutAgain()
    {
        m_page->losses = {loss("one", true), loss("form", false)};
        m_window->quit();
        save()->click();
        QTRY_VERIFY(dialog() != nullptr && save() == nullptr);
        QCOMPARE(m_saved, QStringList{u"one"_s});
        QCOMPARE(m_quit->count(), 0);
        dialog()->verbButton()->click();
        QTRY_COMPARE(m_quit->count(), 1);
    }

    void whereSavingFailsItStays()
    {
        m_page->losses = {loss("one", true)};
        m_saves = false;
        m_window->quit();
        save()->click();
        settle();
        QVERIFY(dialog() == nullptr);
        QCOMPARE(m_quit->count(), 0);
        QCOMPARE(m_page->losses.size(), 1);
    }

    void closingTheWindowAsksWhereItEndsTheProgram()
    {
        QSettings().setValue(u"window/closeAsked"_s, true);
        m_page->losses = {loss("one", false)};
        m_window->close();
        QVERIFY(m_window->isVisible());
        QVERIFY(dialog() != nullptr);
        QVERIFY(save() == nullptr);
        m_window->close(); // once more, in impatience
        QCOMPARE(dialogs().size(), 1);
        dialog()->verbButton()->click();
        QTRY_COMPARE(m_quit->count(), 1);
        QTRY_VERIFY(!m_window->isVisible());
    }

    void aWindowInTheTrayComesOutToAsk()
    {
        m_window->setTrayPresent(true);
        m_page->losses = {loss("one", false)};
        m_window->close();
        QVERIFY2(!m_window->isVisible() && dialog() == nullptr, "nothing is lost in the tray");
        m_window->quit();
        QVERIFY(m_window->isVisible());
        QVERIFY(dialog() != nullptr);
        dialog()->cancelButton()->click();
        settle();
        m_window->close();
        QVERIFY2(!m_window->isVisible(), "it still hides there");
    }

    void theDesktopsLogoutIsStoppedForTheQuestion()
    {
        QVERIFY(m_window->endSession(true));
        QVERIFY(dialog() == nullptr);
        m_page->losses = {loss("one", false)};
        QVERIFY(!m_window->endSession(true));
        QVERIFY(dialog() != nullptr);
        QCOMPARE(m_page->kept, 0);
        dialog()->verbButton()->click();
        QTRY_COMPARE(m_quit->count(), 1);
    }

    /// A session manager waits until every program has ended.
    void aWindowThatIsToEndNeitherHidesNorAsks_data()
    {
        QTest::addColumn<bool>("hasTray");
        QTest::newRow("with a tray") << true;
        QTest::newRow("without one") << false;
    }
    void aWindowThatIsToEndNeitherHidesNorAsks()
    {
        QFETCH(const bool, hasTray);
        m_window->setTrayPresent(hasTray);
        m_page->losses = {loss("one", false)};
        m_window->prepareToEnd();
        QVERIFY2(m_window->close(), "it refused");
        QVERIFY(dialog() == nullptr);
    }

    void whereNobodyMayBeAskedPagesKeepDrafts()
    {
        QVERIFY(m_window->endSession(false));
        QCOMPARE(m_page->kept, 0);
        m_page->losses = {loss("one", false)};
        QVERIFY(m_window->endSession(false));
        QVERIFY(dialog() == nullptr);
        QCOMPARE(m_page->kept, 1);
    }

    void whatIsTypedInADialogIsAskedAbout()
    {
        auto *open = new Dialog(u"sample"_s, u"Name the ship"_s, m_window.get());
        auto *field = new QLineEdit(u"Dory"_s);
        open->body()->addWidget(field);
        open->open();
        QVERIFY2(m_window->endSession(true), "it only offers something");
        QTest::keyClicks(field, "7");
        m_window->quit();
        QVERIFY(dialog() != nullptr);
        dialog()->cancelButton()->click();
        settle();
        QVERIFY2(open->isVisible() && field->text() == u"Dory7"_s, "it is still there");
        open->reject();
        QVERIFY(m_window->endSession(true));
    }

    void anotherEngineIsAskedAboutInItsOwnWords()
    {
        int left = 0;
        m_window->leave(Leaving::Engine, [&left] { ++left; });
        QCOMPARE(left, 1);
        m_page->losses = {loss("one", false)};
        m_window->leave(Leaving::Engine, [&left] { ++left; });
        QCOMPARE(left, 1);
        QCOMPARE(dialog()->verbButton()->text(), u"Discard and switch"_s);
        dialog()->verbButton()->click();
        QTRY_COMPARE(left, 2);
        QCOMPARE(m_quit->count(), 0);
    }

private:
    static void settle()
    {
        for (int i = 0; i < 5; ++i) {
            QCoreApplication::processEvents();
            QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        }
    }
    Unsaved loss(const char *text, bool canSave)
    {
        const QString name = QString::fromLatin1(text);
        Unsaved loss{u"file-earmark"_s, name, {}};
        if (canSave) {
            loss.save = [this, name](const std::function<void(bool)> &done) {
                if (m_saves) {
                    m_saved.append(name);
                    m_page->losses.removeIf(
                        [&name](const Unsaved &each) { return each.text == name; });
                }
                done(m_saves);
            };
        }
        return loss;
    }
    [[nodiscard]] QList<Dialog *> dialogs() const
    {
        QList<Dialog *> open;
        for (auto *each : m_window->findChildren<Dialog *>(u"unsavedDialog"_s)) {
            if (each->isVisible()) {
                open.append(each);
            }
        }
        return open;
    }
    [[nodiscard]] Dialog *dialog() const { return dialogs().value(0); }
    [[nodiscard]] QAbstractButton *save() const
    {
        return dialog() != nullptr ? dialog()->findChild<QAbstractButton *>(u"unsavedSave"_s)
                                   : nullptr;
    }

    std::unique_ptr<QSignalSpy> m_quit;
    QStringList m_saved;
    bool m_saves = true;
};

} // namespace tst_unsaved

ROADSTEAD_WIDGET_TEST(tst_unsaved::TestUnsaved)
#include "tst_unsaved.moc"
