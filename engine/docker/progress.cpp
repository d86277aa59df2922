// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/docker/progress.h"

#include "engine/docker/json_reader.h"

#include <algorithm>

namespace roadstead::docker {

namespace {

constexpr std::size_t printedCap = std::size_t(1) << 20U;

ErrorKind kindOfMessage(std::string_view message, std::int64_t code)
{
    if (message.contains("no space left on device") || message.contains("disk quota exceeded")) {
        return ErrorKind::DiskFull;
    }
    if (code == 401 || code == 403 || message.starts_with("unauthorized") ||
        message.starts_with("denied")) {
        return ErrorKind::Unauthorized;
    }
    return code == 404 ? ErrorKind::NotFound : ErrorKind::EngineFailed;
}

} // namespace

bool ProgressReader::take(std::string_view object, const Receiver &receive)
{
    const auto document = JsonDocument::parse(object, "progress");
    if (!document) {
        m_error = document.error();
        return false;
    }
    const JsonValue root = document->root();
    const JsonValue detail = root.object("progressDetail");
    const JsonValue errorDetail = root.object("errorDetail");
    Progress progress;
    progress.id = root.text("id");
    progress.status = root.text("status");
    progress.current = detail.integer("current");
    progress.total = detail.integer("total");
    const std::string printed = root.text("stream");
    std::string message = errorDetail.text("message");
    const std::int64_t code = errorDetail.integer("code");
    if (message.empty()) {
        message = root.text("error");
    }
    if (!message.empty() || !errorDetail.isNull()) {
        m_error = Error{kindOfMessage(message, code), static_cast<int>(code % 1000), message, {}};
        return false;
    }
    if (auto checked = document->checked(true); !checked) {
        m_error = checked.error();
        return false;
    }
    m_any = true;
    if (!printed.empty()) {
        m_printed.append(printed, 0, printedCap - std::min(printedCap, m_printed.size()));
        progress.status = printed;
    } else if (!progress.status.empty()) {
        m_lastStatus = progress.status;
    }
    if (receive) {
        receive(progress);
    }
    return true;
}

void ProgressReader::feed(std::string_view bytes, const Receiver &receive)
{
    if (m_error) {
        return;
    }
    const auto fed = m_objects.feed(
        bytes, [this, &receive](std::string_view object) { return take(object, receive); });
    if (!fed && !m_error) {
        m_error = fed.error();
    }
}

Result<std::string> ProgressReader::finish() const
{
    if (m_error) {
        return std::unexpected(*m_error);
    }
    if (const auto whole = m_objects.finish(); !whole) {
        return std::unexpected(whole.error());
    }
    if (!m_any) {
        return failure(ErrorKind::ConnectionLost, {}, "the engine said nothing");
    }
    return m_printed.empty() ? m_lastStatus : m_printed;
}

} // namespace roadstead::docker
