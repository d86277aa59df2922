// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/engine/matrix/checks.h"
#include "tests/engine/matrix/image_archive.h"
#include "tests/engine/matrix/scenario.h"

#include <QFile>
#include <QProcess>
#include <QTcpSocket>
#include <QTest>

#include <algorithm>

namespace roadstead::test {

using namespace docker;

namespace {

const ImageName kept{"docker.io/library/kept", "1", "kept:1"};
const ImageName remote{"127.0.0.1:5000/kept", "1", "127.0.0.1:5000/kept:1"};

Target named(const ImageName &name)
{
    return {name.display, name.display};
}

bool hasTag(const std::vector<std::string> &tags, std::string_view name)
{
    return std::ranges::any_of(tags,
                               [name](const std::string &tag) { return tag.ends_with(name); });
}

/// A registry on loopback, as long as this lives.
class Registry
{
public:
    explicit Registry(const QString &folder)
    {
        QFile settings(folder + QStringLiteral("/registry.yml"));
        if (settings.open(QIODevice::WriteOnly)) {
            settings.write("version: 0.1\nstorage:\n  filesystem:\n    rootdirectory: " +
                           folder.toUtf8() + "/data\nhttp:\n  addr: 127.0.0.1:5000\n");
            settings.close();
        }
        m_process.setStandardErrorFile(QProcess::nullDevice());
        m_process.setStandardOutputFile(QProcess::nullDevice());
        m_process.start(QStringLiteral("docker-registry"),
                        {QStringLiteral("serve"), settings.fileName()});
    }
    ~Registry()
    {
        m_process.kill();
        m_process.waitForFinished();
    }
    Registry(const Registry &) = delete;
    Registry &operator=(const Registry &) = delete;

    bool answers()
    {
        return m_process.waitForStarted() && QTest::qWaitFor([] {
                   QTcpSocket socket;
                   socket.connectToHost(QStringLiteral("127.0.0.1"), 5000);
                   return socket.waitForConnected(200);
               });
    }

private:
    QProcess m_process;
};

} // namespace

std::string Scenario::load()
{
    const QString archive = writeImageArchive(m_folder.path(), QStringLiteral("shop:1"));
    STEP_VERIFY(!archive.isEmpty());
    const auto loaded = run(LoadImage{archive.toStdString()});
    STEP_RESULT(loaded);
    STEP_VERIFY2(loaded->text.contains("shop:1"), loaded->text);
    const auto images =
        await<std::vector<ImageSummary>>([&](auto done) { m_client.listImages(std::move(done)); });
    STEP_RESULT(images);
    STEP_VERIFY(images->size() == 1);
    STEP_VERIFY(hasTag(images->front().tags, "shop:1"));
    STEP_VERIFY(images->front().size > 500'000);
    const auto details = ask(InspectImage{{"shop:1", "shop:1"}});
    STEP_RESULT(details);
    STEP_VERIFY(details->os == "linux");
    STEP_VERIFY(std::ranges::contains(details->environment, "PATH=/bin"));
    STEP_VERIFY(details->layers.size() == 1);
    return {};
}

std::string Scenario::commit()
{
    const auto made =
        run(CommitContainer{.container = m_web, .image = kept, .changes = {"ENV B=c"}});
    STEP_RESULT(made);
    m_committed = made->text;
    const auto details = ask(InspectImage{named(kept)});
    STEP_RESULT(details);
    STEP_VERIFY2(details->id.ends_with(made->text), details->id + " is not " + made->text);
    STEP_VERIFY(std::ranges::contains(details->environment, "B=c"));
    return {};
}

std::string Scenario::commitId()
{
    STEP_VERIFY2(m_committed.starts_with("sha256:"), m_committed);
    return {};
}

std::string Scenario::commitMessage()
{
    const ImageName said{"docker.io/library/said", "1", "said:1"};
    STEP_RESULT(run(CommitContainer{
        .container = m_web, .image = said, .comment = "why not", .author = "somebody"}));
    const auto details = ask(InspectImage{named(said)});
    STEP_RESULT(details);
    STEP_VERIFY2(details->comment == "why not", details->comment);
    STEP_VERIFY2(details->author == "somebody", details->author);
    return {};
}

std::string Scenario::tag()
{
    STEP_RESULT(run(TagImage{named(kept), {"docker.io/library/kept", "2", "kept:2"}}));
    const auto details = ask(InspectImage{{"kept:2", "kept:2"}});
    STEP_RESULT(details);
    STEP_VERIFY(hasTag(details->tags, "kept:1") && hasTag(details->tags, "kept:2"));
    const auto removed = run(RemoveImage{{"kept:2", "kept:2"}});
    STEP_RESULT(removed);
    STEP_VERIFY(hasTag(removed->removed, "kept:2"));
    STEP_RESULT(ask(InspectImage{named(kept)}));
    return {};
}

std::string Scenario::history()
{
    const auto entries = ask(ImageHistory{named(kept)});
    STEP_RESULT(entries);
    STEP_VERIFY(entries->size() == 2);
    STEP_VERIFY2(entries->front().size >= 3'000'000, std::to_string(entries->front().size));
    STEP_VERIFY(entries->back().createdBy == "test");
    return {};
}

std::string Scenario::save()
{
    const auto saved = download(SaveImages{{named(kept), {"shop:1", "shop:1"}}});
    STEP_RESULT(saved);
    STEP_VERIFY(saved->contains("manifest.json"));
    STEP_VERIFY(saved->size() > 3'000'000);
    return {};
}

std::string Scenario::push()
{
    Registry registry(m_folder.path());
    STEP_VERIFY(registry.answers());
    STEP_RESULT(run(TagImage{named(kept), remote}));
    auto lines = std::make_shared<int>(0);
    RunOptions options;
    options.progress = [lines](const Progress &) { ++*lines; };
    STEP_RESULT(await<CommandReply>(
        [&](auto done) { m_client.run(PushImage{remote}, std::move(options), std::move(done)); },
        patience));
    m_pushLines = *lines;
    STEP_VERIFY(QFile::exists(
        m_folder.filePath(QStringLiteral("data/docker/registry/v2/repositories/kept/_manifests/"
                                         "tags/1/current/link"))));
    return {};
}

std::string Scenario::pushProgress()
{
    STEP_VERIFY2(m_pushLines > 2, std::to_string(m_pushLines));
    return {};
}

std::string Scenario::distribution()
{
    Registry registry(m_folder.path());
    STEP_VERIFY(registry.answers());
    const auto told = ask(InspectDistribution{named(remote)});
    STEP_RESULT(told);
    STEP_VERIFY(told->digest.starts_with("sha256:"));
    return {};
}

std::string Scenario::pull()
{
    Registry registry(m_folder.path());
    STEP_VERIFY(registry.answers());
    STEP_RESULT(run(RemoveImage{named(remote)}));
    STEP_RESULT(run(RemoveImage{named(kept)}));
    STEP_VERIFY(!ask(InspectImage{named(remote)}));
    STEP_RESULT(run(PullImage{remote}));
    const auto details = ask(InspectImage{named(remote)});
    STEP_RESULT(details);
    STEP_VERIFY2(details->id.ends_with(m_committed), details->id + " is not " + m_committed);
    STEP_VERIFY(!details->digests.empty());
    return {};
}

std::string Scenario::pullNothing()
{
    Registry registry(m_folder.path());
    STEP_VERIFY(registry.answers());
    const auto missing = run(PullImage{{"127.0.0.1:5000/missing", "1", "missing:1"}});
    STEP_VERIFY(!missing);
    STEP_VERIFY(!missing.error().detail.empty());
    return {};
}

std::string Scenario::removeImage()
{
    const auto removed = run(RemoveImage{named(remote)});
    STEP_RESULT(removed);
    STEP_VERIFY(!removed->removed.empty());
    const auto gone = ask(InspectImage{named(remote)});
    STEP_VERIFY(!gone);
    STEP_VERIFY2(gone.error().kind == ErrorKind::NotFound, words(gone.error()));
    return {};
}

std::string Scenario::imagePrune()
{
    STEP_RESULT(run(PruneImages{true}));
    const auto images =
        await<std::vector<ImageSummary>>([&](auto done) { m_client.listImages(std::move(done)); });
    STEP_RESULT(images);
    STEP_VERIFY2(images->empty(), std::to_string(images->size()));
    return {};
}

} // namespace roadstead::test
