import type { Locale } from "#contract/config/terminal.ts";
import { fail, ok } from "#core/result.ts";
import type { CatalogBrowser } from "#main/till/ports/catalog-desk.ts";
import type { ImageDesk } from "#main/till/ports/image-desk.ts";
import { createImageFolder, type OpenImageFolder } from "./create-image-folder.ts";
import type { ImageRoom } from "./image-room.ts";
import { keepImage } from "./keep-image.ts";
import type { ShrinkImage } from "./take-image.ts";

export interface ImageDeskParts {
  readonly room: ImageRoom;
  readonly shrink: ShrinkImage;
  readonly browser: Pick<CatalogBrowser, "record" | "skuOfBarcode">;
  /** Null when the manager changes their mind; so is a folder. */
  readonly chooseFile: (locale: Locale) => Promise<string | null>;
  readonly chooseFolder: (locale: Locale) => Promise<string | null>;
  readonly logFault: (what: string, cause: unknown) => void;
}

/** Images of goods, from a file or a folder to what the till keeps. Which item has which is the catalogue's. */
export function createImageDesk(parts: ImageDeskParts): ImageDesk & { readonly folder: OpenImageFolder } {
  return {
    folder: createImageFolder(parts),
    async choose(locale) {
      const path = await parts.chooseFile(locale);
      if (path === null) return ok(null);
      const kept = await keepImage(path, parts);
      if (kept.ok) return kept;
      if (kept.fault === "image-unkept") parts.logFault("keep an image", kept.fault);
      return fail(kept.fault);
    },
  };
}
