import { app, BrowserWindow } from "electron";

// A browser for tests: one plain window of Electron's Chromium on the address given, with nothing of the till in it.
// Usage: electron web-page-window.mjs URL WIDTHxHEIGHT PROFILE_FOLDER
const [url, size, profile] = process.argv.slice(-3);
const [width, height] = size.split("x").map(Number);
app.setPath("userData", profile);
app.commandLine.appendSwitch("force-device-scale-factor", "1");
app.on("window-all-closed", () => app.quit());
void app.whenReady().then(() => {
  const window = new BrowserWindow({ width, height, useContentSize: true, webPreferences: { sandbox: true } });
  return window.loadURL(url);
});
