// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/wizards/run/run_form.h"

#include "engine/docker/command.h"
#include "engine/docker/shell_words.h"
#include "engine/reference/words.h"
#include "ui/text/secret_text.h"
#include "ui/wizards/run/run_option.h"
#include "ui/wizards/run/run_rows.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>

namespace roadstead::ui {

namespace {

using Kind = docker::LineProblem::Kind;

/// Collects the pieces of a form.
class Pieces
{
public:
    Pieces(const RunForm &form, RunSecrets secrets)
        : m_form(form)
        , m_secrets(secrets)
    {
    }

    std::vector<RunPiece> run()
    {
        if (m_form.isDetached) {
            m_pieces.push_back({"--detach", {}, false, {"detach"}});
        }
        if (!m_form.name.empty()) {
            add("--name", m_form.name, {"name"});
        }
        addRows();
        for (const RunOption &option : runOptions()) {
            addOption(option);
        }
        addOthers();
        if (m_form.image.starts_with('-')) {
            m_pieces.push_back({"--", {}, false, {"image"}});
        }
        add({}, m_form.image, {"image"});
        addCommand();
        return std::move(m_pieces);
    }

private:
    void add(std::string option, std::string value, RunPlace place)
    {
        m_pieces.push_back({std::move(option), std::move(value), true, std::move(place)});
    }

    void addRows()
    {
        for (int row = 0; const RunPort &port : m_form.ports) {
            if (!port.isEmpty()) {
                add("--publish", portWord(port), {"publish", row});
            }
            ++row;
        }
        for (int row = 0; const RunMount &mount : m_form.mounts) {
            if (!mount.isEmpty()) {
                add(mountOption(mount), mountWord(mount), {"mount", row});
            }
            ++row;
        }
        for (int row = 0; const RunVariable &variable : m_form.environment) {
            if (!variable.isEmpty()) {
                add("--env", variableWord(variable, m_secrets), {"env", row});
            }
            ++row;
        }
    }

    void addOption(const RunOption &option)
    {
        const auto found = m_form.options.find(option.name);
        if (found == m_form.options.end()) {
            return;
        }
        const std::string word = "--" + std::string(option.name);
        for (int row = 0; const std::string &value : found->second) {
            const bool isList = option.kind == RunOptionKind::List;
            const RunPlace place{std::string(option.name), isList ? row : -1};
            if (isList && value.empty()) {
                // A row that is not filled in.
            } else if (option.kind != RunOptionKind::Flag) {
                add(word, value, place);
            } else if (value == "true") {
                m_pieces.push_back({word, {}, false, place});
            } else {
                m_pieces.push_back({word + "=" + value, {}, false, place});
            }
            ++row;
        }
    }

    void addOthers()
    {
        for (int row = 0; const std::string &other : m_form.others) {
            if (!other.empty()) {
                m_pieces.push_back({other, {}, false, {"other", row}});
            }
            ++row;
        }
    }

    void addCommand()
    {
        const auto words = docker::shellWords(m_form.command);
        if (!words) {
            add({}, m_form.command, {"command"});
            return;
        }
        for (const docker::ShellWord &word : *words) {
            add({}, word.text, {"command"});
        }
    }

    const RunForm &m_form;
    RunSecrets m_secrets;
    std::vector<RunPiece> m_pieces;
};

/// "512m" for a number of bytes, where it is a whole one.
std::string memoryWord(const std::string &bytes)
{
    constexpr std::uint64_t mebibyte = 1U << 20U;
    constexpr std::uint64_t gibibyte = 1U << 30U;
    std::uint64_t count = 0;
    const auto [end, error] = std::from_chars(bytes.data(), bytes.data() + bytes.size(), count);
    if (error != std::errc() || end != bytes.data() + bytes.size() || count == 0 ||
        count % mebibyte != 0) {
        return bytes;
    }
    return count % gibibyte == 0 ? std::to_string(count / gibibyte) + "g"
                                 : std::to_string(count / mebibyte) + "m";
}

constexpr std::array memoryOptions{"memory", "memory-reservation", "memory-swap", "shm-size"};

/// Puts the options of an argument vector into their fields.
class Filler
{
public:
    explicit Filler(RunForm &form)
        : m_form(form)
    {
    }

    void option(const std::string &name, const std::string &value)
    {
        if (name == "name") {
            m_form.name = value;
        } else if (name == "publish") {
            row(m_form.ports, portOf(value), portWord, name, value);
        } else if (name == "volume") {
            row(m_form.mounts, mountOfVolume(value), mountWord, name, value);
        } else if (name == "tmpfs") {
            row(m_form.mounts, mountOfMemory(value), mountWord, name, value);
        } else if (name == "mount") {
            row(m_form.mounts, mountOfLong(value), mountWord, name, value);
        } else if (name == "env") {
            const reference::Halves halves = reference::cut(value, '=');
            m_form.environment.push_back(
                {std::string(halves.before), std::string(halves.after), halves.found});
        } else if (findRunOption(name) != nullptr) {
            m_form.options[name].push_back(
                std::ranges::contains(memoryOptions, name) ? memoryWord(value) : value);
        } else {
            other(name, value);
        }
    }

private:
    /// A row that would not give the same word again is none: nothing may be lost.
    template<typename Row>
    void row(std::vector<Row> &rows, Row value, std::string (*word)(const Row &),
             const std::string &name, const std::string &text)
    {
        if (word(value) == text) {
            rows.push_back(std::move(value));
        } else {
            other(name, text);
        }
    }

    void other(const std::string &name, const std::string &value)
    {
        const bool isSetFlag = isRunFlag(name) && value == "true";
        m_form.others.push_back(isSetFlag ? "--" + name : "--" + name + "=" + value);
    }

    RunForm &m_form;
};

/// Reads what command.h writes: "--name value", "-e value", "--flag" and "--flag=false".
void fillFrom(RunForm &form, const std::vector<std::string> &words)
{
    Filler filler(form);
    std::size_t at = 1;
    for (; at < words.size() && words[at].starts_with('-') && words[at].size() > 1; ++at) {
        const std::string &word = words[at];
        if (word == "--") {
            ++at;
            break;
        }
        const bool isLong = word.starts_with("--");
        const reference::Halves halves =
            reference::cut(std::string_view(word).substr(isLong ? 2 : 1), '=');
        const std::string name(isLong ? halves.before : runOptionOfLetter(word[1]));
        if (halves.found && isLong) {
            filler.option(name, std::string(halves.after));
        } else if (isRunFlag(name)) {
            filler.option(name, "true");
        } else if (at + 1 < words.size()) {
            filler.option(name, words[++at]);
        }
    }
    if (at < words.size()) {
        form.image = words[at++];
    }
    if (at < words.size()) {
        const std::string line =
            docker::commandLine({words.begin() + static_cast<std::ptrdiff_t>(at), words.end()});
        form.command = line.substr(std::string_view("docker ").size());
    }
}

/// One that does not take the next word, which would be the image, for its value.
bool isWholeWord(std::string_view option)
{
    return option.starts_with("--") && (option.contains('=') || isRunFlag(option.substr(2)));
}

} // namespace

bool RunVariable::isSecret() const
{
    return looksSecret(name, value);
}

std::string RunForm::option(std::string_view which) const
{
    const auto found = options.find(which);
    return found == options.end() || found->second.empty() ? std::string() : found->second.front();
}

bool RunForm::flag(std::string_view which) const
{
    return option(which) == "true";
}

void RunForm::setOption(std::string_view which, std::string value)
{
    if (value.empty()) {
        options.erase(std::string(which));
    } else {
        options[std::string(which)] = {std::move(value)};
    }
}

void RunForm::setFlag(std::string_view which, bool on)
{
    setOption(which, on ? "true" : "");
}

std::vector<RunPiece> runPieces(const RunForm &form, RunSecrets secrets)
{
    return Pieces(form, secrets).run();
}

std::vector<std::string> runWords(const RunForm &form, RunSecrets secrets)
{
    std::vector<std::string> words{"run"};
    for (const RunPiece &piece : runPieces(form, secrets)) {
        if (!piece.option.empty()) {
            words.push_back(piece.option);
        }
        if (piece.hasValue) {
            words.push_back(piece.value);
        }
    }
    return words;
}

std::string runLineOf(const RunForm &form)
{
    return docker::commandLine(runWords(form));
}

std::string pieceText(const RunPiece &piece)
{
    std::vector<std::string> words;
    if (!piece.option.empty()) {
        words.push_back(piece.option);
    }
    if (piece.hasValue) {
        words.push_back(piece.value);
    }
    return docker::commandLine(words).substr(std::string_view("docker ").size());
}

std::expected<docker::RunLine, RunProblem> readForm(const RunForm &form,
                                                    const docker::RunLineContext &context)
{
    if (form.image.empty()) {
        return std::unexpected(RunProblem{Kind::MissingImage, {"image"}, {}});
    }
    if (const auto command = docker::shellWords(form.command); !command) {
        return std::unexpected(
            RunProblem{command.error().kind, {"command"}, command.error().detail});
    }
    std::vector<std::string> words{"run"};
    std::vector<RunPlace> places{{}};
    for (const RunPiece &piece : runPieces(form, RunSecrets::Included)) {
        if (!piece.option.empty()) {
            words.push_back(piece.option);
            places.push_back(piece.place);
        }
        if (piece.hasValue) {
            words.push_back(piece.value);
            places.push_back(piece.place);
        }
        if (piece.place.field == "other" && !isWholeWord(piece.option)) {
            return std::unexpected(RunProblem{Kind::MissingValue, piece.place, piece.option});
        }
    }
    auto line = docker::parseRunArguments(words, context);
    if (!line) {
        const docker::LineProblem &problem = line.error();
        return std::unexpected(RunProblem{
            problem.kind, places[std::min(problem.word, places.size() - 1)], problem.detail});
    }
    return *std::move(line);
}

RunForm formOf(const docker::RunLine &line)
{
    RunForm form;
    fillFrom(form, docker::arguments(line.create));
    // What is made only, is made to be started in the background; streams are attached to what is
    // not.
    form.isDetached =
        line.isDetached || (!line.starts && line.create.attached == docker::AttachedStreams{});
    if (!line.proxiesSignals) {
        form.others.emplace_back("--sig-proxy=false");
    }
    if (!line.detachKeys.empty()) {
        form.others.push_back("--detach-keys=" + line.detachKeys);
    }
    return form;
}

} // namespace roadstead::ui
