// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/engine/vectors/cli_line.h"

#include <algorithm>
#include <set>
#include <sstream>
#include <utility>

namespace roadstead::test {

namespace {

using Words = std::vector<std::string>;

/// Words of a command line; double quotes hold words together.
Words wordsOf(const std::string &line)
{
    Words words;
    std::string word;
    bool quoted = false;
    bool any = false;
    for (const char c : line) {
        if (c == '"') {
            quoted = !quoted;
            any = true;
        } else if (c == ' ' && !quoted) {
            if (any || !word.empty()) {
                words.push_back(std::exchange(word, {}));
            }
            any = false;
        } else {
            word.push_back(c);
        }
    }
    if (any || !word.empty()) {
        words.push_back(word);
    }
    return words;
}

/// The options of each command: "time,t=" takes a value and has a short name, "all,a" has none.
const std::map<std::string, std::string> &grammar()
{
    static const std::map<std::string, std::string> commands{
        {"ps", "all,a filter,f= last,n= latest,l no-trunc quiet,q size,s"},
        {"images", "all,a filter,f= no-trunc quiet,q digests"},
        {"inspect", "size,s type="},
        {"start", ""},
        {"stop", "time,t= timeout= signal,s="},
        {"restart", "time,t= timeout= signal,s="},
        {"pause", ""},
        {"unpause", ""},
        {"kill", "signal,s="},
        {"rename", ""},
        {"rm", "force,f volumes,v"},
        {"rmi", "force,f no-prune"},
        {"wait", ""},
        {"top", ""},
        {"diff", ""},
        {"port", ""},
        {"update", "memory,m= memory-reservation= memory-swap= cpus= cpu-shares,c= cpu-period= "
                   "cpu-quota= cpuset-cpus= cpuset-mems= blkio-weight= pids-limit= restart= "
                   "cpu-rt-period= cpu-rt-runtime="},
        {"commit", "author,a= change,c= message,m= pause,p"},
        {"logs", "details follow,f since= tail,n= timestamps,t until="},
        {"events", "filter,f= since= until="},
        {"pull", "all-tags,a platform= quiet,q"},
        {"push", "all-tags,a quiet,q platform="},
        {"tag", ""},
        {"history", "no-trunc quiet,q human,H platform="},
        {"search", "filter,f= limit= no-trunc"},
        {"save", "output,o= platform="},
        {"load", "input,i= quiet,q platform="},
        {"import", "change,c= message,m= platform="},
        {"export", "output,o="},
        {"info", ""},
        {"version", ""},
        {"exec", "detach,d interactive,i tty,t privileged user,u= workdir,w= env,e= detach-keys="},
        {"image prune", "all,a force,f filter="},
        {"image inspect", "platform="},
        {"image ls", "all,a filter,f= no-trunc quiet,q digests"},
        {"image rm", "force,f no-prune"},
        {"container prune", "force,f filter="},
        {"container ls", "all,a filter,f= last,n= latest,l no-trunc quiet,q size,s"},
        {"container inspect", "size,s"},
        {"volume create", "driver,d= label= opt,o= name="},
        {"volume inspect", ""},
        {"volume ls", "filter,f= quiet,q"},
        {"volume rm", "force,f"},
        {"volume prune", "all,a force,f filter="},
        {"network create", "driver,d= opt,o= label= internal ipv4 ipv6 attachable ingress scope= "
                           "config-only config-from= ipam-driver= subnet= ip-range= gateway= "
                           "aux-address= ipam-opt="},
        {"network connect", "ip= ip6= link= alias= link-local-ip= driver-opt= gw-priority="},
        {"network disconnect", "force,f"},
        {"network inspect", "verbose,v"},
        {"network ls", "filter,f= quiet,q no-trunc"},
        {"network rm", "force,f"},
        {"network prune", "force,f filter="},
        {"system prune", "all,a force,f volumes filter="},
        {"system df", "verbose,v"},
        {"system info", ""},
        {"system events", "filter,f= since= until="},
        {"builder prune", "all,a force,f filter= keep-storage="},
        {"node ls", "filter,f= quiet,q"},
        {"node rm", "force,f"},
        {"service ls", "filter,f= quiet,q"},
        {"service rm", ""},
        {"secret ls", "filter,f= quiet,q"},
        {"secret inspect", ""},
        {"secret rm", ""},
        {"config ls", "filter,f= quiet,q"},
        {"config inspect", ""},
        {"config rm", ""},
        {"plugin ls", "filter,f= quiet,q no-trunc"},
        {"plugin inspect", ""},
        {"plugin enable", "timeout="},
        {"plugin disable", "force,f"},
        {"plugin rm", "force,f"},
        {"plugin set", ""},
        {"swarm leave", "force,f"}};
    return commands;
}

/// Commands whose operands end their options: what follows belongs to another program.
bool stopsAtOperand(const std::string &command)
{
    return command == "exec" || command == "top";
}

struct Option
{
    std::string name;
    bool takesValue = false;
};

std::map<std::string, Option> optionsOf(const std::string &text)
{
    std::map<std::string, Option> options;
    std::istringstream words(text);
    for (std::string word; words >> word;) {
        const bool takesValue = word.ends_with('=');
        word.erase(takesValue ? word.size() - 1 : word.size());
        const std::size_t comma = std::min(word.find(','), word.size());
        const std::string name = word.substr(0, comma);
        options["--" + name] = {name, takesValue};
        if (comma < word.size()) {
            options["-" + word.substr(comma + 1)] = {name, takesValue};
        }
    }
    return options;
}

/// "-fv" to "-f" and "-v", "-n5" to "-n" and "5".
Words spread(const std::string &word, const std::map<std::string, Option> &options)
{
    if (word.starts_with("--") || word.size() <= 2) {
        return {word};
    }
    Words parts;
    for (std::size_t i = 1; i < word.size(); ++i) {
        const std::string name{'-', word[i]};
        const auto option = options.find(name);
        if (option == options.end() || (i + 1 < word.size() && word[i + 1] == '=')) {
            parts.push_back("-" + word.substr(i));
            return parts;
        }
        parts.push_back(name);
        if (option->second.takesValue && i + 1 < word.size()) {
            parts.push_back(word.substr(i + 1));
            return parts;
        }
    }
    return parts;
}

} // namespace

bool CliLine::isSet(const std::string &option) const
{
    return has(option) && value(option) != "false";
}

std::string CliLine::value(const std::string &option) const
{
    const auto all = values(option);
    return all.empty() ? std::string() : all.back();
}

std::vector<std::string> CliLine::values(const std::string &option) const
{
    std::vector<std::string> all;
    const auto [begin, end] = options.equal_range(option);
    for (auto found = begin; found != end; ++found) {
        all.push_back(found->second);
    }
    return all;
}

std::string CliLine::operand(std::size_t index) const
{
    return index < operands.size() ? operands[index] : std::string();
}

std::optional<CliLine> parseCliLine(const std::string &text)
{
    Words words = wordsOf(text);
    CliLine line;
    line.command = words.empty() ? std::string() : words.front();
    std::size_t at = 1;
    if (words.size() > 1 && grammar().contains(line.command + " " + words[1])) {
        line.command += " " + words[1];
        at = 2;
    }
    const auto known = grammar().find(line.command);
    if (known == grammar().end()) {
        return std::nullopt;
    }
    const auto options = optionsOf(known->second);
    bool ended = false;
    for (; at < words.size(); ++at) {
        if (ended || !words[at].starts_with('-') || words[at] == "-") {
            line.operands.push_back(words[at]);
            ended = ended || stopsAtOperand(line.command);
            continue;
        }
        if (words[at] == "--") {
            ended = true;
            continue;
        }
        Words parts = spread(words[at], options);
        for (std::size_t i = 0; i < parts.size(); ++i) {
            const std::size_t equals = parts[i].find('=');
            const auto option = options.find(parts[i].substr(0, equals));
            if (option == options.end()) {
                return std::nullopt;
            }
            const auto &[name, takesValue] = option->second;
            if (equals != std::string::npos) {
                line.options.emplace(name, parts[i].substr(equals + 1));
            } else if (!takesValue) {
                line.options.emplace(name, "1");
            } else if (i + 1 < parts.size()) {
                line.options.emplace(name, parts[++i]);
            } else if (at + 1 < words.size()) {
                line.options.emplace(name, words[++at]);
            } else {
                return std::nullopt;
            }
        }
    }
    return line;
}

} // namespace roadstead::test
