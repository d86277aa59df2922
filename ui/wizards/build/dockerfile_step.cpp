// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/wizards/build/dockerfile_step.h"

#include "ui/text/display_text.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/button.h"
#include "ui/widgets/label.h"
#include "ui/wizards/build/build_controller.h"
#include "ui/wizards/build/dockerfile_view.h"
#include "ui/wizards/run/field.h"

#include <QDir>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace roadstead::ui {

DockerfileStep::DockerfileStep(BuildController *controller, QWidget *parent)
    : Surface(Color::BgSurface, parent)
    , m_controller(controller)
    , m_choice(makeChoice(u"dockerfileChoice"_s, tr("Dockerfile")))
    , m_save(new Button(u"saveDockerfile"_s, tr("Save")))
    , m_note(new Label({}, FontRole::Small, Color::Text2))
    , m_problem(new Label({}, FontRole::Body, Color::Danger))
    , m_remark(new Label({}, FontRole::Small, Color::Text2))
    , m_view(new DockerfileView(u"dockerfileEditor"_s, tr("Text of the Dockerfile")))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto *bar = new Surface(Color::BgSurface);
    bar->setLines(Qt::BottomEdge);
    auto *row = new QHBoxLayout(bar);
    row->setContentsMargins(space::s4, space::s2, space::s4, space::s2);
    row->setSpacing(space::s3);
    m_choice->setMinimumWidth(scaled(220));
    row->addWidget(m_choice);
    row->addWidget(m_note, 1);
    m_save->setIconName(u"save"_s);
    row->addWidget(m_save);
    column->addWidget(bar);
    m_problem->setObjectName(u"dockerfileProblem"_s);
    m_problem->setWordWrap(true);
    m_problem->setContentsMargins(space::s4, space::s2, space::s4, space::s2);
    column->addWidget(m_problem);
    column->addWidget(m_view, 1);
    m_remark->setObjectName(u"dockerfileRemark"_s);
    m_remark->setWordWrap(true);
    m_remark->setContentsMargins(space::s4, space::s2, space::s4, space::s2);
    column->addWidget(m_remark);

    connect(m_view, &QPlainTextEdit::cursorPositionChanged, this, &DockerfileStep::showRemark);
    connect(controller, &BuildController::checkChanged, this, &DockerfileStep::showCheck);
    connect(m_view, &QPlainTextEdit::textChanged, this, [this] {
        m_view->setWrongLines(0, 0);
        m_controller->setText(m_view->toPlainText());
        refresh();
        Q_EMIT edited();
    });
    connect(m_choice, &QComboBox::activated, this,
            [this] { m_controller->chooseDockerfile(m_choice->currentData().toString()); });
    connect(m_save, &Button::clicked, this, [this] {
        const auto problem = m_controller->saveText();
        m_problem->setVisible(problem.has_value());
        m_problem->setText(problem ? problem->title + u". "_s + problem->body() : QString());
        refresh();
    });
    connect(controller, &BuildController::textChanged, this, &DockerfileStep::fill);
    fill();
    showCheck();
}

void DockerfileStep::fill()
{
    const QSignalBlocker quietChoice(m_choice);
    m_choice->clear();
    for (const std::string &name : m_controller->facts().dockerfiles) {
        m_choice->addItem(displayText(name, 120), QString::fromStdString(name));
    }
    const QString own = QFileInfo(m_controller->dockerfilePath()).fileName();
    const int position = m_choice->findData(own);
    if (position < 0) {
        m_choice->addItem(displayText(own, 120), own);
    }
    m_choice->setCurrentIndex(position < 0 ? m_choice->count() - 1 : position);
    if (m_view->toPlainText() != m_controller->text()) {
        const QSignalBlocker quiet(m_view);
        m_view->setPlainText(m_controller->text());
    }
    m_problem->hide();
    refresh();
}

void DockerfileStep::showCheck()
{
    QMap<int, DockerfileView::Remark> remarks;
    const auto add = [&remarks](int line, const QString &text, bool isWrong) {
        DockerfileView::Remark &remark = remarks[std::max(1, line)];
        remark.text += (remark.text.isEmpty() ? QString() : u"\n"_s) + text;
        remark.isWrong = remark.isWrong || isWrong;
    };
    const build::BuildCheck &check = m_controller->check();
    for (const build::BuildWarning &warning : check.warnings) {
        const std::string rule = warning.details.empty() ? std::string() : warning.details.front();
        add(warning.firstLine,
            rule.empty() ? displayText(warning.text)
                         : tr("%1 (%2)", "advice, name of the rule")
                               .arg(displayText(warning.text), displayText(rule, 80)),
            false);
    }
    if (check.failure) {
        add(check.failure->firstLine, displayText(check.failure->message), true);
    }
    m_view->setRemarks(remarks);
    showRemark();
    refresh();
}

void DockerfileStep::showRemark()
{
    const auto &remarks = m_view->remarks();
    m_remark->setVisible(!remarks.isEmpty());
    if (remarks.isEmpty()) {
        return;
    }
    const int line = m_view->textCursor().blockNumber() + 1;
    const auto here = remarks.contains(line) ? remarks.constFind(line) : remarks.constBegin();
    m_remark->setTone(here->isWrong ? Color::Danger : Color::Warn);
    m_remark->setText(tr("Line %1: %2").arg(here.key()).arg(here->text));
}

void DockerfileStep::refresh()
{
    const int stages = int(m_controller->dockerfile().stages.size());
    const bool isNew = !QFileInfo::exists(m_controller->dockerfilePath());
    m_note->setText(m_controller->isTextChanged() ? tr("Changed, not saved. It is saved before the "
                                                       "build.")
                    : isNew ? tr("There is no Dockerfile in the folder. Write one here.")
                    : m_view->remarks().isEmpty() ? tr("%n stages", nullptr, stages)
                                                  : tr("%n stages", nullptr, stages) + u", "_s +
                                                        tr("%n remarks of the builder", nullptr,
                                                           int(m_view->remarks().size())));
    m_save->setEnabled(m_controller->isTextChanged());
}

void DockerfileStep::goToLine(int line)
{
    m_view->setWrongLines(line, line);
    m_view->setFocus(Qt::OtherFocusReason);
}

} // namespace roadstead::ui
