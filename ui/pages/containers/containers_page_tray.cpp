// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What ContainersPage puts into the tray's menu: Compose projects.

#include "ui/pages/containers/container_actions.h"
#include "ui/pages/containers/containers_page.h"
#include "ui/text/display_text.h"
#include "ui/text/formats.h"

#include <algorithm>
#include <map>

namespace roadstead::ui {

namespace {

constexpr std::size_t mostProjects = 10;
constexpr std::size_t mostPorts = 6;

/// The ports of `rows` that a browser can open now, each address once, lowest first.
std::vector<PortLink> openPorts(const ContainerRows &rows)
{
    std::map<std::pair<int, QString>, PortLink> ports;
    for (const ContainerRowPointer &row : rows) {
        if (row->isRunning()) {
            for (const PortLink &link : row->ports) {
                if (link.tcp) {
                    ports.emplace(std::pair(int(link.port), link.host), link);
                }
            }
        }
    }
    std::vector<PortLink> first;
    for (const auto &[key, link] : ports) {
        if (first.size() < mostPorts) {
            first.push_back(link);
        }
    }
    return first;
}

} // namespace

/// Projects with something running come first: there is more to do about them.
QList<TrayEntry> ContainersPage::trayEntries() const
{
    std::map<std::string, ContainerRows> projects;
    const ContainersModel *containers = m_controller.containers();
    for (std::size_t i = 0; i < containers->size(); ++i) {
        const ContainerRowPointer row = containers->rowAt(i);
        if (!row->rawProject.empty()) {
            projects[row->rawProject].push_back(row);
        }
    }
    const auto running = [](const ContainerRows &rows) {
        return std::ranges::count_if(rows, [](const auto &row) { return row->isRunning(); });
    };
    std::vector<const ContainerRows *> order;
    for (const auto &[name, rows] : projects) {
        order.push_back(&rows);
    }
    std::ranges::stable_partition(order,
                                  [&running](const auto *rows) { return running(*rows) > 0; });
    order.resize(std::min(order.size(), mostProjects));

    auto *self = const_cast<ContainersPage *>(this); // what is offered can be done
    QList<TrayEntry> entries;
    for (const ContainerRows *rows : order) {
        const QString &project = rows->front()->project;
        TrayEntry entry;
        entry.name = QStringLiteral("trayProject_") + project;
        entry.text =
            tr("%1, %2 of %3 running")
                .arg(project, numberText(running(*rows)), numberText(qint64(rows->size())));
        entry.iconName = QStringLiteral("project");
        std::vector<std::string> ids;
        std::ranges::transform(*rows, std::back_inserter(ids),
                               [](const auto &row) { return row->id; });
        for (const ContainerAction action :
             {ContainerAction::Start, ContainerAction::Stop, ContainerAction::Restart}) {
            const QString command = hintFor(action, *rows);
            if (!command.isEmpty() && !m_controller.isStale()) {
                entry.deeds.append({actionIdentifier(action), actionLabel(action),
                                    actionIcon(action), command,
                                    [self, action, ids] { self->perform(action, ids); }});
            }
        }
        for (const PortLink &link : openPorts(*rows)) {
            entry.deeds.append({QStringLiteral("open%1").arg(link.port),
                                tr("Open port %1").arg(link.port),
                                QStringLiteral("box-arrow-up-right"),
                                {},
                                [self, link] { self->openPort(link); }});
        }
        entries.append(entry);
    }
    return entries;
}

} // namespace roadstead::ui
