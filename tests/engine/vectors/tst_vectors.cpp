// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/engine/vectors/vectors.h"
#include "tests/support/test_program/test_program.h"

#include <nlohmann/json.hpp>

#include <QDir>
#include <QFile>
#include <QTest>

#include <functional>

namespace tst_vectors {

using roadstead::test::Json;
using roadstead::test::VectorReport;

/// See README. The slots have the names of the files.
class TestVectors : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void everyFileHasAFunction();

    void api_negotiation() { run("api_negotiation", roadstead::test::runApiNegotiation); }
    void http_responses() { run("http_responses", roadstead::test::runHttpResponses); }
    void json_suite() { run("json_suite", roadstead::test::runJsonSuite); }
    void stdcopy_streams() { run("stdcopy_streams", roadstead::test::runStdcopyStreams); }
    void progress_streams() { run("progress_streams", roadstead::test::runProgressStreams); }
    void units() { run("units", roadstead::test::runUnits); }
    void ps_display() { run("ps_display", roadstead::test::runPsDisplay); }
    void stats_display() { run("stats_display", roadstead::test::runStatsDisplay); }
    void swagger_examples() { run("swagger_examples", roadstead::test::runSwaggerExamples); }
    void cli_api_requests() { run("cli_api_requests", roadstead::test::runCliApiRequests); }
    void build_context() { run("build_context", roadstead::test::runBuildContext); }
    void dockerignore_cross() { run("dockerignore_cross", roadstead::test::runDockerignoreCross); }
    void dockerignore_glob() { run("dockerignore_glob", roadstead::test::runDockerignoreGlob); }
    void dockerignore_match() { run("dockerignore_match", roadstead::test::runDockerignoreMatch); }
    void dockerignore_parse() { run("dockerignore_parse", roadstead::test::runDockerignoreParse); }
    void tar_hostile() { run("tar_hostile", roadstead::test::runTarHostile); }
    void oci_documents() { run("oci_documents", roadstead::test::runOciDocuments); }
    void registry_auth() { run("registry_auth", roadstead::test::runRegistryAuth); }
    void cli_tables_registry() { run("cli_tables", roadstead::test::runRegistryTables); }
    void context_store() { run("context_store", roadstead::test::runContextStore); }
    void cli_tables_contexts() { run("cli_tables", roadstead::test::runContextTables); }

    void cli_create_requests()
    {
        run("cli_create_requests", roadstead::test::runCliCreateRequests);
    }
    void cli_tables() { run("cli_tables", roadstead::test::runCliTables); }
    void nat_port_specs() { run("nat_port_specs", roadstead::test::runNatPortSpecs); }
    void nat_ports() { run("nat_ports", roadstead::test::runNatPorts); }
    void reference_all_outcomes()
    {
        run("reference_all_outcomes", roadstead::test::runReferenceAllOutcomes);
    }
    void reference_any() { run("reference_any", roadstead::test::runReferenceAny); }
    void reference_grammar() { run("reference_grammar", roadstead::test::runReferenceGrammar); }
    void reference_match() { run("reference_match", roadstead::test::runReferenceMatch); }
    void reference_normalize()
    {
        run("reference_normalize", roadstead::test::runReferenceNormalize);
    }
    void reference_parse() { run("reference_parse", roadstead::test::runReferenceParse); }

private:
    using Runner = std::function<void(const Json &, VectorReport &)>;

    void run(const char *name, const Runner &runner);
    Json load(const char *name);

    QDir m_folder;
};

void TestVectors::initTestCase()
{
    const QString folder = qEnvironmentVariable("ROADSTEAD_VECTORS_DIR");
    if (folder.isEmpty()) {
        QSKIP("ROADSTEAD_VECTORS_DIR is not set: there are no vectors to run");
    }
    m_folder.setPath(folder);
    QVERIFY2(m_folder.exists(), qPrintable(folder));
}

void TestVectors::everyFileHasAFunction()
{
    const QStringList files = m_folder.entryList({QStringLiteral("*.json")}, QDir::Files);
    QVERIFY(!files.isEmpty());
    QStringList unknown;
    for (const QString &file : files) {
        const QByteArray slot = file.chopped(5).toUtf8() + "()";
        if (metaObject()->indexOfMethod(slot.constData()) < 0) {
            unknown.append(file);
        }
    }
    QVERIFY2(unknown.isEmpty(), qPrintable(unknown.join(QLatin1Char(' '))));
}

Json TestVectors::load(const char *name)
{
    QFile file(m_folder.filePath(QString::fromUtf8(name) + QStringLiteral(".json")));
    if (!file.exists() || !file.open(QIODevice::ReadOnly)) {
        return {};
    }
    return Json::parse(file.readAll().toStdString(), nullptr, false);
}

void TestVectors::run(const char *name, const Runner &runner)
{
    const Json file = load(name);
    if (file.is_null()) {
        QSKIP("no such file in the folder");
    }
    QVERIFY2(file.is_object() && (file.contains("cases") || file.contains("groups")), name);
    VectorReport report(name);
    runner(file, report);
    QVERIFY(report.finish());
}

} // namespace tst_vectors

ROADSTEAD_GUILESS_TEST(tst_vectors::TestVectors)
#include "tst_vectors.moc"
