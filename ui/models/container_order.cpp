// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/models/container_order.h"

#include "ui/models/containers_model.h"

#include <compare>
#include <limits>

namespace roadstead::ui {

namespace {

constexpr double noValue = std::numeric_limits<double>::infinity();

/// The value that a numeric column is ordered by; noValue when the row has none.
double valueOf(const ContainerRow &row, int column)
{
    switch (column) {
    case StateColumn:
        return static_cast<double>(row.mark());
    case PortsColumn:
        return row.ports.isEmpty() ? noValue : row.ports.front().port;
    case CpuColumn:
        return row.hasStats && row.isRunning() ? row.cpuPercent : noValue;
    case MemoryColumn:
        return row.hasStats ? static_cast<double>(row.memoryBytes) : noValue;
    case UptimeColumn:
        // A longer uptime is an earlier start.
        return row.since ? -static_cast<double>(row.since->epoch) : noValue;
    default:
        return noValue;
    }
}

int compareTexts(const ContainerRow &left, const ContainerRow &right, int column)
{
    return column == ImageColumn ? left.sortImage.compare(right.sortImage)
                                 : left.sortName.compare(right.sortName);
}

} // namespace

bool ContainerOrder::isLive() const
{
    return column == CpuColumn || column == MemoryColumn;
}

bool ContainerOrder::operator()(const ContainerRow &left, const ContainerRow &right) const
{
    const bool descending = direction == Qt::DescendingOrder;
    if (column == NameColumn || column == ImageColumn) {
        if (const int order = compareTexts(left, right, column); order != 0) {
            return descending ? order > 0 : order < 0;
        }
    } else {
        const double leftValue = valueOf(left, column);
        const double rightValue = valueOf(right, column);
        if (leftValue < rightValue || rightValue < leftValue) {
            const bool known = leftValue != noValue && rightValue != noValue;
            return known && descending ? leftValue > rightValue : leftValue < rightValue;
        }
    }
    if (const int order = compareTexts(left, right, NameColumn); order != 0) {
        return order < 0;
    }
    return left.id < right.id;
}

} // namespace roadstead::ui
