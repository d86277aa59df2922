// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/http/url.h"

#include <algorithm>
#include <charconv>
#include <memory>

#include <curl/curl.h>

namespace roadstead::http {

namespace {

struct UrlDeleter
{
    void operator()(CURLU *url) const { curl_url_cleanup(url); }
};

std::string partOf(CURLU *url, CURLUPart part, unsigned int flags = 0)
{
    char *text = nullptr;
    if (curl_url_get(url, part, &text, flags) != CURLUE_OK) {
        return {};
    }
    std::string copy(text);
    curl_free(text);
    return copy;
}

} // namespace

Result<Url> readUrl(const std::string &text, const std::string &base)
{
    constexpr std::size_t longest = 8192;
    const auto refused = [] {
        return failure(ErrorKind::InvalidArgument, "url.read", "not the address of a web page");
    };
    const bool isPlain = std::ranges::all_of(text, [](char c) { return c > 0x20 && c < 0x7F; });
    const std::unique_ptr<CURLU, UrlDeleter> url(curl_url());
    if (!url || !isPlain || text.empty() || text.size() > longest) {
        return refused();
    }
    constexpr unsigned int flags = CURLU_DISALLOW_USER | CURLU_PATH_AS_IS;
    if (!base.empty() && curl_url_set(url.get(), CURLUPART_URL, base.c_str(), flags) != CURLUE_OK) {
        return refused();
    }
    if (curl_url_set(url.get(), CURLUPART_URL, text.c_str(), flags) != CURLUE_OK) {
        return refused();
    }
    const std::string scheme = partOf(url.get(), CURLUPART_SCHEME);
    const std::string port = partOf(url.get(), CURLUPART_PORT, CURLU_DEFAULT_PORT);
    Url read;
    if (scheme != "http" && scheme != "https") {
        return refused();
    }
    if (scheme == "https") {
        read.address.tls.emplace();
    }
    read.address.host = partOf(url.get(), CURLUPART_HOST);
    if (read.address.host.starts_with('[') && read.address.host.ends_with(']')) {
        read.address.host = read.address.host.substr(1, read.address.host.size() - 2);
    }
    std::from_chars(port.data(), port.data() + port.size(), read.address.port);
    const std::string path = partOf(url.get(), CURLUPART_PATH);
    const std::string query = partOf(url.get(), CURLUPART_QUERY);
    read.target = (path.empty() ? "/" : path) + (query.empty() ? "" : "?" + query);
    if (!checkEndpoint(read.address)) {
        return refused();
    }
    return read;
}

} // namespace roadstead::http
