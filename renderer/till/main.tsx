import { createRoot } from "react-dom/client";
import { onSound } from "../till-client.ts";
import { keepFocus } from "./keys.ts";
import { loadSounds } from "./sounds.ts";
import { TillApp } from "./TillApp.tsx";

const root = document.getElementById("root");
if (root === null) throw new Error("broken promise: index.html has a root");

document.addEventListener("mousedown", keepFocus);
onSound(loadSounds());
createRoot(root).render(<TillApp />);
