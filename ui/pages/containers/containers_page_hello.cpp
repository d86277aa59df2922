// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

// How ContainersPage shows the run of the hello container.

#include "ui/pages/containers/containers_page.h"

#include "ui/dialogs/output_dialog.h"
#include "ui/pages/containers/containers_view.h"
#include "ui/text/error_text.h"
#include "ui/widgets/toast.h"

#include <QAction>
#include <QStackedWidget>

namespace roadstead::ui {

namespace {

/// What came of a run that got as far as reading the output.
QString helloSummary(const HelloController &hello)
{
    using Ending = HelloController::Ending;
    switch (hello.ending()) {
    case Ending::Ended:
        return hello.worked()
                   ? ContainersPage::tr("The engine works. The container ended with exit code 0.")
                   : ContainersPage::tr("The container ran, but ended with exit code %1 instead "
                                        "of 0. What it printed may say why.")
                         .arg(hello.exitCode().value_or(-1));
    case Ending::Slow:
        return ContainersPage::tr("The container runs, but had not ended after 20 seconds. This is "
                                  "what it printed so far.");
    case Ending::Removed:
        return ContainersPage::tr("The container was removed before its end was seen.");
    case Ending::Unknown:
        break;
    }
    return ContainersPage::tr("The container ended. Its exit code is not known.");
}

QString progressText(HelloController::Step step)
{
    using Step = HelloController::Step;
    switch (step) {
    case Step::Loading:
        return ContainersPage::tr("Loading the image into the engine");
    case Step::Creating:
        return ContainersPage::tr("Making a container of it");
    case Step::Starting:
        return ContainersPage::tr("Starting the container");
    case Step::Running:
        return ContainersPage::tr("The container is running");
    case Step::Reading:
        return ContainersPage::tr("Reading what it printed");
    case Step::Idle:
    case Step::Done:
    case Step::Failed:
        break;
    }
    return {};
}

} // namespace

/// Runs it; while it is under way, shows how far it is.
void ContainersPage::runHello()
{
    openHelloDialog();
    m_hello.run();
}

void ContainersPage::openHelloDialog()
{
    if (!m_helloDialog) {
        m_helloDialog =
            new OutputDialog(QStringLiteral("helloDialog"), tr("Hello container"), widget());
        m_helloDialog->setCommandOfOutput(m_hello.commandLines().join(QStringLiteral("; ")));
    }
    m_helloDialog->open();
    fillHelloDialog();
}

void ContainersPage::showHelloStep()
{
    if (m_view) {
        m_view->setHelloBusy(m_hello.isUnderWay());
    }
    m_helloAction->setText(m_hello.isUnderWay() ? tr("Show the run of the hello container")
                                                : tr("Run hello container"));
    if (m_helloDialog) {
        fillHelloDialog();
    } else if (!m_hello.isUnderWay()) {
        tellHelloEnd();
    }
}

void ContainersPage::fillHelloDialog()
{
    if (m_hello.step() == HelloController::Step::Done) {
        m_helloDialog->setOutput(m_hello.output(), helloSummary(m_hello), m_hello.worked());
    } else if (m_hello.step() == HelloController::Step::Failed) {
        const Explanation words = describe(m_hello.error().value_or(Error{}));
        m_helloDialog->setFailure(words.title, words.body(), words.rawDetail);
    } else {
        m_helloDialog->setProgress(progressText(m_hello.step()));
    }
}

/// The dialog was closed before the end: a toast says what came of it.
void ContainersPage::tellHelloEnd()
{
    if (!m_toasts || m_hello.step() == HelloController::Step::Idle) {
        return;
    }
    ToastContent content;
    content.kind = m_hello.worked() ? ToastKind::Done : ToastKind::Error;
    if (m_hello.step() == HelloController::Step::Failed) {
        const Explanation words = describe(m_hello.error().value_or(Error{}));
        content.title = tr("The hello container did not run");
        content.text = words.title + QStringLiteral(". ") + words.body();
        content.details = words.rawDetail;
    } else {
        content.title = m_hello.worked() ? tr("The hello container ran") : tr("Hello container");
        content.text = helloSummary(m_hello);
    }
    content.actions.append(
        {QStringLiteral("toastShowHello"), tr("Show output"), {}, [this] { openHelloDialog(); }});
    m_toasts->show(content);
}

} // namespace roadstead::ui
