import { type BrowserWindow, dialog } from "electron";
import type { Locale } from "#contract/config/terminal.ts";

/** Lets the person choose an item's image; null when they change their mind. Only main ever sees the path. */
export async function askForImage(over: BrowserWindow | null, locale: Locale): Promise<string | null> {
  return ask(over, {
    title: locale === "en" ? "The item's image: PNG, JPEG or WebP" : "商品图片：PNG、JPEG 或 WebP",
    filters: [{ name: "PNG, JPEG, WebP", extensions: ["png", "jpg", "jpeg", "webp"] }],
    properties: ["openFile", "dontAddToRecent"],
  });
}

/** The same for a folder of images. */
export async function askForImageFolder(over: BrowserWindow | null, locale: Locale): Promise<string | null> {
  return ask(over, {
    title: locale === "en" ? "Folder with images of items" : "商品图片所在的文件夹",
    properties: ["openDirectory", "dontAddToRecent"],
  });
}

async function ask(over: BrowserWindow | null, options: Electron.OpenDialogOptions): Promise<string | null> {
  const answer = await (over === null ? dialog.showOpenDialog(options) : dialog.showOpenDialog(over, options));
  return answer.canceled ? null : (answer.filePaths[0] ?? null);
}
