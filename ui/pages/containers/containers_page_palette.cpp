// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the palette finds on the Containers page.

#include "ui/models/container_text.h"
#include "ui/models/containers_model.h"
#include "ui/pages/containers/container_actions.h"
#include "ui/pages/containers/container_look.h"
#include "ui/pages/containers/containers_page.h"

#include <algorithm>
#include <tuple>

namespace roadstead::ui {

namespace {

/// How far a name that contains what was typed is from being it: 0 = the same.
int nameDistance(const QString &name, const QString &typed)
{
    const qsizetype at = name.indexOf(typed, 0, Qt::CaseInsensitive);
    if (at == 0) {
        return name.size() == typed.size() ? 0 : 1;
    }
    return at > 0 && !name[at - 1].isLetterOrNumber() ? 2 : 3;
}

bool hasAllWords(const QString &text, const QStringList &words)
{
    return std::ranges::all_of(
        words, [&text](const QString &word) { return text.contains(word, Qt::CaseInsensitive); });
}

} // namespace

/// Every container is looked at: the one that is called exactly what was typed may be the last.
QList<PaletteItem> ContainersPage::find(const QString &typed, int limit) const
{
    const QStringList words = typed.split(u' ', Qt::SkipEmptyParts);
    const QString whole = words.join(u' ');
    const QString rest = words.mid(1).join(u' ');
    struct Verb
    {
        std::optional<ContainerAction> action; ///< none = the log
        QString label;
    };
    std::vector<Verb> verbs;
    for (const ContainerAction action :
         {ContainerAction::Stop, ContainerAction::Start, ContainerAction::Restart}) {
        const QString label = actionLabel(action);
        if (!words.isEmpty() && label.startsWith(words.front(), Qt::CaseInsensitive)) {
            verbs.push_back({action, label});
        }
    }
    if (!words.isEmpty() && tr("Logs").startsWith(words.front(), Qt::CaseInsensitive)) {
        verbs.push_back({{}, tr("Logs")});
    }
    struct Found
    {
        int distance;
        ContainerRowPointer row;
        const Verb *verb;
    };
    std::vector<Found> found;
    const ContainersModel *containers = m_controller.containers();
    for (std::size_t i = 0; i < containers->size(); ++i) {
        const ContainerRowPointer row = containers->rowAt(i);
        if (hasAllWords(row->name, words)) {
            found.push_back({nameDistance(row->name, whole), row, nullptr});
        }
        for (const Verb &verb : verbs) {
            if (hasAllWords(row->name, words.mid(1)) &&
                (!verb.action || isApplicable(*verb.action, *row))) {
                found.push_back({nameDistance(row->name, rest), row, &verb});
            }
        }
    }
    const auto best = std::min<std::size_t>(found.size(), std::size_t(std::max(0, limit)));
    std::ranges::partial_sort(found, found.begin() + std::ptrdiff_t(best), {}, [](const Found &f) {
        return std::tuple(f.distance, f.verb != nullptr, QStringView(f.row->sortName));
    });
    found.resize(best);
    QList<PaletteItem> items;
    for (const Found &one : found) {
        items.append(!one.verb          ? containerItem(*one.row)
                     : one.verb->action ? commandItem(*one.verb->action, *one.row)
                                        : logsItem(*one.row));
    }
    return items;
}

PaletteItem ContainersPage::containerItem(const ContainerRow &row) const
{
    auto *self = const_cast<ContainersPage *>(this); // what is found can be done
    return {.group = title(),
            .iconName = {},
            .mark = stateLookOf(row).mark,
            .text = row.name,
            .note = containerStateText(row),
            .command = {},
            .keys = {},
            .priority = 1,
            .run = [self, id = row.id] { self->showDetails(id); }};
}

PaletteItem ContainersPage::commandItem(ContainerAction action, const ContainerRow &row) const
{
    auto *self = const_cast<ContainersPage *>(this); // what is found can be done
    return {.group = title(),
            .iconName = actionIcon(action),
            .mark = {},
            .text = actionLabel(action) + u' ' + row.name,
            .note = containerStateText(row),
            .command = commandLineFor(action, {std::make_shared<const ContainerRow>(row)}),
            .keys = {},
            .priority = 0,
            .run = [self, action, id = row.id] { self->perform(action, {id}); }};
}

} // namespace roadstead::ui
