import { app, BrowserWindow } from "electron";

// The least an Electron program does: one window with one word in it. What `bench start` measures the till against.
// `--windows=2` opens a second one, as a till with a display for its customers has: `bench memory`.
const count = process.argv.includes("--windows=2") ? 2 : 1;
let shown = 0;
void app.whenReady().then(() => {
  for (let index = 0; index < count; index += 1) {
    const window = new BrowserWindow({ width: 1280, height: 800, show: false });
    window.once("ready-to-show", () => {
      window.show();
      shown += 1;
      if (shown === count) console.log("ready");
    });
    void window.loadURL("data:text/html,<p>ready</p>");
  }
});
