// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/wizards/build/build_controller.h"

#include "engine/base/files.h"
#include "engine/service/mailbox.h"
#include "engine/service/registry_login.h"
#include "ui/text/display_text.h"
#include "ui/wizards/build/build_picture.h"

#include <QDir>
#include <QFileInfo>
#include <QSettings>
#include <QThreadPool>
#include <QUrl>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace roadstead::ui {

namespace {

constexpr std::size_t longestDockerfile = std::size_t(1) << 20U;
constexpr mode_t dockerfileMode = 0644;

QString folderText(const std::string &folder)
{
    return QString::fromStdString(folder);
}

} // namespace

BuildController::BuildController(BuildEngine *engine, QObject *parent)
    : QObject(parent)
    , m_engine(engine)
    , m_buildx(engine->program())
    , m_check(engine->program())
    , m_mailbox(std::make_shared<service::Mailbox>(this))
    , m_cancelled(std::make_shared<std::atomic<bool>>(false))
{
    connect(&m_check, &service::DockerfileCheck::checked, this, &BuildController::takeCheck);
}

BuildController::~BuildController()
{
    *m_cancelled = true;
    m_mailbox->close();
    if (m_run && m_run->state() == service::BuildState::Running) {
        m_engine->recordFinished(m_record, Error{ErrorKind::Cancelled, 0, {}, "image.buildx"});
    }
}

void BuildController::setForm(const BuildForm &form)
{
    if (form == m_form) {
        return;
    }
    m_form = form;
    Q_EMIT formEdited();
}

void BuildController::begin(const BuildForm &form)
{
    if (m_step == Step::Building) {
        return;
    }
    m_form = form;
    chooseBuilder();
    m_text.clear();
    m_savedText.clear();
    m_dockerfile = {};
    m_step = Step::Context;
    Q_EMIT formChanged();
    Q_EMIT textChanged();
    Q_EMIT stepChanged();
    look();
    askForBuilders();
}

void BuildController::setContext(const QString &context, const QString &dockerfile)
{
    const QString trimmed = context.trimmed();
    const std::string place = isRemoteContext(trimmed.toStdString())
                                  ? trimmed.toStdString()
                                  : QDir::cleanPath(trimmed).toStdString();
    m_form.context = trimmed.isEmpty() ? std::string() : place;
    m_form.dockerfile = dockerfile.isEmpty()
                            ? std::string()
                            : QDir(folderText(place)).filePath(dockerfile).toStdString();
    m_text.clear();
    m_savedText.clear();
    m_dockerfile = {};
    Q_EMIT formChanged();
    Q_EMIT textChanged();
    look();
}

void BuildController::chooseDockerfile(const QString &name)
{
    m_form.dockerfile = QDir(folderText(m_form.context)).filePath(name).toStdString();
    look();
}

/// Blocking, in a thread of the pool.
BuildController::Look BuildController::lookAt(const BuildForm &form,
                                              const std::atomic<bool> &cancelled)
{
    Look look;
    look.dockerfile = form.dockerfile;
    look.facts.dockerfiles = build::findDockerfiles(form.context);
    const bool hasOwn = !form.dockerfile.empty() || !look.facts.dockerfiles.empty();
    if (form.dockerfile.empty() && hasOwn) {
        look.dockerfile = form.context + "/" + look.facts.dockerfiles.front();
    }
    const auto text =
        hasOwn ? readFile(look.dockerfile, longestDockerfile) : Result<std::string>(std::string());
    if (!text) {
        look.facts.problem = describe(text.error(), folderText(look.dockerfile));
        return look;
    }
    look.text = QString::fromStdString(*text);
    if (!hasOwn && !QFileInfo(folderText(form.context)).isDir()) {
        look.facts.problem =
            Explanation{.title = tr("This folder cannot be built"),
                        .reason = tr("There is no folder %1.").arg(displayText(form.context, 200)),
                        .advice = tr("Choose another one."),
                        .rawDetail = {}};
        return look;
    }
    if (!hasOwn) {
        return look; // one can be written in the next step
    }
    const auto context = build::locateContext(
        {.context = form.context, .dockerfile = look.dockerfile, .currentFolder = "/"});
    const auto size =
        context ? build::measureContext(*context, cancelled) : std::unexpected(context.error());
    if (!size) {
        look.facts.problem = describe(size.error(), folderText(form.context));
        return look;
    }
    look.facts.size = *size;
    return look;
}

void BuildController::look()
{
    *m_cancelled = true;
    m_cancelled = std::make_shared<std::atomic<bool>>(false);
    m_facts = {};
    probe();
    m_looking = !m_form.context.empty() && !isRemoteContext(m_form.context);
    Q_EMIT factsChanged();
    if (!m_looking) {
        return;
    }
    QThreadPool::globalInstance()->start(
        [this, form = m_form, cancelled = m_cancelled, mailbox = m_mailbox] {
            Look seen = lookAt(form, *cancelled);
            mailbox->post([this, cancelled, seen = std::move(seen)] {
                if (!*cancelled) {
                    take(seen);
                }
            });
        });
}

/// Once; what is not there when it is asked again may have been installed meanwhile.
void BuildController::probe()
{
    if (m_builderFacts && m_builderFacts->hasBuildx) {
        return;
    }
    m_probe = std::make_unique<service::BuilderProbe>(m_engine->program());
    connect(m_probe.get(), &service::BuilderProbe::found, this,
            [this](const service::BuilderFacts &facts) {
                m_builderFacts = facts;
                Q_EMIT factsChanged();
                askForBuilders();
                askForCheck();
            });
    m_probe->start();
}

void BuildController::askForBuilders()
{
    if (!m_builderFacts || builder() != Builder::Buildx) {
        return;
    }
    service::listBuilders(&m_buildx, m_engine->cliEngine())
        .then(this, [this, question = ++m_builderQuestion](const Result<service::Builders> &told) {
            if (told && question == m_builderQuestion && m_step != Step::Building) {
                takeBuilders(*told);
            }
        });
}

void BuildController::takeBuilders(const service::Builders &builders)
{
    m_builders.clear();
    const context::ContextStore contexts(service::cliConfigFolder());
    std::ranges::copy_if(builders, std::back_inserter(m_builders), [&](const auto &each) {
        return service::isBuilderOf(m_engine->cliEngine(), each, contexts);
    });
    chooseBuilder();
    Q_EMIT buildersChanged();
    Q_EMIT formEdited();
}

/// One that was chosen, now or for the build before, counts as long as it is there.
void BuildController::chooseBuilder()
{
    if (m_builders.empty()) {
        return; // not known yet
    }
    if (m_form.builder.empty()) {
        m_form.builder = QSettings().value(builderKey()).toString().toStdString();
    }
    const service::Builders offered = this->builders();
    if (!std::ranges::contains(offered, m_form.builder, &build::Builder::name)) {
        m_form.builder.clear();
    }
}

service::Builders BuildController::builders() const
{
    return builder() == Builder::Buildx && m_builders.size() > 1 ? m_builders : service::Builders();
}

/// Where the choice is remembered, for each engine.
QString BuildController::builderKey() const
{
    const docker::CliEngine engine = m_engine->cliEngine();
    const std::string &name = engine.context.empty() ? engine.host : engine.context;
    return u"build/builder/"_s +
           QString::fromLatin1(QUrl::toPercentEncoding(QString::fromStdString(name)));
}

BuildController::Builder BuildController::builder() const
{
    const bool hasBuildx = !m_builderFacts || m_builderFacts->hasBuildx;
    return hasBuildx && m_engine->hasBuildKit() ? Builder::Buildx : Builder::Classic;
}

QString BuildController::builderNote() const
{
    if (builder() == Builder::Buildx) {
        return {};
    }
    return m_engine->hasBuildKit()
               ? tr("docker-buildx is not installed: the engine's classic builder is used, without "
                    "secrets, several platforms and exports.")
               : tr("This engine has no BuildKit: its own builder is used, without secrets, "
                    "several "
                    "platforms and exports.");
}

void BuildController::take(const Look &look)
{
    m_looking = false;
    m_facts = look.facts;
    m_form.dockerfile = look.dockerfile;
    m_text = look.text;
    m_savedText = look.text;
    m_dockerfile = build::readDockerfile(m_text.toStdString());
    Q_EMIT formChanged();
    Q_EMIT factsChanged();
    Q_EMIT textChanged();
    takeCheck({});
    askForCheck();
}

void BuildController::setText(const QString &text)
{
    if (m_text.count(u'\n') != text.count(u'\n')) {
        takeCheck({}); // its lines are others now
    }
    m_text = text;
    m_dockerfile = build::readDockerfile(m_text.toStdString());
    askForCheck();
}

/// Where the builder offers it, and the text says something.
void BuildController::askForCheck()
{
    const bool isOffered = m_builderFacts && m_builderFacts->knowsChecks() &&
                           builder() == Builder::Buildx && !isRemoteContext(m_form.context);
    if (!isOffered || m_dockerfile.stages.empty()) {
        m_check.cancel();
        takeCheck({});
        return;
    }
    m_check.ask(m_engine->cliEngine(), {.context = QString::fromStdString(m_form.context),
                                        .text = m_text,
                                        .target = QString::fromStdString(m_form.target)});
}

void BuildController::takeCheck(const build::BuildCheck &check)
{
    if (std::exchange(m_checked, check) != check) {
        Q_EMIT checkChanged();
    }
}

QString BuildController::dockerfilePath() const
{
    return m_form.dockerfile.empty() ? QDir(folderText(m_form.context)).filePath(u"Dockerfile"_s)
                                     : QString::fromStdString(m_form.dockerfile);
}

std::optional<Explanation> BuildController::saveText()
{
    if (!isTextChanged()) {
        return std::nullopt;
    }
    const std::string path = dockerfilePath().toStdString();
    const auto saved = replaceFile(path, m_text.toStdString(), dockerfileMode);
    if (!saved) {
        return describe(saved.error(), QString::fromStdString(path));
    }
    m_savedText = m_text;
    m_form.dockerfile = path;
    return std::nullopt;
}

QList<BuildProblem> BuildController::problems() const
{
    QList<BuildProblem> problems = problemsOf(m_form, m_dockerfile);
    if (builder() == Builder::Classic) {
        problems += problemsOfClassic(m_form);
    }
    // Podman fetches it, but looks for the Dockerfile elsewhere.
    if (!m_engine->hasBuildKit() && isRemoteContext(m_form.context)) {
        problems.append({BuildField::Context,
                         tr("This engine's builder cannot fetch a repository. Clone it, and choose "
                            "the folder.")});
    }
    return problems;
}

QString BuildController::line() const
{
    if (builder() == Builder::Classic) {
        return classicLine(m_form);
    }
    docker::BuildxBuild build = buildOf(m_form);
    if (build.context.empty()) {
        build.context = "FOLDER"; // nothing is chosen yet
    }
    return QString::fromStdString(docker::commandLine(build.arguments()));
}

/// The Dockerfile of a remote context is not here to be read or written.
void BuildController::goTo(Step step)
{
    if (step == Step::Dockerfile && isRemoteContext(m_form.context)) {
        step = m_step == Step::Context ? Step::Options : Step::Context;
    }
    if (m_step == step || m_step == Step::Building) {
        return;
    }
    m_step = step;
    Q_EMIT stepChanged();
}

bool BuildController::build()
{
    if (m_step == Step::Building || !problems().isEmpty() || saveText()) {
        return false;
    }
    const docker::BuildxBuild build = buildOf(m_form);
    if (builder() == Builder::Classic) {
        service::ClassicBuild classic = m_engine->classic();
        classic.command = classicOf(m_form);
        classic.context = {
            .context = m_form.context, .dockerfile = m_form.dockerfile, .currentFolder = "/"};
        classic.dockerfile = m_dockerfile;
        m_run = std::make_unique<service::BuildRun>(build, std::move(classic));
    } else {
        m_run =
            std::make_unique<service::BuildRun>(build, m_engine->cliEngine(), m_engine->program());
    }
    connect(m_run.get(), &service::BuildRun::changed, this, &BuildController::runChanged);
    connect(m_run.get(), &service::BuildRun::finished, this, &BuildController::finishRun);
    if (!builders().empty()) {
        QSettings().setValue(builderKey(), QString::fromStdString(m_form.builder));
    }
    m_record = m_engine->recordStarted(line(), [this] { stop(); });
    m_step = Step::Building;
    m_run->start();
    Q_EMIT stepChanged();
    Q_EMIT runChanged();
    return true;
}

void BuildController::stop()
{
    if (m_run) {
        m_run->stop();
    }
}

void BuildController::finishRun()
{
    m_engine->recordFinished(m_record, m_run->error());
    m_step = Step::Result;
    Q_EMIT runChanged();
    Q_EMIT stepChanged();
}

std::optional<Explanation> BuildController::failure() const
{
    if (!m_run || m_run->state() != service::BuildState::Failed) {
        return std::nullopt;
    }
    Explanation words = describe(*m_run->error());
    words.title = tr("The build failed");
    const auto &snapshot = m_run->snapshot();
    if (snapshot.failure) {
        words.reason = displayText(snapshot.failure->message);
        if (!words.reason.endsWith(u'.')) {
            words.reason += u'.';
        }
        words.advice = buildAdvice(snapshot.failure->message);
    }
    if (const auto trouble = registryTrouble()) {
        const Explanation own = explainRegistry(
            {ErrorKind::EngineFailed, 0, snapshot.failure->message, "image.build"}, trouble->act,
            {.registry = trouble->registry, .repository = trouble->image});
        words.reason = own.reason;
        words.advice = own.advice;
    }
    if (snapshot.failure && snapshot.failure->firstLine > 0) {
        words.title =
            tr("The build failed at line %1 of the Dockerfile").arg(snapshot.failure->firstLine);
    }
    if (m_run->error()->kind == ErrorKind::NotInstalled) {
        words.reason = m_run->error()->detail == "buildx"
                           ? tr("The docker command has no buildx plugin.")
                           : tr("There is no docker command on this machine.");
        words.advice = tr("Install docker-cli and docker-buildx, and build again.");
    }
    return words;
}

std::optional<RegistryTrouble> BuildController::registryTrouble() const
{
    if (!m_run || m_run->state() != service::BuildState::Failed || !m_run->snapshot().failure) {
        return std::nullopt;
    }
    const service::BuildSnapshot &snapshot = m_run->snapshot();
    return registryTroubleOf(snapshot.failure->message,
                             snapshot.failedStep ? snapshot.steps[*snapshot.failedStep].words
                                                 : std::string());
}

RegistryRemedy BuildController::remedy() const
{
    const auto trouble = registryTrouble();
    const RegistryRemedy remedy = trouble ? remedyOf(trouble->cause) : RegistryRemedy::None;
    const std::string &name = m_run ? m_run->build().builder : std::string();
    const auto used = std::ranges::find_if(m_builders, [&name](const build::Builder &each) {
        return name.empty() ? each.isCurrent.value_or(false) : each.name == name;
    });
    const bool isOwn = used == m_builders.end() ? name.empty() : service::isEnginesOwn(*used);
    return isOwn || remedy == RegistryRemedy::SignIn ? remedy : RegistryRemedy::None;
}

} // namespace roadstead::ui
