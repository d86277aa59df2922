// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/fake_registry/fake_registry.h"

#include <algorithm>
#include <cctype>
#include <cstdlib>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace roadstead::test {

namespace {

std::string lineValue(const std::string &line)
{
    const std::size_t start = line.find_first_not_of(' ', line.find(':') + 1);
    return start == std::string::npos ? std::string() : line.substr(start);
}

AskedFor readHead(const std::string &head)
{
    AskedFor asked;
    std::size_t at = head.find("\r\n");
    const std::string first = head.substr(0, at);
    const std::size_t space = first.find(' ');
    asked.method = first.substr(0, space);
    asked.target = first.substr(space + 1, first.rfind(' ') - space - 1);
    while (at + 2 < head.size()) {
        const std::size_t end = head.find("\r\n", at + 2);
        const std::string line = head.substr(at + 2, end - at - 2);
        std::string name = line.substr(0, line.find(':'));
        std::ranges::transform(name, name.begin(), [](unsigned char c) { return std::tolower(c); });
        asked.headers[name] = lineValue(line);
        at = end;
    }
    return asked;
}

} // namespace

FakeRegistry::FakeRegistry(Answering answering)
    : m_listener(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0))
    , m_answering(std::move(answering))
{
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof(address);
    auto *generic = reinterpret_cast<sockaddr *>(&address);
    if (::bind(m_listener.get(), generic, size) != 0 || ::listen(m_listener.get(), 64) != 0 ||
        ::getsockname(m_listener.get(), generic, &size) != 0) {
        std::abort();
    }
    m_port = ntohs(address.sin_port);
    m_thread = std::thread([this] { serve(); });
}

FakeRegistry::~FakeRegistry()
{
    m_ending = true;
    m_thread.join();
}

std::vector<AskedFor> FakeRegistry::asked() const
{
    const std::scoped_lock lock(m_mutex);
    return m_asked;
}

void FakeRegistry::clear()
{
    const std::scoped_lock lock(m_mutex);
    m_asked.clear();
}

void FakeRegistry::setAnswering(Answering answering)
{
    const std::scoped_lock lock(m_mutex);
    m_answering = std::move(answering);
}

void FakeRegistry::serve()
{
    while (!m_ending) {
        pollfd waiting{m_listener.get(), POLLIN, 0};
        if (::poll(&waiting, 1, 20) > 0) {
            const FileDescriptor socket(
                ::accept4(m_listener.get(), nullptr, nullptr, SOCK_CLOEXEC));
            serveOne(socket.get());
        }
    }
}

void FakeRegistry::serveOne(int socket)
{
    std::string bytes;
    std::size_t end = std::string::npos;
    std::size_t wanted = 0;
    AskedFor asked;
    while (end == std::string::npos || bytes.size() < wanted) {
        char piece[4096];
        const ssize_t got = ::recv(socket, piece, sizeof(piece), 0);
        // A TLS hello is none of our languages.
        if (got <= 0 || (bytes.empty() && piece[0] == '\x16')) {
            return;
        }
        bytes.append(piece, static_cast<std::size_t>(got));
        if (end == std::string::npos && (end = bytes.find("\r\n\r\n")) != std::string::npos) {
            asked = readHead(bytes.substr(0, end + 2));
            wanted = end + 4 + std::strtoul(asked.headers["content-length"].c_str(), nullptr, 10);
        }
    }
    asked.body = bytes.substr(end + 4);
    Answering answering;
    {
        const std::scoped_lock lock(m_mutex);
        m_asked.push_back(asked);
        answering = m_answering;
    }
    const Told told = answering(asked);
    if (told.silent) {
        return;
    }
    std::string answer = "HTTP/1.1 " + std::to_string(told.status) + " x\r\nConnection: close\r\n";
    for (const auto &[name, value] : told.headers) {
        answer.append(name).append(": ").append(value).append("\r\n");
    }
    answer.append("Content-Length: ").append(std::to_string(told.body.size())).append("\r\n\r\n");
    if (asked.method != "HEAD") {
        answer += told.body;
    }
    std::size_t sent = 0;
    while (sent < answer.size()) {
        const ssize_t wrote =
            ::send(socket, answer.data() + sent, answer.size() - sent, MSG_NOSIGNAL);
        if (wrote <= 0) {
            return;
        }
        sent += static_cast<std::size_t>(wrote);
    }
}

} // namespace roadstead::test
