// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/docker/client.h"
#include "engine/service/files/byte_flow.h"

#include <atomic>
#include <memory>
#include <mutex>
#include <utility>

namespace roadstead::service {

/// What has to be ended when an operation is cancelled. Thread-safe.
class FileJob
{
public:
    [[nodiscard]] bool isStopped() const { return m_stopped; }
    void stop()
    {
        m_stopped = true;
        const std::scoped_lock lock(m_mutex);
        end();
    }
    void setCall(const docker::Call &call)
    {
        const std::scoped_lock lock(m_mutex);
        m_call = call;
        endIfStopped();
    }
    void setIntake(std::shared_ptr<ByteIntake> intake)
    {
        const std::scoped_lock lock(m_mutex);
        m_intake = std::move(intake);
        endIfStopped();
    }
    void setOutlet(std::shared_ptr<ByteOutlet> outlet)
    {
        const std::scoped_lock lock(m_mutex);
        m_outlet = std::move(outlet);
        endIfStopped();
    }
    [[nodiscard]] std::shared_ptr<ByteIntake> intake() const { return m_intake; }
    [[nodiscard]] archive::Source source() const
    {
        return [intake = m_intake] { return intake->take(); };
    }

private:
    void endIfStopped()
    {
        if (m_stopped) {
            end();
        }
    }
    void end()
    {
        m_call.cancel();
        if (m_intake) {
            m_intake->stop();
        }
        if (m_outlet) {
            m_outlet->stop();
        }
    }

    std::atomic<bool> m_stopped = false;
    std::mutex m_mutex;
    docker::Call m_call;
    std::shared_ptr<ByteIntake> m_intake;
    std::shared_ptr<ByteOutlet> m_outlet;
};

} // namespace roadstead::service
