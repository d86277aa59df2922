// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/wizards/run/port_rows.h"

#include "ui/theme/metrics.h"
#include "ui/wizards/run/field.h"
#include "ui/wizards/run/field_place.h"

#include <QHBoxLayout>

namespace roadstead::ui {

namespace {

constexpr int portWidth = 84;
constexpr int protocolWidth = 76;

/// "8080", or with an address of this computer before it: "127.0.0.1:8080".
class PortRow : public FormRow
{
public:
    PortRow()
        : FormRow(QStringLiteral("portRow"))
        , m_host(makeField({}, PortRows::tr("Port of this computer"), PortRows::tr("any")))
        , m_container(makeField({}, PortRows::tr("Port of the container"), QStringLiteral("80")))
        , m_protocol(makeChoice({}, PortRows::tr("Protocol")))
        , m_note(new PlaceNote({"publish", 0}, true))
    {
        for (const char *protocol : {"tcp", "udp", "sctp"}) {
            m_protocol->addItem(QString::fromLatin1(protocol).toUpper(),
                                QString::fromLatin1(protocol));
        }
        m_host->setFixedWidth(scaled(portWidth));
        m_container->setFixedWidth(scaled(portWidth));
        m_protocol->setFixedWidth(scaled(protocolWidth));
        m_host->setToolTip(
            PortRows::tr("A port, a range, or an address and a port: 127.0.0.1:8080"));
        fields()->addWidget(m_host);
        addArrow();
        fields()->addWidget(m_container);
        fields()->addWidget(m_protocol);
        fields()->addWidget(makeRemoveButton(PortRows::tr("Remove this port")));
        fields()->addWidget(m_note, 1);
        fields()->addStretch(0);
        connect(m_host, &QLineEdit::textEdited, this, &FormRow::edited);
        connect(m_container, &QLineEdit::textEdited, this, &FormRow::edited);
        connect(m_protocol, &QComboBox::activated, this, &FormRow::edited);
        connect(m_note, &PlaceNote::fixWanted, this, &FormRow::fixWanted);
    }

    void setNumber(int number) override
    {
        m_host->setObjectName(QStringLiteral("hostPort%1").arg(number));
        m_container->setObjectName(QStringLiteral("containerPort%1").arg(number));
        m_protocol->setObjectName(QStringLiteral("protocol%1").arg(number));
        for (QWidget *widget : QList<QWidget *>{m_host, m_note}) {
            setPlace(widget, {"publish", number});
        }
        setPlace(this, {"publish", number}); // what has none of its own
    }
    [[nodiscard]] QWidget *firstField() const override { return m_host; }

    void fill(const RunPort &port)
    {
        // As long as it says the same, it stays as it was typed.
        if (this->port() != port) {
            const bool isBare = port.address.contains(':');
            const std::string address = isBare ? "[" + port.address + "]" : port.address;
            setText(m_host, address.empty() ? port.hostPort : address + ":" + port.hostPort);
            setText(m_container, port.containerPort);
            int index = m_protocol->findData(QString::fromStdString(port.protocol));
            if (index < 0) {
                const QString other = QString::fromStdString(port.protocol);
                m_protocol->addItem(other, other);
                index = m_protocol->count() - 1;
            }
            m_protocol->setCurrentIndex(index);
        }
    }

    [[nodiscard]] RunPort port() const
    {
        RunPort port;
        const std::string host = textOf(m_host);
        const auto colon = host.rfind(':');
        port.hostPort = colon == std::string::npos ? host : host.substr(colon + 1);
        port.address = colon == std::string::npos ? std::string() : host.substr(0, colon);
        if (port.address.starts_with('[') && port.address.ends_with(']')) {
            port.address = port.address.substr(1, port.address.size() - 2);
        }
        port.containerPort = textOf(m_container);
        port.protocol = m_protocol->currentData().toString().toStdString();
        return port;
    }

private:
    QLineEdit *m_host;
    QLineEdit *m_container;
    QComboBox *m_protocol;
    PlaceNote *m_note;
};

} // namespace

PortRows::PortRows(QWidget *parent)
    : FormRows(QStringLiteral("port"), tr("Ports"), tr("This computer, then container"),
               tr("+ Add port"), parent)
{
}

FormRow *PortRows::makeRow()
{
    return new PortRow;
}

void PortRows::fill(const RunForm &form)
{
    setCount(int(form.ports.size()));
    for (int i = 0; i < count(); ++i) {
        static_cast<PortRow *>(row(i))->fill(form.ports[std::size_t(i)]);
    }
}

void PortRows::collect(RunForm &form) const
{
    form.ports.clear();
    for (int i = 0; i < count(); ++i) {
        form.ports.push_back(static_cast<const PortRow *>(row(i))->port());
    }
}

} // namespace roadstead::ui
