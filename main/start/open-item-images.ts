import { join } from "node:path";
import type { BrowserWindow } from "electron";
import { imageNameOfPath } from "#core/item-image/image-name.ts";
import { createImageDesk } from "#main/item-images/create-image-desk.ts";
import { ImageRoom } from "#main/item-images/image-room.ts";
import { imageFolder } from "#main/item-images/copy-images.ts";
import type { Log } from "#main/log/open-log.ts";
import type { OpenCatalogStore } from "#main/store/catalog/open-catalog-store.ts";
import { setAsideBesides } from "#main/store/catalog/set-aside.ts";
import type { Clock } from "#main/till/ports/clock.ts";
import type { ImageDesk } from "#main/till/ports/image-desk.ts";
import type { Kept } from "#main/window/app-scheme.ts";
import { askForImage, askForImageFolder } from "#main/window/ask-for-image.ts";
import { openImageWindow } from "#main/window/image-window.ts";
import type { Endings } from "./endings.ts";

/** The first sweep waits until the till has settled; a till that is never closed has one a day. Milliseconds. */
const firstSweepMs = 60_000;
const sweepEveryMs = 86_400_000;

export interface ItemImages {
  /** Images and their makers' page, for the windows of the till. */
  readonly kept: (pathname: string) => Promise<Kept | null>;
  readonly open: (parts: {
    readonly catalog: OpenCatalogStore;
    readonly clock: Clock;
    readonly log: Log;
    readonly endings: Pick<Endings, "push">;
  }) => ImageDesk;
}

/** The images of the goods beside catalog.db: shown before the catalogue is open, changed once it is. */
export function openItemImages(dataDir: string, window: () => BrowserWindow | null): ItemImages {
  const room = new ImageRoom(join(dataDir, imageFolder));
  let log: Log | null = null;
  const maker = openImageWindow(window, (what, facts) => log?.warn(what, facts));
  return {
    async kept(pathname) {
      const name = imageNameOfPath(pathname);
      if (name === null) return maker.served(pathname);
      const body = await room.read(name);
      return body === null ? null : { body, type: "image/webp" };
    },
    open({ catalog, clock, log: into, endings }) {
      log = into;
      const desk = createImageDesk({
        ...{ room, shrink: maker.shrink, browser: catalog.browser },
        chooseFile: (locale) => askForImage(window(), locale),
        chooseFolder: (locale) => askForImageFolder(window(), locale),
        logFault: (what, cause) => into.error(what, { cause }),
      });
      const isNeeded = (image: string): boolean => catalog.images.isUsed(image) || desk.folder.needs(image);
      // Whose they were may still be read from a catalogue that was set aside.
      const mayLose = (): boolean => !setAsideBesides(catalog.filled.path);
      const sweep = async (): Promise<number> => (mayLose() ? room.sweep(isNeeded, clock.now()) : 0);
      endings.push(sweepNowAndThen(sweep, clock, into));
      endings.push(() => maker.close());
      return desk;
    },
  };
}

/** Answers how to end it. */
function sweepNowAndThen(sweep: () => Promise<number>, clock: Clock, log: Log): () => void {
  let end = clock.after(firstSweepMs, run);
  function run(): void {
    end = clock.after(sweepEveryMs, run);
    void sweep().then(
      (gone) => gone > 0 && log.info("took away images that no item has", { gone }),
      (cause: unknown) => log.error("sweep images", { cause }),
    );
  }
  return () => end();
}
