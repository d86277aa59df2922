// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/ui/shell/fake_engine_view.h"
#include "tests/ui/shell/sample_page.h"
#include "ui/shell/main_window.h"
#include "ui/shell/palette.h"
#include "ui/theme/theme.h"
#include "ui/widgets/label.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QListView>
#include <QSettings>
#include <QStandardPaths>
#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;
using namespace roadstead;
using namespace roadstead::ui;
using embedded::State;
using service::Link;

/// The command palette over the window.
class TestPalette : public QObject
{
    Q_OBJECT

    std::unique_ptr<FakeEngineView> m_engine;
    std::unique_ptr<SamplePage> m_page;
    std::unique_ptr<MainWindow> m_window;

    template<typename T>
    T *find(const char *name) const
    {
        return m_window->findChild<T *>(QString::fromLatin1(name));
    }
    QString shownCommand() const { return find<ElidedLabel>("commandLine")->fullText(); }
    QString shownLabel() const { return find<QLabel>("commandLabel")->text(); }
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = {}) const
    {
        QWidget *target = m_window->focusWidget();
        QTest::keyClick(target != nullptr ? target : m_window.get(), key, modifiers);
    }

private Q_SLOTS:
    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        QApplication::setQuitOnLastWindowClosed(false);
        Theme::instance().install(*qApp);
        Theme::instance().setReducedMotion(true);
        Theme::instance().setTextScale(1);
    }

    void init()
    {
        QSettings().clear();
        m_engine = std::make_unique<FakeEngineView>();
        m_page = std::make_unique<SamplePage>();
        m_window = std::make_unique<MainWindow>(m_engine.get());
        m_window->addPage(m_page.get());
        m_window->show();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    }

    void cleanup()
    {
        m_window.reset();
        m_page.reset();
        m_engine.reset();
        qApp->setLayoutDirection(Qt::LeftToRight);
    }

    void thePaletteShowsTheIconsOfActions()
    {
        CommandPalette *palette = m_window->findChild<CommandPalette *>();
        palette->open(u"keyboard shortcuts"_s);
        const auto *model =
            qobject_cast<PaletteModel *>(palette->findChild<QListView *>()->model());
        QStringList icons;
        for (int row = 0; row < model->rowCount(); ++row) {
            icons << (model->itemAt(row) != nullptr ? model->itemAt(row)->iconName : QString());
        }
        QVERIFY2(icons.contains(u"keyboard"_s), qPrintable(icons.join(u' ')));
    }

    void thePaletteOpensByKeyFindsAndRuns()
    {
        press(Qt::Key_K, Qt::ControlModifier);
        auto *palette = m_window->findChild<CommandPalette *>();
        QVERIFY(palette->isOpen());
        auto *field = find<QLineEdit>("paletteField");
        QCOMPARE(m_window->focusWidget(), field);
        QTest::keyClicks(field, u"stop sel"_s);
        // The command of the current line stands in the command bar before anything runs.
        QCOMPARE(shownLabel(), u"Will run"_s);
        QCOMPARE(shownCommand(), u"docker stop web"_s);
        QTest::keyClick(field, Qt::Key_Return);
        QCOMPARE(m_page->stops, 1);
        QVERIFY(!palette->isOpen());
    }

    void thePaletteFindsObjectsOfThePageAndClosesByEscape()
    {
        press(Qt::Key_P, Qt::ControlModifier | Qt::ShiftModifier);
        auto *palette = m_window->findChild<CommandPalette *>();
        auto *field = find<QLineEdit>("paletteField");
        QTest::keyClicks(field, u"api"_s);
        auto *list = find<QListView>("paletteList");
        QCOMPARE(list->currentIndex().data().toString(), u"shopfront-api-1"_s);
        field->setText(u"no such thing"_s);
        QVERIFY(!list->isVisible());
        QTest::keyClick(field, Qt::Key_Escape);
        QVERIFY(!palette->isOpen());
    }

    void nothingUnderThePaletteHearsKeys()
    {
        press(Qt::Key_K, Qt::ControlModifier);
        auto *palette = m_window->findChild<CommandPalette *>();
        QVERIFY(palette->isOpen());
        auto *field = find<QLineEdit>("paletteField");
        for (const auto key : {Qt::Key_F6, Qt::Key_F9, Qt::Key_F5}) {
            press(key);
        }
        press(Qt::Key_F, Qt::ControlModifier);
        press(Qt::Key_1, Qt::ControlModifier);
        QVERIFY(palette->isOpen());
        QVERIFY(field->hasFocus());
        QCOMPARE(m_engine->looks, 0);
        press(Qt::Key_Escape);
        QVERIFY(!palette->isOpen());
    }

    void paletteModelKeepsTheModelRules()
    {
        PaletteModel model;
        QAbstractItemModelTester tester(&model,
                                        QAbstractItemModelTester::FailureReportingMode::QtTest);
        PaletteItem a;
        a.group = u"A"_s;
        a.text = u"Restart shopfront"_s;
        PaletteItem b = a;
        b.group = u"B"_s;
        b.text = u"shopfront restart"_s;
        model.setItems({a, b}, {});
        QCOMPARE(model.rowCount(), 4);
        model.setItems({a, b}, u"restart"_s);
        QCOMPARE(model.titleAt(0), u"Best match"_s);
        QCOMPARE(model.itemAt(1)->text, u"Restart shopfront"_s); // a start beats a middle
        model.setItems({}, u"x"_s);
        QCOMPARE(model.rowCount(), 0);
    }

    void matchingWantsEveryWordAndPrefersBeginnings()
    {
        QCOMPARE(matchScore(u"restart api"_s, u"Restart shopfront-web-1"_s), 0);
        QCOMPARE_GT(matchScore(u"restart api"_s, u"Restart shopfront-api-1"_s), 0);
        QCOMPARE_GT(matchScore(u"api"_s, u"api-gateway"_s), matchScore(u"api"_s, u"my-api"_s));
        QCOMPARE_GT(matchScore(u"api"_s, u"my-api"_s), matchScore(u"api"_s, u"rapid"_s));
    }
};

QTEST_MAIN(TestPalette)
#include "tst_palette.moc"
