import { app, BrowserWindow } from "electron";

// A browser for tests: one plain window of Electron's Chromium on the address given, with nothing of the till in it.
// Usage: electron web-page-window.mjs JSON, as web-page.ts writes it.
const { url, size, profile, userAgent, hosts } = JSON.parse(process.argv.at(-1));
app.setPath("userData", profile);
app.commandLine.appendSwitch("force-device-scale-factor", "1");
if (userAgent !== undefined) app.userAgentFallback = userAgent;
if (hosts !== undefined) {
  app.commandLine.appendSwitch("host-resolver-rules", hosts);
  // Nobody vouches for a name that leads to this machine.
  app.commandLine.appendSwitch("ignore-certificate-errors");
}
app.on("window-all-closed", () => app.quit());
void app.whenReady().then(() => {
  const window = new BrowserWindow({ ...size, useContentSize: true, webPreferences: { sandbox: true } });
  return window.loadURL(url);
});
