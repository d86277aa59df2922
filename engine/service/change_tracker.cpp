// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/service/change_tracker.h"

#include "engine/docker/types.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace roadstead::service {

namespace {

constexpr std::chrono::milliseconds burstWindow{250};

/// Container actions after which GET /containers/json says what it said before.
bool leavesContainerAlone(std::string_view action)
{
    constexpr std::array<std::string_view, 9> harmless{"attach", "detach",       "resize",
                                                       "top",    "copy",         "export",
                                                       "kill",   "archive-path", "extract-to-dir"};
    return action.starts_with("exec_") || std::ranges::contains(harmless, action);
}

ReadPlan planForContainer(const docker::Event &event)
{
    ReadPlan plan;
    if (event.action == "commit") {
        plan.images = true;
    } else if (event.action == "prune") {
        plan.allContainers = true;
    } else if (!leavesContainerAlone(event.action) && !event.actor.empty()) {
        plan.containers.insert(event.actor);
    }
    return plan;
}

ReadPlan planForImage(const docker::Event &event)
{
    constexpr std::array<std::string_view, 2> harmless{"push", "save"};
    ReadPlan plan;
    if (!std::ranges::contains(harmless, event.action)) {
        plan.images = true;
        // A container is listed with its image's name only as long as that name means the image.
        plan.allContainers = event.action == "tag" || event.action == "untag" ||
                             event.action == "delete" || event.action == "pull" ||
                             event.action == "load";
    }
    return plan;
}

} // namespace

ReadPlan planFor(const docker::Event &event)
{
    if (event.type == "container") {
        return planForContainer(event);
    }
    if (event.type == "image") {
        return planForImage(event);
    }
    ReadPlan plan;
    if (event.type == "network") {
        // connect and disconnect name the container, and change the networks it is listed with.
        if (const auto container = event.attributes.find("container");
            container != event.attributes.end() && !container->second.empty()) {
            plan.containers.insert(container->second);
        }
    } else if (event.type == "daemon") {
        plan.info = true;
    }
    return plan;
}

ChangeTracker::ChangeTracker(std::size_t singleReads, std::size_t burst, const Clock &clock)
    : m_singleReads(singleReads)
    , m_burst(burst)
    , m_clock(clock)
    , m_windowBegan(clock.steadyNow())
{
}

bool ChangeTracker::add(const docker::Event &event)
{
    ReadPlan plan = planFor(event);
    const auto now = m_clock.steadyNow();
    const std::scoped_lock lock(m_mutex);
    if (now - m_windowBegan > burstWindow) {
        m_windowBegan = now;
        m_events = 0;
    }
    if (++m_events > m_burst) {
        plan.allContainers = true;
        plan.images = true;
        plan.containers.clear();
    }
    return merge(plan);
}

bool ChangeTracker::add(const ReadPlan &plan)
{
    const std::scoped_lock lock(m_mutex);
    return merge(plan);
}

bool ChangeTracker::merge(const ReadPlan &plan)
{
    const bool wasEmpty = m_plan.isEmpty();
    m_plan.images |= plan.images;
    m_plan.info |= plan.info;
    m_plan.allContainers |= plan.allContainers;
    if (!m_plan.allContainers) {
        m_plan.containers.insert(plan.containers.begin(), plan.containers.end());
        m_plan.allContainers = m_plan.containers.size() > m_singleReads;
    }
    if (m_plan.allContainers) {
        m_plan.containers.clear();
    }
    return wasEmpty && !m_plan.isEmpty();
}

ReadPlan ChangeTracker::take()
{
    const std::scoped_lock lock(m_mutex);
    return std::exchange(m_plan, {});
}

ReadPlan ChangeTracker::takeAllButContainers()
{
    const std::scoped_lock lock(m_mutex);
    ReadPlan plan;
    plan.images = std::exchange(m_plan.images, false);
    plan.info = std::exchange(m_plan.info, false);
    return plan;
}

bool ChangeTracker::wantsContainers() const
{
    const std::scoped_lock lock(m_mutex);
    return m_plan.readsContainers();
}

} // namespace roadstead::service
