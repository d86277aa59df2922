// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pages/containers/changes_card.h"

#include "ui/pages/containers/files/file_row.h"
#include "ui/pages/containers/files/file_table.h"
#include "ui/pages/containers/overview_rows.h"
#include "ui/text/display_text.h"
#include "ui/text/error_text.h"
#include "ui/text/formats.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/button.h"
#include "ui/widgets/label.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QVBoxLayout>

#include <algorithm>
#include <ranges>

namespace roadstead::ui {

namespace {

constexpr std::size_t changesShown = 8;
constexpr int changeMarkSide = 14;
constexpr int changeWordWidth = 64;

/// The mark of a change; the word beside it says the same.
class ChangeMarkLabel : public QWidget
{
public:
    explicit ChangeMarkLabel(docker::ChangeKind change)
        : m_change(change)
    {
        setFixedSize(scaled(changeMarkSide), scaled(changeMarkSide));
    }

protected:
    void paintEvent(QPaintEvent * /*event*/) override
    {
        QPainter painter(this);
        paintChangeMark(&painter, rect(), m_change);
    }

private:
    docker::ChangeKind m_change;
};

} // namespace

std::vector<docker::FileChange> ownChanges(std::vector<docker::FileChange> changes)
{
    // With the slash, what is below a folder follows it directly: "/a-b" would come between.
    std::ranges::sort(changes, {}, [](const docker::FileChange &each) { return each.path + '/'; });
    std::vector<docker::FileChange> own;
    for (std::size_t i = 0; i < changes.size(); ++i) {
        const bool holdsNext =
            i + 1 < changes.size() && changes[i + 1].path.starts_with(changes[i].path + '/');
        if (changes[i].kind != docker::ChangeKind::Modified || !holdsNext) {
            own.push_back(std::move(changes[i]));
        }
    }
    return own;
}

ChangesCard::ChangesCard(ContainerEngine *engine, QWidget *parent)
    : Card(tr("Changed files"), parent)
    , m_engine(engine)
    , m_again(new IconButton(QStringLiteral("readChanges"), QStringLiteral("arrow-clockwise"),
                             tr("Read the changed files again")))
{
    setObjectName(QStringLiteral("changesCard"));
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    addHeadWidget(m_again);
    connect(m_again, &QAbstractButton::clicked, this, [this] {
        m_isStale = true;
        ask();
    });
}

ChangesCard::~ChangesCard()
{
    forget();
}

void ChangesCard::setContainer(const docker::Target &container, docker::ContainerState state)
{
    if (container.reference != m_container.reference) {
        clear();
    }
    m_isStale = m_isStale || state != m_state;
    m_container = container;
    m_state = state;
    ask();
}

void ChangesCard::clear()
{
    forget();
    m_container = {};
    m_isStale = true;
    setNote({});
    fill({});
}

void ChangesCard::showEvent(QShowEvent *event)
{
    Card::showEvent(event);
    ask();
}

void ChangesCard::hideEvent(QHideEvent *event)
{
    Card::hideEvent(event);
    forget();
}

void ChangesCard::forget()
{
    ++m_generation;
    if (std::exchange(m_waits, false)) {
        m_isStale = true;
        m_asked.cancel();
    }
}

void ChangesCard::ask()
{
    if (m_waits || !m_isStale || m_container.reference.empty() || !isVisible()) {
        return;
    }
    m_waits = true;
    m_isStale = false;
    m_asked = m_engine->files()->changes(m_container);
    m_asked.then(this, [this, generation = ++m_generation](
                           const Result<std::vector<docker::FileChange>> &result) {
        if (generation == m_generation) {
            m_waits = false;
            take(result);
            ask(); // where it was outdated meanwhile
        }
    });
}

void ChangesCard::take(const Result<std::vector<docker::FileChange>> &result)
{
    if (!result) {
        if (result.error().kind != ErrorKind::Cancelled) {
            setProblem(tr("Could not be read: %1").arg(describe(result.error()).body()));
        }
        return;
    }
    const std::vector<docker::FileChange> changes = ownChanges(*result);
    QStringList counts;
    const auto count = [&](docker::ChangeKind kind, const QString &text) {
        const auto number = std::ranges::count(changes, kind, &docker::FileChange::kind);
        if (number > 0) {
            counts.append(text.arg(numberText(number)));
        }
    };
    count(docker::ChangeKind::Added, tr("%1 added"));
    count(docker::ChangeKind::Modified, tr("%1 changed"));
    count(docker::ChangeKind::Deleted, tr("%1 deleted"));
    setNote(counts.isEmpty() ? tr("As in the image") : counts.join(QStringLiteral(" · ")));
    fill(changes);
}

void ChangesCard::fill(const std::vector<docker::FileChange> &changes)
{
    if (m_rows) {
        m_rows->hide();
        m_rows->deleteLater();
        m_rows = nullptr;
    }
    if (changes.empty()) {
        return;
    }
    m_rows = new QWidget(this);
    auto *column = new QVBoxLayout(m_rows);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    int number = 0;
    for (const docker::FileChange &change : changes | std::views::take(changesShown)) {
        column->addWidget(changeRow(change, ++number));
    }
    if (changes.size() > changesShown) {
        auto [widget, row] = makeRow(true);
        row->addWidget(new Label(tr("%n more", nullptr, int(changes.size() - changesShown)),
                                 FontRole::Small, Color::Text3));
        row->addStretch();
        auto *all = new LinkButton(QStringLiteral("showAllChanges"), tr("Show files"));
        connect(all, &QAbstractButton::clicked, this, [this] { Q_EMIT folderWanted("/"); });
        row->addWidget(all);
        column->addWidget(widget);
    }
    body()->addWidget(m_rows);
}

QWidget *ChangesCard::changeRow(const docker::FileChange &change, int number)
{
    auto [widget, row] = makeRow(true);
    const QString path = displayText(change.path);
    row->addWidget(new ChangeMarkLabel(change.kind));
    ElidedLabel *name = monoLabel(path);
    if (change.kind == docker::ChangeKind::Deleted) {
        QFont struck = name->font();
        struck.setStrikeOut(true);
        name->setFont(struck);
    }
    row->addWidget(name, 1);
    auto *word = new ElidedLabel(changeText(change.kind), FontRole::Small, Color::Text2);
    word->setFixedWidth(scaled(changeWordWidth));
    row->addWidget(word);
    auto *show = new LinkButton(QStringLiteral("showChange%1").arg(number), tr("Show"));
    show->setAccessibleName(tr("Show the folder of %1").arg(path));
    connect(show, &QAbstractButton::clicked, this,
            [this, folder = service::parentOf(change.path)] { Q_EMIT folderWanted(folder); });
    row->addWidget(show);
    return widget;
}

} // namespace roadstead::ui
