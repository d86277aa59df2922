// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/text/error_text.h"
#include "ui/wizards/commit/commit_form.h"
#include "ui/wizards/run/run_engine.h"

#include <QObject>

#include <cstdint>
#include <optional>

namespace roadstead::ui {

/// Decides what the page "Commit" shows and does; no widgets. A commit goes on when nobody looks.
/// GUI thread only.
class CommitController : public QObject
{
    Q_OBJECT
public:
    enum class Step {
        Editing, ///< failure() tells of an attempt before
        Committing,
        Done ///< imageId() is there
    };

    /// `engine` must outlive this.
    explicit CommitController(RunEngine *engine, QObject *parent = nullptr);

    /// Begins with a container, unless a commit is under way. The form is emptied for another one.
    void open(const docker::Target &container, bool isRunning);
    void setForm(const CommitForm &form);
    void edit(); ///< back to the form, as it was left
    /// Commits, or says that it cannot: then remarks() tell why.
    bool commit();
    void cancel();

    [[nodiscard]] const CommitForm &form() const { return m_form; }
    [[nodiscard]] const docker::Target &container() const { return m_container; }
    [[nodiscard]] QString containerName() const; ///< display text
    [[nodiscard]] bool isRunning() const { return m_isRunning; }
    /// What there is to say, what is wrong first.
    [[nodiscard]] const std::vector<CommitRemark> &remarks() const { return m_remarks; }
    [[nodiscard]] int problemCount() const;
    [[nodiscard]] QString line() const;
    [[nodiscard]] Step step() const { return m_step; }
    [[nodiscard]] bool wasCancelled() const { return m_wasCancelled; }
    [[nodiscard]] std::optional<Explanation> failure() const;
    [[nodiscard]] const std::string &imageId() const { return m_imageId; }
    [[nodiscard]] const std::string &imageName() const { return m_imageName; } ///< empty = none
    /// Bytes, with the layers that it shares; none while the list does not have it.
    [[nodiscard]] std::optional<std::int64_t> imageSize() const;

Q_SIGNALS:
    void opened();
    void changed(); ///< remarks, line
    void stepChanged();

private:
    void refresh();
    void setStep(Step step);
    void finish(const Result<std::string> &image);

    RunEngine *m_engine;
    docker::Target m_container;
    bool m_isRunning = false;
    CommitForm m_form;
    std::vector<CommitRemark> m_remarks;
    Step m_step = Step::Editing;
    service::Operation<std::string> m_work;
    bool m_wasCancelled = false;
    std::optional<Error> m_error;
    std::string m_imageId;
    std::string m_imageName;
};

} // namespace roadstead::ui
