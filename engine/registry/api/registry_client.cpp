// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/registry/api/registry_client.h"

#include "engine/base/sha256.h"
#include "engine/reference/image_reference.h"
#include "engine/registry/api/inquiry.h"

#include <utility>

namespace roadstead::registry {

namespace {

constexpr int namesOfPage = 100;

/// What can be the target of a page: a path of the API that is of the same list.
bool isPageOf(const std::string &page, const std::string &first)
{
    return page.starts_with(first.substr(0, first.find('?')) + "?");
}

std::string repositoryPath(const std::string &repository, const std::string &rest)
{
    return "/v2/" + repository + rest; // a name of the grammar needs no encoding
}

std::string pullScope(const std::string &repository)
{
    return "repository:" + repository + ":pull";
}

http::Header acceptedManifests()
{
    return {"Accept", "application/vnd.oci.image.index.v1+json, "
                      "application/vnd.docker.distribution.manifest.list.v2+json, "
                      "application/vnd.oci.image.manifest.v1+json, "
                      "application/vnd.docker.distribution.manifest.v2+json"};
}

template<typename T>
RegistryCall refuse(RegistryClient::Answer<T> answer, const char *operation,
                    const std::string &what)
{
    answer(failure(ErrorKind::InvalidArgument, operation, what));
    return {};
}

/// Asks; `read` makes the answer of a reply.
template<typename T, typename Read>
RegistryCall askOf(const std::shared_ptr<RegistrySession> &session, Question question, Read read,
                   RegistryClient::Answer<T> answer)
{
    const std::string operation = question.operation;
    const auto inquiry = std::make_shared<Inquiry>(
        session, std::move(question),
        [read = std::move(read), answer = std::move(answer),
         operation](Result<Reply> reply) mutable {
            Result<T> result =
                reply ? Result<T>(read(*reply)) : std::unexpected(std::move(reply.error()));
            if (!result) {
                result.error().operation = operation;
            }
            answer(std::move(result));
        });
    inquiry->begin();
    return RegistryCall(inquiry);
}

RegistryCall askNames(const std::shared_ptr<RegistrySession> &session, Question question,
                      NameKind kind, const std::string &page,
                      RegistryClient::Answer<NamePage> answer)
{
    if (!page.empty()) {
        if (!isPageOf(page, question.target)) {
            return refuse(std::move(answer), "registry.list", page);
        }
        question.target = page;
    }
    const std::string asked = question.target;
    return askOf<NamePage>(
        session, std::move(question),
        [kind, asked](const Reply &reply) {
            auto names = readNames(reply.response.body, kind);
            if (names) {
                const std::string next = nextPage(reply.response, reply.url);
                // A registry that leads round in circles would be asked for ever.
                names->next = next != asked && isPageOf(next, asked) ? next : std::string();
            }
            return names;
        },
        std::move(answer));
}

/// The digest that the registry says, if what came is of that digest.
Result<std::string> checkedDigest(const http::Response &response, const std::string &asked,
                                  bool hasBody)
{
    std::string said(response.header("docker-content-digest"));
    if (!said.empty() && !reference::isDigestForm(said)) {
        return failure(ErrorKind::MalformedReply, {}, "a digest that is none");
    }
    if (reference::isDigestForm(asked)) {
        if (!said.empty() && said != asked) {
            return failure(ErrorKind::MalformedReply, {}, "not what was asked for: " + said);
        }
        said = asked;
    }
    if (!hasBody) {
        return said;
    }
    const std::string found = "sha256:" + sha256Hex(response.body);
    if (said.starts_with("sha256:") && said != found) {
        return failure(ErrorKind::MalformedReply, {},
                       "the content is not what its digest says: " + said);
    }
    return said.empty() ? found : said;
}

bool isReference(const std::string &text)
{
    return reference::isTag(text) || reference::isDigestForm(text);
}

} // namespace

void RegistryCall::cancel() const
{
    if (const auto inquiry = m_inquiry.lock()) {
        inquiry->cancel();
    }
}

RegistryClient::RegistryClient(http::Client *transport, Place place, Credentials credentials,
                               const Clock &clock)
    : m_session(std::make_shared<RegistrySession>(transport, std::move(place),
                                                  std::move(credentials), clock))
{
}

RegistryClient::~RegistryClient() = default;

RegistryCall RegistryClient::greet(Answer<Greeting> answer)
{
    return askOf<Greeting>(
        m_session, {.operation = "registry.greet", .target = "/v2/"},
        [](const Reply &reply) { return Greeting{.reached = reply.reached, .login = reply.login}; },
        std::move(answer));
}

RegistryCall RegistryClient::repositories(const std::string &page, Answer<NamePage> answer)
{
    return askNames(m_session,
                    {.operation = "registry.repositories",
                     .target = "/v2/_catalog?n=" + std::to_string(namesOfPage),
                     .scope = "registry:catalog:*"},
                    NameKind::Repositories, page, std::move(answer));
}

RegistryCall RegistryClient::tags(const std::string &repository, const std::string &page,
                                  Answer<NamePage> answer)
{
    if (!reference::isRemoteName(repository)) {
        return refuse(std::move(answer), "registry.tags", repository);
    }
    return askNames(
        m_session,
        {.operation = "registry.tags",
         .target = repositoryPath(repository, "/tags/list?n=" + std::to_string(namesOfPage)),
         .scope = pullScope(repository)},
        NameKind::Tags, page, std::move(answer));
}

RegistryCall RegistryClient::manifestHead(const std::string &repository,
                                          const std::string &reference, Answer<Manifest> answer)
{
    if (!reference::isRemoteName(repository) || !isReference(reference)) {
        return refuse(std::move(answer), "registry.manifest", repository + " " + reference);
    }
    return askOf<Manifest>(
        m_session,
        {.operation = "registry.manifest",
         .method = "HEAD",
         .target = repositoryPath(repository, "/manifests/" + reference),
         .scope = pullScope(repository),
         .headers = {acceptedManifests()}},
        [reference](const Reply &reply) -> Result<Manifest> {
            auto digest = checkedDigest(reply.response, reference, false);
            if (!digest) {
                return std::unexpected(digest.error());
            }
            Manifest manifest{.digest = *std::move(digest)};
            const std::string_view type = reply.response.header("content-type");
            manifest.mediaType = type.substr(0, type.find(';'));
            return manifest;
        },
        std::move(answer));
}

RegistryCall RegistryClient::manifest(const std::string &repository, const std::string &reference,
                                      Answer<Manifest> answer)
{
    if (!reference::isRemoteName(repository) || !isReference(reference)) {
        return refuse(std::move(answer), "registry.manifest", repository + " " + reference);
    }
    return askOf<Manifest>(
        m_session,
        {.operation = "registry.manifest",
         .target = repositoryPath(repository, "/manifests/" + reference),
         .scope = pullScope(repository),
         .headers = {acceptedManifests()}},
        [reference](const Reply &reply) -> Result<Manifest> {
            auto digest = checkedDigest(reply.response, reference, true);
            if (!digest) {
                return std::unexpected(digest.error());
            }
            auto manifest =
                readManifest(reply.response.body, reply.response.header("content-type"));
            if (manifest) {
                manifest->digest = *std::move(digest);
            }
            return manifest;
        },
        std::move(answer));
}

RegistryCall RegistryClient::imageConfig(const std::string &repository, const std::string &digest,
                                         Answer<ImageConfig> answer)
{
    if (!reference::isRemoteName(repository) || !reference::isDigestForm(digest)) {
        return refuse(std::move(answer), "registry.config", repository + " " + digest);
    }
    return askOf<ImageConfig>(
        m_session,
        {.operation = "registry.config",
         .target = repositoryPath(repository, "/blobs/" + digest),
         .scope = pullScope(repository)},
        [digest](const Reply &reply) -> Result<ImageConfig> {
            const auto checked = checkedDigest(reply.response, digest, true);
            return checked ? readImageConfig(reply.response.body)
                           : std::unexpected(checked.error());
        },
        std::move(answer));
}

RegistryCall RegistryClient::deleteManifest(const std::string &repository,
                                            const std::string &digest, Answer<Done> answer)
{
    if (!reference::isRemoteName(repository) || !reference::isDigestForm(digest)) {
        return refuse(std::move(answer), "registry.delete", repository + " " + digest);
    }
    return askOf<Done>(
        m_session,
        {.operation = "registry.delete",
         .method = "DELETE",
         .target = repositoryPath(repository, "/manifests/" + digest),
         .scope = "repository:" + repository + ":delete"},
        [](const Reply &) { return Done{}; }, std::move(answer));
}

RegistryCall RegistryClient::checkPush(const std::string &repository, Answer<Done> answer)
{
    if (!reference::isRemoteName(repository)) {
        return refuse(std::move(answer), "registry.checkpush", repository);
    }
    Question question{.operation = "registry.checkpush",
                      .method = "POST",
                      .target = repositoryPath(repository, "/blobs/uploads/"),
                      .scope = "repository:" + repository + ":pull,push"};
    const auto inquiry = std::make_shared<Inquiry>(
        m_session, std::move(question),
        [session = m_session, repository, answer = std::move(answer)](Result<Reply> reply) mutable {
            if (!reply) {
                answer(std::unexpected(std::move(reply.error())));
                return;
            }
            const std::string upload =
                ownTarget(std::string(reply->response.header("location")), reply->url);
            if (upload.empty() || !upload.starts_with("/v2/")) {
                answer(Done{}); // it ends by itself after a while
                return;
            }
            // That it cannot be given up does not change that one may push. Registries take it for
            // a deletion, which needs a token of its own.
            askOf<Done>(
                session,
                {.operation = "registry.checkpush",
                 .method = "DELETE",
                 .target = upload,
                 .scope = "repository:" + repository + ":delete"},
                [](const Reply &) { return Done{}; },
                [answer = std::move(answer)](const Result<Done> &) mutable { answer(Done{}); });
        });
    inquiry->begin();
    return RegistryCall(inquiry);
}

} // namespace roadstead::registry
