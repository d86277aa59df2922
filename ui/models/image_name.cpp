// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/models/image_name.h"

#include "engine/reference/image_reference.h"

#include <QCoreApplication>

namespace roadstead::ui {

namespace {

struct NameWords
{
    Q_DECLARE_TR_FUNCTIONS(roadstead::ui::ImageName)
};

QString referenceFault(const Error &error)
{
    using reference::ReferenceFault;
    switch (ReferenceFault(error.code)) {
    case ReferenceFault::Empty:
        return NameWords::tr("Enter a name.");
    case ReferenceFault::Uppercase:
        return NameWords::tr("Names of images have small letters only.");
    case ReferenceFault::NameTooLong:
        return NameWords::tr("The name is longer than 255 characters.");
    case ReferenceFault::LooksLikeId:
        return NameWords::tr("64 hexadecimal digits are an id. Enter a name.");
    case ReferenceFault::DigestAlgorithm:
    case ReferenceFault::DigestLength:
    case ReferenceFault::DigestFormat:
        return NameWords::tr("A digest is sha256: with 64 hexadecimal digits after it.");
    case ReferenceFault::TagFormat:
        return NameWords::tr("A tag has letters, digits, and the characters _ . - after the "
                             "first; at most 128.");
    case ReferenceFault::Format:
        break;
    }
    return NameWords::tr(
        "This is not a name of an image. An example: registry.example/team/web:1.2");
}

} // namespace

QString tagProblem(const QString &typed)
{
    const auto read = reference::parseNormalized(typed.toStdString());
    if (!read) {
        return referenceFault(read.error());
    }
    return read->digest.empty() ? QString()
                                : NameWords::tr("A digest belongs to what it names. Enter a tag.");
}

QString pullProblem(const QString &typed)
{
    const auto read = reference::parsePullReference(typed.toStdString());
    return read ? QString() : referenceFault(read.error());
}

docker::ImageName pullNameOf(const std::string &typed)
{
    const auto read = reference::parsePullReference(typed);
    if (!read) {
        return {typed, {}, typed};
    }
    return {read->name(), read->digest.empty() ? read->tag : read->digest, read->familiarText()};
}

docker::ImageName tagNameOf(const std::string &typed)
{
    const auto read = reference::parseNormalized(typed);
    if (!read) {
        return {typed, {}, typed};
    }
    const auto whole = reference::withDefaultTag(*read);
    return {whole.name(), whole.tag, whole.familiarText()};
}

} // namespace roadstead::ui
