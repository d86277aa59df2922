// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/service/build/build_output.h"

#include <algorithm>

namespace roadstead::service {

void BuildLines::append(const build::BuildOutput &output)
{
    const std::scoped_lock lock(m_mutex);
    if (output.step >= m_steps.size()) {
        m_steps.resize(output.step + 1);
    }
    StepLines &step = m_steps[output.step];
    std::string_view rest = output.bytes;
    while (!rest.empty()) {
        const std::size_t end = rest.find('\n');
        appendTo(step, output, rest.substr(0, end));
        step.isOpen = end == std::string_view::npos;
        if (step.isOpen) {
            return;
        }
        rest.remove_prefix(end + 1);
    }
}

void BuildLines::appendTo(StepLines &step, const build::BuildOutput &output, std::string_view text)
{
    if (step.bytes + text.size() > bytesCap) {
        step.isClipped = true;
        return;
    }
    if (!step.isOpen) {
        step.lines.push_back({.when = output.when, .stream = output.stream});
    }
    std::string &line = step.lines.back().text;
    const std::size_t before = line.size();
    line += text;
    if (line.ends_with('\r')) {
        line.pop_back();
    }
    if (const std::size_t drawnOver = line.rfind('\r'); drawnOver != std::string::npos) {
        line.erase(0, drawnOver + 1);
    }
    step.bytes += line.size() - std::min(before, line.size());
}

std::size_t BuildLines::count(std::size_t step) const
{
    const std::scoped_lock lock(m_mutex);
    return step < m_steps.size() ? m_steps[step].lines.size() : 0;
}

std::vector<BuildLine> BuildLines::lines(std::size_t step, std::size_t from,
                                         std::size_t count) const
{
    const std::scoped_lock lock(m_mutex);
    if (step >= m_steps.size() || from >= m_steps[step].lines.size()) {
        return {};
    }
    const std::vector<BuildLine> &all = m_steps[step].lines;
    const auto begin = all.begin() + static_cast<std::ptrdiff_t>(from);
    return {begin, begin + static_cast<std::ptrdiff_t>(std::min(count, all.size() - from))};
}

bool BuildLines::isClipped(std::size_t step) const
{
    const std::scoped_lock lock(m_mutex);
    return step < m_steps.size() && m_steps[step].isClipped;
}

} // namespace roadstead::service
