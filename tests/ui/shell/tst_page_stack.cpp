// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/test_program/test_program.h"
#include "ui/shell/page_stack.h"

#include <QLabel>
#include <QTest>
#include <QVBoxLayout>

namespace roadstead::ui {

/// Counts how often it is asked for its height.
class AskedLabel : public QLabel
{
public:
    mutable int asked = 0;

    explicit AskedLabel(QWidget *parent = nullptr)
        : QLabel(QStringLiteral("words that are broken into lines"), parent)
    {
        setWordWrap(true);
    }
    [[nodiscard]] int heightForWidth(int width) const override
    {
        ++asked;
        return QLabel::heightForWidth(width);
    }
};

class PageStackTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void hiddenPagesAreNotAskedWhenTheWindowChanges()
    {
        QWidget window;
        auto *column = new QVBoxLayout(&window);
        auto *stack = new PageStack;
        auto *note = new QLabel(QStringLiteral("beside the pages"));
        column->addWidget(stack, 1);
        column->addWidget(note);
        QWidget shown;
        QWidget hidden;
        auto *inShown = new AskedLabel;
        auto *inHidden = new AskedLabel;
        (new QVBoxLayout(&shown))->addWidget(inShown);
        (new QVBoxLayout(&hidden))->addWidget(inHidden);
        stack->addWidget(&shown);
        stack->addWidget(&hidden);
        window.resize(400, 300);
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        inHidden->asked = 0;

        note->hide();
        window.resize(500, 300);
        QTRY_VERIFY(stack->width() > 450 && stack->height() > 260); // what is free is the pages'
        note->show();
        window.resize(300, 300);
        QTRY_VERIFY(stack->width() < 300 && stack->height() < 290);
        QCOMPARE(inHidden->asked, 0);
        QVERIFY(inShown->asked > 0);
        stack->removeWidget(&shown);
        stack->removeWidget(&hidden);
        shown.setParent(nullptr);
        hidden.setParent(nullptr);
    }
};

} // namespace roadstead::ui

ROADSTEAD_WIDGET_TEST(roadstead::ui::PageStackTest)
#include "tst_page_stack.moc"
