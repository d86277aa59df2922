// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pages/containers/state_announcer.h"

#include "ui/models/container_text.h"
#include "ui/models/containers_model.h"
#include "ui/widgets/announce.h"

#include <QWidget>

#include <algorithm>
#include <chrono>

namespace roadstead::ui {

namespace {
constexpr std::chrono::milliseconds gatherTime{250};
constexpr qsizetype mostNamed = 3;
} // namespace

StateAnnouncer::StateAnnouncer(const ContainersModel *containers, QWidget *place)
    : QObject(place)
    , m_containers(containers)
    , m_place(place)
{
    m_soon.setSingleShot(true);
    m_soon.setInterval(gatherTime);
    connect(&m_soon, &QTimer::timeout, this, &StateAnnouncer::say);
    connect(containers, &SnapshotModelBase::snapshotApplied, this, &StateAnnouncer::takeList);
}

void StateAnnouncer::takeList()
{
    if (!m_place->isVisible()) {
        m_primed = false;
        m_known.clear();
        return;
    }
    ContainerRows now; // a row keeps its state: the old ones tell what was
    now.reserve(m_containers->size());
    auto before = m_known.begin();
    const auto goneUntil = [&](std::string_view id) {
        for (; before != m_known.end() && (*before)->id < id; ++before) {
            m_gone.append((*before)->name);
        }
    };
    for (std::size_t i = 0; i < m_containers->size(); ++i) {
        const ContainerRowPointer row = m_containers->rowAt(i);
        goneUntil(row->id);
        const bool known = before != m_known.end() && (*before)->id == row->id;
        const bool same = known && (*before == row || (*before)->mark() == row->mark());
        before += known ? 1 : 0;
        if (m_primed && !same && !std::ranges::contains(m_changed, row->id)) {
            m_changed.push_back(row->id);
        }
        now.push_back(row);
    }
    goneUntil("~"); // behind every hexadecimal digit
    m_known = std::move(now);
    m_primed = true;
    if (!m_soon.isActive() && !(m_changed.empty() && m_gone.isEmpty())) {
        m_soon.start();
    }
}

QString StateAnnouncer::sentence() const
{
    QStringList parts;
    for (const std::string &id : m_changed) {
        if (const ContainerRowPointer row = m_containers->find(id)) {
            parts.append(
                tr("%1, %2", "name, state").arg(row->name, containerStateText(*row).toLower()));
        }
    }
    for (const QString &name : m_gone) {
        parts.append(tr("%1, removed").arg(name));
    }
    const qsizetype more = parts.size() - mostNamed;
    if (more > 0) {
        parts.resize(mostNamed);
        parts.append(tr("%n more changed", nullptr, int(more)));
    }
    return parts.join(QStringLiteral("; "));
}

void StateAnnouncer::say()
{
    const QString words = sentence();
    m_changed.clear();
    m_gone.clear();
    if (!words.isEmpty() && m_place->isVisible()) {
        announce(m_place, words);
    }
}

} // namespace roadstead::ui
