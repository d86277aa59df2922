// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/test_program/test_program.h"
#include "ui/theme/theme.h"
#include "ui/widgets/button.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/dialog.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/label.h"
#include "ui/widgets/progress.h"
#include "ui/widgets/search_field.h"
#include "ui/widgets/toast.h"

#include <QAction>
#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTest>

namespace tst_widgets {

using namespace Qt::StringLiterals;
using namespace roadstead::ui;

class TestWidgets : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        Theme::instance().install(*qApp);
        Theme::instance().setReducedMotion(true);
        Theme::instance().setTextScale(1);
    }

    void theIconOfAButtonFollowsItsKind()
    {
        const auto painted = [](Button &button) {
            return button.icon().pixmap(QSize(16, 16)).toImage();
        };
        Button normal(u"normal"_s, u"Edit"_s);
        normal.setIconName(u"pencil"_s);
        Button changed(u"changed"_s, u"Edit"_s, ButtonKind::Primary);
        changed.setIconName(u"pencil"_s);
        QVERIFY(painted(changed) != painted(normal));
        changed.setLook(ButtonKind::Normal);
        QCOMPARE(painted(changed), painted(normal));
    }

    void buttonsShowAmpersandsAndHaveTheDesignsHeights()
    {
        Button button(u"b"_s, u"Fish & chips"_s);
        QCOMPARE(button.text(), u"Fish && chips"_s);
        QCOMPARE(button.accessibleName(), u"Fish & chips"_s);
        QCOMPARE(button.sizeHint().height(), 28);
        button.setLook(ButtonKind::Normal, ButtonSize::Small);
        QCOMPARE(button.sizeHint().height(), 24);
        button.setLook(ButtonKind::Primary, ButtonSize::TopBar);
        QCOMPARE(button.sizeHint().height(), 30);
    }

    void aButtonFollowsItsAction()
    {
        QAction action(u"Stop"_s);
        Button button(u"b"_s, {});
        button.follow(&action);
        action.setEnabled(false);
        action.setText(u"Halt"_s);
        QVERIFY(!button.isEnabled());
        QCOMPARE(button.text(), u"Halt"_s);
        action.setEnabled(true);
        QSignalSpy triggered(&action, &QAction::triggered);
        button.click();
        QCOMPARE(triggered.count(), 1);
    }

    void chipsAreASingleChoiceAndReadWithTheirCount()
    {
        ChipGroup group(u"g"_s, u"State"_s);
        Chip *all = group.addChip(0, u"all"_s, u"All"_s);
        Chip *running = group.addChip(1, u"running"_s, u"Running"_s, StateMark::Running);
        all->setCount(19);
        QCOMPARE(all->accessibleName(), u"All, 19"_s);
        group.choose(0);
        QSignalSpy chosen(&group, &ChipGroup::chosenChanged);
        running->click();
        QCOMPARE(group.chosen(), 1);
        QVERIFY(!all->isChecked());
        QCOMPARE(chosen.count(), 1);
        QCOMPARE(running->sizeHint().height(), 24);
    }

    void aSearchFieldSettlesAfterAPauseAndClearsByEscape()
    {
        SearchField field(u"f"_s, u"Filter"_s);
        QSignalSpy settled(&field, &SearchField::settled);
        QTest::keyClicks(&field, u"web"_s);
        QCOMPARE(settled.count(), 0);
        QVERIFY(settled.wait(1000));
        QCOMPARE(settled.count(), 1);
        QCOMPARE(settled.first().first().toString(), u"web"_s);
        QTest::keyClick(&field, Qt::Key_Escape);
        QCOMPARE(settled.count(), 2);
        QVERIFY(field.text().isEmpty());
    }

    void labelsNeverReadMarkup()
    {
        Label label(u"<b>bold</b>"_s);
        QCOMPARE(label.textFormat(), Qt::PlainText);
        QCOMPARE(label.text(), u"<b>bold</b>"_s);
        ElidedLabel elided(u"a very long name that does not fit"_s);
        elided.resize(60, 20);
        QVERIFY(elided.isElided());
        QCOMPARE(elided.accessibleName(), u"a very long name that does not fit"_s);
    }

    void aSpinnerShowsNothingForThreeHundredMilliseconds()
    {
        Spinner spinner(u"Reading"_s);
        spinner.show();
        spinner.start();
        auto *ring = spinner.findChild<ProgressRing *>();
        QVERIFY(!ring->isVisible());
        QTRY_VERIFY_WITH_TIMEOUT(ring->isVisible(), 2000);
        spinner.stop();
        QVERIFY(!ring->isVisible());
    }

    void aConfirmationStartsOnCancelAndWantsTheNameTyped()
    {
        QWidget window;
        window.show();
        auto *dialog = new ConfirmDialog(u"remove"_s, u"Remove web?"_s, &window);
        dialog->setVerb(u"Remove"_s, ButtonKind::DangerSolid);
        dialog->open();
        QCOMPARE(dialog->focusWidget(), dialog->cancelButton());
        QVERIFY(!dialog->verbButton()->isDefault());
        dialog->close();

        dialog = new ConfirmDialog(u"remove"_s, u"Remove web?"_s, &window);
        dialog->setVerb(u"Remove"_s, ButtonKind::DangerSolid);
        dialog->requireTyping(u"web"_s);
        dialog->open();
        auto *field = dialog->findChild<QLineEdit *>(u"confirmName"_s);
        QCOMPARE(dialog->focusWidget(), field);
        QVERIFY(!dialog->verbButton()->isEnabled());
        QTest::keyClicks(field, u"web"_s);
        QVERIFY(dialog->verbButton()->isEnabled());
        QSignalSpy accepted(dialog, &QDialog::accepted);
        dialog->verbButton()->click();
        QCOMPARE(accepted.count(), 1);
    }

    void aDialogThatIsOpenTakesTheNewColours()
    {
        QWidget window;
        window.resize(600, 400);
        window.show();
        Dialog dialog(u"open"_s, u"Remove web?"_s, &window);
        dialog.setAttribute(Qt::WA_DeleteOnClose, false);
        auto *field = new QLineEdit;
        dialog.body()->addWidget(field);
        dialog.open();
        for (const Appearance appearance :
             {Appearance::Dark, Appearance::Light, Appearance::Dark, Appearance::Light}) {
            Theme::instance().setAppearance(appearance);
            const QImage image = dialog.grab().toImage();
            QCOMPARE(image.pixelColor(3, 3), color(Color::BgRaised));
            QCOMPARE(
                dialog.findChild<QLabel *>(u"dialogTitle"_s)->palette().color(QPalette::WindowText),
                color(Color::Text));
            QCOMPARE(field->palette().color(QPalette::Base), color(Color::BgSurface));
        }
    }

    void undoAndExpiryAreEachCalledOnceAndNeverBoth()
    {
        QWidget window;
        window.resize(800, 600);
        window.show();
        ToastHost host(&window);
        int undone = 0;
        int done = 0;
        Toast *toast = host.showUndo(u"Removing web"_s, {}, [&] { ++undone; }, [&] { ++done; });
        toast->findChild<QPushButton *>(u"toastUndo"_s)->click();
        host.expireAll();
        QCOMPARE(undone, 1);
        QCOMPARE(done, 0);
        toast = host.showUndo(u"Removing web"_s, {}, [&] { ++undone; }, [&] { ++done; });
        toast->expireNow();
        toast->expireNow();
        QCOMPARE(undone, 1);
        QCOMPARE(done, 1);
    }

    void whatCanBeUndoneIsNotPushedOut()
    {
        QWidget window;
        window.resize(800, 600);
        window.show();
        ToastHost host(&window);
        int done = 0;
        for (int i = 0; i < 4; ++i) {
            host.show({ToastKind::Error, u"Could not stop %1"_s.arg(i), {}, {}, {}});
        }
        QCOMPARE(host.toasts().size(), 3);
        for (int i = 0; i < 3; ++i) {
            host.showUndo(u"Removing %1"_s.arg(i), {}, {}, [&] { ++done; });
        }
        QCOMPARE(host.toasts().size(), 3);
        host.show({ToastKind::Done, u"Removed"_s, {}, {}, {}});
        QCOMPARE(done, 0);
        QCOMPARE(host.toasts().size(), 4);
        for (Toast *toast : host.toasts()) {
            QVERIFY(window.rect().contains(toast->geometry().adjusted(24, 24, -24, -24)));
            // What it says lies inside its surface.
            auto *title = toast->findChild<QLabel *>(u"toastTitle"_s);
            QVERIFY(toast->surfaceRect().contains(title->geometry()));
        }
    }

    void aToastLeavesTheButtonsOfAFooterFree()
    {
        QWidget window;
        window.resize(1280, 800);
        window.show();
        ToastHost host(&window);
        const Toast *toast = host.show({ToastKind::Error, u"Could not stop web"_s, {}, {}, {}});
        const int free = toast->geometry().bottom();
        auto *footer = new QWidget(&window);
        footer->setGeometry(0, 718, 1280, 52);
        footer->show();
        ToastHost::stayAbove(footer);
        QTRY_VERIFY(toast->mapTo(&window, toast->surfaceRect().bottomLeft()).y() < 718);
        footer->hide();
        ToastHost::stayAbove(footer);
        QTRY_COMPARE(toast->geometry().bottom(), free);
    }

    void nothingInAToastIsClipped()
    {
        QWidget window;
        window.resize(800, 600);
        window.show();
        ToastHost host(&window);
        Toast *toast = host.show(
            {ToastKind::Error,
             u"Could not restart the engine"_s,
             u"An administrator's permission was not given. Try again and confirm the prompt, or ask your administrator."_s,
             {{u"toastCopy"_s, u"Copy"_s, {}, {}, false}},
             QString(u"line\n"_s).repeated(500)});
        for (const auto *name : {"toastTitle", "toastText"}) {
            const auto *label = toast->findChild<QLabel *>(QLatin1StringView(name));
            QVERIFY(label->height() >= label->heightForWidth(label->width()));
            QVERIFY(toast->surfaceRect().contains(label->geometry()));
        }
        toast->findChild<QPushButton *>(u"toastCopy"_s)->click();
        QCOMPARE(host.toasts().size(), 1); // what was copied is still to be read
        toast->findChild<QPushButton *>(u"toastShowDetails"_s)->click();
        QVERIFY(window.rect().contains(toast->geometry().adjusted(24, 24, -24, -24)));
    }

    void hostileToastTextIsLiteral()
    {
        QWidget window;
        window.show();
        ToastHost host(&window);
        Toast *toast =
            host.show({ToastKind::Error, u"<h1>x</h1>"_s, u"<a href='x'>y</a>"_s, {}, {}});
        QCOMPARE(toast->findChild<QLabel *>(u"toastText"_s)->textFormat(), Qt::PlainText);
        QCOMPARE(toast->findChild<QLabel *>(u"toastTitle"_s)->text(), u"<h1>x</h1>"_s);
    }

    void anEmptyStateIsCentred()
    {
        EmptyState empty(u"empty"_s);
        empty.setPicture();
        empty.setTexts(u"No containers yet"_s, u"Run an image."_s);
        empty.setPrimary(u"Run container"_s);
        empty.resize(1000, 600);
        empty.show();
        QTest::qWait(1);
        for (QWidget *part :
             {static_cast<QWidget *>(empty.findChild<StateIcon *>()),
              static_cast<QWidget *>(empty.findChild<QLabel *>()),
              static_cast<QWidget *>(empty.findChild<QPushButton *>(u"emptyPrimary"_s))}) {
            const int middle = part->mapTo(&empty, part->rect().center()).x();
            QVERIFY2(std::abs(middle - 500) <= 3, qPrintable(QString::number(middle)));
        }
    }
};

} // namespace tst_widgets

ROADSTEAD_WIDGET_TEST(tst_widgets::TestWidgets)
#include "tst_widgets.moc"
