import { createRoot } from "react-dom/client";
import { BenchPage } from "./BenchPage.tsx";

const root = document.getElementById("root");
if (root === null) throw new Error("broken promise: bench.html has a #root");
createRoot(root).render(<BenchPage />);
