// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/container_row.h"

#include <Qt>

namespace roadstead::ui {

/// The order of containers in a list: a strict weak order with no ties, as the id decides last.
/// Rows without a value in the column come last either way; equal values follow the name.
struct ContainerOrder
{
    int column = 0; ///< ContainerColumn
    Qt::SortOrder direction = Qt::AscendingOrder;

    [[nodiscard]] bool operator()(const ContainerRow &left, const ContainerRow &right) const;
    /// Whether figures that change every second decide the order.
    [[nodiscard]] bool isLive() const;

    bool operator==(const ContainerOrder &) const = default;
};

} // namespace roadstead::ui
