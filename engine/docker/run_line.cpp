// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/docker/run_line.h"

#include "engine/docker/run_options.h"
#include "engine/reference/image_reference.h"
#include "engine/reference/words.h"

#include <algorithm>
#include <array>
#include <optional>

namespace roadstead::docker {

namespace {

using Kind = LineProblem::Kind;
using Words = std::span<const ShellWord>;
using Answer = std::expected<RunLine, LineProblem>;

const RunOption *findOption(std::string_view name, char letter)
{
    for (const auto options : {generalOptions(), networkOptions(), storageOptions(),
                               resourceOptions(), isolationOptions()}) {
        const auto found = std::ranges::find_if(options, [name, letter](const RunOption &option) {
            return letter == '\0' ? option.name == name : option.letter == letter;
        });
        if (found != options.end()) {
            return &*found;
        }
    }
    return nullptr;
}

/// Reads the words behind `run` or `create`.
class Reader
{
public:
    Reader(Words words, std::size_t first, const RunLineContext &context)
        : m_words(words)
        , m_at(first)
    {
        m_draft.context = &context;
        m_draft.line.starts = words[first - 1].text == "run";
    }

    Answer run()
    {
        while (!m_problem && m_at < m_words.size() && takesOption()) {
        }
        if (!m_problem && m_draft.help) {
            fail(Kind::NotSupported, m_at - 1, "--help");
        }
        if (!m_problem) {
            takeImage();
        }
        if (!m_problem) {
            finish();
        }
        if (m_problem) {
            return std::unexpected(*std::move(m_problem));
        }
        return std::move(m_draft.line);
    }

private:
    void fail(Kind kind, std::size_t word, std::string detail)
    {
        if (word < m_words.size()) {
            m_problem =
                LineProblem{kind, word, m_words[word].begin, m_words[word].end, std::move(detail)};
        } else {
            m_problem =
                LineProblem{kind, word, m_words.back().end, m_words.back().end, std::move(detail)};
        }
    }

    /// Takes the options of one word; false at the first that is none.
    bool takesOption()
    {
        const std::string &text = m_words[m_at].text;
        if (text.size() < 2 || text.front() != '-') {
            return false;
        }
        if (text == "--") {
            ++m_at;
            return false;
        }
        if (text.starts_with("--")) {
            takeLong(std::string_view(text).substr(2));
        } else {
            takeLetters(std::string_view(text).substr(1));
        }
        return true;
    }

    const RunOption *known(const RunOption *option, const std::string &shown)
    {
        if (option == nullptr || (option->isOfRunOnly && !m_draft.line.starts)) {
            fail(Kind::UnknownOption, m_at, shown);
            return nullptr;
        }
        if (option->isOfWindowsOnly && m_draft.context->engineSystem != "windows") {
            fail(Kind::NotSupported, m_at, shown);
            return nullptr;
        }
        return option;
    }

    void takeLong(std::string_view text)
    {
        const reference::Halves halves = reference::cut(text, '=');
        const std::string shown = "--" + std::string(halves.before);
        const RunOption *option = known(findOption(halves.before, '\0'), shown);
        if (option == nullptr) {
            return;
        }
        if (halves.found || option->isFlag) {
            set(*option, shown, halves.found ? halves.after : "true", m_at);
            ++m_at;
        } else {
            takeNext(*option, shown);
        }
    }

    /// "-it", "-p80:80", "-p=80:80": flags, and at most one with a value as the last.
    void takeLetters(std::string_view letters)
    {
        while (!letters.empty() && !m_problem) {
            const std::string shown = std::string("-") + letters.front();
            const RunOption *option = known(findOption({}, letters.front()), shown);
            letters.remove_prefix(1);
            if (option == nullptr) {
                return;
            }
            if (letters.size() > 1 && letters.front() == '=') {
                set(*option, shown, letters.substr(1), m_at);
                letters = {};
            } else if (option->isFlag) {
                set(*option, shown, "true", m_at);
            } else if (!letters.empty()) {
                set(*option, shown, letters, m_at);
                letters = {};
            } else {
                takeNext(*option, shown);
                return;
            }
        }
        ++m_at;
    }

    /// The next word is the value, whatever it looks like.
    void takeNext(const RunOption &option, const std::string &shown)
    {
        if (m_at + 1 == m_words.size()) {
            fail(Kind::MissingValue, m_at, shown);
            return;
        }
        set(option, shown, m_words[m_at + 1].text, m_at + 1);
        m_at += 2;
    }

    void set(const RunOption &option, const std::string &shown, std::string_view value,
             std::size_t word)
    {
        m_places[option.name] = word;
        if (const auto done = option.set(m_draft, value); !done) {
            fail(Kind::BadValue, word, shown + ": " + done.error().detail);
        }
    }

    void takeImage()
    {
        if (m_at >= m_words.size()) {
            fail(Kind::MissingImage, m_words.size(), {});
            return;
        }
        CreateContainer &create = m_draft.create();
        create.image = m_words[m_at].text;
        if (!reference::parseAnyReference(create.image)) {
            fail(Kind::BadValue, m_at, reference::quotedWord(create.image) + " is not an image");
            return;
        }
        for (const ShellWord &word : m_words.subspan(m_at + 1)) {
            create.command.push_back(word.text);
        }
    }

    /// A conflict at the last word that gave one of the options.
    void conflict(std::initializer_list<std::string_view> options, std::string detail)
    {
        for (const std::string_view option : options) {
            if (const auto place = m_places.find(option); place != m_places.end()) {
                fail(Kind::Conflict, place->second, std::move(detail));
                return;
            }
        }
        fail(Kind::Conflict, m_at, std::move(detail));
    }

    void finish()
    {
        RunLine &line = m_draft.line;
        if (line.isDetached && line.create.attached != AttachedStreams{}) {
            conflict({"attach"}, "--attach: does not go with --detach");
            return;
        }
        finishVariables();
        finishLabels();
        finishNetworks();
        if (m_problem) {
            return;
        }
        if (const auto fine = checkOptions(line.create); !fine) {
            const std::string &detail = fine.error().detail;
            const std::string option = detail.substr(0, detail.find(':'));
            conflict({std::string_view(option).substr(2), "network", "net"}, detail);
        }
    }

    /// The last of a name counts among those of the line; those of files come before them all.
    void finishVariables()
    {
        auto &environment = m_draft.create().environment;
        environment = std::move(m_draft.fileVariables);
        const auto files = static_cast<std::ptrdiff_t>(environment.size());
        std::map<std::string, std::ptrdiff_t, std::less<>> places;
        for (std::string &variable : m_draft.variables) {
            const std::string name(reference::cut(variable, '=').before);
            const auto place = places.find(name);
            if (place != places.end()) {
                environment[static_cast<std::size_t>(place->second)] = std::move(variable);
            } else {
                places[name] = files + std::ssize(places);
                environment.push_back(std::move(variable));
            }
        }
    }

    void finishLabels()
    {
        auto all = std::move(m_draft.fileLabels);
        all.insert(all.end(), m_draft.labels.begin(), m_draft.labels.end());
        m_draft.create().labels = reference::keyValues(all);
    }

    /// What --ip, --network-alias and their like say belongs to the first network.
    void finishNetworks()
    {
        const reference::NetworkAttachment &first = m_draft.first;
        if (first == reference::NetworkAttachment{}) {
            return;
        }
        auto &networks = m_draft.create().networks;
        if (networks.empty()) {
            networks.push_back({.target = "default"});
        }
        reference::NetworkAttachment &network = networks.front();
        const auto merge = [this]<typename Value>(Value &member, const Value &value,
                                                  std::string_view option) {
            if (!member.empty() && !value.empty()) {
                conflict({option}, "--" + std::string(option) + ": --network has it as well");
            } else if (!value.empty()) {
                member = value;
            }
        };
        merge(network.aliases, first.aliases, "network-alias");
        merge(network.ipv4Address, first.ipv4Address, "ip");
        merge(network.ipv6Address, first.ipv6Address, "ip6");
        merge(network.macAddress, first.macAddress, "mac-address");
        merge(network.linkLocalAddresses, first.linkLocalAddresses, "link-local-ip");
    }

    Words m_words;
    std::size_t m_at;
    RunDraft m_draft;
    std::map<std::string_view, std::size_t> m_places; ///< of the last value of each option
    std::optional<LineProblem> m_problem;
};

LineProblem problemAt(Kind kind, Words words, std::size_t word)
{
    if (words.empty()) {
        return {kind, 0, 0, 0, {}};
    }
    const ShellWord &shown = words[std::min(word, words.size() - 1)];
    return {kind, word, shown.begin, shown.end, word < words.size() ? shown.text : std::string()};
}

/// The index of the first word behind `run` or `create`.
std::expected<std::size_t, LineProblem> afterVerb(Words words, std::size_t at)
{
    if (at < words.size() && words[at].text.starts_with('-')) {
        return std::unexpected(problemAt(Kind::NotSupported, words, at));
    }
    if (at < words.size() && words[at].text == "container") {
        ++at;
    }
    if (at >= words.size()) {
        return std::unexpected(problemAt(Kind::NoCommand, words, at));
    }
    if (words[at].text != "run" && words[at].text != "create") {
        return std::unexpected(problemAt(Kind::UnknownCommand, words, at));
    }
    return at + 1;
}

Answer readWords(Words words, std::size_t at, const RunLineContext &context)
{
    const auto first = afterVerb(words, at);
    if (!first) {
        return std::unexpected(first.error());
    }
    return Reader(words, *first, context).run();
}

} // namespace

Answer parseRunLine(std::string_view line, const RunLineContext &context)
{
    const auto words = shellWords(line);
    if (!words) {
        return std::unexpected(words.error());
    }
    std::size_t at = 0;
    for (const std::string_view prefix : {"$", "sudo"}) {
        if (at < words->size() && (*words)[at].text == prefix) {
            ++at;
        }
    }
    const std::string program = at < words->size() ? (*words)[at].text : std::string();
    if (program != "docker" && !program.ends_with("/docker")) {
        return std::unexpected(problemAt(Kind::NoCommand, *words, at));
    }
    return readWords(*words, at + 1, context);
}

Answer parseRunArguments(const std::vector<std::string> &arguments, const RunLineContext &context)
{
    std::vector<ShellWord> words;
    for (const std::string &argument : arguments) {
        words.push_back({argument, 0, 0});
    }
    return readWords(words, 0, context);
}

} // namespace roadstead::docker
