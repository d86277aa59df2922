// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/launcher/forward_rules.h"

#include "app/launcher/paths.h"

#include <algorithm>
#include <iterator>
#include <ranges>

namespace roadstead::launcher {

namespace {

std::string_view trimmed(std::string_view line)
{
    const std::size_t begin = line.find_first_not_of(" \t");
    const std::size_t end = line.find_last_not_of(" \t\r");
    return begin == std::string_view::npos ? std::string_view()
                                           : line.substr(begin, end - begin + 1);
}

/// Takes the first word off a line; words end at a space.
std::string_view takeWord(std::string_view &line)
{
    const std::size_t end = std::min(line.find(' '), line.size());
    const std::string_view word = line.substr(0, end);
    line.remove_prefix(std::min(end + 1, line.size()));
    return word;
}

/// A rule without conditions that lets nothing through, counted or logged or not.
bool isBareDrop(std::string_view rule)
{
    std::string_view rest = rule;
    if (takeWord(rest) == "counter") {
        // "packets N bytes N"
        for (int i = 0; i < 4; ++i) {
            takeWord(rest);
        }
        rule = rest;
    }
    const bool isLogged = rule.starts_with("log ") && rule.ends_with(" drop");
    const std::string_view verdict = takeWord(rule);
    return isLogged || verdict == "drop" || verdict == "reject";
}

bool contains(std::string_view line, std::string_view before, std::string_view name,
              std::string_view after)
{
    return line.contains(std::string(before).append(name).append(after));
}

bool nftAccepts(std::string_view rule, std::string_view link)
{
    return rule.contains(" accept") &&
           (contains(rule, "iifname \"", link, "\"") ||
            contains(rule, "iifname \"", std::string(linkPrefix) + "*", "\""));
}

bool iptablesAccepts(std::string_view rule, std::string_view link)
{
    return rule.contains(" -j ACCEPT") &&
           (contains(rule, " -i ", link, " ") ||
            contains(rule, " -i ", std::string(linkPrefix) + "+", " "));
}

/// Reads a rule set line by line. nft writes each rule on one line, and what it opens with "{" at
/// the end of a line it closes with a line of its own.
class NftReader
{
public:
    explicit NftReader(std::string_view link)
        : m_link(link)
    {
    }
    void read(std::string_view line)
    {
        std::string_view rest = line;
        const std::string_view word = takeWord(rest);
        if (word == "table") {
            endTable();
            m_family = takeWord(rest);
            m_table = takeWord(rest);
        } else if (word == "chain") {
            m_chain = takeWord(rest);
            m_isForward = false;
        } else if (line == "}") {
            m_isForward = false;
        } else if (word == "type") {
            m_isForward = rest.starts_with("filter hook forward ");
            dropIf(rest.contains("policy drop;"));
        } else if (word == "flags") {
            m_isOpen |= rest.contains("dormant");
        } else {
            m_isOpen |= nftAccepts(line, m_link);
            dropIf(isBareDrop(line));
        }
    }
    std::vector<ForwardDrop> finish()
    {
        endTable();
        return std::move(m_found);
    }

private:
    void dropIf(bool drops)
    {
        if (drops && m_isForward && (m_drops.empty() || m_drops.back().chain != m_chain)) {
            m_drops.push_back({m_family, m_table, m_chain});
        }
    }
    void endTable()
    {
        const bool isIp = m_family == "ip" || m_family == "ip6" || m_family == "inet";
        if (isIp && !m_isOpen) {
            std::ranges::move(m_drops, std::back_inserter(m_found));
        }
        m_drops.clear();
        m_isOpen = false;
        m_isForward = false;
    }

    std::string_view m_link;
    std::string m_family;
    std::string m_table;
    std::string m_chain;
    bool m_isForward = false;         ///< in a chain at the forward hook
    bool m_isOpen = false;            ///< the table lets us through, or does nothing
    std::vector<ForwardDrop> m_drops; ///< of this table
    std::vector<ForwardDrop> m_found; ///< of those before
};

} // namespace

std::vector<ForwardDrop> forwardDropsOfNft(std::string_view ruleset, std::string_view link)
{
    NftReader reader(link);
    for (const auto line : ruleset | std::views::split('\n')) {
        reader.read(trimmed(std::string_view(line)));
    }
    return reader.finish();
}

std::vector<ForwardDrop> forwardDropsOfIptables(std::string_view rules, const std::string &family,
                                                std::string_view link)
{
    bool drops = false;
    for (const auto part : rules | std::views::split('\n')) {
        const std::string_view line = trimmed(std::string_view(part));
        drops |= line == "-P FORWARD DROP";
        if (iptablesAccepts(line, link)) {
            return {};
        }
    }
    return drops ? std::vector<ForwardDrop>{{family, "filter", "FORWARD"}}
                 : std::vector<ForwardDrop>{};
}

} // namespace roadstead::launcher
