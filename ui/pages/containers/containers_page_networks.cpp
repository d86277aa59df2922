// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

// How ContainersPage connects a container to networks.

#include "ui/dialogs/connect_dialog.h"
#include "ui/pages/containers/containers_page.h"
#include "ui/text/display_text.h"
#include "ui/widgets/toast.h"
#include "ui/wizards/run/run_engine.h"

#include <QStackedWidget>

#include <algorithm>

namespace roadstead::ui {

namespace {

/// Nobody can be connected to these: they are no networks of containers.
bool isOfTheHost(const docker::Network &network)
{
    return network.driver == "host" || network.driver == "null";
}

} // namespace

void ContainersPage::askNetwork(const std::string &id)
{
    const ContainerRowPointer row = m_controller.containers()->find(id);
    if (!row || m_runEngine == nullptr) {
        return;
    }
    m_runEngine->networks().then(
        this, [this, row](const Result<std::vector<docker::Network>> &all) {
            if (!all) {
                showFailure(row->rawName, all.error());
                return;
            }
            std::vector<docker::Network> others;
            std::ranges::copy_if(*all, std::back_inserter(others), [&row](const auto &network) {
                return !isOfTheHost(network) && !std::ranges::contains(row->networks, network.name);
            });
            if (others.empty()) {
                if (m_toasts != nullptr) {
                    ToastContent content;
                    content.title = tr("%1 is in every network").arg(row->name);
                    content.text = tr("There is no other to connect it to.");
                    m_toasts->show(content);
                }
                return;
            }
            std::ranges::sort(others, {}, &docker::Network::name);
            auto *dialog = new ConnectDialog({row->id, row->rawName}, std::move(others), widget());
            connect(dialog, &QDialog::accepted, this,
                    [this, dialog, row] { runOnce(dialog->command(), row->rawName); });
            dialog->open();
        });
}

/// Runs at once: connecting again brings it back.
void ContainersPage::disconnectFrom(const std::string &id, const std::string &network)
{
    if (const ContainerRowPointer row = m_controller.containers()->find(id)) {
        docker::DisconnectNetwork command;
        command.network = {network, network};
        command.container = {row->id, row->rawName};
        runOnce(command, row->rawName);
    }
}

/// What has no mark in the list while it runs; the list tells what came of it.
void ContainersPage::runOnce(const docker::Command &command, const std::string &name)
{
    m_controller.engine()->run(command).then(this, [this, name](const Result<std::string> &result) {
        if (!result && result.error().kind != ErrorKind::Cancelled) {
            showFailure(name, result.error());
        }
        if (isInDetails()) {
            refresh();
        }
    });
}

} // namespace roadstead::ui
