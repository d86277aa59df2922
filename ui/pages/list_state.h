// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace roadstead::ui {

/// What a page shows where its list would be.
enum class ListState {
    Loading,  ///< no list yet; ended by the first list
    Away,     ///< no list and no engine; ended by the engine coming back
    Empty,    ///< the engine has none of these objects
    NoResult, ///< there are some, but the filter hides all
    Rows
};

} // namespace roadstead::ui
