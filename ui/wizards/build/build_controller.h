// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/build/build_context.h"
#include "engine/build/context_size.h"
#include "engine/build/dockerfile.h"
#include "engine/service/build/build_run.h"
#include "engine/service/build/builder_listing.h"
#include "engine/service/build/builder_probe.h"
#include "engine/service/build/buildx_tool.h"
#include "engine/service/build/dockerfile_check.h"
#include "ui/text/error_text.h"
#include "ui/wizards/build/build_engine.h"
#include "ui/wizards/build/build_form.h"
#include "ui/wizards/build/registry_trouble.h"

#include <QObject>
#include <QString>
#include <QStringList>

#include <atomic>
#include <memory>
#include <optional>

namespace roadstead::service {
class Mailbox;
}

namespace roadstead::ui {

/// What a build is made with, and the build. No widgets. GUI thread; folders are walked and files
/// read in a thread of the global pool.
class BuildController : public QObject
{
    Q_OBJECT
public:
    enum class Step {
        Context,    ///< which folder, and what of it is sent
        Dockerfile, ///< read and written
        Options,    ///< names, target, arguments …
        Building,   ///< ends with the build
        Result
    };

    enum class Builder {
        Buildx,
        Classic ///< of the engine itself: there is no buildx, or the engine has no BuildKit
    };

    /// What is known of the context. Empty while it is looked at.
    struct Facts
    {
        std::optional<build::ContextSize> size{};
        std::vector<std::string> dockerfiles{}; ///< names in the folder
        std::optional<Explanation> problem{};
    };

    /// `engine` must outlive this.
    explicit BuildController(BuildEngine *engine, QObject *parent = nullptr);
    ~BuildController() override;

    [[nodiscard]] Step step() const { return m_step; }
    [[nodiscard]] const BuildForm &form() const { return m_form; }
    void setForm(const BuildForm &form); ///< as it is typed
    /// Another build, filled in: its context is looked at.
    void begin(const BuildForm &form);
    /// The folder (or URL) and a fresh look at it. `dockerfile`: a name in it; empty = its own.
    void setContext(const QString &context, const QString &dockerfile = {});
    void chooseDockerfile(const QString &name); ///< one of facts().dockerfiles

    [[nodiscard]] bool isLooking() const { return m_looking; }
    [[nodiscard]] const Facts &facts() const { return m_facts; }

    /// The text as it is edited, and what it says.
    [[nodiscard]] const QString &text() const { return m_text; }
    void setText(const QString &text);
    [[nodiscard]] bool isTextChanged() const { return m_text != m_savedText; }
    [[nodiscard]] const build::Dockerfile &dockerfile() const { return m_dockerfile; }
    /// What the builder says of the text, where it offers that; nothing while it is not known.
    [[nodiscard]] const build::BuildCheck &check() const { return m_checked; }
    /// Where it is, or will be written.
    [[nodiscard]] QString dockerfilePath() const;
    /// Writes what was edited; says what went wrong.
    std::optional<Explanation> saveText();

    [[nodiscard]] Builder builder() const;
    /// Why it is not buildx that builds, and what that means; empty where it is.
    [[nodiscard]] QString builderNote() const;
    /// The builders of buildx to choose from, of this engine; empty where there is no choice.
    [[nodiscard]] service::Builders builders() const;

    [[nodiscard]] QList<BuildProblem> problems() const;
    /// The command line that build() runs, without secrets.
    [[nodiscard]] QString line() const;

    void goTo(Step step); ///< not while it builds
    /// Begins the build; false when there are problems, or the text cannot be saved.
    bool build();
    void stop();
    /// Null before the first build.
    [[nodiscard]] service::BuildRun *run() const { return m_run.get(); }
    /// Why the build failed; none when it did not, or was stopped.
    [[nodiscard]] std::optional<Explanation> failure() const;
    /// The registry that stood in the way, where that is why it failed.
    [[nodiscard]] std::optional<RegistryTrouble> registryTrouble() const;
    /// What a person can do about that. What the engine is to believe of a registry is of no use to
    /// a builder that is not the engine's own.
    [[nodiscard]] RegistryRemedy remedy() const;

Q_SIGNALS:
    void formEdited();
    void formChanged();  ///< by something else than typing: fields are filled again
    void factsChanged(); ///< or which builder there is
    void buildersChanged();
    void textChanged(); ///< another text was read
    void checkChanged();
    void stepChanged();
    void runChanged(); ///< there is more to see of the build

private:
    struct Look
    {
        Facts facts;
        QString text;
        std::string dockerfile; ///< path within the form
    };
    static Look lookAt(const BuildForm &form, const std::atomic<bool> &cancelled);
    void look();
    void probe();
    void askForBuilders();
    void takeBuilders(const service::Builders &builders);
    void chooseBuilder();
    [[nodiscard]] QString builderKey() const;
    void askForCheck();
    void takeCheck(const build::BuildCheck &check);
    void take(const Look &look);
    void finishRun();

    BuildEngine *m_engine;
    BuildForm m_form;
    Facts m_facts;
    bool m_looking = false;
    QString m_text;
    QString m_savedText;
    build::Dockerfile m_dockerfile;
    Step m_step = Step::Context;
    std::unique_ptr<service::BuildRun> m_run;
    std::unique_ptr<service::BuilderProbe> m_probe;
    std::optional<service::BuilderFacts> m_builderFacts;
    service::BuildxTool m_buildx;
    service::Builders m_builders; ///< of this engine
    unsigned m_builderQuestion = 0;
    service::DockerfileCheck m_check;
    build::BuildCheck m_checked;
    quint64 m_record = 0;
    std::shared_ptr<service::Mailbox> m_mailbox;
    std::shared_ptr<std::atomic<bool>> m_cancelled; ///< of the look under way
};

} // namespace roadstead::ui
