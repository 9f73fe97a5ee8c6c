import { createRoot } from "react-dom/client";
import { DisplayPage } from "./DisplayPage.tsx";

const root = document.getElementById("root");
if (root === null) throw new Error("broken promise: display.html has a #root");
createRoot(root).render(<DisplayPage />);
