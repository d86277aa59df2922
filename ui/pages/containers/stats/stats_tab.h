// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/containers/stats/chart_view.h"
#include "ui/pages/containers/tab/container_engine.h"
#include "ui/pages/containers/tab/details_tab.h"

#include <QTimer>

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

class QGridLayout;

namespace roadstead::ui {

class Button;
class ElidedLabel;
class Label;
class Segmented;

/// What a container used of the machine: four charts with one crosshair, over a range that is
/// remembered; other containers beside it. GUI thread.
class StatsTab final : public DetailsTab
{
    Q_OBJECT
public:
    using Clock = std::function<std::int64_t()>; ///< seconds since 1970

    explicit StatsTab(ContainerEngine *engine, QWidget *parent = nullptr, Clock clock = {});
    ~StatsTab() override;

    void setContainer(const ContainerRow &row) override;
    void clear() override;
    void setShown(bool shown) override;
    void setGone() override;
    /// The containers beside this one, at most four.
    void setCompared(const std::vector<std::string> &ids);
    [[nodiscard]] const std::vector<std::string> &compared() const { return m_compared; }

public Q_SLOTS:
    /// Writes the points that are shown into that file, as CSV.
    void exportTo(const QString &path);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    enum Chart { Cpu, Memory, Network, Disk, chartCount };
    enum Fact { Processes, Restarts, MemoryKills, Throttled, Headroom, Devices, factCount };

    QWidget *buildBar();
    QWidget *buildFacts();
    QWidget *buildCharts();
    void arrange();
    void follow();
    void ask();
    void takePoints(const std::string &id, unsigned question, Result<store::StatsPoints> points);
    void askDetails();
    void takeDetails(const docker::ContainerDetails &details);
    [[nodiscard]] QString cpusText() const;
    void showAll();
    void showBar();
    void showFacts();
    void showCharts();
    void showCpu();
    void showMemory();
    /// Two lines of what goes in and out, and sums beside the value.
    void showFlow(Chart chart);
    void showProblem();
    [[nodiscard]] ChartContent emptyContent(ChartUnit unit) const;
    void addLines(ChartContent *content, store::Measure measure, const QString &ownName,
                  Color tone) const;
    void showCrosshair(std::optional<std::int64_t> at);
    void setHeld(bool held);
    void showCompareMenu();
    void showHint();
    void chooseFile();
    [[nodiscard]] const service::ContainerStats *figures() const;
    [[nodiscard]] QString nameOf(const std::string &id) const;
    [[nodiscard]] store::StatsRange range() const;

    ContainerEngine *m_engine;
    const Clock m_clock;
    std::string m_id;
    std::string m_rawName;
    QString m_name;
    bool m_isRunning = false;
    bool m_isGone = false;
    bool m_isShown = false;
    bool m_isHeld = false;
    std::optional<Since> m_since;
    std::int64_t m_to = 0;   ///< the right end of what is shown
    unsigned m_question = 0; ///< answers to older ones are late
    bool m_answered = false;
    std::optional<Error> m_error;
    std::optional<std::int64_t> m_restarts;
    double m_cpuLimit = 0; ///< CPUs; 0 = none
    bool m_usesHostNetwork = false;
    std::string m_detailsOf;
    bool m_isWatching = false;
    std::map<std::string, store::StatsPoints> m_points; ///< by container
    std::vector<std::string> m_compared;
    QString m_said; ///< of the last export
    QTimer m_tick;
    Segmented *m_ranges = nullptr;
    ElidedLabel *m_span = nullptr;
    Label *m_live = nullptr;
    Button *m_compare = nullptr;
    Button *m_hold = nullptr;
    Button *m_export = nullptr;
    Label *m_problem = nullptr;
    QWidget *m_chartArea = nullptr;
    QGridLayout *m_grid = nullptr;
    std::array<Label *, factCount> m_facts = {};
    std::array<ChartView *, chartCount> m_charts = {};
};

} // namespace roadstead::ui
