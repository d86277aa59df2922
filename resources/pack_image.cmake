# SPDX-FileCopyrightText: The Roadstead authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# include()d by the pack.cmake of an image. Packs a folder into an archive that "docker load" takes: the layer, the
# image's configuration and the manifest (image specification 1.2). The same files give the same bytes: names sorted,
# owners and times fixed.

set(created 2026-01-01T00:00:00Z)

function(make_tar output folder)
    execute_process(
        COMMAND tar --create --format=ustar --sort=name --owner=0 --group=0 --numeric-owner --mtime=${created}
            --file ${output} --directory ${folder} ${ARGN}
        COMMAND_ERROR_IS_FATAL ANY)
endfunction()

# pack_image(WORK NAME TAG DESCRIPTION LICENSES COMMAND ENTRIES...): the ENTRIES of WORK/layer become the image
# NAME:TAG, which runs COMMAND. Uses ARCHITECTURE, VERSION and OUTPUT.
function(pack_image work name tag description licenses command)
    file(MAKE_DIRECTORY ${work}/image)
    make_tar(${work}/image/layer.tar ${work}/layer ${ARGN})
    file(SHA256 ${work}/image/layer.tar layer)
    get_filename_component(title ${name} NAME)
    file(CONFIGURE OUTPUT ${work}/config.json @ONLY CONTENT [[{
  "architecture": "@ARCHITECTURE@",
  "os": "linux",
  "created": "@created@",
  "config": {
    "Cmd": ["@command@"],
    "Labels": {
      "org.opencontainers.image.title": "@title@",
      "org.opencontainers.image.description": "@description@",
      "org.opencontainers.image.vendor": "Roadstead",
      "org.opencontainers.image.version": "@VERSION@",
      "org.opencontainers.image.licenses": "@licenses@"
    }
  },
  "rootfs": { "type": "layers", "diff_ids": ["sha256:@layer@"] },
  "history": [{ "created": "@created@", "created_by": "Roadstead's own build" }]
}
]])
    file(SHA256 ${work}/config.json config)
    file(RENAME ${work}/config.json ${work}/image/${config}.json)
    file(WRITE ${work}/image/manifest.json
        "[{\"Config\":\"${config}.json\",\"RepoTags\":[\"${name}:${tag}\"],\"Layers\":[\"layer.tar\"]}]\n")
    file(CHMOD_RECURSE ${work}/image FILE_PERMISSIONS OWNER_READ OWNER_WRITE GROUP_READ WORLD_READ)
    make_tar(${OUTPUT} ${work}/image ${config}.json layer.tar manifest.json)
    file(REMOVE_RECURSE ${work})
endfunction()
