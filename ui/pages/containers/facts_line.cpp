// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pages/containers/facts_line.h"

#include "ui/models/container_text.h"
#include "ui/text/display_text.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/button.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/label.h"

#include <QClipboard>
#include <QEvent>
#include <QGuiApplication>
#include <QHBoxLayout>

#include <algorithm>
#include <utility>

namespace roadstead::ui {

namespace {
constexpr std::size_t shortId = 12;
constexpr qsizetype mostPortsInLine = 8;
} // namespace

FactsLine::FactsLine(QWidget *parent)
    : QWidget(parent)
    , m_flow(new FlowLayout(this))
{
    setObjectName(QStringLiteral("detailsFacts"));
    m_flow->setContentsMargins(0, 0, 0, 0);
    m_flow->setSpacing(0);
    QHBoxLayout *image = addFact("factImage");
    m_image = new ElidedLabel({}, FontRole::Mono, Color::Text);
    m_image->setElideMode(Qt::ElideMiddle);
    image->insertWidget(0, m_image);
    QHBoxLayout *id = addFact("factId");
    m_id = new Label({}, FontRole::Mono, Color::Text2);
    auto *copy = new IconButton(QStringLiteral("copyContainerId"), QStringLiteral("copy"),
                                tr("Copy the container's id"), this);
    connect(copy, &QAbstractButton::clicked, this,
            [this] { QGuiApplication::clipboard()->setText(QString::fromStdString(m_copied)); });
    id->insertWidget(0, m_id);
    id->insertWidget(1, copy);
    QHBoxLayout *age = addFact("factAge");
    m_age = new Label({}, FontRole::Small, Color::Text2);
    age->insertWidget(0, m_age);
    m_ports = addFact("factPorts")->parentWidget();
    m_network = new Label({}, FontRole::Small, Color::Text2);
    addFact("factNetwork")->insertWidget(0, m_network);
}

/// A place in the line, with the dot that parts it from the next one.
QHBoxLayout *FactsLine::addFact(const char *name)
{
    auto *fact = new QWidget(this);
    fact->setObjectName(QLatin1StringView(name));
    auto *row = new QHBoxLayout(fact);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(space::s1);
    auto *dot = new Label(QStringLiteral("·"), FontRole::Small, Color::Text3);
    dot->setObjectName(QStringLiteral("dot"));
    dot->setContentsMargins(space::s1, 0, space::s2, 0);
    // Whether it is seen moves nothing: else what comes next might fit, and then want it again.
    QSizePolicy kept = dot->sizePolicy();
    kept.setRetainSizeWhenHidden(true);
    dot->setSizePolicy(kept);
    row->addWidget(dot);
    fact->setFixedHeight(heightFor(FontRole::Small, size::button)); // all on one line of text
    m_flow->addWidget(fact);
    return row;
}

void FactsLine::setRow(const ContainerRow &row, bool opens, std::int64_t now)
{
    m_copied = row.id;
    m_image->setFullText(row.image);
    m_id->setText(displayText(row.id.substr(0, shortId)));
    const QString age = containerAgeText(row, now);
    m_age->setText(row.isAlive() ? tr("Up %1").arg(age) : age);
    m_age->setToolTip(plainTip(containerSinceText(row)));
    renewPorts(row, opens);
    m_network->setText(
        row.networks.empty() ? QString() : tr("Network %1").arg(displayText(row.networks.front())));
    m_network->parentWidget()->setVisible(!row.networks.empty());
    m_flow->invalidate();
}

bool FactsLine::event(QEvent *event)
{
    const bool handled = QWidget::event(event);
    if (event->type() == QEvent::Resize || event->type() == QEvent::LayoutRequest) {
        showDots();
    }
    return handled;
}

/// The last one of a line has nothing to be parted from.
void FactsLine::showDots()
{
    const auto dotOf = [](const QWidget *fact) {
        return fact->findChild<QWidget *>(QStringLiteral("dot"));
    };
    const QWidget *before = nullptr;
    for (int i = 0; i < m_flow->count(); ++i) {
        const QWidget *fact = m_flow->itemAt(i)->widget();
        if (fact->isHidden()) {
            continue;
        }
        if (before != nullptr) {
            dotOf(before)->setVisible(before->y() == fact->y());
        }
        before = fact;
    }
    if (before != nullptr) {
        dotOf(before)->hide();
    }
}

void FactsLine::renewPorts(const ContainerRow &row, bool opens)
{
    if (m_links && m_shown == row.ports && m_opens == opens) {
        return;
    }
    m_shown = row.ports;
    m_opens = opens;
    delete std::exchange(m_links, nullptr);
    m_links = new QWidget;
    auto *line = new QHBoxLayout(m_links);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(space::s2);
    line->addWidget(
        new Label(row.ports.size() == 1 ? tr("Port") : tr("Ports"), FontRole::Small, Color::Text2));
    for (const PortLink &link : row.ports.first(std::min(row.ports.size(), mostPortsInLine))) {
        const QString number = QString::number(link.port);
        if (!link.tcp || !opens) {
            line->addWidget(new Label(number, FontRole::Mono, Color::Text2));
            continue;
        }
        auto *button = new LinkButton(QStringLiteral("factPort%1").arg(number), number);
        button->setAccessibleName(tr("Open port %1").arg(number));
        button->setToolTip(plainTip(tr("Open http://%1").arg(displayText(link.address()))));
        connect(button, &QAbstractButton::clicked, this, [this, link] { Q_EMIT portWanted(link); });
        line->addWidget(button);
    }
    static_cast<QHBoxLayout *>(m_ports->layout())->insertWidget(0, m_links);
    m_ports->setVisible(!row.ports.isEmpty());
}

} // namespace roadstead::ui
