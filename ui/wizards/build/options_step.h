// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/surface.h"
#include "ui/wizards/build/build_form.h"

#include <QHash>

class QCheckBox;
class QComboBox;
class QLineEdit;
class QVBoxLayout;

namespace roadstead::ui {

class BuildController;
class Label;
class TextRows;

/// What a build is asked for besides its Dockerfile: names, target, arguments, where the result
/// goes; the rarer options below.
class OptionsStep : public Surface
{
    Q_OBJECT
public:
    /// `controller` must outlive this.
    explicit OptionsStep(BuildController *controller, QWidget *parent = nullptr);

    void fill(); ///< as the controller has it
    /// Says what is wrong at each field; the keyboard goes to the first one when `go`.
    void showProblems(const QList<BuildProblem> &problems, bool go);

private:
    void addRows(QVBoxLayout *column, BuildField field, TextRows *rows, const QString &label);
    void makeBasic(QVBoxLayout *column);
    void makeMore(QVBoxLayout *column);
    [[nodiscard]] Label *noteOf(BuildField field);
    void collect();
    void pickPath();
    void refresh();
    void fillBuilders();
    void tellOfBuilder();

    BuildController *m_controller;
    TextRows *m_tags;
    QComboBox *m_target;
    TextRows *m_arguments;
    TextRows *m_secrets;
    QComboBox *m_destination;
    QWidget *m_pathBox;
    QLineEdit *m_path;
    QLineEdit *m_platforms;
    QCheckBox *m_noCache;
    QCheckBox *m_pull;
    TextRows *m_labels;
    TextRows *m_cacheFrom;
    TextRows *m_cacheTo;
    TextRows *m_ssh;
    TextRows *m_hosts;
    QComboBox *m_network;
    QComboBox *m_builder;
    Label *m_builderNote;
    QWidget *m_builderBox;
    QHash<int, Label *> m_notes;
};

} // namespace roadstead::ui
