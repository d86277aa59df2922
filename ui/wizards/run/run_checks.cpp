// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/wizards/run/run_checks.h"

#include "engine/reference/image_reference.h"
#include "engine/reference/network_attachment.h"
#include "engine/reference/ports.h"
#include "ui/text/display_text.h"

#include <QCoreApplication>

#include <algorithm>
#include <set>

namespace roadstead::ui {

namespace {

using Verdict = RunCheck::Verdict;

struct CheckText
{
    Q_DECLARE_TR_FUNCTIONS(roadstead::ui::RunChecks)
};

constexpr int lastPort = 65535;
constexpr int shortestId = 12; ///< what the docker command shows of one

/// Who has a port of the engine's machine, in words; empty = nobody known.
struct PortHolder
{
    QString name{}; ///< display text; empty = another program
    int pid = 0;    ///< of a program, if it is known
    bool isTaken = false;
};

PortHolder holderOf(int port, const std::string &address, const std::string &protocol,
                    const RunFacts &facts)
{
    for (const docker::ContainerSummary &container : *facts.containers) {
        for (const docker::Port &held : container.ports) {
            if (held.publicPort == port && held.protocol == protocol &&
                service::addressesClash(held.ip, address)) {
                return {displayText(container.name), 0, true};
            }
        }
    }
    if (facts.listening) {
        for (const service::ListeningPort &held : *facts.listening) {
            if (held.port == port && held.protocol == protocol &&
                service::addressesClash(held.address, address)) {
                return {displayText(held.holder), held.pid, true};
            }
        }
    }
    return {};
}

/// The host's ports of a row that must all be free; empty where the engine chooses, or there is a
/// mistake that the parser tells.
std::optional<reference::PortRange> fixedPorts(const RunPort &row)
{
    const auto host = reference::parsePortRange(row.hostPort);
    const auto container = reference::parsePortRange(row.containerPort);
    if (row.hostPort.empty() || !host || !container || host->first == 0) {
        return std::nullopt;
    }
    return host->last - host->first == container->last - container->first ? std::optional(*host)
                                                                          : std::nullopt;
}

bool asksForPort(const RunPort &row, int port, const std::string &protocol)
{
    const auto ports = fixedPorts(row);
    return row.protocol == protocol && ports && port >= ports->first && port <= ports->last;
}

/// Collects what there is to say.
class Checker
{
public:
    Checker(const RunForm &form, const RunFacts &facts, const docker::RunLineContext &context)
        : m_form(form)
        , m_facts(facts)
        , m_context(context)
    {
    }

    std::vector<RunCheck> run()
    {
        checkWords();
        checkPorts();
        checkImage();
        checkName();
        checkMounts();
        checkVariables();
        checkNetwork();
        // What is wrong comes first; below that, the order of the fields.
        std::ranges::stable_sort(m_checks, std::greater(), [](const RunCheck &check) {
            return check.verdict == Verdict::Wrong;
        });
        return std::move(m_checks);
    }

private:
    RunCheck &add(Verdict verdict, const RunPlace &place, const QString &text,
                  const QString &fieldText = {})
    {
        m_checks.push_back({verdict, text, fieldText.isEmpty() ? text : fieldText, place});
        return m_checks.back();
    }

    void checkWords()
    {
        const auto line = readForm(m_form, m_context);
        if (line) {
            return;
        }
        const RunProblem &problem = line.error();
        RunCheck &check =
            add(Verdict::Wrong, problem.place, problemText(problem.kind, problem.detail));
        check.onlyAfterTrying = m_form.image.empty() && problem.place.field == "image";
    }

    void checkPorts()
    {
        for (std::size_t row = 0; row < m_form.ports.size(); ++row) {
            const RunPort &port = m_form.ports[row];
            const auto ports = fixedPorts(port);
            if (!port.isEmpty() && ports) {
                checkPort(int(row), port, *ports);
            }
        }
    }

    void checkPort(int row, const RunPort &port, const reference::PortRange &range)
    {
        const RunPlace place{"publish", row};
        for (int number = range.first; number <= range.last; ++number) {
            for (int other = 0; other < row; ++other) {
                const RunPort &before = m_form.ports[std::size_t(other)];
                if (asksForPort(before, number, port.protocol) &&
                    service::addressesClash(before.address, port.address)) {
                    offerPort(add(Verdict::Wrong, place,
                                  CheckText::tr("Port %1 is here twice").arg(number),
                                  CheckText::tr("Used above.")),
                              port, number);
                    return;
                }
            }
            const PortHolder holder = holderOf(number, port.address, port.protocol, m_facts);
            if (holder.isTaken) {
                tellTaken(place, port, number, holder);
                return;
            }
        }
        if (m_facts.listening) {
            add(Verdict::Fine, place, CheckText::tr("Port %1 is free").arg(range.first),
                CheckText::tr("Free"));
        }
    }

    void tellTaken(const RunPlace &place, const RunPort &port, int number, const PortHolder &holder)
    {
        const QString text =
            holder.name.isEmpty() ? CheckText::tr("Port %1 is taken by another program").arg(number)
            : holder.pid == 0 ? CheckText::tr("Port %1 is taken by %2").arg(number).arg(holder.name)
                              : CheckText::tr("Port %1 is taken by %2 (pid %3)")
                                    .arg(number)
                                    .arg(holder.name)
                                    .arg(holder.pid);
        const QString beside = holder.name.isEmpty()
                                   ? CheckText::tr("Used by another program.")
                                   : CheckText::tr("Used by %1.").arg(holder.name);
        offerPort(add(Verdict::Wrong, place, text, beside), port, number);
    }

    /// Only for one port: of a range, all would have to move.
    void offerPort(RunCheck &check, const RunPort &port, int number)
    {
        const int free = nextFreePort(number, port.protocol, m_form, m_facts);
        if (free == 0 || port.hostPort.contains('-')) {
            return;
        }
        check.fixText = CheckText::tr("Use %1").arg(free);
        check.fix = [row = std::size_t(check.place.row), free](RunForm &form) {
            if (row < form.ports.size()) {
                form.ports[row].hostPort = std::to_string(free);
            }
        };
    }

    void checkImage()
    {
        if (m_form.image.empty() || !reference::parseAnyReference(m_form.image)) {
            return;
        }
        const bool isHere = findImage(*m_facts.images, m_form.image) != nullptr;
        const std::string pull = m_form.option("pull");
        if (!isHere && pull == "never") {
            RunCheck &check =
                add(Verdict::Wrong, {"image"}, CheckText::tr("The engine does not have the image"));
            check.fixText = CheckText::tr("Pull it");
            check.fix = [](RunForm &form) { form.setOption("pull", {}); };
        } else if (isHere && pull != "always") {
            add(Verdict::Fine, {"image"}, CheckText::tr("The engine has the image"));
        } else {
            add(Verdict::Note, {"image"}, CheckText::tr("The image is pulled first"));
        }
    }

    void checkName()
    {
        const std::string &name = m_form.name;
        if (name.empty()) {
            return;
        }
        const auto isPlain = [](char c) {
            return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        };
        const bool isName =
            name.size() > 1 && isPlain(name.front()) && std::ranges::all_of(name, [&](char c) {
                return isPlain(c) || c == '_' || c == '.' || c == '-';
            });
        if (!isName) {
            add(Verdict::Wrong, {"name"},
                CheckText::tr("A name has two or more letters, digits, “_”, “.” and “-”, and "
                              "begins with a letter or digit"));
            return;
        }
        if (!isTaken(name)) {
            add(Verdict::Fine, {"name"}, CheckText::tr("The name is free"), CheckText::tr("Free"));
            return;
        }
        RunCheck &check =
            add(Verdict::Wrong, {"name"},
                CheckText::tr("Another container is called %1").arg(displayText(name)),
                CheckText::tr("Taken"));
        std::string free = name;
        for (int number = 2; isTaken(free); ++number) {
            free = name + "-" + std::to_string(number);
        }
        check.fixText = CheckText::tr("Use %1").arg(displayText(free));
        check.fix = [free](RunForm &form) { form.name = free; };
    }

    [[nodiscard]] bool isTaken(const std::string &name) const
    {
        return std::ranges::contains(*m_facts.containers, name, &docker::ContainerSummary::name);
    }

    void checkMounts()
    {
        for (int row = 0; const RunMount &mount : m_form.mounts) {
            const auto known = m_facts.folders.find(mount.source);
            if (mount.kind == RunMount::Kind::Folder && known != m_facts.folders.end()) {
                const QString name = displayText(mount.source, 48);
                if (known->second) {
                    add(Verdict::Fine, {"mount", row}, CheckText::tr("%1 exists").arg(name));
                } else if (mount.isLong) {
                    add(Verdict::Wrong, {"mount", row},
                        CheckText::tr("%1 does not exist").arg(name));
                } else {
                    add(Verdict::Note, {"mount", row},
                        CheckText::tr("%1 does not exist: the engine makes a folder").arg(name));
                }
            }
            ++row;
        }
    }

    void checkVariables()
    {
        for (int row = 0; const RunVariable &variable : m_form.environment) {
            if (variable.isMissing) {
                RunCheck &check = add(Verdict::Wrong, {"env", row},
                                      CheckText::tr("%1 has no value: secrets are not kept")
                                          .arg(displayText(variable.name)),
                                      CheckText::tr("Not kept: type it again."));
                check.fixText = CheckText::tr("Leave it out");
                check.fix = [at = std::size_t(row)](RunForm &form) {
                    if (at < form.environment.size()) {
                        form.environment.erase(form.environment.begin() + std::ptrdiff_t(at));
                    }
                };
            }
            ++row;
        }
    }

    void checkNetwork()
    {
        const auto found = m_form.options.find("network");
        if (found == m_form.options.end() || !m_facts.networks) {
            return;
        }
        int row = -1;
        for (const std::string &text : found->second) {
            ++row;
            const auto network = reference::parseNetwork(text);
            if (!network || !reference::isUserDefinedNetwork(network->target)) {
                continue;
            }
            const bool isThere =
                std::ranges::any_of(*m_facts.networks, [&](const docker::Network &each) {
                    return each.name == network->target || each.id.starts_with(network->target);
                });
            const QString name = displayText(network->target);
            add(isThere ? Verdict::Fine : Verdict::Wrong, {"network", row},
                isThere ? CheckText::tr("Network %1 exists").arg(name)
                        : CheckText::tr("There is no network %1").arg(name));
        }
    }

    const RunForm &m_form;
    const RunFacts &m_facts;
    const docker::RunLineContext &m_context;
    std::vector<RunCheck> m_checks;
};

} // namespace

std::vector<RunCheck> checksOf(const RunForm &form, const RunFacts &facts,
                               const docker::RunLineContext &context)
{
    return Checker(form, facts, context).run();
}

const docker::ImageSummary *findImage(const std::vector<docker::ImageSummary> &images,
                                      const std::string &typed)
{
    const auto reference = reference::parsePullReference(typed);
    const std::string tag = reference ? reference->familiarText() : std::string();
    const std::string id = typed.starts_with("sha256:") ? typed : "sha256:" + typed;
    const bool mayBeId = typed.size() >= shortestId;
    const auto found = std::ranges::find_if(images, [&](const docker::ImageSummary &image) {
        return std::ranges::contains(image.tags, tag) ||
               std::ranges::contains(image.digests, tag) || (mayBeId && image.id.starts_with(id));
    });
    return found == images.end() ? nullptr : &*found;
}

int nextFreePort(int port, const std::string &protocol, const RunForm &form, const RunFacts &facts)
{
    for (int next = port + 1; next <= lastPort; ++next) {
        const bool isAsked = std::ranges::any_of(
            form.ports, [&](const RunPort &row) { return asksForPort(row, next, protocol); });
        if (!isAsked && !holderOf(next, {}, protocol, facts).isTaken) {
            return next;
        }
    }
    return 0;
}

QString problemText(docker::LineProblem::Kind kind, const std::string &detail)
{
    using Kind = docker::LineProblem::Kind;
    const QString shown = displayText(detail);
    switch (kind) {
    case Kind::TooLong:
        return CheckText::tr("This is longer than can be read");
    case Kind::UnclosedQuote:
        return CheckText::tr("A quote is not closed");
    case Kind::Expansion:
        return CheckText::tr("Only a shell knows what %1 stands for: write it out, or put it in "
                             "single quotes")
            .arg(shown);
    case Kind::Operator:
        return CheckText::tr("%1 begins another command: one can be run here").arg(shown);
    case Kind::Control:
        return CheckText::tr("There is a character that no command has");
    case Kind::NoCommand:
        return CheckText::tr("This is not a docker run line");
    case Kind::UnknownCommand:
        return CheckText::tr("%1 is not run or create").arg(shown);
    case Kind::UnknownOption:
        return CheckText::tr("docker run has no option %1").arg(shown);
    case Kind::MissingValue:
        return CheckText::tr("%1 needs a value").arg(shown);
    case Kind::MissingImage:
        return CheckText::tr("No image is given");
    case Kind::NotSupported:
        return CheckText::tr("%1 cannot be used here").arg(shown);
    case Kind::BadValue:
    case Kind::Conflict:
        break;
    }
    return shown;
}

} // namespace roadstead::ui
