// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/wizards/run/network_rows.h"

#include "ui/theme/metrics.h"
#include "ui/widgets/button.h"
#include "ui/wizards/run/field.h"
#include "ui/wizards/run/field_place.h"
#include "ui/wizards/run/run_network.h"

#include <QCompleter>
#include <QHBoxLayout>
#include <QStringListModel>
#include <QVBoxLayout>

#include <array>
#include <string>
#include <vector>

namespace roadstead::ui {

namespace {

class NetworkRow : public FormRow
{
public:
    explicit NetworkRow(QStringListModel *networks)
        : FormRow(QStringLiteral("networkRow"))
        , m_note(new PlaceNote({"network", 0}))
    {
        m_fields = {
            {{&RunNetwork::target, "networkTarget",
              makeField({}, NetworkRows::tr("Network"), NetworkRows::tr("Network")), 3},
             {&RunNetwork::aliases, "networkAliases",
              makeField({}, NetworkRows::tr("Aliases"), NetworkRows::tr("Aliases")), 3},
             {&RunNetwork::ipv4Address, "networkIp",
              makeField({}, NetworkRows::tr("IPv4 address"), NetworkRows::tr("IPv4")), 2},
             {&RunNetwork::ipv6Address, "networkIp6",
              makeField({}, NetworkRows::tr("IPv6 address"), NetworkRows::tr("IPv6")), 2},
             {&RunNetwork::macAddress, "networkMac",
              makeField({}, NetworkRows::tr("MAC address"), NetworkRows::tr("MAC")), 3},
             {&RunNetwork::linkLocalAddresses, "networkLinkLocal",
              makeField({}, NetworkRows::tr("Link-local addresses"), NetworkRows::tr("Link-local")),
              3},
             {&RunNetwork::driverOptions, "networkDriver",
              makeField({}, NetworkRows::tr("Driver options"), NetworkRows::tr("Driver options")),
              3},
             {&RunNetwork::gatewayPriority, "networkPriority",
              makeField({}, NetworkRows::tr("Gateway priority"), NetworkRows::tr("Priority")), 2}}};
        auto *second = new QHBoxLayout;
        second->setSpacing(space::s2);
        second->setContentsMargins(space::s4, 0, 0, space::s1);
        constexpr std::size_t inFirstLine = 4;
        for (std::size_t i = 0; i < m_fields.size(); ++i) {
            (i < inFirstLine ? fields() : second)->addWidget(m_fields[i].edit, m_fields[i].stretch);
            connect(m_fields[i].edit, &QLineEdit::textEdited, this, &FormRow::edited);
        }
        fields()->addWidget(makeRemoveButton(NetworkRows::tr("Leave this network out")));
        column()->addLayout(second);
        column()->addWidget(m_note);
        auto *completer = new QCompleter(networks, this);
        completer->setFilterMode(Qt::MatchContains);
        completer->setCaseSensitivity(Qt::CaseInsensitive);
        target()->setCompleter(completer);
        connect(completer, qOverload<const QString &>(&QCompleter::activated), this,
                &NetworkRow::chosen, Qt::QueuedConnection);
        connect(m_note, &PlaceNote::fixWanted, this, &FormRow::fixWanted);
    }

    void setNumber(int number) override
    {
        for (const Field &field : m_fields) {
            field.edit->setObjectName(QLatin1StringView(field.name) + QString::number(number));
        }
        setPlace(target(), {"network", number});
        setPlace(m_note, {"network", number});
        setPlace(this, {"network", number});
        m_isFirst = number == 0;
        arrange();
    }
    [[nodiscard]] QWidget *firstField() const override { return target(); }
    /// Since it was filled, by a person.
    [[nodiscard]] bool isTargetEdited() const { return target()->isModified(); }

    /// Fields that mean that word already stay as they are typed: "a," is on its way to "a, b".
    void fill(const std::string &given)
    {
        const bool isShown = word() == given;
        m_word = given;
        const RunNetwork network = networkOf(given);
        for (const Field &field : m_fields) {
            if (!isShown) {
                setText(field.edit, network.*field.member);
            }
            field.edit->setModified(false);
        }
        arrange();
    }

    /// The word as it came, unless it says something else by now.
    [[nodiscard]] std::string word(const std::string *otherTarget = nullptr) const
    {
        RunNetwork network;
        for (const Field &field : m_fields) {
            network.*field.member = textOf(field.edit);
        }
        if (otherTarget != nullptr) {
            network.target = *otherTarget;
        }
        return network == networkOf(m_word) ? m_word : networkWord(network);
    }

private:
    struct Field
    {
        std::string RunNetwork::*member = nullptr;
        const char *name = "";
        QLineEdit *edit = nullptr;
        int stretch = 1;
    };

    [[nodiscard]] QLineEdit *target() const { return m_fields.front().edit; }
    /// Names and addresses of the first have options of their own, with fields elsewhere; here
    /// they are only where they were typed as one word.
    void arrange()
    {
        for (const Field &field : m_fields) {
            const bool isOnlyHere = field.member == &RunNetwork::target ||
                                    field.member == &RunNetwork::driverOptions ||
                                    field.member == &RunNetwork::gatewayPriority;
            field.edit->setVisible(!m_isFirst || isOnlyHere || !field.edit->text().isEmpty() ||
                                   field.edit->hasFocus());
        }
    }
    void chosen()
    {
        target()->setModified(true);
        Q_EMIT edited();
    }

    std::array<Field, 8> m_fields;
    PlaceNote *m_note;
    std::string m_word;
    bool m_isFirst = false;
};

} // namespace

NetworkRows::NetworkRows(QStringListModel *networks, QWidget *parent)
    : FormRows(QStringLiteral("network"), tr("Joined networks"),
               tr("The first one's alias and addresses have fields of their own"),
               tr("+ Add network"), parent)
    , m_networks(networks)
{
}

FormRow *NetworkRows::makeRow()
{
    return new NetworkRow(m_networks);
}

void NetworkRows::fill(const RunForm &form)
{
    const auto found = form.options.find("network");
    const auto words = found == form.options.end() ? std::vector<std::string>() : found->second;
    m_filled = int(words.size());
    setCount(m_filled);
    for (int i = 0; i < count(); ++i) {
        static_cast<NetworkRow *>(row(i))->fill(words[std::size_t(i)]);
    }
}

/// After one change, here or in the basic fields, which name the first network: unless a row was
/// taken away, what they say counts, or what was typed into its row.
void NetworkRows::collect(RunForm &form) const
{
    if (count() == 0 && m_filled == 0) {
        return;
    }
    const std::string first = networkOf(form.option("network")).target;
    const bool isRowGone = count() < m_filled;
    std::vector<std::string> words;
    for (int i = 0; i < count(); ++i) {
        const auto *each = static_cast<const NetworkRow *>(row(i));
        const bool isNamedAbove = i == 0 && !isRowGone && !each->isTargetEdited();
        words.push_back(each->word(isNamedAbove ? &first : nullptr));
    }
    if (words.empty()) {
        form.options.erase("network");
    } else {
        form.options["network"] = std::move(words);
    }
}

NetworkSection::NetworkSection(QStringListModel *networks, QWidget *parent)
    : CollapsiblePart(QStringLiteral("networks"), tr("Networks"), parent)
    , m_networks(networks)
{
}

void NetworkSection::build(QWidget *body)
{
    auto *column = new QVBoxLayout(body);
    column->setContentsMargins(space::s6, 0, 0, space::s2);
    m_rows = new NetworkRows(m_networks);
    column->addWidget(m_rows);
    m_rows->fill(m_form);
    connect(m_rows, &FormPart::edited, this, &FormPart::edited);
    connect(m_rows, &FormPart::fixWanted, this, &FormPart::fixWanted);
}

void NetworkSection::fill(const RunForm &form)
{
    m_form = form;
    const auto found = form.options.find("network");
    setSetCount(found == form.options.end() ? 0 : int(found->second.size()));
    if (m_rows != nullptr) {
        m_rows->fill(form);
    }
}

void NetworkSection::collect(RunForm &form) const
{
    if (m_rows != nullptr) {
        m_rows->collect(form);
    }
}

} // namespace roadstead::ui
