// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/wizards/push/push_progress.h"

#include "ui/text/display_text.h"
#include "ui/text/formats.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/badge.h"
#include "ui/widgets/card.h"
#include "ui/widgets/command_strip.h"
#include "ui/widgets/copy_row.h"
#include "ui/widgets/label.h"
#include "ui/widgets/progress.h"
#include "ui/wizards/push/push_controller.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

#include <cmath>

using namespace Qt::StringLiterals;

namespace roadstead::ui {

namespace {

constexpr std::size_t mostRows = 60;
constexpr int idWidth = 112;
constexpr int barWidth = 120;
constexpr int sentWidth = 132;
constexpr int barHeight = 4;
constexpr int wholeBarHeight = 6;

StateMark markOf(PushState state)
{
    switch (state) {
    case PushState::Pushing:
        return StateMark::Busy;
    case PushState::Pushed:
    case PushState::Exists:
    case PushState::Mounted:
        return StateMark::Done;
    case PushState::Retrying:
        return StateMark::Warning;
    case PushState::Waiting:
        break;
    }
    return StateMark::Waiting;
}

QString sentText(const PushLayer &layer)
{
    switch (layer.state) {
    case PushState::Exists:
        return PushProgress::tr("Already there");
    case PushState::Mounted:
        return PushProgress::tr("Mounted");
    case PushState::Pushed:
        return layer.total > 0 ? diskSizeText(layer.total) : PushProgress::tr("Pushed");
    case PushState::Pushing:
        return u"%1 / %2"_s.arg(diskSizeText(layer.current), diskSizeText(layer.total));
    case PushState::Retrying:
        return PushProgress::tr("Trying again");
    case PushState::Waiting:
        break;
    }
    return layer.total > 0 ? diskSizeText(layer.total) : PushProgress::tr("Waiting");
}

} // namespace

PushProgress::PushProgress(PushController *controller, QWidget *parent)
    : QWidget(parent)
    , m_controller(controller)
    , m_done(new QVBoxLayout)
    , m_card(new Card)
    , m_mark(new MarkLabel(StateMark::Busy))
    , m_badge(new Badge({}, Tone::Accent))
    , m_amount(new Label({}, FontRole::Small, Color::Text2))
    , m_bar(new ProgressBar(wholeBarHeight))
    , m_remark(new Label({}, FontRole::Small, Color::Warn))
    , m_rows(new QVBoxLayout)
    , m_more(new Label({}, FontRole::Small, Color::Text3))
    , m_pull(new CopyRow(u"pushPullLine"_s, tr("Pull it with")))
{
    setObjectName(u"pushProgress"_s);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space::s3);
    m_done->setSpacing(space::s3);
    column->addLayout(m_done);
    m_card->setRounded(radius::card, Color::AccentBorder);
    m_card->addTitleWidget(m_badge);
    m_card->addHeadWidget(m_amount);
    m_card->addHeadWidget(m_mark);
    m_amount->setObjectName(u"pushAmount"_s);
    m_remark->setObjectName(u"pushRemark"_s);
    m_remark->setWordWrap(true);
    QVBoxLayout *body = m_card->body();
    body->setContentsMargins(space::s3, space::s3, space::s3, space::s3);
    body->setSpacing(space::s2);
    body->addWidget(m_bar);
    body->addWidget(m_remark);
    m_rows->setSpacing(space::s1);
    body->addLayout(m_rows);
    body->addWidget(m_more);
    column->addWidget(m_card);
    auto *result = new Card(tr("Result"));
    result->setNote(tr("Ready when it is pushed"));
    result->body()->setContentsMargins(space::s3, space::s3, space::s3, space::s3);
    result->body()->addWidget(new Label(tr("Pull it with"), FontRole::Small, Color::Text2));
    result->body()->addWidget(m_pull);
    column->addWidget(result);
    column->addStretch(1);
    connect(controller, &PushController::progressChanged, this, &PushProgress::refresh);
    refresh();
}

PushProgress::~PushProgress()
{
    m_controller->disconnect(this);
}

PushProgress::Row PushProgress::makeRow()
{
    Row row{.widget = new QWidget,
            .mark = new MarkLabel(StateMark::Waiting),
            .id = new Label({}, FontRole::Mono, Color::Text2),
            .maker = new ElidedLabel({}, FontRole::Mono),
            .bar = new ProgressBar(barHeight),
            .sent = new Label({}, FontRole::Body, Color::Text2)};
    auto *line = new QHBoxLayout(row.widget);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(space::s3);
    row.widget->setMinimumHeight(heightFor(FontRole::Body, size::rowLayer));
    row.id->setFixedWidth(scaled(idWidth));
    row.bar->setFixedWidth(scaled(barWidth));
    row.sent->setFixedWidth(scaled(sentWidth));
    row.sent->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    line->addWidget(row.mark);
    line->addWidget(row.id);
    line->addWidget(row.maker, 1);
    line->addWidget(row.bar);
    line->addWidget(row.sent);
    QSizePolicy keeps = row.bar->sizePolicy();
    keeps.setRetainSizeWhenHidden(true);
    row.bar->setSizePolicy(keeps);
    m_rows->addWidget(row.widget);
    return row;
}

void PushProgress::fillRow(const Row &row, const PushLayer &layer)
{
    row.mark->setMark(markOf(layer.state));
    row.id->setText(displayText(layer.id, 14));
    row.maker->setFullText(m_controller->makerOf(layer.id));
    row.bar->setVisible(layer.state == PushState::Pushing || layer.state == PushState::Waiting);
    row.bar->setShare(layer.total > 0 ? double(layer.current) / double(layer.total) : 0);
    row.sent->setText(sentText(layer));
    row.widget->setAccessibleName(
        u"%1 %2 %3"_s.arg(row.id->text(), row.maker->fullText(), row.sent->text()));
}

void PushProgress::refreshRows()
{
    const auto &layers = m_controller->layers().layers();
    const std::size_t shown = std::min(layers.size(), mostRows);
    while (m_layerRows.size() < shown) {
        m_layerRows.push_back(makeRow());
    }
    for (std::size_t i = 0; i < m_layerRows.size(); ++i) {
        m_layerRows[i].widget->setVisible(i < shown);
        if (i < shown) {
            fillRow(m_layerRows[i], layers[i]);
        }
    }
    const int more = int(layers.size() - shown);
    m_more->setText(tr("and %n more layers", nullptr, more));
    m_more->setVisible(more > 0);
}

/// "58.3 of 93.8 MB, 6.2 MB/s, about 6 s left"
QString PushProgress::amountText() const
{
    const PushLayers &layers = m_controller->layers();
    if (m_controller->step() == PushController::Step::Checking) {
        return tr("Asking the registry whether you may");
    }
    if (layers.layers().empty()) {
        return tr("Getting ready");
    }
    if (layers.total() == 0) {
        return tr("%1 of %2 layers")
            .arg(layers.count(PushState::Exists) + layers.count(PushState::Mounted) +
                 layers.count(PushState::Pushed))
            .arg(layers.layers().size());
    }
    QStringList parts{
        tr("%1 of %2").arg(diskSizeText(layers.sent()), diskSizeText(layers.total()))};
    const double rate = m_controller->bytesPerSecond();
    if (rate > 0) {
        parts.append(tr("%1/s").arg(diskSizeText(std::int64_t(rate))));
        const auto left = std::int64_t(std::ceil(double(layers.total() - layers.sent()) / rate));
        if (left > 1) {
            parts.append(tr("about %1 left").arg(durationText(left)));
        }
    }
    return parts.join(u", "_s);
}

/// A line for each tag that is pushed already.
void PushProgress::refreshDone()
{
    std::size_t done = 0;
    for (const PushedTag &tag : m_controller->tags()) {
        if (!tag.isPushed) {
            continue;
        }
        if (++done <= m_doneCards.size()) {
            continue;
        }
        auto *card = new Card(displayText(tag.target.display, 80));
        card->addTitleWidget(new Badge(tr("Pushed"), Tone::Ok));
        card->addHeadWidget(new MarkLabel(StateMark::Done));
        auto *row = new CopyRow(u"pushedDigest%1"_s.arg(done - 1), tr("Digest"));
        row->setText(displayText(tag.digest, 80));
        card->body()->setContentsMargins(space::s3, space::s2, space::s3, space::s2);
        card->body()->addWidget(row);
        m_done->addWidget(card);
        m_doneCards.push_back(card);
    }
    while (m_doneCards.size() > done) {
        m_doneCards.back()->hide();
        m_doneCards.back()->deleteLater();
        m_doneCards.pop_back();
    }
}

void PushProgress::refresh()
{
    const auto &tags = m_controller->tags();
    const bool isChecking = m_controller->step() == PushController::Step::Checking;
    refreshDone();
    if (!tags.empty()) {
        const std::size_t at = std::min(m_controller->currentTag(), tags.size() - 1);
        const QString name = displayText(tags[at].target.display, 80);
        m_card->setTitle(name);
        m_pull->setWaiting(u"docker pull "_s + name);
    }
    m_badge->setText(isChecking ? tr("Checking") : tr("Pushing"));
    m_amount->setText(amountText());
    m_bar->setShare(m_controller->layers().share().value_or(0));
    m_remark->setText(m_controller->remark().isEmpty()
                          ? QString()
                          : tr("It could not be checked before whether you may push: %1 The "
                               "engine tries it all the same.")
                                .arg(m_controller->remark()));
    m_remark->setVisible(!m_remark->text().isEmpty());
    refreshRows();
}

} // namespace roadstead::ui
