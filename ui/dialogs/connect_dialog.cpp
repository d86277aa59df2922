// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/dialogs/connect_dialog.h"

#include "engine/docker/command.h"
#include "engine/reference/address.h"
#include "ui/text/display_text.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/label.h"

#include <QComboBox>
#include <QFormLayout>
#include <QLineEdit>
#include <QVBoxLayout>

#include <utility>

namespace roadstead::ui {

ConnectDialog::ConnectDialog(const docker::Target &container, std::vector<docker::Network> networks,
                             QWidget *parent)
    : Dialog(QStringLiteral("connectNetwork"),
             tr("Connect %1 to a network").arg(displayText(container.display, 80)), parent)
    , m_container(container)
    , m_networks(std::move(networks))
    , m_network(new QComboBox(this))
    , m_alias(new QLineEdit(this))
    , m_address(new QLineEdit(this))
{
    setText(tr("It stays in the networks in which it is. Containers of the new one reach it by its "
               "name, and by the further name if there is one."));
    m_network->setObjectName(QStringLiteral("connectTo"));
    for (const docker::Network &network : m_networks) {
        m_network->addItem(displayText(network.name));
    }
    m_alias->setObjectName(QStringLiteral("connectAlias"));
    m_alias->setPlaceholderText(tr("none"));
    m_address->setObjectName(QStringLiteral("connectAddress"));
    m_address->setPlaceholderText(tr("the engine chooses one"));
    auto *form = new QFormLayout;
    form->setSpacing(space::s2);
    const auto add = [this, form](const QString &text, QWidget *field) {
        auto *label = new Label(text, FontRole::Body, Color::Text2, this);
        label->setBuddy(field);
        field->setAccessibleName(text);
        form->addRow(label, field);
    };
    add(tr("Network"), m_network);
    add(tr("Further name"), m_alias);
    add(tr("Address"), m_address);
    body()->addLayout(form);
    setVerb(tr("Connect"));
    connect(m_network, &QComboBox::currentIndexChanged, this, &ConnectDialog::refresh);
    connect(m_alias, &QLineEdit::textChanged, this, &ConnectDialog::refresh);
    connect(m_address, &QLineEdit::textChanged, this, &ConnectDialog::refresh);
    m_network->setFocus(Qt::OtherFocusReason);
    refresh();
}

docker::ConnectNetwork ConnectDialog::command() const
{
    docker::ConnectNetwork wanted;
    const docker::Network &network = m_networks.at(std::size_t(m_network->currentIndex()));
    wanted.network = {network.id, network.name};
    wanted.container = m_container;
    const QString address = m_address->text().trimmed();
    const bool isSix = address.contains(u':');
    (isSix ? wanted.ipv6Address : wanted.ipAddress) = address.toStdString();
    if (const QString alias = m_alias->text().trimmed(); !alias.isEmpty()) {
        wanted.aliases.push_back(alias.toStdString());
    }
    return wanted;
}

QString ConnectDialog::problem() const
{
    const QString address = m_address->text().trimmed();
    if (m_alias->text().trimmed().contains(u' ')) {
        return tr("A further name has no blanks.");
    }
    if (!address.isEmpty() && !reference::isIpAddress(address.toStdString())) {
        return tr("%1 is no address. Write it as 172.20.0.10 or fd00::10.")
            .arg(displayText(address, 60));
    }
    return {};
}

void ConnectDialog::refresh()
{
    const QString wrong = problem();
    setProblem(m_tried ? wrong : QString());
    setCommand(wrong.isEmpty() ? QString::fromStdString(docker::commandLine(
                                     docker::arguments(docker::Command(command()))))
                               : QString());
}

void ConnectDialog::accept()
{
    m_tried = true;
    refresh();
    if (problem().isEmpty()) {
        Dialog::accept();
    }
}

} // namespace roadstead::ui
