// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/docker/command.h"
#include "engine/service/trust/guarded_images.h"
#include "ui/models/pull_layers.h"
#include "ui/text/error_text.h"
#include "ui/text/registry_text.h"
#include "ui/wizards/run/run_checks.h"
#include "ui/wizards/run/run_engine.h"
#include "ui/wizards/run/run_form.h"

#include <QObject>
#include <QString>
#include <QStringList>
#include <QTimer>

#include <optional>
#include <string>
#include <vector>

namespace roadstead::ui {

/// Decides what the run wizard shows and does; no widgets. What it does goes on when nobody looks.
/// GUI thread only.
class RunController : public QObject
{
    Q_OBJECT
public:
    enum class Step {
        Editing,  ///< ended by run()
        Checking, ///< who signed the image is being found out, as the policy wants it
        Pulling,  ///< the image is on its way
        Creating, ///< the container is being made
        Starting, ///< it is being started
        Undoing,  ///< it did not start, and is being removed again
        Done      ///< containerId() is there; ended by edit()
    };
    enum class Deed { Run, CreateOnly };

    /// Why a pasted line cannot be taken, and where.
    struct PasteProblem
    {
        int begin = 0; ///< of the word, in characters of the line
        int end = 0;
        QString text;
    };

    /// `engine` must outlive this.
    explicit RunController(RunEngine *engine, QObject *parent = nullptr);
    ~RunController() override;

    [[nodiscard]] RunEngine *engine() const { return m_engine; }
    [[nodiscard]] const RunForm &form() const { return m_form; }
    /// What a person typed: what an engine said of the form before is forgotten.
    void setForm(RunForm form);
    void clear(); ///< an empty form
    /// The container whose place the one of the form takes: its name and ports count as free.
    void setReplaced(const std::string &id);
    /// What the form asks for, with mistakes shown from now on; nothing while there are any.
    [[nodiscard]] std::optional<docker::CreateContainer> wanted();
    /// The same, without a word about mistakes.
    [[nodiscard]] std::optional<docker::CreateContainer> readable() const;
    /// What has to be pulled before `create` can be carried out.
    [[nodiscard]] std::optional<docker::PullImage>
    missingImage(const docker::CreateContainer &create) const;
    /// Reads a `docker run` line. Where it fails, the form stays.
    std::optional<PasteProblem> paste(const QString &line);
    static bool looksLikeRunLine(const QString &text);
    /// Adds the variables of an .env file; those that are there already get its values.
    Result<int> importVariables(const QString &path);

    /// In the order in which they are to be mended.
    [[nodiscard]] const std::vector<RunCheck> &checks() const { return m_checks; }
    /// The mistake to show at a field; null when there is none to show yet.
    [[nodiscard]] const RunCheck *problemAt(const RunPlace &place) const;
    [[nodiscard]] const RunCheck *checkAt(const RunPlace &place) const; ///< a mistake, or any other
    [[nodiscard]] int problemCount() const;                             ///< of those to show
    void apply(const RunCheck &check);                                  ///< mends it
    [[nodiscard]] const RunFacts &facts() const { return m_facts; }
    [[nodiscard]] const std::vector<docker::Volume> &volumes() const { return m_volumes; }
    [[nodiscard]] QString line() const; ///< what will run; secrets by name

    /// Asks the engine and the machine again: networks, volumes, ports, folders.
    void readFacts();
    /// Runs, or says that it cannot: then problemAt() and checks() tell why.
    /// `isDecided`: although the policy asked.
    bool run(Deed deed = Deed::Run, bool isDecided = false);
    /// Pulls what `create` needs, or asks whether what is here may be run: as the policy wants it.
    service::Operation<std::string> bringImage(const docker::CreateContainer &create,
                                               bool isDecided);
    void cancel(); ///< ends a pull; what is made already is removed
    void edit();   ///< back to the form, as it was

    [[nodiscard]] Step step() const { return m_step; }
    [[nodiscard]] Deed deed() const { return m_deed; }
    [[nodiscard]] bool isUnderWay() const;
    [[nodiscard]] bool pulls() const { return m_pulls; } ///< this run has to pull
    /// Of the image that is being pulled.
    [[nodiscard]] const PullLayers &pullLayers() const { return m_layers; }
    [[nodiscard]] const std::string &containerId() const { return m_containerId; }
    [[nodiscard]] QString containerName() const; ///< display text; of the list
    [[nodiscard]] std::vector<docker::Port> publishedPorts() const;
    /// Why the last run failed; in words, and what became of the container.
    [[nodiscard]] const std::optional<Explanation> &failure() const { return m_failure; }
    /// What would mend it at registry(), where the image could not be pulled.
    [[nodiscard]] RegistryRemedy remedy() const { return m_remedy; }
    [[nodiscard]] std::string registry() const; ///< of the last run's image
    [[nodiscard]] bool wasCancelled() const { return m_wasCancelled; }
    [[nodiscard]] bool checksImage() const { return m_images.checks(); } ///< this run is checked
    /// What was found out about the image last; none = nothing was checked.
    [[nodiscard]] const std::optional<trust::Verdict> &verdict() const
    {
        return m_images.verdict();
    }
    /// What the policy holds back, and why; none where it does not. failure() has it in words.
    [[nodiscard]] const std::optional<trust::Verdict> &held() const { return m_held; }
    [[nodiscard]] bool mayDecide() const { return m_mayDecide; } ///< run(…, true) would go on

Q_SIGNALS:
    void formChanged();   ///< by setForm() and its like: not told to who called
    void checksChanged(); ///< checks, line or failure
    void factsChanged();  ///< what there is to choose from
    void stepChanged();
    void progressChanged(); ///< at most ten times a second

private:
    void refresh();
    void readFolders();
    void leaveReplacedOut();
    void lookAtFolders(const std::vector<std::string> &paths);
    [[nodiscard]] docker::RunLineContext contextOfForm() const;
    void setStep(Step step);
    void bring(bool isDecided);
    void takeProgress(const std::vector<docker::Progress> &lines);
    void create();
    void start();
    void undo(const Error &error);
    void fail(const Error &error, const QString &remains = {});
    void placeFailure(const Error &error, const QString &text);
    void writeIdFile();
    void finish();

    RunEngine *m_engine;
    service::GuardedImages m_images;
    std::optional<trust::Verdict> m_held;
    bool m_mayDecide = false;
    RunForm m_form;
    std::string m_replaced;
    RunFacts m_facts;
    std::vector<docker::Volume> m_volumes;
    std::vector<RunCheck> m_checks;
    std::optional<RunCheck> m_engineCheck; ///< what the engine said, at its field
    bool m_tried = false;

    Step m_step = Step::Editing;
    Deed m_deed = Deed::Run;
    docker::CreateContainer m_create;
    bool m_pulls = false;
    bool m_wasCancelled = false;
    service::Operation<std::string> m_operation;
    PullLayers m_layers;
    QTimer m_progressPause;
    std::string m_containerId;
    std::optional<Explanation> m_failure;
    RegistryRemedy m_remedy = RegistryRemedy::None; ///< of m_failure
};

} // namespace roadstead::ui
