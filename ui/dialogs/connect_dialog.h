// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/docker/network.h"
#include "ui/widgets/dialog.h"

class QComboBox;
class QLineEdit;

namespace roadstead::ui {

/// Asks to which network a container is connected, and under which name and address there.
class ConnectDialog : public Dialog
{
    Q_OBJECT
public:
    /// `networks`: those that can be chosen, at least one.
    ConnectDialog(const docker::Target &container, std::vector<docker::Network> networks,
                  QWidget *parent);

    [[nodiscard]] docker::ConnectNetwork command() const;
    void accept() override;

private:
    [[nodiscard]] QString problem() const;
    void refresh();

    docker::Target m_container;
    std::vector<docker::Network> m_networks;
    QComboBox *m_network;
    QLineEdit *m_alias;
    QLineEdit *m_address;
    bool m_tried = false; ///< the verb was pressed: from now on problems are said while typing
};

} // namespace roadstead::ui
