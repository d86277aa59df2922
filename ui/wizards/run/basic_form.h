// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/wizards/run/form_part.h"

class QBoxLayout;
class QCheckBox;
class QLineEdit;
class QStringListModel;

namespace roadstead::ui {

class Label;
class LimitField;
class MountRows;
class PortRows;
class RunController;
class Segmented;
class VariableRows;

/// What most containers are run with.
class BasicForm : public FormPart
{
    Q_OBJECT
public:
    explicit BasicForm(QWidget *parent = nullptr);

    void fill(const RunForm &form) override;
    void collect(RunForm &form) const override;
    /// Its first network, unless that is being typed.
    void followNetwork(const RunForm &form);
    /// What there is to choose from.
    void offer(const RunController &controller);
    [[nodiscard]] QStringListModel *networks() const { return m_networks; } ///< their names
    [[nodiscard]] QLineEdit *imageField() const { return m_image; }
    void addPort(); ///< an empty row, which gets the keyboard

Q_SIGNALS:
    void linePasted(const QString &line); ///< a command line was put where an image belongs
    void importWanted(const QString &path);

private:
    void buildNames(QBoxLayout *column);
    void buildRows(QBoxLayout *column);
    void buildLimits(QBoxLayout *column);
    void buildPolicies(QBoxLayout *column);
    void buildSwitches(QBoxLayout *column);
    void buildCommand(QBoxLayout *column);
    void takeImage(const QString &text);
    void addCompleter(QLineEdit *field, QStringListModel *model);

    QStringListModel *m_images;
    QStringListModel *m_networks;
    QLineEdit *m_image = nullptr;
    QLineEdit *m_name = nullptr;
    QLineEdit *m_command = nullptr;
    PortRows *m_ports = nullptr;
    MountRows *m_mounts = nullptr;
    VariableRows *m_variables = nullptr;
    Label *m_engineHas = nullptr;
    LimitField *m_cpus = nullptr;
    LimitField *m_memory = nullptr;
    Segmented *m_restart = nullptr;
    QLineEdit *m_retries = nullptr;
    QLineEdit *m_network = nullptr;
    QLineEdit *m_alias = nullptr;
    QCheckBox *m_detached = nullptr;
    QCheckBox *m_remove = nullptr;
    QCheckBox *m_terminal = nullptr;
};

} // namespace roadstead::ui
