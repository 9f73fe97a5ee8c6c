import { createRoot } from "react-dom/client";
import { OfficeApp } from "./OfficeApp.tsx";

const root = document.getElementById("root");
if (root === null) throw new Error("broken promise: index.html has a root");
createRoot(root).render(<OfficeApp />);
