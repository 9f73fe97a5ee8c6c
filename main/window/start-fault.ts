import { BrowserWindow } from "electron";

/** Why the till cannot open, for the person in front of it: what happened, what is safe, what to do next. */
export interface StartFault {
  readonly titleZh: string;
  readonly titleEn: string;
  readonly lines: readonly { readonly zh: string; readonly en: string; readonly code?: string }[];
  /** The books cannot be read, and those of a backup would do. */
  readonly isForRestore?: boolean;
}

/** A page that follows the fault's: the same words in both languages, and links to the next. */
interface DoorPage {
  readonly title: { readonly zh: string; readonly en: string };
  readonly lines: StartFault["lines"];
  readonly links: readonly DoorLink[];
  /** Figures to be read, not a fault: one below the other, close together. */
  readonly isCalm?: boolean;
}
interface DoorLink {
  readonly zh: string;
  readonly en: string;
  readonly step: string;
  readonly isPrimary: boolean;
}

/** What the person can do about the fault in this very window. */
export interface StartDoor {
  readonly offer: DoorLink;
  /** Called for each link that is pressed, one after the other; must not throw. */
  follow(step: string, window: BrowserWindow, show: (page: DoorPage) => void): Promise<void>;
}

/** Never asked of any network: a link of our own page, heard here and stopped. */
const doorAddress = "https://door.invalid/";

/**
 * Shows the fault in a plain window without scripts, and says it on the console; the till does not open behind it.
 * @param door what can be done about it here; null where nothing can
 */
export function showStartFault(fault: StartFault, door: StartDoor | null = null): BrowserWindow {
  console.error(faultText(fault));
  const window = new BrowserWindow({
    width: 900,
    height: 640,
    autoHideMenuBar: true,
    title: "Tillway",
    webPreferences: { sandbox: true, javascript: false, contextIsolation: true, nodeIntegration: false },
  });
  window.removeMenu();
  const title = { zh: fault.titleZh, en: fault.titleEn };
  const show = (page: DoorPage): void => {
    if (!window.isDestroyed()) void window.loadURL(`data:text/html;charset=utf-8,${encodeURIComponent(pageOf(page))}`);
  };
  show({ title, lines: fault.lines, links: door === null ? [] : [door.offer] });
  let isBusy = false;
  window.webContents.on("will-navigate", (event) => {
    event.preventDefault();
    if (door === null || isBusy || !event.url.startsWith(doorAddress)) return;
    isBusy = true;
    void door.follow(event.url.slice(doorAddress.length), window, show).finally(() => {
      isBusy = false;
    });
  });
  return window;
}

function faultText(fault: StartFault): string {
  const lines = fault.lines.map(({ zh, en, code }) => `  ${code === undefined ? "" : `${code}: `}${en}\n    ${zh}`);
  return [`cannot open: ${fault.titleEn} (${fault.titleZh})`, ...lines].join("\n");
}

function pageOf({ title, lines, links, isCalm = false }: DoorPage): string {
  const doors = links.map(
    ({ zh, en, step, isPrimary }) =>
      `<a class="${isPrimary ? "primary" : ""}" href="${doorAddress}${step}">${escapeHtml(zh)}<span>${escapeHtml(en)}</span></a>`,
  );
  const items = lines.map(
    ({ zh, en, code }) =>
      `<li>${code === undefined ? "" : `<code>${escapeHtml(code)}</code>`}<p>${escapeHtml(zh)}</p><p class="en">${escapeHtml(en)}</p></li>`,
  );
  return `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>Tillway</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<style>
  body { max-width: 60rem; margin: 0 auto; padding: 48px; font: 18px/1.6 system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif;
    color: #1e293b; background: #f8fafc; }
  h1 { margin: 0; font-size: 28px; } h1 + p { margin: 4px 0 24px; color: #475569; font-size: 18px; }
  ul { list-style: none; margin: 0; padding: 0; } p { margin: 4px 0 0; overflow-wrap: anywhere; }
  li { background: #fff; border: 1px solid #e2e8f0; border-left: 6px solid #b91c1c; border-radius: 10px;
    padding: 14px 18px; margin-bottom: 12px; }
  .calm li { display: flex; flex-wrap: wrap; gap: 0 24px; justify-content: space-between; border-left: 1px solid #e2e8f0;
    padding: 6px 16px; margin-bottom: 6px; } .calm p { margin: 0; }
  nav { display: flex; gap: 16px; position: sticky; bottom: 0; padding: 16px 0; background: #f8fafc; } a { padding: 12px 24px; border: 2px solid #0f766e; border-radius: 10px;
    color: #0f766e; font-weight: 600; text-decoration: none; } a.primary { background: #0f766e; color: #fff; }
  a span { display: block; font-weight: 400; font-size: 15px; } a:focus-visible { outline: 3px solid #1e293b; outline-offset: 2px; }
  code { font: 600 16px ui-monospace, monospace; color: #0f766e; overflow-wrap: anywhere; } .en { color: #475569; }
</style><h1>${escapeHtml(title.zh)}</h1><p>${escapeHtml(title.en)}</p><ul class="${isCalm ? "calm" : ""}">${items.join("")}</ul><nav>${doors.join("")}</nav></html>`;
}

function escapeHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
