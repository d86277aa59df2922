// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/test_program/test_program.h"
#include "ui/widgets/tree_view.h"

#include <QAccessible>
#include <QStandardItemModel>
#include <QTest>

#include <functional>
#include <memory>

using namespace Qt::StringLiterals;

namespace roadstead::ui {

class CountingTree : public TreeView
{
public:
    int layouts = 0;
    void doItemsLayout() override
    {
        ++layouts;
        TreeView::doItemsLayout();
    }
};

using Change = std::function<void(QStandardItemModel &, TreeView &)>;

/// That no layout waits for a screen reader's question to make up for it. That its answers then
/// hold is seen in the tour, which reads every cell over the real bus: an offscreen window has no
/// screen reader.
class TreeViewTest : public QObject
{
    Q_OBJECT

    std::unique_ptr<QStandardItemModel> m_model;
    std::unique_ptr<CountingTree> m_view;

    void fill()
    {
        m_model->clear();
        for (int row = 0; row < 5; ++row) {
            auto *item = new QStandardItem(u"row %1"_s.arg(row));
            item->appendRow(new QStandardItem(u"child"_s));
            m_model->appendRow(item);
        }
    }
    void makeHiddenView()
    {
        m_model = std::make_unique<QStandardItemModel>();
        fill();
        m_view = std::make_unique<CountingTree>();
        m_view->setModel(m_model.get());
        m_view->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_view.get()));
        m_view->hide();
        settle();
    }
    void settle()
    {
        QCoreApplication::sendPostedEvents();
        m_view->layouts = 0;
    }

private Q_SLOTS:
    void init() { makeHiddenView(); }
    void cleanup()
    {
        QAccessible::setActive(false);
        m_view.reset();
        m_model.reset();
    }

    void aTreeThatIsListenedToIsLaidOutAtOnce_data()
    {
        QTest::addColumn<Change>("change");
        const auto add = [](const char *name, Change change) { QTest::newRow(name) << change; };
        add("insert", [](auto &model, auto &) { model.insertRow(0, new QStandardItem(u"new"_s)); });
        add("remove", [](auto &model, auto &) { model.removeRow(0); });
        add("sort", [](auto &model, auto &) { model.sort(0, Qt::DescendingOrder); });
        add("reset", [](auto &model, auto &) { model.clear(); });
        add("font", [](auto &, auto &view) { view.setFont(QFont(u"Inter"_s, 22)); });
    }
    void aTreeThatIsListenedToIsLaidOutAtOnce()
    {
        QFETCH(Change, change);
        QAccessible::setActive(true);
        settle();
        change(*m_model, *m_view);
        QVERIFY(m_view->layouts > 0);
    }

    void aHiddenTreeCostsNothingWhereNobodyListens()
    {
        m_model->insertRow(0, new QStandardItem(u"new"_s));
        QCoreApplication::sendPostedEvents();
        QCOMPARE(m_view->layouts, 0);
    }

    void whatWasPutOffIsDoneWhenAReaderComes()
    {
        m_model->insertRow(0, new QStandardItem(u"new"_s));
        QCOMPARE(m_view->layouts, 0);
        QAccessible::setActive(true);
        QVERIFY(m_view->layouts > 0);
    }

    void onlyTheModelOfTheViewCounts()
    {
        QStandardItemModel other;
        m_view->setModel(&other);
        QAccessible::setActive(true);
        settle();
        m_model->removeRow(0);
        QCOMPARE(m_view->layouts, 0);
        other.appendRow(new QStandardItem(u"new"_s));
        QVERIFY(m_view->layouts > 0);
        m_view->setModel(nullptr);
    }
};

} // namespace roadstead::ui

ROADSTEAD_WIDGET_TEST(roadstead::ui::TreeViewTest)
#include "tst_tree_view.moc"
