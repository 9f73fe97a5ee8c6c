import { BrowserWindow } from "electron";

/** Why the till cannot open, for the person in front of it: what happened, what is safe, what to do next. */
export interface StartFault {
  readonly titleZh: string;
  readonly titleEn: string;
  readonly lines: readonly { readonly zh: string; readonly en: string; readonly code?: string }[];
}

/** Shows the fault in a plain window without scripts, and says it on the console; the till does not open behind it. */
export function showStartFault(fault: StartFault): BrowserWindow {
  console.error(faultText(fault));
  const window = new BrowserWindow({
    width: 900,
    height: 640,
    autoHideMenuBar: true,
    title: "Tillway",
    webPreferences: { sandbox: true, javascript: false, contextIsolation: true, nodeIntegration: false },
  });
  window.removeMenu();
  void window.loadURL(`data:text/html;charset=utf-8,${encodeURIComponent(faultPage(fault))}`);
  return window;
}

function faultText(fault: StartFault): string {
  const lines = fault.lines.map(({ zh, en, code }) => `  ${code === undefined ? "" : `${code}: `}${en}\n    ${zh}`);
  return [`cannot open: ${fault.titleEn} (${fault.titleZh})`, ...lines].join("\n");
}

function faultPage(fault: StartFault): string {
  const items = fault.lines.map(
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
  code { font: 600 16px ui-monospace, monospace; color: #0f766e; overflow-wrap: anywhere; } .en { color: #475569; }
</style><h1>${escapeHtml(fault.titleZh)}</h1><p>${escapeHtml(fault.titleEn)}</p><ul>${items.join("")}</ul></html>`;
}

function escapeHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
