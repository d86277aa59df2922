// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pages/containers/limits_form.h"

#include "engine/base/units.h"
#include "engine/reference/numbers.h"
#include "ui/pages/containers/details_text.h"

#include <QCoreApplication>

#include <algorithm>

namespace roadstead::ui {

namespace {

struct LimitsText
{
    Q_DECLARE_TR_FUNCTIONS(roadstead::ui::LimitsForm)
};

constexpr std::int64_t leastMemory = 6LL * 1024 * 1024; // the engine's own
constexpr std::int64_t leastNanoCpus = 10'000'000;      // the engine's own: a hundredth

/// As exact as the number, in the largest unit that divides it.
QString exactSize(std::int64_t bytes)
{
    constexpr std::array<std::pair<const char *, int>, 3> units{
        {{"GiB", 30}, {"MiB", 20}, {"KiB", 10}}};
    for (const auto &[name, shift] : units) {
        if (bytes % (std::int64_t(1) << shift) == 0) {
            return QStringLiteral("%1 %2").arg(bytes >> shift).arg(QLatin1StringView(name));
        }
    }
    return QStringLiteral("%1 B").arg(bytes);
}

docker::Target targetOf(const docker::ContainerDetails &details)
{
    return {details.id, details.name};
}

/// Memory and swap together. The engine refuses memory above what both may be, so this goes along:
/// twice the memory, as for a new container, unless a person had chosen something else.
std::int64_t swapFor(std::int64_t memory, const docker::ContainerDetails &details)
{
    if (details.memorySwap < 0) {
        return -1;
    }
    if (details.memorySwap == 0 || details.memorySwap == 2 * details.memoryLimit) {
        return 2 * memory;
    }
    return std::max(details.memorySwap, memory);
}

} // namespace

LimitsForm::LimitsForm(const docker::ContainerDetails &details)
    : m_details(details)
{
    if (details.nanoCpus > 0) {
        m_texts[Cpus] = QString::fromStdString(reference::processorsText(details.nanoCpus));
    }
    if (details.memoryLimit > 0) {
        m_texts[Memory] = exactSize(details.memoryLimit);
    }
    if (details.pidsLimit > 0) {
        m_texts[Processes] = QString::number(details.pidsLimit);
    }
}

std::int64_t LimitsForm::oldValue(Field field) const
{
    const std::int64_t old = field == Cpus     ? m_details.nanoCpus
                             : field == Memory ? m_details.memoryLimit
                                               : m_details.pidsLimit;
    return std::max<std::int64_t>(old, 0);
}

std::optional<std::int64_t> LimitsForm::value(Field field) const
{
    const std::string text = m_texts[field].trimmed().toStdString();
    if (text.empty()) {
        return 0;
    }
    const Result<std::int64_t> number = field == Cpus     ? reference::parseProcessors(text)
                                        : field == Memory ? parseBinarySize(text)
                                                          : reference::parseInteger(text);
    return number && *number > 0 ? std::optional(*number) : std::nullopt;
}

bool LimitsForm::isChanged(Field field) const
{
    return value(field) != oldValue(field);
}

bool LimitsForm::isChanged() const
{
    return isChanged(Cpus) || isChanged(Memory) || isChanged(Processes);
}

QString LimitsForm::before(Field field) const
{
    return field == Cpus     ? cpuLimitText(m_details)
           : field == Memory ? memoryLimitText(m_details)
                             : pidsLimitText(m_details);
}

QString LimitsForm::problem(Field field) const
{
    const std::optional<std::int64_t> number = value(field);
    if (!number) {
        return field == Cpus     ? LimitsText::tr("CPUs are a number above 0, such as 1.5.")
               : field == Memory ? LimitsText::tr("Memory is a size, such as 640m or 1.5 GiB.")
                                 : LimitsText::tr("Processes are a whole number above 0.");
    }
    if (*number == 0) {
        return field == Processes || oldValue(field) == 0
                   ? QString()
                   : LimitsText::tr(
                         "The engine cannot take this limit away from a container that exists. "
                         "Give a higher one.");
    }
    if (field == Memory && *number < leastMemory) {
        return LimitsText::tr("The engine gives a container no less than 6 MiB.");
    }
    if (field == Cpus && *number < leastNanoCpus) {
        return LimitsText::tr("The engine gives a container no less than 0.01 of a CPU.");
    }
    return {};
}

std::optional<docker::UpdateContainer> LimitsForm::command() const
{
    docker::UpdateContainer command;
    command.container = targetOf(m_details);
    bool changed = false;
    for (const Field field : {Cpus, Memory, Processes}) {
        if (!problem(field).isEmpty()) {
            return {};
        }
        changed = changed || isChanged(field);
    }
    if (!changed) {
        return {};
    }
    if (isChanged(Cpus) && m_details.cpuQuota > 0) {
        // Set with the older pair of options, which the engine then insists on.
        constexpr std::int64_t defaultPeriod = 100'000;
        constexpr double nanoCpusPerCpu = 1e9;
        const std::int64_t period = m_details.cpuPeriod > 0 ? m_details.cpuPeriod : defaultPeriod;
        command.cpuPeriod = period;
        command.cpuQuota =
            std::int64_t(double(*value(Cpus)) / nanoCpusPerCpu * double(period) + 0.5);
    } else if (isChanged(Cpus)) {
        command.nanoCpus = *value(Cpus);
    }
    if (isChanged(Memory)) {
        command.memory = *value(Memory);
        command.memorySwap = swapFor(*command.memory, m_details);
    }
    if (isChanged(Processes)) {
        command.pidsLimit = *value(Processes) > 0 ? *value(Processes) : -1;
    }
    return command;
}

docker::UpdateContainer restartCommand(const docker::ContainerDetails &details,
                                       const std::string &policy, int most)
{
    docker::UpdateContainer command;
    command.container = targetOf(details);
    command.restartPolicy = policy;
    command.restartMaximum = policy == "on-failure" ? most : 0;
    return command;
}

} // namespace roadstead::ui
