// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QCoreApplication;
class QLocale;

namespace roadstead::desktop {

/// Loads what Roadstead and Qt say in the language of `locale`, as far as it is there. English is
/// loaded in any case, since it has plurals of its own. Before any text is made.
void installTranslations(QCoreApplication &application, const QLocale &locale);

} // namespace roadstead::desktop
