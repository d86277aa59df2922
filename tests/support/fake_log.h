// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/service/log_source.h"

#include <algorithm>
#include <format>
#include <memory>
#include <string>
#include <vector>

namespace roadstead::test {

/// A container's log as an engine keeps and sends it: with times, the last lines counted from the
/// end, since and until inclusive. GUI thread.
class FakeLog
{
public:
    struct Line
    {
        std::int64_t time;
        std::string text;
        docker::LogStream stream = docker::LogStream::Stdout;
    };
    struct Reader
    {
        docker::LogOptions options;
        docker::LogSink sink;
        bool over = false;
    };

    [[nodiscard]] service::LogSource source()
    {
        return [this](const docker::LogOptions &options, docker::LogSink sink) {
            asked.push_back(options);
            const auto reader = std::make_shared<Reader>(options, std::move(sink));
            if (fault.kind != ErrorKind::Internal) {
                reader->sink.end(std::unexpected(fault));
                return docker::Call();
            }
            const auto from =
                options.tail < 0
                    ? 0
                    : std::max<std::int64_t>(0, std::int64_t(lines.size()) - options.tail);
            for (std::size_t i = std::size_t(from); i < lines.size(); ++i) {
                if (lines[i].time >= timeOf(options.since, 0) &&
                    lines[i].time <= timeOf(options.until, INT64_MAX)) {
                    send(*reader, lines[i]);
                }
            }
            if (options.follow) {
                readers.push_back(reader);
            } else {
                reader->sink.end({});
            }
            return docker::Call();
        };
    }
    void write(Line line)
    {
        lines.push_back(line);
        for (const auto &reader : readers) {
            send(*reader, line);
        }
    }
    /// The streams end: with an error, or as they do with their container.
    void end(const Result<void> &result)
    {
        for (const auto &reader : std::exchange(readers, {})) {
            reader->sink.end(result);
        }
    }

    std::vector<Line> lines;
    std::vector<docker::LogOptions> asked;
    std::vector<std::shared_ptr<Reader>> readers; ///< followers
    Error fault;                                  ///< of every question, unless Internal

private:
    static std::int64_t timeOf(const std::string &text, std::int64_t otherwise)
    {
        return text.empty() ? otherwise
                            : std::stoll(text.substr(0, text.find('.'))) * 1'000'000'000 +
                                  std::stoll(text.substr(text.find('.') + 1));
    }
    static void send(Reader &reader, const Line &line)
    {
        const std::int64_t seconds = (line.time - 1'767'312'000'000'000'000) / 1'000'000'000;
        const std::string text =
            std::format("2026-01-02T{:02}:{:02}:{:02}.{:09}Z {}\n", (seconds / 3600) % 24,
                        seconds / 60 % 60, seconds % 60, line.time % 1'000'000'000, line.text);
        reader.sink.data(line.stream, text);
    }
};

/// 2026-01-02T00:00:00Z, from which the times of a FakeLog count.
inline constexpr std::int64_t fakeDay = 1'767'312'000'000'000'000;

} // namespace roadstead::test
