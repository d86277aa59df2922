// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/builds/build_overview.h"

#include "engine/reference/words.h"
#include "ui/pages/builds/build_row.h"
#include "ui/pages/card_rows.h"
#include "ui/text/display_text.h"
#include "ui/text/formats.h"
#include "ui/text/secret_text.h"
#include "ui/theme/metrics.h"
#include "ui/theme/theme.h"
#include "ui/widgets/button.h"
#include "ui/widgets/card.h"
#include "ui/widgets/label.h"
#include "ui/wizards/build/build_picture.h"

#include <QHBoxLayout>
#include <QLocale>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace roadstead::ui {

namespace {

constexpr int lineNumberWidth = 32;

/// A line of the Dockerfile with its number; those that failed are on a red tint.
QWidget *excerptLine(int number, const std::string &text, bool isWrong)
{
    auto *line = new Surface(isWrong ? Color::DangerTint : Color::BgSunken);
    line->setLayoutDirection(Qt::LeftToRight);
    line->setMinimumHeight(heightFor(FontRole::Mono, size::rowLog));
    auto *row = new QHBoxLayout(line);
    row->setContentsMargins(space::s2, 0, space::s2, 0);
    row->setSpacing(space::s2);
    auto *place =
        new Label(QString::number(number), FontRole::Mono, isWrong ? Color::Danger : Color::Text3);
    place->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    place->setFixedWidth(scaled(lineNumberWidth));
    row->addWidget(place);
    auto *words = new ElidedLabel(displayText(text, 400), FontRole::Mono,
                                  isWrong ? Color::Danger : Color::Text);
    words->setTextInteractionFlags(Qt::TextSelectableByMouse);
    row->addWidget(words, 1);
    return line;
}

QString listOfTexts(const std::vector<std::string> &texts)
{
    QStringList shown;
    for (const std::string &text : texts) {
        if (!text.empty()) {
            shown.append(displayText(text, 200));
        }
    }
    return shown.join(u", "_s);
}

} // namespace

BuildOverview::BuildOverview(QWidget *parent)
    : QWidget(parent)
    , m_factsPlace(new QVBoxLayout)
    , m_failureCard(new Card(tr("Why it failed")))
    , m_optionsCard(new Card(tr("Built with")))
    , m_commandCard(new Card(tr("Command")))
{
    setObjectName(u"buildOverview"_s);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(space::s4, space::s2 + 2, space::s4, space::s4);
    column->setSpacing(space::s3);
    column->addLayout(m_factsPlace);
    m_failureCard->setObjectName(u"buildFailureCard"_s);
    m_optionsCard->setObjectName(u"buildOptionsCard"_s);
    m_commandCard->setObjectName(u"buildCommandCard"_s);
    for (Card *card : {m_failureCard, m_optionsCard, m_commandCard}) {
        card->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
        column->addWidget(card);
    }
    column->addStretch(1);
}

QVBoxLayout *BuildOverview::renew(QWidget *&rows, QVBoxLayout *place)
{
    if (rows != nullptr) {
        rows->hide();
        rows->deleteLater();
    }
    rows = new QWidget;
    auto *column = new QVBoxLayout(rows);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    place->addWidget(rows);
    return column;
}

void BuildOverview::setRecord(const BuildRecord &record)
{
    m_record = record;
    m_kept = {};
    fillFacts();
    fillFailure();
    fillOptions();
    fillCommand();
}

/// Shown safe, copied as it is.
void BuildOverview::fillCommand()
{
    m_commandCard->setVisible(!m_record.line.isEmpty());
    QVBoxLayout *rows = renew(m_command, m_commandCard->body());
    rows->setContentsMargins(space::s3, 0, space::s2, space::s2);
    auto *row = new QHBoxLayout;
    auto *words = new Label(displayText(m_record.line, 20'000), FontRole::Mono);
    words->setObjectName(u"buildCommand"_s);
    words->setWordWrap(true);
    words->setLayoutDirection(Qt::LeftToRight);
    words->setTextInteractionFlags(Qt::TextSelectableByMouse);
    row->addWidget(words, 1);
    row->addWidget(
        copyButton(u"copyBuildCommand"_s, tr("Copy the command"), m_record.line.toStdString()), 0,
        Qt::AlignTop);
    rows->addLayout(row);
}

void BuildOverview::setKept(const service::KeptBuild &kept)
{
    m_kept = kept;
    fillFailure();
}

void BuildOverview::fillFacts()
{
    QVBoxLayout *rows = renew(m_facts, m_factsPlace);
    const auto add = [rows](const QString &caption, const QString &value, bool mono = false) {
        if (!value.isEmpty() && value != unknownText()) {
            addPair(rows, caption, value, mono);
        }
    };
    const QLocale locale;
    const bool isOver = m_record.outcome != BuildRecord::Outcome::Running;
    add(tr("Result"), outcomeText(m_record.outcome));
    add(tr("Started"), locale.toString(m_record.startedAt.toLocalTime(), QLocale::LongFormat));
    add(tr("Took"), isOver ? elapsedText(m_record.milliseconds) : QString());
    add(tr("Steps"),
        m_record.steps == 0
            ? QString()
            : tr("%1, %2 of them from the cache").arg(m_record.steps).arg(m_record.cached));
    add(tr("Builder"), builderText(m_record));
    add(tr("Image"), displayText(m_record.digest, 100), true);
    if (m_record.isAway) {
        auto *label = new Label(tr("Done elsewhere: the builder remembers it, so its options are "
                                   "not known here."),
                                FontRole::Small, Color::Text2);
        label->setWordWrap(true);
        rows->addWidget(label);
    }
}

void BuildOverview::fillFailure()
{
    const QString kept =
        m_kept.failure ? QString::fromStdString(m_kept.failure->message) : QString();
    const QString problem = kept.isEmpty() ? m_record.problem : kept;
    m_failureCard->setVisible(m_record.outcome == BuildRecord::Outcome::Failed &&
                              !problem.isEmpty());
    if (problem.isEmpty()) {
        return;
    }
    QVBoxLayout *rows = renew(m_failure, m_failureCard->body());
    rows->setContentsMargins(space::s3, 0, space::s3, space::s3);
    rows->setSpacing(space::s2);
    auto *words = new Label(displayText(problem, 1'000), FontRole::Small, Color::Danger);
    words->setObjectName(u"buildProblem"_s);
    words->setWordWrap(true);
    words->setTextInteractionFlags(Qt::TextSelectableByMouse);
    rows->addWidget(words);
    if (const QString advice = buildAdvice(problem.toStdString()); !advice.isEmpty()) {
        auto *next = new Label(advice, FontRole::Small, Color::Text2);
        next->setWordWrap(true);
        rows->addWidget(next);
    }
    if (m_kept.failure && !m_kept.excerpt.empty()) {
        auto *lines = new QVBoxLayout;
        lines->setSpacing(0);
        int number = m_kept.excerptLine;
        for (const std::string &line : m_kept.excerpt) {
            const bool isWrong =
                number >= m_kept.failure->firstLine &&
                number <= std::max(m_kept.failure->firstLine, m_kept.failure->lastLine);
            lines->addWidget(excerptLine(number++, line, isWrong));
        }
        rows->addLayout(lines);
    }
}

/// Of what was asked for, only what was set.
void BuildOverview::fillOptions()
{
    QVBoxLayout *rows = renew(m_options, m_optionsCard->body());
    rows->setContentsMargins(space::s3, 0, space::s3, space::s3);
    const BuildForm &form = m_record.form;
    int count = 0;
    const auto add = [rows, &count](const QString &caption, const QString &value,
                                    bool mono = true) {
        if (!value.isEmpty()) {
            addPair(rows, caption, value, mono);
            ++count;
        }
    };
    add(tr("Context"), displayText(m_record.context, 400));
    add(tr("Dockerfile"), displayText(form.dockerfile, 400));
    add(tr("Tags"), listOfTexts(form.tags));
    add(tr("Target"), displayText(form.target, 100));
    add(tr("Platforms"), displayText(form.platforms, 200));
    for (const std::string &argument : form.arguments) {
        const reference::Halves halves = reference::cut(argument, '=');
        if (!halves.before.empty()) {
            const bool isSecret = looksSecret(halves.before, "x");
            add(tr("Argument"),
                isSecret ? tr("%1, its value is not kept").arg(displayText(halves.before, 80))
                         : displayText(argument, 300));
        }
    }
    add(tr("Secrets"), listOfTexts(form.secrets));
    add(tr("Labels"), listOfTexts(form.labels));
    add(tr("Cache from"), listOfTexts(form.cacheFrom));
    add(tr("Cache to"), listOfTexts(form.cacheTo));
    add(tr("SSH"), listOfTexts(form.ssh));
    add(tr("Hosts"), listOfTexts(form.hosts));
    add(tr("Network"), displayText(form.network, 80));
    add(tr("Cache"), form.noCache ? tr("not used") : QString(), false);
    add(tr("Base images"), form.pull ? tr("looked for newer ones") : QString(), false);
    add(tr("Written to"), displayText(form.path, 400));
    m_optionsCard->setVisible(count > 0);
}

} // namespace roadstead::ui
