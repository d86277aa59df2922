// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/dialogs/remove_images_dialog.h"

#include "ui/text/formats.h"
#include "ui/widgets/label.h"

#include <QCheckBox>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace roadstead::ui {

namespace {

using Way = DoomedImage::Way;

/// More are summed up in one line, so that the question stays on screen.
constexpr qsizetype mostImageLines = 6;

QString imagesQuestion(const QList<DoomedImage> &images)
{
    return images.size() == 1
               ? RemoveImagesDialog::tr("Remove %1?").arg(images.front().name)
               : RemoveImagesDialog::tr("Remove %n images?", nullptr, int(images.size()));
}

QStringList usersOf(const QList<DoomedImage> &images, Way way)
{
    QStringList users;
    for (const DoomedImage &image : images) {
        if (image.way == way) {
            users.append(image.users);
        }
    }
    return users;
}

} // namespace

RemoveImagesDialog::RemoveImagesDialog(const QList<DoomedImage> &images,
                                       std::function<QString(bool)> commandFor, QWidget *parent)
    : ConfirmDialog(QStringLiteral("removeImages"), imagesQuestion(images), parent)
    , m_images(images)
    , m_commandFor(std::move(commandFor))
{
    setText(explanation());
    addLosses();
    const QStringList stopped = usersOf(images, Way::Forced);
    if (!stopped.isEmpty()) {
        auto *note = new Label(tr("Stopped containers are made from it: %1. Without their image "
                                  "they still start, but nothing new can be made from it.")
                                   .arg(stopped.join(QStringLiteral(", "))),
                               FontRole::Small, Color::Warn);
        note->setObjectName(QStringLiteral("stoppedNote"));
        note->setWordWrap(true);
        body()->addWidget(note);
        m_force = addOption(QStringLiteral("removeForced"), tr("Remove it all the same"));
        connect(m_force, &QCheckBox::toggled, this, &RemoveImagesDialog::refresh);
    }
    const bool hasFree = std::ranges::contains(images, Way::Free, &DoomedImage::way);
    if (hasFree || m_force != nullptr) {
        setStays(tr("every container, and the layers that other images need"));
    }
    setVerb(images.size() == 1 ? tr("Remove") : tr("Remove %n images", nullptr, int(images.size())),
            ButtonKind::DangerSolid);
    refresh();
}

/// What stands in the way, and how to go on.
QString RemoveImagesDialog::explanation() const
{
    const QStringList running = usersOf(m_images, Way::Blocked);
    if (running.isEmpty()) {
        return tr("A registry may still have it; what was built here only is lost.");
    }
    const QString users = running.join(QStringLiteral(", "));
    if (m_images.size() == 1) {
        return tr("Running containers are made from it: %1. Stop and remove them, then remove the "
                  "image.")
            .arg(users);
    }
    QStringList names;
    for (const DoomedImage &image : m_images) {
        if (image.way == Way::Blocked) {
            names.append(image.name);
        }
    }
    return tr("%1 stays: running containers are made from it (%2). Stop and remove them first.")
        .arg(names.join(QStringLiteral(", ")), users);
}

void RemoveImagesDialog::addLosses()
{
    QList<const DoomedImage *> going;
    for (const DoomedImage &image : std::as_const(m_images)) {
        if (image.way != Way::Blocked) {
            going.append(&image);
        }
    }
    const qsizetype shown = going.size() <= mostImageLines ? going.size() : mostImageLines - 1;
    for (const DoomedImage *image : going.first(shown)) {
        QWidget *line = addLost(QStringLiteral("image"), image->name,
                                image->size >= 0 ? diskSizeText(image->size) : QString());
        if (image->way == Way::Forced) {
            m_forcedLines.append(line);
        }
    }
    if (shown < going.size()) {
        addLost(QStringLiteral("image"), tr("%n more", nullptr, int(going.size() - shown)));
    }
}

bool RemoveImagesDialog::insists() const
{
    return m_force != nullptr && m_force->isChecked();
}

std::set<std::string> RemoveImagesDialog::going() const
{
    std::set<std::string> ids;
    for (const DoomedImage &image : m_images) {
        if (image.way == Way::Free || (image.way == Way::Forced && insists())) {
            ids.insert(image.id);
        }
    }
    return ids;
}

std::set<std::string> RemoveImagesDialog::forced() const
{
    std::set<std::string> ids;
    for (const DoomedImage &image : m_images) {
        if (image.way == Way::Forced && insists()) {
            ids.insert(image.id);
        }
    }
    return ids;
}

void RemoveImagesDialog::refresh()
{
    for (QWidget *line : std::as_const(m_forcedLines)) {
        line->setEnabled(insists());
    }
    const auto count = int(going().size());
    setVerbEnabled(count > 0);
    if (m_images.size() > 1 && count > 0) {
        setVerb(tr("Remove %n images", nullptr, count), ButtonKind::DangerSolid);
    }
    setCommand(count > 0 ? m_commandFor(insists()) : QString());
}

} // namespace roadstead::ui
