<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>BuildWords</name>
    <message numerus="yes">
        <source>%n cached</source>
        <translation>
            <numerusform>%n cached</numerusform>
            <numerusform>%n cached</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>BuilderWords</name>
    <message numerus="yes">
        <source>%1 and %n more</source>
        <translation>
            <numerusform>%1 and %n more</numerusform>
            <numerusform>%1 and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>EngineSituation</name>
    <message numerus="yes">
        <source>Your %n containers are kept.</source>
        <translation>
            <numerusform>Your %n container is kept.</numerusform>
            <numerusform>Your %n containers are kept.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>roadstead::ui::AccountsCard</name>
    <message numerus="yes">
        <source>%n kept by the docker command</source>
        <translation>
            <numerusform>%n kept by the docker command</numerusform>
            <numerusform>%n kept by the docker command</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>roadstead::ui::ActivityButton</name>
    <message numerus="yes">
        <source>Activity, %n running</source>
        <translation>
            <numerusform>Activity, %n running</numerusform>
            <numerusform>Activity, %n running</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>roadstead::ui::ActivityPanel</name>
    <message numerus="yes">
        <source>%n running</source>
        <translation>
            <numerusform>%n running</numerusform>
            <numerusform>%n running</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>roadstead::ui::BasicForm</name>
    <message numerus="yes">
        <source>Engine has %n CPUs and %1</source>
        <translation>
            <numerusform>Engine has %n CPU and %1</numerusform>
            <numerusform>Engine has %n CPUs and %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>roadstead::ui::BatchDialog</name>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>roadstead::ui::BrowsePane</name>
    <message numerus="yes">
        <source>%n repositories</source>
        <translation>
            <numerusform>%n repository</numerusform>
            <numerusform>%n repositories</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n tags, newest first</source>
        <translation>
            <numerusform>%n tag</numerusform>
            <numerusform>%n tags, newest first</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>roadstead::ui::BuildsPage</name>
    <message numerus="yes">
        <source>%n records were removed</source>
        <translation>
            <numerusform>%n record was removed</numerusform>
            <numerusform>%n records were removed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Remove %n builds from the history?</source>
        <translation>
            <numerusform>Remove %n build from the history?</numerusform>
            <numerusform>Remove %n builds from the history?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Remove %n records of the build cache?</source>
        <translation>
            <numerusform>Remove %n record of the build cache?</numerusform>
            <numerusform>Remove %n records of the build cache?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n of them go as they were made from what you chose.</source>
        <translation>
            <numerusform>%n of them goes as it was made from what you chose.</numerusform>
            <numerusform>%n of them go as they were made from what you chose.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Remove %n records</source>
        <translation>
            <numerusform>Remove %n record</numerusform>
            <numerusform>Remove %n records</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>roadstead::ui::BuildsView</name>
    <message numerus="yes">
        <source>%n builds</source>
        <translation>
            <numerusform>%n build</numerusform>
            <numerusform>%n builds</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>roadstead::ui::BulkBar</name>
    <message numerus="yes">
        <source>%n selected</source>
        <translation>
            <numerusform>%n selected</numerusform>
            <numerusform>%n selected</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1, %n more hidden by the filter</source>
        <translation>
            <numerusform>%1, %n more hidden by the filter</numerusform>
            <numerusform>%1, %n more hidden by the filter</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>roadstead::ui::CacheView</name>
    <message numerus="yes">
        <source>%n records, %1</source>
        <translation>
            <numerusform>%n record, %1</numerusform>
            <numerusform>%n records, %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>roadstead::ui::ChangesCard</name>
    <message numerus="yes">
        <source>%n more</source>
        <translation>
            <numerusform>%n more</numerusform>
            <numerusform>%n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>roadstead::ui::CollapsiblePart</name>
    <message numerus="yes">
        <source>%1 · %n set</source>
        <translation>
            <numerusform>%1 · %n set</numerusform>
            <numerusform>%1 · %n set</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>roadstead::ui::CommitWizard</name>
    <message numerus="yes">
        <source>%n things to fix</source>
        <translation>
            <numerusform>%n thing to fix</numerusform>
            <numerusform>%n things to fix</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>roadstead::ui::ContainerActions</name>
    <message numerus="yes">
        <source>%n containers</source>
        <translation>
            <numerusform>%n container</numerusform>
            <numerusform>%n containers</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>roadstead::ui::ContainerDetails</name>
    <message numerus="yes">
        <source>On failure, at most %n times</source>
        <translation>
            <numerusform>On failure, at most %n time</numerusform>
            <numerusform>On failure, at most %n times</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n tries</source>
        <translation>
            <numerusform>%n try</numerusform>
            <numerusform>%n tries</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>roadstead::ui::ContainerGroup</name>
    <message numerus="yes">
        <source>%n containers</source>
        <translation>
            <numerusform>%n container</numerusform>
            <numerusform>%n containers</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>roadstead::ui::ContainersPage</name>
    <message numerus="yes">
        <source>Undo %n removals</source>
        <translation>
            <numerusform>Undo %n removal</numerusform>
            <numerusform>Undo %n removals</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Load %n archives</source>
        <translation>
            <numerusform>Load %n archive</numerusform>
            <numerusform>Load %n archives</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Logs of %n containers</source>
        <translation>
            <numerusform>Logs of %n container</numerusform>
            <numerusform>Logs of %n containers</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n open terminals: what runs in them is out of reach then</source>
        <translation>
            <numerusform>%n open terminal: what runs in it is out of reach then</numerusform>
            <numerusform>%n open terminals: what runs in them is out of reach then</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>roadstead::ui::ContextStep</name>
    <message numerus="yes">
        <source>%n files</source>
        <translation>
            <numerusform>%n file</numerusform>
            <numerusform>%n files</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>roadstead::ui::DockerfileStep</name>
    <message numerus="yes">
        <source>%n stages</source>
        <translation>
            <numerusform>%n stage</numerusform>
            <numerusform>%n stages</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n remarks of the builder</source>
        <translation>
            <numerusform>%n remark of the builder</numerusform>
            <numerusform>%n remarks of the builder</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>roadstead::ui::EngineCard</name>
    <message numerus="yes">
        <source>%n unhealthy</source>
        <translation>
            <numerusform>%n unhealthy</numerusform>
            <numerusform>%n unhealthy</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>roadstead::ui::FileTable</name>
    <message numerus="yes">
        <source>Copy %n files to %1</source>
        <translation>
            <numerusform>Copy %n file to %1</numerusform>
            <numerusform>Copy %n files to %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>roadstead::ui::FilesTab</name>
    <message numerus="yes">
        <source>Reading: %n files so far</source>
        <translation>
            <numerusform>Reading: %n file so far</numerusform>
            <numerusform>Reading: %n files so far</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Replace %n files and folders?</source>
        <translation>
            <numerusform>Replace %n file or folder?</numerusform>
            <numerusform>Replace %n files and folders?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Stopped. %n copied before.</source>
        <translation>
            <numerusform>Stopped. %n copied before.</numerusform>
            <numerusform>Stopped. %n copied before.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n uploaded.</source>
        <translation>
            <numerusform>%n uploaded.</numerusform>
            <numerusform>%n uploaded.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n downloaded.</source>
        <translation>
            <numerusform>%n downloaded.</numerusform>
            <numerusform>%n downloaded.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n links, devices or pipes were left out: they cannot be copied safely.</source>
        <translation>
            <numerusform>%n link, device or pipe was left out: it cannot be copied safely.</numerusform>
            <numerusform>%n links, devices or pipes were left out: they cannot be copied safely.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Remove %n files and folders?</source>
        <translation>
            <numerusform>Remove %n file or folder?</numerusform>
            <numerusform>Remove %n files and folders?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Remove %n</source>
        <translation>
            <numerusform>Remove %n</numerusform>
            <numerusform>Remove %n</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n removed.</source>
        <translation>
            <numerusform>%n removed.</numerusform>
            <numerusform>%n removed.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>roadstead::ui::FreeImagesDialog</name>
    <message numerus="yes">
        <source>Remove %n images</source>
        <translation>
            <numerusform>Remove %n image</numerusform>
            <numerusform>Remove %n images</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>roadstead::ui::ImageAction</name>
    <message numerus="yes">
        <source>%1 and %n more</source>
        <translation>
            <numerusform>%1 and %n more</numerusform>
            <numerusform>%1 and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>roadstead::ui::ImageActions</name>
    <message numerus="yes">
        <source>%n images</source>
        <translation>
            <numerusform>%n image</numerusform>
            <numerusform>%n images</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>roadstead::ui::ImageLoads</name>
    <message numerus="yes">
        <source>%n images are loaded</source>
        <translation>
            <numerusform>%n image is loaded</numerusform>
            <numerusform>%n images are loaded</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>roadstead::ui::ImageOverview</name>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n, %1 in total</source>
        <comment>layers</comment>
        <translation>
            <numerusform>%n, %1 in total</numerusform>
            <numerusform>%n, %1 in total</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>roadstead::ui::ImageText</name>
    <message numerus="yes">
        <source>%n tags</source>
        <translation>
            <numerusform>%n tag</numerusform>
            <numerusform>%n tags</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>used by %n containers</source>
        <translation>
            <numerusform>used by %n container</numerusform>
            <numerusform>used by %n containers</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>roadstead::ui::ImageTransfers</name>
    <message numerus="yes">
        <source>%n images</source>
        <translation>
            <numerusform>%n image</numerusform>
            <numerusform>%n images</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>roadstead::ui::ImagesPage</name>
    <message numerus="yes">
        <source>%1 and %n more tags</source>
        <translation>
            <numerusform>%1 and %n more tag</numerusform>
            <numerusform>%1 and %n more tags</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Save %n images</source>
        <translation>
            <numerusform>Save %n image</numerusform>
            <numerusform>Save %n images</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n tags have a newer version</source>
        <translation>
            <numerusform>%n tag has a newer version</numerusform>
            <numerusform>%n tags have a newer version</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n tags could not be asked for.</source>
        <translation>
            <numerusform>%n tag could not be asked for.</numerusform>
            <numerusform>%n tags could not be asked for.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n files</source>
        <translation>
            <numerusform>%n file</numerusform>
            <numerusform>%n files</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>roadstead::ui::KillDialog</name>
    <message numerus="yes">
        <source>Kill %n containers?</source>
        <translation>
            <numerusform>Kill %n container?</numerusform>
            <numerusform>Kill %n containers?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Kill %n containers</source>
        <translation>
            <numerusform>Kill %n container</numerusform>
            <numerusform>Kill %n containers</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>roadstead::ui::LayersHead</name>
    <message numerus="yes">
        <source>%n layers, %1, %2</source>
        <comment>number, size, platform</comment>
        <translation>
            <numerusform>%n layer, %1, %2</numerusform>
            <numerusform>%n layers, %1, %2</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>roadstead::ui::LayersView</name>
    <message numerus="yes">
        <source>and %n more layers</source>
        <translation>
            <numerusform>and %n more layer</numerusform>
            <numerusform>and %n more layers</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>roadstead::ui::LogPanel</name>
    <message numerus="yes">
        <source>Saving %n lines, %1, to %2</source>
        <translation>
            <numerusform>Saving %n line, %1, to %2</numerusform>
            <numerusform>Saving %n lines, %1, to %2</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Saved %n lines, %1, to %2</source>
        <translation>
            <numerusform>Saved %n line, %1, to %2</numerusform>
            <numerusform>Saved %n lines, %1, to %2</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Live, about %n lines per second</source>
        <translation>
            <numerusform>Live, about %n line per second</numerusform>
            <numerusform>Live, about %n lines per second</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Following, about %n lines per second</source>
        <translation>
            <numerusform>Following, about %n line per second</numerusform>
            <numerusform>Following, about %n lines per second</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>roadstead::ui::MergedLogsView</name>
    <message numerus="yes">
        <source>%n containers</source>
        <translation>
            <numerusform>%n container</numerusform>
            <numerusform>%n containers</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>roadstead::ui::ProcessesCard</name>
    <message numerus="yes">
        <source>%n more</source>
        <translation>
            <numerusform>%n more</numerusform>
            <numerusform>%n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>roadstead::ui::PruneCacheDialog</name>
    <message numerus="yes">
        <source>At most %n records go, %1 at most.</source>
        <translation>
            <numerusform>At most %n record goes, %1 at most.</numerusform>
            <numerusform>At most %n records go, %1 at most.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n records go, %1.</source>
        <translation>
            <numerusform>%n record goes, %1.</numerusform>
            <numerusform>%n records go, %1.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>roadstead::ui::PushProgress</name>
    <message numerus="yes">
        <source>and %n more layers</source>
        <translation>
            <numerusform>and %n more layer</numerusform>
            <numerusform>and %n more layers</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>roadstead::ui::PushResult</name>
    <message numerus="yes">
        <source>%n tags to %1, %2 in %3.</source>
        <translation>
            <numerusform>%n tag to %1, %2 in %3.</numerusform>
            <numerusform>%n tags to %1, %2 in %3.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n layers were already there.</source>
        <translation>
            <numerusform>%n layer was already there.</numerusform>
            <numerusform>%n layers were already there.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>roadstead::ui::RecreateWizard</name>
    <message numerus="yes">
        <source>%n things to fix</source>
        <translation>
            <numerusform>%n thing to fix</numerusform>
            <numerusform>%n things to fix</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>roadstead::ui::RegistriesPage</name>
    <message numerus="yes">
        <source>%n passwords were moved</source>
        <translation>
            <numerusform>%n password was moved</numerusform>
            <numerusform>%n passwords were moved</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Delete %n tags</source>
        <translation>
            <numerusform>Delete %n tag</numerusform>
            <numerusform>Delete %n tags</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>roadstead::ui::RegistriesView</name>
    <message numerus="yes">
        <source>%n accounts</source>
        <translation>
            <numerusform>%n account</numerusform>
            <numerusform>%n accounts</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n registries</source>
        <translation>
            <numerusform>%n registry</numerusform>
            <numerusform>%n registries</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n passwords are kept as plain text</source>
        <translation>
            <numerusform>%n password is kept as plain text</numerusform>
            <numerusform>%n passwords are kept as plain text</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>roadstead::ui::RemoveDialog</name>
    <message numerus="yes">
        <source>Remove %n containers?</source>
        <translation>
            <numerusform>Remove %n container?</numerusform>
            <numerusform>Remove %n containers?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n of them run and are killed first.</source>
        <translation>
            <numerusform>%n of them runs and is killed first.</numerusform>
            <numerusform>%n of them run and are killed first.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Remove %n containers</source>
        <translation>
            <numerusform>Remove %n container</numerusform>
            <numerusform>Remove %n containers</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Changes inside %n more</source>
        <translation>
            <numerusform>Changes inside %n more</numerusform>
            <numerusform>Changes inside %n more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more volumes</source>
        <translation>
            <numerusform>%n more volume</numerusform>
            <numerusform>%n more volumes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Anonymous volumes of %n containers that could not be looked at</source>
        <translation>
            <numerusform>Anonymous volumes of %n container that could not be looked at</numerusform>
            <numerusform>Anonymous volumes of %n containers that could not be looked at</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>roadstead::ui::RemoveImagesDialog</name>
    <message numerus="yes">
        <source>Remove %n images?</source>
        <translation>
            <numerusform>Remove %n image?</numerusform>
            <numerusform>Remove %n images?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Remove %n images</source>
        <translation>
            <numerusform>Remove %n image</numerusform>
            <numerusform>Remove %n images</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more</source>
        <translation>
            <numerusform>%n more</numerusform>
            <numerusform>%n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>roadstead::ui::RunWizard</name>
    <message numerus="yes">
        <source>%n things to fix</source>
        <translation>
            <numerusform>%n thing to fix</numerusform>
            <numerusform>%n things to fix</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>roadstead::ui::StateAnnouncer</name>
    <message numerus="yes">
        <source>%n more changed</source>
        <translation>
            <numerusform>%n more changed</numerusform>
            <numerusform>%n more changed</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>roadstead::ui::StatsTab</name>
    <message numerus="yes">
        <source>of %n CPUs</source>
        <translation>
            <numerusform>of %n CPU</numerusform>
            <numerusform>of %n CPUs</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>roadstead::ui::Tray</name>
    <message numerus="yes">
        <source>%n running</source>
        <translation>
            <numerusform>%n running</numerusform>
            <numerusform>%n running</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1, %n unhealthy</source>
        <translation>
            <numerusform>%1, %n unhealthy</numerusform>
            <numerusform>%1, %n unhealthy</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n tasks running</source>
        <translation>
            <numerusform>%n task running</numerusform>
            <numerusform>%n tasks running</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>roadstead::ui::TrustCertificateDialog</name>
    <message numerus="yes">
        <source>The last of %n certificates in the file; all of them will be believed.</source>
        <translation>
            <numerusform>The one certificate in the file; it will be believed.</numerusform>
            <numerusform>The last of %n certificates in the file; all of them will be believed.</numerusform>
        </translation>
    </message>
</context>
</TS>
