// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/docker/types.h"
#include "ui/models/container_row.h"

#include <QWidget>

class QBoxLayout;
class QPlainTextEdit;
class QTimer;
class QVBoxLayout;

namespace roadstead::ui {

class Badge;
class Card;
class ChangesCard;
class ContainerEngine;
class ElidedLabel;
class IconButton;
class Label;
class LimitsCard;
class MountsCard;
class ProcessesCard;
class RestartCard;
class VolumeSizes;

/// The Overview tab: cards with what is so now. A card is filled again only when what it shows
/// changed, so that a revealed value or a selection stays.
class OverviewPanel : public QWidget
{
    Q_OBJECT
public:
    /// Both must outlive this.
    OverviewPanel(ContainerEngine *engine, VolumeSizes *sizes, QWidget *parent = nullptr);

    void setDetails(const docker::ContainerDetails &details, std::int64_t now);
    void setRow(const ContainerRow &row); ///< live figures
    void setLog(const std::string &log);
    void setLogProblem(const QString &problem); ///< display text
    void clear();
    /// Columns beside each other while both have room in `width`, else below each other; in a pane,
    /// long lines become two.
    void fit(int width);

Q_SIGNALS:
    void portWanted(roadstead::ui::PortLink link);
    void folderWanted(const std::string &folder); ///< to be seen in the tab of files
    void connectWanted();                         ///< to a network
    void disconnectWanted(const std::string &network);
    void changed(); ///< something was applied: what is shown is out of date

private:
    /// A card, and where its rows go: a widget that is replaced whole.
    struct Section
    {
        Card *card = nullptr;
        QWidget *rows = nullptr;
    };

    Section addSection(QVBoxLayout *column, const QString &title, const char *name);
    QVBoxLayout *renew(Section &section);
    void fillState(const docker::ContainerDetails &details, std::int64_t now);
    void fillHealthLog(QVBoxLayout *rows, const docker::ContainerDetails &details,
                       std::int64_t now);
    void fillHealth(QVBoxLayout *rows, const docker::ContainerDetails &details, std::int64_t now);
    void fillPorts(const docker::ContainerDetails &details);
    [[nodiscard]] QWidget *portRow(const docker::Port &port, bool opens, bool lineAbove);
    void fillEnvironment(const docker::ContainerDetails &details);
    void fillNetworks(const docker::ContainerDetails &details);
    void fillOrigin(const docker::ContainerDetails &details);
    void fillLabels(const docker::ContainerDetails &details);

    Section m_state;
    Section m_ports;
    Section m_environment;
    Section m_output;
    ContainerEngine *m_engine;
    MountsCard *m_mounts;
    LimitsCard *m_limits;
    RestartCard *m_policy;
    ProcessesCard *m_processes;
    ChangesCard *m_changes;
    Section m_networks;
    Section m_origin;
    Section m_labels;
    QPlainTextEdit *m_log = nullptr;
    docker::ContainerDetails m_shown;
    std::vector<std::string> m_digests; ///< of its image, as shown
    QBoxLayout *m_columns = nullptr;
    Badge *m_healthBadge = nullptr;
    std::int64_t m_now = 0; ///< of what is shown
    bool m_filled = false;
    bool m_narrow = false;
    bool m_followsLog = true; ///< the newest line stays in sight
};

/// The last 60 health checks as bars, oldest first.
class HealthStrip : public QWidget
{
    Q_OBJECT
public:
    explicit HealthStrip(const std::vector<docker::HealthCheck> &log, QWidget *parent = nullptr);
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    std::vector<bool> m_passed;
};

} // namespace roadstead::ui
