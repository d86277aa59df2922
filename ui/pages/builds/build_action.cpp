// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/builds/build_action.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace roadstead::ui {

namespace {

struct BuildActionWords
{
    Q_DECLARE_TR_FUNCTIONS(BuildActionWords)
};

} // namespace

QString buildActionText(BuildAction action)
{
    switch (action) {
    case BuildAction::Again:
        return BuildActionWords::tr("Run again…");
    case BuildAction::OpenImage:
        return BuildActionWords::tr("Open image");
    case BuildAction::Compare:
        return BuildActionWords::tr("Compare");
    case BuildAction::Copy:
        return BuildActionWords::tr("Copy the command");
    case BuildAction::Remove:
        return BuildActionWords::tr("Remove from history…");
    }
    return {};
}

QString buildActionIcon(BuildAction action)
{
    switch (action) {
    case BuildAction::Again:
        return u"arrow-clockwise"_s;
    case BuildAction::OpenImage:
        return u"image"_s;
    case BuildAction::Compare:
        return u"columns-gap"_s;
    case BuildAction::Copy:
        return u"copy"_s;
    case BuildAction::Remove:
        return u"trash"_s;
    }
    return {};
}

bool isRepeatable(const BuildRecord &record)
{
    return !record.form.context.empty();
}

} // namespace roadstead::ui
