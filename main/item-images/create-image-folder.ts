import { basename } from "node:path";
import type { ImageFolderStanding, ImageFolderTrouble } from "#contract/ipc/item-image-intents.ts";
import { fail, ok } from "#core/result.ts";
import type { ImageFolder } from "#main/till/ports/image-desk.ts";
import type { ImageDeskParts } from "./create-image-desk.ts";
import { type FolderFinding, lookThrough } from "./look-through.ts";

export interface OpenImageFolder extends ImageFolder {
  /** Whether the folder that is ready would give it to an item: no sweep may take it. */
  needs(image: string): boolean;
}

interface Work {
  standing: ImageFolderStanding;
  found: FolderFinding | null;
  /** Names of the images it has. */
  needed: ReadonlySet<string>;
  running: AbortController | null;
}

/** A folder of images in two steps: every file is looked at and kept, which no item knows of; then all are given at once. */
export function createImageFolder(parts: Omit<ImageDeskParts, "chooseFile">): OpenImageFolder {
  const work: Work = { standing: { kind: "none" }, found: null, needed: new Set(), running: null };
  const isBusy = (): boolean => work.running !== null || work.standing.kind === "applying";

  return {
    standing: () => work.standing,
    faults: () => work.found?.faults ?? [],
    needs: (image) => work.needed.has(image),
    async choose(locale) {
      if (isBusy()) return;
      const path = await parts.chooseFolder(locale);
      // Somebody may have begun another meanwhile.
      if (path === null || isBusy()) return;
      void look(parts, work, path);
    },
    async apply(commit) {
      const { standing, found } = work;
      if (standing.kind !== "ready" || found === null || found.changes.length === 0) return fail("none");
      const { folder, view } = standing;
      work.standing = { kind: "applying", folder, view };
      let isIn = false;
      try {
        const written = await commit(found.changes);
        isIn = written.ok;
        return written.ok ? ok(null) : written;
      } finally {
        work.standing = { kind: isIn ? "applied" : "ready", folder, view };
      }
    },
    cancel: () => work.running?.abort(),
    discard() {
      if (work.standing.kind === "applying") return;
      work.running?.abort();
      Object.assign(work, { standing: { kind: "none" }, found: null, needed: new Set(), running: null });
    },
  };
}

/** Keeps how it stands; what was discarded meanwhile changes nothing any more. */
async function look(parts: Omit<ImageDeskParts, "chooseFile">, work: Work, path: string): Promise<void> {
  const folder = basename(path);
  const mine = new AbortController();
  Object.assign(work, {
    running: mine,
    found: null,
    needed: new Set(),
    standing: { kind: "looking", folder, done: 0, files: 0 },
  });
  const onProgress = (done: number, files: number): void => {
    if (work.running === mine) work.standing = { kind: "looking", folder, done, files };
  };
  const looked = await lookThrough(path, parts, { signal: mine.signal, onProgress }).catch((cause: unknown) => {
    parts.logFault("look through a folder of images", cause);
    return fail<ImageFolderTrouble>("failed");
  });
  if (work.running !== mine) return;
  work.running = null;
  work.found = looked.ok ? looked.value : null;
  work.needed = new Set(work.found?.changes.flatMap(({ image }) => image ?? []));
  work.standing = looked.ok
    ? { kind: "ready", folder, view: looked.value.view }
    : { kind: "failed", folder, why: looked.fault };
}
