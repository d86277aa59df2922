// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/shell/page.h"
#include "ui/text/display_text.h"
#include "ui/theme/icons.h"
#include "ui/widgets/bulk_bar.h"
#include "ui/widgets/button.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/command_hint.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/page_header.h"
#include "ui/widgets/search_field.h"

#include <QAction>
#include <QHBoxLayout>
#include <QVBoxLayout>

/// A page with one of everything, for tests of the shell and for the gallery.
class SamplePage : public roadstead::ui::Page
{
    Q_OBJECT
public:
    explicit SamplePage(QObject *parent = nullptr)
        : Page(parent)
    {
        using namespace roadstead::ui;
        m_primary = new QAction(icon(QStringLiteral("plus-lg"), Color::OnAccent),
                                QStringLiteral("Run container"), this);
        m_primary->setObjectName(QStringLiteral("runContainer"));
        setCommandHint(m_primary, QStringLiteral("docker run hello-world"));
        m_stop = new QAction(QStringLiteral("Stop the selection"), this);
        setCommandHint(m_stop, QStringLiteral("docker stop web"));
        connect(m_primary, &QAction::triggered, this, [this] { ++primaryRuns; });
        connect(m_stop, &QAction::triggered, this, [this] { ++stops; });
    }

    [[nodiscard]] QString id() const override { return QStringLiteral("containers"); }
    [[nodiscard]] QString title() const override { return QStringLiteral("Containers"); }
    [[nodiscard]] QString iconName() const override { return QStringLiteral("container"); }
    [[nodiscard]] std::optional<qint64> count() const override { return shownCount; }
    [[nodiscard]] QAction *primaryAction() const override { return m_primary; }
    [[nodiscard]] QList<QAction *> actions() const override { return {m_stop}; }
    [[nodiscard]] QWidget *filterField() const override { return m_filter; }
    [[nodiscard]] bool canGoBack() const override { return inDetails; }
    void goBack() override { inDetails = false; }
    void refresh() override { ++refreshes; }
    [[nodiscard]] QList<QWidget *> panes() const override { return insidePanes; }
    [[nodiscard]] QList<roadstead::ui::TrayEntry> trayEntries() const override { return entries; }
    [[nodiscard]] QList<roadstead::ui::Unsaved> unsaved() override { return losses; }
    void keepDrafts() override { ++kept; }

    [[nodiscard]] QList<roadstead::ui::PaletteItem> find(const QString &typed,
                                                         int limit) const override
    {
        using namespace roadstead::ui;
        QList<PaletteItem> found;
        for (const QString &name : names) {
            if (found.size() < limit && name.contains(typed, Qt::CaseInsensitive)) {
                PaletteItem item;
                item.group = QStringLiteral("Containers");
                item.mark = StateMark::Running;
                item.text = displayText(name);
                item.note = QStringLiteral("Running, 3 h 12 m");
                found << item;
            }
        }
        return found;
    }

    QWidget *widget() override
    {
        using namespace roadstead::ui;
        if (m_widget != nullptr) {
            return m_widget;
        }
        m_widget = new QWidget;
        auto *header = new PageHeader(title());
        header->setSummary(QStringLiteral("19, 9 running"));
        header->addEndWidget(new IconButton(QStringLiteral("refresh"),
                                            QStringLiteral("arrow-clockwise"),
                                            QStringLiteral("Refresh")));
        m_filter = new SearchField(QStringLiteral("filter"), QStringLiteral("Filter containers"),
                                   QStringLiteral("funnel"));
        auto *chips = new ChipGroup(QStringLiteral("chips"), QStringLiteral("State"));
        chips->addChip(0, QStringLiteral("chipAll"), QStringLiteral("All"))->setCount(19);
        chips
            ->addChip(1, QStringLiteral("chipRunning"), QStringLiteral("Running"),
                      StateMark::Running)
            ->setCount(9);
        chips
            ->addChip(2, QStringLiteral("chipUnhealthy"), QStringLiteral("Unhealthy"),
                      StateMark::Unhealthy)
            ->setCount(1);
        chips->choose(0);
        auto *toolbar = new QHBoxLayout;
        toolbar->setContentsMargins(16, 0, 16, 0);
        toolbar->addWidget(m_filter);
        toolbar->addWidget(chips);
        toolbar->addStretch();
        m_bulk = new BulkBar;
        auto *stop = new Button(QStringLiteral("bulkStop"), QStringLiteral("Stop"));
        stop->setIconName(QStringLiteral("stop"));
        setCommandHint(stop, QStringLiteral("docker stop shopfront-db-1"));
        m_bulk->addButton(stop, new QAction(QStringLiteral("Stop"), m_bulk));
        auto *remove =
            new Button(QStringLiteral("bulkRemove"), QStringLiteral("Remove…"), ButtonKind::Danger);
        remove->setIconName(QStringLiteral("trash"));
        m_bulk->addButton(remove, new QAction(QStringLiteral("Remove…"), m_bulk));
        auto *empty = new EmptyState(QStringLiteral("empty"));
        empty->setPicture();
        empty->setTexts(QStringLiteral("No containers yet"),
                        QStringLiteral("Run an image, or drop a compose.yaml here."));
        empty->setPrimary(QStringLiteral("Run container"), QStringLiteral("plus-lg"));
        empty->setSecondary(QStringLiteral("Open file…"));
        auto *layout = new QVBoxLayout(m_widget);
        layout->setContentsMargins(0, 0, 0, 0);
        layout->setSpacing(0);
        layout->addWidget(header);
        layout->addLayout(toolbar);
        layout->addWidget(empty, 1);
        layout->addWidget(m_bulk);
        m_bulk->setSelected(2);
        return m_widget;
    }

    std::optional<qint64> shownCount = 19;
    QStringList names{QStringLiteral("shopfront-api-1"), QStringLiteral("shopfront-web-1"),
                      QStringLiteral("gitea")};
    QList<QWidget *> insidePanes;
    QList<roadstead::ui::TrayEntry> entries;
    QList<roadstead::ui::Unsaved> losses;
    int kept = 0;
    bool inDetails = false;
    int primaryRuns = 0;
    int stops = 0;
    int refreshes = 0;

private:
    QAction *m_primary;
    QAction *m_stop;
    QWidget *m_widget = nullptr;
    roadstead::ui::SearchField *m_filter = nullptr;
    roadstead::ui::BulkBar *m_bulk = nullptr;
};
