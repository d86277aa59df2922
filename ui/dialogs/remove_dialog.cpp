// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/dialogs/remove_dialog.h"

#include "ui/text/formats.h"
#include "ui/widgets/button.h"
#include "ui/widgets/label.h"

#include <QCheckBox>

#include <algorithm>

namespace roadstead::ui {

namespace {

/// More are summed up in one line, so that the question stays on screen.
constexpr qsizetype mostLines = 6;

QString questionFor(const QList<DoomedContainer> &containers)
{
    return containers.size() == 1
               ? RemoveDialog::tr("Remove %1?").arg(containers.front().name)
               : RemoveDialog::tr("Remove %n containers?", nullptr, int(containers.size()));
}

} // namespace

RemoveDialog::RemoveDialog(const QList<DoomedContainer> &containers,
                           std::function<QString(bool)> commandFor, QWidget *parent)
    : ConfirmDialog(QStringLiteral("removeContainers"), questionFor(containers), parent)
    , m_volumes(nullptr)
    , m_note(new Label({}, FontRole::Small, Color::Text2))
    , m_containers(containers)
{
    const auto alive = int(std::ranges::count_if(containers, &DoomedContainer::alive));
    const int count = int(containers.size());
    QString what = tr("What is below is deleted and cannot be restored.");
    if (alive > 0) {
        what = (count == 1 ? tr("It is running and is killed first.")
                           : tr("%n of them run and are killed first.", nullptr, alive)) +
               u' ' + what;
    }
    setText(what);
    addLosses();
    setStays(count == 1
                 ? tr("its image, its named volumes and every folder of this computer it uses")
                 : tr("their images, named volumes and every folder of this computer they use"));
    m_volumes = addOption(QStringLiteral("removeVolumes"),
                          count == 1 ? tr("Delete its anonymous volumes too")
                                     : tr("Delete their anonymous volumes too"));
    setVerb(count == 1 ? tr("Remove") : tr("Remove %n containers", nullptr, count),
            ButtonKind::DangerSolid);
    m_note->setObjectName(QStringLiteral("volumesNote"));
    body()->addWidget(m_note);
    requireTyping(count == 1 ? containers.front().typed : QString::number(count));
    const auto refresh = [this, commandFor] {
        setCommand(commandFor(m_volumes->isChecked()));
        showVolumes();
    };
    connect(m_volumes, &QCheckBox::toggled, this, refresh);
    refresh();
}

void RemoveDialog::addLosses()
{
    const qsizetype count = m_containers.size();
    const qsizetype shown = count <= mostLines ? count : mostLines - 1;
    for (qsizetype i = 0; i < shown; ++i) {
        m_losses.append(addLost(QStringLiteral("container"),
                                tr("Changes inside %1").arg(m_containers[i].name),
                                m_containers[i].alive ? tr("running") : QString()));
    }
    if (shown < count) {
        m_losses.append(addLost(QStringLiteral("container"),
                                tr("Changes inside %n more", nullptr, int(count - shown))));
    }
}

void RemoveDialog::setSizes(const QList<qint64> &bytes)
{
    const bool hasRest = m_losses.size() < m_containers.size();
    const qsizetype single = m_losses.size() - (hasRest ? 1 : 0);
    qint64 rest = 0;
    bool isRestKnown = true;
    for (qsizetype i = 0; i < bytes.size() && i < m_containers.size(); ++i) {
        if (i >= single) {
            isRestKnown = isRestKnown && bytes[i] >= 0;
            rest += bytes[i];
        } else if (bytes[i] >= 0) {
            const QString size = diskSizeText(bytes[i]);
            setAmount(m_losses[i],
                      m_containers[i].alive ? tr("running, %1", "size").arg(size) : size);
        }
    }
    if (hasRest && isRestKnown && bytes.size() == m_containers.size()) {
        setAmount(m_losses.last(), diskSizeText(rest));
    }
}

void RemoveDialog::showVolumes()
{
    const bool wanted = m_volumes->isChecked();
    if (wanted && m_known == Volumes::NotAsked) {
        m_known = Volumes::Asked;
        Q_EMIT volumesWanted();
    }
    for (QWidget *line : m_lines) {
        line->setVisible(wanted);
    }
    setTypingRequired(wanted && m_known == Volumes::Known);
    setVerbEnabled(!wanted || m_known == Volumes::None);
    m_note->setVisible(wanted && m_known != Volumes::Known);
    m_note->setText(m_known == Volumes::None ? tr("There are no anonymous volumes to delete.")
                                             : tr("Looking for anonymous volumes"));
    adjustSize();
}

void RemoveDialog::setVolumes(const QStringList &volumes, int unknown)
{
    const qsizetype shown = volumes.size() <= mostLines ? volumes.size() : mostLines - 1;
    for (const QString &volume : volumes.first(shown)) {
        m_lines.append(addLost(QStringLiteral("volume"), volume));
    }
    if (shown < volumes.size()) {
        m_lines.append(addLost(QStringLiteral("volume"),
                               tr("%n more volumes", nullptr, int(volumes.size() - shown))));
    }
    if (unknown > 0) {
        m_lines.append(addLost(QStringLiteral("volume"),
                               tr("Anonymous volumes of %n containers that could not be looked at",
                                  nullptr, unknown)));
    }
    m_known = m_lines.isEmpty() ? Volumes::None : Volumes::Known;
    showVolumes();
}

bool RemoveDialog::removesVolumes() const
{
    return m_volumes->isChecked();
}

} // namespace roadstead::ui
