// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/service/build/build_run.h"
#include "ui/widgets/surface.h"
#include "ui/wizards/build/build_picture.h"

#include <QTimer>

#include <cstddef>
#include <optional>

class QPlainTextEdit;

namespace roadstead::ui {

class Chip;
class DockerfileView;
class ElidedLabel;
class IconButton;
class Label;
class MarkLabel;
class ProgressBar;
class StageView;

/// A build that runs or has run: how far it is, its Dockerfile and its stages with their states,
/// and what the chosen step prints.
class BuildView : public Surface
{
    Q_OBJECT
public:
    explicit BuildView(QWidget *parent = nullptr);

    /// `run` must outlive this or the next call; null shows nothing. `text`: the Dockerfile as it
    /// was built; empty for one that the builder fetched.
    void setRun(const service::BuildRun *run, const QString &text);
    /// There is more to see.
    void refresh();

private:
    [[nodiscard]] QWidget *makeSummary();
    [[nodiscard]] QWidget *makeStages();
    [[nodiscard]] QWidget *makeOutput();
    void refreshSummary();
    void follow();
    void choose(std::optional<std::size_t> step, bool byPerson);
    void showOutput();

    const service::BuildRun *m_run = nullptr;
    build::Dockerfile m_dockerfile;
    BuildPicture m_picture;
    std::optional<std::size_t> m_chosen;
    bool m_isChosenByPerson = false;
    std::size_t m_shownLines = 0;
    QTimer m_clock; ///< steps that run get their time each second
    Label *m_title;
    Label *m_counts;
    Label *m_time;
    ProgressBar *m_bar;
    ElidedLabel *m_context;
    DockerfileView *m_text;
    StageView *m_stages;
    MarkLabel *m_stepMark;
    ElidedLabel *m_stepName;
    Chip *m_follow;
    IconButton *m_copy;
    QPlainTextEdit *m_output;
};

} // namespace roadstead::ui
