import { app, BrowserWindow } from "electron";

// The least an Electron program does: one window with one word in it. What `bench start` measures the till against.
void app.whenReady().then(() => {
  const window = new BrowserWindow({ width: 1280, height: 800, show: false });
  window.once("ready-to-show", () => {
    window.show();
    console.log("ready");
  });
  void window.loadURL("data:text/html,<p>ready</p>");
});
