// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/file_descriptor.h"

#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace roadstead::test {

/// A request as it came.
struct AskedFor
{
    std::string method;
    std::string target;                         ///< with its query
    std::map<std::string, std::string> headers; ///< names in small letters
    std::string body;
    [[nodiscard]] std::string authorization() const
    {
        const auto found = headers.find("authorization");
        return found == headers.end() ? std::string() : found->second;
    }
};

/// What is answered.
struct Told
{
    int status = 200;
    std::vector<std::pair<std::string, std::string>> headers{};
    std::string body{};
    bool silent = false; ///< nothing at all, and the connection ends
};

/// An HTTP server on loopback that answers as the test says: a registry, its token service, or
/// where a registry redirects to. One request a connection, on a thread of its own. Functions are
/// thread-safe.
class FakeRegistry
{
public:
    using Answering = std::function<Told(const AskedFor &)>;

    explicit FakeRegistry(Answering answering);
    ~FakeRegistry();
    FakeRegistry(const FakeRegistry &) = delete;
    FakeRegistry &operator=(const FakeRegistry &) = delete;

    [[nodiscard]] std::uint16_t port() const { return m_port; }
    /// "127.0.0.1:PORT"
    [[nodiscard]] std::string name() const { return "127.0.0.1:" + std::to_string(m_port); }
    [[nodiscard]] std::vector<AskedFor> asked() const;
    void clear();
    void setAnswering(Answering answering);

private:
    void serve();
    void serveOne(int socket);

    FileDescriptor m_listener;
    std::uint16_t m_port = 0;
    mutable std::mutex m_mutex;
    Answering m_answering;
    std::vector<AskedFor> m_asked;
    std::atomic<bool> m_ending = false;
    std::thread m_thread;
};

} // namespace roadstead::test
