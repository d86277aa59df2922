// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/wizards/pull/search_list.h"

#include "ui/text/display_text.h"
#include "ui/text/formats.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/label.h"
#include "ui/wizards/pull/pull_controller.h"

#include <QListWidget>
#include <QVBoxLayout>

namespace roadstead::ui {

namespace {

constexpr int resultsHeight = 264;
constexpr int nameRole = Qt::UserRole;

QString resultText(const docker::SearchResult &result)
{
    QStringList parts{displayText(result.name, 80)};
    if (result.official) {
        parts.append(SearchList::tr("official"));
    }
    parts.append(SearchList::tr("%1 stars").arg(numberText(result.stars)));
    const QString about = displayText(QString::fromStdString(result.description).simplified(), 120);
    const QString head = parts.join(QStringLiteral("  ·  "));
    return about.isEmpty() ? head : head + u'\n' + about;
}

} // namespace

SearchList::SearchList(PullController *controller, QWidget *parent)
    : QWidget(parent)
    , m_controller(controller)
    , m_note(new Label({}, FontRole::Small, Color::Text3))
    , m_list(new QListWidget)
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space::s1);
    m_note->setObjectName(QStringLiteral("searchNote"));
    m_note->setWordWrap(true);
    column->addWidget(m_note);
    m_list->setObjectName(QStringLiteral("searchResults"));
    m_list->setAccessibleName(tr("Found at Docker Hub"));
    m_list->setWordWrap(false);
    m_list->setTextElideMode(Qt::ElideRight);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setMinimumHeight(scaled(resultsHeight));
    column->addWidget(m_list);
    const auto choose = [this](const QListWidgetItem *item) {
        Q_EMIT chosen(item->data(nameRole).toString());
    };
    connect(m_list, &QListWidget::itemClicked, this, choose);
    connect(m_list, &QListWidget::itemActivated, this, choose);
    connect(controller, &PullController::searchChanged, this, &SearchList::refresh);
    refresh();
}

void SearchList::refresh()
{
    m_list->clear();
    for (const docker::SearchResult &result : m_controller->found()) {
        auto *item = new QListWidgetItem(resultText(result), m_list);
        item->setData(nameRole, QString::fromStdString(result.name));
    }
    m_list->setVisible(!m_controller->found().empty());
    const QString &problem = m_controller->searchProblem();
    m_note->setText(m_controller->searched().isEmpty()
                        ? tr("Type a name, and what Docker Hub has under it shows here.")
                    : m_controller->isSearching() ? tr("Searching Docker Hub")
                    : !problem.isEmpty()
                        ? tr("Docker Hub could not be searched: %1 A name can be pulled all the "
                             "same.")
                              .arg(problem)
                    : m_controller->found().empty() ? tr("Docker Hub has nothing of that name.")
                                                    : tr("At Docker Hub:"));
}

} // namespace roadstead::ui
