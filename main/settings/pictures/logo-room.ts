import { readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { dithered, type Dots, mostLogoRows, type Picture, shadesOf } from "#core/picture/dots.ts";
import { writeDurably } from "#main/secret/write-durably.ts";
import { type DecodePicture, mostLogoBytes, type TakenLogo } from "./take-logo.ts";

const ours = /^logo-[0-9a-f]{16}\.png$/;

/** The shop's logos in the data directory: the one in use, and for a while the one that was just chosen. */
export class LogoRoom {
  readonly #dataDir: string;
  readonly #decode: DecodePicture;
  /** The picture that was drawn last: a preview is drawn at every key. */
  #drawn: { readonly path: string; readonly picture: Picture | null } | null = null;

  constructor(dataDir: string, decode: DecodePicture) {
    this.#dataDir = dataDir;
    this.#decode = decode;
  }

  /** Throws what the disk says. */
  put({ file, png }: TakenLogo): void {
    writeDurably(join(this.#dataDir, file), png);
  }

  /** Takes away what is no longer the logo. One that will not go does no harm. */
  keepOnly(file: string | null): void {
    try {
      for (const name of readdirSync(this.#dataDir)) {
        if (ours.test(name) && name !== file) rmSync(join(this.#dataDir, name), { force: true });
      }
    } catch {
      // Nothing reads them any more; the next change tries again.
    }
  }

  /** As the printer draws it on paper of so many dots; null where there is none that can be read. */
  dots(path: string, paperDots: number): Dots | null {
    if (path === "") return null;
    if (this.#drawn?.path !== path) this.#drawn = { path, picture: this.#read(path) };
    const { picture } = this.#drawn;
    return picture === null ? null : dithered(shadesOf(picture, paperDots, mostLogoRows));
  }

  #read(path: string): Picture | null {
    try {
      return statSync(path).size > mostLogoBytes ? null : this.#decode(readFileSync(path));
    } catch {
      return null;
    }
  }
}
