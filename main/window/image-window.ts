import { randomUUID } from "node:crypto";
import { app, BrowserWindow } from "electron";
import type { ImageKind } from "#core/item-image/image-kind.ts";
import { keptImageSide, mostKeptImageBytes } from "#core/item-image/image-limits.ts";
import type { ShrinkImage } from "#main/item-images/take-image.ts";
import type { Kept } from "./app-scheme.ts";

const folder = "/shrink/";
const pagePath = `${folder}page.html`;
/** The largest picture takes some seconds on two slow cores. Milliseconds. */
const doneWithinMs = 20_000;
/** A folder asks again at once; whoever chose one file asks no more. Milliseconds. */
const idleMs = 3_000;
/** A page that has decoded so many is made anew: what it still holds of them goes with it. */
const mostPerPage = 200;

/** Run in the page with where the picture is, and its side and bytes at most; null for one that cannot be decoded. */
const script = `(async (source, side, most) => {
  const image = new Image();
  image.src = source;
  try {
    await image.decode();
  } catch {
    return null;
  }
  const scale = Math.min(1, side / Math.max(image.naturalWidth, image.naturalHeight));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(image.naturalWidth * scale));
  canvas.height = Math.max(1, Math.round(image.naturalHeight * scale));
  const brush = canvas.getContext("2d");
  brush.imageSmoothingQuality = "high";
  brush.drawImage(image, 0, 0, canvas.width, canvas.height);
  for (const quality of [0.86, 0.6, 0.3]) {
    const blob = await new Promise((done) => canvas.toBlob(done, "image/webp", quality));
    if (blob === null || blob.type !== "image/webp") return null;
    if (blob.size > most) continue;
    const reader = new FileReader();
    await new Promise((done) => { reader.onloadend = done; reader.readAsDataURL(blob); });
    return typeof reader.result === "string" ? reader.result.slice(reader.result.indexOf(",") + 1) : null;
  }
  return null;
})`;

export interface ImageWindow {
  readonly shrink: ShrinkImage;
  /** What the page asks for under its own paths of `app://tillway`; null for every other path. */
  served(pathname: string): Kept | null;
  close(): void;
}

/**
 * Strangers' pictures are decoded in a page of their own: hidden, sandboxed, without a bridge. Main decodes nothing, so that
 * a picture made to break a decoder breaks a process that can do nothing, and one that takes a second stops no sale. Turned
 * as the camera says; whatever else the file says of itself is left behind.
 * @param over the till's window: with it this one goes
 */
export function openImageWindow(
  over: () => BrowserWindow | null,
  log: (what: string, facts: Record<string, unknown>) => void,
): ImageWindow {
  let page: { readonly window: BrowserWindow; readonly loaded: Promise<void>; taken: number } | null = null;
  let source: { readonly path: string; readonly kept: Kept } | null = null;
  let idle: ReturnType<typeof setTimeout> | undefined;
  let last: Promise<unknown> = Promise.resolve();

  function close(): void {
    clearTimeout(idle);
    page?.window.destroy();
    page = null;
  }

  function opened(): NonNullable<typeof page> {
    clearTimeout(idle);
    if (page !== null && page.taken < mostPerPage && !page.window.isDestroyed()) return page;
    const before = page?.window;
    const window = hiddenWindow();
    const till = over();
    const goToo = (): void => window.destroy();
    till?.once("closed", goToo);
    window.once("closed", () => till?.off("closed", goToo));
    page = { window, loaded: window.loadURL(`app://tillway${pagePath}`), taken: 0 };
    before?.destroy();
    return page;
  }

  async function shrinkOne(bytes: Uint8Array, kind: ImageKind): Promise<Uint8Array | null> {
    const present = opened();
    const { window, loaded } = present;
    present.taken += 1;
    source = { path: `${folder}${randomUUID()}`, kept: { body: Buffer.from(bytes), type: `image/${kind}` } };
    const asked = `${script}(${JSON.stringify(source.path)}, ${keptImageSide}, ${mostKeptImageBytes})`;
    try {
      const answer = await inTime(
        window,
        loaded.then((): Promise<unknown> => window.webContents.executeJavaScript(asked)),
      );
      return typeof answer === "string" && answer.length <= mostKeptImageBytes * 2
        ? Buffer.from(answer, "base64")
        : null;
    } catch (cause) {
      // The page has died or says nothing; the next picture has a new one.
      log("no image came of a file", { cause });
      close();
      return null;
    } finally {
      source = null;
      idle = setTimeout(close, idleMs);
    }
  }

  app.once("before-quit", close);
  return {
    close,
    async shrink(bytes, kind) {
      const mine = last.then(() => shrinkOne(bytes, kind));
      last = mine.catch(() => {});
      return mine;
    },
    served(pathname) {
      if (pathname === pagePath) return { body: Buffer.from("<!doctype html><title>-</title>"), type: "text/html" };
      return source !== null && pathname === source.path ? source.kept : null;
    },
  };
}

function hiddenWindow(): BrowserWindow {
  return new BrowserWindow({
    show: false,
    webPreferences: {
      ...{ sandbox: true, contextIsolation: true, nodeIntegration: false, webSecurity: true },
      ...{ devTools: false, spellcheck: false, backgroundThrottling: false },
    },
  });
}

/** Rejects for a page that dies or says nothing in time. */
async function inTime(window: BrowserWindow, work: Promise<unknown>): Promise<unknown> {
  const { promise, reject } = Promise.withResolvers<never>();
  const gone = (_event: unknown, { reason }: { readonly reason: string }): void => reject(new Error(reason));
  const timer = setTimeout(() => reject(new Error("no answer in time")), doneWithinMs);
  window.webContents.once("render-process-gone", gone);
  try {
    return await Promise.race([work, promise]);
  } finally {
    clearTimeout(timer);
    if (!window.isDestroyed()) window.webContents.off("render-process-gone", gone);
  }
}
