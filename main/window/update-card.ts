import { BrowserWindow } from "electron";

const page = `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>Tillway</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<style>
  body { margin: 0; height: 100vh; display: grid; align-content: center; gap: 8px; padding: 0 48px; box-sizing: border-box;
    font: 18px/1.6 system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif; color: #1e293b; background: #f8fafc;
    border-top: 8px solid #0f766e; }
  h1 { margin: 0; font-size: 26px; } p { margin: 0; text-wrap: balance; } p[lang] { color: #475569; } h1 + p { margin-bottom: 12px; }
</style>
<h1>正在更新账目，请不要关机</h1>
<p lang="en">The books are being brought up to date. Please do not switch off.</p>
<p>程序刚刚升级，账目较多时需要几分钟。完成后收银台会自己打开，已有的销售一笔不少。</p>
<p lang="en">The program was just updated; with many sales this takes some minutes. The till then opens by itself, with every sale in it.</p>
</html>`;

/**
 * Tells whoever waits for the till that its books take long to open, in a plain window without scripts that stays drawn while
 * this process is busy.
 * @returns once it can be read: what takes it away
 */
export async function showUpdateCard(): Promise<() => void> {
  const card = new BrowserWindow({
    ...{ width: 760, height: 340, frame: false, resizable: false, alwaysOnTop: true, show: false, title: "Tillway" },
    webPreferences: { sandbox: true, javascript: false, contextIsolation: true, nodeIntegration: false },
  });
  await card.loadURL(`data:text/html;charset=utf-8,${encodeURIComponent(page)}`);
  card.show();
  // A picture of it is there only once it has been drawn.
  await card.webContents.capturePage();
  return () => card.destroy();
}
