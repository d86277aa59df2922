// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/dialogs/free_images_dialog.h"

#include "ui/text/formats.h"
#include "ui/theme/metrics.h"
#include "ui/theme/theme.h"

#include <QHeaderView>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace roadstead::ui {

namespace {

constexpr int listHeight = 264;
constexpr int freeDialogWidth = 560;
constexpr int placeRole = Qt::UserRole;

} // namespace

FreeImagesDialog::FreeImagesDialog(
    const QList<FreeableImage> &images,
    std::function<QString(const std::vector<std::string> &)> commandFor, QWidget *parent)
    : Dialog(QStringLiteral("freeImagesDialog"), tr("Free disk space"), parent)
    , m_images(images)
    , m_commandFor(std::move(commandFor))
    , m_list(new QTreeWidget)
{
    setText(tr("Nothing is deleted until you press the button. Exactly what is checked goes."));
    setLeastWidth(scaled(freeDialogWidth));
    m_list->setObjectName(QStringLiteral("freeableImages"));
    m_list->setAccessibleName(tr("Images that can go"));
    m_list->setColumnCount(3);
    m_list->setHeaderHidden(true);
    m_list->setUniformRowHeights(true);
    m_list->setSelectionMode(QAbstractItemView::SingleSelection);
    m_list->setMinimumHeight(scaled(listHeight));
    m_list->header()->setStretchLastSection(false);
    m_list->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    m_list->header()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
    m_list->header()->setSectionResizeMode(2, QHeaderView::ResizeToContents);
    addGroup(tr("Untagged, left by rebuilds and newer pulls"), true);
    addGroup(tr("Unused, with a tag"), false);
    m_list->expandAll();
    body()->addWidget(m_list);
    connect(m_list, &QTreeWidget::itemChanged, this, &FreeImagesDialog::refresh);
    refresh();
}

QTreeWidgetItem *FreeImagesDialog::addGroup(const QString &title, bool untagged)
{
    if (!std::ranges::contains(m_images, untagged, &FreeableImage::isUntagged)) {
        return nullptr;
    }
    auto *group = new QTreeWidgetItem(m_list, {title});
    group->setFlags(Qt::ItemIsEnabled | Qt::ItemIsUserCheckable | Qt::ItemIsAutoTristate);
    group->setFont(0, ui::font(FontRole::Small, QFont::DemiBold));
    for (qsizetype i = 0; i < m_images.size(); ++i) {
        const FreeableImage &image = m_images[i];
        if (image.isUntagged != untagged) {
            continue;
        }
        auto *item =
            new QTreeWidgetItem(group, {image.name, image.reason, diskSizeText(image.size)});
        item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
        item->setCheckState(0, untagged ? Qt::Checked : Qt::Unchecked);
        item->setTextAlignment(2, Qt::AlignRight | Qt::AlignVCenter);
        const auto tone = [item] { item->setForeground(1, color(Color::Text3)); };
        tone();
        connect(&Theme::instance(), &Theme::changed, m_list, tone);
        item->setData(0, placeRole, int(i));
    }
    return group;
}

std::vector<std::string> FreeImagesDialog::chosen() const
{
    std::vector<std::string> ids;
    for (int group = 0; group < m_list->topLevelItemCount(); ++group) {
        const QTreeWidgetItem *parent = m_list->topLevelItem(group);
        for (int i = 0; i < parent->childCount(); ++i) {
            if (parent->child(i)->checkState(0) == Qt::Checked) {
                ids.push_back(m_images[parent->child(i)->data(0, placeRole).toInt()].id);
            }
        }
    }
    return ids;
}

void FreeImagesDialog::refresh()
{
    const std::vector<std::string> ids = chosen();
    std::int64_t sum = 0;
    bool isKnown = true;
    for (const FreeableImage &image : std::as_const(m_images)) {
        if (std::ranges::contains(ids, image.id)) {
            isKnown = isKnown && image.size >= 0;
            sum += image.size;
        }
    }
    setVerbEnabled(!ids.empty());
    setVerb(ids.empty() || !isKnown ? tr("Remove %n images", nullptr, int(ids.size()))
                                    : tr("Free %1").arg(diskSizeText(sum)),
            ButtonKind::DangerSolid);
    setCommand(ids.empty() ? QString() : m_commandFor(ids));
}

} // namespace roadstead::ui
