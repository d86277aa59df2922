// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/docker/run_options.h"

#include "engine/reference/numbers.h"
#include "engine/reference/words.h"

#include <algorithm>

namespace roadstead::docker {

namespace {

using reference::refused;

Result<std::string> fileContent(const RunDraft &draft, std::string_view path)
{
    if (!draft.context->readFile) {
        return refused(reference::quotedWord(path) + " cannot be read here");
    }
    return draft.context->readFile(std::string(path));
}

std::optional<std::string> variableOf(const RunDraft &draft, const std::string &name)
{
    return draft.context->variable ? draft.context->variable(name) : std::nullopt;
}

Result<void> addVariable(RunDraft &draft, std::string_view value)
{
    return addResult(draft.variables, reference::parseVariable(value, draft.context->variable));
}

Result<void> addVariableFile(RunDraft &draft, std::string_view path)
{
    const auto content = fileContent(draft, path);
    if (!content) {
        return std::unexpected(content.error());
    }
    const auto lookup = [&draft](const std::string &name) { return variableOf(draft, name); };
    const auto lines = reference::parseKeyValueFile(*content, lookup);
    if (!lines) {
        return std::unexpected(lines.error());
    }
    draft.fileVariables.insert(draft.fileVariables.end(), lines->begin(), lines->end());
    return {};
}

Result<void> addLabelFile(RunDraft &draft, std::string_view path)
{
    const auto content = fileContent(draft, path);
    if (!content) {
        return std::unexpected(content.error());
    }
    const auto lines = reference::parseKeyValueFile(*content);
    if (!lines) {
        return std::unexpected(lines.error());
    }
    draft.fileLabels.insert(draft.fileLabels.end(), lines->begin(), lines->end());
    return {};
}

Result<void> attach(RunDraft &draft, std::string_view value)
{
    const std::string stream = reference::lowered(value);
    AttachedStreams &attached = draft.create().attached;
    if (stream == "stdin") {
        attached.input = true;
    } else if (stream == "stdout") {
        attached.output = true;
    } else if (stream == "stderr") {
        attached.errors = true;
    } else {
        return refused(reference::quotedWord(value) + " is not stdin, stdout or stderr");
    }
    return {};
}

Result<void> setDuration(std::chrono::nanoseconds &member, std::string_view value)
{
    return setResult(member, reference::parseDuration(value));
}

Result<void> setPull(RunDraft &draft, std::string_view value)
{
    PullPolicy &pull = draft.create().pull;
    if (value == "always") {
        pull = PullPolicy::Always;
    } else if (value == "never") {
        pull = PullPolicy::Never;
    } else if (value == "missing" || value.empty()) {
        pull = PullPolicy::Missing;
    } else {
        return refused(reference::quotedWord(value) + " is not always, missing or never");
    }
    return {};
}

Result<void> setPlatform(RunDraft &draft, std::string_view value)
{
    if (!value.empty()) {
        if (const auto platform = reference::parsePlatform(value); !platform) {
            return std::unexpected(platform.error());
        }
    }
    draft.create().platform = value;
    return {};
}

/// The file is written when the container is there, and never over another.
Result<void> setIdFile(RunDraft &draft, std::string_view path)
{
    if (!path.empty() && draft.context->readFile && fileContent(draft, path)) {
        return refused(reference::quotedWord(path) + " is there already");
    }
    return setText(draft.create().idFile, path);
}

Result<void> setTrust(RunDraft &, std::string_view value)
{
    const auto disabled = reference::parseSwitch(value);
    if (disabled && !*disabled) {
        return refused("images are not checked for signatures here");
    }
    return disabled ? Result<void>() : std::unexpected(disabled.error());
}

Result<void> setApiSocket(RunDraft &draft, std::string_view value)
{
    const auto wanted = reference::parseSwitch(value);
    if (!wanted) {
        return std::unexpected(wanted.error());
    }
    if (*wanted && draft.context->apiSocket.empty()) {
        return refused("the engine has no socket to hand on");
    }
    draft.create().apiSocket = *wanted ? draft.context->apiSocket : std::string();
    return {};
}

constexpr RunOption generalTable[]{
    {"attach", 'a', false, attach},
    {"cidfile", '\0', false, setIdFile},
    {"detach", 'd', true,
     [](RunDraft &d, std::string_view v) { return setFlag(d.line.isDetached, v); }, true},
    {"detach-keys", '\0', false,
     [](RunDraft &d, std::string_view v) { return setText(d.line.detachKeys, v); }, true},
    {"disable-content-trust", '\0', true, setTrust},
    {"domainname", '\0', false,
     [](RunDraft &d, std::string_view v) { return setText(d.create().domainName, v); }},
    {"entrypoint", '\0', false,
     [](RunDraft &d, std::string_view v) {
         d.create().entrypoint = std::string(v);
         return Result<void>();
     }},
    {"env", 'e', false, addVariable},
    {"env-file", '\0', false, addVariableFile},
    {"health-cmd", '\0', false,
     [](RunDraft &d, std::string_view v) { return setText(d.create().health.command, v); }},
    {"health-interval", '\0', false,
     [](RunDraft &d, std::string_view v) { return setDuration(d.create().health.interval, v); }},
    {"health-retries", '\0', false,
     [](RunDraft &d, std::string_view v) { return setNumber(d.create().health.retries, v); }},
    {"health-start-interval", '\0', false,
     [](RunDraft &d, std::string_view v) {
         return setDuration(d.create().health.startInterval, v);
     }},
    {"health-start-period", '\0', false,
     [](RunDraft &d, std::string_view v) { return setDuration(d.create().health.startPeriod, v); }},
    {"health-timeout", '\0', false,
     [](RunDraft &d, std::string_view v) { return setDuration(d.create().health.timeout, v); }},
    {"help", '\0', true, [](RunDraft &d, std::string_view v) { return setFlag(d.help, v); }},
    {"hostname", 'h', false,
     [](RunDraft &d, std::string_view v) { return setText(d.create().hostname, v); }},
    {"init", '\0', true,
     [](RunDraft &d, std::string_view v) {
         return setResult(d.create().init, reference::parseSwitch(v));
     }},
    {"interactive", 'i', true,
     [](RunDraft &d, std::string_view v) { return setFlag(d.create().interactive, v); }},
    {"label", 'l', false,
     [](RunDraft &d, std::string_view v) { return addResult(d.labels, reference::parseLabel(v)); }},
    {"label-file", '\0', false, addLabelFile},
    {"log-driver", '\0', false,
     [](RunDraft &d, std::string_view v) { return setText(d.create().logDriver, v); }},
    {"log-opt", '\0', false,
     [](RunDraft &d, std::string_view v) {
         const reference::Halves halves = reference::cut(v, '=');
         reference::put(d.create().logOptions, halves.before, halves.after);
         return Result<void>();
     }},
    {"name", '\0', false,
     [](RunDraft &d, std::string_view v) { return setText(d.create().name, v); }},
    {"no-healthcheck", '\0', true,
     [](RunDraft &d, std::string_view v) { return setFlag(d.create().health.isDisabled, v); }},
    {"platform", '\0', false, setPlatform},
    {"pull", '\0', false, setPull},
    {"quiet", 'q', true,
     [](RunDraft &d, std::string_view v) { return setFlag(d.create().pullsQuietly, v); }},
    {"restart", '\0', false,
     [](RunDraft &d, std::string_view v) {
         return setResult(d.create().restart, reference::parseRestartPolicy(v));
     }},
    {"rm", '\0', true,
     [](RunDraft &d, std::string_view v) { return setFlag(d.create().autoRemove, v); }},
    {"sig-proxy", '\0', true,
     [](RunDraft &d, std::string_view v) { return setFlag(d.line.proxiesSignals, v); }, true},
    {"stop-signal", '\0', false,
     [](RunDraft &d, std::string_view v) { return setText(d.create().stopSignal, v); }},
    {"stop-timeout", '\0', false,
     [](RunDraft &d, std::string_view v) {
         return setResult(d.create().stopTimeout, reference::parseAnyBase(v));
     }},
    {"tty", 't', true, [](RunDraft &d, std::string_view v) { return setFlag(d.create().tty, v); }},
    {"use-api-socket", '\0', true, setApiSocket},
    {"user", 'u', false,
     [](RunDraft &d, std::string_view v) { return setText(d.create().user, v); }},
    {"workdir", 'w', false,
     [](RunDraft &d, std::string_view v) { return setText(d.create().workingFolder, v); }},
};

} // namespace

std::span<const RunOption> generalOptions()
{
    return generalTable;
}

Result<void> setText(std::string &member, std::string_view value)
{
    member = value;
    return {};
}

Result<void> addText(std::vector<std::string> &member, std::string_view value)
{
    member.emplace_back(value);
    return {};
}

Result<void> setFlag(bool &member, std::string_view value)
{
    return setResult(member, reference::parseSwitch(value));
}

Result<void> setNumber(std::int64_t &member, std::string_view value)
{
    return setResult(member, reference::parseAnyBase(value));
}

} // namespace roadstead::docker
