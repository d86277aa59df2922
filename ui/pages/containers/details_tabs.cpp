// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pages/containers/details_tabs.h"

#include "ui/pages/containers/tab/details_tab.h"
#include "ui/widgets/tab_bar.h"

#include <QStackedLayout>

#include <utility>

namespace roadstead::ui {

DetailsTabs::DetailsTabs(TabBar *bar, QStackedLayout *stack, QWidget *before)
    : m_bar(bar)
    , m_stack(stack)
    , m_before(before)
{
}

int DetailsTabs::add(const QString &title, Maker maker)
{
    m_parts.push_back({std::move(maker)});
    return m_bar->addTab(title);
}

DetailsTab *DetailsTabs::part(int number)
{
    Part &part = m_parts.at(std::size_t(number));
    if (part.content == nullptr) {
        part.content = part.maker(m_stack->parentWidget());
        m_stack->addWidget(part.content);
        placeAmongKeys(part.content);
        if (m_row) {
            part.content->setContainer(*m_row);
        }
    }
    return part.content;
}

DetailsTab *DetailsTabs::chosen() const
{
    const int number = m_bar->currentIndex();
    return number < 0 ? nullptr : m_parts.at(std::size_t(number)).content;
}

void DetailsTabs::showChosen()
{
    m_stack->setCurrentWidget(part(m_bar->currentIndex()));
}

/// A new widget is the last one of the window to the Tab key; this one comes after its tab.
void DetailsTabs::placeAmongKeys(const QWidget *content)
{
    std::vector<QWidget *> inside;
    for (QWidget *one = content->nextInFocusChain(); one != content;
         one = one->nextInFocusChain()) {
        if (content->isAncestorOf(one) && (one->focusPolicy() & Qt::TabFocus) != 0) {
            inside.push_back(one);
        }
    }
    QWidget *before = m_before;
    for (QWidget *one : inside) {
        QWidget::setTabOrder(before, one);
        before = one;
    }
}

void DetailsTabs::setContainer(const ContainerRowPointer &row)
{
    m_row = row;
    tellEach([&row](DetailsTab *part) { part->setContainer(*row); });
}

void DetailsTabs::clear()
{
    m_row.reset();
    tellEach([](DetailsTab *part) {
        part->setShown(false);
        part->clear();
    });
}

void DetailsTabs::setGone()
{
    tellEach([](DetailsTab *part) { part->setGone(); });
}

void DetailsTabs::setShown(bool shown)
{
    tellEach([this, shown](DetailsTab *part) {
        part->setShown(shown && m_stack->currentWidget() == part);
    });
}

} // namespace roadstead::ui
