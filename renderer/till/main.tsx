import { createRoot } from "react-dom/client";
import { onSound } from "../till-client.ts";
import { keepFocus } from "./keys.ts";
import { loadSounds } from "./sounds.ts";
import { TillApp } from "./TillApp.tsx";

/** A till is drawn by then. Milliseconds. */
const soundsAfterMs = 3_000;

const root = document.getElementById("root");
if (root === null) throw new Error("broken promise: index.html has a root");

document.addEventListener("mousedown", keepFocus);
// With the first sound a process for them starts, which no till is to wait for; a sound that comes sooner starts it.
let play: ReturnType<typeof loadSounds> | null = null;
const soundsOnce = (): ReturnType<typeof loadSounds> => (play ??= loadSounds());
onSound((sound) => soundsOnce()(sound));
window.setTimeout(soundsOnce, soundsAfterMs);
createRoot(root).render(<TillApp />);
