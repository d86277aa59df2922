// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/container_row.h"

#include <QWidget>

class QHBoxLayout;

namespace roadstead::ui {

class ElidedLabel;
class FlowLayout;
class Label;

/// What a container is, below its name: image, id, age, ports, network. Ports of a running
/// container are links. Wraps where there is no room.
class FactsLine : public QWidget
{
    Q_OBJECT
public:
    explicit FactsLine(QWidget *parent = nullptr);

    /// `opens` = its ports can be opened now; `now` in seconds since 1970.
    void setRow(const ContainerRow &row, bool opens, std::int64_t now);

    bool event(QEvent *event) override;

Q_SIGNALS:
    void portWanted(roadstead::ui::PortLink link);

private:
    QHBoxLayout *addFact(const char *name);
    void showDots();
    void renewPorts(const ContainerRow &row, bool opens);

    FlowLayout *m_flow;
    ElidedLabel *m_image = nullptr;
    Label *m_id = nullptr;
    Label *m_age = nullptr;
    QWidget *m_ports = nullptr;
    QWidget *m_links = nullptr;
    Label *m_network = nullptr;
    std::string m_copied; ///< the whole id
    QList<PortLink> m_shown;
    bool m_opens = false;
};

} // namespace roadstead::ui
