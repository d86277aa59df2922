// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/container_group.h"

#include <QString>

#include <functional>
#include <vector>

class QStackedLayout;
class QWidget;

namespace roadstead::ui {

class DetailsTab;
class TabBar;

/// The parts of a container's details below a bar of tabs. Each is made when it is first looked at:
/// all at once would hold up the window when the page is first opened.
class DetailsTabs
{
public:
    using Maker = std::function<DetailsTab *(QWidget *parent)>;

    /// All must outlive this. The keyboard goes from `before` to what is in a tab.
    DetailsTabs(TabBar *bar, QStackedLayout *stack, QWidget *before);

    /// To the right of those that are there. Returns its number.
    int add(const QString &title, Maker maker);
    /// Made if it was not yet, but not shown.
    DetailsTab *part(int number);
    /// The one whose tab is chosen; null while it was never looked at.
    [[nodiscard]] DetailsTab *chosen() const;
    void showChosen();

    /// What each is told, and those that are made later.
    void setContainer(const ContainerRowPointer &row); ///< not null
    void clear();
    void setGone();
    /// Whether the one that is on top of the stack is on screen; the others are not.
    void setShown(bool shown);

private:
    struct Part
    {
        Maker maker;
        DetailsTab *content = nullptr;
    };

    void placeAmongKeys(const QWidget *content);
    template<typename Told>
    void tellEach(Told told)
    {
        for (const Part &part : m_parts) {
            if (part.content != nullptr) {
                told(part.content);
            }
        }
    }

    TabBar *m_bar;
    QStackedLayout *m_stack;
    QWidget *m_before;
    std::vector<Part> m_parts;
    ContainerRowPointer m_row; ///< null = none
};

} // namespace roadstead::ui
