// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pages/containers/tab/details_tab.h"

namespace roadstead::ui {

DetailsTab::~DetailsTab() = default;

} // namespace roadstead::ui
