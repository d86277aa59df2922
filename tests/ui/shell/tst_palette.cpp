// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/test_program/test_program.h"
#include "tests/ui/shell/window_test.h"
#include "ui/shell/palette.h"

#include <QAbstractItemModelTester>
#include <QListView>

namespace tst_palette {

using namespace Qt::StringLiterals;
using namespace roadstead;
using namespace roadstead::ui;
using embedded::State;
using service::Link;

/// The command palette over the window.
class TestPalette : public WindowTest
{
    Q_OBJECT

private Q_SLOTS:
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

} // namespace tst_palette

ROADSTEAD_WIDGET_TEST(tst_palette::TestPalette)
#include "tst_palette.moc"
