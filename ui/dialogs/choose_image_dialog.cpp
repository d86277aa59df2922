// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/dialogs/choose_image_dialog.h"

#include "ui/theme/metrics.h"
#include "ui/widgets/button.h"
#include "ui/widgets/search_field.h"

#include <QListView>
#include <QSortFilterProxyModel>
#include <QStringListModel>
#include <QVBoxLayout>

namespace roadstead::ui {

namespace {
constexpr int imageListHeight = 240;
} // namespace

ChooseImageDialog::ChooseImageDialog(const QString &question, const QString &text,
                                     const QStringList &names, const QString &verb, QWidget *parent)
    : Dialog(QStringLiteral("chooseImage"), question, parent)
    , m_search(new SearchField(QStringLiteral("chooseImageSearch"), tr("Filter images")))
    , m_list(new QListView)
    , m_found(new QSortFilterProxyModel(this))
{
    setText(text);
    m_found->setSourceModel(new QStringListModel(names, this));
    m_found->setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_list->setObjectName(QStringLiteral("chooseImageList"));
    m_list->setAccessibleName(tr("Images"));
    m_list->setModel(m_found);
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->setUniformItemSizes(true);
    m_list->setMinimumHeight(scaled(imageListHeight));
    body()->addWidget(m_search);
    body()->addWidget(m_list);
    setVerb(verb);
    connect(m_search, &QLineEdit::textChanged, this, [this](const QString &typed) {
        m_found->setFilterFixedString(typed);
        chooseFirst();
    });
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this,
            [this] { setVerbEnabled(chosen() >= 0); });
    connect(m_list, &QAbstractItemView::doubleClicked, this, &QDialog::accept);
    chooseFirst();
    m_search->setFocus(Qt::OtherFocusReason);
}

void ChooseImageDialog::chooseFirst()
{
    m_list->setCurrentIndex(m_found->index(0, 0));
    setVerbEnabled(chosen() >= 0);
}

int ChooseImageDialog::chosen() const
{
    const QModelIndex index = m_list->currentIndex();
    return index.isValid() ? m_found->mapToSource(index).row() : -1;
}

} // namespace roadstead::ui
