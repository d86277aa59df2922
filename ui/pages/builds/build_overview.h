// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/service/build/kept_build.h"
#include "ui/pages/builds/build_history.h"

#include <QWidget>

class QVBoxLayout;

namespace roadstead::ui {

class Card;

/// The Overview tab of a build: how it ended and why, what it was made with, its command.
class BuildOverview : public QWidget
{
    Q_OBJECT
public:
    explicit BuildOverview(QWidget *parent = nullptr);

    void setRecord(const BuildRecord &record);
    /// What is kept of it, for its failure; empty = nothing is.
    void setKept(const service::KeptBuild &kept);

private:
    QVBoxLayout *renew(QWidget *&rows, QVBoxLayout *place);
    void fillFacts();
    void fillFailure();
    void fillOptions();
    void fillCommand();

    BuildRecord m_record;
    service::KeptBuild m_kept;
    QVBoxLayout *m_factsPlace;
    QWidget *m_facts = nullptr;
    Card *m_failureCard;
    QWidget *m_failure = nullptr;
    Card *m_optionsCard;
    QWidget *m_options = nullptr;
    Card *m_commandCard;
    QWidget *m_command = nullptr;
};

} // namespace roadstead::ui
