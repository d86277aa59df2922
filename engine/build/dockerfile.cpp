// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/build/dockerfile.h"

#include "engine/reference/words.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace roadstead::build {

using reference::lowered;
using reference::raised;
using reference::trimmed;

namespace {

constexpr std::string_view blanks = " \t\r\v\f";

/// The first word of `text`, which loses it and the blanks around it.
std::string_view takeWord(std::string_view &text)
{
    text = trimmed(text);
    const std::size_t end = std::min(text.find_first_of(blanks), text.size());
    const std::string_view word = text.substr(0, end);
    text = trimmed(text.substr(end));
    return word;
}

/// A text line by line, numbered from 1.
class DockerfileLines
{
public:
    explicit DockerfileLines(std::string_view text)
        : m_rest(text)
    {
    }
    [[nodiscard]] bool atEnd() const { return m_rest.empty(); }
    [[nodiscard]] int number() const { return m_number; } ///< of the line that was taken last
    std::string_view take()
    {
        const std::size_t end = m_rest.find('\n');
        std::string_view line = m_rest.substr(0, end);
        m_rest = end == std::string_view::npos ? std::string_view() : m_rest.substr(end + 1);
        if (line.ends_with('\r')) {
            line.remove_suffix(1);
        }
        ++m_number;
        return line;
    }
    [[nodiscard]] std::string_view next() const { return m_rest.substr(0, m_rest.find('\n')); }

private:
    std::string_view m_rest;
    int m_number = 0;
};

struct HereDocument
{
    std::string_view end; ///< the line that ends it
    bool stripsTabs = false;
};

/// The here-document that a word such as "<<EOF", "3<<-'END'" begins; none otherwise.
std::optional<HereDocument> hereDocument(std::string_view word)
{
    word.remove_prefix(std::min(word.find_first_not_of("0123456789"), word.size()));
    if (!word.starts_with("<<")) {
        return std::nullopt;
    }
    word.remove_prefix(2);
    HereDocument document;
    if (word.starts_with('-')) {
        document.stripsTabs = true;
        word.remove_prefix(1);
    }
    if (word.size() > 2 && (word.front() == '"' || word.front() == '\'') &&
        word.back() == word.front()) {
        word = word.substr(1, word.size() - 2);
    }
    if (word.empty() || word.find('<') != std::string_view::npos) {
        return std::nullopt;
    }
    document.end = word;
    return document;
}

std::vector<HereDocument> hereDocuments(const Instruction &instruction)
{
    std::string_view rest = instruction.text;
    std::string keyword = instruction.keyword;
    if (keyword == "ONBUILD") {
        keyword = raised(takeWord(rest));
    }
    std::vector<HereDocument> documents;
    if (keyword != "RUN" && keyword != "COPY" && keyword != "ADD") {
        return documents;
    }
    while (!rest.empty()) {
        if (const auto document = hereDocument(takeWord(rest))) {
            documents.push_back(*document);
        }
    }
    return documents;
}

void passHereDocuments(Instruction &instruction, DockerfileLines &lines)
{
    for (const HereDocument &document : hereDocuments(instruction)) {
        while (!lines.atEnd()) {
            std::string_view line = lines.take();
            if (document.stripsTabs) {
                line.remove_prefix(std::min(line.find_first_not_of('\t'), line.size()));
            }
            if (line == document.end) {
                break;
            }
        }
    }
    instruction.lastLine = lines.number();
}

/// Whether `line` goes on in the next; it then loses the sign of that.
bool takeContinuation(std::string_view &line, char escape)
{
    const std::string_view text = trimmed(line);
    if (!text.ends_with(escape)) {
        return false;
    }
    line = text.substr(0, text.size() - 1);
    return true;
}

bool isComment(std::string_view line)
{
    return trimmed(line).starts_with('#');
}

/// The instruction that begins with `line`.
Instruction readInstruction(std::string_view line, DockerfileLines &lines, char escape)
{
    Instruction instruction;
    instruction.firstLine = lines.number();
    std::string whole;
    bool goesOn = takeContinuation(line, escape);
    whole += line;
    while (goesOn && !lines.atEnd()) {
        line = lines.take();
        if (isComment(line) || trimmed(line).empty()) {
            continue;
        }
        goesOn = takeContinuation(line, escape);
        whole += ' ';
        whole += trimmed(line);
    }
    instruction.lastLine = lines.number();
    std::string_view rest = whole;
    instruction.keyword = raised(takeWord(rest));
    instruction.text = rest;
    passHereDocuments(instruction, lines);
    return instruction;
}

/// Reads "# name=value"; false for the first line that is none.
bool readDirective(std::string_view line, Dockerfile &dockerfile)
{
    line = trimmed(line);
    const std::size_t equals = line.find('=');
    if (!line.starts_with('#') || equals == std::string_view::npos) {
        return false;
    }
    const std::string name = lowered(trimmed(line.substr(1, equals - 1)));
    const std::string_view value = trimmed(line.substr(equals + 1));
    if (name == "syntax") {
        dockerfile.syntax = value;
    } else if (name == "escape") {
        dockerfile.escape = value == "`" ? '`' : '\\';
    } else if (name != "check") {
        return false;
    }
    return true;
}

Stage stageOf(Instruction from, std::size_t position)
{
    Stage stage;
    std::string_view rest = from.text;
    std::string_view word = takeWord(rest);
    while (word.starts_with("--")) {
        word = takeWord(rest);
    }
    stage.base = word;
    const std::string as = lowered(takeWord(rest));
    const std::string_view name = takeWord(rest);
    stage.isNamed = as == "as" && !name.empty();
    stage.name = stage.isNamed ? lowered(name) : "stage-" + std::to_string(position);
    stage.instructions.push_back(std::move(from));
    return stage;
}

} // namespace

std::optional<std::size_t> Dockerfile::stageNamed(std::string_view name) const
{
    const std::string wanted = lowered(name);
    const auto found = std::ranges::find_last_if(
        stages, [&](const Stage &stage) { return stage.isNamed && stage.name == wanted; });
    if (!found.empty()) {
        return static_cast<std::size_t>(found.begin() - stages.begin());
    }
    std::size_t number = 0;
    const auto [end, fault] = std::from_chars(wanted.data(), wanted.data() + wanted.size(), number);
    if (fault == std::errc() && end == wanted.data() + wanted.size() && number < stages.size()) {
        return number;
    }
    return std::nullopt;
}

Dockerfile readDockerfile(std::string_view text)
{
    Dockerfile dockerfile;
    if (text.starts_with("\xEF\xBB\xBF")) {
        text.remove_prefix(3);
    }
    DockerfileLines lines(text);
    while (!lines.atEnd() && readDirective(lines.next(), dockerfile)) {
        lines.take();
    }
    while (!lines.atEnd()) {
        const std::string_view line = lines.take();
        if (isComment(line) || trimmed(line).empty()) {
            continue;
        }
        Instruction instruction = readInstruction(line, lines, dockerfile.escape);
        if (instruction.keyword == "FROM") {
            dockerfile.stages.push_back(stageOf(std::move(instruction), dockerfile.stages.size()));
        } else if (!dockerfile.stages.empty()) {
            dockerfile.stages.back().instructions.push_back(std::move(instruction));
        } else if (instruction.keyword == "ARG") {
            dockerfile.arguments.push_back(std::move(instruction));
        }
    }
    return dockerfile;
}

bool makesStep(const Dockerfile &dockerfile, const Instruction &instruction)
{
    constexpr std::array<std::string_view, 4> keywords{"RUN", "COPY", "ADD", "WORKDIR"};
    if (std::ranges::find(keywords, instruction.keyword) != keywords.end()) {
        return true;
    }
    if (instruction.keyword != "FROM") {
        return false;
    }
    const auto stage = std::ranges::find_if(dockerfile.stages, [&](const Stage &one) {
        return one.instructions.front().firstLine == instruction.firstLine;
    });
    if (stage == dockerfile.stages.end() || stage->base == "scratch") {
        return false;
    }
    const std::string base = lowered(stage->base);
    return std::none_of(dockerfile.stages.begin(), stage, [&](const Stage &earlier) {
        return earlier.isNamed && earlier.name == base;
    });
}

} // namespace roadstead::build
