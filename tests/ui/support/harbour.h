// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/ui/support/fake_container_engine.h"

#include <cmath>

namespace roadstead::test {

/// What a development machine might run: nineteen containers in three projects and none.
class Harbour
{
public:
    explicit Harbour(FakeContainerEngine &engine)
        : m_engine(engine)
    {
        using enum docker::ContainerState;
        for (const char *job : {"render-1", "render-2", "index-1", "queue-1"}) {
            add(std::string("media-lab-") + job, "media-lab", "harbourlabs/encode:0.4", Exited,
                "Exited (0) 2 days ago", {});
        }
        add("observability-grafana-1", "observability", "grafana/grafana:11.2.0", Running,
            "Up 6 days", {3001}, 1.0, 162, 1024);
        add("observability-loki-1", "observability", "grafana/loki:3.1.1", Running,
            "Up 41 minutes (unhealthy)", {3100}, 2.2, 476, 512);
        add("observability-prometheus-1", "observability", "prom/prometheus:v2.54.1", Running,
            "Up 6 days", {9090}, 3.2, 518, 1100);
        add("shopfront-api-1", "shopfront", "harbourlabs/shopfront-api:1.8.2", Running,
            "Up 3 hours (healthy)", {3000}, 13.8, 412, 512);
        add("shopfront-cache-1", "shopfront", "redis:7.4-alpine", Running, "Up 3 days", {6379}, 0.6,
            12, 256);
        add("shopfront-db-1", "shopfront", "postgres:16.4", Running, "Up 3 days", {5432}, 2.1, 286,
            1024);
        add("shopfront-web-1", "shopfront", "nginx:1.27-alpine", Running, "Up 3 days", {8080, 8443},
            0.4, 18, 512);
        add("shopfront-worker-1", "shopfront", "harbourlabs/shopfront-api:1.8.2", Restarting,
            "Restarting (1) 8 seconds ago", {});
        add("ci-runner-7f3", "", "gitlab/gitlab-runner:v17.3", Exited,
            "Exited (137) About an hour ago", {});
        add("gitea", "", "gitea/gitea:1.22", Running, "Up 12 days", {3002, 2222}, 1.2, 198, 800);
        add("mailpit", "", "axllent/mailpit:v1.20", Running, "Up 12 days", {8025, 1025}, 0.1, 14,
            256);
        add("pg-scratch", "", "postgres:17.0", Paused, "Up 5 hours (Paused)", {5433}, 0, 64, 512);
        add("registry-mirror", "", "registry:2.8", Running, "Up 12 days", {5000}, 0.6, 35, 512);
        add("zealous_hopper", "", "roadstead/hello:latest", Exited, "Exited (0) 3 days ago", {});
        add("seed-data", "", "busybox:1.36", Exited, "Exited (0) 9 days ago", {});
        m_engine.setListedAt(QDateTime::fromSecsSinceEpoch(now));
        m_engine.show(m_snapshot);
        Q_EMIT m_engine.statsChanged();
    }

    static constexpr std::int64_t now = 1'800'000'000;

    [[nodiscard]] std::string id(const std::string &name) const
    {
        return std::ranges::find(m_snapshot, name, &docker::ContainerSummary::name)->id;
    }
    [[nodiscard]] const Snapshot &snapshot() const { return m_snapshot; }
    /// Another state for a container, as if it had happened in a terminal.
    void change(const std::string &name, docker::ContainerState state, std::string status)
    {
        const auto found = std::ranges::find(m_snapshot, name, &docker::ContainerSummary::name);
        found->state = state;
        found->status = std::move(status);
        m_engine.show(m_snapshot);
    }
    void drop(const std::string &name)
    {
        std::erase_if(m_snapshot, [&name](const auto &summary) { return summary.name == name; });
        m_engine.show(m_snapshot);
    }

private:
    void add(std::string name, std::string project, std::string image, docker::ContainerState state,
             std::string status, std::vector<int> ports, double cpu = 0, int memory = 0,
             int limit = 0)
    {
        const auto number = static_cast<unsigned>(m_snapshot.size() + 1);
        docker::ContainerSummary summary =
            container(number, std::move(name), std::move(project), state);
        summary.image = std::move(image);
        summary.status = std::move(status);
        if (summary.status.find("(unhealthy)") != std::string::npos) {
            summary.health = docker::Health::Unhealthy;
        } else if (summary.status.find("(healthy)") != std::string::npos) {
            summary.health = docker::Health::Healthy;
        }
        if (summary.status.starts_with("Exited (137)")) {
            summary.exitCode = 137;
        }
        for (const int port : ports) {
            summary.ports.push_back({"0.0.0.0", 80, static_cast<std::uint16_t>(port), "tcp"});
        }
        if (memory > 0) {
            service::ContainerStats &stats = m_engine.figures[summary.id];
            stats.id = summary.id;
            stats.cpuPercent = cpu;
            stats.memoryBytes = std::int64_t(memory) << 20;
            stats.memoryLimit = std::int64_t(limit) << 20;
            for (int i = 0; i < 60; ++i) {
                stats.cpuHistory.push_back(static_cast<float>(
                    cpu * (0.75 + 0.3 * std::sin(i * 0.7 + number) + 0.15 * std::sin(i * 1.9))));
            }
        }
        m_snapshot.push_back(std::move(summary));
    }

    FakeContainerEngine &m_engine;
    Snapshot m_snapshot;
};

/// The details of `shopfront-api-1`, with something for every card.
inline docker::ContainerDetails apiDetails(const std::string &id)
{
    docker::ContainerDetails details;
    details.id = id;
    details.name = "shopfront-api-1";
    details.image = "harbourlabs/shopfront-api:1.8.2";
    details.startedAt = "2027-01-15T04:48:00Z";
    details.finishedAt = "2027-01-13T04:48:00Z";
    details.state = docker::ContainerState::Running;
    details.health = docker::Health::Healthy;
    for (int i = 0; i < 60; ++i) {
        const bool failed = i == 21 || i == 58;
        details.healthLog.push_back(
            {"2027-01-15T07:58:00.000Z", "2027-01-15T07:58:00.038Z", failed ? 1 : 0,
             failed ? "timeout, no answer from db within 3 s" : "200 OK, db 4 ms, cache 1 ms"});
    }
    details.healthCheck.command = "node health.js";
    details.healthCheck.interval = std::chrono::seconds(10);
    details.healthCheck.timeout = std::chrono::seconds(3);
    details.pid = 48213;
    details.restartPolicy = "unless-stopped";
    details.command = {"node", "dist/server.js"};
    details.environment = {"DATABASE_URL=postgres://shop:tide@db/shop", "DB_POOL_MAX=10",
                           "JWT_SECRET=tide-7Kq2-v0xw", "NODE_ENV=production"};
    details.user = "node";
    details.workingDir = "/app";
    details.labels = {{"com.docker.compose.project", "shopfront"},
                      {"com.docker.compose.service", "api"},
                      {"org.opencontainers.revision", "4be19c02"}};
    details.ports = {
        {"127.0.0.1", 3000, 3000, "tcp"}, {"0.0.0.0", 9230, 9230, "tcp"}, {"", 9229, 0, "tcp"}};
    details.mounts = {{"bind", "", "/home/ada/src/shopfront/config", "/app/config", false},
                      {"volume", "shopfront-uploads", "/var/lib/x", "/app/uploads", true}};
    details.networks = {{"shopfront_default", "172.20.0.4", "", "172.20.0.1", "", {"api"}},
                        {"shopfront_metrics", "172.23.0.2", "", "172.23.0.1", "", {"api"}}};
    details.memoryLimit = 512LL << 20;
    details.nanoCpus = 2'000'000'000;
    details.pidsLimit = 200;
    details.raw = R"({"Id":"9f3c21ab77e0","Name":"/shopfront-api-1","State":{"Status":"running",)"
                  R"("Running":true,"Pid":48213},"Args":[],"Config":{"Env":["A=1","B=2"]}})";
    return details;
}

} // namespace roadstead::test
